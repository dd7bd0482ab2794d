import type { Database } from '../../db/client.ts'
import type { IdentifierScheme } from '../../db/tables/vocabulary.ts'
import { NOTHING } from '../../sql/selection.ts'
import { resolvePapers } from '../papers/resolution.ts'
import { keyOfSimplified, simplified } from '../record/title-key.ts'
import { type PaperRef, readPaperRef } from '../reference/paper-ref.ts'

/** Whether identifiers of a scheme cannot be mistaken for words, even without their prefix. */
const IS_UNMISTAKABLE: Record<IdentifierScheme, boolean> = {
  ...{ doi: true, arxiv: true, hf: true, acl: true, s2: true },
  ...{ openalex: false, corpusid: false, pmid: false, pmcid: false, dblp: false },
  ...{ openreview: false, pmlr: false, neurips: false, pwc: false },
}
/** A URL, or an identifier with its scheme. */
const NAMED = /^\S+:\S+$|^[a-z\d-]+(?:\.[a-z\d-]+)+\/\S+$/i
/** Numbers that are words, such as years; PubMed's newer identifiers are longer. */
const NUMBER = /^\d{1,6}$/

/** Papers identified by a whole query, and the message if the catalogue has none. */
export interface NamedPapers {
  ids: number[]
  warning: string | null
}

/**
 * The papers of a query that is an identifier, a URL or a repository, parsed as in `paper(ref:)`: one statement. Null for a query of words,
 * including one that might be an identifier that no paper has.
 */
export async function papersNamedBy(
  db: Pick<Database, 'query'>,
  query: string,
): Promise<NamedPapers | null> {
  const text = query.trim()
  if (NUMBER.test(text) || !(NAMED.test(text) || /\d/.test(text))) return null
  const ref = readPaperRef(text)
  if ('reason' in ref) return null
  const [found] = await resolvePapers(db, NOTHING, [text])
  if (found?.kind === 'found') return { ids: [found.candidate.paper.id], warning: null }
  if (found?.kind === 'ambiguous')
    return { ids: found.candidates.map(({ paper }) => paper.id), warning: null }
  return found && isSure(ref, text) ? { ids: [], warning: found.message.replace(/^N/, 'n') } : null
}

/** Maximum number of words; longer queries are abstracts rather than titles with something before or after. */
const MOST_WORDS = 40
/** A title is at least this part of the words of a query, and two of them: `The Llama 3 Herd of Models (arXiv:2407.21783)`. */
const LEAST_PART = 1 / 3

/** Keys of titles that a query may contain, because people paste titles with surrounding text. */
export function titlesHeldBy(query: string): string[] {
  const words = simplified(query).split(' ')
  if (words.length > MOST_WORDS) return []
  const least = Math.max(2, Math.ceil(words.length * LEAST_PART))
  const held = words.flatMap((_, from) =>
    words.slice(from + least - 1).map((_, more) => words.slice(from, from + least + more)),
  )
  return [...new Set(held.map((some) => keyOfSimplified(some.join(' '))))]
}

function isSure(ref: PaperRef, text: string): boolean {
  if (ref.kind !== 'identifiers' || NAMED.test(text)) return true
  return ref.meanings.flat().some(({ scheme }) => IS_UNMISTAKABLE[scheme])
}
