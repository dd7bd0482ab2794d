import type { RenderedMail } from '../../digest/digest-mail.ts'
import { previewDigest } from '../../digest/preview.ts'
import { sourceOf } from '../../domain/digest/source.ts'
import { DEFAULT_SIZE } from '../../domain/digest/subscription.ts'
import { builder } from '../builder.ts'
import { costs } from '../cost.ts'
import { PaperFilterInput } from '../papers/filter.ts'
import { DigestFrequencyEnum } from './subscription.ts'

const PreviewRef = builder.objectRef<RenderedMail>('DigestPreview')
PreviewRef.implement({
  description: 'A digest as it would be sent, with links to unsubscribe that lead nowhere.',
  fields: (t) => ({
    subject: t.exposeString('subject', { description: 'Subject of the mail.' }),
    html: t.exposeString('html', {
      description: 'The mail as HTML, at most 98 kB.',
      ...costs({ bytes: 40_000 }),
    }),
    text: t.exposeString('text', {
      description: 'The mail as plain text.',
      ...costs({ bytes: 20_000 }),
    }),
  }),
})

builder.queryField('digestPreview', (t) =>
  t.field({
    type: PreviewRef,
    nullable: true,
    ...costs({ each: 150 }),
    description:
      'The digest that a new subscriber would get now: of the last day, or of the last week. When nothing is new, it shows older papers. Null only with an error.',
    args: {
      frequency: t.arg({
        type: DigestFrequencyEnum,
        description: 'How often the digest comes. Default: DAILY.',
      }),
      savedQuery: t.arg.id({ description: 'Id of a saved query, whose new papers are shown.' }),
      filter: t.arg({
        type: PaperFilterInput,
        description: 'Conditions that trending papers must meet. Not together with `savedQuery`.',
      }),
      size: t.arg.int({ description: `Most papers, from 1 to 50. Default: ${DEFAULT_SIZE}.` }),
    },
    resolve: async (
      _,
      { frequency, savedQuery, filter, size },
      { db, settings: { publicUrl } },
    ) => {
      const source = await sourceOf(db, { savedQuery, filter })
      const chosen = {
        frequency: frequency ?? 'daily',
        ...{ weekday: 1, timeZone: 'UTC', hour: 8, emptyDays: 'tell' as const },
        size: size ?? DEFAULT_SIZE,
      }
      return previewDigest({ db, publicUrl }, source, chosen, new Date())
    },
  }),
)
