import {
  astFromValue,
  type GraphQLInputType,
  type GraphQLSchema,
  getNullableType,
  isInputObjectType,
  isListType,
  typeFromAST,
  type VariableDefinitionNode,
  valueFromASTUntyped,
} from 'graphql'

type Values = Record<string, unknown>

/**
 * Valid variables with the defaults of variables and of input fields, without which compiled code takes for missing what
 * may not be null.
 */
export function completed(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
  variables: Values | null | undefined,
): Values {
  const values: Values = { ...variables }
  for (const { variable, type, defaultValue } of definitions) {
    const name = variable.name.value
    if (values[name] === undefined && defaultValue) values[name] = valueFromASTUntyped(defaultValue)
    const given = values[name]
    if (typeof given === 'object' && given !== null)
      values[name] = complete(typeFromAST(schema, type as never) as GraphQLInputType, given)
  }
  return values
}

function complete(type: GraphQLInputType, value: unknown): unknown {
  if (value === null) return null
  const inner = getNullableType(type)
  if (isListType(inner)) {
    const items: unknown[] = Array.isArray(value) ? value : [value]
    return items.map((item) => complete(inner.ofType, item))
  }
  if (!isInputObjectType(inner) || typeof value !== 'object') return value
  const full: Values = { ...value }
  for (const { name, type: fieldType, defaultValue } of Object.values(inner.getFields())) {
    if (full[name] !== undefined) full[name] = complete(fieldType, full[name])
    else if (defaultValue !== undefined) full[name] = written(defaultValue, fieldType)
  }
  return full
}

/** A default as a client would write it. */
function written(value: unknown, type: GraphQLInputType): unknown {
  const node = astFromValue(value, type)
  return node ? valueFromASTUntyped(node) : undefined
}
