import { createHash } from 'node:crypto'
import { AppError, badInput, quote } from '../../errors.ts'
import { globalId, parseGlobalId } from '../../sql/global-id.ts'
import { isAuthorName } from '../identity/lookup/resolution.ts'
import type { PaperFilter } from '../papers/filter.ts'
import { NEWEST, type PaperOrder } from '../papers/list.ts'
import { awardNames } from '../record/decision.ts'
import { slugify } from '../record/title-key.ts'
import { parseAuthorRef } from '../reference/author-ref.ts'
import { foldWords, printSearchQuery } from '../search/print.ts'
import { parseSearchQuery } from '../search/query.ts'
import type { DecisionFilter } from '../statements/decision-filter.ts'

/** The canonical form of a saved query: equal queries have equal documents. */
export interface SavedPapers {
  kind: 'papers'
  name: SavedName
  /** A query in the search language; null if there is only a filter. */
  query: string | null
  filter: SavedFilter
  /** Null for the default order. */
  order: PaperOrder | null
}

/** A follow by the ids at the time when it was saved; ids of merged entities redirect. */
export type SavedFollow = { name: SavedName } & (
  | { kind: 'paper'; paperIds: readonly number[] }
  | { kind: 'bibliography'; paperIds: readonly number[] }
  | { kind: 'author'; authorId: number }
  | { kind: 'repository'; repositoryId: number }
)

type SavedName = string | null

export type SavedDocument = SavedPapers | SavedFollow

export const SAVED_KINDS = ['papers', 'paper', 'author', 'repository', 'bibliography'] as const

export type SavedFilter = Omit<PaperFilter, 'topicIds' | 'institutionIds'>

/** A request to save a query. */
export interface PapersInput {
  name?: string | null | undefined
  query?: string | null | undefined
  filter?: PaperFilter | null | undefined
  order?: PaperOrder | null | undefined
}

/** The canonical form of a query. Throws BAD_USER_INPUT that names the query if it cannot be parsed. */
export function papersDocument({ name, query, filter, order }: PapersInput): SavedPapers {
  const text = canonicalQuery(query ?? '')
  return {
    kind: 'papers',
    name: canonicalName(name),
    query: text,
    filter: canonicalFilter(filter ?? {}),
    order: canonicalOrder(order, text !== null),
  }
}

/** The canonical form of followed papers: each id once, in ascending order. */
export function papersToFollow(
  kind: 'paper' | 'bibliography',
  ids: readonly number[],
  name: string | null | undefined,
): SavedFollow {
  return { kind, name: canonicalName(name), paperIds: numbers(ids) }
}

/** The id of a document: 32 hexadecimal digits. Does not depend on the case of the words of the query. */
export function idOfDocument(document: SavedDocument): string {
  const tree = document.kind === 'papers' && parseSearchQuery(document.query ?? '', 'strict')
  const compared = tree ? { ...document, query: printSearchQuery(foldWords(tree)) } : document
  return createHash('sha256').update(JSON.stringify(compared)).digest('hex').slice(0, 32)
}

/** Whether a text has the form of an id. */
export const isSavedId = (text: string): boolean => /^[0-9a-f]{32}$/.test(text)

/** A name on one line; null if it is empty. */
export function canonicalName(name: string | null | undefined): string | null {
  return (
    name
      ?.normalize('NFC')
      .replaceAll(/[\s\p{C}]+/gu, ' ')
      .trim() || null
  )
}

function canonicalQuery(query: string): string | null {
  try {
    const tree = parseSearchQuery(query.normalize('NFC'), 'strict')
    return tree && printSearchQuery(tree)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    throw badInput(`${quote(query)} cannot be saved: ${error.message}`, { cause: error })
  }
}

function canonicalOrder(
  order: PaperOrder | null | undefined,
  isSearch: boolean,
): PaperOrder | null {
  if (!order) return null
  const { field, direction } = order
  // A search without an order is ranked by relevance, so it has no redundant order.
  const isDefault = field === NEWEST.field && direction === NEWEST.direction
  return isDefault && !isSearch ? null : { field, direction }
}

type Canonical<T> = (value: NonNullable<T>) => T | undefined

