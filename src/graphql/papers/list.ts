import type { GraphQLResolveInfo } from 'graphql'
import type { Paper } from '../../domain/entity/paper.ts'
import { readFacet, readFacetByParent } from '../../domain/papers/facets.ts'
import {
  type PaperFilter,
  paperConditions,
  resolveNames,
  showsUnknownByEmptiness,
} from '../../domain/papers/filter.ts'
import {
  countPapers,
  countPapersByParent,
  type LinkFilter,
  NEWEST,
  type PaperOrder,
  type PaperParent,
  paperOrder,
  papersOfParent,
  papersPage,
  papersThat,
  readPapers,
  readPapersByParent,
} from '../../domain/papers/list.ts'
import { cutPage, isFromStart } from '../../sql/keyset.ts'
import type { ListRow, Source } from '../../sql/list.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import type { FieldCost } from '../cost.ts'
import { PaperKindEnum } from '../enums.ts'
import { atMost } from '../input-limits.ts'
import { needs, rowSelectionOf } from '../plan/lookahead.ts'
import {
  type Connection,
  NO_ROWS,
  type PageArguments,
  pageArgs,
  parsePage,
} from '../relay/connection.ts'
import { orderInput } from '../relay/order.ts'
import type { Faceted, FacetSource } from './facets.ts'

const DateRangeInput = builder.inputType('DateRange', {
  description: 'A stretch of days, both ends included.',
  fields: (t) => ({
    from: t.field({ type: 'Date', description: 'First day; open when absent.' }),
    to: t.field({ type: 'Date', description: 'Last day; open when absent.' }),
  }),
})

const TopicFilterInput = builder.inputType('PaperTopicFilter', {
  description: 'Topics by their slugs. A slug that is not in the catalogue is an error.',
  fields: (t) => ({
    any: t.stringList({ description: 'The paper is about at least one of these.' }),
    all: t.stringList({ description: 'The paper is about every one of these.' }),
    none: t.stringList({ description: 'The paper is about none of these.' }),
    within: t.stringList({
      description: 'The paper is about at least one of these, or about a topic below one of them.',
    }),
  }),
})

export const PaperFilterInput = builder.inputType('PaperFilter', {
  description:
    'Which papers a list holds: those that meet all conditions given. The same on every list of papers.',
  fields: (t) => ({
    published: t.field({
      type: DateRangeInput,
      description:
        'Published in this stretch of days; a date known to the year counts as 1 January.',
    }),
    year: t.intList({ description: 'Published in one of these years; a single number will do.' }),
    topics: t.field({ type: TopicFilterInput, description: 'About these topics.' }),
    authors: t.stringList({
      description:
        'By at least one of these authors: ids, ORCID iDs, or other references that `author(ref:)` reads.',
    }),
    venues: t.stringList({ description: 'At one of these venues, by their slugs.' }),
    hasRepository: t.boolean({ description: 'With, or without, a linked code repository.' }),
    repositoryLanguage: t.stringList({
      description: 'With a repository mainly in one of these programming languages, in any case.',
    }),
    minCitations: t.int({ description: 'Cited at least so often.' }),
    minStars: t.int({ description: 'With a repository that has at least so many stars.' }),
    kind: t.field({ type: [PaperKindEnum], description: 'Of one of these kinds.' }),
    text: t.string({
      ...atMost({ characters: 1000 }),
      description:
        'With these words, in any form, in title or abstract. "Quoted words" stand together, `or` and `-` work as in web searches.',
    }),
  }),
})

export const PaperOrderInput = orderInput('Paper', 'papers', {
  published: 'Day of publication; papers without one are the earliest.',
  citations: 'Number of citations.',
  stars: 'Stars of the linked repository that has most.',
  created: 'When the paper came into this catalogue.',
  title: 'Title, without regard to case, accents and punctuation.',
})

/** The arguments of every list of papers. */
export const paperListArgs = builder.args((t) => ({
  ...pageArgs,
  filter: t.field({ type: PaperFilterInput, description: 'Which papers; all when absent.' }),
  order: t.field({
    type: PaperOrderInput,
    description: 'In which order; the latest published first when absent.',
  }),
}))

/** The arguments of the papers of a repository. */
export const linkedPaperListArgs = builder.args((t) => ({
  ...paperListArgs,
  isOfficial: t.boolean({
    description: 'Only papers of which it is, or is not, the code by their authors.',
  }),
}))

interface PaperListArguments extends PageArguments, LinkFilter {
  filter?: PaperFilter | null | undefined
  order?: PaperOrder | null | undefined
}

