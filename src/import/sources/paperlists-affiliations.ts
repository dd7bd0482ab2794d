import { isEqual, uniqBy } from 'es-toolkit'
import type { InstitutionClaim } from '../../domain/record/paper-record.ts'
import { type Json, text } from '../input/json.ts'
import { institutionsOf } from './paperlists-institutions.ts'

/** Where an author worked, as printed and as the makers of the list tell it from that. */
export interface Workplace {
  printed: string
  institutions: InstitutionClaim[]
}

/** What the columns of an entry are parallel to. */
export interface Parallel {
  /** How many names are printed, and of how many authors: fewer where the byline is doubled. */
  printed: number
  authors: number
  /** Whether commas separate the names: then the affiliations, which semicolons separate, are no column parallel to them. */
  hasCommas: boolean
  /** For each author the place of what their profile states; null where it is not known. */
  places: readonly (number | null)[]
}

/** `ofAuthors` are those of each author, or none; `ofNobody` those of whom the list does not say whose they are. */
interface Workplaces {
  ofAuthors: Workplace[]
  ofNobody: Workplace[]
}

/**
 * Where the authors worked. Where the list does not say who worked where, what all authors have in common is read as theirs, and
 * the rest as that of the paper: lists of OpenReview leave out authors without an affiliation, and those of SIGGRAPH state each
 * affiliation of a paper once, in any order.
 */
export function workplacesOf(entry: Json, parallel: Parallel): Workplaces {
  const parts = partsOf(entry, parallel)
  if (parts.length === 0) return { ofAuthors: [], ofNobody: [] }
  const institutions = institutionsOf(entry, parts)
  const placeOf = placesIn(parts, parallel)
  if (placeOf === 'all') {
    const printed = parts.filter((part) => part !== '').join('; ')
    const claims = uniqBy(institutions?.flat() ?? [], ({ name }) => name)
    return { ofAuthors: [{ printed, institutions: claims }], ofNobody: [] }
  }
  const all = parts.map((printed, i) => ({ printed, institutions: institutions?.[i] ?? [] }))
  const ofNobody = all.filter(
    ({ printed }) => printed !== '' && !placeOf.some((at) => parts[at ?? -1] === printed),
  )
  // Names of one institution may be printed in several ways.
  const common =
    isParallel(parts, parallel) && institutions?.every((one) => isEqual(one, institutions[0]))
  const ofAuthors = placeOf.map((at) => ({
    printed: parts[at ?? -1] ?? '',
    institutions: institutions?.[common ? 0 : (at ?? -1)] ?? [],
  }))
  return { ofAuthors, ofNobody: uniqBy(ofNobody, ({ printed }) => printed) }
}

/** Whether each author has a part. */
const isParallel = (parts: string[], { authors, hasCommas }: Parallel) =>
  parts.length === authors && !(hasCommas && authors > 1)

/** For each author the place of their affiliation, null where it is not known; `all` where one author has them all. */
function placesIn(parts: string[], parallel: Parallel) {
  const { authors, hasCommas, places } = parallel
  if (authors === 1 && parts.length > 1) return 'all'
  const isEach = isParallel(parts, parallel)
  const isCommon = parts.every((part) => part === parts[0]) && (isEach || hasCommas)
  return Array.from({ length: authors }, (_, i) => {
    if (isCommon) return 0
    return isEach ? (places[i] ?? null) : null
  })
}

/** The affiliations in the first column that has any, of the first half where the byline is doubled. */
function partsOf(entry: Json, { printed, authors }: Parallel): string[] {
  for (const column of [entry.aff, entry.affs].map(text)) {
    const parts = split(column, ';')
    if (parts.every((part) => part === '')) continue
    if (parts.length === printed) return parts.slice(0, authors)
    // A space follows a semicolon within an affiliation.
    const whole = split(column, /;(?!\s)/)
    return authors > 1 && whole.length === authors ? whole : parts
  }
  return []
}

const split = (column: string, separator: string | RegExp) =>
  column.split(separator).map((part) => part.trim())
