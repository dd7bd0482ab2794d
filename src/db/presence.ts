import { setTimeout as delay } from 'node:timers/promises'
import type postgres from 'postgres'
import { AppError } from '../errors.ts'
import { openLockConnection } from './lock-connection.ts'
import { LOCKS } from './locks.ts'

/** A killed server's lock falls when Postgres notices the closed socket: at once, but not before the next start. */
const CLAIM_PATIENCE_MS = 1_500

/** This process's sign on a shared server that it is being used; the sign falls with the process. */
export interface Presence {
  /** Becomes the one server of this data; a CONFLICT `AppError` names the one there is. */
  claimServe(): Promise<void>
  /** Tells processes to come where this one answers. */
  announce(address: string): Promise<void>
  /** Withdraws the sign. True when nobody else has one: newcomers then wait until `leave`, or the server's stop. */
  isLast(): Promise<boolean>
  leave(): Promise<void>
}

/** Connects to the server at `url` and marks it as used. Rejects with the driver's error. */
export async function joinServer(url: string): Promise<Presence> {
  let isLeaving = false
  let isServing = false
  let name = `paperql pid ${process.pid}`
  const { sql, close } = openLockConnection(url, {
    applicationName: name,
    isHeld: () => !isLeaving,
    // Postgres restarts its connections when one of its processes crashed; the locks must be taken anew.
    async retake() {
      if (isLeaving) return
      await sign()
      if (isServing) await tryServe()
    },
  })
  const sign = async () => {
    await sql`select pg_advisory_lock_shared(${LOCKS.presence})`
    await sql`select set_config('application_name', ${name}, false)`
  }
  const tryServe = async () => {
    const [row] = await sql`select pg_try_advisory_lock(${LOCKS.serve}) as claimed`
    isServing ||= row?.claimed === true
    return row?.claimed === true
  }
  const leave = () => {
    isLeaving = true
    return close()
  }

  try {
    await sign()
  } catch (error) {
    await leave()
    throw error
  }
  return {
    claimServe: () => claim(sql, tryServe),
    async announce(address) {
      name = `paperql pid ${process.pid} ${address}`
      await sql`select set_config('application_name', ${name}, false)`
    },
    async isLast() {
      isLeaving = true
      // In this order, of two that leave at once, one at least finds itself alone.
      await sql`select pg_advisory_unlock_shared(${LOCKS.presence})`
      const [row] = await sql`select pg_try_advisory_lock(${LOCKS.presence}) as alone`
      return row?.alone === true
    },
    leave,
  }
}

async function claim(sql: postgres.Sql, tryServe: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + CLAIM_PATIENCE_MS
  while (!(await tryServe())) {
    if (Date.now() > deadline) {
      const holder = await findHolder(sql)
      throw new AppError(
        'CONFLICT',
        `This data is in use: a paperql server is already running${holder}. Stop that one, or start this one on other data by PAPERQL_DATA_DIR.`,
      )
    }
    await delay(100)
  }
}

/** The server that has the lock, as text to follow "running": its process and address, as far as known. */
async function findHolder(sql: postgres.Sql): Promise<string> {
  const [row] = await sql`
    select a.application_name as name from pg_locks l join pg_stat_activity a using (pid)
    where l.locktype = 'advisory' and l.granted and l.mode = 'ExclusiveLock'
      and l.classid = 0 and l.objid = ${LOCKS.serve} and l.objsubid = 1`
  const found = /^paperql pid (\d+) ?(.*)$/.exec(row?.name ?? '')
  if (!found) return ''
  const [, pid, address] = found
  return ` (process ${pid}${address ? `, at ${address}` : ''})`
}
