import { totalmem } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { AppError, codeOf } from '../../errors.ts'
import { closeConnection, openConnection } from '../connection.ts'
import { isDamage } from '../error-cause.ts'
import { joinServer, type Presence } from '../locks/presence.ts'
import { type Cluster, findCluster, SUPERUSER } from './cluster.ts'
import {
  choosePort,
  faultOfStart,
  findReason,
  findRunning,
  type StartFault,
  sizeOf,
  start,
  stop,
} from './process.ts'
import { type SupervisorOptions, supervise } from './supervisor.ts'

/** The PostgreSQL that comes with paperql, listening on this machine's loopback address only. */
export interface EmbeddedServer {
  /** URL of the catalogue's database, with its password: do not log it. */
  url: string
  /** Folder of its files. */
  folder: string
  /** Claims this data for the only `serve`. Throws a CONFLICT `AppError` that names the server already running. */
  claimServe(): Promise<void>
  /** Sets the address of this process in that message. */
  announce(address: string): Promise<void>
  /** Restarts the server whenever it is killed or crashes, until `close`. */
  supervise(options: SupervisorOptions): void
  /** Why the server stopped, from its log since it was opened; empty if the log does not say. */
  reason(): Promise<string>
  /** Releases the server, and stops it if no other process uses it. */
  close(): Promise<void>
}

export interface EmbeddedOptions {
  /** False trades safety against power loss for speed, for tests. Default true. */
  durable?: boolean
  /** False refuses a folder without a database, and writes nothing there. Default true. */
  makes?: boolean
  /** Called with a sentence for each unusual step. */
  onNotice?: (message: string) => void
}

const DATABASE = 'paperql'

const SETTINGS: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '50',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  max_wal_size: '2GB',
  wal_compression: 'on',
  // Compiling a query takes longer than the short queries of an API run.
  jit: 'off',
  random_page_cost: '1.1',
  // Two cores serve many small queries, and a container's /dev/shm is too small for parallel ones.
  max_parallel_workers_per_gather: '0',
  log_checkpoints: 'off',
}
const NOT_DURABLE = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  // The data folder may be in memory.
  max_wal_size: '512MB',
  // Test files share the server, and on a slow machine they hold more connections at once.
  max_connections: '200',
  // Dropping one of many databases scans all of the buffers.
  shared_buffers: '256MB',
  // Nothing copies this server's log, so what copies need is not written.
  wal_level: 'minimal',
  max_wal_senders: '0',
  io_method: 'sync',
  // Autovacuum would visit hundreds of databases that live for seconds.
  autovacuum: 'off',
}

/** A server that reports that it is starting or recovering gets more time than a silent one. */
const RECOVERY_PATIENCE_MS = 120_000
const START_PATIENCE_MS = 15_000
/** Damaged files do not repair themselves. This leaves time for a second try, in case another process was at work during the first. */
const DAMAGE_PATIENCE_MS = 500
/** Somebody has to free space; but a start at the same time may have failed for another reason. */
const FULL_DISK_PATIENCE_MS = 2_000
const RETRY_PAUSE_MS = 100

/**
 * Starts PostgreSQL on the data in `dataDir`, which the first call creates, or attaches to the server that already runs on it: that of
 * another paperql process, or one left behind by a killed process. Any number of processes may do so at once. Throws an `AppError` with
 * advice if this machine cannot run it.
 */
export async function openEmbedded(
  dataDir: string,
  options: EmbeddedOptions = {},
): Promise<EmbeddedServer> {
  const { durable = true, makes = true, onNotice = () => {} } = options
  const cluster = await findCluster(dataDir, { durable, makes, onNotice })
  const settings = { ...SETTINGS, ...cacheSettings(), ...(durable ? {} : NOT_DURABLE) }
  const { port, presence } = await attach(cluster, settings)
  const seen = await sizeOf(cluster.log)
  let supervisor: { close(): Promise<void> } | undefined
  let closing: Promise<void> | undefined
  return {
    url: urlOf(cluster, port, DATABASE),
    folder: cluster.folder,
    claimServe: presence.claimServe,
    announce: presence.announce,
    supervise(watching) {
      supervisor ??= supervise(cluster, settings, port, watching)
    },
    reason: () => findReason(cluster, seen),
    close: () => {
      closing ??= (async () => {
        await supervisor?.close()
        await close(cluster, presence)
      })()
      return closing
    },
  }
}

/**
 * Buffers: a quarter of the memory of this machine or container, as PostgreSQL advises, but no more than a large catalogue needs. Memory is
 * used as pages are read.
 */
function cacheSettings(): Record<string, string> {
  const memory = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY)
  const quarter = Math.floor(memory / 4 / 1024 ** 2)
  const cache = Math.min(4096, Math.max(128, quarter))
  return { shared_buffers: `${cache}MB`, effective_cache_size: `${Math.max(512, 2 * quarter)}MB` }
}

async function attach(cluster: Cluster, settings: Record<string, string>) {
  const startedAt = Date.now()
  const seen = await sizeOf(cluster.log)
  for (;;) {
    try {
      const port = (await findRunning(cluster)) ?? (await startAnywhere(cluster, settings))
      return { port, presence: await enter(cluster, port) }
    } catch (error) {
      const fault = await faultOfStart(cluster, seen, error)
      if (Date.now() - startedAt > patienceFor(error, fault)) throw explain(cluster, fault, error)
      await delay(RETRY_PAUSE_MS)
    }
  }
}

function patienceFor(error: unknown, { reason, isFull }: StartFault): number {
  if (codeOf(error) === STARTING_OR_STOPPING) return RECOVERY_PATIENCE_MS
  if (isFull) return FULL_DISK_PATIENCE_MS
  return isDamage(reason) ? DAMAGE_PATIENCE_MS : START_PATIENCE_MS
}

async function startAnywhere(cluster: Cluster, settings: Record<string, string>) {
  const port = await choosePort(cluster)
  await start(cluster, settings, port)
  return port
}

const STARTING_OR_STOPPING = '57P03'
const NO_SUCH_DATABASE = '3D000'
const DUPLICATES = new Set(['42P04', '23505'])

async function enter(cluster: Cluster, port: number): Promise<Presence> {
  const url = urlOf(cluster, port, DATABASE)
  try {
    return await joinServer(url)
  } catch (error) {
    if (codeOf(error) !== NO_SUCH_DATABASE) throw error
  }
  const admin = await openConnection(urlOf(cluster, port, 'postgres'))
  try {
    await admin.query(`create database ${pg.escapeIdentifier(DATABASE)}`)
  } catch (error) {
    if (!DUPLICATES.has(codeOf(error))) throw error
  } finally {
    await closeConnection(admin)
  }
  return joinServer(url)
}

async function close(cluster: Cluster, presence: Presence): Promise<void> {
  // A dead server has no other user either, and stopping it does nothing.
  const isLast = await presence.isLast().catch(() => false)
  if (isLast) await stop(cluster)
  await presence.leave()
}

function urlOf(cluster: Cluster, port: number, database: string): string {
  return `postgres://${SUPERUSER}:${cluster.password}@127.0.0.1:${port}/${database}`
}

function explain(cluster: Cluster, { reason, advice }: StartFault, cause: unknown): AppError {
  return new AppError(
    'UNAVAILABLE',
    `The embedded PostgreSQL did not start (${reason}). ${advice ? `${advice} ` : ''}Its log is ${cluster.log}. Or set DATABASE_URL to use another server.`,
    { cause },
  )
}
