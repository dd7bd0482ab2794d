import type { InstitutionClaim } from '../../domain/record/paper-record.ts'
import { type Json, text } from '../input/json.ts'
import { domainOf, institutionClaim } from './institution-claim.ts'

/**
 * Reads the institutions of each affiliation of an entry, which the makers of the lists derive from its text: a column of distinct
 * names, others parallel to it, and for each affiliation the indexes of its institutions, such as `0+2`. Null if the columns do not fit
 * the affiliations.
 */
export function institutionsOf(entry: Json, affiliations: string[]): InstitutionClaim[][] | null {
  const names = partsOf(entry.aff_unique_norm)
  const places = partsOf(entry.aff_unique_index)
  const column = (name: string) => {
    const parts = partsOf(entry[name])
    return parts.length === names.length ? parts : []
  }
  const [pages, acronyms] = [column('aff_unique_url'), column('aff_unique_abbr')]
  const claims = names.map((name, i) => claimOf(name, pages[i], acronyms[i]))
  // Some lists give indexes only for affiliations that are not empty.
  const stated = affiliations.filter((one) => one !== '')
  if (![affiliations.length, stated.length].includes(places.length)) return null
  const isOfAll = places.length === affiliations.length
  let next = 0
  return affiliations.map((one) => {
    const place = isOfAll || one !== '' ? places[next++] : ''
    return (place ?? '')
      .split('+')
      .flatMap((i) => (/^\d+$/.test(i) ? (claims[Number(i)] ?? []) : []))
  })
}

const partsOf = (value: unknown) => {
  const column = text(value)
  return column === '' ? [] : column.split(';').map((part) => part.trim())
}

/** Names in the lists for an affiliation without an institution; `PART` matches parts of an institution. */
const NO_INSTITUTION =
  /\b(?:unknown|unspecified|not specified|not provided|independent|unaffiliated|no affiliation|affiliation)\b|^n\/?a$|^none$/i
const PART =
  /^(?:(?:graduate )?school|department|dept\.?|faculty|division|college) of (?!.*\buniversity\b)|\b(?:department|school|engineering|science|sciences|technology|computing)$/i
const WHOLE = /\b(?:universit|institut|academy|college of)/i

function claimOf(name: string, page = '', acronym = ''): InstitutionClaim[] {
  const domain = domainOf(page)
  const isPart = domain === null && PART.test(name) && !WHOLE.test(name)
  if (NO_INSTITUTION.test(name) || isPart) return []
  return institutionClaim({ name: name.replace(/^[\s,]+/, ''), domain, acronym })
}
