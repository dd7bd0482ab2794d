import { once } from 'node:events'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runImport } from '../../src/import/run.ts'
import { createRandom, type Random } from '../fuzz/random.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'
import { type ServeProcess, startServe } from '../helpers/serve.ts'
import { atLeast } from '../helpers/thorough.ts'

/** Clients that disconnect in every phase of a request must neither stop the server nor leave anything in it. */
const HANG_UPS = atLeast(90, 200)
const AT_ONCE = 8

/** Larger than the socket buffers of both sides. */
const LARGE = '{ papers(first: 100) { nodes { title abstract } } }'

const PRELOADED = fileURLToPath(new URL('../helpers/heap-on-signal.cjs', import.meta.url))

let t: TestDatabase
let served: ServeProcess
let folder: string

beforeAll(async () => {
  t = await createTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'paperql-hang-ups-'))
  await importLargePapers(folder)
  served = await startServe({
    ...{ DATABASE_URL: t.url, LOG_LEVEL: 'error' },
    ...{ NODE_OPTIONS: `--require ${PRELOADED}`, HEAP_FILE: join(folder, 'heap') },
  })
})

afterAll(async () => {
  await served?.stop()
  await t.close()
  await rm(folder, { recursive: true, force: true })
})

async function importLargePapers(folder: string): Promise<void> {
  const papers = Array.from({ length: 100 }, (_, i) => ({
    id: `2025.acl-long.${i + 1}`,
    title: `Paper number ${i + 1} of those that hang up`,
    author: 'Ada Lovelace; Charles Babbage',
    abstract: `Sentence ${i} of an abstract. `.repeat(150),
    status: 'Long',
  }))
  const file = join(folder, 'acl2025.json')
  await writeFile(file, JSON.stringify(papers))
  const report = await runImport({
    url: t.url,
    format: 'paperlists',
    files: [file],
    rejectsPath: null,
  })
  expect(report.created).toBe(papers.length)
}

const requestText = (body: string, length = Buffer.byteLength(body)) =>
  `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n${body}`

const LARGE_REQUEST = requestText(JSON.stringify({ query: LARGE }))

type HangUp = (socket: Socket, random: Random) => Promise<void>

/** Pipelined requests, whose answers fill the buffers of a client that does not read. */
const ask = (socket: Socket, times: number) => socket.write(LARGE_REQUEST.repeat(times))

const HANG_UPS_BY_NAME: Record<string, HangUp> = {
  'in the middle of the headers': async (socket) => {
    socket.write('POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-ty')
  },
  'in the middle of the body': async (socket, random) => {
    socket.write(requestText(`{"query":"{ papers`, 5000))
    await sleep(random.part() * 20)
  },
  'before the answer': async (socket, random) => {
    ask(socket, 4)
    await sleep(random.part() * 40)
  },
  'at the first bytes of the answer': async (socket) => {
    ask(socket, 4)
    await once(socket, 'data')
  },
  'in the middle of the answers': async (socket, random) => {
    ask(socket, 12)
    await once(socket, 'readable')
    await sleep(random.part() * 200)
  },
  'half, and then wholly': async (socket, random) => {
    ask(socket, 3)
    socket.end()
    await sleep(random.part() * 100)
  },
}

async function hangUp(index: number, random: Random): Promise<void> {
  const ways = Object.values(HANG_UPS_BY_NAME)
  const socket = connect({ port: served.port, host: '127.0.0.1', allowHalfOpen: true })
  socket.on('error', () => {})
  await once(socket, 'connect')
  await Promise.race([ways[index % ways.length]?.(socket, random), once(socket, 'close')])
  if (random.part() < 0.5) socket.resetAndDestroy()
  else socket.destroy()
}

async function hangUpOften(times: number, seed: number): Promise<void> {
  const random = createRandom(seed)
  let index = 0
  const worker = async () => {
    while (index < times) await hangUp(index++, random)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

async function answerSize(): Promise<number> {
  const response = await fetch(`${served.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: LARGE }),
  })
  expect(response.status).toBe(200)
  return (await response.text()).length
}

/** The memory of the process after garbage collection. */
async function memory(): Promise<{ rss: number; used: number }> {
  const file = join(folder, 'heap')
  rmSync(file, { force: true })
  served.child.kill('SIGUSR2')
  await expect.poll(() => existsSync(file)).toBe(true)
  return JSON.parse(readFileSync(file, 'utf8'))
}

test(`${HANG_UPS} clients that disconnect leave the server alive, and its memory unchanged`, async () => {
  // The same load first, because the server keeps its compiled code and its pools.
  await hangUpOften(60, 1)
  const size = await answerSize()
  const before = await memory()
  await hangUpOften(HANG_UPS, 2)
  expect(await answerSize()).toBe(size)
  const after = await memory()
  expect(served.child.exitCode).toBeNull()
  // On a busy machine a request may wait too long.
  const told = served
    .log()
    .split('\n')
    .filter((line) => !line.includes('"status":503'))
  expect(told.join('')).toBe('')
  expect(after.used).toBeLessThan(before.used * 1.2)
  expect(after.rss).toBeLessThan(before.rss * 1.2)
})
