import type { Socket } from 'node:net'
import type { RequestScope } from '../db/client.ts'
import { AppError } from '../errors.ts'
import { RETRY_AFTER_S } from './execute/errors.ts'
import { type Exchange, logRequest, sendError } from './http/exchange.ts'

/** The status that logs of nginx made usual for a client that closed its connection. */
const CLIENT_GONE = 499

/**
 * Starts the time in which a request must be answered. When it is over, the client gets a 503; then, and when the client
 * goes away, the signal of the scope is aborted, which ends the statements of the request.
 */
export function startDeadline(exchange: Exchange, timeoutMs: number): RequestScope {
  const { request, response } = exchange
  const controller = new AbortController()
  const onTimeout = () => {
    const message = `The request took longer than ${timeoutMs / 1000} s, the most allowed; ask for less, or try again later.`
    sendError(exchange, 503, 'UNAVAILABLE', message, ['retry-after', RETRY_AFTER_S])
    controller.abort(new AppError('UNAVAILABLE', message))
  }
  const onGone = () => {
    clearTimeout(timer)
    if (!exchange.isAnswered) {
      exchange.isAnswered = true
      logRequest(exchange, CLIENT_GONE, 'debug')
    }
    controller.abort(new AppError('UNAVAILABLE', 'The client has closed its connection.'))
  }
  const timer = setTimeout(onTimeout, timeoutMs)
  const forget = watchSocket(request.socket, onGone)
  response.once('finish', () => {
    clearTimeout(timer)
    forget()
  })
  // One that closed before it was watched does not say so again.
  if (request.socket.destroyed) onGone()
  const deadlineAt = performance.now() + timeoutMs
  return { signal: controller.signal, deadlineAt, request: exchange }
}

/** What to call when a socket closes: it may carry several requests, of which only the first has a response that notices. */
const watchers = new WeakMap<Socket, Set<() => void>>()

function watchSocket(socket: Socket, onClose: () => void): () => void {
  let calls = watchers.get(socket)
  if (!calls) {
    const made = new Set<() => void>()
    calls = made
    watchers.set(socket, made)
    socket.once('close', () => {
      for (const call of made) call()
    })
  }
  const own = calls
  own.add(onClose)
  return () => own.delete(onClose)
}
