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

/** The fields selected on a type, through fragments, without those that are skipped. */
export function fieldsOf(
  walk: Walk,
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
): [FieldNode, Field][] {
  return nodesOf(walk, type, nodes).flatMap((node): [FieldNode, Field][] => {
    const field = type.getFields()[node.name.value]
    return field ? [[node, field]] : []
  })
}

/** The nodes that select a type's fields, `__typename` among them, as `fieldsOf`. */
export function nodesOf(
  walk: Walk,
  type: GraphQLObjectType,
  nodes: readonly { selectionSet?: SelectionSetNode | undefined }[],
): FieldNode[] {
  const found: FieldNode[] = []
  const visit = (set: SelectionSetNode | undefined) => {
    for (const one of set?.selections ?? []) {
      if (isSkipped(walk, one)) continue
      if (one.kind === Kind.FIELD) {
        found.push(one)
      } else {
        const fragment =
          one.kind === Kind.INLINE_FRAGMENT ? one : walk.info.fragments[one.name.value]
        if (fragment && applies(walk, type, fragment.typeCondition?.name.value))
          visit(fragment.selectionSet)
      }
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
