import type { AuthorClaim } from '../../domain/record/paper-record.ts'
import { findAuthorIdentifier } from '../../domain/reference/author-ref.ts'
import { withoutMarks } from '../fields/names.ts'
import { type Json, text } from '../input/json.ts'
import { cleanText } from '../input/outcome.ts'
import { institutionsOf } from './paperlists-institutions.ts'
import { profilePlaces } from './paperlists-profiles.ts'

/**
 * The authors of an entry of a list. Its columns are parallel: the n-th part of each belongs to the n-th author. A column of
 * another length cannot be matched and is left out.
 */
export function bylineOf(entry: Json): AuthorClaim[] {
  const printed = text(entry.author) || text(entry.author_site)
  const names = splitNames(printed)
  const raw = splitColumn(entry.authorids)
  const ids = raw.length === names.length ? raw : []
  const length = isDoubled(names, ids) ? names.length / 2 : names.length
  const column = (name: string) => partsFor(splitColumn(entry[name]), names.length, length)
  const [dblp, orcid, scholar, profiles = []] = [
    'dblp',
    'orcid',
    'google_scholar',
    'or_profile',
  ].map(column)
  const places = profilePlaces(ids.slice(0, length), profiles)
  const affiliations = affiliationsOf(entry, names.length, length)
  const institutions = affiliations.length > 0 ? institutionsOf(entry, affiliations) : null
  return names.slice(0, length).flatMap((printedName, i): AuthorClaim[] => {
    const name = cleanText(withoutMarks(printedName.replace(/,+$/, '')))
    if (name === null || name.includes('@')) return []
    const place = ids.length > 0 ? (places[i] ?? -1) : i
    const claims = [
      ids[i]?.replace(IEEE_AUTHOR, 'ieee:$1'),
      // Another id that the same profile has got since.
      profiles[place] === ids[i] ? null : profiles[place],
      dblp?.[place],
      orcid?.[place],
      scholar?.[place]?.replace(/^(?:.*[?&]user=)?([\w-]{12})(?:&.*)?$/, 'scholar:$1'),
    ]
    const affiliation = cleanText(withSemicolons(affiliations[place] ?? ''))
    const at = institutions?.[place] ?? []
    return [
      {
        name,
        identifiers: claims.flatMap((claim) => (claim ? (findAuthorIdentifier(claim) ?? []) : [])),
        // Where an affiliation was missing, some lists repeat the name.
        affiliation: affiliation?.includes('@') || affiliation === name ? null : affiliation,
        ...(at.length > 0 && { institutions: at }),
      },
    ]
  })
}

const IEEE_AUTHOR = /^\/(\d{8,15})$/

/** Suffixes after a comma, which are not names. */
const SUFFIX = /^(?:jr\.?|sr\.?|i{1,3}|iv|ph\.?\s?d\.?|m\.?d\.?)$/i

/** Names are separated by semicolons, or in some lists by commas alone; the last two also by "and". */
function splitNames(byline: string): string[] {
  const parts = byline.split(byline.includes(';') ? ';' : ',')
  const names: string[] = []
  for (const part of parts.map((one) => one.trim().replace(/^and\s+/, ''))) {
    if (part === '') continue
    if (SUFFIX.test(part) && names.length > 0) names.push(`${names.pop()}, ${part}`)
    else names.push(...(PAIR.exec(part)?.slice(1) ?? [part]))
  }
  return names
}

/** Two names of two to four words each; not what an institute researches. */
const NAME = String.raw`(?:\p{Lu}\S*|de|la|del|der|den|van|von|di|da|dos)`
const PAIR = new RegExp(`^(${NAME}(?: ${NAME}){1,3}) and (${NAME}(?: ${NAME}){1,3})$`, 'u')

function splitColumn(value: unknown): string[] {
  const column = text(value)
  return column === '' ? [] : column.split(';').map((part) => part.trim())
}

/** Whether a byline is doubled. Two people of one name have two ids. */
function isDoubled(names: string[], ids: string[]): boolean {
  const isTwice = (items: string[]) => {
    const half = items.length / 2
    return Number.isInteger(half) && items.slice(0, half).every((one, i) => one === items[half + i])
  }
  return names.length > 0 && isTwice(names) && isTwice(ids)
}

/** The parts of a column if their number equals that of the names, before or after names were dropped. */
function partsFor(parts: string[], full: number, length: number): string[] {
  return parts.length === full || parts.length === length ? parts.slice(0, length) : []
}

function affiliationsOf(entry: Json, full: number, length: number): string[] {
  for (const name of ['aff', 'affs']) {
    const parts = partsFor(splitColumn(entry[name]), full, length)
    if (parts.some((part) => part !== '')) return parts
  }
  return []
}

/** Several affiliations of one author as all sources give them; the lists put `+` between them, some with the number of one after it. */
function withSemicolons(affiliation: string): string {
  const parts = affiliation.split(/\s*(?<!\+)\+(?!\+)\s*/).filter((part) => !/^\d{1,2}$/.test(part))
  return parts.every((part) => /\p{L}{2}/u.test(part)) ? parts.join('; ') : affiliation
}
