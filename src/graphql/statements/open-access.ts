import { type OpenAccess, openAccessOf } from '../../domain/statements/open-access.ts'
import { builder } from '../builder.ts'
import { OpenAccessStatusEnum, TextVersionEnum } from '../enums.ts'
import { answeredBy } from '../plan/declare.ts'
import { PaperRef } from '../refs.ts'

const OpenAccessRef = builder.objectRef<OpenAccess>('OpenAccess')
OpenAccessRef.implement({
  description:
    'Whether everybody may read a paper, and the best place for it, as one source states.',
  fields: (t) => ({
    status: t.expose('status', { type: OpenAccessStatusEnum, description: 'How it is open.' }),
    url: t.expose('url', {
      type: 'URL',
      nullable: true,
      description:
        'Best place to read it for free: the PDF where there is one; null when not stated.',
    }),
    licence: t.exposeString('licence', {
      nullable: true,
      description:
        'Licence of the text at that place, as the source names it, such as `cc-by`; null when not stated. `Paper.licence` is that of the metadata.',
    }),
    version: t.expose('version', {
      type: TextVersionEnum,
      nullable: true,
      description: 'Version of the text at that place; null when not stated.',
    }),
    source: t.exposeString('source', { description: 'Short name of the source.' }),
  }),
})

builder.objectField(PaperRef, 'openAccess', (t) =>
  t.field({
    type: OpenAccessRef,
    nullable: true,
    description:
      'Open-access status and best location; null when no source states it, which does not mean that it is closed.',
    ...answeredBy({ one: 'openAccess' }),
    resolve: (paper) => openAccessOf(paper),
  }),
)
