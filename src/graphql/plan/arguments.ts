import {
  type FieldNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLSchema,
  getVariableValues,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  type TypeNode,
  type ValueNode,
  valueFromAST,
} from 'graphql'

export type Values = Record<string, unknown>

/** Prepares the reading of an operation's variables: undefined where one is wrong. Plain texts are taken as they are. */
export function compileVariables(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
): (given: Values | null | undefined) => Values | undefined {
  const names = variableDefinitions.map(({ variable }) => variable.name.value)
  const areTexts = variableDefinitions.every(({ type }) => TEXTS.has(nameOf(type)))
  return (given) => {
    if (!areTexts) return getVariableValues(schema, variableDefinitions, given ?? {}).coerced
    const values: Values = {}
    for (const name of names) {
      const value = given?.[name]
      if (typeof value !== 'string')
        return getVariableValues(schema, variableDefinitions, given ?? {}).coerced
      values[name] = value
    }
    return values
  }
}

const TEXTS = new Set(['String', 'ID'])

function nameOf(type: TypeNode): string {
  const named = type.kind === Kind.NON_NULL_TYPE ? type.type : type
  return named.kind === Kind.NAMED_TYPE ? named.name.value : ''
}

/**
 * Prepares the reading of a field's arguments, of which most are the same for all requests; undefined where one is
 * wrong. The variables have been read.
 */
export function compileArguments(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
): (variables: Values) => Values | undefined {
  const fixed: Values = {}
  const open: { argument: GraphQLArgument; value: ValueNode }[] = []
  for (const argument of field.args) {
    const value = node.arguments?.find((one) => one.name.value === argument.name)?.value
    if (value && holdsVariable(value)) open.push({ argument, value })
    else if (value) fixed[argument.name] = valueFromAST(value, argument.type)
    else if (argument.defaultValue !== undefined) fixed[argument.name] = argument.defaultValue
  }
  return (variables) => {
    const values = { ...fixed }
    for (const { argument, value } of open) {
      const isAbsent = value.kind === Kind.VARIABLE && !Object.hasOwn(variables, value.name.value)
      const read = isAbsent ? argument.defaultValue : valueFromAST(value, argument.type, variables)
      if (read === undefined && !isAbsent) return undefined
      if (read == null && isNonNullType(argument.type)) return undefined
      if (read !== undefined) values[argument.name] = read
    }
    return values
  }
}

function holdsVariable(value: ValueNode): boolean {
  if (value.kind === Kind.VARIABLE) return true
  if (value.kind === Kind.LIST) return value.values.some(holdsVariable)
  return value.kind === Kind.OBJECT && value.fields.some((one) => holdsVariable(one.value))
}
