import { isGroupName } from './group-name.ts'

/** Separators between people: a semicolon, an ampersand or "and". "Ortega y Gasset" is one person. */
const BETWEEN = /\s*;\s*|\s+&\s+|,?\s+and\s+/iu
const COMMA = /\s*,\s*/u
const LETTERS = /\p{L}[\p{L}\p{M}'’\p{Pd}]/u

/**
 * The people named in a text; null if it is one name. "Castro and Silva" may be a family name, so each of several people must have a given name
 * or initials.
 */
export function severalNames(text: string): string[] | null {
  const parts = text.trim().split(BETWEEN).filter(Boolean)
  if (parts.length < 2 || !parts.every(isWhole) || isGroupName(plain(text))) return null
  return parts.flatMap((part) => {
    const names = part.split(COMMA)
    return names.length > 1 && names.every(isInOrder) ? names : [part]
  })
}

/** A family name, and a given name or initials. */
const isWhole = (part: string) =>
  LETTERS.test(part) && /[\s,.]/.test(part) && !/^(?:al|others?)\b/i.test(part)

/** In "Zhang, J. K." initials follow the comma. */
const isInOrder = (name: string) =>
  name.split(/\s+/).length > 1 && LETTERS.test(name.split(/\s+/).at(-1) ?? '')

const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
