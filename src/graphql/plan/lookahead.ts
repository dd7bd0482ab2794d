import {
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  getNamedType,
  getNullableType,
  isListType,
  isObjectType,
} from 'graphql'
import type { NodeType } from '../../sql/global-id.ts'
import type { Source } from '../../sql/list.ts'
import type { RelationSelection, Selection } from '../../sql/selection.ts'
import type { FieldCost } from '../cost.ts'
import { type Field, fieldsOf, limitOf, type Walk } from './selected.ts'

/**
 * What a field needs of its parent's row, declared in the field's `extensions`. A field that is exposed needs the
 * column of its name without saying so.
 */
export interface FieldReads {
  /** Columns. */
  reads?: readonly string[]
  /** The column whose value the field has, where it is not named like the field. */
  value?: string
  /** The type of the object whose global id the field is. */
  globalId?: NodeType
  /** A relation that can be read in the parent's statement. */
  embeds?: {
    relation: string
    kind: 'connection' | 'list' | 'object'
    /** Set for a list that may be long: it is read along with a single parent only, and where its arguments fit. */
    fits?: (args: Record<string, unknown>) => boolean
    /** The column of the parent that says how long the list is. */
    count?: string
  }
  /** On the `node` of an edge and the `nodes` of a connection, where rows are links: the relation with the node. */
  through?: string
  /**
   * Where the rows of a field of the query come from, given its arguments: then Postgres can write the whole answer (see
   * `answer.ts`). Null where it cannot, for these arguments; the resolver answers then, as it does where it gives no rows.
   */
  answers?: (args: never) => Source | null
  cost?: FieldCost
}

interface DeclaredField extends FieldReads {
  /** What `expose` leaves with a field: its column. */
  pothosExposedField?: string
}

/** Declares for a field's options what it needs. */
export const needs = (extensions: FieldReads) => ({ extensions: { ...extensions } })

interface MutableSelection extends Selection {
  columns: Set<string>
  relations: Map<string, RelationSelection>
}

const newSelection = (): MutableSelection => ({ columns: new Set(), relations: new Map() })

const cache = new WeakMap<object, Map<string, unknown>>()

/** Keeps what was found for an operation, unless it depends on the request. */
function remembered<T>(info: GraphQLResolveInfo, key: string, find: (walk: Walk) => T): T {
  const [node] = info.fieldNodes
  // The list of several nodes is the same one for all parents of the field.
  const owner = info.fieldNodes.length === 1 && node ? node : info.fieldNodes
  const known = cache.get(owner)
  if (known?.has(key)) return known.get(key) as T
  const walk: Walk = { info, isDynamic: false }
  const found = find(walk)
  if (!walk.isDynamic) cache.set(owner, (known ?? new Map<string, unknown>()).set(key, found))
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
  return fieldsOf(walk, type, nodes).flatMap((one) => (one.name === name ? one.nodes : []))
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
  for (const { field, nodes: inner } of fieldsOf(walk, type, nodes)) {
    const { reads = [], embeds } = field.extensions as FieldReads
    const column = columnOf(field)
    if (column !== undefined) selection.columns.add(column)
    for (const read of reads) selection.columns.add(read)
    if (embeds?.count) selection.columns.add(embeds.count)
    if (!embeds || (embeds.fits && !isSingle)) continue
    const limit = embeds.kind === 'connection' ? limitOf(walk, inner[0], field, embeds.fits) : 1
    if (limit === null) continue
    const known = selection.relations.get(embeds.relation)
    const related = (known?.selection as MutableSelection | undefined) ?? newSelection()
    const isWanted = addRelated(walk, embeds.kind, field.type, inner, related)
    if (isWanted)
      selection.relations.set(embeds.relation, {
        limit: Math.max(limit, known?.limit ?? 0),
        selection: related,
      })
  }
}

/** The column whose value a field has, if it has that of one. */
export function columnOf(field: Field): string | undefined {
  const { value, pothosExposedField } = field.extensions as DeclaredField
  return value ?? pothosExposedField
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
  for (const { name, field, nodes: inner } of fieldsOf(walk, connection, nodes)) {
    isWanted ||= !ASIDE.has(name)
    for (const column of (field.extensions as FieldReads).reads ?? []) selection.columns.add(column)
    const type = getNamedType(field.type)
    if (!isObjectType(type)) continue
    if (name === 'nodes') addNode(walk, field, type, inner, selection)
    if (name !== 'edges') continue
    addObject(walk, type, inner, selection)
    for (const one of fieldsOf(walk, type, inner)) {
      const nodeType = getNamedType(one.field.type)
      if (one.name === 'node' && isObjectType(nodeType))
        addNode(walk, one.field, nodeType, one.nodes, selection)
    }
  }
  return isWanted
}

function addNode(
  walk: Walk,
  field: { extensions: object },
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
  selection: MutableSelection,
): void {
  const { through } = field.extensions as FieldReads
  if (!through) {
    addObject(walk, type, nodes, selection)
    return
  }
  const known = selection.relations.get(through)?.selection as MutableSelection | undefined
  const inner = known ?? newSelection()
  addObject(walk, type, nodes, inner)
  selection.relations.set(through, { limit: 1, selection: inner })
}
