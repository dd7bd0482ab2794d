import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { retryAfter } from '../retry-after.ts'
import { readVersion } from '../version.ts'
import { type AllowedHosts, assertReachable, guardedLookup } from './address.ts'
import { signatureOf } from './signature.ts'

/** Maximum time for an attempt, from the DNS lookup to the header of the response. */
export const ATTEMPT_TIMEOUT_MS = 15_000

export interface Outgoing {
  id: string
  url: string
  body: string
  secrets: string[]
}

/** The outcome of an attempt. */
export interface Attempt {
  isDelivered: boolean
  /** HTTP status; null without a response. */
  status: number | null
  /** Why it failed; null when delivered. */
  error: string | null
  /** The delay that the receiver asks for, in milliseconds. */
  retryAfterMs: number | null
}

/**
 * Posts a message once. A 2xx response means that the receiver has it. A redirect is a failure, because it could lead anywhere. The body of
 * the response is never read.
 */
export async function send(
  outgoing: Outgoing,
  allowed: AllowedHosts,
  timeoutMs = ATTEMPT_TIMEOUT_MS,
): Promise<Attempt> {
  try {
    const response = await post(outgoing, allowed, AbortSignal.timeout(timeoutMs))
    const { statusCode: status = 0, headers } = response
    response.on('error', () => {})
    response.destroy()
    const isDelivered = status >= 200 && status < 300
    return {
      isDelivered,
      status,
      error: isDelivered ? null : explain(status),
      retryAfterMs: waitOf(headers['retry-after']),
    }
  } catch (error) {
    return {
      isDelivered: false,
      status: null,
      error: messageOf(error, timeoutMs),
      retryAfterMs: null,
    }
  }
}

function post(
  { id, url: text, body, secrets }: Outgoing,
  allowed: AllowedHosts,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const url = new URL(text)
  assertReachable(url, allowed)
  const timestamp = Math.floor(Date.now() / 1000)
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest
  return new Promise((resolve, reject) => {
    const outgoing = request(url, {
      method: 'POST',
      lookup: guardedLookup(allowed),
      // A new connection each time: a kept one would use an address that may no longer be right.
      agent: false,
      signal,
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'user-agent': `paperql/${readVersion()}`,
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': signatureOf({ id, timestamp, body }, secrets),
      },
    })
    outgoing.on('error', reject)
    outgoing.on('response', resolve)
    outgoing.end(body)
  })
}

function explain(status: number): string {
  return status >= 300 && status < 400
    ? `answered with status ${status}; redirects are not followed`
    : `answered with status ${status}`
}

function messageOf(error: unknown, timeoutMs: number): string {
  const { name, message, code } = error as NodeJS.ErrnoException
  if (name === 'AbortError' || name === 'TimeoutError')
    return `did not answer within ${timeoutMs / 1000} s`
  return message || code || String(error)
}

function waitOf(header: string | undefined): number | null {
  const ms = (retryAfter(header) ?? 0) - Date.now()
  return ms > 0 ? ms : null
}
