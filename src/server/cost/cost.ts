import {
  type DocumentNode,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  type OperationDefinitionNode,
} from 'graphql'
import type { GivenArguments, ListCost, Points } from '../../graphql/cost.ts'
import { DEFAULT_PAGE, DEFAULT_TOP, MOST_ROWS } from '../../graphql/page-size.ts'
import { type CostNode, type CostPlan, planCost, type Values } from './plan.ts'

/** The estimated cost of an operation. */
export interface Cost {
  /** Points: about milliseconds on two cores with 300,000 papers. */
  points: number
  /** Bytes of the answer. */
  bytes: number
}

/** Limits the entries of some fields, to find a page size that fits. */
export interface Cap {
  nodes: ReadonlySet<CostNode>
  most: number
}

/** The estimate of one operation for the variables of a request. */
export interface Estimate {
  costOf(variables: Values | null | undefined): Cost
  plan: CostPlan
}

export function estimateCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): Estimate {
  const plan = planCost(schema, document, operation)
  const fixed = plan.variables.length === 0 ? totalOf(plan, {}) : undefined
  if (fixed) return { plan, costOf: () => fixed }
  const kept = new Map<string, Cost>()
  return {
    plan,
    costOf(given) {
      const key = keyOf(plan, given)
      const known = kept.get(key)
      if (known) return known
      const cost = totalOf(plan, variablesOf(plan, given))
      if (kept.size >= MOST_KEPT) kept.clear()
      kept.set(key, cost)
      return cost
    },
  }
}

/** Maximum cached estimates of an operation, one for each combination of the values that costs depend on. */
const MOST_KEPT = 50

/** For longer texts only the length counts. */
const LONGEST_WORD = 30

function keyOf({ variables, texts }: CostPlan, given: Values | null | undefined): string {
  let key = ''
  for (const name of variables) {
    const value = given?.[name]
    const isText = typeof value === 'string' && texts.has(name)
    key += isText ? `text ${value.length},` : `${traitOf(value)},`
  }
  return key
}

/** The values that a cost can depend on: see `GivenArguments`. */
function traitOf(value: unknown): string {
  if (typeof value === 'string')
    return value.length > LONGEST_WORD ? `text ${value.length}` : JSON.stringify(value)
  if (Array.isArray(value)) return `list ${value.length}`
  if (typeof value !== 'object' || value === null) return String(value)
  const { field } = value as { field?: unknown }
  return typeof field === 'string'
    ? `object ${JSON.stringify(field.slice(0, LONGEST_WORD))}`
    : 'object'
}

/** Variables with their defaults. */
export function variablesOf({ defaults }: CostPlan, given: Values | null | undefined): Values {
  return given ? { ...defaults, ...given } : defaults
}

export function totalOf(plan: CostPlan, variables: Values, cap?: Cap): Cost {
  const total = { points: 0, bytes: 12 }
  for (const node of plan.root)
    addNode(total, node, { variables, cap, times: 1, fields: 1, page: 1 })
  return total
}

/** The context in which a field is selected. */
export interface Place {
  variables: Values
  cap: Cap | undefined
  /** Number of parents of the field. */
  times: number
  /** Number of fields that returned these parents, each of which may count as several. */
  fields: number
  /** Entries of the page, if the parent is a connection. */
  page: number
  list?: ListCost | undefined
}

/** Points for reading and writing an object. */
const OBJECT_POINTS = 0.01
const SCALAR_POINTS = 0.001

/** Assumed entries of a list of unknown length. */
const USUAL_SIZE = 10

/** Bytes of scalar values as JSON. */
const SCALAR_BYTES: Record<string, number> = {
  Int: 5,
  Float: 10,
  Boolean: 5,
  ID: 20,
  String: 40,
  Date: 12,
  DateTime: 26,
  Month: 9,
  Week: 10,
  URL: 60,
}
const ENUM_BYTES = 12

