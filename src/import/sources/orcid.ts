import type { AuthorRecord, Workplace } from '../../domain/record/profile-record.ts'
import { findAuthorIdentifier } from '../../domain/reference/author-ref.ts'
import { normaliseRor } from '../../domain/reference/ror.ts'
import { publishedOf } from '../fields/dates.ts'
import { type Json, jsonAdapter, object, objects, text } from '../input/json.ts'
import { cleanText, type Refusal } from '../input/outcome.ts'

/** Reads JSON records of persons from ORCID's API (versions 2 and 3), without e-mail addresses. */
export const readOrcid = jsonAdapter('orcid', (entry) => readPerson(entry))

function readPerson(entry: Json): AuthorRecord | Refusal {
  const id = object(entry['orcid-identifier'])
  const found = findAuthorIdentifier(text(id.path) || text(id.uri))
  if (found?.scheme !== 'orcid') return { key: null, reason: 'the record has no valid ORCID iD' }
  const person = object(entry.person)
  const [name, ...aliases] = namesOf(person)
  if (name === undefined) return { key: found.value, reason: 'the person shows no name' }
  const workplaces = workplacesOf(object(entry['activities-summary']))
  return {
    type: 'author',
    source: 'orcid',
    key: found.value,
    licence: 'CC0-1.0',
    url: `https://orcid.org/${found.value}`,
    name,
    aliases,
    identifiers: [found],
    affiliations: [...new Set(workplaces.map(({ name }) => name))],
    ...(workplaces.length > 0 && { workplaces }),
    homepage: homepageOf(person),
    paperCount: null,
    citationCount: null,
    hIndex: null,
  }
}

/** Names of the person, the credited one first. */
function namesOf(person: Json): string[] {
  const name = object(person.name)
  const part = (key: string) => cleanText(object(name[key]).value)
  const whole = cleanText(
    [part('given-names'), part('family-name')].filter((one) => one !== null).join(' '),
  )
  const others = objects(object(person['other-names'])['other-name']).map(({ content }) =>
    cleanText(content),
  )
  const all = [part('credit-name'), whole, ...others].filter((one) => one !== null)
  return [...new Set(all)].filter((one) => !one.includes('@'))
}

function homepageOf(person: Json): string | null {
  const urls = objects(object(person['researcher-urls'])['researcher-url'])
  const shown = urls.map((one) => text(object(one.url).value))
  return shown.find((url) => /^https?:\/\//.test(url)) ?? null
}

/** Employments: current ones first, then the latest. */
function workplacesOf(activities: Json): Workplace[] {
  const employments = object(activities.employments)
  const summaries = [
    ...objects(employments['employment-summary']),
    ...objects(employments['affiliation-group']).flatMap((group) =>
      objects(group.summaries).map((one) => object(one['employment-summary'])),
    ),
  ]
  const found = summaries.flatMap((one): Workplace[] => {
    const organisation = object(one.organization)
    const name = cleanText(organisation.name)
    const dates = { from: dateOf(one['start-date']), to: dateOf(one['end-date']) }
    return name === null ? [] : [{ name, ror: rorOf(organisation), ...dates }]
  })
  const latest = ({ from, to }: Workplace) => [to ?? '9', from ?? '']
  return found.toSorted((a, b) => (latest(a).join() < latest(b).join() ? 1 : -1))
}

/** ROR id of an organisation, for which ORCID also accepts ids of other registries. */
function rorOf(organisation: Json): string | null {
  const known = object(organisation['disambiguated-organization'])
  const isRor = text(known['disambiguation-source']).toUpperCase() === 'ROR'
  return isRor ? normaliseRor(text(known['disambiguated-organization-identifier'])) : null
}

/** A date, as precise as it is stated. Its parts are texts, or objects with a value. */
function dateOf(date: unknown): string | null {
  const part = (name: string) => {
    const value = object(date)[name]
    return Number(typeof value === 'object' ? object(value).value : value)
  }
  const found = publishedOf(part('year'), part('month'), part('day'))
  return found?.on.slice(0, { year: 4, month: 7, day: 10 }[found.precision]) ?? null
}
