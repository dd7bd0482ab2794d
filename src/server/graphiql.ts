import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { EXAMPLE_QUERIES } from './examples.ts'
import { type Exchange, send } from './exchange.ts'

interface Page {
  html: string
  compressed: Buffer
  /** Names this very page, so that browsers need not fetch its megabytes again. */
  etag: string
}

/** Whether a request is that of a browser for the page, and not that of a program for an answer. */
export function wantsPage({ method, headers }: IncomingMessage): boolean {
  return (method === 'GET' || method === 'HEAD') && (headers.accept ?? '').includes('text/html')
}

/** Sends GraphiQL, all of it from files of this machine. They are large: read when first asked for, and once. */
export function createPageSender(): (exchange: Exchange) => Promise<void> {
  let page: Promise<Page> | undefined
  return async (exchange) => {
    page ??= renderPage()
    const { html, compressed, etag } = await page
    const headers = [
      ...['content-type', 'text/html; charset=utf-8', 'etag', etag, 'vary', 'accept-encoding'],
      // Asked for again each time, and mostly answered with 304.
      ...['cache-control', 'no-cache', 'x-frame-options', 'DENY'],
    ]
    const { 'if-none-match': known = '', 'accept-encoding': encodings = '' } =
      exchange.request.headers
    if (known.includes(etag)) send(exchange, 304, headers)
    else if (/\bgzip\b/.test(String(encodings)))
      send(exchange, 200, [...headers, 'content-encoding', 'gzip'], compressed)
    else send(exchange, 200, headers, html)
  }
}

async function renderPage(): Promise<Page> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql')
  const html = renderGraphiQL({
    title: 'paperql',
    defaultTabs: EXAMPLE_QUERIES.map(({ query, variables = null }) => ({ query, variables })),
    shouldPersistHeaders: false,
  })
  const compressed = await promisify(gzip)(html)
  const etag = `"${createHash('sha256').update(html).digest('base64url').slice(0, 20)}"`
  return { html, compressed, etag }
}
