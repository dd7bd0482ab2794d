import { isEqual, uniqBy } from 'es-toolkit'
import type { InstitutionClaim } from '../../domain/record/paper-record.ts'
import { type Json, text } from '../input/json.ts'
import { institutionsOf } from './paperlists-institutions.ts'

/** An affiliation as printed, with the institutions that the makers of the list derive from it. */
export interface Workplace {
  printed: string
  institutions: InstitutionClaim[]
}

/** The byline to which the columns of an entry are parallel. */
export interface Parallel {
  /** Number of printed names. `authors` is smaller if the byline is doubled. */
  printed: number
  authors: number
  /** Whether commas separate the names. Then the affiliations, separated by semicolons, are not parallel to them. */
  hasCommas: boolean
  /** For each author, the position of data of their profile; null if unknown. */
  places: readonly (number | null)[]
}

/** Affiliations of an entry: `ofAuthors` for each author, or none; `ofNobody` without a certain author. */
interface Workplaces {
  ofAuthors: Workplace[]
  ofNobody: Workplace[]
}

/**
 * Reads affiliations. If the list does not assign them to authors, those that all authors share are assigned to each, and the others
 * to the paper: lists of OpenReview leave out authors without an affiliation, and lists of SIGGRAPH state each affiliation of a paper
 * once, in any order.
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
  // One institution may be printed in several ways.
  const common =
    isParallel(parts, parallel) && institutions?.every((one) => isEqual(one, institutions[0]))
  const ofAuthors = placeOf.map((at) => ({
    printed: parts[at ?? -1] ?? '',
    institutions: institutions?.[common ? 0 : (at ?? -1)] ?? [],
  }))
  return { ofAuthors, ofNobody: uniqBy(ofNobody, ({ printed }) => printed) }
}

/** Whether there is one part for each author. */
const isParallel = (parts: string[], { authors, hasCommas }: Parallel) =>
  parts.length === authors && !(hasCommas && authors > 1)

/** For each author, the position of their affiliation; null if unknown. `all` if a single author has all of them. */
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

/** Affiliations in the first column that has any; of a doubled byline only the first half. */
function partsOf(entry: Json, { printed, authors }: Parallel): string[] {
  for (const column of [entry.aff, entry.affs].map(text)) {
    const parts = split(column, ';')
    if (parts.every((part) => part === '')) continue
    if (parts.length === printed) return parts.slice(0, authors)
    // A semicolon before a space is part of an affiliation.
    const whole = split(column, /;(?!\s)/)
    return authors > 1 && whole.length === authors ? whole : parts
  }
  return []
}

const split = (column: string, separator: string | RegExp) =>
  column.split(separator).map((part) => part.trim())
