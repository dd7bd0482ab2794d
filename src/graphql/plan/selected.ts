import {
  type FieldNode,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getArgumentValues,
  getDirectiveValues,
  isAbstractType,
  Kind,
  type SelectionSetNode,
} from 'graphql'

export type Field = ReturnType<GraphQLObjectType['getFields']>[string]

/** A look at what a query selects. */
export interface Walk {
  info: Pick<GraphQLResolveInfo, 'schema' | 'fragments' | 'variableValues'>
  /** Set when the outcome depends on variables, and so on the request. */
  isDynamic: boolean
}

/** A field of an answer's object: its name there, with all the nodes that select it. */
export interface Member {
  key: string
  name: string
  /** Absent for `__typename`. */
  field: Field | undefined
  nodes: readonly [FieldNode, ...FieldNode[]]
}

/** A member that has a field of the schema. */
export type FieldMember = Member & { field: Field }

type Selecting = readonly { selectionSet?: SelectionSetNode | undefined }[]

/**
 * The fields of an answer's object, in order, without those that are skipped. As graphql-js does, it follows a fragment
 * once, however often the nodes spread it, and takes the nodes of one response name together: fragments that spread
 * others twice would double the work at each level.
 */
export function membersOf(walk: Walk, type: GraphQLObjectType, nodes: Selecting): Member[] {
  const nodesByKey = new Map<string, [FieldNode, ...FieldNode[]]>()
  for (const node of nodesOf(walk, type, nodes)) {
    const key = (node.alias ?? node.name).value
    const known = nodesByKey.get(key)
    if (known) known.push(node)
    else nodesByKey.set(key, [node])
  }
  return [...nodesByKey].map(([key, nodes]) => {
    const name = nodes[0].name.value
    return { key, name, field: type.getFields()[name], nodes }
  })
}

/** The fields selected on a type, as `membersOf`, without `__typename`. */
export function fieldsOf(walk: Walk, type: GraphQLObjectType, nodes: Selecting): FieldMember[] {
  return membersOf(walk, type, nodes).filter((one): one is FieldMember => one.field !== undefined)
}

function nodesOf(walk: Walk, type: GraphQLObjectType, nodes: Selecting): FieldNode[] {
  const found: FieldNode[] = []
  const followed = new Set<string>()
  const visit = (set: SelectionSetNode | undefined) => {
    for (const one of set?.selections ?? []) {
      if (isSkipped(walk, one)) continue
      if (one.kind === Kind.FIELD) {
        found.push(one)
        continue
      }
      const fragment = one.kind === Kind.INLINE_FRAGMENT ? one : walk.info.fragments[one.name.value]
      if (one.kind === Kind.FRAGMENT_SPREAD) {
        if (followed.has(one.name.value)) continue
        followed.add(one.name.value)
      }
      if (fragment && applies(walk, type, fragment.typeCondition?.name.value))
        visit(fragment.selectionSet)
    }
  }
  for (const node of nodes) visit(node.selectionSet)
  return found
}

function applies(walk: Walk, type: GraphQLObjectType, condition: string | undefined): boolean {
  if (condition === undefined || condition === type.name) return true
  const { schema } = walk.info
  const wanted = schema.getType(condition)
  return isAbstractType(wanted) && schema.isSubType(wanted, type)
}

function isSkipped(walk: Walk, node: Parameters<typeof getDirectiveValues>[1]): boolean {
  if (!node.directives?.length) return false
  walk.isDynamic = true
  const { variableValues } = walk.info
  return (
    getDirectiveValues(GraphQLSkipDirective, node, variableValues)?.if === true ||
    getDirectiveValues(GraphQLIncludeDirective, node, variableValues)?.if === false
  )
}

const DEFAULT_LIMIT = 20
const MOST_ROWS = 100

/** How many rows from its beginning a connection field asks for, or null when it asks for others. */
export function limitOf(
  walk: Walk,
  node: FieldNode,
  field: Field,
  fits: (args: Record<string, unknown>) => boolean = () => true,
): number | null {
  if (node.arguments?.some(({ value }) => value.kind === Kind.VARIABLE)) walk.isDynamic = true
  try {
    const args = getArgumentValues(field, node, walk.info.variableValues)
    const { first, after, last, before } = args
    if (after != null || last != null || before != null || !fits(args)) return null
    const limit = (first as number | null | undefined) ?? DEFAULT_LIMIT
    return limit >= 0 && limit <= MOST_ROWS ? limit : null
  } catch {
    return null
  }
}
