import {
  type CatalogueSource,
  listSources,
  sourceHomepage,
  sourceName,
} from '../../domain/entity/source.ts'
import { builder } from '../builder.ts'

const SourceRef = builder.objectRef<CatalogueSource>('Source')
SourceRef.implement({
  description:
    'Where data of this catalogue comes from: a source, under one licence. Licences such as CC BY ask that it is named where the data is shown.',
  fields: (t) => ({
    source: t.exposeString('source', { description: 'Its short name, such as `arxiv`.' }),
    name: t.string({
      description: 'Whom to name where the data is shown.',
      resolve: ({ source }) => sourceName(source),
    }),
    homepage: t.field({
      type: 'URL',
      nullable: true,
      description: 'Its home page; null when it has none, or none is known.',
      resolve: ({ source }) => sourceHomepage(source),
    }),
    licence: t.exposeString('licence', {
      nullable: true,
      description: 'SPDX id of the licence of its records; null when they state none.',
    }),
    recordCount: t.exposeInt('recordCount', {
      description:
        'Number of its records of papers; 0 for a source that only tells of people, topics or citations.',
    }),
    paperCount: t.exposeInt('paperCount', {
      description: 'Number of papers that were merged from its records, and maybe others.',
    }),
  }),
})

builder.queryField('sources', (t) =>
  t.field({
    type: [SourceRef],
    nullable: true,
    description:
      'What this catalogue is made of, the source of most records first. Null only with an error.',
    resolve: (_, __, { db }) => listSources(db),
  }),
)
