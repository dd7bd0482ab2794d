import { type ChildProcess, execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readlinkSync } from 'node:fs'
import { readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openConnection } from '../../src/db/connection.ts'
import { runProcess } from '../helpers/cli.ts'
import { createDataFolder, createUsedDataFolder, fillDataFolder } from '../helpers/cluster.ts'
import { finish, isRunning, postgresPid } from '../helpers/processes.ts'
import { startServe } from '../helpers/serve.ts'
import { atLeast } from '../helpers/thorough.ts'

interface Server {
  child: ChildProcess
  url: string
  /** The output on standard error so far. */
  said: () => string
}

async function startOn(folder: string): Promise<Server> {
  const { child, url, log } = await startServe({ PAPERQL_DATA_DIR: folder, LOG_LEVEL: 'info' })
  return { child, url: `${url}/graphql`, said: log }
}

interface Answer {
  data?: { papers: { totalCount: number } | null } | null
  errors?: { extensions: { code: string } }[]
}

async function ask(url: string): Promise<Answer> {
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ query: '{ papers { totalCount } }' })
  const response = await fetch(url, { method: 'POST', headers, body })
  return (await response.json()) as Answer
}

const isAnswered = async (url: string) => (await ask(url)).data?.papers?.totalCount === 0

async function databaseUrl(folder: string): Promise<string> {
  const password = (await readFile(join(folder, 'postgres', 'password'), 'utf8')).trim()
  const port = (await readFile(join(folder, 'postgres', 'port'), 'utf8')).trim()
  return `postgres://paperql:${password}@127.0.0.1:${port}/paperql`
}

const connectTo = async (folder: string) => openConnection(await databaseUrl(folder))

function tryKill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has already ended.
  }
}

async function killPostgres(folder: string): Promise<number> {
  await expect.poll(() => postgresPid(folder), PATIENCE).not.toBeNull()
  const pid = await postgresPid(folder)
  if (pid) process.kill(pid, 'SIGKILL')
  return pid ?? 0
}

/** Waits for a PostgreSQL other than the killed one, and for an answer of the server from it. */
async function expectRevived(folder: string, killed: number, url: string): Promise<void> {
  const isAnother = async () => ![null, killed].includes(await postgresPid(folder))
  await expect.poll(isAnother, PATIENCE).toBe(true)
  await expect.poll(() => isAnswered(url), PATIENCE).toBe(true)
}

async function removeFolder(folder: string): Promise<void> {
  const postgres = await postgresPid(folder)
  if (postgres) tryKill(postgres)
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
}

const PATIENCE = { timeout: 120_000, interval: 50 }
const KILLS = atLeast(3, 8)

describe('the embedded PostgreSQL of a running server', () => {
  let folder: string
  let server: Server
  beforeAll(async () => {
    folder = await createUsedDataFolder()
    server = await startOn(folder)
  })
  afterAll(async () => {
    await finish(server.child, 'SIGTERM')
    await removeFolder(folder)
  })

  test('is killed repeatedly under load, and the server recovers each time', async () => {
    const codes = new Set<string>()
    let isLoading = true
    const load = async () => {
      while (isLoading) {
        for (const error of (await ask(server.url)).errors ?? []) codes.add(error.extensions.code)
        // Without a pause, the requests would take the CPU that PostgreSQL needs to start.
        await delay(20)
      }
    }
    const loads = [load(), load(), load()]
    for (let time = 0; time < KILLS; time++) {
      await delay(Math.random() * 600)
      const killed = await killPostgres(folder)
      await expectRevived(folder, killed, server.url)
    }
    isLoading = false
    await Promise.all(loads)
    expect([...codes].filter((code) => code !== 'UNAVAILABLE')).toEqual([])
    expect(server.said()).toMatch(/PostgreSQL has stopped.*starting it again/)
    expect(server.child.exitCode).toBeNull()
  })

  test('leaves a process behind in the middle of a statement, which does not block the next start', async () => {
    const [client, other] = await Promise.all([connectTo(folder), connectTo(folder)])
    const busy = client
      .query('select count(*) from generate_series(1, 100000000000)')
      .catch(() => {})
    const countBusy = async () => {
      const { rows } = await other.query(
        "select from pg_stat_activity where state = 'active' and query like '%100000000000%' and pid <> pg_backend_pid()",
      )
      return rows.length
    }
    await expect.poll(countBusy, PATIENCE).toBe(1)
    await expectRevived(folder, await killPostgres(folder), server.url)
    await busy
    expect(server.said()).not.toContain('shared memory')
  })

  test('restarts when one of its processes is killed', async () => {
    const client = await connectTo(folder)
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    process.kill(Number(rows[0]?.pid), 'SIGKILL')
    await expect.poll(() => isAnswered(server.url), PATIENCE).toBe(true)
  })

  test('still belongs to the same server afterwards', async () => {
    const env = { PAPERQL_DATA_DIR: folder, PORT: '0' }
    await expectRevived(folder, await killPostgres(folder), server.url)
    const second = await runProcess(['serve'], { env })
    expect(second.stderr).toContain('This data is in use')
    expect(second.stderr).toContain(new URL(server.url).origin)
  })

  test('is shared with an import that starts later', async () => {
    const killed = await killPostgres(folder)
    const env = { PAPERQL_DATA_DIR: folder }
    expect(await runProcess(['imports'], { env })).toMatchObject({ code: 0 })
    await expectRevived(folder, killed, server.url)
  })
})

