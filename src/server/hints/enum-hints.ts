import { type GraphQLSchema, isEnumType } from 'graphql'

const OF_ENUM = /\bdoes not exist in "(\w+)" enum\b|\bEnum "(\w+)" cannot represent/

/** A longer list is not readable at a glance. */
const LONGEST_LIST = 300

/** The values of an enum, for an error that names a value it lacks. Undefined for other errors, and for enums with too many values. */
export function valuesInstead(schema: GraphQLSchema, message: string): string | undefined {
  const [, unknown, other] = OF_ENUM.exec(message) ?? []
  const type = schema.getType(unknown ?? other ?? '')
  if (!isEnumType(type)) return undefined
  const names = type.getValues().map(({ name }) => name)
  const list = names.length === 1 ? names[0] : `one of ${names.join(', ')}`
  return list && list.length <= LONGEST_LIST ? `Expected ${list}.` : undefined
}
