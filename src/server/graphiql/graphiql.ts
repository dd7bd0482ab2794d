import { readFile } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { once } from 'es-toolkit'
import type { Exchange } from '../http/exchange.ts'
import {
  type Extension,
  FILE_TYPES,
  FOR_EVER,
  hashOf,
  type StaticFile,
  sendStatic,
  staticFile,
} from '../http/files.ts'
import { withEnumValuesFound } from './docs-search.ts'
import { EXAMPLE_QUERIES } from './examples.ts'

export interface Page {
  send(exchange: Exchange): Promise<void>
  /** Sends a script or a stylesheet of the page; resolves to false if there is none of that name. */
  sendAsset(exchange: Exchange): Promise<boolean>
}

interface Files {
  html: StaticFile
  /** By path. */
  assets: Map<string, StaticFile>
}

/** The path below which the page's scripts and styles are served. */
export const ASSETS = '/graphql/assets/'

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

/** Whether the client is a browser that asks for the page; programs ask for JSON. */
export function wantsPage({ method, headers }: IncomingMessage): boolean {
  return (method === 'GET' || method === 'HEAD') && (headers.accept ?? '').includes('text/html')
}

/** Serves GraphiQL from local files only. */
export const graphiqlPage: Page = {
  async send(exchange) {
    const { html } = await files()
    const headers = ['content-security-policy', POLICY, 'x-frame-options', 'DENY']
    // Browsers revalidate it each time; the usual answer is 304.
    sendStatic(exchange, html, [...headers, 'cache-control', 'no-cache'])
  },
  async sendAsset(exchange) {
    const { assets } = await files()
    const asset = assets.get(exchange.path)
    if (asset) sendStatic(exchange, asset, ['cache-control', FOR_EVER])
    return asset !== undefined
  },
}

/** They are large, and take a second to compress: they are read at the first request. */
const files = once(render)

/** Builds the page and the files it refers to, which browsers cache. */
async function render(): Promise<Files> {
  const { css, editorWorkerService, graphqlWorker, js, jsonWorker } = await import(
    '@graphql-yoga/render-graphiql/graphiql'
  )
  const [style = '', script = '', icon = ''] = await Promise.all(
    ['page.css', 'page.js', 'favicon.svg'].map((name) =>
      readFile(new URL(name, import.meta.url), 'utf8'),
    ),
  )
  const assets = new Map<string, StaticFile>()
  /** Adds a file and resolves to its URL, which is relative in case a proxy adds a prefix. */
  const add = async (text: string, extension: Extension) => {
    const bytes = Buffer.from(text)
    const path = `${ASSETS}graphiql-${hashOf(bytes)}.${extension}`
    assets.set(path, await staticFile(bytes, FILE_TYPES[extension]))
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
    scripts: [await add(withEnumValuesFound(js), 'js'), await add(script, 'js')],
    settings,
  })
  return { html: await staticFile(Buffer.from(html), 'text/html; charset=utf-8'), assets }
}

interface Parts {
  icon: string
  style: string
  /** In execution order. */
  scripts: string[]
  settings: object
}

/** The page that `@graphql-yoga/render-graphiql` provides is not made for phones and inlines all files. */
function pageOf({ icon, style, scripts, settings }: Parts): string {
  // Data, which the Content-Security-Policy does not treat as a script. Only "</" could end it early.
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
