import type { InstitutionRecord } from '../../domain/record/profile-record.ts'
import { normaliseRor } from '../../domain/reference/ror.ts'
import { type Json, jsonAdapter, list, object, objects, text } from '../input/json.ts'
import { cleanText, type Refusal } from '../input/outcome.ts'
import { domainOf } from './institution-claim.ts'

/** Names of an organisation. */
type Names = Pick<InstitutionRecord, 'name' | 'aliases' | 'acronyms'>

/** Reads an organisation of the Research Organization Registry, in schema 2 or 1. */
export const readRor = jsonAdapter('ror', (entry) => readOrganisation(entry))

function readOrganisation(entry: Json): InstitutionRecord | Refusal {
  const id = text(entry.id)
  const ror = normaliseRor(id)
  if (ror === null)
    return { key: id.slice(0, 100) || null, reason: 'the organisation has no valid ROR id' }
  const names = Array.isArray(entry.names) ? namesOf(objects(entry.names)) : oldNamesOf(entry)
  if (names === null) return { key: ror, reason: 'the organisation has no name' }
  return {
    type: 'institution',
    source: 'ror',
    key: ror,
    licence: 'CC0-1.0',
    url: `https://ror.org/${ror}`,
    ror,
    ...names,
    country: countryOf(entry),
    domain: siteOf(entry),
    parent: parentOf(entry),
    isWithdrawn: text(entry.status).toLowerCase() === 'withdrawn',
  }
}

/** Names in schema 2, in which a name may have several types, such as the displayed name and a label in its language. */
function namesOf(names: Json[]): Names | null {
  const ofType = (type: string) => valuesOf(names.filter(({ types }) => list(types).includes(type)))
  const english = valuesOf(
    names.filter(({ types, lang }) => list(types).includes('label') && lang === 'en'),
  )
  const acronyms = ofType('acronym')
  const full = valuesOf(names.filter(({ types }) => !list(types).includes('acronym')))
  const [name] = [...ofType('ror_display'), ...english, ...ofType('label'), ...full]
  return name === undefined
    ? null
    : { name, aliases: full.filter((other) => other !== name), acronyms }
}

const valuesOf = (names: Json[]) => cleaned(names.map(({ value }) => value))

/** Names in schema 1. */
function oldNamesOf({ name, aliases, acronyms, labels }: Json): Names | null {
  const [shown] = cleaned([name])
  if (shown === undefined) return null
  const others = cleaned([...list(aliases), ...objects(labels).map(({ label }) => label)])
  return {
    name: shown,
    aliases: others.filter((other) => other !== shown),
    acronyms: cleaned(list(acronyms)),
  }
}

/** Cleans and sorts values, since their order in the register has no meaning and differs between its schemas. */
const cleaned = (values: unknown[]) =>
  [...new Set(values.flatMap((value) => cleanText(value) ?? []))].sort()

function countryOf(entry: Json): string | null {
  const [place] = objects(entry.locations)
  const code = object(place?.geonames_details).country_code ?? object(entry.country).country_code
  return text(code).toUpperCase() || null
}

function siteOf(entry: Json): string | null {
  const pages = list(entry.links).map((link) => {
    const { type, value } = object(link)
    return type === undefined || type === 'website' ? text(value ?? link) : ''
  })
  return [...list(entry.domains).map(text), ...pages].map(domainOf).find((site) => site) ?? null
}

/** Parent of an organisation. Of several, the first by id counts, so that the order in the file does not matter. */
function parentOf(entry: Json): string | null {
  const parents = objects(entry.relationships)
    .filter(({ type }) => text(type).toLowerCase() === 'parent')
    .flatMap(({ id }) => normaliseRor(text(id)) ?? [])
  return parents.sort()[0] ?? null
}
