import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import sql from 'sql-template-tag'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { connect } from '../../../src/db/client.ts'
import type { Cluster } from '../../../src/db/embedded/cluster.ts'
import { openEmbedded } from '../../../src/db/embedded/embedded.ts'
import { findReason } from '../../../src/db/embedded/process.ts'
import { createDataFolder, createUsedDataFolder } from '../../helpers/cluster.ts'
import { finish, postgresPid, programPath, tracked } from '../../helpers/processes.ts'

let folder: string
let children: ChildProcess[]

beforeEach(async () => {
  children = []
  folder = await createUsedDataFolder()
})

afterEach(async () => {
  for (const child of children) await finish(child, 'SIGTERM')
  const server = await postgresPid(folder)
  if (server) process.kill(server, 'SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

interface Holder {
  child: ChildProcess
  /** The first line of its output. */
  line: string
}

async function hold(role: 'serve' | 'use'): Promise<Holder> {
  const program = programPath('embedded-holder')
  const child = tracked(
    spawn(process.execPath, [program, folder, role], { stdio: ['ignore', 'pipe', 'inherit'] }),
  )
  children.push(child)
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  return { child, line: String(line) }
}

/** Whether a process runs; a zombie, according to Linux, does not. */
async function isRunning(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return !/^State:\s+[ZX]/m.test(status)
}

/** The lines in a table shared by the tests' servers, after adding one. */
async function addLine(url: string): Promise<number> {
  const db = connect(url, { poolSize: 1 })
  try {
    await db.query(sql`create table if not exists lines (at timestamptz)`)
    await db.query(sql`insert into lines values (now())`)
    const [row] = await db.query<{ count: number }>(sql`select count(*)::int as count from lines`)
    return row?.count ?? 0
  } finally {
    await db.close()
  }
}

const urlIn = (line: string) => line.replace(/^ready /, '')

test('a stop leaves no process, and the next start finds the data', async () => {
  const first = await hold('serve')
  expect(first.line).toMatch(/^ready /)
  expect(await addLine(urlIn(first.line))).toBe(1)
  const pid = Number(await postgresPid(folder))
  expect(await isRunning(pid)).toBe(true)
  expect(await finish(first.child, 'SIGTERM')).toBe(0)
  expect(await postgresPid(folder)).toBeNull()
  // It removes its lock file a moment before it ends.
  await expect.poll(() => isRunning(pid)).toBe(false)

  const second = await hold('serve')
  expect(await addLine(urlIn(second.line))).toBe(2)
})

test('a folder may have any name that the system allows', async () => {
  const above = folder
  folder = join(above, `o'neill "data" $HOME %41 \`ls\` \\ ünï 日本`)
  try {
    const { child, line } = await hold('serve')
    expect(line).toMatch(/^ready /)
    expect(await addLine(urlIn(line))).toBe(1)
    expect(await finish(child, 'SIGTERM')).toBe(0)
  } finally {
    folder = above
  }
})

test('a second server on the same data names the first, which keeps running', async () => {
  const first = await hold('serve')
  const second = await hold('serve')
  expect(second.line).toBe(
    `refused This data is in use: a paperql server is already running (process ${first.child.pid}, at http://127.0.0.1:4000). ` +
      'Stop that server, or set PAPERQL_DATA_DIR to other data.',
  )
  expect(await addLine(urlIn(first.line))).toBe(1)
})

test('processes share one server, and the last one stops it', async () => {
  const server = await hold('serve')
  const importer = await hold('use')
  expect(importer.line).toBe(server.line)
  expect(await finish(server.child, 'SIGTERM')).toBe(0)
  expect(await addLine(urlIn(importer.line))).toBe(1)
  expect(await finish(importer.child, 'SIGTERM')).toBe(0)
  expect(await postgresPid(folder)).toBeNull()
})

test('two processes that leave at the same moment do not leave the server behind', async () => {
  const [one, two] = await Promise.all([hold('use'), hold('use')])
  expect(await Promise.all([finish(one.child, 'SIGTERM'), finish(two.child, 'SIGTERM')])).toEqual([
    0, 0,
  ])
  expect(await postgresPid(folder)).toBeNull()
})

test('after paperql is killed, the next start takes over its server and its claim', async () => {
  const first = await hold('serve')
  await addLine(urlIn(first.line))
  const pid = await postgresPid(folder)
  await finish(first.child, 'SIGKILL')
  const second = await hold('serve')
  expect(await postgresPid(folder)).toBe(pid)
  expect(await addLine(urlIn(second.line))).toBe(2)
  expect(await finish(second.child, 'SIGTERM')).toBe(0)
  expect(await postgresPid(folder)).toBeNull()
})

test('after both are killed, the next start recovers', async () => {
  const first = await hold('serve')
  await addLine(urlIn(first.line))
  const pid = Number(await postgresPid(folder))
  await finish(first.child, 'SIGKILL')
  process.kill(pid, 'SIGKILL')
  const second = await hold('serve')
  expect(second.line).toMatch(/^ready /)
  expect(await postgresPid(folder)).not.toBe(pid)
  expect(await addLine(urlIn(second.line))).toBe(2)
})

test('three first starts at once create one cluster, whose password and data are private', async () => {
  folder = await createDataFolder()
  const holders = await Promise.all([hold('use'), hold('use'), hold('use')])
  expect(new Set(holders.map(({ line }) => line)).size).toBe(1)
  expect(await addLine(urlIn(holders[0].line))).toBe(1)
  expect(await readdir(folder)).toEqual(['postgres'])
  const modeOf = async (path: string) => (await stat(join(folder, path))).mode & 0o777
  expect(await modeOf('postgres')).toBe(0o700)
  expect(await modeOf('postgres/password')).toBe(0o600)
})

test('a folder that cannot be created is named', async () => {
  const file = join(folder, 'file')
  await writeFile(file, '')
  await expect(openEmbedded(join(file, 'data'))).rejects.toThrow(
    `The data folder ${join(file, 'data')} cannot be used: a part of its path is a file and not a folder (ENOTDIR).`,
  )
})

test("the error of a cluster that cannot start is PostgreSQL's own", async () => {
  await rm(join(folder, 'postgres', 'data', 'global', 'pg_control'))
  await expect(openEmbedded(folder)).rejects.toThrow(/did not start \(.*pg_control.*Its log is/)
})

test('data of another major version is refused, with the way to migrate', async () => {
  await writeFile(join(folder, 'postgres', 'data', 'PG_VERSION'), '17\n')
  await expect(openEmbedded(folder)).rejects.toThrow(
    /is of PostgreSQL 17, and this paperql has \d+\. .* paperql backup FILE\. .* paperql restore FILE/,
  )
})

test('a truncated line of the log is not given as the reason', async () => {
  const log = join(folder, 'cut.log')
  const cluster = { folder, log } as unknown as Cluster
  const whole = '2026-11-30 18:00:01 UTC [1] FATAL:  could not create lock file\n'
  for (const cut of ['2026-11-30 18:0', '2026-11-30 18:00:02 UTC [2] PANIC:  cou', '']) {
    await writeFile(log, cut)
    expect(await findReason(cluster, 0, new Error('pg_ctl failed'))).toBe('pg_ctl failed')
    await writeFile(log, whole + cut)
    expect(await findReason(cluster, 0, new Error('pg_ctl failed'))).toBe(whole.trim())
  }
})
