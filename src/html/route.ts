import { once } from 'es-toolkit'
import fresh from 'fresh'
import { AppError } from '../errors.ts'
import type { HeaderList } from '../server/http/cors.ts'
import { type ErrorWriter, type Exchange, send } from '../server/http/exchange.ts'
import { hashOf } from '../server/http/files.ts'
import { isOfOtherSite } from '../server/http/origin.ts'
import type { Route, RouteServices } from '../server/routes.ts'
import { ASSETS, loadAssets } from './assets.ts'
import { renderError } from './error-page.ts'
import { PAGE_POLICY, type PageOptions, renderPage, type Site } from './page.ts'
import type { Content } from './template.ts'

export interface PageRequest {
  exchange: Exchange
  params: Readonly<Record<string, string>>
  services: RouteServices
  site: Site
}

/** A page, or a redirect. Undefined if the response was already sent, such as by `readForm`. */
export type PageAnswer =
  | {
      options: Omit<PageOptions, 'path'>
      main: Content
      /** Default: 200. */
      status?: number
    }
  | { redirectTo: string; status: 301 | 302 | 303; headers?: HeaderList }
  /** A document with its own frame, such as a mail. */
  | { document: string; headers: HeaderList }
  | undefined

/**
 * A route that is answered with a page. An `AppError` thrown by `make` becomes an error page. Forms from other sites are refused unless
 * `isOpen`: a malicious one could sign a reader in as somebody else.
 */
export function pageRoute(
  method: Route['method'],
  path: string,
  make: (request: PageRequest) => Promise<PageAnswer> | PageAnswer,
  { isOpen = false }: { isOpen?: boolean } = {},
): Route {
  return {
    method,
    path,
    // An unknown name, which the page shows.
    takesUndecodable: true,
    async handle(exchange, params, services) {
      const site = await siteOf(services)
      exchange.writeError = errorWriter(site, exchange)
      if (method === 'POST' && !isOpen && isOfOtherSite(exchange.request, site.publicUrl))
        throw new AppError(
          'FORBIDDEN',
          'The form was sent from another site. Open the page here first.',
        )
      sendPage(exchange, site, await make({ exchange, params, services, site }))
    },
  }
}

/** The script, the stylesheet and the fonts of all pages. */
export const assetRoute: Route = {
  method: 'GET',
  path: `${ASSETS}:file`,
  async handle(exchange) {
    const { send: sendAsset } = await assets()
    if (!sendAsset(exchange)) send(exchange, 404, TEXT, 'There is no such file.\n')
  },
}

/** Loaded when the first page is requested. */
const assets = once(loadAssets)

async function siteOf({ config, publicUrl, session }: RouteServices): Promise<Site> {
  const { paths } = await assets()
  return { publicUrl, assets: paths, hasGraphiql: config.graphiql, isSignedIn: session !== null }
}

/** Path and query of a request, without the leading slash. */
const pathOf = ({ request }: Exchange): string => (request.url ?? '/').replace(/^\/+/, '')

const errorWriter =
  (site: Site, exchange: Exchange): ErrorWriter =>
  (fault) => ({
    mediaType: HTML_TYPE,
    text: String(renderError(site, pathOf(exchange), fault)),
    headers: headersOf(true),
  })

const TEXT = ['content-type', 'text/plain; charset=utf-8']
const HTML_TYPE = 'text/html; charset=utf-8'

/** The URL of a private page contains a token, which no other server may see. */
const headersOf = (isPrivate: boolean, isSignedIn = false): HeaderList => [
  ...['content-security-policy', PAGE_POLICY, 'x-frame-options', 'DENY'],
  ...['referrer-policy', isPrivate ? 'no-referrer' : 'strict-origin-when-cross-origin'],
  ...['cache-control', isPrivate ? 'no-store' : isSignedIn ? 'private, no-cache' : 'no-cache'],
]

function sendPage(exchange: Exchange, site: Site, answer: PageAnswer): void {
  if (answer === undefined) return
  if ('redirectTo' in answer) {
    // A moved paper may move back, so every visit must check.
    const { redirectTo, headers: own = [] } = answer
    const headers = ['location', redirectTo, 'cache-control', 'no-cache', ...own]
    send(exchange, answer.status, headers)
    return
  }
  if ('document' in answer) {
    send(exchange, 200, ['content-type', HTML_TYPE, ...answer.headers], answer.document)
    return
  }
  const { options, main, status = 200 } = answer
  const text = String(renderPage(site, { ...options, path: pathOf(exchange) }, main))
  const headers = [...headersOf(options.isPrivate ?? false, site.isSignedIn)]
  if (status === 200 && !options.isPrivate && exchange.request.method !== 'POST') {
    const etag = `W/"${hashOf(text)}"`
    headers.push('etag', etag)
    if (fresh(exchange.request.headers, { etag })) {
      send(exchange, 304, headers)
      return
    }
  }
  send(exchange, status, ['content-type', HTML_TYPE, ...headers], text)
}
