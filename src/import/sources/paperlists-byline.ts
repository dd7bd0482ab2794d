import type {
  AffiliationClaim,
  AuthorClaim,
  PaperRecord,
} from '../../domain/record/paper-record.ts'
import { type AuthorIdentifier, findAuthorIdentifier } from '../../domain/reference/author-ref.ts'
import { type Json, text } from '../input/json.ts'
import { cleanText } from '../input/outcome.ts'
import { withoutMarks } from '../names/names.ts'
import { type Parallel, type Workplace, workplacesOf } from './paperlists-affiliations.ts'
import { profilePlaces } from './paperlists-profiles.ts'

export type Byline = Pick<PaperRecord, 'authors' | 'affiliations'>

/**
 * Reads the authors of an entry, and affiliations without a certain author. Columns are parallel: the n-th part of each belongs to the
 * n-th author. A column of another length cannot be matched and is left out.
 */
export function bylineOf(entry: Json, lost: string[]): Byline {
  const printed = text(entry.author) || text(entry.author_site)
  const names = splitNames(printed)
  const raw = splitColumn(entry.authorids)
  const ids = raw.length === names.length ? raw : []
  const hasCommas = !printed.includes(';')
  const authors = isDoubled(names, ids) ? names.length / 2 : authorsIn(names, hasCommas)
  const profiles = partsFor(splitColumn(entry.or_profile), names.length, authors)
  const places = ids.length > 0 ? profilePlaces(ids.slice(0, authors), profiles) : [...names.keys()]
  const parallel = { printed: names.length, authors, hasCommas, places }
  const { ofAuthors, ofNobody } = workplacesOf(entry, parallel)
  if (ofNobody.length > 0)
    lost.push(
      'affiliations were assigned to the paper only, as the list does not assign them to authors',
    )
  const affiliations = ofNobody.flatMap(affiliationOf)
  const identifiers = identifiersOf(entry, { ...parallel, ids, profiles }, lost)
  const claims = names.slice(0, authors).flatMap((printedName, i): AuthorClaim[] => {
    const name = cleanText(withoutMarks(printedName.replace(/,+$/, '')))
    if (name === null || name.includes('@')) return []
    const [at = { affiliation: null }] = ofAuthors.slice(i, i + 1).flatMap(affiliationOf)
    // Some lists repeat the name in place of a missing affiliation.
    const affiliation = at.affiliation === name ? null : at.affiliation
    return [{ name, identifiers: identifiers[i] ?? [], ...at, affiliation }]
  })
  return { authors: claims, ...(affiliations.length > 0 && { affiliations }) }
}

function affiliationOf({ printed, institutions }: Workplace): AffiliationClaim[] {
  const text = cleanText(withSemicolons(printed))
  const affiliation = text?.includes('@') ? null : text
  if (affiliation === null && institutions.length === 0) return []
  return [{ affiliation, ...(institutions.length > 0 && { institutions }) }]
}

interface Columns extends Parallel {
  ids: readonly string[]
  profiles: readonly string[]
}

/** Reads the identifiers of each author. Those from profiles are in the order of the profiles. */
function identifiersOf(entry: Json, columns: Columns, lost: string[]): AuthorIdentifier[][] {
  const { printed, authors, places, ids, profiles } = columns
  const stated = ['dblp', 'orcid', 'google_scholar'].map((name) => splitColumn(entry[name]))
  const [dblp, orcid, scholar] = stated.map((parts) => {
    const matched = partsFor(parts, printed, authors)
    const isLost = (part: string, at: number) =>
      part !== '' && (matched.length === 0 || !places.includes(at))
    if (parts.slice(0, matched.length || undefined).some(isLost))
      lost.push('identifiers of authors were left out, as the list does not assign them to authors')
    return matched
  })
  return Array.from({ length: authors }, (_, i) => {
    const at = places[i] ?? -1
    const claims = [
      ids[i]?.replace(IEEE_AUTHOR, 'ieee:$1'),
      // The same profile may have received another id since.
      profiles[at] === ids[i] ? null : profiles[at],
      dblp?.[at],
      orcid?.[at],
      scholar?.[at]?.replace(/^(?:.*[?&]user=)?([\w-]{12})(?:&.*)?$/, 'scholar:$1'),
    ]
    return claims.flatMap((claim) => readIdentifier(claim ?? '', lost))
  })
}

/** Reads an identifier. E-mail addresses, which stand for authors without a profile, are ignored. */
function readIdentifier(claim: string, lost: string[]): AuthorIdentifier[] {
  const found = findAuthorIdentifier(claim)
  if (found) return [found]
  if (claim !== '' && !claim.includes('@'))
    lost.push('an identifier of an author that cannot be read was left out')
  return []
}

/** Number of authors in a list of names. Lists of SIGGRAPH repeat the names of presenters after the byline. */
function authorsIn(names: string[], hasCommas: boolean): number {
  let authors = names.length
  while (hasCommas && names.indexOf(names[authors - 1] ?? '') < authors - 1) authors--
  return authors
}

const IEEE_AUTHOR = /^\/(\d{8,15})$/

/** Suffixes after a comma, which are not names. */
const SUFFIX = /^(?:jr\.?|sr\.?|i{1,3}|iv|ph\.?\s?d\.?|m\.?d\.?)$/i

/** Splits a byline at semicolons or, in some lists, at commas; the last two names may be separated by "and". */
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

/** A word of a name. `PAIR` matches two names of two to four words each, and not the fields of an institute. */
const NAME = String.raw`(?:\p{Lu}\S*|de|la|del|der|den|van|von|di|da|dos)`
const PAIR = new RegExp(`^(${NAME}(?: ${NAME}){1,3}) and (${NAME}(?: ${NAME}){1,3})$`, 'u')

function splitColumn(value: unknown): string[] {
  const column = text(value)
  return column === '' ? [] : column.split(';').map((part) => part.trim())
}

/** Whether a byline is doubled. Two people of the same name would have different ids. */
function isDoubled(names: string[], ids: string[]): boolean {
  const isTwice = (items: string[]) => {
    const half = items.length / 2
    return Number.isInteger(half) && items.slice(0, half).every((one, i) => one === items[half + i])
  }
  return names.length > 0 && isTwice(names) && isTwice(ids)
}

/** Parts of a column if their number equals that of the names, before or after names were dropped; otherwise none. */
function partsFor(parts: string[], full: number, length: number): string[] {
  return parts.length === full || parts.length === length ? parts.slice(0, length) : []
}

/** Puts semicolons between several affiliations of one author. The lists use `+`, some with the number of an affiliation after it. */
function withSemicolons(affiliation: string): string {
  const parts = affiliation.split(/\s*(?<!\+)\+(?!\+)\s*/).filter((part) => !/^\d{1,2}$/.test(part))
  return parts.every((part) => /\p{L}{2}/u.test(part)) ? parts.join('; ') : affiliation
}
