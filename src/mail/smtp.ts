import { Readable } from 'node:stream'
import { parseConnectionUrl } from 'nodemailer/lib/shared'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { type Delivery, deliveryOf, STOPPED } from './delivery.ts'

/** A message as it goes over the wire. */
interface WireMessage {
  envelope: { from: string; to: string }
  raw: Buffer
}

export interface SmtpSender {
  /** Once the signal is aborted nothing is begun, and what the server has not let begin is given up. */
  send(message: WireMessage, signal?: AbortSignal): Promise<Delivery>
  /** Connects and logs in; rejects with what is wrong. */
  check(): Promise<void>
  close(): Promise<void>
}

/** Below the defaults of nodemailer, but for the reply to a message, for which RFC 5321 gives servers ten minutes. */
const TIMEOUTS = { connectionTimeout: 30_000, greetingTimeout: 30_000, socketTimeout: 300_000 }

/** Servers end sessions with many messages. */
const MOST_PER_CONNECTION = 100

/** How long a server may still take for a message that is under way when paperql is stopped: afterwards it is unknown whether it took it. */
const PATIENCE_AT_STOP_MS = 10_000

interface Session {
  connection: SMTPConnection
  sent: number
}

/**
 * Sends over connections that it keeps. Not nodemailer's pool: that queues a message again when its connection is lost, also
 * when the server may have taken it.
 */
export function openSmtp(url: string): SmtpSender {
  const server = parseConnectionUrl(url)
  const idle: Session[] = []
  return {
    async send(message, signal) {
      const kept = signal?.aborted ? undefined : idle.pop()
      if (kept) {
        const delivery = await attempt(kept, idle, message, signal)
        // The server had ended the session meanwhile.
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

/** Connects and logs in. A session that the server ends while it is idle leaves `idle`. */
async function open(
  { auth, ...given }: ReturnType<typeof parseConnectionUrl>,
  idle: Session[],
  signal?: AbortSignal,
): Promise<Session> {
  const connection = new SMTPConnection({ ...TIMEOUTS, ...given })
  // An idle session that the server ends is no error to anybody.
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

/** Keeps a session for the next message where it can be used for one. */
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
  // Read when the server has agreed to take the message, not before.
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

/** The promise, which is rejected once the signal is aborted and the patience that there is then has passed. */
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
