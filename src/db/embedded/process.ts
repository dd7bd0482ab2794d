import {
  readdir,
  readFile,
  readlink,
  realpath,
  rename,
  rm,
  stat,
  statfs,
  writeFile,
} from 'node:fs/promises'
import { createServer } from 'node:net'
import { join, relative } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { codeOf } from '../../errors.ts'
import { adviceOnLog } from '../error-cause.ts'
import { complaint, runAs } from './binaries.ts'
import type { Cluster } from './cluster.ts'

const LOG_LIMIT_BYTES = 10_000_000

/** The port of the server that runs on the data; null if none runs. */
export async function findRunning(cluster: Cluster): Promise<number | null> {
  const path = join(cluster.data, 'postmaster.pid')
  const text = await readFile(path, 'utf8').catch(() => null)
  if (text === null) return null
  // https://www.postgresql.org/docs/18/storage-file-layout.html: pid, data, start, port, …, one a line.
  const [pid, , , port] = text.split('\n')
  if (!Number(pid)) {
    // Either a start is about to write it, or the machine crashed; PostgreSQL would not start with it then.
    if (await isOlderThan(path, BLANK_LOCK_MS)) await rm(path, { force: true })
    return null
  }
  if (!port || !isAlive(Number(pid))) return null
  if (await isPostgresOf(cluster, Number(pid))) return Number(port)
  // PostgreSQL would mistake that process for itself, and not start.
  if ((await readFile(path, 'utf8').catch(() => null)) === text) await rm(path, { force: true })
  return null
}

/** A start writes its lock file at once; one that stays empty was left by a crash. */
const BLANK_LOCK_MS = 5_000

/**
 * Whether a live process is the PostgreSQL of this data, according to Linux; always true elsewhere. After a reboot or in a new container,
 * the number may belong to another program or another PostgreSQL. A killed process keeps its number until its parent waits for it.
 */
async function isPostgresOf(cluster: Cluster, pid: number): Promise<boolean> {
  const found = await lookAt(pid)
  if (found === null) return true
  return found.isPostgres && (found.cwd === null || found.cwd === (await realpath(cluster.data)))
}

interface ProcessInfo {
  /** Whether its name is postgres and it runs. */
  isPostgres: boolean
  parent: number
  /** Null if it may not be read. */
  cwd: string | null
}

async function lookAt(pid: number): Promise<ProcessInfo | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  if (status === '') return null
  return {
    isPostgres: /^Name:\s+postgres$/m.test(status) && !/^State:\s+[ZX]/m.test(status),
    parent: Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]),
    cwd: await readlink(`/proc/${pid}/cwd`).catch(() => null),
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

const QUIT_PATIENCE_MS = 3_000

/**
 * Ends processes that a killed server left behind in the middle of a statement: while one holds its shared memory, no server starts on this
 * data. They can be found on Linux only; elsewhere they end with their statements.
 */
async function endOrphans(cluster: Cluster): Promise<void> {
  const deadline = Date.now() + QUIT_PATIENCE_MS
  for (;;) {
    const orphans = await findOrphans(cluster)
    if (orphans.length === 0) return
    const signal = Date.now() < deadline ? 'SIGQUIT' : 'SIGKILL'
    for (const pid of orphans) tryKill(pid, signal)
    if (Date.now() > deadline + QUIT_PATIENCE_MS) return
    await delay(50)
  }
}

async function findOrphans(cluster: Cluster): Promise<number[]> {
  const data = await realpath(cluster.data).catch(() => cluster.data)
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))
  const ours = new Map<number, ProcessInfo>()
  for (const pid of pids.map(Number)) {
    const found = await lookAt(pid)
    if (found?.isPostgres && found.cwd === data) ours.set(pid, found)
  }
  const orphans: number[] = []
  for (const [pid, { parent }] of ours) {
    const title = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    // The title of the server itself is its path; those of its child processes are such as "postgres: checkpointer".
    if (!ours.has(parent) && title.startsWith('postgres: ')) orphans.push(pid)
  }
  return orphans
}

function tryKill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It has already ended.
  }
}

/** The last port of the server of this data, because clients may know it; another one if it is taken. */
export async function choosePort(cluster: Cluster): Promise<number> {
  const kept = Number(await readFile(portFile(cluster), 'utf8').catch(() => ''))
  if (kept > 0 && (await isFree(kept))) return kept
  for (;;) {
    const port = FIRST_PORT + Math.floor(Math.random() * PORT_COUNT)
    if (await isFree(port)) return port
  }
}

