import { setTimeout as delay } from 'node:timers/promises'
import { AppError } from '../../errors.ts'
import { type LockConnection, openLockConnection } from './lock-connection.ts'
import { LOCKS } from './locks.ts'

/** PostgreSQL releases the lock of a killed server when it notices the closed socket: soon, but perhaps after the next start. */
const CLAIM_PATIENCE_MS = 1_500

/** A lock that marks a shared server as used by this process; released when the process ends, however it ends. */
export interface Presence {
  /** Claims this data for the only `serve`. Throws a CONFLICT `AppError` that names the server already running. */
  claimServe(): Promise<void>
  /** Tells later processes the address of this one. */
  announce(address: string): Promise<void>
  /** Releases the lock. True if nobody else has one: later processes then wait until `leave`, or until the server stops. */
  isLast(): Promise<boolean>
  leave(): Promise<void>
}

/** Connects to the server at `url` and marks it as used. Rejects with the driver's error. */
export async function joinServer(url: string): Promise<Presence> {
  let isLeaving = false
  let isServing = false
  let name = `paperql pid ${process.pid}`
  const { query, close } = openLockConnection(url, {
    applicationName: name,
    isHeld: () => !isLeaving,
    // PostgreSQL resets all connections when one of its processes crashes; the locks must be taken again.
    async retake() {
      if (isLeaving) return
      await mark(query, name)
      if (isServing) await tryServe()
    },
  })
  const tryServe = async () => {
    const isFirst = await tryLock(query, LOCKS.serve)
    isServing ||= isFirst
    return isFirst
  }
  const leave = () => {
    isLeaving = true
    return close()
  }
  await mark(query, name).catch(async (error) => {
    await leave()
    throw error
  })
  return {
    claimServe: () => claim(query, tryServe),
    async announce(address) {
      name = `paperql pid ${process.pid} ${address}`
      await setName(query, name)
    },
    isLast() {
      isLeaving = true
      return unmark(query)
    },
    leave,
  }
}

type Query = LockConnection['query']

async function mark(query: Query, name: string): Promise<void> {
  await query('select pg_advisory_lock_shared($1::bigint)', [LOCKS.presence])
  await setName(query, name)
}

const setName = (query: Query, name: string) =>
  query("select set_config('application_name', $1, false)", [name])

/**
 * Releases the shared lock, then takes it exclusively if nobody else has it. In this order, at least one of two processes that leave at
 * once finds itself alone.
 */
async function unmark(query: Query): Promise<boolean> {
  await query('select pg_advisory_unlock_shared($1::bigint)', [LOCKS.presence])
  return tryLock(query, LOCKS.presence)
}

async function tryLock(query: Query, lock: number): Promise<boolean> {
  const [row] = await query<{ isTaken: boolean }>(
    'select pg_try_advisory_lock($1::bigint) as "isTaken"',
    [lock],
  )
  return row?.isTaken === true
}

async function claim(query: Query, tryServe: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + CLAIM_PATIENCE_MS
  while (!(await tryServe())) {
    if (Date.now() > deadline) {
      const holder = await findHolder(query)
      throw new AppError(
        'CONFLICT',
        `This data is in use: a paperql server is already running${holder}. Stop that server, or set PAPERQL_DATA_DIR to other data.`,
      )
    }
    await delay(100)
  }
}

/** The server that has the lock, as text to follow "running": its process and address, if known. */
async function findHolder(query: Query): Promise<string> {
  const [row] = await query<{ name: string }>(
    `select a.application_name as name from pg_locks l join pg_stat_activity a using (pid)
     where l.locktype = 'advisory' and l.granted and l.mode = 'ExclusiveLock'
       and l.classid = 0 and l.objid = $1::bigint and l.objsubid = 1`,
    [LOCKS.serve],
  )
  const found = /^paperql pid (\d+) ?(.*)$/.exec(row?.name ?? '')
  if (!found) return ''
  const [, pid, address] = found
  return ` (process ${pid}${address ? `, at ${address}` : ''})`
}
