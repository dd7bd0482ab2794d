import { Readable } from 'node:stream'
import { parseConnectionUrl } from 'nodemailer/lib/shared'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { type Delivery, deliveryOf, STOPPED } from './delivery.ts'

/** A message in its wire format. */
interface WireMessage {
  envelope: { from: string; to: string }
  raw: Buffer
}

export interface SmtpSender {
  /** After the signal is aborted nothing new is started, and transfers that the server has not allowed to begin are given up. */
  send(message: WireMessage, signal?: AbortSignal): Promise<Delivery>
  /** Connects and logs in; rejects with the error. */
  check(): Promise<void>
  close(): Promise<void>
}

/** Shorter than nodemailer's defaults, except for the reply to a message, for which RFC 5321 allows servers ten minutes. */
const TIMEOUTS = { connectionTimeout: 30_000, greetingTimeout: 30_000, socketTimeout: 300_000 }

/** Servers end sessions after many messages. */
const MOST_PER_CONNECTION = 100

/** Time that a stop leaves to a transfer under way; after that, it is unknown whether the server accepted the message. */
const PATIENCE_AT_STOP_MS = 10_000

interface Session {
  connection: SMTPConnection
  sent: number
}

/**
 * Sends over reused connections. Not nodemailer's pool, which queues a message again when its connection is lost, even if the server may
 * have accepted it.
 */
export function openSmtp(url: string): SmtpSender {
  const server = parseConnectionUrl(url)
  const idle: Session[] = []
  return {
    async send(message, signal) {
      const kept = signal?.aborted ? undefined : idle.pop()
      if (kept) {
        const delivery = await attempt(kept, idle, message, signal)
        // The server had closed the session in the meantime.
        if (delivery.outcome !== 'deferred' || delivery.fault === 'recipient') return delivery
      }
      if (signal?.aborted) return STOPPED
      try {
        return await attempt(await open(server, idle, signal), idle, message, signal)
      } catch (error) {
        return signal?.aborted ? STOPPED : deliveryOf(error as Error, false)
      }
    },
    async check() {
      const { connection } = await open(server, idle)
      connection.quit()
    },
    async close() {
      for (const { connection } of idle.splice(0)) connection.quit()
    },
  }
}

/** Connects and logs in. A session that the server closes while idle is removed from `idle`. */
async function open(
  { auth, ...given }: ReturnType<typeof parseConnectionUrl>,
  idle: Session[],
  signal?: AbortSignal,
): Promise<Session> {
  const connection = new SMTPConnection({ ...TIMEOUTS, ...given })
  // The end of an idle session is not an error.
  connection.on('error', () => {})
  connection.on('end', () => {
    const at = idle.findIndex((one) => one.connection === connection)
    if (at >= 0) idle.splice(at, 1)
  })
  try {
    const connected = settled((done) => {
      connection.once('error', done)
      connection.connect(done)
    })
    await endedBy(signal, connected)
    const login = (done: Done<unknown>) => connection.login({ ...auth, credentials: auth }, done)
    if (auth) await endedBy(signal, settled(login))
  } catch (error) {
    connection.close()
    throw error
  }
  return { connection, sent: 0 }
}

/** Keeps a session for the next message if it is usable. */
function release(session: Session, idle: Session[], isUsable: boolean): void {
  session.sent++
  if (!isUsable) session.connection.close()
  else if (session.sent >= MOST_PER_CONNECTION) session.connection.quit()
  else idle.push(session)
}

async function attempt(
  session: Session,
  idle: Session[],
  { envelope, raw }: WireMessage,
  signal: AbortSignal | undefined,
): Promise<Delivery> {
  let isUnderWay = false
  // Read only when the server has agreed to take the message.
  const content = new Readable({
    read() {
      isUnderWay = true
      this.push(raw)
      this.push(null)
    },
  })
  try {
    const answered = settled<{ response: string }>((done) =>
      session.connection.send({ ...envelope, size: raw.length }, content, done),
    )
    const patience = () => (isUnderWay ? PATIENCE_AT_STOP_MS : 0)
    const { response } = await endedBy(signal, answered, patience)
    release(session, idle, true)
    return { outcome: 'accepted', reason: response }
  } catch (error) {
    release(session, idle, false)
    if (signal?.aborted && !isUnderWay) return STOPPED
    return deliveryOf(error as Error, isUnderWay)
  }
}

type Done<T> = (error?: Error | null, result?: T) => void

function settled<T>(start: (done: Done<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    start((error, result) => (error ? reject(error) : resolve(result as T)))
  })
}

/** The promise; after the signal is aborted, it rejects once the grace period has passed. */
async function endedBy<T>(
  signal: AbortSignal | undefined,
  promise: Promise<T>,
  patienceMs = () => 0,
): Promise<T> {
  if (!signal) return promise
  let timer: NodeJS.Timeout | undefined
  let onAbort = () => {}
  const ended = new Promise<never>((_, reject) => {
    const end = () => reject(new Error('paperql was stopped, and the server did not answer'))
    onAbort = () => {
      const ms = patienceMs()
      if (ms > 0) timer = setTimeout(end, ms)
      else end()
    }
    if (signal.aborted) onAbort()
    else signal.addEventListener('abort', onAbort, { once: true })
  })
  try {
    return await Promise.race([promise, ended])
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
  }
}
