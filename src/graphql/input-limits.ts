import {
  defaultFieldResolver,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNullableType,
  isInputObjectType,
  isListType,
  isObjectType,
  isScalarType,
} from 'graphql'
import { badInput } from '../errors.ts'

/** Maximum length of an argument or of a field of an input type. */
export interface InputLimit {
  /** Maximum characters of a text, or of each text of a list. */
  characters?: number
  /** Maximum entries of a list. */
  entries?: number
}

/** Limits of inputs that declare none: names, slugs and ids are shorter. */
const DEFAULT_LIMIT: Required<InputLimit> = { characters: 300, entries: 100 }

/** Limit of a reference. Most references are URLs. */
export const REFERENCE: InputLimit = { characters: 2000 }

/** Options that declare the limits of an argument or of a field of an input type. */
export const atMost = (limit: InputLimit) => ({ extensions: { limit } })

/** Throws BAD_USER_INPUT with the first value that is too long, its length and the limit. */
type Check = (value: unknown, path: string) => void

/** What `withInputLimits` adds to the extensions of a field whose arguments have limits. */
export interface LimitedField {
  checkArguments?: (args: Record<string, unknown>) => void
}

/** Makes each field check the lengths of its arguments before it is resolved. */
export function withInputLimits(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue
    for (const field of Object.values(type.getFields())) {
      const check = checkOfMembers(field.args)
      if (!check) continue
      const checkArguments = (args: Record<string, unknown>) => check(args, '')
      const { resolve = defaultFieldResolver } = field
      field.extensions = { ...field.extensions, checkArguments }
      field.resolve = (source, args, context, info) => {
        checkArguments(args)
        return resolve(source, args, context, info)
      }
      const { subscribe } = field
      if (!subscribe) continue
      field.subscribe = (source, args, context, info) => {
        checkArguments(args)
        return subscribe(source, args, context, info)
      }
    }
  }
  return schema
}

/** The limits of an argument or of a field of an input type, without those that do not apply to its type. */
export function limitOfInput({ type, extensions }: Member): InputLimit {
  const limit = { ...DEFAULT_LIMIT, ...(extensions as { limit?: InputLimit }).limit }
  const isList = isListType(getNullableType(type))
  return {
    ...(isText(type) ? { characters: limit.characters } : {}),
    ...(isList ? { entries: limit.entries } : {}),
  }
}

type Member = Pick<GraphQLArgument | GraphQLInputField, 'name' | 'type' | 'extensions'>

function isText(type: GraphQLInputType): boolean {
  const inner = getNullableType(type)
  if (isListType(inner)) return isText(inner.ofType)
  return isScalarType(inner) && (inner.name === 'String' || inner.name === 'ID')
}

/** Checks the values of arguments, or of the fields of an input object; null if none has a limit. */
function checkOfMembers(members: readonly Member[]): Check | null {
  const checks = members.flatMap((member): [string, Check][] => {
    const check = checkOf(member.type, limitOfInput(member))
    return check ? [[member.name, check]] : []
  })
  if (checks.length === 0) return null
  return (values, path) => {
    for (const [name, check] of checks) {
      const value = (values as Record<string, unknown>)[name]
      if (value != null) check(value, path === '' ? name : `${path}.${name}`)
    }
  }
}

function checkOf(type: GraphQLInputType, limit: InputLimit): Check | null {
  const inner = getNullableType(type)
  if (isListType(inner)) return checkOfList(checkOf(inner.ofType, limit), limit.entries)
  if (isInputObjectType(inner)) return checkOfMembers(Object.values(inner.getFields()))
  const { characters } = limit
  if (characters === undefined) return null
  return (value, path) => {
    if (typeof value === 'string' && value.length > characters)
      throw badInput(`${path} has ${value.length} characters; expected at most ${characters}.`)
  }
}

function checkOfList(checkEntry: Check | null, most = DEFAULT_LIMIT.entries): Check {
  return (value, path) => {
    const entries = value as readonly unknown[]
    if (entries.length > most)
      throw badInput(`${path} has ${entries.length} entries; expected at most ${most}.`)
    if (!checkEntry) return
    for (const [i, entry] of entries.entries())
      if (entry != null) checkEntry(entry, `${path}[${i}]`)
  }
}
