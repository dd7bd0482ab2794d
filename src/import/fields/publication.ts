import type { PublicationClaim } from '../../domain/record/paper-record.ts'
import { cleanText } from '../input/outcome.ts'

type Text = string | null | undefined

/** Where a paper appeared, as stated by a source; empty texts and impossible numbers are omitted. */
export interface PublicationParts {
  container?: Text
  series?: Text
  volume?: Text
  number?: Text
  pages?: Text
  articleNumber?: Text
  edition?: Text
  editors?: readonly Text[]
  institution?: Text
  publisher?: Text
  publisherPlace?: Text
  /** Numbers of books and journals (ISBN or ISSN), which their form distinguishes. */
  isbns?: readonly Text[]
  issns?: readonly Text[]
  reportNumber?: Text
  workType?: Text
  journalRef?: Text
  year?: number | null
}

/** Placeholders for unknown values or in required fields of forms: `null`, `n/a-n/a`, `??--??`. */
const NOTHING = /^[^\p{L}\p{N}]*(?:(?:n\/?a|nan|none|null|undefined)[^\p{L}\p{N}]*){0,2}$/iu

const stated = (text: Text): string | null => {
  const clean = cleanText(text)
  return clean === null || NOTHING.test(clean) ? null : clean
}

/**
 * Makes the publication of a record, to be spread into it; empty when the source states nothing. The order of fields is fixed, because
 * the hash of the record depends on it. Numbers of books and journals that are neither an ISBN nor an ISSN are reported in `lost`.
 */
export function publicationOf(
  parts: PublicationParts,
  lost: string[] = [],
): { publication?: PublicationClaim } {
  const list = (items: readonly (string | null)[] | undefined) => {
    const distinct = [...new Set((items ?? []).flatMap((item) => item ?? []))]
    return distinct.length > 0 ? distinct : null
  }
  const numbers = standardNumbers([...(parts.isbns ?? []), ...(parts.issns ?? [])], lost)
  const fields = {
    container: stated(parts.container),
    series: stated(parts.series),
    volume: stated(parts.volume),
    number: stated(parts.number),
    pages: pageRange(stated(parts.pages)),
    articleNumber: stated(parts.articleNumber),
    edition: stated(parts.edition),
    editors: list(parts.editors?.map(cleanText)),
    institution: stated(parts.institution),
    publisher: stated(parts.publisher),
    publisherPlace: stated(parts.publisherPlace),
    isbns: list(numbers.flatMap(({ isbns }) => isbns)),
    issns: list(numbers.flatMap(({ issns }) => issns)),
    reportNumber: cleanText(parts.reportNumber),
    workType: cleanText(parts.workType),
    journalRef: cleanText(parts.journalRef),
    year: parts.year ?? null,
  }
  const filled = Object.entries(fields).filter(([, value]) => value !== null)
  return filled.length > 0 ? { publication: Object.fromEntries(filled) } : {}
}

const PAGE = String.raw`(?:[\p{L}\d.:]*\d[\p{L}\d.:]*|[ivxlcdm]+)`
/** A page range with a hyphen. In Web of Science, `67-+` means that the article continues elsewhere. */
const HYPHENATED = new RegExp(String.raw`(?<=^|,\s*)(${PAGE})\s*-\s*(${PAGE}|\+)(?=$|,)`, 'gu')

/** Turns `436--444`, `436 - 444` and `436-444` into `436–444`. Hyphens within page numbers, such as `12-1–12-9`, stay. */
export function pageRange(text: Text): string | null {
  const pages =
    cleanText(text)
      ?.replace(/[\u2010\u2011]/g, '-')
      .replace(/\s*(?:-{2,}|[\u2012-\u2015\u2212])\s*/g, '\u2013') ?? null
  return pages?.includes('\u2013') ? pages : (pages?.replace(HYPHENATED, '$1\u2013$2') ?? null)
}

interface StandardNumbers {
  isbns: string[]
  issns: string[]
}

/** Placeholders in required fields of forms. */
const NO_NUMBER = /^[^\p{L}\p{N}]*(?:n\/?a|none|null|unknown)?[^\p{L}\p{N}]*$/iu

function standardNumbers(stated: readonly Text[], lost: string[]): StandardNumbers[] {
  const texts = new Set(stated.flatMap((text) => (NO_NUMBER.test(text ?? '') ? [] : (text ?? []))))
  return [...texts].map((text) => {
    const found = numbersIn(text)
    if (!isStandardNumber(found))
      lost.push('a number of a book or journal that is neither an ISBN nor an ISSN was left out')
    return found
  })
}

const isStandardNumber = ({ isbns, issns }: StandardNumbers) => isbns.length + issns.length > 0

/** Whether a text contains an ISBN or ISSN. */
export const hasStandardNumber = (text: string): boolean => isStandardNumber(numbersIn(text))

const ISBN = /(?<![\dX])(?:97[89][- ]?)?(?:\d[- ]?){9}[\dX](?![\dX])/gi
const ISSN = /(?<![\d-])(\d{4})[-\u2010-\u2013]?(\d{3}[\dX])(?![\d-])/gi

/** Finds the numbers in a text, which may have several, with remarks such as `(print)`. */
function numbersIn(text: string): StandardNumbers {
  const isbns = (text.match(ISBN) ?? []).map((isbn) => isbn.replace(/[- ]/g, '').toUpperCase())
  const rest = isbns.length === 0 ? text : text.replace(ISBN, '|')
  const issns = [...rest.matchAll(ISSN)].map(([, start, end]) => `${start}-${end}`.toUpperCase())
  return { isbns, issns }
}