/** Adds the cost of a field and of its selection. */
export function addNode(total: Cost, node: CostNode, place: Place): void {
  const inner = addOwn(total, node, place)
  if (!inner) return
  const before = { ...total }
  let dearest: Cost = { points: 0, bytes: 0 }
  // A value has one of the types; points and bytes are compared separately.
  for (const children of node.children) {
    const one = { points: 0, bytes: 0 }
    for (const child of children) addNode(one, child, inner)
    dearest = {
      points: Math.max(dearest.points, one.points),
      bytes: Math.max(dearest.bytes, one.bytes),
    }
  }
  total.points = before.points + dearest.points
  total.bytes = before.bytes + dearest.bytes
}

/** Adds the cost of a field without its selection, and returns the context of the selection. */
export function addOwn(total: Cost, node: CostNode, place: Place): Place | null {
  const { variables } = place
  if (node.isIncluded && !node.isIncluded(variables)) return null
  const { cost, field } = node
  const args = node.argsOf(variables)
  const times = cost.isOnce ? place.fields : place.times
  const size = sizeOf(node, args, place)
  const page = cost.isPageWide ? place.page : 1
  const entries = times * size
  const isObject = isCompositeType(getNamedType(field.type))
  total.points += times * pointsOf(cost.each, args, place.list)
  total.points += entries * page * pointsOf(cost.entry, args, place.list)
  total.points += entries * (isObject ? OBJECT_POINTS : SCALAR_POINTS)
  total.bytes += times * (node.key.length + 4)
  total.bytes += entries * page * bytesOf(node, args)
  const list = cost.list && {
    count: pointsOf(cost.list.count, args),
    facet: pointsOf(cost.list.facet, args),
    args,
  }
  const above = isPaged(node) ? undefined : place.list
  return {
    ...place,
    times: entries,
    fields: times,
    page: pageOf(node, args, place.cap),
    list: list ?? above,
  }
}

function pointsOf(points: Points = 0, args: GivenArguments, list?: ListCost): number {
  return typeof points === 'function' ? points(args, list) : points
}

function bytesOf({ cost, field }: CostNode, args: GivenArguments): number {
  if (cost.bytes !== undefined)
    return typeof cost.bytes === 'function' ? cost.bytes(args) : cost.bytes
  const type = getNamedType(field.type)
  // Braces, and the comma between entries.
  if (isCompositeType(type)) return 3
  return SCALAR_BYTES[type.name] ?? ENUM_BYTES
}

/** Entries of a field for each parent; 1 if it is not a list. */
function sizeOf(node: CostNode, args: GivenArguments, { cap, page }: Place): number {
  const { cost, field } = node
  const size = cost.size
  const isList = hasList(field.type)
  if (size === undefined && !isList) return 1
  const most = cap?.nodes.has(node) ? cap.most : Number.POSITIVE_INFINITY
  if (size === 'page') return page
  if (typeof size === 'number') return Math.min(size, most)
  if (typeof size === 'function') return Math.min(size(args), most)
  if (size) {
    const value = args[size.lengthOf]
    return Math.min(Array.isArray(value) ? value.length : value == null ? 0 : 1, most)
  }
  return Math.min(
    'first' in args || hasArgument(node, 'first') ? rowsOf(args, DEFAULT_TOP) : USUAL_SIZE,
    most,
  )
}

function hasList(type: GraphQLOutputType): boolean {
  return isListType(getNullableType(type))
}

const hasArgument = ({ field }: CostNode, name: string) =>
  field.args.some((one) => one.name === name)

/** Rows of a page of the connection that a field returns. */
function pageOf(node: CostNode, args: GivenArguments, cap: Cap | undefined): number {
  if (hasList(node.field.type) || !isPaged(node)) return 1
  const { usualPage = MOST_ROWS } = node.cost
  const rows = Math.min(rowsOf(args, DEFAULT_PAGE), usualPage)
  return cap?.nodes.has(node) ? Math.min(rows, cap.most) : rows
}

export const isPaged = (node: CostNode) => hasArgument(node, 'first') && hasArgument(node, 'last')

/** An out-of-range number is refused by the field later; here it counts as the nearest valid one. */
export function rowsOf({ first, last }: GivenArguments, usual: number): number {
  const rows = first ?? last ?? usual
  return typeof rows === 'number' ? Math.min(Math.max(0, rows), MOST_ROWS) : 0
}
