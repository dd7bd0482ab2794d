/** A value of JSON. */
export type Value = null | boolean | number | string | Value[] | { [name: string]: Value }

/** A position in a value: the names and indexes that lead to it. */
export type Place = (string | number)[]

/** All positions within a value, the outer ones first. */
export function placesIn(value: Value, at: Place = []): Place[] {
  const own = at.length === 0 ? [] : [at]
  if (typeof value !== 'object' || value === null) return own
  const keys = Array.isArray(value) ? value.map((_, i) => i) : Object.keys(value)
  return [
    ...own,
    ...keys.flatMap((key) =>
      placesIn((value as Record<string | number, Value>)[key] ?? null, [...at, key]),
    ),
  ]
}

/** The value at a position. */
export const valueAt = (value: Value, place: Place): Value =>
  place.reduce((within, key) => (within as Record<string | number, Value>)[key] ?? null, value)

/** A copy of a value with another value at one position, or without that position. */
export function withValue(value: Value, [key, ...rest]: Place, other: Value | undefined): Value {
  if (key === undefined) return other ?? null
  const copy = structuredClone(value) as Record<string | number, Value>
  if (rest.length > 0) copy[key] = withValue(copy[key] ?? null, rest, other)
  else if (other !== undefined) copy[key] = other
  else if (Array.isArray(value)) (copy as unknown as Value[]).splice(key as number, 1)
  else delete copy[key]
  return copy as Value
}

const NO_TEXTS: Value[] = [5, true, { x: 1 }, [7]]

/** Wrong texts by form; other texts may be anything. */
const FORMS: [RegExp, string[]][] = [
  [/^https?:\/\/doi\.org\/10\.|^10\.\d{4}/, ['not a doi', '10.1000', 'https://example.org/1']],
  [/^https?:\/\/orcid\.org/, ['https://orcid.org/0000-0000-0000-0001', 'somebody']],
  [/^https?:\/\/ror\.org/, ['https://ror.org/1', 'MIT']],
  [/^https?:/, ['www of example', 'ftp://example.org/x', '/relative']],
  [/^\d{4}-\d\d(-\d\d)?/, ['20x1-05-01', '2021-13-45', '2021-04-31', '3021-01-01', 'soon, in 2x']],
  [/^(PMC)?\d{5,}$/, ['number 5', '?']],
  [/^[A-Z][a-z]{2}, \d+ [A-Z]/, ['Mon, 99 Foo 20x7', 'nonsense 1']],
]

/** Wrong values, made from a right one. */
export function brokenFrom(right: Value): Value[] {
  if (Array.isArray(right)) return ['text 5', 5, { x: 1 }]
  if (typeof right === 'object' && right !== null) return ['text 5', 5, [5]]
  if (typeof right === 'boolean') return ['perhaps', 2, {}]
  if (typeof right === 'number') return ['many', -5, 1.5, 1e21, {}]
  const forms = FORMS.filter(([form]) => form.test(right ?? ''))
  return [...NO_TEXTS, ...(forms[0]?.[1] ?? [])]
}
