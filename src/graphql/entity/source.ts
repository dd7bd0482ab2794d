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
    'A source of data under one licence. Licences such as CC BY require you to credit it where you show the data.',
  fields: (t) => ({
    source: t.exposeString('source', { description: 'Short name, such as `arxiv`.' }),
    name: t.string({
      description: 'Name to credit when you show the data.',
      resolve: ({ source }) => sourceName(source),
    }),
    homepage: t.field({
      type: 'URL',
      nullable: true,
      description: 'Home page; null when unknown.',
      resolve: ({ source }) => sourceHomepage(source),
    }),
    licence: t.exposeString('licence', {
      nullable: true,
      description: 'SPDX id of the licence of its records; null when not stated.',
    }),
    recordCount: t.exposeInt('recordCount', {
      description:
        'Number of its paper records; 0 for sources of authors, topics or citations only.',
    }),
    paperCount: t.exposeInt('paperCount', {
      description: 'Number of papers with at least one of its records.',
    }),
  }),
})

builder.queryField('sources', (t) =>
  t.field({
    type: [SourceRef],
    nullable: true,
    description: 'Sources of this catalogue, most records first. Null only with an error.',
    resolve: (_, __, { db }) => listSources(db),
  }),
)
