import type { CitationIntent } from '../../../db/tables/vocabulary.ts'
import { withEquivalents } from '../../reference/identifier.ts'
import type { PaperIdentifier, PaperRecord, ReferenceClaim } from '../paper-record.ts'
import { titleKey } from '../title-key.ts'

/** A work that a paper cites, merged from all records of the paper that cite it. */
export interface MergedReference {
  identifiers: PaperIdentifier[]
  title: string | null
  text: string | null
  /** Sorted by name, without duplicates. */
  sources: string[]
  isInfluential: boolean | null
  intents: CitationIntent[]
  contexts: string[]
}

/**
 * The references of a paper, from its records by precedence. Claims that share an identifier are one reference. Claims
 * without identifiers are one reference if they have the same title or, without titles, the same text.
 */
export function mergeReferences(ranked: PaperRecord[]): MergedReference[] {
  const claims = ranked.flatMap(({ source, references = [] }) =>
    references.map((claim) => ({ source, claim, keys: keysOf(claim) })),
  )
  const groups: Claimed[][] = []
  const groupByKey = new Map<string, Claimed[]>()
  for (const claimed of claims) {
    if (claimed.keys.length === 0) continue
    const known = new Set(claimed.keys.map((key) => groupByKey.get(key) ?? []))
    const [group = [], ...others] = [...known].filter(({ length }) => length > 0)
    if (group.length === 0) groups.push(group)
    const joining = [claimed, ...others.flatMap((other) => other.splice(0))]
    for (const { keys } of joining) for (const key of keys) groupByKey.set(key, group)
    group.push(...joining)
  }
  return groups.filter((group) => group.length > 0).map(mergeGroup)
}

interface Claimed {
  source: string
  claim: ReferenceClaim
  keys: string[]
}

function keysOf({ identifiers, title, text }: ReferenceClaim): string[] {
  if (identifiers.length > 0) return withEquivalents(identifiers).map(identifierKey)
  const key = title ? titleKey(title) : ''
  if (key) return [`title ${key}`]
  return text?.trim() ? [`text ${text.trim()}`] : []
}

const identifierKey = ({ scheme, value }: PaperIdentifier) => `${scheme}:${value}`

function mergeGroup(group: Claimed[]): MergedReference {
  const claims = group.map(({ claim }) => claim)
  const judged = claims.flatMap(({ isInfluential }) => isInfluential ?? [])
  return {
    identifiers: withEquivalents(claims.flatMap(({ identifiers }) => identifiers)).toSorted(
      (a, b) => (identifierKey(a) < identifierKey(b) ? -1 : 1),
    ),
    title: claims.find(({ title }) => title)?.title ?? null,
    text: claims.find(({ text }) => text)?.text ?? null,
    sources: [...new Set(group.map(({ source }) => source))].sort(),
    isInfluential: judged.length > 0 ? judged.includes(true) : null,
    intents: [...new Set(claims.flatMap(({ intents = [] }) => intents))].sort(),
    contexts: [...new Set(claims.flatMap(({ contexts = [] }) => contexts))],
  }
}
