import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
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

/** Scripts and workers are files of this server; the editor writes its styles into the page. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
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

/** Makes the page and the files it names, which browsers then keep. */
async function render(): Promise<Files> {
  const { css, editorWorkerService, graphqlWorker, js, jsonWorker } = await import(
    '@graphql-yoga/render-graphiql/graphiql'
  )
  const [style = '', script = '', icon = ''] = await Promise.all(
    ['page.css', 'page.js', 'favicon.svg'].map((name) =>
      readFile(new URL(name, import.meta.url), 'utf8'),
    ),
  )
  const assets = new Map<string, File>()
  /** Adds a file and resolves to its address: relative, for a proxy that adds a prefix. */
  const add = async (text: string, extension: keyof typeof TYPES) => {
    const bytes = Buffer.from(text)
    const path = `${ASSETS}graphiql-${hashOf(bytes)}.${extension}`
    assets.set(path, await compressFile(bytes, TYPES[extension]))
    return path.slice(1)
  }
  const settings = {
    workers: {
      editorWorkerService: await add(editorWorkerService, 'js'),
      json: await add(jsonWorker, 'js'),
      graphql: await add(graphqlWorker, 'js'),
    },
    options: {
      title: 'paperql',
      logo: icon,
      defaultTabs: EXAMPLE_QUERIES.map(({ query, variables = null }) => ({ query, variables })),
      shouldPersistHeaders: false,
    },
  }
  const html = pageOf({
    icon: await add(icon, 'svg'),
    style: await add(`${css}\n${style}`, 'css'),
    scripts: [await add(js, 'js'), await add(script, 'js')],
    settings,
  })
  return { html: await compressFile(Buffer.from(html), 'text/html; charset=utf-8'), assets }
}

const TYPES = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
}

interface Parts {
  icon: string
  style: string
  /** In the order in which they run. */
  scripts: string[]
  settings: object
}

/** `@graphql-yoga/render-graphiql` has a page too, but one that is not made for telephones, with all files in it. */
function pageOf({ icon, style, scripts, settings }: Parts): string {
  // Data, which the Content-Security-Policy does not count as a script. Only "</" could end it early.
  const json = JSON.stringify(settings).replaceAll('</', '<\\/')
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>paperql</title>
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="description" content="GraphiQL for paperql, a GraphQL API for paper metadata" />
    <link rel="icon" type="image/svg+xml" href="${icon}" />
    <link rel="stylesheet" href="${style}" />
  </head>
  <body>
    <noscript>GraphiQL needs JavaScript.</noscript>
    <div id="root"></div>
    <script type="application/json" id="settings">${json}</script>
${scripts.map((path) => `    <script src="${path}"></script>`).join('\n')}
  </body>
</html>
`
}

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
