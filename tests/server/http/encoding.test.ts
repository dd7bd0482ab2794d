import { request } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createLog } from '../../../src/log.ts'
import { type RunningServer, startServer } from '../../../src/server/http.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { patientConfig } from '../../helpers/patient-config.ts'
import { createTestSchema } from '../test-schema.ts'

let t: TestDatabase
let server: RunningServer
beforeAll(async () => {
  t = await createTestDatabase({ template: false })
  const config = patientConfig()
  server = await startServer({
    db: t.db,
    config,
    log: createLog('silent'),
    schema: createTestSchema(),
  })
})
afterAll(async () => {
  await server.stop()
  await t.close()
})

const LARGE = '{ things(first: 300) { id name peers { id } } }'
const SMALL = '{ hello }'

interface Sent {
  status: number | undefined
  headers: Record<string, string | string[] | undefined>
  bytes: Buffer
}

/** Without a client that decompresses by itself. */
function ask(query: string, encodings: string | undefined, method = 'GET'): Promise<Sent> {
  const headers = encodings === undefined ? {} : { 'accept-encoding': encodings }
  const url = `${server.url}/graphql?${new URLSearchParams({ query })}`
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent: false }, (response) => {
      response.toArray().then((chunks) => {
        const { statusCode: status } = response
        resolve({ status, headers: response.headers, bytes: Buffer.concat(chunks) })
      }, reject)
    })
    sent.on('error', reject)
    sent.end()
  })
}

const DECODERS: Record<string, (bytes: Buffer) => Buffer> = {
  br: brotliDecompressSync,
  gzip: gunzipSync,
  identity: (bytes) => bytes,
}

describe('a large answer', () => {
  test.each([
    [undefined, 'identity'],
    ['', 'identity'],
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, deflate', 'gzip'],
    ['br;q=0.5, gzip', 'gzip'],
    ['br;q=0, gzip;q=0.1', 'gzip'],
    ['gzip;q=0', 'identity'],
    ['*', 'br'],
    ['*;q=0.5, br;q=0', 'gzip'],
    ['br;q=0, gzip;q=0, *', 'identity'],
    ['identity', 'identity'],
    ['deflate', 'identity'],
    ['gzip, identity;q=0', 'gzip'],
    ['*, identity;q=0', 'br'],
    ['GZIP', 'gzip'],
    ['gzip;q=nonsense', 'identity'],
  ])('with Accept-Encoding %j is sent as %s', async (encodings, expected) => {
    const { status, headers, bytes } = await ask(LARGE, encodings)
    expect(status).toBe(200)
    expect(headers['content-encoding'] ?? 'identity').toBe(expected)
    expect(headers['content-length']).toBe(String(bytes.length))
    expect(headers.vary).toBe('Accept, Accept-Encoding')
    const plain = (await ask(LARGE, undefined)).bytes.toString()
    expect(DECODERS[expected]?.(bytes).toString()).toBe(plain)
    if (expected !== 'identity') expect(bytes.length).toBeLessThan(plain.length / 3)
  })

  test('has the same headers in a HEAD request', async () => {
    const whole = await ask(LARGE, 'gzip')
    const head = await ask(LARGE, 'gzip', 'HEAD')
    expect(head.bytes).toHaveLength(0)
    for (const name of ['content-encoding', 'content-length', 'content-type', 'vary'])
      expect(head.headers[name]).toEqual(whole.headers[name])
  })

  test('is complete for many concurrent requests', async () => {
    const plain = (await ask(LARGE, undefined)).bytes.toString()
    const answers = await Promise.all(Array.from({ length: 40 }, () => ask(LARGE, 'br')))
    for (const { headers, bytes } of answers)
      expect(DECODERS[String(headers['content-encoding'] ?? 'identity')]?.(bytes).toString()).toBe(
        plain,
      )
  })
})

test('a small answer is sent uncompressed, unless the client accepts nothing else', async () => {
  for (const encodings of ['gzip', 'br', '*']) {
    const { headers } = await ask(SMALL, encodings)
    expect(headers['content-encoding']).toBeUndefined()
    expect(headers.vary).toBe('Accept, Accept-Encoding')
  }
  const { headers, bytes } = await ask(SMALL, 'gzip, identity;q=0')
  expect(headers['content-encoding']).toBe('gzip')
  expect(gunzipSync(bytes).toString()).toBe('{"data":{"hello":"world"}}')
})

test.each(['*;q=0', 'identity;q=0', 'zstd, identity;q=0', 'gzip;q=0, br;q=0, identity;q=0'])(
  'no encoding of the server is accepted by %s',
  async (encodings) => {
    const { status, headers } = await ask(SMALL, encodings)
    expect(status).toBe(406)
    expect(headers['content-type']).toMatch(/json/)
  },
)

test('no answer may be sniffed as another type', async () => {
  for (const path of ['/', '/graphql', '/graphql?query={hello}', '/health', '/nothing'])
    for (const method of ['GET', 'POST', 'OPTIONS', 'PUT', 'HEAD'])
      for (const accept of ['text/html', '*/*', 'text/csv']) {
        const { headers } = await fetch(`${server.url}${path}`, {
          method,
          headers: { accept },
          redirect: 'manual',
        })
        expect(headers.get('x-content-type-options'), `${method} ${path}`).toBe('nosniff')
      }
})
