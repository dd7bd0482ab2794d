import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import type { Config } from '../config.ts'
import { badInput } from '../errors.ts'
import type { Logger } from '../log.ts'
import type { Delivery } from './delivery.ts'
import { assertHeaderSafe, headersOf, type MailMessage } from './message.ts'
import { openSmtp, type SmtpSender } from './smtp.ts'

export type MailConfig = Config['mail']

/** Hands mails to the SMTP server, or writes them to a folder where there is none. */
export interface Mailer {
  /** Tries once; never rejects for what the server does. */
  send(message: MailMessage): Promise<Delivery>
  /** Connects to the server and logs in; rejects with what is wrong. */
  check(): Promise<void>
  /** The folder that gets the mails; null with a server. */
  readonly folder: string | null
  close(): Promise<void>
}

/** Opens what mails go out by. Connects with the first mail, not before. */
export function openMailer(config: MailConfig, log: Logger): Mailer {
  const { smtpUrl, folder } = config
  if (smtpUrl === undefined) {
    log.warn({ folder }, 'SMTP_URL is not set: mails are written to a folder as .eml files')
    return writeTo(folder, config)
  }
  return sendBy(openSmtp(smtpUrl), config)
}

function sendBy(smtp: SmtpSender, config: MailConfig): Mailer {
  const compose = createComposer(config)
  return {
    folder: null,
    check: smtp.check,
    close: smtp.close,
    async send(message) {
      const raw = await compose(message)
      return smtp.send({ envelope: { from: config.bounceAddress, to: message.to }, raw })
    },
  }
}

function writeTo(folder: string, config: MailConfig): Mailer {
  const compose = createComposer(config)
  return {
    folder,
    check: async () => {},
    close: async () => {},
    async send(message) {
      const raw = await compose(message)
      await mkdir(folder, { recursive: true })
      const path = join(folder, `${fileName(message)}.eml`)
      const unfinished = `${path}.tmp`
      await writeFile(unfinished, raw, { mode: 0o600 })
      await rename(unfinished, path)
      return { outcome: 'accepted', reason: `written to ${path}` }
    },
  }
}

/** In the order of time; the same for each attempt of one mail, and without the address. */
function fileName({ date, messageId }: MailMessage): string {
  const id = createHash('sha256').update(messageId).digest('hex').slice(0, 12)
  return `${date.toISOString().replaceAll(/[:.]/g, '-')}-${id}`
}

/** Makes of messages what goes over the wire, signed where there is a key. */
function createComposer({ from, replyTo, dkim }: MailConfig) {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  let key: Promise<string> | undefined
  return async (message: MailMessage): Promise<Buffer> => {
    assertHeaderSafe(message)
    const { to, subject, html, text, messageId, date } = message
    if (dkim) key ??= readKey(dkim.keyFile)
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
    return composed.message as Buffer
  }
}

async function readKey(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw badInput(`DKIM_KEY_FILE: ${file} cannot be read; expected a file with a private key.`, {
      cause,
    })
  }
}
