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

/** Valid variables with the defaults of input fields, without which compiled code takes the fields for missing. */
export function completed(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
  variables: Values | null | undefined,
): Values | null | undefined {
  if (!variables) return variables
  let values = variables
  for (const { variable, type } of definitions) {
    const name = variable.name.value
    const given = variables[name]
    if (typeof given !== 'object' || given === null) continue
    const full = complete(typeFromAST(schema, type as never) as GraphQLInputType, given)
    values = { ...values, [name]: full }
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
