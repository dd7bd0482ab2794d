import type { Socket } from 'node:net'
import type { RequestScope } from '../db/client.ts'
import { AppError } from '../errors.ts'
import { RETRY_AFTER_S } from './execute/errors.ts'
import { type Exchange, logRequest, sendError } from './http/exchange.ts'

/** Status for a client that closed its connection, as nginx logs it. */
const CLIENT_GONE = 499

/**
 * Starts the deadline of a request. When it passes, the client gets a 503. The scope's signal is aborted then, and also when the client
 * hangs up; this cancels the statements of the request.
 */
export function startDeadline(exchange: Exchange, timeoutMs: number): RequestScope {
  const { request, response } = exchange
  const controller = new AbortController()
  const onTimeout = () => {
    const message = `The request took longer than the limit of ${timeoutMs / 1000} s; ask for less, or try again later.`
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
  // A socket that closed earlier emits no further event.
  if (request.socket.destroyed) onGone()
  const deadlineAt = performance.now() + timeoutMs
  return { signal: controller.signal, deadlineAt, request: exchange }
}

/** Callbacks for the end of a socket. A socket may carry several requests, but only the first response is notified. */
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
