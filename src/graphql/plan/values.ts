import {
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  getNullableType,
  isInputObjectType,
  isListType,
  isNonNullType,
  Kind,
  type ListValueNode,
  type ObjectValueNode,
  type ValueNode,
  valueFromAST,
} from 'graphql'

export type Values = Record<string, unknown>

/** Coerces a value of a document with these variables; returns undefined if it is not of its type. */
export type Reader = (variables: Values) => unknown

/**
 * A compiled `valueFromAST`: values without variables are coerced once, and each request visits only the given fields of an input object.
 */
export function compileValue(node: ValueNode, type: GraphQLInputType): Reader {
  if (!holdsVariable(node)) {
    const value = valueFromAST(node, type)
    return () => value
  }
  const inner = getNullableType(type)
  if (node.kind === Kind.VARIABLE) return compileVariable(node.name.value, isNonNullType(type))
  if (isListType(inner) && node.kind === Kind.LIST) return compileList(node, inner.ofType)
  if (isInputObjectType(inner) && node.kind === Kind.OBJECT) return compileObject(node, inner)
  return (variables) => valueFromAST(node, type, variables)
}

function compileVariable(name: string, isNeeded: boolean): Reader {
  return (variables) => {
    const value = variables[name]
    return value === null && isNeeded ? undefined : value
  }
}

function compileList({ values }: ListValueNode, type: GraphQLInputType): Reader {
  const entries = values.map((node) => ({ node, read: compileValue(node, type) }))
  const isNeeded = isNonNullType(type)
  return (variables) => {
    const list: unknown[] = []
    for (const { node, read } of entries) {
      const isLeftOut = isMissing(node, variables)
      const value = isLeftOut && !isNeeded ? null : read(variables)
      if (value === undefined) return undefined
      list.push(value)
    }
    return list
  }
}

interface GivenField {
  field: GraphQLInputField
  node: ValueNode
  read: Reader
}

function compileObject({ fields }: ObjectValueNode, type: GraphQLInputObjectType): Reader {
  const given = new Map(fields.map(({ name, value }) => [name.value, value]))
  const all = Object.values(type.getFields())
  const members = all.flatMap((field): GivenField[] => {
    const node = given.get(field.name)
    return node ? [{ field, node, read: compileValue(node, field.type) }] : []
  })
  const others = all.filter(({ name }) => !given.has(name))
  const defaults = others.filter(({ defaultValue }) => defaultValue !== undefined)
  const isShort = others.some(
    ({ type, defaultValue }) => defaultValue === undefined && isNonNullType(type),
  )
  if (isShort) return () => undefined
  return (variables) => {
    const object: Values = {}
    for (const { name, defaultValue } of defaults) object[name] = defaultValue
    for (const { field, node, read } of members) {
      const isLeftOut = isMissing(node, variables)
      const value = isLeftOut ? field.defaultValue : read(variables)
      if (value !== undefined) object[field.name] = value
      else if (!isLeftOut || isNonNullType(field.type)) return undefined
    }
    return type.isOneOf && !isOne(object) ? undefined : object
  }
}

/** Whether the value is a variable that the request does not provide. */
const isMissing = (node: ValueNode, variables: Values) =>
  node.kind === Kind.VARIABLE && variables[node.name.value] === undefined

function isOne(object: Values): boolean {
  const [value, ...others] = Object.values(object)
  return value != null && others.length === 0
}

/** Whether a value contains variables. */
export function holdsVariable(value: ValueNode): boolean {
  if (value.kind === Kind.VARIABLE) return true
  if (value.kind === Kind.LIST) return value.values.some(holdsVariable)
  return value.kind === Kind.OBJECT && value.fields.some((one) => holdsVariable(one.value))
}
