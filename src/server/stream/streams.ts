import type { ExecutionResult } from 'graphql'
import Negotiator from 'negotiator'
import type { Database } from '../../db/client.ts'
import { AppError } from '../../errors.ts'
import type { Context } from '../../graphql/context.ts'
import type { StreamEvent, StreamScope } from '../../graphql/stream-event.ts'
import { toAnswer, toGraphqlError } from '../execute/errors.ts'
import type { Operation, Subscribed, Variables } from '../execute/operations.ts'
import { beginStream, type Exchange, logRequest, sendError } from '../http/exchange.ts'
import { createEventWriter, type EventWriter, TooSlow } from './event-writer.ts'

/** Answers a request with the events of a subscription. */
export type OpenStream = (exchange: Exchange, operation: Operation, variables: Variables) => void

/** Limits of open streams: each queries the database once a second. */
interface StreamLimits {
  all: number
  /** Per client, so that one client cannot use all of them. */
  ofClient: number
}

interface StreamOptions {
  /** Maximum streams open at once. */
  limits: StreamLimits
  /** Identifies the client of a stream. */
  clientOf: (exchange: Exchange) => string
  db: Database
  createContext: (exchange: Exchange, db: Database) => Context
  /** Maximum time to read an event from the database. */
  timeoutMs: number
  /** Aborted when the server stops. */
  stopping: AbortSignal
}

/** Time after which a browser reconnects. */
const RETRY_MS = 2_000

const LONGEST_EVENT_ID = 100

export function createStreams(options: StreamOptions): OpenStream {
  const open = countStreams(options.limits)
  return (exchange, operation, variables) => {
    if (!takesEvents(exchange)) return sendError(exchange, 406, 'BAD_REQUEST', ONLY_EVENTS)
    if (exchange.request.method === 'HEAD') return sendHead(exchange)
    const client = options.clientOf(exchange)
    const refusal = open.refusalOf(client)
    if (refusal) {
      const { status, code, message } = refusal
      return sendError(exchange, status, code, message, ['retry-after', '30'])
    }
    open.add(client)
    void stream(exchange, operation, variables, options).finally(() => open.remove(client))
  }
}

/** HTTP requires a HEAD to be answered like a GET. */
function sendHead(exchange: Exchange): void {
  beginStream(exchange, HEADERS)
  exchange.response.end()
  logRequest(exchange, 200)
}

function countStreams({ all, ofClient }: StreamLimits) {
  const counts = new Map<string, number>()
  let total = 0
  return {
    /** The reason why a client cannot open another stream; null if it can. */
    refusalOf(client: string) {
      if ((counts.get(client) ?? 0) >= ofClient) {
        const message = `Your network has ${ofClient} event streams open already, the limit for one client. Close one, or read changes(since:) now and then.`
        return { status: 429, code: 'RATE_LIMITED', message }
      }
      if (total < all) return null
      const message = `The server sends ${all} event streams already, its limit. Try again later, or read changes(since:) now and then.`
      return { status: 503, code: 'UNAVAILABLE', message }
    },
    add(client: string) {
      total++
      counts.set(client, (counts.get(client) ?? 0) + 1)
    },
    remove(client: string) {
      total--
      const left = (counts.get(client) ?? 0) - 1
      if (left > 0) counts.set(client, left)
      else counts.delete(client)
    },
  }
}

const ONLY_EVENTS =
  'A subscription is answered by a stream of events that does not end; send the header "Accept: text/event-stream" to read one.'

/** A client without an Accept header waits for the end of an answer. `curl` accepts everything, and shows a stream as it arrives. */
const takesEvents = ({ request: { headers } }: Exchange) =>
  headers.accept !== undefined &&
  new Negotiator({ headers: { accept: headers.accept } }).mediaType(['text/event-stream']) !==
    undefined

async function stream(
  exchange: Exchange,
  operation: Operation,
  variables: Variables,
  options: StreamOptions,
): Promise<void> {
  const { response, log, requestId } = exchange
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  if (response.destroyed) gone.abort()
  const signal = AbortSignal.any([gone.signal, options.stopping])
  beginStream(exchange, HEADERS)
  const writer = createEventWriter(response, signal)
  try {
    await sendEvents(exchange, operation, variables, { ...options, signal, writer })
  } catch (error) {
    if (options.stopping.aborted)
      writer.end(': The server is stopping. Connect again with Last-Event-ID.\n\n')
    else if (!gone.signal.aborted) {
      log.warn({ err: error, requestId }, 'An event stream was cut off')
      const reason =
        error instanceof TooSlow
          ? new AppError('UNAVAILABLE', `${error.message} Connect again with Last-Event-ID.`)
          : (error as Error)
      writer.end(nextOf(toAnswer({ errors: [toGraphqlError(reason)] }, { log, requestId }).text))
    }
  } finally {
    gone.abort()
    logRequest(exchange, 200)
  }
}

const HEADERS = [
  ...['content-type', 'text/event-stream; charset=utf-8'],
  ...['cache-control', 'no-store, no-transform'],
  // Proxies such as nginx would otherwise buffer answers.
  ...['x-accel-buffering', 'no'],
]

interface Sending extends StreamOptions {
  signal: AbortSignal
  writer: EventWriter
}

async function sendEvents(
  exchange: Exchange,
  operation: Operation,
  variables: Variables,
  sending: Sending,
): Promise<void> {
  const { writer } = sending
  const newContext = contextsOf(exchange, sending)
  const { log, requestId } = exchange
  const textOf = (result: ExecutionResult) => nextOf(toAnswer(result, { log, requestId }).text)
  const subscribed: Subscribed = await operation.subscribe(newContext(), variables)
  if (!('events' in subscribed)) {
    writer.end(`${textOf(subscribed)}${COMPLETE}`)
    return
  }
  await writer.write(`retry: ${RETRY_MS}\n\n`)
  for await (const event of subscribed.events as AsyncIterable<StreamEvent<unknown>>) {
    const id = `id: ${event.id}\n`
    if (event.value === null) {
      await writer.write(`${id}\n`)
      continue
    }
    await writer.write(`${id}${textOf(await subscribed.execute(newContext(), event))}`)
  }
  writer.end(COMPLETE)
}

const nextOf = (text: string) => `event: next\ndata: ${text}\n\n`
const COMPLETE = 'event: complete\ndata:\n\n'

/** A new context for each event: values cached by loaders would be outdated for the next. */
function contextsOf(exchange: Exchange, sending: Sending) {
  const { db, createContext, timeoutMs, signal: ending } = sending
  const open = () => {
    const signal = AbortSignal.any([ending, AbortSignal.timeout(timeoutMs)])
    return db.within({ signal, deadlineAt: performance.now() + timeoutMs, request: exchange })
  }
  const scope: StreamScope = { lastEventId: lastEventIdOf(exchange), open, signal: ending }
  return () => ({ ...createContext(exchange, open()), stream: scope })
}

function lastEventIdOf({ request: { headers } }: Exchange): string | null {
  const given = headers['last-event-id']
  if (typeof given !== 'string' || given === '') return null
  return given.slice(0, LONGEST_EVENT_ID)
}
