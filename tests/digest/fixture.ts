import sql from 'sql-template-tag'
import { loadConfig } from '../../src/config.ts'
import { transaction } from '../../src/db/transaction.ts'
import { type SendReport, sendDue } from '../../src/digest/send.ts'
import type { DigestSource } from '../../src/domain/digest/source.ts'
import {
  confirmSubscription,
  type SubscriptionSettings,
  subscribe,
} from '../../src/domain/digest/subscription.ts'
import type { PaperRecord } from '../../src/domain/record/paper-record.ts'
import { writeRecords } from '../../src/domain/write/catalogue.ts'
import { createLog } from '../../src/log.ts'
import { openMailer } from '../../src/mail/mailer.ts'
import { emptyCatalogue, paperRecord } from '../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'
import { type SmtpBehaviour, startSmtpServer, type TestSmtpServer } from '../helpers/smtp.ts'

const DAILY: SubscriptionSettings = {
  frequency: 'daily',
  weekday: 1,
  timeZone: 'UTC',
  hour: 8,
  size: 10,
  emptyDays: 'skip',
}

const BEGINNING = new Date('2026-03-01T00:00:00Z')

const PUBLIC_URL = 'https://papers.example.org'

/** A mail of the outbox. */
interface KeptMail {
  kind: string
  state: string
  date: string | null
  reason: string | null
  email: string
}

/** A database, a mail server and a clock that stands still until it is set. */
export interface DigestWorld {
  t: TestDatabase
  smtp: TestSmtpServer
  at: Date
  /** The behaviour of the mail server. */
  behave(address: string, attempt: number): SmtpBehaviour
  reset(): Promise<void>
  setClock(text: string): void
  /** Sends mails that are due by the clock. */
  send(): Promise<SendReport>
  /** Adds papers at the time of the clock. */
  addPapers(titles: string[], over?: Partial<PaperRecord>): Promise<void>
  ask(email: string, settings?: Partial<SubscriptionSettings>, source?: DigestSource): Promise<void>
  /** Requests a subscription, opens the mail and confirms; resolves to the token of that mail. */
  join(
    email: string,
    settings?: Partial<SubscriptionSettings>,
    source?: DigestSource,
  ): Promise<string>
  /** Mails of the outbox, the oldest first. */
  mails(): Promise<KeptMail[]>
  /** The digests of an address, without the line ends of quoted-printable. */
  digestsTo(email: string): string[]
  close(): Promise<void>
}

/**
 * Share one within a file, and `reset` it before each test. A mail server that is silent for `patienceMs` is given up; on a busy machine a
 * healthy one may take seconds.
 */
export async function createDigestWorld({ patienceMs = 60_000 } = {}): Promise<DigestWorld> {
  const t = await createTestDatabase()
  const smtp = await startSmtpServer((...attempt) => world.behave(...attempt))
  const log = createLog('silent')
  const { mail } = loadConfig({
    SMTP_URL: `${smtp.url}?socketTimeout=${patienceMs}`,
    MAIL_FROM: 'papers@example.org',
  })
  const mailer = openMailer(mail, log)
  let number = 0
  const world: DigestWorld = {
    t,
    smtp,
    at: BEGINNING,
    behave: () => 'accept',
    async reset() {
      await emptyCatalogue(t.db)
      await t.db.query(sql`delete from subscribers`)
      smtp.taken.length = 0
      smtp.attempts.clear()
      world.at = BEGINNING
      world.behave = () => 'accept'
    },
    setClock(text) {
      world.at = new Date(text)
    },
    send: () =>
      sendDue({ db: t.db, mail, publicUrl: PUBLIC_URL, mailer, log, now: () => world.at }),
    async addPapers(titles, over) {
      const records = titles.map((title) => {
        number++
        return paperRecord({ key: `${number}`, title, abstract: `About ${title}.`, ...over })
      })
      await transaction(t.url, (tx) => writeRecords(tx, records))
      const at = world.at.toISOString()
      await t.db.query(sql`update papers set created_at = ${at}::timestamptz
        where title = any(${titles}::text[])`)
    },
    async ask(email, settings = {}, source = { kind: 'trending', filter: {} }) {
      await subscribe(t.db, { email, source, settings: { ...DAILY, ...settings } }, world.at)
    },
    async join(email, settings, source) {
      await world.ask(email, settings, source)
      await world.send()
      const mail = smtp.taken.findLast(({ to }) => to === email)
      const token = tokenOf(mail?.raw ?? '')
      await confirmSubscription(t.db, token, world.at)
      return token
    },
    mails: () =>
      t.db.query(sql`
        select o.kind, o.state, o.local_date::text as date, o.reason, s.email from outbox o
        join subscriptions u on u.id = o.subscription_id join subscribers s on s.id = u.subscriber_id
        order by o.id`),
    digestsTo: (email) =>
      smtp.taken
        .filter(({ to, raw }) => to === email && raw.includes('List-Unsubscribe:'))
        .map(({ raw }) => unfolded(raw)),
    async close() {
      await mailer.close()
      await smtp.close()
      await t.close()
    },
  }
  return world
}

/** The token in the links of a mail. */
export const tokenOf = (raw: string): string =>
  /\/subscriptions\/([\w-]{43})/.exec(unfolded(raw))?.[1] ?? ''

const unfolded = (raw: string): string => raw.replaceAll('=\r\n', '')
