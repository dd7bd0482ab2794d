import { serverAudits } from 'graphql-http'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createLog } from '../../src/log.ts'
import { type RunningServer, startServer } from '../../src/server/http.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'
import { patientConfig } from '../helpers/patient-config.ts'
import { createTestSchema } from './test-schema.ts'

let t: TestDatabase
let server: RunningServer
let catalogue: RunningServer
let fastCount = 0

beforeAll(async () => {
  t = await createTestDatabase()
  const options = { db: t.db, config: patientConfig(), log: createLog('silent') }
  const onFastPath = () => fastCount++
  server = await startServer({ ...options, schema: createTestSchema(), onFastPath })
  catalogue = await startServer(options)
})
afterAll(async () => {
  await Promise.all([server.stop(), catalogue.stop()])
  await t.close()
})
beforeEach(() => {
  fastCount = 0
})

const JSON_TYPE = 'application/json; charset=utf-8'
const RESPONSE_TYPE = 'application/graphql-response+json; charset=utf-8'

interface Client {
  accept?: string
  /** Further members of the body beside query, variables and operationName. */
  extras?: object
  type: string
}

/** Taken from the sources of these clients. */
const CLIENTS: Record<string, Client> = {
  '@apollo/client 4': {
    accept: 'application/graphql-response+json,application/json;q=0.9',
    extras: { extensions: { clientLibrary: { name: '@apollo/client', version: '4.3.8' } } },
    type: RESPONSE_TYPE,
  },
  '@apollo/client 4 with @defer': {
    accept:
      'multipart/mixed;deferSpec=20220824,application/graphql-response+json,application/json;q=0.9',
    extras: { extensions: {} },
    type: RESPONSE_TYPE,
  },
  '@apollo/client 3': { accept: '*/*', extras: { extensions: {} }, type: JSON_TYPE },
  'Apollo iOS': {
    accept: 'multipart/mixed;deferSpec=20220824,application/graphql-response+json,application/json',
    type: RESPONSE_TYPE,
  },
  urql: {
    accept:
      'application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed',
    extras: { extensions: undefined, documentId: undefined },
    type: RESPONSE_TYPE,
  },
  'graphql-request': {
    accept: 'application/graphql-response+json, application/json',
    type: RESPONSE_TYPE,
  },
  'Relay, as its guide has it': {
    accept: 'application/graphql-response+json; charset=utf-8, application/json; charset=utf-8',
    extras: { id: null, doc_id: '1' },
    type: RESPONSE_TYPE,
  },
  GraphiQL: { accept: 'application/json, multipart/mixed', type: JSON_TYPE },
  axios: { accept: 'application/json, text/plain, */*', type: JSON_TYPE },
  'gql of Python, curl': { accept: '*/*', type: JSON_TYPE },
  'a client that sends no Accept': { type: JSON_TYPE },
}

async function ask(path: string, init: RequestInit = {}) {
  const response = await fetch(`${server.url}${path}`, init)
  const { status, headers } = response
  return { status, type: headers.get('content-type'), body: await response.text() }
}

const post = (body: unknown, headers: Record<string, string> = {}) =>
  ask('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })

const REQUESTS: [query: string, variables: object][] = [
  ['query($c: Int) { hello echo(count: $c) }', { c: 2 }],
  ['query($c: Int!) { echo(count: $c) }', { c: 'many' }],
  ['{ thing { fails } refused }', {}],
]

describe('clients use the fast path, with the answers of the slow path', () => {
  test.each(Object.entries(CLIENTS))('%s', async (_, { accept, extras, type }) => {
    const headers = { ...(accept && { accept }), 'x-request-id': 'same' }
    for (const [query, variables] of REQUESTS) {
      const body = { query, variables, ...extras }
      for (let time = 0; time < 2; time++) await post(body, headers)
      fastCount = 0
      const fast = await post(body, headers)
      expect(fastCount).toBe(1)
      const parameters = new URLSearchParams({ query, variables: JSON.stringify(variables) })
      const long = await ask(`/graphql?${parameters}`, { headers })
      expect(fastCount).toBe(1)
      expect(fast).toEqual(long)
      expect(fast.type).toBe(type)
    }
  })
})

describe('the media type of an answer', () => {
  test.each([
    ['application/json;q=0.5, application/graphql-response+json;q=0.6', RESPONSE_TYPE],
    ['application/graphql-response+json;q=0.5, application/json', JSON_TYPE],
    ['application/graphql-response+json;q=0, */*', JSON_TYPE],
    ['application/json;q=0, */*;q=0.1', RESPONSE_TYPE],
    ['application/*', JSON_TYPE],
    ['text/html, application/xhtml+xml, */*;q=0.8', JSON_TYPE],
    ['APPLICATION/GRAPHQL-RESPONSE+JSON', RESPONSE_TYPE],
    ['application/json; odata=verbose; q=0.4', JSON_TYPE],
    ['text/event-stream', 'text/event-stream'],
    ['text/event-stream, application/json;q=0.1', JSON_TYPE],
  ])('%s', async (accept, type) => {
    expect(await post({ query: '{ hello }' }, { accept })).toMatchObject({ status: 200, type })
  })

  test('an unsupported one is refused', async () => {
    for (const accept of ['text/csv', 'application/json;q=0', 'image/*'])
      expect((await post({ query: '{ hello }' }, { accept })).status).toBe(406)
  })
})

describe('parameters', () => {
  test.each([[1], [{}], [[]], [true]])('the operationName %j is refused', async (operationName) => {
    for (let time = 0; time < 3; time++) {
      const { status, body } = await post({ query: '{ hello }', operationName })
      expect(status).toBe(400)
      expect(JSON.parse(body).errors[0].message).toContain('"operationName"')
    }
  })

  test.each([
    ['extensions', 1],
    ['extensions', []],
    ['variables', 'x'],
    ['querry', '{ hello }'],
  ])('%s: %j is refused by name', async (key, value) => {
    for (let time = 0; time < 3; time++) {
      const { status, body } = await post({ query: '{ hello }', [key]: value })
      expect(status).toBe(400)
      expect(JSON.parse(body).errors[0].message).toContain(`"${key}"`)
    }
  })

  test('for a hash without its query, the error makes clients send the query', async () => {
    const persistedQuery = { version: 1, sha256Hash: 'a'.repeat(64) }
    const parameters = new URLSearchParams({ extensions: JSON.stringify({ persistedQuery }) })
    for (const accept of ['*/*', 'application/graphql-response+json,application/json;q=0.9']) {
      const byPost = await post({ extensions: { persistedQuery } }, { accept })
      const byGet = await ask(`/graphql?${parameters}`, { headers: { accept } })
      for (const { status, body } of [byPost, byGet]) {
        expect(status).toBe(200)
        expect(JSON.parse(body)).toEqual({
          errors: [
            {
              message: 'PersistedQueryNotSupported',
              extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' },
            },
          ],
        })
      }
    }
    const full = await post({ query: '{ hello }', extensions: { persistedQuery } })
    expect(full).toMatchObject({ status: 200, body: '{"data":{"hello":"world"}}' })
  })
})

describe('GraphQL over HTTP, as graphql-http audits it', () => {
  const audits = serverAudits({ url: () => `${catalogue.url}/graphql` })

  test('there are 61 audits', () => {
    expect(audits).toHaveLength(61)
  })

  test.each(audits.map(({ id, name, fn }) => ({ id, name, fn })))('$id $name', async ({ fn }) => {
    expect(await fn()).toMatchObject({ status: 'ok' })
  })
})
