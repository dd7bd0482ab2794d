import type { GraphQLResolveInfo } from 'graphql'
import type { Paper } from '../../domain/entity/paper.ts'
import { findSavedQuery, type SavedQuery, saveQuery } from '../../domain/saved/saved-query.ts'
import { MOST_CHARACTERS } from '../../domain/search/query.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { costs } from '../cost.ts'
import { atMost } from '../input-limits.ts'
import { PaperConnection } from '../papers/connections.ts'
import type { Faceted } from '../papers/facets.ts'
import { allPapers, PaperFilterInput, PaperOrderInput } from '../papers/list.ts'
import { type Connection, type PageArguments, pageArgs } from '../relay/connection.ts'
import { search } from '../search/search.ts'

export const SavedQueryRef = builder.objectRef<SavedQuery>('SavedQuery')
SavedQueryRef.implement({
  description:
    'A query that was saved. It never changes: its id is a hash of it, so that equal queries are one.',
  fields: (t) => ({
    id: t.exposeID('id', {
      description: 'The id: 32 hexadecimal digits, for `savedQuery(id:)`. Not an id of `node`.',
    }),
    name: t.string({
      nullable: true,
      description: 'The name it was saved under; null when none was given.',
      resolve: ({ document }) => document.name,
    }),
    query: t.string({
      nullable: true,
      description:
        'What is searched for, in the query language, written in one way; null when only a filter decides.',
      resolve: ({ document }) => document.query,
    }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      description: 'Time when it was saved first.',
    }),
    papers: t.field({
      type: PaperConnection.connection,
      description:
        'The papers that it finds now, in its order. A query is searched for as in `search(mode: STRICT)`.',
      args: pageArgs,
      ...costs({ each: 100, list: { count: 60, facet: 100 } }),
      resolve: (saved, args, context, info) => papersOfSaved(saved, args, context, info),
    }),
  }),
})

function papersOfSaved(
  { document: { query, filter, order } }: SavedQuery,
  args: PageArguments,
  context: Context,
  info: GraphQLResolveInfo,
) {
  if (query === null) return allPapers(context, { ...args, filter, order }, info)
  const found = search(context, { ...args, query, mode: 'strict', filter, order }, info)
  // Cursors are made of the rows that come with their order.
  return found as Promise<unknown> as Promise<Connection<Paper> & Faceted>
}

const SaveQueryInput = builder.inputType('SaveQueryInput', {
  description:
    'A query to save. Conditions that are absent do not count; without any, it finds all papers.',
  fields: (t) => ({
    query: t.string({
      ...atMost({ characters: MOST_CHARACTERS }),
      description:
        'What to search for, as in `search(query:, mode: STRICT)`: a query that cannot be read is an error with its position.',
    }),
    filter: t.field({ type: PaperFilterInput, description: 'Conditions that papers must meet.' }),
    order: t.field({
      type: PaperOrderInput,
      description:
        'Sort order. When absent: by relevance with a query, otherwise latest publication first.',
    }),
    name: t.string({
      ...atMost({ characters: 200 }),
      description:
        'A name, for example as the title of its feed. It is part of the query: saved under another name, the query has another id.',
    }),
  }),
})

builder.mutationField('saveQuery', (t) =>
  t.field({
    type: SavedQueryRef,
    nullable: true,
    ...costs({ each: 20 }),
    description:
      'Saves a query, or finds it saved. Equal queries have one id, whatever the order of keys and list entries, repeated entries and values that are the default. Null only with an error.',
    args: {
      input: t.arg({ type: SaveQueryInput, required: true, description: 'The query.' }),
    },
    resolve: (_, { input }, { db }) => saveQuery(db, input),
  }),
)

builder.queryField('savedQuery', (t) =>
  t.field({
    type: SavedQueryRef,
    nullable: true,
    ...costs({ each: 1 }),
    description: 'The saved query with this id; null when there is none.',
    args: {
      id: t.arg.id({ required: true, description: 'Its id, as `saveQuery` returned it.' }),
    },
    resolve: (_, { id }, { db }) => findSavedQuery(db, id),
  }),
)
