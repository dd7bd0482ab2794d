import {
  type GraphQLField,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  TypeMetaFieldDef,
} from 'graphql'
import type { FieldCost } from '../../graphql/cost.ts'

const known = new WeakMap<GraphQLSchema, Map<GraphQLField<unknown, unknown>, FieldCost>>()

/** Costs of the introspection fields: their lists have average length. */
export function introspectionCosts(
  schema: GraphQLSchema,
): Map<GraphQLField<unknown, unknown>, FieldCost> {
  const found = known.get(schema) ?? measure(schema)
  known.set(schema, found)
  return found
}

function measure(schema: GraphQLSchema): Map<GraphQLField<unknown, unknown>, FieldCost> {
  const sizes = sizesOf(schema)
  const costs = new Map<GraphQLField<unknown, unknown>, FieldCost>()
  for (const [typeName, fields] of Object.entries(sizes)) {
    const type = schema.getType(typeName)
    if (!isObjectType(type)) continue
    for (const [name, size] of Object.entries(fields)) {
      const field = type.getFields()[name]
      if (field) costs.set(field, { size })
    }
  }
  // A query for a single type may ask for the largest one.
  const largest = Math.max(
    ...Object.values(schema.getTypeMap()).map((type) =>
      isObjectType(type) ? Object.keys(type.getFields()).length : 0,
    ),
  )
  costs.set(TypeMetaFieldDef, { size: largest / Math.max(1, sizes.__Type?.fields ?? 1) })
  return costs
}

function sizesOf(schema: GraphQLSchema): Record<string, Record<string, number>> {
  const types = Object.values(schema.getTypeMap())
  const composite = types.filter((type) => isObjectType(type) || isInterfaceType(type))
  const fields = composite.flatMap((type) => Object.values(type.getFields()))
  const inputs = types.filter(isInputObjectType)
  const enums = types.filter(isEnumType)
  const share = (count: number, of: number) => count / Math.max(1, of)
  const inputFields = inputs.flatMap((type) => Object.values(type.getFields()))
  return {
    __Schema: { types: types.length, directives: schema.getDirectives().length },
    __Type: {
      fields: share(fields.length, types.length),
      interfaces: 1,
      possibleTypes: 1,
      enumValues: share(enums.flatMap((type) => type.getValues()).length, types.length),
      inputFields: share(inputFields.length, types.length),
      // Most types are wrapped once or twice.
      ofType: 0.6,
    },
    __Field: { args: share(fields.flatMap(({ args }) => args).length, fields.length) },
    __Directive: { args: 1, locations: 4 },
  }
}
