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
import { compileValue, holdsVariable, type Reader, type Values } from './values.ts'

/**
 * Prepares a function that coerces an operation's variables; it returns undefined if one is invalid. Plain strings are passed unchanged.
 */
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
 * Prepares a function that coerces a field's arguments, most of which are the same for all requests; it returns undefined if one is
 * invalid. It expects coerced variables.
 */
export function compileArguments(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
): (variables: Values) => Values | undefined {
  const fixed: Values = {}
  const open: { argument: GraphQLArgument; value: ValueNode; read: Reader }[] = []
  for (const argument of field.args) {
    const value = node.arguments?.find((one) => one.name.value === argument.name)?.value
    if (value && holdsVariable(value))
      open.push({ argument, value, read: compileValue(value, argument.type) })
    else if (value) fixed[argument.name] = valueFromAST(value, argument.type)
    else if (argument.defaultValue !== undefined) fixed[argument.name] = argument.defaultValue
  }
  return (variables) => {
    const values = { ...fixed }
    for (const { argument, value, read } of open) {
      const isAbsent = value.kind === Kind.VARIABLE && !Object.hasOwn(variables, value.name.value)
      const found = isAbsent ? argument.defaultValue : read(variables)
      if (found === undefined && !isAbsent) return undefined
      if (found == null && isNonNullType(argument.type)) return undefined
      if (found !== undefined) values[argument.name] = found
    }
    return values
  }
}
