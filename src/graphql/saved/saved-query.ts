import type { GraphQLResolveInfo } from 'graphql'
import { newestCursor } from '../../domain/changes/read.ts'
import { countSubscriptions } from '../../domain/digest/subscription.ts'
import type { Paper } from '../../domain/entity/paper.ts'
import { countPapers, NEWEST } from '../../domain/papers/list.ts'
import { SAVED_KINDS } from '../../domain/saved/document.ts'
import { changesOfSaved, isFoundBy, isNewSince } from '../../domain/saved/papers.ts'
import { findSavedQuery, type SavedQuery, saveQuery } from '../../domain/saved/saved-query.ts'
import { MOST_CHARACTERS } from '../../domain/search/query.ts'
import { and } from '../../sql/list.ts'
import { builder } from '../builder.ts'
import { ChangeKindEnum, ChangePageRef, changePageSize, MOST_CHANGES } from '../changes/change.ts'
import type { Context } from '../context.ts'
import { costs } from '../cost.ts'
import { enumOf } from '../enums.ts'
import { atMost } from '../input-limits.ts'
import { PaperConnection } from '../papers/connections.ts'
import type { Faceted } from '../papers/facets.ts'
import { PaperFilterInput } from '../papers/filter.ts'
import { allPapers, PaperOrderInput } from '../papers/list.ts'
import { assertSize, type Connection, type PageArguments, pageArgs } from '../relay/connection.ts'
import { search } from '../search/search.ts'
import { LatestConnection, latestOf } from './latest.ts'
import { limitSaving, SAVING_LIMIT } from './limit.ts'

const SavedQueryKindEnum = enumOf('SavedQueryKind', 'What a saved query is made of.', SAVED_KINDS, {
  papers: 'A search, a filter, or both: made by `saveQuery`.',
  paper: 'A paper: made by `followPaper`.',
  author: 'The papers of an author: made by `followAuthor`.',
  repository: 'The papers of a repository: made by `followRepository`.',
  bibliography: 'The papers of a bibliography: made by `followBibliography`.',
})

interface Feeds {
  /** Without the extension. */
  url: string
}

const FeedsRef = builder.objectRef<Feeds>('SavedQueryFeeds')
FeedsRef.implement({
  description: 'Feeds of a saved query, latest arrivals first.',
  fields: (t) => ({
    atom: t.field({
      type: 'URL',
      description: 'As Atom.',
      resolve: ({ url }) => `${url}.atom`,
    }),
    rss: t.field({ type: 'URL', description: 'As RSS 2.0.', resolve: ({ url }) => `${url}.rss` }),
    jsonFeed: t.field({
      type: 'URL',
      description: 'As JSON Feed.',
      resolve: ({ url }) => `${url}.json`,
    }),
  }),
})

interface Subscriptions {
  saved: SavedQuery
  /** URL for subscribing. */
  url: string
}

const SubscriptionsRef = builder.objectRef<Subscriptions>('SavedQuerySubscriptions')
SubscriptionsRef.implement({
  description: 'Digests of a saved query by mail. Subscribers are never listed.',
  fields: (t) => ({
    count: t.int({
      description: 'Number of confirmed subscriptions.',
      ...costs({ each: 2 }),
      resolve: ({ saved }, _, { db }) => countSubscriptions(db, saved),
    }),
    url: t.expose('url', { type: 'URL', description: 'Page with a form to subscribe to it.' }),
  }),
})

const COUNT = 60

