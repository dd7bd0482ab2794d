import {
  type ArgumentNode,
  type ASTNode,
  type ASTVisitor,
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isValueNode,
  Kind,
  type ObjectFieldNode,
  type ValidationContext,
  type ValueNode,
  type VariableNode,
  valueFromASTUntyped,
} from 'graphql'
import { isNear } from '../../errors.ts'
import { insteadOf, insteadOfCondition, withoutPages } from './absent.ts'
import { valuesInstead } from './enum-hints.ts'
import { argumentsOf, membersOf } from './members.ts'
import {
  hintForArgument,
  hintForArgumentBeside,
  hintForField,
  hintForReference,
  hintForSelection,
} from './name-hints.ts'
import { formsOf, hintForInputField, hintForValue } from './value-hints.ts'

/** For each invalid node, a sentence that says what to write instead. */
export type Hints = Map<ASTNode, string>

/** A validation rule that reports no errors: it collects replacements for unknown fields, arguments and values. */
export const collectHints =
  (hints: Hints) =>
  (context: ValidationContext): ASTVisitor => {
    const finding: Finding = { hints, context, forms: new Map(), untyped: [] }
    return {
      Document(node) {
        finding.untyped = unknownTypes(context.getSchema(), node)
      },
      Variable: (node, _, parent) => hintForVariable(finding, node, parent),
      Field: (node) => hintForUnknownField(finding, node),
      Argument: (node, _key, _parent, _path, ancestors) =>
        hintForUnknownArgument(finding, node, namesGiven(ancestors.at(-1))),
      ObjectField: (node) => hintForUnknownMember(finding, node),
      enter(node) {
        if (isValueNode(node)) hintForWrongValue(finding, node)
      },
    }
  }

interface Finding {
  hints: Hints
  context: ValidationContext
  /** The forms that the schema accepts for a value that was written as an object. */
  forms: Hints
  /** Unknown types of variables, each with its variable. */
  untyped: [variable: string, type: ASTNode][]
}

/** Records the suggestion of a name, or another sentence if there is no name. */
function tell({ hints }: Finding, node: ASTNode, name: string | undefined, otherwise?: string) {
  const sentence = name === undefined ? otherwise : meant(`"${name}"`)
  if (sentence) hints.set(node, sentence)
}

function tellValue({ hints }: Finding, node: ASTNode, type: GraphQLInputType, hint: unknown) {
  if (hint === undefined) return
  const text = literalOf(type, hint)
  if (text.length <= LONGEST_HINT) hints.set(node, meant(text))
}

type VisitedBy = ASTNode | readonly ASTNode[] | undefined

function hintForVariable(finding: Finding, node: VariableNode, parent: VisitedBy): void {
  const { hints, context, untyped } = finding
  const type = context.getInputType()
  if (!type) return
  // If the argument has a default, the variable may be omitted.
  const isArgument = parent && 'kind' in parent && parent.kind === Kind.ARGUMENT
  const hasDefault = isArgument && context.getArgument()?.defaultValue !== undefined
  const wanted = hasDefault ? getNullableType(type) : type
  for (const [variable, unknown] of untyped)
    if (variable === node.name.value && !hints.has(unknown))
      hints.set(unknown, meant(`"$${variable}: ${wanted}"`))
}

function hintForUnknownField(finding: Finding, node: FieldNode): void {
  const { context } = finding
  const parent = context.getParentType()
  if (!parent || context.getFieldDef()) return
  const name = node.name.value
  const otherwise = insteadOf(name) ?? withoutPages(name) ?? membersOf(parent, name)
  tell(finding, node, hintForField(parent, name), otherwise)
}

function hintForUnknownArgument(finding: Finding, node: ArgumentNode, given: string[]): void {
  const parent = finding.context.getParentType()
  const field = finding.context.getFieldDef()
  const name = node.name.value
  if (!parent || !field || field.args.some((argument) => argument.name === name)) return
  const hint =
    hintForArgument(field, name) ??
    (isInputAlone(field) ? hintForMember(field, name) : undefined) ??
    hintForArgumentBeside(parent, field, name) ??
    hintForMember(field, name) ??
    hintForReference(parent, field, name) ??
    hintForSelection(field, name, given)
  tell(finding, node, hint, insteadOf(name) ?? argumentsOf(field, name))
}

function hintForUnknownMember(finding: Finding, node: ObjectFieldNode): void {
  const { hints, context, forms } = finding
  const type = getNamedType(context.getParentInputType())
  if (!isInputObjectType(type) || hints.has(node)) return
  const name = node.name.value
  const expected = node.value.kind === Kind.OBJECT && formsOf(type, name)
  if (expected) forms.set(node.value, expected)
  if (Object.hasOwn(type.getFields(), name)) return
  tell(finding, node, hintForInputField(type, name), insteadOfCondition(type, name))
}

