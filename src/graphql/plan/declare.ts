import type { GraphQLField } from 'graphql'
import type { NodeType } from '../../sql/global-id.ts'
import type { Source } from '../../sql/list.ts'
import type { FieldCost } from '../cost.ts'

/** The roles of the fields of connections, edges and page infos; the same for every list. */
export type ConnectionPart =
  | 'nodes'
  | 'edges'
  | 'node'
  | 'cursor'
  | 'pageInfo'
  | 'totalCount'
  | 'hasNextPage'
  | 'hasPreviousPage'
  | 'startCursor'
  | 'endCursor'

interface Declarations {
  /** The value of a column of the object's row. */
  column: string
  /** The global id of the object, with its type. */
  globalId: NodeType
  /** The entity that this relation leads to. */
  one: string
  /** The whole of a short list, by its relation. */
  list: string
  /** A page from the start of a list. */
  page: {
    relation: string
    /** Set for a list that may be long. It is embedded only for a single parent, and only if its arguments fit. */
    fits?: (args: Record<string, unknown>) => boolean
    /** The column of the parent with the length of the list. */
    count?: string
  }
  /** A field of a connection, an edge or a page info. */
  part: {
    is: ConnectionPart
    /** Columns that it reads from each row. */
    reads?: readonly string[]
    /** If rows are links: the relation that leads to the node. */
    through?: string
  }
  /** Answered only by its resolver, which reads these columns of the row. */
  resolver: readonly string[]
  /** Answered only by its resolver, which needs no rows of its connection. */
  resolverAside: true
  /**
   * For fields of the query: where the rows come from, given the arguments. Null if only the resolver can answer for these arguments. The
   * resolver also answers if there are no rows.
   */
  source: (args: never) => Source | null
}

/** Exactly one member of `T`. */
type OneOf<T> = {
  [K in keyof T]: { [P in K]: T[P] } & { [P in Exclude<keyof T, K>]?: never }
}[keyof T]

/** How a field is answered: in exactly one of these ways. */
export type Declaration = OneOf<Declarations>

interface Declared {
  answeredBy?: Declaration
  /** The column of a field declared with `expose`. */
  pothosExposedField?: string
}

/** Field options that declare how a field is answered and what it costs. Fields declared with `expose` need none. */
export const answeredBy = (declaration: Declaration, cost?: FieldCost) => ({
  extensions: { answeredBy: declaration, ...(cost && { cost }) },
})

/** How a field is answered; by default, by a resolver that reads no columns. */
export function declarationOf({
  extensions,
}: Pick<GraphQLField<unknown, unknown>, 'extensions'>): Declaration {
  const { answeredBy, pothosExposedField } = extensions as Declared
  if (answeredBy) return answeredBy
  return pothosExposedField === undefined ? { resolver: [] } : { column: pothosExposedField }
}