export const SavedQueryRef = builder.objectRef<SavedQuery>('SavedQuery')
SavedQueryRef.implement({
  description:
    'A query that was saved. It never changes: its id is a hash of it, so that equal queries are one.',
  fields: (t) => ({
    id: t.exposeID('id', {
      description: 'The id: 32 hexadecimal digits, for `savedQuery(id:)`. Not an id of `node`.',
    }),
    kind: t.field({
      type: SavedQueryKindEnum,
      description: 'Whether it holds a query, or what it follows.',
      resolve: ({ document }) => document.kind,
    }),
    name: t.string({
      nullable: true,
      description: 'The name it was saved under; null when none was given.',
      resolve: ({ document }) => document.name,
    }),
    query: t.string({
      nullable: true,
      description: 'Search query in canonical form; null when it has none.',
      resolve: ({ document }) => (document.kind === 'papers' ? document.query : null),
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
      ...costs({ each: 100, list: { count: COUNT, facet: 100 } }),
      resolve: (saved, args, context, info) => papersOfSaved(saved, args, context, info),
    }),
    newPapers: t.field({
      type: PaperConnection.connection,
      description:
        'Papers that it finds now and that were added to the catalogue after `since`, latest additions first.',
      args: {
        ...pageArgs,
        since: t.arg.string({
          required: true,
          description:
            'A cursor of changes, such as `cursor` of this query: then each paper is new once, however imports overlap. Or an instant, such as `2026-11-28T08:00:00Z`, which is compared with `createdAt`.',
        }),
        until: t.arg.string({
          description:
            'A cursor of changes up to which papers are new, to pass as `since` the next time; all until now when absent.',
        }),
      },
      ...costs({ each: 100, list: { count: COUNT, facet: 100 } }),
      resolve: async ({ document }, { since, until, ...args }, context, info) => {
        const { db } = context
        const within = [await isFoundBy(db, document), await isNewSince(db, { since, until })]
        return allPapers(context, { ...args, order: LAST_COME }, info, and(within))
      },
    }),
    latest: t.field({
      type: LatestConnection.connection,
      description:
        'Papers that it finds now, latest arrivals first, as in its feeds. A paper arrives when it is added, or with an event before which the query cannot have found it, such as its first repository when the query asks for one.',
      args: pageArgs,
      ...costs({ each: 120, list: { count: COUNT, facet: 0 } }),
      resolve: ({ document }, args, context, info) => latestOf(document, args, context, info),
    }),
    count: t.int({
      description: 'Number of papers that it finds now. Counted only when selected.',
      ...costs({ each: COUNT }),
      resolve: async ({ document }, _, { db }) =>
        countPapers(db, {}, await isFoundBy(db, document)),
    }),
    changes: t.field({
      type: ChangePageRef,
      description:
        'What changed of the papers that it finds now, as `changes` of the query. Merges and deletions are included only for papers followed by `followPaper` and `followBibliography`.',
      args: {
        since: t.arg.string({
          description:
            'Only changes after this cursor; from the oldest change that is kept when absent.',
        }),
        kinds: t.arg({
          type: [ChangeKindEnum],
          description: 'Only changes of these kinds; all when absent.',
        }),
        first: t.arg.int({
          required: true,
          defaultValue: 100,
          description: `Page size, 0 to ${MOST_CHANGES}.`,
        }),
      },
      ...costs({ each: 40, size: changePageSize }),
      resolve: ({ document }, args, { db }) => {
        assertSize('first', args.first, MOST_CHANGES)
        return changesOfSaved(db, document, args)
      },
    }),
    cursor: t.string({
      description:
        'Current position in the log of changes, for `since` the next time. Read it before the papers, in an operation of its own, so that no paper is missed.',
      ...costs({ each: 1 }),
      resolve: (_, __, { db }) => newestCursor(db),
    }),
    feeds: t.field({
      type: FeedsRef,
      description: 'Its feeds.',
      resolve: ({ id }, _, { settings }) => ({ url: `${settings.publicUrl}/feeds/saved/${id}` }),
    }),
    subscriptions: t.field({
      type: SubscriptionsRef,
      description: 'Its digests by mail.',
      resolve: (saved, _, { settings }) => ({
        saved,
        url: `${settings.publicUrl}/subscribe?savedQuery=${saved.id}`,
      }),
    }),
  }),
})

const LAST_COME = { field: 'created', direction: 'desc' } as const

async function papersOfSaved(
  { document }: SavedQuery,
  args: PageArguments,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<Connection<Paper> & Faceted> {
  if (document.kind !== 'papers')
    return allPapers(
      context,
      { ...args, order: NEWEST },
      info,
      await isFoundBy(context.db, document),
    )
  const { query, filter, order } = document
  if (query === null) return allPapers(context, { ...args, filter, order }, info)
  const found = search(context, { ...args, query, mode: 'strict', filter, order }, info)
  // The cast is safe: the rows of each list fit its order, from which cursors are built.
  return found as Promise<unknown> as Promise<Connection<Paper> & Faceted>
}

/** Maximum length of the name of a saved query, in characters. */
export const LONGEST_NAME = 200

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
      ...atMost({ characters: LONGEST_NAME }),
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
    description: `Saves a query, or finds it saved. Equal queries have one id, whatever the order of keys and list entries, repeated entries and values that are the default. ${SAVING_LIMIT} Null only with an error.`,
    args: {
      input: t.arg({ type: SaveQueryInput, required: true, description: 'The query.' }),
    },
    resolve: async (_, { input }, context) => {
      await limitSaving(context)
      return saveQuery(context.db, input)
    },
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
