import { createHash } from 'node:crypto'
import fresh from 'fresh'
import { isAuthorName } from '../domain/identity/lookup/resolution.ts'
import { AppError, type ErrorCode, quote } from '../errors.ts'
import { type Exchange, send } from '../server/http/exchange.ts'
import { prefixOf } from '../server/http/origin.ts'
import { type Route, type RouteServices, withoutVariable } from '../server/routes.ts'
import { entryOf } from './entry.ts'
import { type Feed, type FeedLinks, FORMATS } from './formats.ts'
import { feedId, readIdentity } from './identity.ts'
import { KINDS } from './kinds.ts'
import { type FeedAddress, feedPath, parseFeedPath } from './paths.ts'
import type { Ask, FeedSource, Parameters } from './source.ts'
import { oneLine } from './text.ts'

/** Readers poll every quarter of an hour or less often; intermediate caches may answer some of them. */
const CACHE_CONTROL = 'public, max-age=300'

/** Redirects may change: a merge can be undone. */
const REDIRECT_CACHE_CONTROL = 'public, max-age=3600'

/** `/feeds/topics/<slug>.atom` and similar paths. */
export const feedRoute: Route = {
  method: 'GET',
  path: '/feeds/:feed(.*)',
  async handle(exchange, { feed: path = '' }, services) {
    const address = parseFeedPath(path)
    if (!address)
      throw new AppError(
        'NOT_FOUND',
        `There is no feed ${quote(path)}; expected topics, authors, venues or saved with a name, or trending or daily, and .atom, .rss or .json, such as topics/parsing.atom.`,
      )
    const source = await readSource(address, services)
    if (source.ref === address.ref) await sendFeed(exchange, address, source, services)
    else redirect(exchange, address, source.ref, services)
  },
}

async function readSource(
  { kind, ref }: FeedAddress,
  { runDocument, search }: RouteServices,
): Promise<FeedSource> {
  const ask: Ask = async <Data>(document: string, variables: Record<string, unknown>) => {
    const { data, errors } = await runDocument<Data>(document, variables)
    const [error] = errors
    if (error || !data) throw faultOf(error)
    return data
  }
  const { noun, load } = KINDS[kind]
  const source = await load(ask, ref, search)
  if (source) return source
  throw new AppError('NOT_FOUND', `There is no ${noun} ${quote(ref)} in this catalogue.`)
}

/** GraphQL codes that mean the same for a feed. */
const CODES: ReadonlySet<string> = new Set<ErrorCode>([
  'BAD_USER_INPUT',
  'NOT_FOUND',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'RATE_LIMITED',
  'QUERY_TOO_COMPLEX',
  'UNAVAILABLE',
])

function faultOf(error: { message: string; extensions: { code: string } } | undefined): Error {
  const { message = 'Nothing was answered', extensions: { code } = { code: '' } } = error ?? {}
  return CODES.has(code)
    ? new AppError(code as ErrorCode, withoutVariable(message))
    : new Error(message)
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
  // Weak, because the same text may also be sent compressed.
  const etag = `W/"${createHash('sha256').update(body).digest('base64url')}"`
  const lastModified = feed.updatedAt.toUTCString()
  const headers = ['etag', etag, 'last-modified', lastModified, 'cache-control', CACHE_CONTROL]
  // Ignores Cache-Control: clients based on `fetch` send no-cache together with conditional headers.
  const { 'if-none-match': known, 'if-modified-since': since } = exchange.request.headers
  const asked = { 'if-none-match': known, 'if-modified-since': since }
  if (fresh(asked, { etag, 'last-modified': lastModified }))
    send(exchange, 304, [...headers, 'vary', 'Accept, Accept-Encoding'])
  else send(exchange, 200, [...headers, 'content-type', contentType], body)
}

async function makeFeed(
  { kind, format }: FeedAddress,
  source: FeedSource,
  { db, publicUrl, search }: RouteServices,
): Promise<Feed> {
  const identity = await readIdentity(db)
  const scope = { identity, publicUrl }
  const entries = source.entries.map(({ paper, reasons = [], listedOn }) =>
    entryOf(paper, scope, { reasons, ...(listedOn && { listedAt: new Date(listedOn) }) }),
  )
  const times = entries.map(({ updatedAt }) => updatedAt)
  if (source.updatedAt) times.push(new Date(source.updatedAt))
  const { window } = source.pages.self
  return {
    id: feedId(identity, `${kind}/${window ?? source.ref}`),
    title: oneLine(source.title),
    description: oneLine(source.description),
    homeUrl: publicUrl + source.homePath,
    updatedAt: latest(times) ?? new Date(identity.createdAt),
    entries,
    links: linksOf(publicUrl + feedPath(kind, source.ref, format), search, source.pages),
    publicUrl,
  }
}

function latest(times: Date[]): Date | undefined {
  return times.reduce<Date | undefined>((a, b) => (a && a > b ? a : b), undefined)
}

function linksOf(
  url: string,
  search: URLSearchParams,
  { self, next, previous }: FeedSource['pages'],
): FeedLinks {
  const size = search.get('first')
  const at = (place: Parameters) => {
    const query = new URLSearchParams({ ...(size && { first: size }), ...place }).toString()
    return query === '' ? url : `${url}?${query}`
  }
  const { window } = self
  return {
    self: at(self),
    first: at(window ? { window } : {}),
    next: next && at(next),
    previous: previous && at(previous),
  }
}

/** Redirects a merged author, or another spelling of the same reference. */
function redirect(
  exchange: Exchange,
  { kind, ref: asked, format }: FeedAddress,
  ref: string,
  { publicUrl, search }: RouteServices,
): void {
  const query = search.size > 0 ? `?${search}` : ''
  // Without a host, so that it works under every name of the server, but with a proxy's path prefix.
  const location = prefixOf(publicUrl) + feedPath(kind, ref, format) + query
  // The name may later refer to somebody else.
  const [status, caching] =
    kind === 'authors' && isAuthorName(asked) ? [302, CACHE_CONTROL] : [301, REDIRECT_CACHE_CONTROL]
  send(exchange, status, ['location', location, 'cache-control', caching])
}
