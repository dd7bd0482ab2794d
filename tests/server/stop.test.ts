import { once } from 'node:events'
import { connect as connectSocket, type Socket } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLog } from '../../src/log.ts'
import { type RunningServer, startServer } from '../../src/server/http.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'
import { patientConfig } from '../helpers/patient-config.ts'
import { startServe } from '../helpers/serve.ts'
import { atLeast } from '../helpers/thorough.ts'
import { createTestSchema, slowRuns } from './test-schema.ts'

const RESTARTS = atLeast(8, 20)
const ANSWER = '{"data":{"slow":"done"}}'

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
})
afterAll(() => t.close())

const start = (port = 0): Promise<RunningServer> =>
  startServer({
    db: t.db,
    config: patientConfig({ PORT: String(port) }),
    log: createLog('silent'),
    schema: createTestSchema(),
  })

/** Eight clients that send the `bodies` in sequence, each over a separate connection, until `end`. */
function startClients(port: number, bodies: object[], expected: string) {
  const counter = new SharedArrayBuffer(4)
  const answered = new Int32Array(counter)
  const texts = bodies.map((body) => JSON.stringify(body))
  const worker = new Worker(new URL('../helpers/busy-clients.mjs', import.meta.url), {
    workerData: { port, bodies: texts, expected, counter },
  })
  const lost = once(worker, 'message')
  return {
    /** Waits for this number of further answers. */
    async answers(count: number): Promise<void> {
      const before = answered[0] ?? 0
      await expect.poll(() => answered[0]).toBeGreaterThan(before + count)
    },
    /** Resolves to the lost requests, with the reasons. */
    async end(): Promise<string[]> {
      worker.postMessage('end')
      return (await lost)[0]
    },
  }
}

test(`8 busy kept-alive connections lose no request over ${RESTARTS} restarts`, async () => {
  let server = await start()
  const port = Number(new URL(server.url).port)
  const bodies = Array.from({ length: 12 }, (_, ms) => ({ query: `{ slow(ms: ${ms}) }` }))
  const clients = startClients(port, bodies, ANSWER)
  for (let restart = 0; restart < RESTARTS; restart++) {
    await clients.answers(40)
    await server.stop()
    server = await start(port)
  }
  await clients.answers(1)
  expect(await clients.end()).toEqual([])
  await server.stop()
})

const HTTP_REQUEST = (ms: number) => {
  const body = JSON.stringify({ query: `{ slow(ms: ${ms}) }` })
  return `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`
}

async function open(server: RunningServer): Promise<{ socket: Socket; text(): string }> {
  const socket = connectSocket(Number(new URL(server.url).port), '127.0.0.1')
  let text = ''
  socket.setEncoding('utf8').on('data', (chunk) => {
    text += chunk
  })
  await once(socket, 'connect')
  return { socket, text: () => text }
}

/** Data written to a local socket wait at its other end, and this process reads them within some turns of the event loop. */
async function untilReceived(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await nextTurn()
}

const countOf = (text: string, part: string | RegExp) => text.split(part).length - 1

test('pipelined requests are all answered, the last one with close', async () => {
  const server = await start()
  const { socket, text } = await open(server)
  const before = slowRuns.count
  socket.write([200, 10, 1].map(HTTP_REQUEST).join(''))
  await expect.poll(() => slowRuns.count).toBeGreaterThan(before)
  const stopped = server.stop()
  await once(socket, 'close')
  await stopped
  expect(countOf(text(), ANSWER)).toBe(3)
  expect(countOf(text(), /connection: close/i)).toBeLessThanOrEqual(1)
})

test('a request that began before the stop, or comes right after it, is answered with close', async () => {
  const server = await start()
  const begun = await open(server)
  const used = await open(server)
  used.socket.write(HTTP_REQUEST(1))
  await once(used.socket, 'data')
  const whole = HTTP_REQUEST(1)
  begun.socket.write(whole.slice(0, 40))
  await untilReceived()
  const stopped = server.stop()
  await untilReceived()
  begun.socket.write(whole.slice(40))
  used.socket.write(whole)
  await Promise.all([once(begun.socket, 'close'), once(used.socket, 'close'), stopped])
  expect(countOf(begun.text(), ANSWER)).toBe(1)
  expect(countOf(used.text(), ANSWER)).toBe(2)
  for (const { text } of [begun, used]) expect(text()).toMatch(/\r\nconnection: close\r\n/i)
})

test('an idle connection is closed, and a new one refused', async () => {
  const server = await start()
  const idle = await open(server)
  const stopped = server.stop()
  await once(idle.socket, 'close')
  await stopped
  expect(idle.text()).toBe('')
  await expect(open(server)).rejects.toThrow('ECONNREFUSED')
})

test('connections are kept alive for longer than by load balancers', async () => {
  const server = await start()
  const { socket, text } = await open(server)
  socket.write(HTTP_REQUEST(1))
  await once(socket, 'data')
  expect(Number(/keep-alive: timeout=(\d+)/i.exec(text())?.[1])).toBeGreaterThan(60)
  socket.destroy()
  await server.stop()
})

test('SIGTERM lets the process answer running requests, and exit with 0', async () => {
  const served = await startServe({ DATABASE_URL: t.url })
  const expected = '{"data":{"papers":{"totalCount":0}}}'
  const clients = startClients(served.port, [{ query: '{ papers { totalCount } }' }], expected)
  await clients.answers(100)
  expect(await served.stop()).toBe(0)
  expect(await clients.end()).toEqual([])
})