/** The canonical value of each condition, in the order of the document; undefined for a condition that every paper meets. */
const CONDITIONS: { [K in keyof SavedFilter]-?: Canonical<SavedFilter[K]> } = {
  published: ({ from, to }) => members({ from, to }),
  year: numbers,
  topics: words,
  topicsAll: (slugs) => (slugs.length > 0 ? words(slugs) : undefined),
  topicsNone: (slugs) => (slugs.length > 0 ? words(slugs) : undefined),
  topicsWithin: words,
  keywords: (names) => words(names.map(slugify)),
  authors: (refs) => words(refs.map(canonicalAuthor)),
  institutions: (refs) => words(refs.map((ref) => ref.trim())),
  venues: words,
  hasRepository: (value) => value,
  repositoryLanguage: (names) => words(names.map((name) => name.trim().toLowerCase())),
  minCitations: atLeast,
  maxCitations: (most) => most,
  minStars: atLeast,
  maxStars: (most) => most,
  minUpvotes: atLeast,
  maxUpvotes: (most) => most,
  kind: (kinds) => words(kinds),
  text: (text) => text.normalize('NFC').replaceAll(/\s+/g, ' ').trim() || undefined,
  language: (codes) => words(codes.map((code) => code.trim().toLowerCase())),
  isRetracted: (value) => value,
  decisions: canonicalDecisions,
  updatedSince: (instant) => new Date(instant).toISOString(),
  hasLink: (kinds) => words(kinds),
  hasEvent: (kinds) => words(kinds),
  eventOn: ({ from, to }) => members({ from, to }),
  openAccess: (statuses) => words(statuses),
  anyOf: alternatives,
}

/** The canonical form of a filter on decisions. An empty one is kept, because it means any decision. */
function canonicalDecisions(filter: DecisionFilter): DecisionFilter {
  const { venues, years, outcome, presentation, hasAward, awards, minRating, maxRating } = filter
  const named = (names: readonly string[]) =>
    words(names.map((name) => name.trim().replaceAll(/\s+/g, ' ').toLowerCase()))
  const canonical = {
    venues: venues && words(venues),
    years: years && numbers(years),
    outcome: outcome && words(outcome),
    presentation: presentation && words(presentation),
    hasAward,
    awards: awards && words(awards.flatMap(awardNames)),
    sessions: filter.sessions && named(filter.sessions),
    areas: filter.areas && named(filter.areas),
    minRating,
    maxRating,
  }
  return members(canonical) ?? {}
}

/** Alternatives in a fixed order, each once; undefined if one of them is met by every paper. */
function alternatives(filters: readonly PaperFilter[]): SavedFilter[] | undefined {
  const texts = filters.map((filter) => JSON.stringify(canonicalFilter(filter)))
  if (texts.includes('{}')) return undefined
  return words(texts).map((text): SavedFilter => JSON.parse(text))
}

function canonicalFilter(filter: PaperFilter): SavedFilter {
  const entries = Object.entries(CONDITIONS).map(([name, canonical]) => {
    const value = filter[name as keyof SavedFilter]
    return [name, value == null ? undefined : (canonical as Canonical<unknown>)(value)]
  })
  return members(Object.fromEntries(entries)) ?? {}
}

/** An object without undefined members; undefined if none is left. */
function members<T extends object>(value: T): T | undefined {
  const told = Object.entries(value).filter(([, member]) => member != null)
  return told.length === 0 ? undefined : (Object.fromEntries(told) as T)
}

function words<T extends string>(list: readonly T[]): T[] {
  return [...new Set(list)].sort()
}

function numbers(list: readonly number[]): number[] {
  return [...new Set(list)].sort((a, b) => a - b)
}

/** A minimum; undefined for 0, which every count meets. Negative values are kept for the filter to reject. */
function atLeast(least: number): number | undefined {
  return least === 0 ? undefined : least
}

/** The canonical spelling of an author reference. A name here is one that nobody has; other names were replaced by ids. */
function canonicalAuthor(ref: string): string {
  if (isAuthorName(ref)) return ref
  const id = parseGlobalId('Author', ref)
  if (id !== null) return globalId('Author', id)
  const { scheme, value } = parseAuthorRef(ref)
  return `${scheme === 'google_scholar' ? 'scholar' : scheme}:${value}`
}
