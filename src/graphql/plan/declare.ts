import type { GraphQLField } from 'graphql'
import type { NodeType } from '../../sql/global-id.ts'
import type { Source } from '../../sql/list.ts'
import type { FieldCost } from '../cost.ts'

/** What the fields of connections, edges and page infos stand for, which are the same for every list. */
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
  /** The global id of the object, which is of this type. */
  globalId: NodeType
  /** The other entity that this relation leads to. */
  one: string
  /** The whole of a short list. */
  list: string
  /** A page of a list, from its beginning. */
  page: {
    relation: string
    /** Set for a list that may be long: it is read along with a single parent only, and where its arguments fit. */
    fits?: (args: Record<string, unknown>) => boolean
    /** The column of the parent that says how long the list is. */
    count?: string
  }
  /** The field of a connection, an edge or a page info. */
  part: {
    is: ConnectionPart
    /** Columns of each row that it is made of. */
    reads?: readonly string[]
    /** Where rows are links: the relation that leads to the node. */
    through?: string
  }
  /** Its resolver alone, which reads these columns of the row. */
  resolver: readonly string[]
  /** Its resolver alone; of a connection that has it read no rows. */
  resolverAside: true
  /**
   * Of the query: where the rows come from, given the arguments. Null where only the resolver can tell, for these arguments;
   * it answers too where there are no rows.
   */
  source: (args: never) => Source | null
}

/** Exactly one member of `T`. */
type OneOf<T> = {
  [K in keyof T]: { [P in K]: T[P] } & { [P in Exclude<keyof T, K>]?: never }
}[keyof T]

/** How a field is answered: by exactly one of these. */
export type Declaration = OneOf<Declarations>

interface Declared {
  answeredBy?: Declaration
  /** What `expose` leaves with a field: its column. */
  pothosExposedField?: string
}

/** Declares in a field's options how it is answered, and what that costs. A field that is exposed says so already. */
export const answeredBy = (declaration: Declaration, cost?: FieldCost) => ({
  extensions: { answeredBy: declaration, ...(cost && { cost }) },
})

/** How a field is answered; by a resolver that reads nothing, where it does not say. */
export function declarationOf({
  extensions,
}: Pick<GraphQLField<unknown, unknown>, 'extensions'>): Declaration {
  const { answeredBy, pothosExposedField } = extensions as Declared
  if (answeredBy) return answeredBy
  return pothosExposedField === undefined ? { resolver: [] } : { column: pothosExposedField }
}
