import { Readable } from 'node:stream'
import { parseConnectionUrl } from 'nodemailer/lib/shared'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { type Delivery, deliveryOf } from './delivery.ts'

/** A message as it goes over the wire. */
interface WireMessage {
  envelope: { from: string; to: string }
  raw: Buffer
}

export interface SmtpSender {
  send(message: WireMessage): Promise<Delivery>
  /** Connects and logs in; rejects with what is wrong. */
  check(): Promise<void>
  close(): Promise<void>
}

/** Below the defaults of nodemailer, but for the reply to a message, for which RFC 5321 gives servers ten minutes. */
const TIMEOUTS = { connectionTimeout: 30_000, greetingTimeout: 30_000, socketTimeout: 300_000 }

/** Servers end sessions with many messages. */
const MOST_PER_CONNECTION = 100

interface Session {
  connection: SMTPConnection
  sent: number
}

/**
 * Sends over connections that it keeps. Not nodemailer's pool: that queues a message again when its connection is lost, also
 * when the server may have taken it.
 */
export function openSmtp(url: string): SmtpSender {
  const { auth, ...given } = parseConnectionUrl(url)
  const options = { ...TIMEOUTS, ...given }
  const idle: Session[] = []

  async function open(): Promise<Session> {
    const connection = new SMTPConnection(options)
    // An idle session that the server ends is no error to anybody.
    connection.on('error', () => {})
    const forget = () => {
      const at = idle.findIndex((one) => one.connection === connection)
      if (at >= 0) idle.splice(at, 1)
    }
    connection.on('end', forget)
    try {
      await settled((done) => {
        connection.once('error', done)
        connection.connect(done)
      })
      if (auth) await settled((done) => connection.login({ ...auth, credentials: auth }, done))
    } catch (error) {
      connection.close()
      throw error
    }
    return { connection, sent: 0 }
  }

  async function release(session: Session, isUsable: boolean): Promise<void> {
    session.sent++
    if (!isUsable) return session.connection.close()
    if (session.sent >= MOST_PER_CONNECTION) return session.connection.quit()
    idle.push(session)
  }

  async function attempt(session: Session, { envelope, raw }: WireMessage): Promise<Delivery> {
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
      const { response } = await settled<{ response: string }>((done) =>
        session.connection.send({ ...envelope, size: raw.length }, content, done),
      )
      await release(session, true)
      return { outcome: 'accepted', reason: response }
    } catch (error) {
      await release(session, false)
      return deliveryOf(error as Error, isUnderWay)
    }
  }

  return {
    async send(message) {
      const kept = idle.pop()
      if (kept) {
        const delivery = await attempt(kept, message)
        // The server had ended the session meanwhile.
        if (delivery.outcome !== 'deferred' || delivery.fault === 'recipient') return delivery
      }
      try {
        return await attempt(await open(), message)
      } catch (error) {
        return deliveryOf(error as Error, false)
      }
    },
    async check() {
      const { connection } = await open()
      connection.quit()
    },
    async close() {
      for (const { connection } of idle.splice(0)) connection.quit()
    },
  }
}

type Done<T> = (error?: Error | null, result?: T) => void

function settled<T>(start: (done: Done<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    start((error, result) => (error ? reject(error) : resolve(result as T)))
  })
}
