import type { AuthorClaim, PaperIdentifier, PaperRecord } from '../../domain/record/paper-record.ts'
import { familyKey, titleKey } from '../../domain/record/title-key.ts'
import { normaliseIdentifier, parseRef } from '../../domain/reference/identifier.ts'
import { monthOf, publishedOf } from '../fields/dates.ts'
import { distinctIdentifiers } from '../fields/identifiers.ts'
import { type Json, text } from '../input/json.ts'

/** Minimum share of the words of the shorter title that two titles of one paper have in common. */
const SHARED_WORDS = 0.7

/**
 * The BibTeX of an entry; empty if it belongs to another paper, because neither the title nor half of the byline agrees. (The lists have
 * such entries: a wrongly scraped page gave all of them one BibTeX.)
 */
export function bibtexOf(entry: Json, title: string, authors: AuthorClaim[]): string {
  const bibtex = text(entry.bibtex)
  const printed = field(bibtex, 'title')
  if (printed === null) return bibtex
  const words = new Set(titleKey(printed).split(' '))
  const own = titleKey(title).split(' ')
  const shared = own.filter((word) => words.has(word)).length
  if (shared >= SHARED_WORDS * Math.min(own.length, words.size)) return bibtex
  const people = titleKey(field(bibtex, 'author') ?? '').split(' ')
  const theirs = authors.filter(({ name }) => people.includes(familyKey(name)))
  return theirs.length > 0 && theirs.length * 2 >= authors.length ? bibtex : ''
}

/** Value of a field, up to the end of its line or braces; null when absent. */
function field(bibtex: string, name: string): string | null {
  const start = new RegExp(`(?:^|[\\s,])${name}\\s*=\\s*`, 'i').exec(bibtex)
  if (!start) return null
  const rest = bibtex.slice(start.index + start[0].length)
  return /^(.*?)[}"]?,?\s*(?:\n\s*\w+\s*=|\n?\}?\s*$)/s.exec(rest)?.[1] ?? rest
}

/** Identifiers of the paper, from columns for ids and from its own links, such as `pdf` and `site`. */
export function identifiersOf(entry: Json, id: string | null, bibtex: string): PaperIdentifier[] {
  const doi =
    text(entry.doi).replace(/\s+/g, '') ||
    /\bdoi\s*=\s*[{"]+([^}"]+)[}"]/i.exec(bibtex)?.[1]?.trim() ||
    ''
  const url = /\burl\s*=\s*[{"]+([^}"]+)[}"]/i.exec(bibtex)?.[1]?.trim() ?? ''
  const links = [entry.oa, entry.site, entry.openreview, entry.pdf, url].map(text)
  const refs = [
    ...links,
    ...prefixed('doi', doi),
    ...prefixed('arxiv', text(entry.arxiv)),
    // Some lists of OpenReview have only the id and not the page.
    ...(id !== null && text(entry.authorids).startsWith('~') ? [`openreview:${id}`] : []),
  ]
  const found = refs.filter((ref) => ref !== '').flatMap(identifiersOfRef)
  const acl = id !== null && /^\d{4}\.[\w-]+\.\d+$/.test(id) ? normaliseIdentifier('acl', id) : null
  if (acl) found.push({ scheme: 'acl', value: acl })
  return distinctIdentifiers(found)
}

const prefixed = (scheme: string, value: string) =>
  value === '' ? [] : [/^https?:/.test(value) ? value : `${scheme}:${value}`]

function identifiersOfRef(ref: string): PaperIdentifier[] {
  try {
    return parseRef(ref)
  } catch {
    return []
  }
}

/** Date of publication from `month` and `year` of the BibTeX: ACL names the month, PMLR has a range of days, `02--04 May`. */
export function publishedOn(bibtex: string, year: number): PaperRecord['published'] {
  const printed = Number(/\byear\s*=\s*[{"]?(\d{4})/i.exec(bibtex)?.[1] ?? year)
  const month = /\bmonth\s*=\s*[{"]?([^,}"\n]+)/i.exec(bibtex)?.[1] ?? ''
  const day = /^\s*(\d{1,2})\b.*[a-z]/i.exec(month)?.[1]
  return publishedOf(printed, monthOf(month), day === undefined ? undefined : Number(day))
}
