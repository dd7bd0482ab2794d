import type { ObjectRef } from '@pothos/core'
import { badInput } from '../../errors.ts'
import {
  cutPage,
  decodeCursor,
  encodeCursor,
  isFromStart,
  type KeysetOrder,
  type Page,
  type PageRows,
} from '../../sql/keyset.ts'
import { READ_AHEAD } from '../../sql/selection.ts'
import { builder, type Types } from '../builder.ts'
import { atMost } from '../input-limits.ts'
import { DEFAULT_PAGE, DEFAULT_TOP, MOST_ROWS } from '../page-size.ts'
import { answeredBy } from '../plan/declare.ts'

/** A page of a list, the source of a connection type. */
export interface Connection<Row> extends PageRows<Row> {
  order: KeysetOrder<Row>
  /** Called only when `totalCount` is selected. */
  countAll: () => Promise<number> | number
}

export interface Edge<Row> {
  row: Row
  order: KeysetOrder<Row>
}

/** The arguments that select a page. */
export interface PageArguments {
  first?: number | null | undefined
  after?: string | null | undefined
  last?: number | null | undefined
  before?: string | null | undefined
}

/** Throws BAD_USER_INPUT if the size is out of range. */
export function assertSize(
  argument: string,
  size: number | null | undefined,
  most = MOST_ROWS,
): void {
  if (size != null && (size < 0 || size > most))
    throw badInput(`${argument}: ${size} is out of range; expected 0 to ${most}.`)
}

/** The argument of a list without pages; `assertSize` checks it. */
export const topArgs = builder.args((t) => ({
  first: t.int({
    required: true,
    defaultValue: DEFAULT_TOP,
    description: `Page size from the start of the list, 0 to ${MOST_ROWS}.`,
  }),
}))

/** A cursor contains the values that order the list, such as a title. */
const CURSOR = { characters: 6000 }

/** The four arguments of every connection. */
export const pageArgs = builder.args((t) => ({
  first: t.int({
    description: `Page size from the start of the list, 0 to ${MOST_ROWS}. ${DEFAULT_PAGE} when neither this nor \`last\` is given.`,
  }),
  after: t.string({
    description: "Return entries after this cursor (`endCursor` or an edge's `cursor`).",
    ...atMost(CURSOR),
  }),
  last: t.int({
    description: `Page size from the end of the list, 0 to ${MOST_ROWS}. Cannot be combined with \`first\`.`,
  }),
  before: t.string({
    description: "Return entries before this cursor (`startCursor` or an edge's `cursor`).",
    ...atMost(CURSOR),
  }),
}))

/** Parses the arguments of a connection. Throws BAD_USER_INPUT with the invalid one. */
export function parsePage(args: PageArguments, order: KeysetOrder<never>): Page {
  const { first, last, after, before } = args
  if (first != null && last != null)
    throw badInput(`first: ${first} and last: ${last} exclude each other; expected one of them.`)
  assertSize('first', first)
  assertSize('last', last)
  return {
    limit: first ?? last ?? DEFAULT_PAGE,
    from: last == null ? 'start' : 'end',
    after: after == null ? null : decodeCursor(order, after, 'after'),
    before: before == null ? null : decodeCursor(order, before, 'before'),
  }
}

/**
 * A page of a short list: cut from the rows embedded in the parent if they cover it, otherwise from `load`, which reads the page for all
 * parents at once.
 */
export function shortConnection<Row>(options: {
  order: KeysetOrder<Row>
  page: Page
  embedded: Row[] | undefined
  load: () => Promise<PageRows<Row> | undefined>
  countAll: () => Promise<number> | number
}): Connection<Row> | Promise<Connection<Row>> {
  const { order, page, embedded, load, countAll } = options
  if (embedded && isFromStart(page)) return { ...cutPage(embedded, page), order, countAll }
  return load().then((rows = NO_ROWS) => ({ ...rows, order, countAll }))
}

/** The page of a list whose rows are not selected. */
export const NO_ROWS = { rows: [], hasNextPage: false, hasPreviousPage: false }

