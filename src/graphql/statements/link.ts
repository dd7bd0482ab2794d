import { LINK_KINDS } from '../../db/tables/vocabulary.ts'
import { linksOf, type PaperLink } from '../../domain/statements/link.ts'
import { builder } from '../builder.ts'
import { LinkKindEnum } from '../enums.ts'
import { answeredBy } from '../plan/declare.ts'
import { PaperRef } from '../refs.ts'
import { ofKinds } from './kinds.ts'

const PaperLinkRef = builder.objectRef<PaperLink>('PaperLink')
PaperLinkRef.implement({
  description: 'A page or file about a paper. Repositories of code are in `Paper.repositories`.',
  fields: (t) => ({
    kind: t.expose('kind', {
      type: LinkKindEnum,
      description:
        'What it leads to, as the source, the host of the URL or the words before it say.',
    }),
    url: t.expose('url', { type: 'URL', description: 'Its address.' }),
    label: t.exposeString('label', {
      nullable: true,
      description: 'What the source calls it; null where that says no more than `kind`.',
    }),
    source: t.exposeString('source', {
      description: 'Short name of the source that states it; of several the first by precedence.',
    }),
  }),
})

builder.objectField(PaperRef, 'links', (t) =>
  t.field({
    type: [PaperLinkRef],
    description: `Pages and files about it besides code: PDF, supplement, video, slides, poster, project page, demo, space, model, dataset, in this order; each address once. From records, daily lists and the abstract.`,
    args: {
      kind: t.arg({
        type: [LinkKindEnum],
        description: `Only links of these kinds; all ${LINK_KINDS.length} kinds when absent.`,
      }),
    },
    ...answeredBy({ list: 'links' }, { size: 2 }),
    resolve: (paper, { kind }) => ofKinds(linksOf(paper), kind),
  }),
)
