import type {
  AuthorRecord,
  InstitutionRecord,
  ProfileRecord,
  Workplace,
} from '../domain/record/profile-record.ts'
import { normaliseRor } from '../domain/reference/ror.ts'
import { hasAddress } from './fields/addresses.ts'
import { atMost, clean, countOf, cut, MOST, urlOf } from './guard-values.ts'
import type { Refusal } from './input/outcome.ts'

/** Does what `guardRecord` does, for the profile of an author, a topic or an institution. */
export function guardProfile(
  profile: ProfileRecord,
): { profile: ProfileRecord; repairs: string[] } | Refusal {
  const key = clean(profile.key)
  if (key === '' || key.length > MOST.key || hasAddress(key))
    return { key: null, reason: 'the entry has no key that can be kept' }
  const name = clean(profile.name)
  // Names of some institutions contain "@", such as "CNRS@CREATE".
  const isNoName = profile.type === 'institution' ? hasAddress(name) : name.includes('@')
  if (name === '' || isNoName) return { key, reason: 'the entry has no name' }
  if (name.length > MOST.name)
    return { key, reason: `the name has ${name.length} characters; at most ${MOST.name}` }
  const repairs: string[] = []
  const plain = { key, name, url: urlOf(profile.url) }
  if (profile.type === 'institution') {
    const ror = normaliseRor(profile.ror)
    if (ror === null) return { key, reason: 'the entry has no valid ROR id' }
    return { profile: { ...profile, ...plain, ror, ...placeOf(profile, repairs) }, repairs }
  }
  const guarded =
    profile.type === 'author'
      ? { ...profile, ...plain, ...personOf(profile, repairs) }
      : { ...profile, ...plain, description: cut(profile.description, MOST.abstract) }
  return { profile: guarded, repairs }
}

const MOST_NAMES = 100

function personOf(author: AuthorRecord, repairs: string[]): Partial<AuthorRecord> {
  const aliases = namesOf(author.aliases).filter((alias) => alias !== author.name)
  return {
    aliases: atMost(aliases, MOST_NAMES, 'other names', repairs),
    affiliations: atMost(namesOf(author.affiliations), MOST_NAMES, 'affiliations', repairs),
    ...(author.workplaces && { workplaces: workplacesOf(author.workplaces, repairs) }),
    identifiers: author.identifiers.filter(({ value }) => !value.includes('@')),
    homepage: urlOf(author.homepage),
    paperCount: countOf(author.paperCount, repairs, 'papers'),
    citationCount: countOf(author.citationCount, repairs),
    hIndex: countOf(author.hIndex, repairs, 'papers'),
  }
}

function workplacesOf(workplaces: Workplace[], repairs: string[]): Workplace[] {
  const dateOf = (date: string | null) => (/^\d{4}(?:-\d\d){0,2}$/.test(date ?? '') ? date : null)
  const kept = workplaces.flatMap(({ name, ror, from, to }) =>
    namesOf([name]).map((own) => ({
      ...{ name: own, ror: normaliseRor(ror ?? '') },
      ...{ from: dateOf(from), to: dateOf(to) },
    })),
  )
  return atMost(kept, MOST_NAMES, 'workplaces', repairs)
}

function placeOf(place: InstitutionRecord, repairs: string[]): Partial<InstitutionRecord> {
  const { country, domain, parent } = place
  const aliases = namesOf(place.aliases, hasAddress).filter((alias) => alias !== place.name)
  return {
    aliases: atMost(aliases, MOST_NAMES, 'other names', repairs),
    acronyms: atMost(namesOf(place.acronyms, hasAddress), MOST_NAMES, 'short forms', repairs),
    country: country !== null && /^[A-Z]{2}$/.test(country) ? country : null,
    domain: domain !== null && /^[a-z0-9.-]{3,100}$/.test(domain) ? domain : null,
    parent: normaliseRor(parent ?? ''),
  }
}

function namesOf(names: string[], isNone = (name: string) => name.includes('@')): string[] {
  const kept = names.flatMap((name) => cut(name, MOST.name) ?? [])
  return [...new Set(kept.filter((name) => !isNone(name)))]
}
