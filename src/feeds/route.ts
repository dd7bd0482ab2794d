import { createHash } from 'node:crypto'
import fresh from 'fresh'
import { AppError, badInput, type ErrorCode, quote } from '../errors.ts'
import { type Exchange, send } from '../server/http/exchange.ts'
import type { Route, RouteServices } from '../server/routes.ts'
import { entryOf } from './entry.ts'
import { type Feed, type FeedLinks, FORMATS } from './formats.ts'
import { feedId, readIdentity } from './identity.ts'
import { type FeedPage, type FeedSource, KINDS } from './kinds.ts'
import { type FeedAddress, feedPath, parseFeedPath } from './paths.ts'
import { oneLine } from './text.ts'

/** Entries of a page without `first`. */
const PAGE_SIZE = 50
const MOST_ENTRIES = 100

/** Readers ask every quarter of an hour or less often; caches between may answer some of them. */
const CACHE_CONTROL = 'public, max-age=300'

/** Redirects may change: a merge can be undone. */
const REDIRECT_CACHE_CONTROL = 'public, max-age=3600'

/** `/feeds/topics/<slug>.atom` and its kind. */
export const feedRoute: Route = {
  method: 'GET',
  path: '/feeds/:feed(.*)',
  async handle(exchange, { feed: path = '' }, services) {
    const address = parseFeedPath(path)
    if (!address)
      throw new AppError(
        'NOT_FOUND',
        `There is no feed ${quote(path)}; expected ${Object.keys(KINDS).join(', ')} with a name and .atom, .rss or .json, such as topics/parsing.atom.`,
      )
    const window = windowOf(services.search)
    const source = await readSource(address, window, services)
    if (source.ref === address.ref) await sendFeed(exchange, address, source, services)
    else redirect(exchange, { ...address, ref: source.ref }, services)
  },
}

/** Which page of a list is asked for. */
interface Window {
  first: number | null
  after: string | null
  last: number | null
  before: string | null
}

function windowOf(search: URLSearchParams): Window {
  const size = sizeOf(search.get('first'))
  const before = search.get('before')
  if (before !== null) return { first: null, after: null, last: size, before }
  return { first: size, after: search.get('after'), last: null, before: null }
}

function sizeOf(text: string | null): number {
  if (text === null) return PAGE_SIZE
  const size = Number(text)
  if (/^\d{1,3}$/.test(text) && size >= 1 && size <= MOST_ENTRIES) return size
  throw badInput(`first: ${quote(text)} is not a number of entries; expected 1 to ${MOST_ENTRIES}.`)
}

async function readSource(
  { kind, ref }: FeedAddress,
  window: Window,
  { runDocument }: RouteServices,
): Promise<FeedSource> {
  const { noun, document, read } = KINDS[kind]
  const { data, errors } = await runDocument(document, { ref, ...window })
  const [error] = errors
  if (error) throw faultOf(error)
  const source = read(data as never)
  if (source) return source
  throw new AppError('NOT_FOUND', `There is no ${noun} ${quote(ref)} in this catalogue.`)
}

/** Codes of GraphQL that mean the same for a feed. */
const CODES: ReadonlySet<string> = new Set<ErrorCode>([
  'BAD_USER_INPUT',
  'NOT_FOUND',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'RATE_LIMITED',
  'QUERY_TOO_COMPLEX',
  'UNAVAILABLE',
])

function faultOf({ message, extensions }: { message: string; extensions: { code: string } }) {
  const { code } = extensions
  return CODES.has(code) ? new AppError(code as ErrorCode, message) : new Error(message)
}

async function sendFeed(
  exchange: Exchange,
  address: FeedAddress,
  source: FeedSource,
  services: RouteServices,
): Promise<void> {
  const { contentType, write } = FORMATS[address.format]
  const feed = await makeFeed(address, source, services)
  const body = write(feed)
  // Weak, since the same text may be sent compressed.
  const etag = `W/"${createHash('sha256').update(body).digest('base64url')}"`
  const lastModified = feed.updatedAt.toUTCString()
  const headers = ['etag', etag, 'last-modified', lastModified, 'cache-control', CACHE_CONTROL]
  // Without Cache-Control: clients made with `fetch` send no-cache along with what they have.
  const { 'if-none-match': known, 'if-modified-since': since } = exchange.request.headers
  const asked = { 'if-none-match': known, 'if-modified-since': since }
  if (fresh(asked, { etag, 'last-modified': lastModified }))
    send(exchange, 304, [...headers, 'vary', 'Accept, Accept-Encoding'])
  else send(exchange, 200, [...headers, 'content-type', contentType], body)
}

async function makeFeed(
  address: FeedAddress,
  { title, description, page, ref }: FeedSource,
  { db, publicUrl, search }: RouteServices,
): Promise<Feed> {
  const identity = await readIdentity(db)
  const scope = { identity, publicUrl }
  const entries = page.entries.map(({ paper, reasons = [], listedOn }) =>
    entryOf(paper, scope, { reasons, ...(listedOn && { listedAt: new Date(listedOn) }) }),
  )
  const { kind } = address
  return {
    id: feedId(identity, `${kind}/${ref}`),
    title: oneLine(title),
    description: oneLine(description),
    homeUrl: `${publicUrl}/${kind}/${encodeURIComponent(ref)}`,
    updatedAt: latest(entries.map(({ updatedAt }) => updatedAt)) ?? new Date(identity.createdAt),
    entries,
    links: linksOf(publicUrl + feedPath(kind, ref, address.format), search, page.pageInfo),
    publicUrl,
  }
}

function latest(times: Date[]): Date | undefined {
  return times.reduce<Date | undefined>((a, b) => (a && a > b ? a : b), undefined)
}

function linksOf(url: string, search: URLSearchParams, info: FeedPage['pageInfo']): FeedLinks {
  const size = search.get('first')
  const at = (place: Record<string, string>) => {
    const query = new URLSearchParams({ ...(size && { first: size }), ...place }).toString()
    return query === '' ? url : `${url}?${query}`
  }
  const { startCursor, endCursor, hasNextPage, hasPreviousPage } = info
  const after = search.get('after')
  const before = search.get('before')
  return {
    self: at(before ? { before } : after ? { after } : {}),
    first: at({}),
    next: hasNextPage && endCursor ? at({ after: endCursor }) : null,
    previous: hasPreviousPage && startCursor ? at({ before: startCursor }) : null,
  }
}

/** An author that was merged, or another way to write the same reference. */
function redirect(exchange: Exchange, to: FeedAddress, { publicUrl, search }: RouteServices): void {
  const query = search.size > 0 ? `?${search}` : ''
  // Without a host, so that it works under every name of the server; with the path that a proxy may add.
  const { pathname } = new URL(publicUrl)
  const location = pathname.replace(/\/$/, '') + feedPath(to.kind, to.ref, to.format) + query
  send(exchange, 301, ['location', location, 'cache-control', REDIRECT_CACHE_CONTROL])
}
