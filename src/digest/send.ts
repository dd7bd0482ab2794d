import pRetry from 'p-retry'
import { composeMail } from '../domain/digest/compose.ts'
import {
  beginSending,
  type ClaimedMail,
  claimMails,
  giveUpLost,
  type OutboxMail,
  planDigests,
} from '../domain/digest/outbox.ts'
import { type MailOutcome, recordOutcome } from '../domain/digest/outcome.ts'
import { AppError } from '../errors.ts'
import type { Logger } from '../log.ts'
import { STOPPED } from '../mail/delivery.ts'
import type { Mailer, PreparedMail } from '../mail/mailer.ts'
import { type MailSetup, messageOf } from './message.ts'

export interface SenderOptions extends MailSetup {
  mailer: Mailer
  log: Logger
  /** The clock that decides which mails are due. */
  now?: () => Date
  /** Ends the run: no further mail is started, and a mail whose transfer the server has not allowed to begin is left to the next run. */
  signal?: AbortSignal
  /** Maximum mails sent concurrently. Default 4. */
  atOnce?: number
}

/** Number of mails by outcome in one run. */
export type SendReport = Partial<Record<OutboxMail['state'] | 'planned' | 'lost', number>>

/** After this number of consecutive mails that failed because of the mail server, the run ends; the next run continues. */
const MOST_SERVER_FAULTS = 5
/** Mails that a worker claims at a time. */
const BATCH = 10

/** Plans due mails, and sends all that may be sent now. */
export async function sendDue(options: SenderOptions): Promise<SendReport> {
  const { db, log, now = () => new Date(), signal, atOnce = 4 } = options
  const report: SendReport = {}
  const lost = await giveUpLost(db, now())
  if (lost > 0) {
    report.lost = lost
    log.warn(
      { lost },
      'mails of a server that was lost: unknown whether they were taken; not sent again',
    )
  }
  for (let planned = 1; planned > 0 && !signal?.aborted; ) {
    planned = await planDigests(db, now())
    if (planned > 0) add(report, 'planned', planned)
  }
  const run = { options: { ...options, now }, report, faults: 0 }
  await Promise.all(Array.from({ length: atOnce }, () => work(run)))
  return report
}

interface Run {
  options: SenderOptions & { now: () => Date }
  report: SendReport
  /** Consecutive mails that failed because of the server. */
  faults: number
}

async function work(run: Run): Promise<void> {
  const { db, now, signal } = run.options
  const isOver = () => signal?.aborted || run.faults >= MOST_SERVER_FAULTS
  while (!isOver()) {
    const claimed = await claimMails(db, now(), BATCH)
    if (claimed.length === 0) return
    for (const [at, one] of claimed.entries()) {
      if (isOver()) return unclaim(run, claimed.slice(at))
      await sendOne(run, one)
    }
  }
}

async function sendOne(run: Run, claimed: ClaimedMail): Promise<void> {
  const { db, log, now, mailer, signal } = run.options
  const { mail } = claimed
  const prepared = await prepare(run, claimed)
  if (!prepared) return
  if (signal?.aborted) return unclaim(run, [claimed])
  // From here on, nobody tries this mail again, even if this process dies.
  if (!(await beginSending(db, mail))) return add(run.report, 'dropped')
  const delivery = await mailer.send(prepared, signal)
  run.faults = 'fault' in delivery && delivery.fault === 'server' ? run.faults + 1 : 0
  const state = await record(run, claimed, delivery, now())
  add(run.report, state)
  if (delivery.outcome !== 'accepted') tell(log, mail, state, delivery.reason)
}

/** Null for a mail that must not be sent, or cannot be sent now. */
async function prepare(run: Run, claimed: ClaimedMail): Promise<PreparedMail | null> {
  const { db, log, now, mailer } = run.options
  const { mail, subscription, subscriber } = claimed
  try {
    const composed = await composeMail(db, claimed, now())
    if (!composed) {
      add(run.report, 'empty')
      return null
    }
    const of = { mail, subscription, email: subscriber.email }
    return await mailer.prepare(await messageOf(run.options, of, composed, now()))
  } catch (error) {
    log.error({ err: error, mail: mail.id }, 'a mail could not be made')
    // For example, that its topic was hidden by an operator.
    const why = error instanceof AppError ? `: ${error.message}` : ''
    const notMade = { outcome: 'deferred', reason: `the mail could not be made${why}` } as const
    add(run.report, await record(run, claimed, notMade, now()))
    return null
  }
}

/** Records an outcome, with retries while the database is unavailable for some seconds: an unrecorded outcome counts as unknown. */
function record(run: Run, claimed: ClaimedMail, outcome: MailOutcome, at: Date) {
  const of = { mail: claimed.mail, subscriberId: claimed.subscriber.id }
  return pRetry(() => recordOutcome(run.options.db, of, outcome, at), { retries: 5 })
}

function tell(log: Logger, { id, attempts }: OutboxMail, state: string, reason: string): void {
  const line = { mail: id, attempt: attempts + 1, state, reason }
  if (state === 'unknown') log.warn(line, 'unknown whether a mail was taken; not sent again')
  else log.info(line, 'a mail was not taken')
}

/** Releases mails that were not started to other servers. */
async function unclaim(run: Run, claimed: ClaimedMail[]): Promise<void> {
  const outcome = run.options.signal?.aborted ? STOPPED : NOT_BEGUN
  for (const one of claimed) await record(run, one, outcome, run.options.now())
}

const NOT_BEGUN: MailOutcome = {
  outcome: 'deferred',
  reason: 'the run ended before',
  fault: 'server',
}

function add(report: SendReport, state: keyof SendReport, count = 1): void {
  report[state] = (report[state] ?? 0) + count
}
