import {
  type ArgumentNode,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  type TypeNode,
  valueFromASTUntyped,
} from 'graphql'
import type { FieldCost, GivenArguments } from '../../graphql/cost.ts'
import { applies, fragmentsIn, possibleTypes } from '../../graphql/plan/document.ts'
import { introspectionCosts } from './introspection.ts'

export type Values = Readonly<Record<string, unknown>>

/** A field of an operation, as the estimate sees it. Fields of the same response name are merged. */
export interface CostNode {
  key: string
  name: string
  field: GraphQLField<unknown, unknown>
  cost: FieldCost
  argsOf: (variables: Values) => GivenArguments
  /** Whether it is included. Absent if it always is. */
  isIncluded?: (variables: Values) => boolean
  /** Selections for each type that the value may have. */
  children: CostNode[][]
}

export interface CostPlan {
  /** Selection of the operation's root. */
  root: CostNode[]
  /** Names of the variables on which the estimate depends. */
  variables: readonly string[]
  /** Those of `variables` that are texts of which only the length counts. */
  texts: ReadonlySet<string>
  defaults: Values
}

interface Planning {
  schema: GraphQLSchema
  fragments: Map<string, FragmentDefinitionNode>
  variables: Set<string>
}

/** Prepares the estimate of a valid operation of limited expansion. */
export function planCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): CostPlan {
  const planning: Planning = { schema, fragments: fragmentsIn(document), variables: new Set() }
  const type = schema.getRootType(operation.operation)
  const root = type ? planObject(planning, type, [operation.selectionSet]) : []
  const defaults: Record<string, unknown> = {}
  const texts = new Set<string>()
  for (const { variable, type, defaultValue } of operation.variableDefinitions ?? []) {
    if (defaultValue) defaults[variable.name.value] = valueFromASTUntyped(defaultValue)
    if (isText(type)) texts.add(variable.name.value)
  }
  return { root, variables: [...planning.variables], texts, defaults }
}

function isText(type: TypeNode): boolean {
  if (type.kind === Kind.NON_NULL_TYPE) return isText(type.type)
  return type.kind === Kind.NAMED_TYPE && (type.name.value === 'String' || type.name.value === 'ID')
}

type Condition = (variables: Values) => boolean

interface Found {
  nodes: FieldNode[]
  /** One entry for each node that has conditions; null once a node has none. */
  conditions: Condition[] | null
}

function planObject(
  planning: Planning,
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
): CostNode[] {
  const found = new Map<string, Found>()
  /** Fragments already expanded, and whether unconditionally. */
  const followed = new Map<string, boolean>()
  const gather = (set: SelectionSetNode, above: Condition[]) => {
    for (const one of set.selections) {
      const own = conditionsOf(planning, one.directives)
      if (own === null) continue
      const conditions = [...above, ...own]
      if (one.kind === Kind.FIELD) {
        addField(found, one, conditions)
        continue
      }
      if (one.kind === Kind.INLINE_FRAGMENT) {
        if (applies(planning.schema, type, one)) gather(one.selectionSet, conditions)
        continue
      }
      const name = one.name.value
      const fragment = planning.fragments.get(name)
      if (!fragment || followed.get(name) || !applies(planning.schema, type, fragment)) continue
      // A fragment spread under several conditions counts as unconditional, so that it is followed at most twice.
      const certain = conditions.length === 0 || followed.has(name)
      followed.set(name, certain)
      gather(fragment.selectionSet, certain ? [] : conditions)
    }
  }
  for (const set of sets) gather(set, [])
  return [...found].flatMap(([key, one]) => planField(planning, type, key, one) ?? [])
}

function addField(found: Map<string, Found>, node: FieldNode, conditions: Condition[]): void {
  const key = (node.alias ?? node.name).value
  const known = found.get(key) ?? { nodes: [], conditions: [] }
  if (!known.nodes.includes(node)) known.nodes.push(node)
  const isCertain = conditions.length === 0
  if (isCertain) known.conditions = null
  else known.conditions?.push((variables) => conditions.every((one) => one(variables)))
  found.set(key, known)
}

