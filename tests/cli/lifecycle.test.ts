import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runProcess } from '../helpers/cli.ts'
import { finish, postgresPid } from '../helpers/processes.ts'
import { startServe } from '../helpers/serve.ts'

const PAPERS = 50

/** The life of one data folder: each test starts where the last one ended. `sample.test.ts` starts a server with the sample. */
let folder: string
let env: Record<string, string>
const children: ChildProcess[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paperql-life-'))
  await chmod(folder, 0o755)
  env = { PAPERQL_DATA_DIR: folder, PORT: '0' }
})

afterAll(async () => {
  for (const child of children) await finish(child, 'SIGTERM')
  const postgres = await postgresPid(folder)
  if (postgres) process.kill(postgres, 'SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

async function start() {
  const { child, url, log } = await startServe(env)
  children.push(child)
  return { child, url: `${url}/graphql`, log }
}

async function paperCount(url: string): Promise<number> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ papers { totalCount } }' }),
  })
  const { data } = (await response.json()) as { data: { papers: { totalCount: number } } }
  return data.papers.totalCount
}

test('a port in use is reported before PostgreSQL is created', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  try {
    const { port } = other.address() as AddressInfo
    const { code, stderr } = await runProcess(['serve'], {
      env: { ...env, HOST: '127.0.0.1', PORT: String(port) },
    })
    expect(code).toBe(1)
    expect(stderr).toContain(String(port))
    expect(stderr).not.toContain('Creating')
    expect(await readdir(folder)).toEqual([])
  } finally {
    other.close()
  }
})

test('a first start creates PostgreSQL and serves it; SIGTERM stops both; standard error has only the JSON log', async () => {
  const { child, url, log } = await start()
  expect(await paperCount(url)).toBe(0)
  expect(await postgresPid(folder)).not.toBeNull()
  expect(await finish(child, 'SIGTERM')).toBe(0)
  expect(await postgresPid(folder)).toBeNull()
  const lines = log().trimEnd().split('\n')
  const messages = lines.map((line) => JSON.parse(line).msg)
  expect(messages).toContain(`Creating the database in ${join(folder, 'postgres')}.`)
})

describe('a running server', () => {
  let running: Awaited<ReturnType<typeof start>>
  beforeAll(async () => {
    running = await start()
  })

  test('is named by a second start on its data, and keeps running', async () => {
    const second = await runProcess(['serve'], { env })
    expect(second.code).toBe(1)
    expect(second.stderr).toContain(`in use`)
    expect(second.stderr).toContain(new URL(running.url).origin)
    expect(await paperCount(running.url)).toBe(0)
  })

  test('serves imported papers at once', async () => {
    const file = join(folder, 'acl2099.json')
    const papers = Array.from({ length: PAPERS }, (_, i) => ({
      ...{ id: `2099.acl-1.${i}`, title: `Paper ${i} of the Future`, author: 'Ada Lovelace' },
    }))
    await writeFile(file, JSON.stringify(papers))
    const { code } = await runProcess(['import', 'paperlists', file], { env, cwd: folder })
    expect(code).toBe(0)
    expect(await paperCount(running.url)).toBe(PAPERS)
  })

  test('stops on Ctrl-C under npm, which sends the signal twice', async () => {
    running.child.kill('SIGINT')
    expect(await finish(running.child, 'SIGINT')).toBe(0)
    expect(await postgresPid(folder)).toBeNull()
  })
})

test('after kill -9 of the server, and of Postgres too, the next start has all papers', async () => {
  const first = await start()
  expect(await paperCount(first.url)).toBe(PAPERS)
  await finish(first.child, 'SIGKILL')
  const second = await start()
  expect(await paperCount(second.url)).toBe(PAPERS)
  await finish(second.child, 'SIGKILL')
  const postgres = await postgresPid(folder)
  expect(postgres).not.toBeNull()
  process.kill(postgres as number, 'SIGKILL')
  const third = await start()
  expect(await paperCount(third.url)).toBe(PAPERS)
  expect(await finish(third.child, 'SIGTERM')).toBe(0)
  expect(await postgresPid(folder)).toBeNull()
})
