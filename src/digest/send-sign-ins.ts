import { randomUUID } from 'node:crypto'
import { claimSignIn, recordSignInMail } from '../domain/access/sign-in.ts'
import type { Delivery } from '../mail/delivery.ts'
import { domainOf } from './message.ts'
import type { SenderOptions } from './send.ts'
import { renderSignIn } from './service-mail.ts'

/** Sends the due sign-in links. Returns the number of accepted mails and of others. */
export async function sendSignIns(options: SenderOptions): Promise<object> {
  const { db, log, mail, mailer, publicUrl, now = () => new Date(), signal } = options
  const report = { signIns: 0, signInsLeft: 0 }
  while (!signal?.aborted) {
    const due = await claimSignIn(db, now())
    if (!due) break
    const rendered = renderSignIn(`${publicUrl}/sign-in/${due.token}`)
    const messageId = `${randomUUID()}@${domainOf(mail.from)}`
    const delivery: Delivery = await mailer
      .prepare({ ...rendered, to: due.email, messageId, date: now() })
      .then((prepared) => mailer.send(prepared, signal))
      .catch((err: unknown) => {
        log.error({ err }, 'a mail to sign in could not be made')
        return { outcome: 'deferred', reason: 'it could not be made', fault: 'server' }
      })
    const isStopped = 'fault' in delivery && delivery.fault === 'stop'
    await recordSignInMail(db, due.signIn, isStopped ? 'stopped' : delivery.outcome, now())
    if (delivery.outcome === 'accepted') report.signIns++
    else {
      report.signInsLeft++
      log.info({ ...delivery }, 'a mail to sign in was not taken')
    }
  }
  return report.signIns + report.signInsLeft > 0 ? report : {}
}
