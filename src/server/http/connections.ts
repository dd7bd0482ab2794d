import { setMaxListeners } from 'node:events'
import type { IncomingMessage, Server } from 'node:http'
import { Server as NetServer, type Socket } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'

/** Maximum time that `stop` waits for pending requests; a request's own deadline is shorter. */
const DRAIN_MS = 20_000

/** When stopping, an idle connection is closed only after this time, because a request may be in transit. */
const IDLE_MS = 1000

const SWEEP_MS = 100

/** During a turn of the event loop this short, hardly any connection can have arrived. */
const SHORT_TURN_MS = 1

/** A busy server that has no short turn among this many is stopped anyway. */
const MAX_TURNS = 50

export interface Connections {
  /** Whether the answer to a request must be the last on its connection. */
  isLast(request: IncomingMessage): boolean
  /** Aborted when `stop` is called. */
  stopping: AbortSignal
  /** Refuses new connections, closes each connection after its answer, and resolves once all are closed. */
  stop(): Promise<void>
}

interface State {
  /** Requests not answered yet. */
  pending: number
  idleSince: number
  /** Bytes read when the last answer ended. More bytes mean that a request has started. */
  bytesRead: number
}

/**
 * Tracks the connections of a server, so that stopping it loses no request. Node's own `close` ends idle connections at once, although a
 * request may be in transit, and keeps busy ones for as long as they stay busy.
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

    // With pipelining, every request has to be answered.
    isLast: ({ socket }) => isStopping && states.get(socket)?.pending === 1,

    async stop() {
      await shortTurn()
      isStopping = true
      stopping.abort()
      const closed = new Promise((resolve) => NetServer.prototype.close.call(server, resolve))
      // One turn later, so that data that has arrived is read first.
      const sweep = setInterval(() => setImmediate(closeIdle), SWEEP_MS)
      const deadline = setTimeout(() => server.closeAllConnections(), DRAIN_MS)
      await closed
      clearInterval(sweep)
      clearTimeout(deadline)
      // Ends the timers of Node's HTTP server.
      server.close()
    },
  }
}

/**
 * Waits for a turn of the event loop with little to do: a turn begins by accepting waiting connections. The system resets connections that
 * arrive between then and the end of listening.
 */
async function shortTurn(): Promise<void> {
  for (let turn = 0, began = 0; turn < MAX_TURNS; turn++) {
    began = performance.now()
    await nextTurn()
    if (performance.now() - began <= SHORT_TURN_MS) return
  }
}
