import {
  coerceInputValue,
  type ExecutionResult,
  GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
  type VariableDefinitionNode,
} from 'graphql'
import { quote } from '../../errors.ts'
import { isRecord } from '../../graphql/input-forms.ts'
import { insteadOfCondition } from './absent.ts'
import { valuesInstead } from './enum-hints.ts'
import { addSentence } from './hint-rule.ts'
import { formsOf, hintForInputField, hintForValue } from './value-hints.ts'

type Values = Readonly<Record<string, unknown>>
type Path = readonly (string | number)[]

/** Adds to each error of a variable what to send instead, if that is known. */
export function withVariableHints(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  given: Values | null | undefined,
  { errors = [] }: ExecutionResult,
): ExecutionResult {
  const hints = variableDefinitions.flatMap((definition) =>
    hintsFor(schema, definition, given ?? {}, variableDefinitions),
  )
  // graphql-js reports errors in the same order, and stops after a number of them.
  return {
    errors: errors.map((error, i) =>
      withSentence(error, hints[i] ?? valuesInstead(schema, error.message)),
    ),
  }
}

/** A sentence or undefined for each error of a variable. */
function hintsFor(
  schema: GraphQLSchema,
  { variable, type: node, defaultValue }: VariableDefinitionNode,
  given: Values,
  all: readonly VariableDefinitionNode[],
): (string | undefined)[] {
  const type = typeFromAST(schema, node as never) as GraphQLInputType | undefined
  const name = variable.name.value
  if (!isInputType(type)) return [undefined]
  if (!Object.hasOwn(given, name))
    return isNonNullType(type) && !defaultValue ? [undeclared(given, all)] : []
  const value = given[name]
  if (value === null) return isNonNullType(type) ? [undefined] : []
  const hints: (string | undefined)[] = []
  coerceInputValue(value, type, (path, _, { message }) => {
    hints.push(hintAt(type, value, path, message))
  })
  return hints
}

/** Suggests undeclared variables that the request contains. */
function undeclared(given: Values, all: readonly VariableDefinitionNode[]): string | undefined {
  const declared = new Set(all.map(({ variable }) => variable.name.value))
  const others = Object.keys(given).filter((name) => !declared.has(name))
  return others.length > 0
    ? `Given, but not declared: ${others.slice(0, MOST_NAMES).map(quote).join(', ')}.`
    : undefined
}

const MOST_NAMES = 5

/** A longer hint is not readable at a glance. */
const LONGEST_HINT = 200

const UNKNOWN_FIELD = /^Field "(.+?)" is not defined by type/

function hintAt(
  type: GraphQLInputType,
  value: unknown,
  path: Path,
  message: string,
): string | undefined {
  let [innerType, innerValue]: [GraphQLInputType | undefined, unknown] = [type, value]
  let expected: string | undefined
  for (const key of [...path, null]) {
    const isLast = key === null
    if (!innerType) break
    // A wrong part of an order or a range may be the fault of the form of the whole.
    const isWhole = isLast || isInputObjectType(getNullableType(innerType))
    const hint = isWhole ? hintForValue(innerType, innerValue, String(key)) : undefined
    const text = hint === undefined ? '' : JSON.stringify(hint)
    if (text !== '' && text.length <= LONGEST_HINT) return `Did you mean ${text}?`
    if (isLast) break
    const parent = getNamedType(innerType)
    expected = isInputObjectType(parent) ? formsOf(parent, String(key)) : undefined
    innerType = memberOf(innerType, key)
    innerValue = (innerValue as Record<string | number, unknown> | undefined)?.[key]
  }
  const inner = getNullableType(innerType)
  const [, name] = UNKNOWN_FIELD.exec(message) ?? []
  if (!name || !isInputObjectType(inner)) return isRecord(innerValue) ? expected : undefined
  const field = hintForInputField(inner, name)
  return field ? `Did you mean "${field}"?` : insteadOfCondition(inner, name)
}

function memberOf(type: GraphQLInputType, key: string | number): GraphQLInputType | undefined {
  const inner = getNullableType(type)
  if (isListType(inner)) return typeof key === 'number' ? inner.ofType : memberOf(inner.ofType, key)
  return isInputObjectType(inner) ? inner.getFields()[key]?.type : undefined
}

function withSentence(error: GraphQLError, sentence: string | undefined): GraphQLError {
  if (!sentence) return error
  const { nodes, extensions, originalError } = error
  const message = addSentence(error.message, sentence)
  return new GraphQLError(message, {
    nodes: nodes ?? null,
    extensions,
    originalError: originalError ?? null,
  })
}
