import { once } from 'node:events'
import { connect as connectSocket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { connect, type Database } from '../../src/db/client.ts'
import { AppError } from '../../src/errors.ts'
import { createLog } from '../../src/log.ts'
import { type RunningServer, startServer } from '../../src/server/http.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'
import { patientConfig } from '../helpers/patient-config.ts'
import { createTestSchema, SECRET, slowRuns } from './test-schema.ts'

const log = createLog('silent')
const LIMIT = 2000

let t: TestDatabase
let server: RunningServer
let fastCount = 0

const start = (env: Record<string, string>, db: Database = t.db) =>
  startServer({
    db,
    config: patientConfig(env),
    log,
    schema: createTestSchema(),
    onFastPath: () => fastCount++,
  })

beforeAll(async () => {
  t = await createTestDatabase({ template: false })
  server = await start({ REQUEST_BODY_LIMIT_BYTES: String(LIMIT) })
})
afterAll(async () => {
  await server.stop()
  await t.close()
})
afterEach(() => {
  fastCount = 0
})

interface Sent {
  status: number
  headers: Headers
  body: string
}

async function ask(path: string, init: RequestInit = {}): Promise<Sent> {
  const response = await fetch(`${server.url}${path}`, { redirect: 'manual', ...init })
  return { status: response.status, headers: response.headers, body: await response.text() }
}

const post = (body: unknown, headers: Record<string, string> = {}) =>
  ask('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

const errorOf = ({ body }: Sent) => JSON.parse(body).errors[0]

describe('the fast path and the slow path give the same answer', () => {
  const REQUESTS: [query: string, variables?: object][] = [
    ['{ hello }'],
    ['{ things { id name kind peers { id later { name } } } }'],
    ['query($t: String) { echo(text: $t) }', { t: 'é' }],
    ['query($c: Int!) { echo(count: $c) }', { c: 'many' }],
    ['query($c: Int!) { echo(count: $c) }'],
    ['{ thing { fails name failsLater } }'],
    ['{ hello refused }'],
    ['{ refusedLater refusedDeep }'],
    ['{ thing { broken } }'],
    ['{ items badInt }'],
    ['{ secretText secret rude }'],
    ['{ secretLater }'],
  ]
  const ACCEPTS = [undefined, '*/*', 'application/json', 'application/graphql-response+json']

  test.each(REQUESTS)('%s %j', async (query, variables) => {
    for (const accept of ACCEPTS) {
      const headers = { ...(accept && { accept }), 'x-request-id': 'same' }
      const body = { query, ...(variables && { variables }) }
      for (let time = 0; time < 2; time++) await post(body, headers)
      fastCount = 0
      const short = await post(body, headers)
      expect(fastCount).toBe(1)
      // Yoga always answers a GET.
      const parameters = { query, ...(variables && { variables: JSON.stringify(variables) }) }
      const long = await ask(`/graphql?${new URLSearchParams(parameters)}`, { headers })
      expect(fastCount).toBe(1)
      expect(short.body).toBe(long.body)
      expect(short.status).toBe(long.status)
      expect(short.headers.get('content-type')).toBe(long.headers.get('content-type'))
      expect(short.body).not.toContain(SECRET)
    }
  })

  test('a mutation never takes the fast path, and is executed once', async () => {
    const counts: number[] = []
    for (let time = 0; time < 4; time++) {
      const { body } = await post({ query: 'mutation { bump }' })
      counts.push(JSON.parse(body).data.bump)
    }
    const [first = 0] = counts
    expect(counts).toEqual([first, first + 1, first + 2, first + 3])
    expect(fastCount).toBe(0)
  })
})

describe('errors', () => {
  test('internal errors are masked, and can be found by the id of the request', async () => {
    const { body, headers } = await post({ query: '{ secret hello }' }, { 'x-request-id': 'r-1' })
    expect(JSON.parse(body)).toEqual({
      errors: [
        {
          message: 'Unexpected error.',
          locations: [{ line: 1, column: 3 }],
          path: ['secret'],
          extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'r-1' },
        },
      ],
      data: { secret: null, hello: 'world' },
    })
    expect(headers.get('x-request-id')).toBe('r-1')
  })

  test('errors for clients have their code, and the other fields are returned with them', async () => {
    const { body } = await post({ query: '{ hello refused refusedLater }' })
    const { data, errors } = JSON.parse(body)
    expect(data).toEqual({ hello: 'world', refused: null, refusedLater: null })
    const codes = errors.map(({ extensions }: { extensions: object }) => extensions)
    expect(codes).toEqual([{ code: 'NOT_FOUND' }, { code: 'BAD_USER_INPUT' }])
  })

  test.each([
    ['{ hello', 'GRAPHQL_PARSE_FAILED', /Syntax Error/],
    ['{ nope }', 'GRAPHQL_VALIDATION_FAILED', /Cannot query field "nope"/],
    [
      'query A { hello } query B { hello }',
      'OPERATION_RESOLUTION_FAILURE',
      /operationName must say/,
    ],
  ])('%s is %s', async (query, code, message) => {
    const sent = await post({ query }, { accept: 'application/graphql-response+json' })
    expect(sent.status).toBe(400)
    expect(errorOf(sent)).toMatchObject({
      extensions: { code },
      message: expect.stringMatching(message),
    })
    // As GraphQL over HTTP requires for the older media type.
    expect((await post({ query }, { accept: 'application/json' })).status).toBe(200)
  })

  test('an unreachable database is reported', async () => {
    const away = connect('postgres://nobody@127.0.0.1:9/none')
    const broken = await start({}, away)
    const readiness = await fetch(`${broken.url}/readyz`)
    expect(readiness.status).toBe(503)
    expect(await readiness.json()).toEqual({ status: 'unavailable' })
    expect((await fetch(`${broken.url}/health`)).status).toBe(200)
    await broken.stop()
    await away.close()
  })
})

describe('unreadable requests', () => {
  test.each([
    ['no JSON', 'x', {}, 400, /JSON/],
    ['no object', '[1]', {}, 400, /./],
    ['no query', '{}', {}, 400, /query/i],
    ['variables that are no object', '{"query":"{ hello }","variables":"x"}', {}, 400, /variables/],
    [
      'a form',
      'query={hello}',
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
      /application\/json/,
    ],
    [
      'plain text',
      '{"query":"{ hello }"}',
      { 'content-type': 'text/plain' },
      415,
      /application\/json/,
    ],
    ['a compressed body', gzipSync('{}'), { 'content-encoding': 'gzip' }, 415, /gzip/],
    ['a body too large', `{"query":"${'#'.repeat(LIMIT)}"}`, {}, 413, new RegExp(`${LIMIT} bytes`)],
  ])('%s', async (_, body, headers, status, message) => {
    const init = { 'content-type': 'application/json', ...(headers as Record<string, string>) }
    const sent = await ask('/graphql', { method: 'POST', headers: init, body: body as never })
    expect(sent.status).toBe(status)
    expect(errorOf(sent).message).toMatch(message as RegExp)
    expect(sent.headers.get('content-type')).toMatch(/json/)
  })

  test('a body too large without an announced length', async () => {
    const chunks = new ReadableStream({
      start(controller) {
        for (let i = 0; i < 10; i++) controller.enqueue(new TextEncoder().encode('#'.repeat(1000)))
        controller.close()
      },
    })
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: chunks }
    const sent = await ask('/graphql', { ...init, duplex: 'half' } as RequestInit)
    expect(sent.status).toBe(413)
  })

  test('an unknown path, and an unsupported method', async () => {
    const sent = await ask('/grapql')
    expect(sent.status).toBe(404)
    expect(errorOf(sent).message).toBe(
      'There is nothing at GET /grapql. GraphQL is served at /graphql.',
    )
    expect((await ask('/graphql', { method: 'PUT' })).status).toBe(405)
  })
})

