import {
  type ASTNode,
  type ASTVisitor,
  GraphQLError,
  getNullableType,
  isInputObjectType,
  print,
  type ValidationContext,
} from 'graphql'
import { hintForArgument, hintForField } from './hints.ts'

/** What to write instead of a node that is not valid, by node. */
export type Hints = Map<ASTNode, string>

/** A validation rule that reports nothing: it finds what to write instead of unknown fields, arguments and values. */
export const collectHints =
  (hints: Hints) =>
  (context: ValidationContext): ASTVisitor => ({
    Field(node) {
      const parent = context.getParentType()
      if (!parent || context.getFieldDef()) return
      const hint = hintForField(parent, node.name.value)
      if (hint) hints.set(node, hint)
    },
    Argument(node) {
      const field = context.getFieldDef()
      if (!field) return
      const argument = field.args.find(({ name }) => name === node.name.value)
      if (!argument) {
        const hint = hintForArgument(
          field.args.map(({ name }) => name),
          node.name.value,
        )
        if (hint) hints.set(node, hint)
      }
    },
    enter(node) {
      const type = getNullableType(context.getInputType())
      const isValue =
        node.kind === 'ListValue' || node.kind === 'EnumValue' || node.kind === 'StringValue'
      if (!isValue || !isInputObjectType(type)) return
      const [first] = Object.keys(type.getFields()).filter(
        (name) => name === 'field' || name === 'any',
      )
      if (first) hints.set(node, `{ ${first}: ${print(node)} }`)
    },
  })

/** The error with what to write instead, where that is known. */
export function withHint(error: GraphQLError, hints: Hints): GraphQLError {
  const hint = hints.get(error.nodes?.[0] as ASTNode)
  if (!hint) return error
  const message = error.message.replace(/ Did you mean .*$/s, '')
  const { nodes, source, positions, extensions } = error
  return new GraphQLError(`${message} Did you mean "${hint}"?`, {
    nodes: nodes ?? null,
    source: source ?? null,
    positions: positions ?? null,
    extensions,
  })
}
