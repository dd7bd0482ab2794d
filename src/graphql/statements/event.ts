import { eventsOf, type PaperEvent } from '../../domain/statements/event.ts'
import { builder } from '../builder.ts'
import { DatePrecisionEnum, EventKindEnum } from '../enums.ts'
import { answeredBy } from '../plan/declare.ts'
import { PaperRef } from '../refs.ts'
import { ofKinds } from './kinds.ts'

const PaperEventRef = builder.objectRef<PaperEvent>('PaperEvent')
PaperEventRef.implement({
  description: 'A version of a paper, or a notice about it, as sources state it.',
  fields: (t) => ({
    kind: t.expose('kind', { type: EventKindEnum, description: 'What happened.' }),
    on: t.expose('happenedOn', {
      type: 'Date',
      nullable: true,
      description:
        'Day of the version or of the notice, in UTC; parts beyond `precision` are 01. Null when no source names it.',
    }),
    precision: t.expose('precision', {
      type: DatePrecisionEnum,
      nullable: true,
      description: 'Precision of `on`; null without it.',
    }),
    number: t.exposeInt('number', {
      nullable: true,
      description: 'Number of a version, from 1; null for other kinds and when not stated.',
    }),
    reason: t.exposeString('reason', {
      nullable: true,
      description: 'Why, as the source words it; null when not stated.',
    }),
    notice: t.expose('notice', {
      type: 'URL',
      nullable: true,
      description: 'Page of the notice, or of the version; null when not stated.',
    }),
    sources: t.exposeStringList('sources', {
      description: 'Short names of the sources that state it.',
    }),
  }),
})

builder.objectField(PaperRef, 'events', (t) =>
  t.field({
    type: [PaperEventRef],
    description:
      'Versions of a preprint, and notices about the paper such as retractions and corrections, latest first. Statements of several sources about one version or notice are one event.',
    args: {
      kind: t.arg({
        type: [EventKindEnum],
        description: 'Only events of these kinds; all when absent.',
      }),
    },
    ...answeredBy({ list: 'events' }, { size: 2 }),
    resolve: (paper, { kind }) => ofKinds(eventsOf(paper), kind),
  }),
)
