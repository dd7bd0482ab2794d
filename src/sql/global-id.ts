import { badInput, quote } from '../errors.ts'

/** Types whose objects have a global id. */
export const NODE_TYPES = [
  'Author',
  'Import',
  'Institution',
  'Paper',
  'Repository',
  'Topic',
  'Venue',
] as const
export type NodeType = (typeof NODE_TYPES)[number]

export interface GlobalId {
  type: NodeType
  id: number
}

const FORM = RegExp(`^(${NODE_TYPES.join('|')}):([1-9]\\d{0,15})$`)

/** The opaque id of an object, unique among all types. */
export function globalId(type: NodeType, id: number): string {
  return btoa(`${type}:${id}`)
}

/** The type and number in a global id; null if the text is not one. */
export function decodeGlobalId(text: string): GlobalId | null {
  const [, type, digits] = FORM.exec(Buffer.from(text.trim(), 'base64').toString('latin1')) ?? []
  const id = Number(digits)
  return type && Number.isSafeInteger(id) ? { type: type as NodeType, id } : null
}

/**
 * The number in a global id of one type; null when the text is not a global id. Throws BAD_USER_INPUT for the id of
 * another type, which could otherwise pass for some scheme's identifier.
 */
export function parseGlobalId(type: NodeType, text: string): number | null {
  const found = decodeGlobalId(text)
  if (found && found.type !== type)
    throw badInput(`${quote(text)} is an id of type ${found.type}; expected ${type}.`)
  return found?.id ?? null
}
