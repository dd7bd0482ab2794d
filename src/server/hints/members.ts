import { type GraphQLField, type GraphQLNamedType, isInterfaceType, isObjectType } from 'graphql'
import { isNear } from '../../errors.ts'

/** Longer lists show nothing at a glance. */
const MOST_NAMES = 6

/** What a field takes, of an argument that it lacks and none of which is near; undefined where it takes too many. */
export function argumentsOf(
  { name: field, args }: GraphQLField<unknown, unknown>,
  name: string,
): string | undefined {
  if (args.length === 0) return `"${field}" takes no arguments.`
  const names = namesUnlike(args, name)
  return names && `"${field}" takes only ${names}.`
}

/** What a type has, of a field that it lacks and none of which is near; undefined where it has too many. */
export function membersOf(type: GraphQLNamedType, name: string): string | undefined {
  const fields = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {}
  const names = namesUnlike(Object.values(fields), name)
  return names && `"${type.name}" has only ${names}.`
}

const LIST = new Intl.ListFormat('en-GB', { type: 'conjunction' })

/** Few names, none of them near to the one given: graphql-js suggests those that are. */
function namesUnlike(members: readonly { name: string }[], given: string): string | undefined {
  const names = members.map(({ name }) => name)
  if (names.length === 0 || names.length > MOST_NAMES || names.some((one) => isNear(given, one)))
    return undefined
  return LIST.format(names.map((name) => `"${name}"`))
}
