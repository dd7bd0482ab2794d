import { once } from 'node:events'
import { connect as connectSocket } from 'node:net'
import { text as readText } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createLog } from '../../../src/log.ts'
import { send } from '../../../src/server/http/exchange.ts'
import { readForm } from '../../../src/server/http/form.ts'
import { type RunningServer, startServer } from '../../../src/server/http.ts'
import type { Route } from '../../../src/server/routes.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { patientConfig } from '../../helpers/patient-config.ts'
import { createTestSchema } from '../test-schema.ts'

const TEXT = ['content-type', 'text/plain; charset=utf-8']

const routes: Route[] = [
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
    path: '/search',
    writeError: ({ message }) => ({ mediaType: 'text/html', text: `<p>${message}` }),
    handle: (exchange, _, { search }) => send(exchange, 200, TEXT, JSON.stringify(search.get('q'))),
  },
]

let t: TestDatabase
let server: RunningServer

beforeAll(async () => {
  t = await createTestDatabase({ template: false })
  const config = patientConfig()
  const options = { db: t.db, config, log: createLog('silent'), routes }
  server = await startServer({ ...options, schema: createTestSchema() })
})
afterAll(async () => {
  await server.stop()
  await t.close()
})

const WORDS = ['Łódź', 'naïve', '機械学習', 'Ελλάδα', '🜁', 'e\u0301', '\uFEFFa', '\uFFFD', 'plain']

const post = async (path: string, type: string, body: Uint8Array<ArrayBuffer>) => {
  const init = { method: 'POST', headers: { 'content-type': type }, body }
  const response = await fetch(`${server.url}${path}`, init)
  return { status: response.status, text: await response.text() }
}
const echoOf = (word: string) =>
  JSON.stringify({ query: 'query ($t: String) { echo(text: $t) }', variables: { t: word } })
const bytes = (text: string, encoding: BufferEncoding = 'utf8') =>
  new Uint8Array(Buffer.from(text, encoding))
/** Byte sequences that are not UTF-8: other encodings, truncated ones, surrogates, overlong ones, too high ones. */
const BROKEN = ['b3f364bc', 'e9', 'c3', 'e2ac', 'eda080', 'c080', 'f5808080', 'fffe61', '80']
const broken = (before: string, hex: string, after: string) =>
  new Uint8Array(Buffer.concat([Buffer.from(before), Buffer.from(hex, 'hex'), Buffer.from(after)]))

describe('a body in UTF-8 is read', () => {
  const SPELLINGS = ['', ...'utf-8 UTF-8 "utf-8" utf8 \'UTF8\' us-ascii US-ASCII ascii'.split(' ')]
  const TYPES = SPELLINGS.map((charset) => (charset === '' ? '' : `;charset=${charset}`)).concat([
    '; charset = utf-8 ',
    ';charset=',
    '; charset="utf-8"; profile=x',
    ';profile=x; CHARSET=unicode-1-1-utf-8',
  ])
  test.each(TYPES)('application/json%s', async (parameters) => {
    for (const word of WORDS) {
      const { status, text } = await post(
        '/graphql',
        `application/json${parameters}`,
        bytes(echoOf(word)),
      )
      expect([status, JSON.parse(text)], word).toEqual([
        200,
        { data: { echo: expect.stringContaining(word) } },
      ])
    }
    const form = bytes(String(new URLSearchParams(WORDS.map((word) => ['w', word]))))
    const sent = await post('/forms', `application/x-www-form-urlencoded${parameters}`, form)
    expect(JSON.parse(sent.text)).toEqual(WORDS.map((word) => ['w', word]))
  })

  test('with a byte order mark before it', async () => {
    for (const word of WORDS) {
      const { text } = await post('/graphql', 'application/json', bytes(`\uFEFF${echoOf(word)}`))
      expect(JSON.parse(text)).toEqual({ data: { echo: expect.stringContaining(word) } })
    }
  })
})

describe('a body in another encoding is refused, and not read', () => {
  const CHARSETS = 'iso-8859-2 latin1 windows-1250 "utf-16" utf-16le shift_jis utf-7 x'.split(' ')
  test.each(CHARSETS)('charset=%s', async (charset) => {
    const forms: [path: string, type: string, body: string][] = [
      ['/graphql', 'application/json', echoOf('plain')],
      ['/forms', 'application/x-www-form-urlencoded', 'w=plain'],
    ]
    for (const [path, type, body] of forms) {
      const { status, text } = await post(path, `${type}; charset=${charset}`, bytes(body))
      expect(status).toBe(415)
      expect(text).toContain(charset.replaceAll('"', ''))
      expect(text).toContain('UTF-8')
    }
  })

  test.each(BROKEN)('bytes %s', async (hex) => {
    const [before = '', after = ''] = echoOf('|').split('|')
    const multipart = ['--x\r\ncontent-disposition: form-data; name="w"\r\n\r\n', '\r\n--x--\r\n']
    const bodies: [path: string, type: string, body: Uint8Array<ArrayBuffer>][] = [
      ['/graphql', 'application/json', broken(before, hex, after)],
      ['/forms', 'application/x-www-form-urlencoded', broken('w=', hex, '')],
      ['/forms', 'application/x-www-form-urlencoded', bytes(`w=${hex.replace(/../g, '%$&')}`)],
      [
        '/forms',
        'multipart/form-data; boundary=x',
        broken(multipart[0] ?? '', hex, multipart[1] ?? ''),
      ],
    ]
    for (const [path, type, body] of bodies) {
      const { status, text } = await post(path, type, body)
      expect([status, text]).toEqual([400, expect.stringContaining('UTF-8')])
    }
  })

  test.each(BROKEN)('a URL with %s', async (hex) => {
    const encoded = hex.replace(/../g, '%$&')
    const paths = [`/search?q=${encoded}`, `/graphql?query={echo(text:"${encoded}")}`]
    for (const path of paths) {
      const response = await fetch(`${server.url}${path}`)
      expect([response.status, await response.text()]).toEqual([
        400,
        expect.stringContaining('not UTF-8'),
      ])
    }
    expect((await fetch(`${server.url}${paths[0]}`)).headers.get('content-type')).toBe('text/html')
  })

  test.each(['100%', '%zz', '50%+off%2', ...WORDS])('a URL with %s is read', async (word) => {
    const response = await fetch(`${server.url}/search?q=${word}`)
    expect(await response.json()).toBe(word.replaceAll('+', ' '))
  })
})

async function sendRaw(head: string): Promise<string> {
  const socket = connectSocket(Number(new URL(server.url).port), '127.0.0.1')
  await once(socket, 'connect')
  socket.end(head)
  return await readText(socket)
}

describe('a target may name the scheme and the host, as clients of proxies write it', () => {
  test.each(['', 'http://host', 'HTTP://a.example:80', 'https://[::1]:4000'])(
    '%s',
    async (start) => {
      const head = (method: string, path: string, more = '') =>
        `${method} ${start}${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${more}\r\n`
      const body = echoOf('plain')
      const type = `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n`
      expect(await sendRaw(head('POST', '/graphql', type) + body)).toMatch(/ 200 OK.*plain/s)
      expect(await sendRaw(head('GET', '/graphql?query={hello}'))).toMatch(/ 200 OK.*world/s)
      expect(await sendRaw(head('GET', '/search?q=http://b/c'))).toMatch(/ 200 OK.*http:\/\/b\/c/s)
      if (start === '') return
      expect(await sendRaw(head('GET', ''))).toMatch(/ 302 .*\/graphql/s)
      expect(await sendRaw(head('GET', '?a'))).toMatch(/ 302 .*\/graphql/s)
    },
  )
})
