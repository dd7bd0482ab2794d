import { setMaxListeners } from 'node:events'
import type { IncomingMessage, Server } from 'node:http'
import { Server as NetServer, type Socket } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'

/** Longest that `stop` waits for requests in flight; a request's own deadline is shorter. */
const DRAIN_MS = 20_000

/** When stopping, a connection is closed once it has been idle for this long, as a request may be on its way. */
const IDLE_MS = 1000

const SWEEP_MS = 100

/** A turn of the event loop that takes no longer leaves hardly a connection that came meanwhile. */
const SHORT_TURN_MS = 1

/** A server so busy that none of this many turns is short stops all the same. */
const MAX_TURNS = 50

export interface Connections {
  /** Whether the answer to a request has to be the last one of its connection. */
  isLast(request: IncomingMessage): boolean
  /** Aborted when `stop` is called. */
  stopping: AbortSignal
  /** Refuses new connections, has each answer close its connection, and resolves once all are closed. */
  stop(): Promise<void>
}

interface State {
  /** Requests that are not answered yet. */
  pending: number
  idleSince: number
  /** Bytes read when the last answer ended: more have come when a request has begun. */
  bytesRead: number
}

/**
 * Follows the connections of a server, so that stopping it loses no request. Node's own `close` ends idle connections
 * at once, while their next request may be on its way, and lets busy ones go on for as long as they stay busy.
 */
export function followConnections(server: Server): Connections {
  const states = new Map<Socket, State>()
  let isStopping = false
  const stopping = new AbortController()
  setMaxListeners(0, stopping.signal)

  server.on('connection', (socket: Socket) => {
    states.set(socket, { pending: 0, idleSince: performance.now(), bytesRead: 0 })
    socket.once('close', () => states.delete(socket))
  })
  server.on('request', ({ socket }, response) => {
    const state = states.get(socket)
    if (!state) return
    state.pending++
    response.once('close', () => {
      state.pending--
      state.idleSince = performance.now()
      state.bytesRead = socket.bytesRead
    })
  })

  const closeIdle = () => {
    const latest = performance.now() - IDLE_MS
    for (const [socket, { pending, idleSince, bytesRead }] of states)
      if (pending === 0 && idleSince <= latest && socket.bytesRead === bytesRead)
        socket.destroySoon()
  }

  return {
    stopping: stopping.signal,

    // Of requests sent one after the other without waiting, each has to be answered.
    isLast: ({ socket }) => isStopping && states.get(socket)?.pending === 1,

    async stop() {
      await shortTurn()
      isStopping = true
      stopping.abort()
      const closed = new Promise((resolve) => NetServer.prototype.close.call(server, resolve))
      // A turn later each, so that what has arrived is read before.
      const sweep = setInterval(() => setImmediate(closeIdle), SWEEP_MS)
      const deadline = setTimeout(() => server.closeAllConnections(), DRAIN_MS)
      await closed
      clearInterval(sweep)
      clearTimeout(deadline)
      // Ends what Node's server runs beside the one it listens with.
      server.close()
    },
  }
}

/**
 * Waits for a turn with little else to do, since it begins with accepting the connections that wait. Those that come
 * between then and the end of listening are cut by the system.
 */
async function shortTurn(): Promise<void> {
  for (let turn = 0, began = 0; turn < MAX_TURNS; turn++) {
    began = performance.now()
    await nextTurn()
    if (performance.now() - began <= SHORT_TURN_MS) return
  }
}