function hintForWrongValue(finding: Finding, node: ValueNode): void {
  const { hints, context, forms } = finding
  if (hints.has(node)) return
  // For a list, `getInputType` returns the type of its entries.
  const type = (node.kind === Kind.LIST && context.getParentInputType()) || context.getInputType()
  if (!type) return
  const value = valueFromASTUntyped(node)
  tellValue(finding, node, type, hintForValue(type, value))
  const expected = forms.get(node)
  if (expected && !hints.has(node)) hints.set(node, expected)
  // A wrong part of an order may be the fault of the form of the whole.
  for (const field of node.kind === Kind.OBJECT ? node.fields : []) {
    const hint = hintForValue(type, value, field.name.value)
    tellValue(finding, field, type, hint)
    tellValue(finding, field.value, type, hint)
  }
}

/** Names of the arguments beside the given one. */
const namesGiven = (of: ASTNode | readonly ASTNode[] | undefined) =>
  of && 'arguments' in of ? (of.arguments ?? []).map(({ name }) => name.value) : []

/** Unknown types of variables, each with its variable. */
function unknownTypes(schema: GraphQLSchema, { definitions }: DocumentNode): [string, ASTNode][] {
  return definitions.flatMap((one) =>
    (one.kind === Kind.OPERATION_DEFINITION ? (one.variableDefinitions ?? []) : []).flatMap(
      ({ variable, type }): [string, ASTNode][] => {
        let named = type
        while (named.kind !== Kind.NAMED_TYPE) named = named.type
        return schema.getType(named.name.value) ? [] : [[variable.name.value, named]]
      },
    ),
  )
}

const meant = (hint: string) => `Did you mean ${hint}?`

/** Whether a field takes a single input object, as mutations do. */
const isInputAlone = ({ args }: GraphQLField<unknown, unknown>) =>
  args.length === 1 && isInputObjectType(getNamedType(args[0]?.type))

/** The hint for an unknown argument that is a field of an argument: a condition of the filter, or the name of what is saved. */
function hintForMember({ args }: GraphQLField<unknown, unknown>, name: string) {
  for (const argument of args) {
    const type = getNamedType(argument.type)
    const hint = isInputObjectType(type) && hintForInputField(type, name)
    if (hint) return `${argument.name}: { ${hint} }`
  }
  return undefined
}

/** A longer hint is not readable at a glance. */
const LONGEST_HINT = 200

/** A value as a GraphQL literal: names of enum values are not quoted. */
function literalOf(type: GraphQLInputType, value: unknown): string {
  const inner = getNullableType(type)
  if (Array.isArray(value)) {
    const of = isListType(inner) ? inner.ofType : inner
    return `[${value.map((one) => literalOf(of, one)).join(', ')}]`
  }
  if (isInputObjectType(inner) && typeof value === 'object' && value !== null) {
    const fields = inner.getFields()
    const members = Object.entries(value).flatMap(([name, one]) => {
      const field = fields[name]
      return field ? [`${name}: ${literalOf(field.type, one)}`] : []
    })
    return `{ ${members.join(', ')} }`
  }
  return isEnumType(getNamedType(inner)) ? String(value) : JSON.stringify(value)
}

const POSITION = /^Variable "(\$\w+)" of type .* used in position expecting type "(.*)"\.$/s

/** The error with a replacement if one is known, or with the values of the enum. */
export function withHint(schema: GraphQLSchema, error: GraphQLError, hints: Hints): GraphQLError {
  const [, variable, type] = POSITION.exec(error.message) ?? []
  const hint = variable ? meant(`"${variable}: ${type}"`) : hints.get(error.nodes?.[0] as ASTNode)
  const sentence = hint ?? valuesInstead(schema, error.message)
  const message = sentence ? addSentence(error.message, sentence) : withoutFar(error.message)
  if (message === error.message) return error
  const { nodes, source, positions, extensions } = error
  return new GraphQLError(message, {
    nodes: nodes ?? null,
    source: source ?? null,
    positions: positions ?? null,
    extensions,
  })
}

/** Matches suggestions of names only: `Did you mean "nodes { ... }"?` suggests a selection. */
const NAMES_MEANT = /^(.*) Did you mean ("\w+"(?:,? (?:or )?"\w+")*)\?$/s

/** The message without graphql-js's suggestions of distant names. The first name in quotes is the unknown one. */
function withoutFar(message: string): string {
  const [, before, list = ''] = NAMES_MEANT.exec(message) ?? []
  const unknown = before && /"(\w+)"/.exec(before)?.[1]
  if (!unknown) return message
  const near = [...list.matchAll(/"(\w+)"/g)].flatMap(([, name = '']) =>
    isNear(unknown, name) ? `"${name}"` : [],
  )
  return near.length === 0 ? before : `${before} ${meant(near.join(' or '))}`
}

/** The message with this hint instead of graphql-js's. */
export function addSentence(message: string, sentence: string): string {
  const first = message.replace(/ Did you mean .*$/s, '')
  return `${first}${/[.?!;]$/.test(first) ? '' : '.'} ${sentence}`
}
