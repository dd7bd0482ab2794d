import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import fresh from 'fresh'
import type { Encoding } from '../http/encoding.ts'
import { type Exchange, sendFile } from '../http/exchange.ts'
import { EXAMPLE_QUERIES } from './examples.ts'

/** A text of the page, compressed once. */
interface File {
  type: string
  etag: string
  bodies: Record<Encoding, Uint8Array>
}

export interface Page {
  send(exchange: Exchange): Promise<void>
  /** Sends a script or a style of the page; resolves to false when there is none of that name. */
  sendAsset(exchange: Exchange): Promise<boolean>
}

interface Files {
  html: File
  /** By path. */
  assets: Map<string, File>
}

/** Where the page's scripts and styles are. */
export const ASSETS = '/graphql/assets/'

/** Their names change with their text. */
const FOR_EVER = 'public, max-age=31536000, immutable'

/** Scripts are those of this server; the editor makes its workers of blobs and writes its styles into the page. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' blob:",
  'worker-src blob:',
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Whether a request is that of a browser for the page, and not that of a program for an answer. */
export function wantsPage({ method, headers }: IncomingMessage): boolean {
  return (method === 'GET' || method === 'HEAD') && (headers.accept ?? '').includes('text/html')
}

/** Sends GraphiQL, all of it from files of this machine. They are large: read when first asked for, and once. */
export function createPage(): Page {
  let rendering: Promise<Files> | undefined
  const files = () => {
    rendering ??= render()
    return rendering
  }
  return {
    async send(exchange) {
      const { html } = await files()
      const headers = ['content-security-policy', POLICY, 'x-frame-options', 'DENY']
      // Asked for again each time, and mostly answered with 304.
      respond(exchange, html, [...headers, 'cache-control', 'no-cache'])
    },
    async sendAsset(exchange) {
      const { assets } = await files()
      const asset = assets.get(exchange.path)
      if (asset) respond(exchange, asset, ['cache-control', FOR_EVER])
      return asset !== undefined
    },
  }
}

function respond(exchange: Exchange, { type, etag, bodies }: File, headers: string[]): void {
  const { preferred } = exchange.coding
  const all = [...headers, 'etag', etag, 'vary', 'Accept, Accept-Encoding']
  if (fresh(exchange.request.headers, { etag })) {
    sendFile(exchange, 304, all)
    return
  }
  if (preferred !== 'identity') all.push('content-encoding', preferred)
  sendFile(exchange, 200, [...all, 'content-type', type], bodies[preferred])
}

/** Renders the page and takes its script, style and icon out of it, which browsers then keep. */
async function render(): Promise<Files> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql')
  let html = renderGraphiQL({
    title: 'paperql',
    defaultTabs: EXAMPLE_QUERIES.map(({ query, variables = null }) => ({ query, variables })),
    shouldPersistHeaders: false,
  })
  const assets = new Map<string, File>()
  const move = async (pattern: RegExp, extension: string, type: string, tag: Tag) => {
    const [whole, content = ''] = pattern.exec(html) ?? []
    if (whole === undefined) throw new Error(`GraphiQL's page has no ${extension} to take out`)
    const bytes = Buffer.from(content, extension === 'ico' ? 'base64' : 'utf8')
    const path = `${ASSETS}graphiql-${hashOf(bytes)}.${extension}`
    assets.set(path, await compressFile(bytes, type))
    // As a function, since texts may hold what replace takes for a pattern. Relative, for a proxy that adds a prefix.
    html = html.replace(whole, () => tag(path.slice(1)))
  }
  await move(/<script>([\s\S]*)<\/script>/, 'js', 'text/javascript; charset=utf-8', (path) => {
    return `<script src="${path}"></script>`
  })
  await move(/<style>([\s\S]*?)<\/style>/, 'css', 'text/css; charset=utf-8', (path) => {
    return `<link rel="stylesheet" href="${path}" />`
  })
  await move(/"data:image\/x-icon;base64,([^"]*)"/, 'ico', 'image/x-icon', (path) => `"${path}"`)
  return { html: await compressFile(Buffer.from(html), 'text/html; charset=utf-8'), assets }
}

type Tag = (path: string) => string

const hashOf = (bytes: Uint8Array) =>
  createHash('sha256').update(bytes).digest('base64url').slice(0, 20)

/** Better than answers are, as it is done once; the best takes half a minute. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 7 } }

async function compressFile(bytes: Buffer, type: string): Promise<File> {
  const [zipped, br] = await Promise.all([
    promisify(gzip)(bytes, { level: 6 }),
    promisify(brotliCompress)(bytes, BROTLI),
  ])
  // Weak, as it names each of the three.
  return { type, etag: `W/"${hashOf(bytes)}"`, bodies: { identity: bytes, gzip: zipped, br } }
}
