import type { ChildProcess } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ADDED } from '../../src/sample/registers.ts'
import { runCli } from '../helpers/cli.ts'
import { finish, postgresPid } from '../helpers/processes.ts'
import { startServe } from '../helpers/serve.ts'

/** One life of a data folder: each test starts where the last one left it. */
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

async function start(): Promise<{ child: ChildProcess; url: string }> {
  const { child, url } = await startServe({ ...env, PAPERQL_SAMPLE: 'true' })
  children.push(child)
  return { child, url: `${url}/graphql` }
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

async function sampleSize(): Promise<number> {
  const file = new URL('../../src/sample/acl-pmlr.json.gz', import.meta.url)
  return JSON.parse(gunzipSync(await readFile(file)).toString()).length + ADDED.length
}

test('a first start makes a Postgres, loads the sample and serves it; SIGTERM ends both', async () => {
  const { child, url } = await start()
  expect(await paperCount(url)).toBe(await sampleSize())
  expect(await postgresPid(folder)).not.toBeNull()
  expect(await finish(child, 'SIGTERM')).toBe(0)
  expect(await postgresPid(folder)).toBeNull()
})

test('a second start on data in use names the first one, which goes on', async () => {
  const { child, url } = await start()
  const second = await runCli(['serve'], { env })
  expect(second.code).toBe(1)
  expect(second.stderr).toContain(`in use`)
  expect(second.stderr).toContain(new URL(url).origin)
  expect(await paperCount(url)).toBeGreaterThan(0)
  // As Ctrl-C under npm, which sends it twice.
  child.kill('SIGINT')
  expect(await finish(child, 'SIGINT')).toBe(0)
  expect(await postgresPid(folder)).toBeNull()
})

test('papers can be imported while it serves, and are served at once', async () => {
  const { child, url } = await start()
  const before = await paperCount(url)
  const file = join(folder, 'acl2099.json')
  const paper = { id: '2099.acl-1.1', title: 'A Paper of the Future', author: 'Ada Lovelace' }
  await writeFile(file, JSON.stringify([paper]))
  const { code } = await runCli(['import', 'paperlists', file], { env, cwd: folder })
  expect(code).toBe(0)
  expect(await paperCount(url)).toBe(before + 1)
  await finish(child, 'SIGTERM')
})

test('after kill -9 of the server, and of Postgres too, the next start has all papers', async () => {
  const first = await start()
  const count = await paperCount(first.url)
  await finish(first.child, 'SIGKILL')
  const second = await start()
  expect(await paperCount(second.url)).toBe(count)
  await finish(second.child, 'SIGKILL')
  const postgres = await postgresPid(folder)
  expect(postgres).not.toBeNull()
  process.kill(postgres as number, 'SIGKILL')
  const third = await start()
  expect(await paperCount(third.url)).toBe(count)
  expect(await finish(third.child, 'SIGTERM')).toBe(0)
  expect(await postgresPid(folder)).toBeNull()
})