function planField(
  planning: Planning,
  parent: GraphQLObjectType,
  key: string,
  { nodes, conditions }: Found,
): CostNode | null {
  const [node] = nodes
  const field = node && fieldOf(planning.schema, parent, node.name.value)
  if (!node || !field) return null
  const cost = introspectionCosts(planning.schema).get(field) ?? costOf(field)
  const given = (node.arguments ?? []).filter(({ name }) => matters(cost, name.value))
  const argsOf = planArguments(planning, field, given)
  const type = getNamedType(field.type)
  const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? [])
  const children = possibleTypes(planning.schema, type).map((one) =>
    planObject(planning, one, sets),
  )
  const planned = { key, name: node.name.value, field, cost, argsOf, children }
  if (!conditions) return planned
  return { ...planned, isIncluded: (variables) => conditions.some((one) => one(variables)) }
}

const costOf = (field: GraphQLField<unknown, unknown>): FieldCost =>
  (field.extensions as { cost?: FieldCost }).cost ?? {}

function fieldOf(schema: GraphQLSchema, parent: GraphQLObjectType, name: string) {
  if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef
  if (parent === schema.getQueryType()) {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef
  }
  return parent.getFields()[name]
}

/** The conditions that depend on variables; null where a literal one rules the selection out. */
function conditionsOf(
  planning: Planning,
  directives: readonly DirectiveNode[] = [],
): Condition[] | null {
  const conditions: Condition[] = []
  for (const { name, arguments: given = [] } of directives) {
    const wanted = name.value === 'include'
    if (!wanted && name.value !== 'skip') continue
    const value = given.find((one) => one.name.value === 'if')?.value
    if (value?.kind === Kind.BOOLEAN && value.value !== wanted) return null
    if (value?.kind !== Kind.VARIABLE) continue
    planning.variables.add(value.name.value)
    // Values that are not booleans are refused later.
    conditions.push((variables) => variables[value.name.value] !== !wanted)
  }
  return conditions
}

/** Whether a cost depends on an argument. */
function matters({ each, entry, size, bytes, list }: FieldCost, name: string): boolean {
  if (name === 'after' || name === 'before') return false
  const parts = [each, entry, size, bytes, list?.count, list?.facet]
  // Fields within a list of papers may depend on the arguments of the list.
  if (list || parts.some((part) => typeof part === 'function')) return true
  return name === 'first' || name === 'last' || (typeof size === 'object' && size.lengthOf === name)
}

function planArguments(
  planning: Planning,
  field: GraphQLField<unknown, unknown>,
  given: readonly ArgumentNode[],
): CostNode['argsOf'] {
  const fixed: Record<string, unknown> = {}
  const open: ArgumentNode[] = []
  for (const { name, defaultValue } of field.args)
    if (defaultValue !== undefined) fixed[name] = defaultValue
  for (const argument of given) {
    const names = variablesIn(argument.value)
    for (const name of names) planning.variables.add(name)
    if (names.length > 0) open.push(argument)
    else fixed[argument.name.value] = valueFromASTUntyped(argument.value)
  }
  if (open.length === 0) return () => fixed
  return (variables) => {
    const values = { ...fixed }
    for (const { name, value } of open) {
      const read = valueFromASTUntyped(value, variables)
      // A missing variable gives the argument its default.
      if (value.kind !== Kind.VARIABLE || Object.hasOwn(variables, value.name.value))
        values[name.value] = read
    }
    return values
  }
}

function variablesIn(value: ArgumentNode['value']): string[] {
  if (value.kind === Kind.VARIABLE) return [value.name.value]
  if (value.kind === Kind.LIST) return value.values.flatMap(variablesIn)
  return value.kind === Kind.OBJECT ? value.fields.flatMap((one) => variablesIn(one.value)) : []
}
