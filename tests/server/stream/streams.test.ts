import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect as connectSocket } from 'node:net'
import { getDefaultHighWaterMark } from 'node:stream'
import { text } from 'node:stream/consumers'
import { type ClientOptions, createClient } from 'graphql-sse'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import { newestCursor } from '../../../src/domain/changes/read.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import type { RunningServer } from '../../../src/server/http.ts'
import { createEventWriter, TooSlow } from '../../../src/server/stream/event-writer.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { startPageServer } from '../../helpers/page-server.ts'

let t: TestDatabase
let server: RunningServer
beforeAll(async () => {
  t = await createTestDatabase()
})
afterAll(() => t.close())
beforeEach(async () => {
  server = await startPageServer(t)
})
afterEach(() => server.stop())

const put = (...titles: string[]) =>
  transaction(t.url, (tx) =>
    writeRecords(
      tx,
      titles.map((title) => paperRecord({ key: title, title })),
    ),
  )

const CHANGES =
  'subscription ($since: String) { changes(since: $since) { cursor kind paper { title } } }'

interface Told {
  changes: { cursor: string; kind: string; paper: { title: string } | null }
}

/** Subscribes with the client of the protocol; `titles` collects the titles of its events. */
function subscribe(variables: { since?: string } = {}, options: Partial<ClientOptions> = {}) {
  const client = createClient({ url: `${server.url}/graphql`, retryAttempts: 0, ...options })
  const titles: string[] = []
  const errors: string[] = []
  let last = ''
  const ended = (async () => {
    for await (const result of client.iterate<Told>({ query: CHANGES, variables })) {
      errors.push(...(result.errors ?? []).map(({ message }) => message))
      if (!result.data?.changes) continue
      titles.push(result.data.changes.paper?.title ?? '')
      last = result.data.changes.cursor
    }
  })()
  ended.catch(() => {})
  return { titles, errors, ended, last: () => last, close: () => client.dispose() }
}

describe('the client of graphql-sse', () => {
  test('gets later commits, and earlier ones with a cursor', async () => {
    const since = await newestCursor(t.db)
    await put('Before the client came')
    const [late, early] = [subscribe(), subscribe({ since })]
    await expect.poll(() => early.titles).toEqual(['Before the client came'])
    const after: string[] = []
    // The stream without a cursor begins at the end of the log when it is opened, which no client can see.
    const putUntilTold = async () => {
      if (late.titles.length > 0) return true
      after.push(`After the client came, ${after.length}`)
      await put(after.at(-1) ?? '')
      return false
    }
    await expect.poll(putUntilTold, { interval: 200 }).toBe(true)
    await expect.poll(() => late.titles.at(-1)).toBe(after.at(-1))
    expect(late.titles).toEqual(after.slice(-late.titles.length))
    await expect.poll(() => early.titles).toEqual(['Before the client came', ...after])
    late.close()
    early.close()
  })

  test('resumes by Last-Event-ID after the server was stopped, with nothing missed or repeated', async () => {
    const since = await newestCursor(t.db)
    await put('First of three')
    const first = subscribe({ since })
    await expect.poll(() => first.titles).toEqual(['First of three'])
    const began = performance.now()
    await server.stop()
    // It is not waited for, unlike other requests (up to 20 s).
    expect(performance.now() - began).toBeLessThan(18_000)
    // An end without the event complete: clients connect again.
    await expect(first.ended).rejects.toThrow()
    await put('Second of three', 'Third of three')
    server = await startPageServer(t)
    const next = subscribe({ since }, { headers: { 'last-event-id': first.last() } })
    await expect.poll(() => next.titles).toEqual(['Second of three', 'Third of three'])
    next.close()
  })

  test('gets the reason for a cursor that cannot be continued, and no retry', async () => {
    const refused = subscribe({ since: '0123456789abcdef-5' }, { retryAttempts: 5 })
    await refused.ended
    expect(refused.errors).toEqual([expect.stringContaining('Resync: take a new export')])
    const misread = subscribe({}, { headers: { 'last-event-id': 'nonsense' } })
    await misread.ended
    expect(misread.errors).toEqual([
      expect.stringContaining('Last-Event-ID: "nonsense" is not a cursor of changes'),
    ])
  })
})

describe('curl', () => {
  test('-N prints events with their ids by GET, each as it comes', async () => {
    const url = new URL(`${server.url}/graphql`)
    url.searchParams.set(
      'query',
      'subscription { changes(kinds: [CREATED]) { kind paper { title } } }',
    )
    const curl = spawn('curl', ['-sSN', '-D', '-', String(url)])
    let printed = ''
    curl.stdout.on('data', (chunk) => {
      printed += chunk
    })
    try {
      await expect.poll(() => printed).toMatch(/^id: [0-9a-f]+-\d+$/m)
      expect(printed).toMatch(/^content-type: text\/event-stream/m)
      await put('Printed by curl')
      await expect
        .poll(() => printed)
        .toMatch(
          /^id: [0-9a-f]+-\d+\nevent: next\ndata: \{"data":\{"changes":\{"kind":"CREATED","paper":\{"title":"Printed by curl"\}\}\}\}\n\n/m,
        )
    } finally {
      curl.kill()
      await once(curl, 'exit')
    }
  })
})

