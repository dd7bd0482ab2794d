import type { AuthorClaim, PaperIdentifier, PaperRecord } from '../../domain/record/paper-record.ts'
import { familyKey, titleKey } from '../../domain/record/title-key.ts'
import { normaliseIdentifier, parseRef } from '../../domain/reference/identifier.ts'
import { monthOf, publishedOf } from '../fields/dates.ts'
import { distinctIdentifiers } from '../fields/identifiers.ts'
import { type Json, text } from '../input/json.ts'

/** Of two titles of one paper at least this share of the words of the shorter is the same. */
const SHARED_WORDS = 0.7

/**
 * The BibTeX of an entry; empty where it is that of another paper, which shares neither the title nor half of the byline.
 * (The lists hold such entries: a page that was scraped wrongly gave them all one BibTeX.)
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

/** The value of a field, up to the end of its line or braces; null when it is not there. */
function field(bibtex: string, name: string): string | null {
  const start = new RegExp(`(?:^|[\\s,])${name}\\s*=\\s*`, 'i').exec(bibtex)
  if (!start) return null
  const rest = bibtex.slice(start.index + start[0].length)
  return /^(.*?)[}"]?,?\s*(?:\n\s*\w+\s*=|\n?\}?\s*$)/s.exec(rest)?.[1] ?? rest
}

/** Links that name a paper, in the columns that may hold one; `pdf` and `site` are of the paper itself. */
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
    // Some lists of OpenReview leave the page out, and have but the id.
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

/** Of BibTeX only `month` and `year` are read here: an ACL month by name, a PMLR day range `02--04 May`. */
export function publishedOn(bibtex: string, year: number): PaperRecord['published'] {
  const printed = Number(/\byear\s*=\s*[{"]?(\d{4})/i.exec(bibtex)?.[1] ?? year)
  const month = /\bmonth\s*=\s*[{"]?([^,}"\n]+)/i.exec(bibtex)?.[1] ?? ''
  const day = /^\s*(\d{1,2})\b.*[a-z]/i.exec(month)?.[1]
  return publishedOf(printed, monthOf(month), day === undefined ? undefined : Number(day))
}