/** What a parent's field of papers needs: its newest are read in the statement of a single parent. */
export const paperListNeeds = (cost: FieldCost) =>
  needs({
    embeds: { relation: 'newestPapers', kind: 'connection', fits: isNewest, count: 'paperCount' },
    cost,
  })

function isNewest({ filter, order, isOfficial }: PaperListArguments): boolean {
  const { field, direction } = order ?? NEWEST
  return (
    filter == null && isOfficial == null && field === NEWEST.field && direction === NEWEST.direction
  )
}

function read(args: PaperListArguments, info: GraphQLResolveInfo) {
  const { filter, order, isOfficial } = args
  const links = { isOfficial }
  const keyset = paperOrder(order ?? NEWEST)
  const page = parsePage(args, keyset)
  const selection = rowSelectionOf(info)
  // Built here too so that what is wrong with a filter shows even where nothing would be read.
  paperConditions(filter ?? {})
  const request = selection && {
    filter: filter ?? {},
    links,
    order: order ?? NEWEST,
    page,
    selection,
  }
  return { filter: filter ?? {}, links, keyset, request }
}

type PaperPage = Connection<Paper> & Faceted

/** Whether a list may be read before the names in its filter are looked up: an unknown one shows by its emptiness. */
function isReadUnresolved({ filter, order }: PaperListArguments): boolean {
  const { field } = order ?? NEWEST
  // Only the newest papers of a topic are found without regard to how common it is.
  return showsUnknownByEmptiness(filter ?? {}) && (!filter?.topics || field === NEWEST.field)
}

/** Where a page of all papers comes from; null where names have to be looked up before. */
export function pageOfAllPapers(args: PaperListArguments): Source | null {
  if (!isReadUnresolved(args)) return null
  const order = args.order ?? NEWEST
  return papersPage({ filter: args.filter ?? {}, order, page: parsePage(args, paperOrder(order)) })
}

/** All papers of the catalogue as a connection. */
export async function allPapers(
  { db }: Context,
  args: PaperListArguments,
  info: GraphQLResolveInfo,
): Promise<PaperPage> {
  const { filter, keyset, request } = read(args, info)
  const isLazy = isReadUnresolved(args)
  const named = isLazy ? filter : await resolveNames(db, filter)
  const rows = request ? await readPapers(db, { ...request, filter: named }) : NO_ROWS
  if (isLazy && request && rows.rows.length === 0) await resolveNames(db, filter)
  const countAll = async () => {
    const count = await countPapers(db, named)
    if (isLazy && count === 0) await resolveNames(db, filter)
    return count
  }
  const facets = async (): Promise<FacetSource> => {
    if (isLazy && !request) await resolveNames(db, filter)
    return { filter: named, read: (one, kept) => readFacet(db, papersThat(kept), one) }
  }
  return { ...rows, order: keyset, countAll, facets }
}

interface PaperListParent {
  id: number
  /** How many papers it has, where that is known without counting. */
  paperCount?: number
  newestPapers?: ListRow[]
}

/** The papers of one parent as a connection; read for all parents of the query at once. */
export async function papersOf(
  kind: PaperParent,
  parent: PaperListParent,
  { db, loaders }: Context,
  args: PaperListArguments,
  info: GraphQLResolveInfo,
): Promise<PaperPage> {
  const { filter, links, keyset, request } = read(args, info)
  const { newestPapers, paperCount } = parent
  const count = (counted = filter) =>
    loaders
      .load(info, `${kind} count`, parent.id, (ids) =>
        countPapersByParent(db, kind, { filter: counted, links }, ids),
      )
      .then((found = 0) => found)
  const facets = (): FacetSource => ({
    filter,
    // The same field node may count for several lists, through a fragment: those are told apart by `info`.
    read: (one, kept, { path }) =>
      loaders
        .load(info, `${kind} ${path.prev?.key} ${path.key}`, parent.id, (ids) =>
          readFacetByParent(db, papersOfParent(kind, { filter: kept, links }), one, ids),
        )
        .then((values = []) => values),
  })
  if (newestPapers && request && isNewest(args) && isFromStart(request.page)) {
    const rows = cutPage(newestPapers as Paper[], request.page)
    return { ...rows, order: keyset, countAll: () => paperCount ?? count(), facets }
  }
  const named = await loaders.once(info, 'names', () => resolveNames(db, filter))
  const rows = request
    ? await loaders.load(info, kind, parent.id, (ids) =>
        readPapersByParent(db, kind, { ...request, filter: named }, ids),
      )
    : NO_ROWS
  const conditions = [...Object.values(filter), links.isOfficial]
  const isWhole = conditions.every((value) => value == null)
  const countAll = () => (isWhole ? paperCount : undefined) ?? count(named)
  return { ...(rows ?? NO_ROWS), order: keyset, countAll, facets }
}
