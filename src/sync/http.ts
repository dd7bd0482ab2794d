import { setTimeout as sleep } from 'node:timers/promises'
import pRetry from 'p-retry'
import { AppError, quote } from '../errors.ts'
import { retryAfter } from '../retry-after.ts'

/** Rate, timeouts and retries for a host. */
export interface Pace {
  /** Minimum time between two requests; also before the first, so that it holds across runs. */
  intervalMs: number
  /** Maximum time of a response, to its last byte. */
  timeoutMs: number
  /** Maximum attempts. */
  attempts: number
  /** Wait after the first failure; doubled with each, up to sixteen times, with random jitter. */
  backoffMs: number
  /** Maximum wait that a host may ask for; a longer one ends the run. */
  maxWaitMs: number
}

/** A host said to come back later than this run may wait. */
export class ComeBackLater extends AppError {
  readonly retryAt: Date

  constructor(host: string, retryAt: Date) {
    super('RATE_LIMITED', `${host} asks not to be asked again before ${retryAt.toISOString()}.`)
    this.retryAt = retryAt
  }
}

/** A failure of one request that may succeed when retried. */
export class Fault extends Error {
  /** When the host says to try again, in ms of the epoch; null when it does not say. */
  readonly retryAt: number | null

  constructor(message: string, retryAt: number | null = null, options?: ErrorOptions) {
    super(message, options)
    this.retryAt = retryAt
  }
}

export interface HostOptions {
  /** For messages. */
  name: string
  pace: Pace
  headers: Record<string, string>
  /** When the next request may be made at the earliest, in ms of the epoch; null when the answer does not say. */
  nextAllowedAt?: (response: Response) => number | null
  /**
   * When to try again after a refusal that only says that too much was asked, in ms of the epoch; null for any other
   * answer. What `Retry-After` says goes first.
   */
  limitEndsAt?: (response: Response, body: string) => number | null
  /** Called before each wait after a fault, as it may be long. */
  onNotice?: ((message: string) => void) | undefined
}

/** A host that gets many requests, one at a time. */
export interface Host {
  /**
   * The result of `read` for the response to a GET, after redirects. Failures of the network or the host, and a `Fault` of
   * `read`, are retried. Throws UNAVAILABLE when every attempt failed, `ComeBackLater` when the host asks to wait longer than
   * the run allows.
   */
  get<T>(
    url: string,
    read: (response: Response) => Promise<T>,
    headers?: Record<string, string>,
  ): Promise<T>
}

/** Transient statuses; any other is an answer. */
const TRANSIENT = new Set([408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524])

const REDIRECTS = new Set([301, 302, 303, 307, 308])
const MOST_REDIRECTS = 5

/** Opens a host; nothing is sent yet. */
export function openHost(options: HostOptions): Host {
  const { name, pace, headers, nextAllowedAt, limitEndsAt, onNotice } = options
  let allowedAt = Date.now() + pace.intervalMs

  const waitUntil = async (time: number) => {
    const waitMs = time - Date.now()
    if (waitMs > pace.maxWaitMs) throw new ComeBackLater(name, new Date(time))
    if (waitMs > 0) await sleep(waitMs)
  }

  /** One request, when it may be made. Redirects are followed here: each is a request that has to wait, too. */
  const send = async (url: URL, sent: Record<string, string>, hops = 0): Promise<Response> => {
    await waitUntil(allowedAt)
    const signal = AbortSignal.timeout(pace.timeoutMs)
    // Counted from its end, because one request may arrive late and the next not.
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
          const again = `Asking again, ${timesOf(retriesLeft)}.`
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
  throw new Fault(`a redirect to ${quote(location)}, which is no address`)
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

/** Network errors are retried; errors of this program are not. */
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
  const tries = attempts === 1 ? 'the one attempt' : `any of ${attempts} attempts`
  const message = `${name} did not answer in ${tries}: ${fault.message} (${url}).`
  return new AppError('UNAVAILABLE', message, { cause: fault })
}

/** The body as text, piece by piece; a `Fault` when it is longer than `mostBytes`. */
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

/** The whole body as text; a `Fault` when it is longer than `mostBytes`. */
export async function readText(response: Response, mostBytes: number): Promise<string> {
  let text = ''
  for await (const piece of textOf(response, mostBytes)) text += piece
  return text
}

/** The body as JSON; a `Fault` if it is not JSON, for example truncated. */
export async function readJson(response: Response, mostBytes: number): Promise<unknown> {
  const text = await readText(response, mostBytes)
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Fault('the answer is no JSON', null, { cause })
  }
}
