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

/** What a saved query holds, in canonical form: equal queries are equal documents, key by key. */
export interface SavedPapers {
  kind: 'papers'
  name: SavedName
  /** Of the search language; null where only the filter decides. */
  query: string | null
  filter: SavedFilter
  /** Null for the order that such a list has by default. */
  order: PaperOrder | null
}

/** Follows something by ids of the time when it was saved: they lead to what it was merged into. */
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

/** What a client asks to save. */
export interface PapersInput {
  name?: string | null | undefined
  query?: string | null | undefined
  filter?: PaperFilter | null | undefined
  order?: PaperOrder | null | undefined
}

/** The canonical form of a query. Throws BAD_USER_INPUT that names the query when it cannot be read. */
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

/** The canonical form of what follows papers: each id once, in ascending order. */
export function papersToFollow(
  kind: 'paper' | 'bibliography',
  ids: readonly number[],
  name: string | null | undefined,
): SavedFollow {
  return { kind, name: canonicalName(name), paperIds: numbers(ids) }
}

/** The id of a document: 32 hexadecimal digits. The words of a query may have capitals, which make no difference. */
export function idOfDocument(document: SavedDocument): string {
  const tree = document.kind === 'papers' && parseSearchQuery(document.query ?? '', 'strict')
  const compared = tree ? { ...document, query: printSearchQuery(foldWords(tree)) } : document
  return createHash('sha256').update(JSON.stringify(compared)).digest('hex').slice(0, 32)
}

/** Whether a text has the form of an id. */
export const isSavedId = (text: string): boolean => /^[0-9a-f]{32}$/.test(text)

/** One line; null where there is nothing to see. */
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
  // A search without an order is by relevance, so that any order says something.
  const isDefault = field === NEWEST.field && direction === NEWEST.direction
  return isDefault && !isSearch ? null : { field, direction }
}

type Canonical<T> = (value: NonNullable<T>) => T | undefined

/** The canonical value of each condition; undefined where it lets every paper pass. The order is that of the document. */
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

/** Without conditions it asks for any decision, so that an empty one is kept. */
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

/** In a fixed order, each once; undefined where one of them lets every paper pass. */
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

/** An object without members that say nothing; undefined where none is left. */
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

/** Every count is 0 or more. A negative one is kept, for the filter to refuse. */
function atLeast(least: number): number | undefined {
  return least === 0 ? undefined : least
}

/** One spelling of each author reference. A name is one that nobody has: ids stand for the others. */
function canonicalAuthor(ref: string): string {
  if (isAuthorName(ref)) return ref
  const id = parseGlobalId('Author', ref)
  if (id !== null) return globalId('Author', id)
  const { scheme, value } = parseAuthorRef(ref)
  return `${scheme === 'google_scholar' ? 'scholar' : scheme}:${value}`
}
