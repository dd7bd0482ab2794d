import {
  type FieldNode,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  getNullableType,
  isAbstractType,
  isListType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql'
import type { RelationSelection, Selection } from '../domain/selection.ts'

/**
 * What a field needs of its parent's row, declared in the field's `extensions`. A field that is exposed needs the
 * column of its name without saying so.
 */
export interface FieldReads {
  /** Columns. */
  reads?: readonly string[]
  /** A relation that can be read in the parent's statement. */
  embeds?: {
    relation: string
    kind: 'connection' | 'list' | 'object'
    /** Set for a list that may be long: it is read along with a single parent only, and where its arguments fit. */
    fits?: (args: Record<string, unknown>) => boolean
  }
  /** On the `node` of an edge and the `nodes` of a connection, where rows are links: the relation with the node. */
  through?: string
}

/** Declares for a field's options what it needs. */
export const needs = (extensions: FieldReads) => ({ extensions: { ...extensions } })

interface MutableSelection extends Selection {
  columns: Set<string>
  relations: Map<string, RelationSelection>
}

const newSelection = (): MutableSelection => ({ columns: new Set(), relations: new Map() })

/** A field that is selected, with all the nodes of the document that select it under its name. */
interface Walk {
  info: GraphQLResolveInfo
  /** Set when the outcome depends on variables, and so on the request. */
  isDynamic: boolean
}

const cache = new WeakMap<FieldNode, Map<string, unknown>>()

/** Keeps what was found for an operation, unless it depends on the request or on several nodes at once. */
function remembered<T>(info: GraphQLResolveInfo, key: string, find: (walk: Walk) => T): T {
  const [node] = info.fieldNodes
  if (!node || info.fieldNodes.length > 1) return find({ info, isDynamic: false })
  const known = cache.get(node)
  if (known?.has(key)) return known.get(key) as T
  const walk: Walk = { info, isDynamic: false }
  const found = find(walk)
  if (!walk.isDynamic) cache.set(node, (known ?? new Map<string, unknown>()).set(key, found))
  return found
}

/** What the query asks of the object that the current field returns; `typeName` where that is one of several. */
export function selectionOf(info: GraphQLResolveInfo, typeName?: string): Selection {
  return remembered(info, typeName ?? '', (walk) => {
    const type = typeName ? info.schema.getType(typeName) : getNamedType(info.returnType)
    const selection = newSelection()
    // Entries of a list may come again under the next parent, and their own lists with them.
    const isSingle = typeName !== undefined || !isListType(getNullableType(info.returnType))
    if (isObjectType(type)) addObject(walk, type, info.fieldNodes, selection, isSingle)
    return selection
  })
}

/** The names of a type and of the field that is selected on it. */
export type Step = readonly [type: string, field: string]

/**
 * What the query asks of the objects of one type below the current field, together at the ends of all paths: each
 * leads through the fields of types, from the one that the current field returns, or may return.
 */
export function selectionBelow(
  info: GraphQLResolveInfo,
  typeName: string,
  paths: readonly (readonly Step[])[],
): Selection {
  return remembered(info, `${typeName} at ${paths.join(' ')}`, (walk) => {
    const type = info.schema.getType(typeName)
    const selection = newSelection()
    const nodes = paths.flatMap((path) =>
      path.reduce<readonly FieldNode[]>((from, step) => follow(walk, from, step), info.fieldNodes),
    )
    if (isObjectType(type)) addObject(walk, type, nodes, selection)
    return selection
  })
}

function follow(walk: Walk, nodes: readonly FieldNode[], [typeName, name]: Step): FieldNode[] {
  const type = walk.info.schema.getType(typeName)
  if (!isObjectType(type)) return []
  return fieldsOf(walk, type, nodes).flatMap(([node]) => (node.name.value === name ? [node] : []))
}

/** What the query asks of each row of the connection that the current field returns; null when it asks for no rows. */
export function rowSelectionOf(info: GraphQLResolveInfo): Selection | null {
  return remembered(info, 'rows', (walk) => {
    const type = getNamedType(info.returnType)
    const selection = newSelection()
    return isObjectType(type) && addRows(walk, type, info.fieldNodes, selection) ? selection : null
  })
}

function addObject(
  walk: Walk,
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
  selection: MutableSelection,
  isSingle = false,
): void {
  for (const [node, field] of fieldsOf(walk, type, nodes)) {
    const {
      reads = [],
      embeds,
      pothosExposedField,
    } = field.extensions as FieldReads & {
      pothosExposedField?: string
    }
    if (pothosExposedField) selection.columns.add(pothosExposedField)
    for (const column of reads) selection.columns.add(column)
    if (!embeds || (embeds.fits && !isSingle)) continue
    const limit = embeds.kind === 'connection' ? limitOf(walk, node, field, embeds.fits) : 1
    if (limit === null) continue
    const known = selection.relations.get(embeds.relation)
    const inner = (known?.selection as MutableSelection | undefined) ?? newSelection()
    const isWanted = addRelated(walk, embeds.kind, field.type, [node], inner)
    if (isWanted)
      selection.relations.set(embeds.relation, {
        limit: Math.max(limit, known?.limit ?? 0),
        selection: inner,
      })
  }
}

function addRelated(
  walk: Walk,
  kind: 'connection' | 'list' | 'object',
  output: GraphQLOutputType,
  nodes: readonly FieldNode[],
  selection: MutableSelection,
): boolean {
  const type = getNamedType(output)
  if (!isObjectType(type)) return false
  if (kind === 'connection') return addRows(walk, type, nodes, selection)
  addObject(walk, type, nodes, selection)
  return true
}

/** Fields of a connection that need none of its rows. */
const ASIDE = new Set(['totalCount', 'facets', '__typename'])

function addRows(
  walk: Walk,
  connection: GraphQLObjectType,
  nodes: readonly FieldNode[],
  selection: MutableSelection,
): boolean {
  let isWanted = false
  for (const [node, field] of fieldsOf(walk, connection, nodes)) {
    const name = node.name.value
    isWanted ||= !ASIDE.has(name)
    for (const column of (field.extensions as FieldReads).reads ?? []) selection.columns.add(column)
    const type = getNamedType(field.type)
    if (!isObjectType(type)) continue
    if (name === 'nodes') addNode(walk, field, type, node, selection)
    if (name !== 'edges') continue
    addObject(walk, type, [node], selection)
    for (const [inner, innerField] of fieldsOf(walk, type, [node])) {
      const nodeType = getNamedType(innerField.type)
      if (inner.name.value === 'node' && isObjectType(nodeType))
        addNode(walk, innerField, nodeType, inner, selection)
    }
  }
  return isWanted
}

function addNode(
  walk: Walk,
  field: { extensions: object },
  type: GraphQLObjectType,
  node: FieldNode,
  selection: MutableSelection,
): void {
  const { through } = field.extensions as FieldReads
  if (!through) {
    addObject(walk, type, [node], selection)
    return
  }
  const known = selection.relations.get(through)?.selection as MutableSelection | undefined
  const inner = known ?? newSelection()
  addObject(walk, type, [node], inner)
  selection.relations.set(through, { limit: 1, selection: inner })
}

type Field = ReturnType<GraphQLObjectType['getFields']>[string]

/** The fields selected on a type, through fragments, without those that are skipped. */
function fieldsOf(
  walk: Walk,
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
): [FieldNode, Field][] {
  const found: [FieldNode, Field][] = []
  const visit = (set: SelectionSetNode | undefined) => {
    for (const one of set?.selections ?? []) {
      if (isSkipped(walk, one)) continue
      if (one.kind === Kind.FIELD) {
        const field = type.getFields()[one.name.value]
        if (field) found.push([one, field])
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
function limitOf(
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
