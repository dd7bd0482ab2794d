import {
  type DocumentNode,
  type ExecutionResult,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import { fragmentsIn } from '../../graphql/plan/document.ts'

/** The field of a response name, and its position in the object. */
interface Selected {
  rank: number
  type: GraphQLOutputType
  nodes: FieldNode[]
}

/** An error and its position in the answer. */
interface Placed {
  error: GraphQLError
  /** The position of each key of the error's path. */
  ranks: number[]
  /** Length of the path to the value that the error makes null, according to the types of the fields. */
  reach: number
}

/**
 * Prepares the order in which the errors of an operation are reported: in the order of the query, one for each null that an error caused.
 * Errors below such a null are left out, because timing decides which of them occur.
 */
export function createFaultOrder(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): (result: ExecutionResult) => ExecutionResult {
  let place: ((error: GraphQLError) => Placed) | undefined
  return (result) => {
    const { errors, data } = result
    if (data === undefined || !errors || errors.length < 2) return result
    place ??= createPlacing(schema, document, operation)
    const byNull = new Map<string, Placed>()
    for (const error of errors) {
      const path = error.path ?? []
      const depth = depthOfNull(data, path)
      const key = path.slice(0, depth).join()
      const placed = place(error)
      const known = byNull.get(key)
      if (!known || isSooner(placed, known, depth)) byNull.set(key, placed)
    }
    const reported = [...byNull.values()].sort((a, b) => compareRanks(a.ranks, b.ranks))
    return { ...result, errors: reported.map(({ error }) => error) }
  }
}

/** Length of the part of a path that leads to a null in the data. */
function depthOfNull(data: unknown, path: readonly (string | number)[]): number {
  let value = data
  for (const [depth, key] of path.entries()) {
    if (value == null) return depth
    value = (value as Record<string, unknown>)[key]
  }
  return path.length
}

/** Whether an error is reported rather than another: the error that caused the null precedes those it hides. */
function isSooner(one: Placed, other: Placed, depth: number): boolean {
  const isCause = one.reach === depth
  if (isCause !== (other.reach === depth)) return isCause
  return compareRanks(one.ranks, other.ranks) < 0
}

function compareRanks(a: number[], b: number[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++)
    if (a[i] !== b[i]) return (a[i] as number) - (b[i] as number)
  return a.length - b.length
}

function createPlacing(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): (error: GraphQLError) => Placed {
  const fragments = fragmentsIn(document)
  const kept = new Map<string, Map<string, Selected>>()
  const root = schema.getRootType(operation.operation)
  return (error) => {
    const path = error.path ?? []
    const placed: Placed = { error, ranks: [], reach: 0 }
    let type: GraphQLOutputType | null | undefined = root
    let nodes: readonly { selectionSet?: SelectionSetNode | undefined }[] = [operation]
    let shape = ''
    for (const [i, key] of path.entries()) {
      if (!type) break
      if (typeof key === 'number') {
        placed.ranks.push(key)
        type = isListType(type) ? type.ofType : undefined
      } else {
        const fields: Map<string, Selected> =
          kept.get(shape) ?? selectedBelow(schema, fragments, getNamedType(type), nodes)
        kept.set(shape, fields)
        shape += `,${key}`
        const field = fields.get(key)
        placed.ranks.push(field?.rank ?? fields.size)
        nodes = field?.nodes ?? []
        type = field?.type
      }
      if (isNonNullType(type)) type = type.ofType
      else placed.reach = i + 1
    }
    return placed
  }
}

/** The fields below these nodes by response name, including fields of other types that the object may have. */
function selectedBelow(
  schema: GraphQLSchema,
  fragments: Map<string, FragmentDefinitionNode>,
  type: GraphQLNamedType,
  nodes: readonly { selectionSet?: SelectionSetNode | undefined }[],
): Map<string, Selected> {
  const found = new Map<string, Selected>()
  const followed = new Set<string>()
  const visit = (set: SelectionSetNode | undefined, parent: GraphQLNamedType) => {
    for (const one of set?.selections ?? []) {
      if (one.kind === Kind.FIELD) {
        add(one, parent)
        continue
      }
      if (one.kind === Kind.FRAGMENT_SPREAD) {
        if (followed.has(one.name.value)) continue
        followed.add(one.name.value)
      }
      const fragment = one.kind === Kind.INLINE_FRAGMENT ? one : fragments.get(one.name.value)
      const condition = fragment?.typeCondition?.name.value
      visit(fragment?.selectionSet, (condition && schema.getType(condition)) || parent)
    }
  }
  const add = (node: FieldNode, parent: GraphQLNamedType) => {
    const key = (node.alias ?? node.name).value
    const known = found.get(key)
    if (known) known.nodes.push(node)
    else if (isObjectType(parent) || isInterfaceType(parent)) {
      const type = parent.getFields()[node.name.value]?.type
      if (type) found.set(key, { rank: found.size, type, nodes: [node] })
    }
  }
  for (const { selectionSet } of nodes) visit(selectionSet, type)
  return found
}
