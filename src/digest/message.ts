import type { Config } from '../config.ts'
import type { Database } from '../db/client.ts'
import type { ComposedMail } from '../domain/digest/compose.ts'
import type { DigestItem } from '../domain/digest/content.ts'
import type { OutboxMail } from '../domain/digest/outbox.ts'
import { digestPapersByIds } from '../domain/digest/papers.ts'
import { type DigestSource, readSource } from '../domain/digest/source.ts'
import { CONFIRM_HOURS, type Subscription } from '../domain/digest/subscription.ts'
import type { MailMessage } from '../mail/message.ts'
import { describeSchedule, type Schedule } from './describe.ts'
import { type RenderedMail, renderDigest } from './digest-mail.ts'
import { linksOf } from './links.ts'
import { renderConfirmation, renderReminder } from './service-mail.ts'

/** What rendering a mail needs. */
export interface MailSetup {
  db: Database
  mail: Config['mail']
  publicUrl: string
}

/** Creates the mail to a subscriber. */
export async function messageOf(
  setup: MailSetup,
  { mail, subscription, email }: { mail: OutboxMail; subscription: Subscription; email: string },
  composed: ComposedMail,
  now: Date,
): Promise<MailMessage> {
  const rendered = await renderMail(setup, { mail, subscription }, composed)
  const { from, bounceAddress } = setup.mail
  const links = linksOf(setup.publicUrl, composed.token)
  return {
    ...rendered,
    to: email,
    messageId: `${mail.messageKey}@${domainOf(from)}`,
    date: now,
    ...(mail.kind === 'digest' && {
      listId: `digest.${new URL(setup.publicUrl).hostname}`,
      unsubscribe: {
        url: links.unsubscribe,
        mailto: `mailto:${bounceAddress}?subject=unsubscribe%20${composed.token}`,
      },
    }),
  }
}

/** Renders the content of a mail, to send it or to show it in a browser. */
export async function renderMail(
  { db, publicUrl }: Pick<MailSetup, 'db' | 'publicUrl'>,
  { mail, subscription }: { mail: OutboxMail; subscription: Subscription },
  {
    items,
    moreCount,
    token,
  }: Pick<ComposedMail, 'moreCount' | 'token'> & { items: readonly DigestItem[] },
): Promise<RenderedMail> {
  const about = await aboutOf(db, subscription)
  const links = linksOf(publicUrl, token)
  if (mail.kind === 'confirm') return renderConfirmation(about, links, CONFIRM_HOURS)
  if (mail.kind === 'known') return renderReminder(about, links)
  const papers = await digestPapersByIds(
    db,
    items.map(({ paperId }) => paperId),
  )
  const day = mail.localDate ?? mail.dueAt.slice(0, 10)
  const { frequency } = subscription
  return renderDigest({ day, frequency, about, items, papers, moreCount, links, publicUrl })
}

/** A subscription in words: `trending papers, every day at 08:00 (UTC)`. */
export async function aboutOf(
  db: Database,
  { source, ...schedule }: Pick<Subscription, 'source' | keyof Schedule>,
): Promise<string> {
  const { label } = await readSource(db, source as DigestSource)
  return `${label}, ${describeSchedule(schedule)}`
}

/** The domain of an address, with or without a display name. */
export const domainOf = (from: string) => from.slice(from.lastIndexOf('@') + 1).replace(/>$/, '')