describe('requests that are not streams', () => {
  const ask = (init: RequestInit) => fetch(`${server.url}/graphql`, { method: 'POST', ...init })
  const body = JSON.stringify({ query: CHANGES })

  test('a list without kinds is refused, instead of staying silent', async () => {
    const headers = { accept: 'text/event-stream', 'content-type': 'application/json' }
    for (const operation of ['query', 'subscription']) {
      const fields = operation === 'query' ? 'endCursor' : 'kind'
      const query = `${operation} { changes(kinds: []) { ${fields} } }`
      const accept = operation === 'query' ? 'application/json' : headers.accept
      const response = await ask({
        body: JSON.stringify({ query }),
        headers: { ...headers, accept },
        signal: AbortSignal.timeout(20_000),
      })
      expect(await response.text()).toContain('kinds is empty')
    }
  })

  test('a client that takes JSON alone is told what to accept', async () => {
    const headers = { accept: 'application/json', 'content-type': 'application/json' }
    const response = await ask({ body, headers })
    expect(response.status).toBe(406)
    expect(await response.json()).toMatchObject({
      errors: [{ message: expect.stringContaining('Accept: text/event-stream') }],
    })
  })

  test('a client without a media type waits for an end, and is told what to accept', async () => {
    const head = { 'content-type': 'application/json' }
    const asking: [method: string, path: string][] = [
      ['POST', '/graphql'],
      ['GET', `/graphql?${new URLSearchParams({ query: CHANGES })}`],
    ]
    for (const [method, path] of asking) {
      const sent = request(`${server.url}${path}`, { method, headers: head })
      sent.end(method === 'POST' ? body : undefined)
      const [response] = (await once(sent, 'response')) as [IncomingMessage]
      expect(response.statusCode).toBe(406)
      expect(await text(response)).toContain('send the header \\"Accept: text/event-stream\\"')
    }
  })

  test('the stream reports a wrong field', async () => {
    const headers = { accept: 'text/event-stream', 'content-type': 'application/json' }
    const wrong = JSON.stringify({ query: 'subscription { changes { nope } }' })
    const answer = await (await ask({ body: wrong, headers })).text()
    expect(answer).toMatch(/^event: next\ndata: \{"errors":\[\{"message":"Cannot query field/m)
    expect(answer).toMatch(/^event: complete$/m)
  })
})

describe('one client among others', () => {
  const open = async (client: string, url = server.url) => {
    const query = new URLSearchParams({ query: 'subscription { changes { kind } }' })
    const headers = { accept: 'text/event-stream', 'x-forwarded-for': client }
    const leaving = new AbortController()
    const signal = leaving.signal
    const response = await fetch(`${url}/graphql?${query}`, { headers, signal })
    return { response, leave: () => leaving.abort() }
  }

  test('has its share of the streams, and leaves the others to them', async () => {
    const env = {
      EVENT_STREAMS_LIMIT: '3',
      EVENT_STREAMS_PER_CLIENT: '2',
      TRUSTED_PROXIES: '1',
    }
    const limited = await startPageServer(t, env)
    const statusOf = async (client: string) => (await open(client, limited.url)).response.status
    try {
      const first = await open('192.0.2.1', limited.url)
      expect([first.response.status, await statusOf('192.0.2.1')]).toEqual([200, 200])
      const third = await open('192.0.2.1', limited.url)
      expect(third.response.status).toBe(429)
      expect(third.response.headers.get('retry-after')).toBe('30')
      expect(await third.response.json()).toEqual({
        errors: [
          {
            message:
              'Your network has 2 event streams open already, the limit for one client. Close one, or read changes(since:) now and then.',
            extensions: { code: 'RATE_LIMITED' },
          },
        ],
      })
      expect([await statusOf('192.0.2.2'), await statusOf('192.0.2.3')]).toEqual([200, 503])
      first.leave()
      await expect.poll(() => statusOf('192.0.2.1')).toBe(200)
    } finally {
      await limited.stop()
    }
  })
})

const EVENT = `data: ${'x'.repeat(20_000)}\n\n`

test('a client that reads nothing is disconnected with a reason, and nothing is kept for it', async () => {
  let most = 0
  let fault: unknown
  const slow = createServer(async (_, response) => {
    response.writeHead(200).flushHeaders()
    const writer = createEventWriter(response, new AbortController().signal, 300)
    try {
      for (;;) {
        await writer.write(EVENT)
        most = Math.max(most, response.writableLength)
      }
    } catch (error) {
      fault = error
      writer.end('data: too slow\n\n')
    }
  })
  slow.listen(0, '127.0.0.1')
  await once(slow, 'listening')
  const socket = connectSocket((slow.address() as AddressInfo).port, '127.0.0.1')
  socket.pause()
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  await expect.poll(() => fault).toBeInstanceOf(TooSlow)
  // The process buffers no more than its streams, which are larger in later versions of Node, and one event.
  expect(most).toBeLessThan(getDefaultHighWaterMark(false) + 2 * EVENT.length)
  let read = ''
  socket.on('data', (chunk) => {
    read += chunk.subarray(-100).toString()
  })
  socket.resume()
  await once(socket, 'end')
  expect(read).toContain('data: too slow')
  slow.close()
})
