import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'

/** The response of a server to a mail to one address. */
export type SmtpBehaviour =
  | 'accept'
  /** Refused with this code and text at RCPT TO. */
  | { reject: string }
  /** Refused with this code and text after the whole message. */
  | { rejectMessage: string }
  /** Silent from RCPT TO on. */
  | 'hang'
  /** Ends the connection at RCPT TO. */
  | 'drop'
  /** Accepts the message, and ends the connection instead of confirming it. */
  | 'dropAfterData'
  /** Accepts the message, and is silent afterwards. */
  | 'hangAfterData'
  /** Accepts the message after a delay, in milliseconds. */
  | { slow: number }

/** A message that a server accepted. */
interface TakenMail {
  to: string
  from: string
  raw: string
  messageId: string
}

export interface TestSmtpServer {
  url: string
  taken: TakenMail[]
  /** Number of attempts for each address. */
  attempts: Map<string, number>
  close(): Promise<void>
}

/** A real SMTP server on a free port. */
export async function startSmtpServer(
  behave: (address: string, attempt: number) => SmtpBehaviour = () => 'accept',
): Promise<TestSmtpServer> {
  const taken: TakenMail[] = []
  const attempts = new Map<string, number>()
  const behaviours = new WeakMap<object, SmtpBehaviour>()
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 100,
    onRcptTo({ address }, session, done) {
      const attempt = (attempts.get(address) ?? 0) + 1
      attempts.set(address, attempt)
      const behaviour = behave(address, attempt)
      behaviours.set(session, behaviour)
      if (typeof behaviour === 'object' && 'reject' in behaviour)
        return done(failure(behaviour.reject))
      if (behaviour === 'hang') return
      if (behaviour === 'drop') return dropped(server, session.id)
      done()
    },
    async onData(stream, session, done) {
      // Truncated because its sender was killed: nothing was accepted.
      const raw = await text(stream).catch(() => null)
      if (raw === null) return
      const behaviour = behaviours.get(session) ?? 'accept'
      if (typeof behaviour === 'object' && 'rejectMessage' in behaviour)
        return done(failure(behaviour.rejectMessage))
      const { mailFrom, rcptTo } = session.envelope
      const messageId = /^Message-ID: *<(.*)>/im.exec(raw)?.[1] ?? ''
      taken.push({
        to: rcptTo[0]?.address ?? '',
        from: mailFrom ? mailFrom.address : '',
        raw,
        messageId,
      })
      if (behaviour === 'dropAfterData') return dropped(server, session.id)
      if (behaviour === 'hangAfterData') return
      if (typeof behaviour === 'object' && 'slow' in behaviour)
        return setTimeout(done, behaviour.slow)
      done()
    },
  })
  server.on('error', () => {})
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    taken,
    attempts,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function failure(reply: string): Error {
  const [, code, said] = /^(\d{3}) ?(.*)/s.exec(reply) ?? []
  return Object.assign(new Error(said), { responseCode: Number(code) })
}

interface Connection {
  id: string
  _socket?: { destroy(): void }
}

function dropped(server: SMTPServer, id: string): void {
  const { connections } = server as unknown as { connections: Set<Connection> }
  for (const connection of connections) if (connection.id === id) connection._socket?.destroy()
}
