import type { Database } from '../../db/client.ts'
import { AppError, badInput, quote } from '../../errors.ts'
import { withAuthorIds } from '../papers/author-filter.ts'
import { type PaperFilter, resolveNames } from '../papers/filter.ts'
import { papersDocument, type SavedDocument, type SavedPapers } from '../saved/document.ts'
import { findSavedQuery } from '../saved/saved-query.ts'

/** The source of a digest's papers. Equal sources have equal JSON. */
export type DigestSource =
  | { kind: 'saved'; id: string }
  /** The trending papers that match a filter; empty for all. */
  | { kind: 'trending'; filter: SavedPapers['filter'] }

interface Wanted {
  savedQuery?: string | null | undefined
  filter?: PaperFilter | null | undefined
}

/** The source that a subscriber asks for: a saved query, or trending papers. Throws for a saved query that there is not, and for names in the filter that the catalogue does not have. */
export async function sourceOf(
  db: Database,
  { savedQuery, filter }: Wanted,
): Promise<DigestSource> {
  if (savedQuery != null && filter != null)
    throw badInput(
      'savedQuery and filter are given; expected one of them, since a saved query has its own filter.',
    )
  if (savedQuery == null) {
    // Stores ids instead of names of authors, because other authors may get the same name.
    const document = papersDocument({ filter: await withAuthorIds(db, filter ?? {}) })
    await resolveNames(db, document.filter)
    return { kind: 'trending', filter: document.filter }
  }
  const found = await findSavedQuery(db, savedQuery)
  if (!found)
    throw new AppError(
      'NOT_FOUND',
      `savedQuery: there is no saved query ${quote(savedQuery)}; expected an id that saveQuery returned.`,
    )
  return { kind: 'saved', id: found.id }
}

/** A source with the data needed to read it. */
export interface ReadableSource {
  /** Its displayed name. */
  label: string
  /** Of a saved query; null for trending papers. */
  document: SavedDocument | null
}

/** Loads a source. Throws NOT_FOUND if its saved query is gone. */
export async function readSource(db: Database, source: DigestSource): Promise<ReadableSource> {
  if (source.kind === 'trending')
    return { label: labelOf('trending papers', source.filter), document: null }
  const found = await findSavedQuery(db, source.id)
  if (!found) throw new AppError('NOT_FOUND', `The saved query ${source.id} was deleted.`)
  return { label: found.document.name ?? nameOf(found.document), document: found.document }
}

const FOLLOWED = {
  paper: 'news of a paper that you follow',
  author: 'new papers of an author that you follow, and news of older ones',
  repository: 'new papers of a repository that you follow, and news of older ones',
  bibliography: 'news of the papers of a bibliography that you follow',
}

function nameOf(document: SavedDocument): string {
  if (document.kind !== 'papers') return FOLLOWED[document.kind]
  const { query, filter } = document
  return labelOf(query ? `new papers on ${quote(query)}` : 'new papers', filter)
}

function labelOf(what: string, filter: SavedPapers['filter']): string {
  const conditions = Object.entries(filter).map(([name, value]) => `${words(name)} ${print(value)}`)
  return conditions.length === 0 ? what : `${what} (${conditions.join(', ')})`
}

const words = (name: string) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

function print(value: unknown): string {
  if (Array.isArray(value)) return value.join(' or ')
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.entries(value)
    .map(([name, one]) => `${words(name)} ${one}`)
    .join(' ')
}
