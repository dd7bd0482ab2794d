import {
  type FieldNode,
  type GraphQLField,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getDirectiveValues,
  Kind,
  type SelectionSetNode,
} from 'graphql'
import { applies } from './document.ts'

/** A query with its variable values. */
export type Query = Pick<
  GraphQLResolveInfo,
  'schema' | 'fragments' | 'operation' | 'variableValues'
>

/** A selected field: its response name, with all nodes that select it. */
export interface Member {
  key: string
  name: string
  /** Absent for `__typename` and introspection fields. */
  field: GraphQLField<unknown, unknown> | undefined
  nodes: readonly [FieldNode, ...FieldNode[]]
}

type Selecting = readonly { selectionSet?: SelectionSetNode | undefined }[]

/**
 * The fields selected on an object, in order, without skipped ones. Like graphql-js, it follows a fragment once, however often the nodes
 * spread it, and merges the nodes of one response name. Otherwise fragments that spread others twice would double the work at each level.
 */
export function membersOf(query: Query, type: GraphQLObjectType, nodes: Selecting): Member[] {
  const nodesByKey = new Map<string, [FieldNode, ...FieldNode[]]>()
  for (const node of nodesOf(query, type, nodes)) {
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

function nodesOf(query: Query, type: GraphQLObjectType, nodes: Selecting): FieldNode[] {
  const found: FieldNode[] = []
  const followed = new Set<string>()
  const visit = (set: SelectionSetNode | undefined) => {
    for (const one of set?.selections ?? []) {
      if (isSkipped(query, one)) continue
      if (one.kind === Kind.FIELD) {
        found.push(one)
        continue
      }
      const fragment = one.kind === Kind.INLINE_FRAGMENT ? one : query.fragments[one.name.value]
      if (one.kind === Kind.FRAGMENT_SPREAD) {
        if (followed.has(one.name.value)) continue
        followed.add(one.name.value)
      }
      if (fragment && applies(query.schema, type, fragment)) visit(fragment.selectionSet)
    }
  }
  for (const node of nodes) visit(node.selectionSet)
  return found
}

function isSkipped(
  { variableValues }: Query,
  node: Parameters<typeof getDirectiveValues>[1],
): boolean {
  if (!node.directives?.length) return false
  return (
    getDirectiveValues(GraphQLSkipDirective, node, variableValues)?.if === true ||
    getDirectiveValues(GraphQLIncludeDirective, node, variableValues)?.if === false
  )
}
