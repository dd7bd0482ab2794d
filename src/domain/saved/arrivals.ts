import type { ChangeKind } from '../../db/tables/vocabulary.ts'
import { CITATION_MILESTONES } from '../changes/milestone.ts'
import type { FieldName } from '../search/fields/fields.ts'
import { parseSearchQuery, type SearchLeaf, type SearchNode } from '../search/query.ts'
import type { SavedDocument, SavedFilter } from './document.ts'

/**
 * Events by which existing papers come to a list, because they did not meet its conditions before. Past results of a query are not known
 * otherwise: a change of a title or of topics may bring a paper to a list, or concern one that was on it before.
 */
export interface Arrivals {
  kinds: ChangeKind[]
  /** Number of citations of the `citation_milestone` with which papers come to the list; null if the query has no such condition. */
  citations: number | null
  /** Minimum number of stars; null if the query has no such condition. */
  stars: number | null
}

/** The events by which papers come to the list of a saved query. */
export function arrivalsOf(document: SavedDocument): Arrivals {
  if (document.kind === 'repository') return { kinds: ['got_code'], citations: null, stars: null }
  if (document.kind !== 'papers') return { kinds: [], citations: null, stars: null }
  const { filter, query } = document
  const tree = query === null ? null : parseSearchQuery(query, 'strict')
  const wanted = [...conditionsOf(filter), ...(tree ? leavesOf(tree).map(conditionOf) : [])]
  const stars = least(wanted.map((one) => one.stars))
  const citations = least(wanted.map((one) => one.citations))
  const isMilestone = CITATION_MILESTONES.some((milestone) => milestone === citations)
  const kinds = wanted.flatMap(({ kinds = [] }) => kinds)
  if (stars !== null) kinds.push('got_code')
  return { kinds: [...new Set(kinds)], citations: isMilestone ? citations : null, stars }
}

/** The events of one condition. */
interface Wanted {
  kinds?: ChangeKind[]
  stars?: number | undefined
  citations?: number | undefined
}

/** Conditions for which no event tells when a paper begins to meet them. */
type Silent =
  | ('published' | 'year' | 'kind' | 'text' | 'language' | 'updatedSince' | 'repositoryLanguage')
  | ('topics' | 'topicsAll' | 'topicsNone' | 'topicsWithin' | 'keywords')
  | ('authors' | 'institutions')
  | ('maxCitations' | 'maxStars' | 'minUpvotes' | 'maxUpvotes')
  | ('decisions' | 'hasLink' | 'hasEvent' | 'eventOn' | 'openAccess')

const BY_CONDITION: {
  [K in Exclude<keyof SavedFilter, Silent>]-?: (value: NonNullable<SavedFilter[K]>) => Wanted[]
} = {
  hasRepository: (wanted) => (wanted ? [{ kinds: ['got_code'] }] : []),
  isRetracted: (wanted) => (wanted ? [{ kinds: ['retracted'] }] : []),
  venues: () => [{ kinds: ['published'] }],
  minStars: (stars) => [{ stars }],
  minCitations: (citations) => [{ citations }],
  anyOf: (filters) => filters.flatMap(conditionsOf),
}

function conditionsOf(filter: SavedFilter): Wanted[] {
  return Object.entries(BY_CONDITION).flatMap(([name, read]) => {
    const value = filter[name as keyof typeof BY_CONDITION]
    return value == null ? [] : read(value as never)
  })
}

/** The leaves of a query, except those under NOT. */
function leavesOf(node: SearchNode): SearchLeaf[] {
  if (node.kind === 'not') return []
  return 'nodes' in node ? node.nodes.flatMap(leavesOf) : [node]
}

/** Fields of the search for which no event tells that. */
type SilentField =
  | ('author' | 'affiliation' | 'topic' | 'keyword' | 'year' | 'lang' | 'award' | 'session')
  | ('area' | 'rating' | 'published' | 'updated' | 'language' | 'access')

const BY_FIELD: { [K in Exclude<FieldName, SilentField>]: (value: unknown) => Wanted } = {
  stars: (value) => ({ stars: leastOf(value) }),
  cites: (value) => ({ citations: leastOf(value) }),
  has: (value) => (value === 'code' ? { kinds: ['got_code'] } : {}),
  is: (value) => (value === 'retracted' ? { kinds: ['retracted'] } : {}),
  venue: () => ({ kinds: ['published'] }),
}

function conditionOf(leaf: SearchLeaf): Wanted {
  if (leaf.kind !== 'field' || !Object.hasOwn(BY_FIELD, leaf.field)) return {}
  return BY_FIELD[leaf.field as keyof typeof BY_FIELD](leaf.value)
}

/** The minimum of a comparison such as `>=100`; undefined if it has none. */
function leastOf(comparison: unknown): number | undefined {
  const { operator, value } = comparison as { operator: string; value: number }
  if (operator.startsWith('<')) return undefined
  return operator === '>' ? value + 1 : value
}

function least(numbers: (number | undefined)[]): number | null {
  const known = numbers.filter((one) => one !== undefined)
  return known.length === 0 ? null : Math.min(...known)
}
