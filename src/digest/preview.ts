import { dayOf } from '../day.ts'
import type { Database } from '../db/client.ts'
import { digestCandidates, withEvents } from '../domain/digest/content.ts'
import { eventsOf } from '../domain/digest/events.ts'
import { digestPapersByIds } from '../domain/digest/papers.ts'
import type { DigestSource } from '../domain/digest/source.ts'
import {
  checkSettings,
  firstNews,
  type SubscriptionSettings,
} from '../domain/digest/subscription.ts'
import { type RenderedMail, renderDigest } from './digest-mail.ts'
import { linksOf } from './links.ts'
import { aboutOf } from './message.ts'

/** Takes the place of a mail's token. */
const NO_TOKEN = 'preview'

/** The digest that would be sent now. If there are no new papers it shows older ones, so that there is something to see. */
export async function previewDigest(
  { db, publicUrl }: { db: Database; publicUrl: string },
  source: DigestSource,
  settings: SubscriptionSettings,
  now: Date,
): Promise<RenderedMail> {
  const { frequency, size } = checkSettings(settings)
  const newsSince = firstNews(settings, now)
  const news = withEvents(
    await digestCandidates(db, source, { frequency, newsSince }),
    await eventsOf(db, source, newsSince),
  )
  const found =
    news.length > 0
      ? news
      : await digestCandidates(db, source, { frequency, newsSince: new Date(0) })
  const items = found.slice(0, size)
  const papers = await digestPapersByIds(
    db,
    items.map(({ paperId }) => paperId),
  )
  return renderDigest({
    ...{ frequency, items, papers, publicUrl },
    day: dayOf(now.getTime()),
    about: await aboutOf(db, { source, ...settings }),
    moreCount: found.length - items.length,
    links: linksOf(publicUrl, NO_TOKEN),
  })
}
