import { setTimeout as sleep } from 'node:timers/promises'
import pRetry from 'p-retry'
import { AppError, quote } from '../errors.ts'
import { retryAfter } from '../retry-after.ts'

/** Rate, timeouts and retries for a host. */
export interface Pace {
  /** Minimum time between two requests, also before the first, so that it applies across runs. */
  intervalMs: number
  /** Maximum time until the last byte of a response. */
  timeoutMs: number
  /** Maximum attempts. */
  attempts: number
  /** Wait after the first failure; doubled with each, up to sixteen times, with random jitter. */
  backoffMs: number
  /** Maximum wait that a host may request; a longer one ends the run. */
  maxWaitMs: number
}

/** Thrown when a host asks to wait longer than this run may. */
export class ComeBackLater extends AppError {
  readonly retryAt: Date

  constructor(host: string, retryAt: Date) {
    super('RATE_LIMITED', `${host} asks to wait until ${retryAt.toISOString()}.`)
    this.retryAt = retryAt
  }
}

/** A failure of one request that may succeed when retried. */
export class Fault extends Error {
  /** Time of the next attempt that the host states, in ms since the epoch; null when it states none. */
  readonly retryAt: number | null

  constructor(message: string, retryAt: number | null = null, options?: ErrorOptions) {
    super(message, options)
    this.retryAt = retryAt
  }
}

export interface HostOptions {
  /** Name in messages. */
  name: string
  pace: Pace
  headers: Record<string, string>
  /** Earliest time of the next request, in ms since the epoch; null when the response does not state it. */
  nextAllowedAt?: (response: Response) => number | null
  /**
   * Time of the next attempt if the response reports a rate limit, in ms since the epoch; null for any other response. `Retry-After`
   * takes precedence.
   */
  limitEndsAt?: (response: Response, body: string) => number | null
  /** Called before each wait after a fault, since the wait may be long. */
  onNotice?: ((message: string) => void) | undefined
}

/** A host to which requests are sent one at a time. */
export interface Host {
  /**
   * Sends a GET, follows redirects, and returns the result of `read` for the response. Failures of the network or the host, and a
   * `Fault` thrown by `read`, are retried. Throws UNAVAILABLE when every attempt failed, `ComeBackLater` when the host asks to wait
   * longer than the run allows.
   */
  get<T>(
    url: string,
    read: (response: Response) => Promise<T>,
    headers?: Record<string, string>,
  ): Promise<T>
}

/** Transient statuses, which are retried; any other is passed to `read`. */
const TRANSIENT = new Set([408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524])

const REDIRECTS = new Set([301, 302, 303, 307, 308])
const MOST_REDIRECTS = 5

/** Makes a client for a host. Nothing is sent yet. */
export function openHost(options: HostOptions): Host {
  const { name, pace, headers, nextAllowedAt, limitEndsAt, onNotice } = options
  let allowedAt = Date.now() + pace.intervalMs

  const waitUntil = async (time: number) => {
    const waitMs = time - Date.now()
    if (waitMs > pace.maxWaitMs) throw new ComeBackLater(name, new Date(time))
    if (waitMs > 0) await sleep(waitMs)
  }

  /** Sends one request as soon as it is allowed. Redirects are followed here, since each is a request that has to wait. */
  const send = async (url: URL, sent: Record<string, string>, hops = 0): Promise<Response> => {
    await waitUntil(allowedAt)
    const signal = AbortSignal.timeout(pace.timeoutMs)
    // The interval is counted from the end of a request, which may have arrived late.
    const response = await fetch(url, { headers: sent, signal, redirect: 'manual' }).finally(() => {
      allowedAt = Date.now() + pace.intervalMs
    })
    allowedAt = Math.max(allowedAt, nextAllowedAt?.(response) ?? 0)
    const location = REDIRECTS.has(response.status) ? response.headers.get('location') : null
    if (location === null) return response
    await response.body?.cancel()
    if (hops === MOST_REDIRECTS) throw new Fault(`more than ${MOST_REDIRECTS} redirects`)
    const next = redirectOf(url, location)
    const { authorization: _, ...anybody } = sent
    return send(next, next.origin === url.origin ? sent : anybody, hops + 1)
  }

  const attempt: Host['get'] = async (url, read, more) => {
    try {
      const response = await send(new URL(url), { ...headers, ...more })
      await refuse(response, limitEndsAt)
      return await read(response)
    } catch (cause) {
      throw asFault(cause, pace.timeoutMs)
    }
  }

  return {
    get: (url, read, more) =>
      pRetry(() => attempt(url, read, more), {
        retries: pace.attempts - 1,
        minTimeout: pace.backoffMs,
        maxTimeout: pace.backoffMs * 16,
        randomize: true,
        shouldRetry: ({ error }) => error instanceof Fault,
        onFailedAttempt: async ({ error, retriesLeft }) => {
          if (!(error instanceof Fault) || retriesLeft === 0) return
          const again = `Retrying ${timesOf(retriesLeft)}.`
          onNotice?.(`${name} did not answer: ${error.message}. ${again}`)
          if (error.retryAt !== null) await waitUntil(error.retryAt)
        },
      }).catch((error) => {
        throw error instanceof Fault ? unanswered(name, url, pace.attempts, error) : error
      }),
  }
}

