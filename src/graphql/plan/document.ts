import {
  type DocumentNode,
  doTypesOverlap,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type InlineFragmentNode,
  isAbstractType,
  isCompositeType,
  isObjectType,
  Kind,
} from 'graphql'

/** The fragments of a document by name. */
export function fragmentsIn({ definitions }: DocumentNode): Map<string, FragmentDefinitionNode> {
  const fragments = definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION)
  return new Map(fragments.map((one) => [one.name.value, one]))
}

/** Whether a fragment selects fields of an object of this type. */
export function applies(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  { typeCondition }: Pick<FragmentDefinitionNode | InlineFragmentNode, 'typeCondition'>,
): boolean {
  if (!typeCondition) return true
  const wanted = schema.getType(typeCondition.name.value)
  return isCompositeType(wanted) && doTypesOverlap(schema, wanted, type)
}

/** The types that an object of this type may have. */
export function possibleTypes(
  schema: GraphQLSchema,
  type: GraphQLNamedType,
): readonly GraphQLObjectType[] {
  if (isObjectType(type)) return [type]
  return isAbstractType(type) ? schema.getPossibleTypes(type) : []
}