describe('a server whose embedded PostgreSQL cannot restart', () => {
  let folder: string
  let server: Server
  beforeAll(async () => {
    folder = await createUsedDataFolder()
    server = await startOn(folder)
  })
  afterAll(async () => {
    await finish(server.child, 'SIGKILL')
    await removeFolder(folder)
  })

  test('exits with code 1 and the reason', async () => {
    const data = join(folder, 'postgres', 'data')
    await writeFile(join(data, 'global', 'pg_control'), 'nothing of use')
    const ended = once(server.child, 'exit')
    await killPostgres(folder)
    expect(await ended).toEqual([1, null])
    expect(server.said().match(/Trying again/g)).toHaveLength(2)
    expect(server.said()).toMatch(/could not be started again: .*pg_control.*Stopping/)
  })
})

describe('lock files left by a crash of the machine:', () => {
  let folder: string
  beforeAll(async () => {
    folder = await createUsedDataFolder()
    expect(await runProcess(['migrate'], { env: { PAPERQL_DATA_DIR: folder } })).toMatchObject({
      code: 0,
    })
  })
  afterAll(() => removeFolder(folder))
  const lock = () => join(folder, 'postgres', 'data', 'postmaster.pid')
  afterEach(() => rm(lock(), { force: true }))

  const starts = async () =>
    expect(await runProcess(['imports'], { env: { PAPERQL_DATA_DIR: folder } })).toMatchObject({
      code: 0,
    })

  test('an empty lock file', async () => {
    await writeFile(lock(), '')
    // An old file: a new one may belong to a start that is about to write it.
    const before = Date.now() / 1000 - 60
    await utimes(lock(), before, before)
    await starts()
  })

  test("a lock file with the number of another folder's PostgreSQL", async () => {
    const other = await createUsedDataFolder()
    const server = await startOn(other)
    try {
      const text = await readFile(join(other, 'postgres', 'data', 'postmaster.pid'), 'utf8')
      await writeFile(lock(), text)
      await starts()
      expect(await isAnswered(server.url)).toBe(true)
    } finally {
      await finish(server.child, 'SIGTERM')
      await removeFolder(other)
    }
  })

  test('a port that another program has taken meanwhile', async () => {
    const port = Number(await readFile(join(folder, 'postgres', 'port'), 'utf8'))
    const taken = createServer().listen(port, '127.0.0.1')
    await once(taken, 'listening')
    try {
      await starts()
    } finally {
      taken.close()
    }
  })
})

/** Only root on Linux can mount, and not in every container. */
function mountDisk(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=260m,mode=755', 'tmpfs', folder], {
      stdio: 'ignore',
    })
    return true
  } catch {
    return false
  }
}

/**
 * Kills PostgreSQL on a completely full disk. The server is paused meanwhile: otherwise it would restart PostgreSQL with the space of the
 * ended process before the filler has taken it.
 */
async function killOnFullDisk(server: ChildProcess, folder: string, filler: string): Promise<void> {
  server.kill('SIGSTOP')
  const data = join(folder, 'postgres', 'data')
  const pid = await killPostgres(folder)
  const children = readdirSync('/proc')
    .map(Number)
    .filter((other) => isOf(data, other))
  for (const child of children) tryKill(child)
  await expect
    .poll(() => [pid, ...children].some((other) => isRunning(other)), PATIENCE)
    .toBe(false)
  await rm(join(data, 'postmaster.pid'))
  execFileSync('sh', ['-c', `cat /dev/zero >> ${filler} 2>/dev/null || true`])
  server.kill('SIGCONT')
}

/** Whether a process works in this folder. */
function isOf(folder: string, pid: number): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === folder
  } catch {
    return false
  }
}

describe('a full disk', () => {
  let folder: string
  let isMounted = false
  let server: Server | undefined
  beforeAll(async () => {
    folder = await createDataFolder()
    isMounted = mountDisk(folder)
    await fillDataFolder(folder)
  })
  afterAll(async () => {
    if (server) await finish(server.child, 'SIGTERM')
    const postgres = await postgresPid(folder)
    if (postgres) tryKill(postgres)
    if (isMounted) execFileSync('umount', ['-l', folder])
    await rm(folder, { recursive: true, force: true })
  })

  test('stops the embedded PostgreSQL until there is space again, and the server recovers', async (context) => {
    if (!isMounted) return context.skip()
    server = await startOn(folder)
    const { url } = server
    const filler = join(folder, 'filler')
    await writeFile(filler, '')
    execFileSync('sh', ['-c', `dd if=/dev/zero of=${filler} bs=1M 2>/dev/null || true`])
    const client = await connectTo(folder)
    const write = client.query(
      'create table filling as select repeat(md5(i::text), 30) as text from generate_series(1, 400000) i',
    )
    await expect(write).rejects.toThrow()
    await killOnFullDisk(server.child, folder, filler)
    await expect.poll(() => server?.said(), PATIENCE).toMatch(/its disk is full: .*Free space/)
    expect((await ask(url)).errors?.[0]?.extensions.code).toBe('UNAVAILABLE')
    await rm(filler)
    await expect.poll(() => isAnswered(url), PATIENCE).toBe(true)
    expect(server.child.exitCode).toBeNull()
  })

  test('is reported as the reason of a failed start, even if the log of PostgreSQL has no space for it', async (context) => {
    if (!isMounted || !server) return context.skip()
    expect(await finish(server.child, 'SIGTERM')).toBe(0)
    const filler = join(folder, 'filler')
    execFileSync('sh', ['-c', `cat /dev/zero > ${filler} 2>/dev/null || true`])
    const { code, stderr } = await runProcess(['imports'], { env: { PAPERQL_DATA_DIR: folder } })
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/did not start \(.*its disk is full: .*\)\. Free space/),
    })
    await rm(filler)
    expect((await runProcess(['imports'], { env: { PAPERQL_DATA_DIR: folder } })).code).toBe(0)
  })
})
