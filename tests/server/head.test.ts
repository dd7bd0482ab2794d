import { afterAll, beforeAll, expect, test } from 'vitest'
import { routesOf } from '../../src/serve/routes.ts'
import type { RunningServer } from '../../src/server/http.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'
import { startPageServer } from '../helpers/page-server.ts'
import { patientConfig } from '../helpers/patient-config.ts'

let t: TestDatabase
let server: RunningServer
let withoutPages: RunningServer
beforeAll(async () => {
  t = await createTestDatabase({ sample: 'sample' })
  server = await startPageServer(t)
  withoutPages = await startPageServer(t, { PAGES: 'off', GRAPHIQL: 'false' })
})
afterAll(async () => {
  await server.stop()
  await withoutPages.stop()
  await t.close()
})

const HTML = { accept: 'text/html' }
const graphql = (query: string, more = '') => `/graphql?query=${encodeURIComponent(query)}${more}`

/** Requests to every served URL, and to some others, with the status of a GET. */
const REQUESTS: [path: string, status: number, headers?: Record<string, string>][] = [
  ['/', 200, HTML],
  ['/', 302],
  ['/graphql', 200, HTML],
  ['/graphql', 400],
  [graphql('{ papers(first: 1) { nodes { title } } }'), 200],
  [graphql('{ papers(first: 1) { nodes { title } } }'), 406, { accept: 'image/png' }],
  [graphql('{ papers }'), 400, { accept: 'application/graphql-response+json' }],
  [graphql('{ papers(first: 1) { totalCount } }', '&variables={'), 400],
  [graphql('mutation { confirmSubscription(token: "x") { __typename } }'), 405],
  [graphql('subscription { changes { __typename } }'), 200, { accept: 'text/event-stream' }],
  [graphql('subscription { changes { __typename } }'), 406, { accept: 'application/json' }],
  ['/health', 200],
  ['/readyz', 200],
  ['/nothing', 404],
  ['/nothing', 404, HTML],
]

/** Headers that differ between answers. */
const OWN = new Set(['date', 'x-request-id', 'transfer-encoding', 'connection', 'keep-alive'])

async function answerOf(
  path: string,
  method: string,
  headers: Record<string, string> = {},
  { url } = server,
) {
  const ending = new AbortController()
  const signal = ending.signal
  const response = await fetch(`${url}${path}`, { method, headers, signal, redirect: 'manual' })
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream')
  const text = method === 'GET' && isStream ? 'events' : await response.text()
  ending.abort()
  const own = [...response.headers].filter(([name]) => !OWN.has(name))
  return { status: response.status, headers: Object.fromEntries(own), text }
}

/** HEAD is GET without the body (RFC 9110, 9.3.2). */
async function expectSame(path: string, status: number, headers?: Record<string, string>) {
  const get = await answerOf(path, 'GET', headers)
  const head = await answerOf(path, 'HEAD', headers)
  expect(get.status).toBe(status)
  expect(head).toEqual({ ...get, text: '' })
  if (status === 405) expect(get.headers.allow).toBe('POST')
}

test.each(REQUESTS)('HEAD %s is GET without the body, with status %i', expectSame)

const PATTERNS = routesOf(patientConfig({})).routes.filter(({ method }) => method === 'GET')

/** A URL of each route, or a missing one below it. */
const addressOf = (path: string) => path.replace(/:\w+(?:\([^)]*\))?/g, 'x').replace('**', 'x')

test.each(PATTERNS.map(({ path }) => path))('HEAD of the route %s is its GET', async (path) => {
  const address = addressOf(path)
  const { status } = await answerOf(address, 'GET', HTML)
  expect(status).not.toBe(405)
  await expectSame(address, status, HTML)
})

test.each([
  ['/feeds/trending.atom', 200],
  ['/search?q=parsing', 200],
  ['/sitemap.xml', 200],
  ['/robots.txt', 200],
])('HEAD %s exists', (path, status) => expectSame(path, status, HTML))

test('without pages and GraphiQL HEAD is GET, too', async () => {
  for (const path of ['/', '/graphql', '/health']) {
    const get = await answerOf(path, 'GET', HTML, withoutPages)
    expect(await answerOf(path, 'HEAD', HTML, withoutPages)).toEqual({ ...get, text: '' })
  }
})
