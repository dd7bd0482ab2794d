import type { BibtexEntry } from './bibtex-fields.ts'

type Find = (key: string) => BibtexEntry | undefined

/** Reference of biber to a field of another entry (`xdata=key-field`), or to a member of a list (`xdata=key-field-2`). */
const REFERENCE = /^\s*xdata\s*=\s*(.+?)-([a-z]+)(?:-(\d{1,4}))?\s*$/i
/** Separator of the members of a list; captured, so that `split` keeps it. */
const AND = /(\s+and\s+)/i
const DEEPEST = 10

const mayRefer = (value: string) => value.includes('xdata')

/** Keys of the entries to which single values refer. */
export function xdataKeysIn({ fields }: BibtexEntry): string[] {
  return [...fields.values()]
    .filter(mayRefer)
    .flatMap((value) => value.split(AND).flatMap((part) => REFERENCE.exec(part)?.[1] ?? []))
}

/** Replaces references by the values they refer to. A field with an unresolvable reference is left out and reported. */
export function withXdata(entry: BibtexEntry, find: Find, lost: string[]): BibtexEntry {
  if (![...entry.fields.values()].some(mayRefer)) return entry
  const fields = new Map<string, string>()
  for (const [name, value] of entry.fields) {
    const resolved = mayRefer(value) ? resolve(value, find) : value
    if (resolved !== null) fields.set(name, resolved)
    else lost.push(`the value that ${name} refers to is not in the file; left out`)
  }
  return { ...entry, fields }
}

function resolve(value: string, find: Find, depth = 0): string | null {
  const parts = value.split(AND).map((part) => {
    const [, key = '', field = '', index] = REFERENCE.exec(part) ?? []
    if (key === '') return part
    const all = find(key)?.fields.get(field.toLowerCase()) ?? null
    const one = index === undefined ? all : (all?.split(AND)[2 * Number(index) - 2] ?? null)
    return one === null || depth > DEEPEST ? null : resolve(one, find, depth + 1)
  })
  return parts.includes(null) ? null : parts.join('')
}
