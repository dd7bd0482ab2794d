import { badInput, quote } from '../errors.ts'
import type { FeedPaper } from './entry.ts'

/** Reads a document; throws an `AppError` for what its errors say. */
export type Ask = <Data>(document: string, variables: Record<string, unknown>) => Promise<Data>

/** Parameters of the query of a URL. */
export type Parameters = Readonly<Record<string, string>>

/** A page of a feed as its kind found it. */
export interface FeedSource {
  /** The reference under which it is to be read; another one is redirected to it. */
  ref: string
  title: string
  description: string
  /** Path of the page that shows the same to people. */
  homePath: string
  entries: {
    paper: FeedPaper
    reasons?: readonly string[]
    /** Day or instant of its coming to the list; that of its coming to the catalogue where it is absent. */
    listedOn?: string
  }[]
  /** When the list changed last; the latest change of its papers where that is later, or where this is absent. */
  updatedAt?: string | null
  /** Where other pages are, besides `first` in the URL; null where there is none. */
  pages: { self: Parameters; next: Parameters | null; previous: Parameters | null }
}

/** A kind of feed. */
export interface FeedKind {
  /** What a message calls it. */
  noun: string
  /** Whether its path names something: `/feeds/topics/<ref>.atom`, not `/feeds/daily.atom`. */
  isNamed: boolean
  /** A page of the feed; null where there is none of this name. */
  load(ask: Ask, ref: string, search: URLSearchParams): Promise<FeedSource | null>
}

/** Entries of a page without `first`. */
const PAGE_SIZE = 50
export const MOST_ENTRIES = 100

/** How many entries a page has. */
export function sizeOf(search: URLSearchParams): number {
  const text = search.get('first')
  if (text === null) return PAGE_SIZE
  const size = Number(text)
  if (/^\d{1,3}$/.test(text) && size >= 1 && size <= MOST_ENTRIES) return size
  throw badInput(`first: ${quote(text)} is not a number of entries; expected 1 to ${MOST_ENTRIES}.`)
}

/** Variables of a page of a connection. */
export function windowOf(search: URLSearchParams) {
  const size = sizeOf(search)
  const before = search.get('before')
  if (before !== null) return { first: null, after: null, last: size, before }
  return { first: size, after: search.get('after'), last: null, before: null }
}

/** Variables that a document declares for a page of a connection, and the arguments that it passes on to it. */
export const WINDOW = '$first: Int, $after: String, $last: Int, $before: String'
export const WINDOW_ARGUMENTS = 'first: $first, after: $after, last: $last, before: $before'
/** The fields of `PageInfo`, for documents. */
export const PAGE_INFO = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor }'

export interface PageInfo {
  hasNextPage: boolean
  hasPreviousPage: boolean
  startCursor: string | null
  endCursor: string | null
}

/** The pages around one of a connection. */
export function pagesOf(
  search: URLSearchParams,
  { hasNextPage, hasPreviousPage, startCursor, endCursor }: PageInfo,
): FeedSource['pages'] {
  const after = search.get('after')
  const before = search.get('before')
  return {
    self: before ? { before } : after ? { after } : {},
    next: hasNextPage && endCursor ? { after: endCursor } : null,
    previous: hasPreviousPage && startCursor ? { before: startCursor } : null,
  }
}