const timesOf = (times: number) => (times === 1 ? 'one last time' : `at most ${times} times`)

function redirectOf(from: URL, location: string): URL {
  const next = URL.canParse(location, from.href) ? new URL(location, from) : null
  if (next && /^https?:$/.test(next.protocol)) return next
  throw new Fault(`a redirect to ${quote(location)}, which is not a URL`)
}

async function refuse(response: Response, limitEndsAt: HostOptions['limitEndsAt']): Promise<void> {
  const { ok, status, statusText } = response
  if (ok || status === 304) return
  const limit = limitEndsAt?.(response, await response.clone().text()) ?? null
  if (limit === null && !TRANSIENT.has(status)) return
  await response.body?.cancel()
  throw new Fault(
    `${status} ${statusText}`.trim(),
    retryAfter(response.headers.get('retry-after')) ?? limit,
  )
}

/** Turns network errors into faults, which are retried. Errors of this program are not. */
function asFault(error: unknown, timeoutMs: number): unknown {
  if (error instanceof Fault || error instanceof AppError) return error
  const { name, message, cause } = error as Error
  if (name === 'TimeoutError')
    return new Fault(`no answer within ${timeoutMs / 1000} s`, null, { cause: error })
  const isNetwork = name === 'TypeError' && /^(?:fetch failed|terminated)$/.test(message)
  if (!isNetwork && name !== 'SocketError') return error
  const { code, message: detail } = (cause ?? {}) as { code?: string; message?: string }
  return new Fault(detail || code || message, null, { cause: error })
}

function unanswered(name: string, url: string, attempts: number, fault: Fault): AppError {
  const tries = attempts === 1 ? 'the only attempt' : `any of ${attempts} attempts`
  const message = `${name} did not answer in ${tries}: ${fault.message} (${url}).`
  return new AppError('UNAVAILABLE', message, { cause: fault })
}

/** Yields the body as pieces of text. Throws a `Fault` when it is longer than `mostBytes`. */
export async function* textOf(response: Response, mostBytes: number): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > mostBytes) throw new Fault(`the answer has more than ${mostBytes} bytes`)
    yield decoder.decode(chunk, { stream: true })
  }
  yield decoder.decode()
}

/** Reads the body as text. Throws a `Fault` when it is longer than `mostBytes`. */
export async function readText(response: Response, mostBytes: number): Promise<string> {
  let text = ''
  for await (const piece of textOf(response, mostBytes)) text += piece
  return text
}

/** Reads the body as JSON. Throws a `Fault` if it is invalid, for example truncated. */
export async function readJson(response: Response, mostBytes: number): Promise<unknown> {
  const text = await readText(response, mostBytes)
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Fault('the answer is not JSON', null, { cause })
  }
}
