import { badInput, quote } from '../errors.ts'
import type { FeedPaper } from './entry.ts'

/** Runs a document; throws an `AppError` for its errors. */
export type Ask = <Data>(document: string, variables: Record<string, unknown>) => Promise<Data>

/** Query parameters of a URL. */
export type Parameters = Readonly<Record<string, string>>

/** A page of a feed, as read by its kind. */
export interface FeedSource {
  /** The canonical reference; requests with another one are redirected. */
  ref: string
  title: string
  description: string
  /** Path of the web page with the same content. */
  homePath: string
  entries: {
    paper: FeedPaper
    reasons?: readonly string[]
    /** Day or instant when it was listed. Default: when it was added to the catalogue. */
    listedOn?: string
  }[]
  /** When the list last changed. The latest change of its papers applies if it is later, or if this is absent. */
  updatedAt?: string | null
  /** Parameters of other pages besides `first`; null if there is no such page. */
  pages: { self: Parameters; next: Parameters | null; previous: Parameters | null }
}

/** A kind of feed. */
export interface FeedKind {
  /** Its name in messages. */
  noun: string
  /** Whether its path contains a reference: `/feeds/topics/<ref>.atom`, not `/feeds/daily.atom`. */
  isNamed: boolean
  /** Reads a page of the feed; null if the reference is unknown. */
  load(ask: Ask, ref: string, search: URLSearchParams): Promise<FeedSource | null>
}

/** Page size without `first`. */
const PAGE_SIZE = 50
export const MOST_ENTRIES = 100

/** Page size that the URL asks for. */
export function sizeOf(search: URLSearchParams): number {
  const text = search.get('first')
  if (text === null) return PAGE_SIZE
  const size = Number(text)
  if (/^\d{1,3}$/.test(text) && size >= 1 && size <= MOST_ENTRIES) return size
  throw badInput(`first: ${quote(text)} is not a number of entries; expected 1 to ${MOST_ENTRIES}.`)
}

/** Variables for a page of a connection. */
export function windowOf(search: URLSearchParams) {
  const size = sizeOf(search)
  const before = search.get('before')
  if (before !== null) return { first: null, after: null, last: size, before }
  return { first: size, after: search.get('after'), last: null, before: null }
}

/** Variables and arguments of a page of a connection, for documents. */
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

/** The pages before and after a page of a connection. */
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
