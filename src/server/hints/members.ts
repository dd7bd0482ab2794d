import { type GraphQLField, type GraphQLNamedType, isInterfaceType, isObjectType } from 'graphql'
import { isNear } from '../../errors.ts'

/** A longer list is not readable at a glance. */
const MOST_NAMES = 6

/** The arguments of a field, for an unknown argument that none of them resembles; undefined if there are too many. */
export function argumentsOf(
  { name: field, args }: GraphQLField<unknown, unknown>,
  name: string,
): string | undefined {
  if (args.length === 0) return `"${field}" takes no arguments.`
  const names = namesUnlike(args, name)
  return names && `"${field}" takes only ${names}.`
}

/** The fields of a type, for an unknown field that none of them resembles; undefined if there are too many. */
export function membersOf(type: GraphQLNamedType, name: string): string | undefined {
  const fields = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {}
  const names = namesUnlike(Object.values(fields), name)
  return names && `"${type.name}" has only ${names}.`
}

const LIST = new Intl.ListFormat('en-GB', { type: 'conjunction' })

/** The names, if they are few and none is near the given one: graphql-js itself suggests near names. */
function namesUnlike(members: readonly { name: string }[], given: string): string | undefined {
  const names = members.map(({ name }) => name)
  if (names.length === 0 || names.length > MOST_NAMES || names.some((one) => isNear(given, one)))
    return undefined
  return LIST.format(names.map((name) => `"${name}"`))
}
