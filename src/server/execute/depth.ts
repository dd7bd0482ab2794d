import {
  type ASTVisitor,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql'

/** Maximum depth of selections. Executing a few thousand levels overflows the stack. */
const MOST_LEVELS = 100

/** A validation rule: no field is deeper than `MOST_LEVELS`, fragments included. */
export function limitDepth(context: ValidationContext): ASTVisitor {
  const depths = new Map<FragmentDefinitionNode, number>()

  const depthOf = (set: SelectionSetNode | undefined): number => {
    let deepest = 0
    for (const selection of set?.selections ?? []) {
      const inner =
        selection.kind === Kind.FRAGMENT_SPREAD
          ? depthOfFragment(selection.name.value)
          : depthOf(selection.selectionSet) + (selection.kind === Kind.FIELD ? 1 : 0)
      deepest = Math.max(deepest, inner)
    }
    return deepest
  }

  const depthOfFragment = (name: string): number => {
    const fragment = context.getFragment(name)
    if (!fragment) return 0
    const known = depths.get(fragment)
    if (known !== undefined) return known
    // Set first, because fragments of an invalid document may contain themselves.
    depths.set(fragment, 0)
    const depth = depthOf(fragment.selectionSet)
    depths.set(fragment, depth)
    return depth
  }

  return {
    OperationDefinition(node) {
      const depth = depthOf(node.selectionSet)
      if (depth <= MOST_LEVELS) return
      const message = `The operation nests ${depth} levels deep; at most ${MOST_LEVELS} are allowed.`
      context.reportError(new GraphQLError(message, { nodes: node }))
    },
  }
}
