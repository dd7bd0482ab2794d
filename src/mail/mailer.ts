import { createHash } from 'node:crypto'
import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { once } from 'es-toolkit'
import { createTransport } from 'nodemailer'
import type { Config } from '../config.ts'
import { fileFault, makeFolders } from '../file-fault.ts'
import type { Logger } from '../log.ts'
import type { Delivery } from './delivery.ts'
import { readDkimKey } from './dkim-key.ts'
import { assertHeaderSafe, headersOf, type MailMessage } from './message.ts'
import { openSmtp, type SmtpSender } from './smtp.ts'

export type MailConfig = Config['mail']

/** Passes mails to the SMTP server, or writes them to a folder if there is none. */
export interface Mailer {
  /** Composes a message without sending it. Rejects for one that cannot be sent. */
  prepare(message: MailMessage): Promise<PreparedMail>
  /** Tries once. When the signal is aborted, a mail that is not under way is deferred. Never rejects. */
  send(mail: PreparedMail, signal?: AbortSignal): Promise<Delivery>
  /** Connects to the server and logs in; rejects with the error. */
  check(): Promise<void>
  /** The folder for mails; null if there is a server. */
  readonly folder: string | null
  close(): Promise<void>
}

/** A mail in its wire format. */
export interface PreparedMail {
  message: MailMessage
  raw: Buffer
}

/** Opens the transport for mails. It connects with the first mail, not before. */
export function openMailer(config: MailConfig, log: Logger): Mailer {
  const { smtpUrl, folder } = config
  if (smtpUrl === undefined) return writeTo(folder, config, log)
  return sendBy(openSmtp(smtpUrl), config)
}

function sendBy(smtp: SmtpSender, config: MailConfig): Mailer {
  return {
    folder: null,
    check: smtp.check,
    close: smtp.close,
    prepare: createComposer(config),
    send: ({ message, raw }, signal) =>
      smtp.send({ envelope: { from: config.bounceAddress, to: message.to }, raw }, signal),
  }
}

function writeTo(folder: string, config: MailConfig, log: Logger): Mailer {
  const tell = once(() => {
    log.warn({ folder }, 'SMTP_URL is not set: mails are written to a folder as .eml files')
  })
  return {
    folder,
    check: async () => {},
    close: async () => {},
    prepare: createComposer(config),
    async send({ message, raw }) {
      tell()
      const path = join(folder, `${fileName(message)}.eml`)
      try {
        await makeFolders(folder)
        const unfinished = `${path}.tmp`
        await writeFile(unfinished, raw, { mode: 0o600 })
        await rename(unfinished, path)
      } catch (error) {
        const { message: reason } = fileFault(path, 'written', error)
        return { outcome: 'deferred', reason, fault: 'server' }
      }
      return { outcome: 'accepted', reason: `written to ${path}` }
    },
  }
}

/** Sorts by time, is the same for each attempt, and does not contain the address. */
function fileName({ date, messageId }: MailMessage): string {
  const id = createHash('sha256').update(messageId).digest('hex').slice(0, 12)
  return `${date.toISOString().replaceAll(/[:.]/g, '-')}-${id}`
}

/** Returns a function that composes messages, signed if there is a key. */
function createComposer({ from, replyTo, dkim }: MailConfig) {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  let key: Promise<string> | undefined
  return async (message: MailMessage): Promise<PreparedMail> => {
    assertHeaderSafe(message)
    const { to, subject, html, text, messageId, date } = message
    if (dkim) key ??= readDkimKey(dkim.keyFile)
    const signature = dkim && {
      dkim: { domainName: dkim.domain, keySelector: dkim.selector, privateKey: await key },
    }
    const composed = await transport.sendMail({
      from,
      ...(replyTo && { replyTo }),
      to: { name: '', address: to },
      subject,
      html,
      text,
      messageId: `<${messageId}>`,
      date,
      headers: headersOf(message),
      disableFileAccess: true,
      disableUrlAccess: true,
      ...signature,
    })
    return { message, raw: composed.message as Buffer }
  }
}
