import { acronymKey, initialsOf, institutionKey } from '../../record/affiliation.ts'
import type { InstitutionRecord } from '../../record/profile-record.ts'

/** The statements of sources about an institution. */
export interface DescribedBy {
  entity: string
  /** Records, those of the register first. */
  records: InstitutionRecord[]
  claims: { name: string; nameKey: string | null; acronym: string | null; domain: string | null }[]
}

/** The displayed and searchable values of an institution. */
export interface Description {
  name: string
  nameKey: string
  nameKeys: string[]
  acronyms: string[]
  shortKeys: string[]
  country: string | null
  domain: string | null
  parentRor: string | null
}

/** Describes an institution; the order of claims and records does not matter. */
export function descriptionOf({ entity, records, claims }: DescribedBy): Description {
  const [record] = records
  const named = claims.filter(({ nameKey }) => nameKey !== null)
  const name =
    record?.name ?? firstOf((named.length > 0 ? named : claims).map((one) => one.name)) ?? entity
  const names = [
    name,
    ...records.flatMap((one) => [one.name, ...one.aliases]),
    ...named.map((one) => one.name),
  ]
  const stated = claims.flatMap(({ acronym }) => acronym ?? [])
  const acronyms = record ? record.acronyms : plausible(name, stated)
  const short = [...acronyms, ...stated, ...records.flatMap((one) => one.acronyms)].map(acronymKey)
  return {
    name,
    nameKey: institutionKey(name),
    nameKeys: [...new Set(names.map(institutionKey))].filter(Boolean).sort(),
    acronyms: [...new Set(acronyms)],
    shortKeys: [...new Set([...short, initialsOf(name)])].filter(Boolean).sort(),
    country: record?.country ?? null,
    domain: record?.domain ?? commonest(claims.flatMap(({ domain }) => domain ?? [])),
    parentRor: record?.parent ?? null,
  }
}

/** The first name by code point, which puts capitals first. */
function firstOf(names: string[]): string | undefined {
  return names.toSorted((a, b) => (a < b ? -1 : 1))[0]
}

/** The most frequent value; of equals the shortest, then the first. */
function commonest(values: string[]): string | null {
  const times = new Map<string, number>()
  for (const value of values) times.set(value, (times.get(value) ?? 0) + 1)
  const [best] = [...times].sort(
    ([a, timesOfA], [b, timesOfB]) =>
      timesOfB - timesOfA || a.length - b.length || (a < b ? -1 : 1),
  )
  return best?.[0] ?? null
}

/** Short forms in capitals whose letters occur in the name in this order, so that a laboratory's is not shown for its university. */
function plausible(name: string, stated: string[]): string[] {
  const fits = [...new Set(stated)].filter(
    (one) => /^\p{Lu}[\p{Lu}\d]{1,7}$/u.test(one) && isWithin(one, name),
  )
  return fits.sort((a, b) => a.length - b.length || (a < b ? -1 : 1)).slice(0, 3)
}

function isWithin(acronym: string, name: string): boolean {
  const letters = institutionKey(name)
  let at = -1
  for (const letter of acronym.toLowerCase()) {
    at = letters.indexOf(letter, at + 1)
    if (at < 0) return false
  }
  return letters[0] === acronym[0]?.toLowerCase()
}