const PageInfoRef = builder.objectRef<Connection<unknown>>('PageInfo')
PageInfoRef.implement({
  description: 'Position of a page in its list.',
  fields: (t) => ({
    hasNextPage: t.boolean({
      ...answeredBy({ part: { is: 'hasNextPage' } }),
      description:
        'Whether there are entries after this page. When paging backwards: whether `before` was given.',
      resolve: ({ hasNextPage }) => hasNextPage,
    }),
    hasPreviousPage: t.boolean({
      ...answeredBy({ part: { is: 'hasPreviousPage' } }),
      description:
        'Whether there are entries before this page. When paging forwards: whether `after` was given.',
      resolve: ({ hasPreviousPage }) => hasPreviousPage,
    }),
    startCursor: t.string({
      ...answeredBy({ part: { is: 'startCursor' } }, { bytes: 60 }),
      nullable: true,
      description: 'Cursor of the first entry; null when the page is empty.',
      resolve: ({ rows, order }) => cursorOf(order, rows[0]),
    }),
    endCursor: t.string({
      ...answeredBy({ part: { is: 'endCursor' } }, { bytes: 60 }),
      nullable: true,
      description: 'Cursor of the last entry, for `after`; null when the page is empty.',
      resolve: ({ rows, order }) => cursorOf(order, rows.at(-1)),
    }),
  }),
})

function cursorOf(order: KeysetOrder<unknown>, row: unknown): string | null {
  return row === undefined ? null : encodeCursor(order, row)
}

interface ConnectionTypeOptions<Node, Row> {
  /** Name of the connection type, without `Connection`. */
  name: string
  /** Name of the edge type. Default `<name>Edge`. */
  edgeName?: string
  /** Plural of the entries, for descriptions. */
  plural: string
  node: ObjectRef<Types, Node>
  /** The relation of a row that holds its node; absent if the row is the node. */
  through?: keyof Row & string
  /** Columns that the cursor of a row needs, in case the query does not select them. */
  cursorReads?: readonly string[]
}

/**
 * Creates the connection type and the edge type of a list. Fields about the link are added to the edge type with `builder.objectFields`;
 * the members of `Extra`, about the list, to the connection type.
 */
export function connectionType<Node, Row = Node, Extra = unknown>(
  options: ConnectionTypeOptions<Node, Row>,
) {
  const edge = edgeType(options)
  return { connection: pageType<Node, Row, Extra>(options, edge), edge }
}

/** The plan's path from a row to its node. */
const linkOf = (through: string | undefined) => (through === undefined ? {} : { through })

function edgeType<Node, Row>(options: ConnectionTypeOptions<Node, Row>) {
  const { name, edgeName = `${name}Edge`, plural, node, through, cursorReads = [] } = options
  const edge = builder.objectRef<Edge<Row>>(edgeName)
  edge.implement({
    description: `An entry in a list of ${plural}.`,
    fields: (t) => ({
      cursor: t.string({
        description: 'Cursor of this entry, for `after` and `before`.',
        ...answeredBy({ part: { is: 'cursor', reads: cursorReads } }),
        resolve: ({ order, row }) => encodeCursor(order, row),
      }),
      node: t.field({
        type: node,
        description: 'The item.',
        ...answeredBy({ part: { is: 'node', ...linkOf(through) } }),
        resolve: ({ row }) => (through === undefined ? row : row[through]) as never,
      }),
    }),
  })
  return edge
}

function pageType<Node, Row, Extra>(
  { name, plural, node, through, cursorReads = [] }: ConnectionTypeOptions<Node, Row>,
  edge: ObjectRef<Types, Edge<Row>>,
) {
  const connection = builder.objectRef<Connection<Row> & Extra>(`${name}Connection`)
  connection.implement({
    description: `A page of ${plural}.`,
    fields: (t) => ({
      nodes: t.field({
        type: [node],
        description: 'Items of this page.',
        ...answeredBy({ part: { is: 'nodes', ...linkOf(through) } }, { size: 'page' }),
        resolve: ({ rows }) =>
          (through === undefined ? rows : rows.map((row) => row[through])) as never,
      }),
      edges: t.field({
        type: [edge],
        description: 'Entries of this page, with their cursors and the data of each link.',
        ...answeredBy({ part: { is: 'edges' } }, { size: 'page' }),
        resolve: ({ rows, order }) => rows.map((row) => ({ row, order })),
      }),
      pageInfo: t.field({
        type: PageInfoRef,
        description: 'Position of this page in the list.',
        ...answeredBy({ part: { is: 'pageInfo', reads: [...cursorReads, READ_AHEAD] } }),
        resolve: (page) => page as Connection<unknown>,
      }),
      totalCount: t.int({
        description: `Total number of ${plural} in the list. Counted only when selected.`,
        ...answeredBy({ part: { is: 'totalCount' } }, { each: (_, list) => list?.count ?? 1 }),
        resolve: ({ countAll }) => countAll(),
      }),
    }),
  })
  return connection
}
