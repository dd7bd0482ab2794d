import type { AuthorRecord } from '../../domain/record/profile-record.ts'
import { findAuthorIdentifier } from '../../domain/reference/author-ref.ts'
import { type Json, jsonAdapter, object, objects, text } from '../input/json.ts'
import { cleanText, type Refusal } from '../input/outcome.ts'

/** Reads records of persons at ORCID, as its API answers them in JSON (versions 2 and 3). E-mail addresses are not read. */
export const readOrcid = jsonAdapter('orcid', (entry) => readPerson(entry))

function readPerson(entry: Json): AuthorRecord | Refusal {
  const id = object(entry['orcid-identifier'])
  const found = findAuthorIdentifier(text(id.path) || text(id.uri))
  if (found?.scheme !== 'orcid') return { key: null, reason: 'the record has no valid ORCID iD' }
  const person = object(entry.person)
  const [name, ...aliases] = namesOf(person)
  if (name === undefined) return { key: found.value, reason: 'the person shows no name' }
  return {
    type: 'author',
    source: 'orcid',
    key: found.value,
    licence: 'CC0-1.0',
    url: `https://orcid.org/${found.value}`,
    name,
    aliases,
    identifiers: [found],
    affiliations: affiliationsOf(object(entry['activities-summary'])),
    homepage: homepageOf(person),
    paperCount: null,
    citationCount: null,
    hIndex: null,
  }
}

/** The name under which the person is credited, then the others. */
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

/** Employers: those without an end first, then the latest. */
function affiliationsOf(activities: Json): string[] {
  const employments = object(activities.employments)
  const summaries = [
    ...objects(employments['employment-summary']),
    ...objects(employments['affiliation-group']).flatMap((group) =>
      objects(group.summaries).map((one) => object(one['employment-summary'])),
    ),
  ]
  const dated = summaries.map((one) => ({
    name: cleanText(object(one.organization).name),
    end: yearOf(one['end-date']) ?? Number.POSITIVE_INFINITY,
    start: yearOf(one['start-date']) ?? 0,
  }))
  const names = dated
    .toSorted((a, b) => (a.end === b.end ? b.start - a.start : b.end - a.end))
    .flatMap(({ name }) => name ?? [])
  return [...new Set(names)]
}

function yearOf(date: unknown): number | null {
  const year = Number(object(object(date).year).value)
  return year > 0 ? year : null
}