/** Below the ports that systems use for outgoing connections, which could take it while the server is down. */
const FIRST_PORT = 20_000
const PORT_COUNT = 10_000

const portFile = (cluster: Cluster) => join(cluster.folder, 'port')

export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}

/** Starts the server of this data on a port, and waits until it answers. Rejects with the error of pg_ctl. */
export async function start(
  cluster: Cluster,
  settings: Record<string, string>,
  port: number,
): Promise<void> {
  const { folder, data, log, account, binaries } = cluster
  await endOrphans(cluster)
  if ((await sizeOf(log)) > LOG_LIMIT_BYTES) await rename(log, `${log}.1`)
  const flags = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`)
  const options = [`-p ${port}`, ...flags].join(' ')
  // pg_ctl passes these to a shell in double quotes. Relative paths contain none of the names of the folders above.
  const [postgres = '', pgdata = '', logged = ''] = [binaries.postgres, data, log].map((path) =>
    relative(folder, path),
  )
  const args = ['-p', postgres, '--pgdata', pgdata, '--log', logged, '--options', options]
  const waiting = ['--silent', '--wait', '--timeout=60', 'start']
  await runAs(account, binaries.pgCtl, [...args, ...waiting], folder)
  // Only a hint for the next start: a full disk is not a reason to fail.
  await writeFile(portFile(cluster), `${port}\n`).catch(() => {})
}

export async function stop({ data, account, binaries }: Cluster): Promise<void> {
  const args = ['--pgdata', data, '--silent', '--wait', '--timeout=30', 'stop', '--mode']
  try {
    await runAs(account, binaries.pgCtl, [...args, 'fast'])
  } catch {
    await runAs(account, binaries.pgCtl, [...args, 'immediate']).catch(() => {})
  }
}

export async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => null))?.size ?? 0
}

async function isOlderThan(path: string, ms: number): Promise<boolean> {
  const found = await stat(path).catch(() => null)
  return found !== null && Date.now() - found.mtimeMs > ms
}

/**
 * Why the server stopped or did not start, from its log since it was `seen` bytes long, because older errors are not the cause; otherwise
 * the output of the failed program.
 */
export async function findReason(cluster: Cluster, seen: number, cause?: unknown): Promise<string> {
  const log = await readFile(cluster.log).catch(() => Buffer.alloc(0))
  const text = log.subarray(log.length < seen ? 0 : seen).toString()
  // A last line without a line end was cut off by a full disk, or is being written.
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  const lines = whole.trim().split('\n')
  const faults = lines.filter((line) => FAULT.test(line) && !CONSEQUENCE.test(line))
  const grave = faults.findLast((line) => line.includes('PANIC')) ?? faults.at(-1)
  const rest = cause === undefined ? '' : lines.slice(-3).join(' ') || complaint(cause)
  return (grave ?? rest).trim()
}

export interface StartFault {
  reason: string
  isFull: boolean
  /** What to do about it, in sentences; empty if unknown. */
  advice: string
}

/** Why a start failed. On a full disk, the log of the server may not say so. */
export async function faultOfStart(
  cluster: Cluster,
  seen: number,
  error: unknown,
): Promise<StartFault> {
  const said = await findReason(cluster, seen, error)
  const disk = await statfs(cluster.folder).catch(() => null)
  const isFull =
    said.includes(DISK_FULL) || (disk !== null && disk.bavail * disk.bsize < LEAST_FREE_BYTES)
  const full = `its disk is full: ${cluster.folder}`
  const reason = isFull ? (FAULT.test(said) ? `${said}; ${full}` : full) : said
  return { reason, isFull, advice: adviceOnLog(isFull ? DISK_FULL : said) }
}

const DISK_FULL = 'No space left on device'
/** Free space below which a disk counts as full: PostgreSQL needs some files of 16 MB to start. */
const LEAST_FREE_BYTES = 40 * 1024 ** 2

const FAULT = /FATAL|PANIC|terminated by signal/
/** Errors of connections, which follow from a stopped server but are not why it stopped. */
const CONSEQUENCE =
  /terminating connection|database system is|not yet accepting|authentication failed|too many clients|connection slots|database ".*" does not exist|lock file "postmaster.pid" already/
