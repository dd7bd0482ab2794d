import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import { closeConnection, openConnection } from '../connection.ts'

const REJOIN_PAUSE_MS = 250

interface LockConnectionOptions {
  applicationName: string
  /** Whether a connection that closes now loses locks. */
  isHeld: () => boolean
  /** Takes them again; called until it succeeds. */
  retake: () => Promise<void>
}

export interface LockConnection {
  /** Runs a statement, on a new connection if there is none. */
  query<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>
  close(): Promise<void>
}

/** A connection that holds advisory locks for the life of this process. A lost connection is opened again. */
export function openLockConnection(url: string, options: LockConnectionOptions): LockConnection {
  const { applicationName, isHeld } = options
  const state: State = { isClosing: false, isRejoining: false, current: undefined }
  const open = async () => {
    const client = await openConnection(url, { applicationName })
    client.on('end', () => {
      state.current = undefined
      if (!state.isClosing && isHeld()) void rejoin(state, options)
    })
    return client
  }
  const connected = () => {
    state.current ??= open().catch((error) => {
      state.current = undefined
      throw error
    })
    return state.current
  }
  return {
    async query<Row extends object>(text: string, values: unknown[] = []) {
      const client = await connected()
      const { rows } = await client.query<Row>(text, values)
      return rows
    },
    async close() {
      state.isClosing = true
      const client = await state.current?.catch(() => undefined)
      if (client) await closeConnection(client)
    },
  }
}

interface State {
  isClosing: boolean
  isRejoining: boolean
  current: Promise<pg.Client> | undefined
}

/** Takes the locks again until that succeeds, or until nobody needs them. */
async function rejoin(state: State, { isHeld, retake }: LockConnectionOptions): Promise<void> {
  if (state.isRejoining) return
  state.isRejoining = true
  let isBack = false
  while (!state.isClosing && isHeld() && !isBack) {
    await delay(REJOIN_PAUSE_MS, undefined, { ref: false })
    if (state.isClosing) break
    // If the connection was lost again meanwhile, so were the locks.
    isBack = (await retake().then(...SETTLED)) && state.current !== undefined
  }
  state.isRejoining = false
}

/** Handlers that resolve to whether a promise was fulfilled. */
const SETTLED = [() => true, () => false] as const
