import type { GraphQLResolveInfo } from 'graphql'
import type { Paper } from '../../domain/entity/paper.ts'
import { readFacet, readFacetByParent } from '../../domain/papers/facets.ts'
import {
  namesTopics,
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
  type Within,
} from '../../domain/papers/list.ts'
import { cutPage, isFromStart } from '../../sql/keyset.ts'
import type { ListRow, Source } from '../../sql/list.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import type { FieldCost } from '../cost.ts'
import { answeredBy } from '../plan/declare.ts'
import { rowSelectionOf } from '../plan/plan-rows.ts'
import {
  type Connection,
  NO_ROWS,
  type PageArguments,
  pageArgs,
  parsePage,
} from '../relay/connection.ts'
import { orderInput } from '../relay/order.ts'
import type { Faceted, FacetSource } from './facets.ts'
import { PaperFilterInput } from './filter.ts'

export const PaperOrderInput = orderInput('Paper', 'papers', {
  published: 'Day of publication; papers without a date sort as earliest.',
  citations: 'Number of citations.',
  stars: 'Largest number of stars among linked repositories.',
  upvotes: 'Number of upvotes: of the source with the most, and those in this catalogue.',
  rating:
    'Highest mean of review ratings; papers without ratings sort as lowest. Scales differ between venues: filter by `decisions`.',
  created: 'Time when the paper was added to this catalogue.',
  updated: '`updatedAt`: time of its newest entry in `changes`.',
  title: 'Title, ignoring case, accents and punctuation.',
  trending: 'Score in `trending(window: WEEK)`.',
})

/** The arguments of every list of papers. */
export const paperListArgs = builder.args((t) => ({
  ...pageArgs,
  filter: t.field({
    type: PaperFilterInput,
    description: 'Conditions that papers must meet; all papers when absent.',
  }),
  order: t.field({
    type: PaperOrderInput,
    description: 'Sort order; latest publication first when absent.',
  }),
}))

/** The arguments of the papers of a repository. */
export const linkedPaperListArgs = builder.args((t) => ({
  ...paperListArgs,
  isOfficial: t.boolean({
    description: 'true: only papers whose official code this is; false: only others.',
  }),
}))

interface PaperListArguments extends PageArguments, LinkFilter {
  filter?: PaperFilter | null | undefined
  order?: PaperOrder | null | undefined
}

/** The cost of a parent's field of papers, and how it is answered: a statement for a single parent includes its newest papers. */
export const paperListNeeds = (cost: FieldCost) =>
  answeredBy({ page: { relation: 'newestPapers', fits: isNewest, count: 'paperCount' } }, cost)

function isNewest({ filter, order, isOfficial }: PaperListArguments): boolean {
  const { field, direction } = order ?? NEWEST
  return (
    filter == null && isOfficial == null && field === NEWEST.field && direction === NEWEST.direction
  )
}

function read(args: PaperListArguments, info: GraphQLResolveInfo, within?: Within) {
  const { filter, order, isOfficial } = args
  const links = { isOfficial }
  const keyset = paperOrder(order ?? NEWEST)
  const page = parsePage(args, keyset)
  const selection = rowSelectionOf(info)
  // Built here too, so that an invalid filter is reported even if no rows are read.
  paperConditions(filter ?? {})
  const request = selection && {
    filter: filter ?? {},
    links,
    within,
    order: order ?? NEWEST,
    page,
    selection,
  }
  return { filter: filter ?? {}, links, keyset, request }
}

type PaperPage = Connection<Paper> & Faceted

/** Whether a list may be read before the names in its filter are looked up, because an unknown name makes it empty. */
function isReadUnresolved({ filter, order }: PaperListArguments): boolean {
  const { field } = order ?? NEWEST
  // Without the lookup of a topic's size, only the newest papers of a topic are fast to find.
  return (
    showsUnknownByEmptiness(filter ?? {}) && (!namesTopics(filter ?? {}) || field === NEWEST.field)
  )
}

/** The source of a page of all papers; null if names must be looked up first. */
export function pageOfAllPapers(args: PaperListArguments): Source | null {
  if (!isReadUnresolved(args)) return null
  const order = args.order ?? NEWEST
  return papersPage({ filter: args.filter ?? {}, order, page: parsePage(args, paperOrder(order)) })
}

/** All papers of the catalogue, or those in `within`, as a connection. */
export async function allPapers(
  { db }: Context,
  args: PaperListArguments,
  info: GraphQLResolveInfo,
  within?: Within,
): Promise<PaperPage> {
  const { filter, keyset, request } = read(args, info, within)
  const isLazy = !within && isReadUnresolved(args)
  const named = isLazy ? filter : await resolveNames(db, filter)
  const rows = request ? await readPapers(db, { ...request, filter: named }) : NO_ROWS
  if (isLazy && request && rows.rows.length === 0) await resolveNames(db, filter)
  const countAll = async () => {
    const count = await countPapers(db, named, within)
    if (isLazy && count === 0) await resolveNames(db, filter)
    return count
  }
  const facets = async (): Promise<FacetSource> => {
    if (isLazy && !request) await resolveNames(db, filter)
    return { filter: named, read: (one, kept) => readFacet(db, papersThat(kept, within), one) }
  }
  return { ...rows, order: keyset, countAll, facets }
}

interface PaperListParent {
  id: number
  /** Number of its papers, if known without counting. */
  paperCount?: number
  newestPapers?: ListRow[]
}

/** The papers of a parent as a connection; read for all parents of the query at once. */
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
  const facets = (shown = filter): FacetSource => ({
    filter: shown,
    // Through a fragment, one field node may belong to several lists; `path` distinguishes them.
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
  return { ...(rows ?? NO_ROWS), order: keyset, countAll, facets: () => facets(named) }
}
