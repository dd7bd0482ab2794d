import { pino } from 'pino'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AppError } from '../../src/errors.ts'
import { createLog, LOG_OPTIONS } from '../../src/log.ts'
import { send } from '../../src/server/http/exchange.ts'
import { readForm } from '../../src/server/http/form.ts'
import { type RunningServer, startServer } from '../../src/server/http.ts'
import type { Route } from '../../src/server/routes.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'
import { patientConfig } from '../helpers/patient-config.ts'

const TEXT = ['content-type', 'text/plain; charset=utf-8']

const routes: Route[] = [
  {
    method: 'GET',
    path: '/things/:ref(.*)',
    handle: (exchange, params, { publicUrl, search }) =>
      send(exchange, 200, TEXT, `${publicUrl} ${params.ref} ${search.get('q')}`),
  },
  {
    method: 'POST',
    path: '/forms',
    async handle(exchange) {
      const form = await readForm(exchange)
      if (form) send(exchange, 200, TEXT, JSON.stringify([...form]))
    },
  },
  {
    method: 'GET',
    path: '/documents',
    async handle(exchange, _, { runDocument, search }) {
      const answer = await runDocument(search.get('query') ?? '', { first: 1 })
      send(exchange, 200, TEXT, JSON.stringify(answer))
    },
  },
  {
    method: 'GET',
    path: '/links/:token/open',
    handle: (exchange, { token }) => send(exchange, 200, TEXT, token),
  },
  {
    method: 'GET',
    path: '/faults/:kind',
    writeError: ({ status, message }) => ({
      mediaType: 'text/html',
      text: `${status}: ${message}`,
    }),
    async handle(_, { kind }, { db }) {
      if (kind === 'slow') await db.query(sql`select pg_sleep(30)`)
      if (kind === 'known') throw new AppError('NOT_FOUND', 'There is no such fault.')
      throw new Error('hunter2')
    },
  },
]

let t: TestDatabase
let server: RunningServer
let hasty: RunningServer

const start = (env: Record<string, string>) => {
  const config = patientConfig({ QUERY_COST_LIMIT: '300', ...env })
  return startServer({ db: t.db, config, log: createLog('silent'), routes })
}

beforeAll(async () => {
  t = await createTestDatabase()
  server = await start({ PUBLIC_URL: 'https://papers.example.org/api/' })
  hasty = await start({ REQUEST_TIMEOUT_MS: '300' })
})
afterAll(async () => {
  await server.stop()
  await hasty.stop()
  await t.close()
})

async function ask(path: string, init: RequestInit = {}, { url } = server) {
  const response = await fetch(`${url}${path}`, init)
  return { status: response.status, headers: response.headers, text: await response.text() }
}

test('a path is passed with its parameters decoded, including slashes', async () => {
  const { status, text } = await ask('/things/10.1000%2F%C3%A9/v1?q=a+b')
  expect([status, text]).toEqual([200, 'https://papers.example.org/api 10.1000/é/v1 a b'])
  expect(await ask('/things/%ff')).toMatchObject({ status: 404 })
})

test('links lead to this machine without PUBLIC_URL', async () => {
  const { text } = await ask('/things/x', {}, hasty)
  expect(text).toBe(`http://localhost:${new URL(hasty.url).port} x null`)
})

test('HEAD is GET without the body; the error for other methods lists the allowed ones', async () => {
  const head = await ask('/things/x', { method: 'HEAD' })
  expect([head.status, head.text]).toEqual([200, ''])
  expect(Number(head.headers.get('content-length'))).toBeGreaterThan(10)
  const wrong = await ask('/things/x', { method: 'POST' })
  expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
  expect((await ask('/forms')).headers.get('allow')).toBe('POST')
  expect((await ask('/nothing')).status).toBe(404)
})

test('forms are read in both encodings of browsers and mail programs', async () => {
  const fields = [['List-Unsubscribe', 'One-Click']]
  const multipart = new FormData()
  multipart.append('List-Unsubscribe', 'One-Click')
  for (const body of [new URLSearchParams(fields), multipart]) {
    const { status, text } = await ask('/forms', { method: 'POST', body })
    expect([status, JSON.parse(text)]).toEqual([200, fields])
  }
  const sent = (type: string, body: string) =>
    ask('/forms', { method: 'POST', headers: { 'content-type': type }, body })
  expect((await sent('application/json', '{}')).status).toBe(415)
  expect((await sent('multipart/form-data; boundary=x', 'no parts')).status).toBe(400)
  const long = `a=${'x'.repeat(20_000)}`
  expect((await sent('application/x-www-form-urlencoded', long)).status).toBe(413)
})

const run = async (query: string) =>
  JSON.parse((await ask(`/documents?query=${encodeURIComponent(query)}`)).text)

test('a document runs with the limits of HTTP, the first time and later', async () => {
  const query = 'query ($first: Int) { papers(first: $first) { totalCount } }'
  for (let i = 0; i < 3; i++)
    expect(await run(query)).toEqual({ data: { papers: { totalCount: 0 } }, errors: [] })
  const costly = await run(
    '{ papers(first: 100) { nodes { authorships { nodes { author { papers(first: 100) { nodes { title } } } } } } } }',
  )
  expect(costly).toMatchObject({
    data: null,
    errors: [{ extensions: { code: 'QUERY_TOO_COMPLEX' } }],
  })
  expect(await run('{ nothing }')).toMatchObject({
    data: null,
    errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
  })
  expect(await run('{')).toMatchObject({
    errors: [{ extensions: { code: 'GRAPHQL_PARSE_FAILED' } }],
  })
})

test('a document without a request runs with the same limits', async () => {
  const { data, errors } = await server.runDocument<{ papers: { totalCount: number } }>(
    '{ papers { totalCount } }',
  )
  expect([data?.papers.totalCount, errors]).toEqual([0, []])
  const refused = await server.runDocument('query ($r: String!) { paper(ref: $r) { id } }', {
    r: '',
  })
  expect(refused.errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
})

test("errors are written in the route's format: its own, masked ones and the deadline", async () => {
  const known = await ask('/faults/known')
  expect([known.status, known.text]).toEqual([404, '404: There is no such fault.'])
  const masked = await ask('/faults/other')
  expect(masked.status).toBe(500)
  expect(masked.text).not.toContain('hunter2')
  const slow = await ask('/faults/slow', {}, hasty)
  expect(slow.status).toBe(503)
  expect(slow.text).toMatch(/^503: The request took longer than the limit of 0.3 s/)
  expect(slow.headers.get('retry-after')).toBe('5')
})

test('a token in a path is in no line of the log, nor is that of a truncated or extended link', async () => {
  const lines: string[] = []
  const log = pino(LOG_OPTIONS('debug'), { write: (line) => void lines.push(line) })
  const own = await startServer({ db: t.db, config: patientConfig(), log, routes })
  try {
    for (const path of ['canary/open', '%63anary/open', 'canary', 'canary/open.', 'canary%ff/open'])
      for (const method of ['GET', 'PUT']) await ask(`/links/${path}`, { method }, own)
    expect((await ask('/links/canary/open', {}, own)).text).toBe('canary')
  } finally {
    await own.stop()
  }
  const paths = lines.map((line) => JSON.parse(line).path)
  expect(paths.filter((path) => path === '/links/:token/open').length).toBeGreaterThan(5)
  expect(lines.join('')).not.toMatch(/[c3]anary/)
})
