import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import { closeConnection, openConnection } from '../connection.ts'

const REJOIN_PAUSE_MS = 250

interface LockConnectionOptions {
  applicationName: string
  /** Whether a connection that closes now takes locks with it. */
  isHeld: () => boolean
  /** Takes them again; called until it succeeds. */
  retake: () => Promise<void>
}

export interface LockConnection {
  /** Runs a statement, on a new connection where there is none. */
  query<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>
  close(): Promise<void>
}

/** A connection whose advisory locks live as long as this process: one that is lost is opened again. */
export function openLockConnection(
  url: string,
  { applicationName, isHeld, retake }: LockConnectionOptions,
): LockConnection {
  let isClosing = false
  let isRejoining = false
  let current: Promise<pg.Client> | undefined

  const rejoin = async () => {
    if (isRejoining) return
    isRejoining = true
    let isBack = false
    while (!isClosing && isHeld() && !isBack) {
      await delay(REJOIN_PAUSE_MS, undefined, { ref: false })
      if (isClosing) break
      // A connection that was lost meanwhile took the locks along again.
      isBack = (await retake().then(...SETTLED)) && current !== undefined
    }
    isRejoining = false
  }
  const open = async () => {
    const client = await openConnection(url, { applicationName })
    client.on('end', () => {
      current = undefined
      if (!isClosing && isHeld()) void rejoin()
    })
    return client
  }
  const connected = () => {
    current ??= open().catch((error) => {
      current = undefined
      throw error
    })
    return current
  }
  return {
    async query<Row extends object>(text: string, values: unknown[] = []) {
      const client = await connected()
      const { rows } = await client.query<Row>(text, values)
      return rows
    },
    async close() {
      isClosing = true
      const client = await current?.catch(() => undefined)
      if (client) await closeConnection(client)
    },
  }
}

/** Handlers that turn a promise into whether it was fulfilled. */
const SETTLED = [() => true, () => false] as const