describe('GET', () => {
  const get = (parameters: Record<string, string>) =>
    ask(`/graphql?${new URLSearchParams(parameters)}`)

  test('a query with variables', async () => {
    const query = 'query($c: Int) { echo(count: $c) }'
    const { status, body } = await get({ query, variables: '{"c":4}' })
    expect(status).toBe(200)
    expect(body).toContain('count')
  })

  test('a mutation is refused', async () => {
    const sent = await get({ query: 'mutation { bump }' })
    expect(sent.status).toBe(405)
    expect(sent.headers.get('allow')).toBe('POST')
  })

  test('the error names variables that are not JSON', async () => {
    const sent = await get({ query: '{ hello }', variables: '{' })
    expect(sent.status).toBe(400)
    expect(errorOf(sent).message).toMatch(/variables/)
  })
})

describe('other routes', () => {
  test('/ leads to GraphiQL, /health reports that the server runs, /readyz that the database answers', async () => {
    const { status, headers } = await ask('/')
    expect([status, headers.get('location')]).toEqual([302, '/graphql'])
    for (const path of ['/health', '/readyz'])
      expect(await ask(path)).toMatchObject({ status: 200, body: '{"status":"ok"}' })
  })

  test('any origin may read, and none with credentials; a list of origins is enforced', async () => {
    const preflight = await ask('/graphql', {
      method: 'OPTIONS',
      headers: { origin: 'https://a.example', 'access-control-request-method': 'POST' },
    })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*')
    expect(preflight.headers.get('access-control-allow-headers')).toMatch(/content-type/)
    expect(preflight.headers.has('access-control-allow-credentials')).toBe(false)
    const strict = await start({ CORS_ORIGIN: 'https://a.example' })
    const originOf = async (origin: string) => {
      const { headers } = await fetch(`${strict.url}/graphql?query={hello}`, {
        headers: { origin },
      })
      const exposed = headers.get('access-control-expose-headers')?.split(', ') ?? []
      if (headers.has('access-control-allow-origin'))
        expect(exposed).toEqual(expect.arrayContaining(['etag', 'retry-after', 'x-request-id']))
      return headers.get('access-control-allow-origin')
    }
    expect(await originOf('https://a.example')).toBe('https://a.example')
    expect(await originOf('https://b.example')).toBeNull()
    await strict.stop()
  })

  test('a preflight allows what clients and tracing send, and everything that an allowed page asks for', async () => {
    const strict = await start({ CORS_ORIGIN: 'https://a.example' })
    const allowedBy = async (url: string, origin: string, asked: string) => {
      const headers = { origin, 'access-control-request-headers': asked }
      const answer = await fetch(`${url}/graphql`, { method: 'OPTIONS', headers })
      expect(answer.status).toBe(204)
      return answer.headers.get('access-control-allow-headers')?.split(', ') ?? []
    }
    const usual =
      'apollo-require-preflight,apollographql-client-name,apollographql-client-version,baggage,sentry-trace,traceparent,tracestate,x-apollo-operation-name,x-request-id,graphql-require-preflight,authorization,content-type'
    for (const url of [server.url, strict.url]) {
      const names = await allowedBy(url, 'https://a.example', 'content-type')
      expect(names).toEqual(expect.arrayContaining(usual.split(',')))
      expect(await allowedBy(url, 'https://a.example', 'X-Own-Thing, x-other')).toEqual(
        expect.arrayContaining(['x-own-thing', 'x-other']),
      )
      const harmful = await allowedBy(url, 'https://a.example', 'x-a (evil)')
      expect(harmful.join()).not.toContain('evil')
    }
    expect(await allowedBy(strict.url, 'https://b.example', usual)).toEqual([])
    await strict.stop()
  })

  test('an id of a request that could harm a log is replaced', async () => {
    const { headers } = await post({ query: '{ hello }' }, { 'x-request-id': 'a b"c' })
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('stopping lets a request in flight finish, and accepts no new one', async () => {
    const other = await start({})
    const before = slowRuns.count
    const slow = fetch(`${other.url}/graphql?query={slow(ms:400)}`).then((r) => r.json())
    await expect.poll(() => slowRuns.count).toBeGreaterThan(before)
    const stopped = other.stop()
    expect(await slow).toEqual({ data: { slow: 'done' } })
    await stopped
    await expect(fetch(`${other.url}/health`)).rejects.toThrow()
  })

  test('a client that disconnects half-way does no harm', async () => {
    const { port } = new URL(server.url)
    const socket = connectSocket(Number(port), '127.0.0.1')
    await once(socket, 'connect')
    socket.write(
      'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{"qu',
    )
    socket.destroy()
    expect((await post({ query: '{ hello }' })).body).toBe('{"data":{"hello":"world"}}')
  })

  test('the errors for a port in use and an invalid host name them', async () => {
    const { port } = new URL(server.url)
    await expect(start({ PORT: port })).rejects.toThrow(`127.0.0.1:${port}`)
    const fault = await start({ HOST: '192.0.2.1' }).catch((error) => error)
    expect(fault).toBeInstanceOf(AppError)
    expect(fault.message).toContain('192.0.2.1')
  })
})
