import type { PaperKind } from '../../db/tables/vocabulary.ts'
import type { VenueClaim } from '../../domain/record/paper-record.ts'
import { markupToText } from '../fields/markup.ts'
import { publicationOf } from '../fields/publication.ts'
import { venueNamed } from '../fields/venues.ts'
import { isObject, type Json, list, object, objects, text } from '../input/json.ts'
import { cleanText } from '../input/outcome.ts'

/** Where a work of DataCite appeared: its journal or book with volume and pages. */
interface Place {
  container: string | null
  venue: VenueClaim | null
  volume: string
  number: string
  pages: string
  numbers: string[]
}

/**
 * Reads the item in which a work is published, and the container that DataCite derives from it. If DataCite derived the container from
 * free text, any part may contain the whole text, such as `Bd. 1 Nr. 1 (2018)` in place of pages. Invalid parts are reported in `lost`.
 */
export function placeOf(work: Json, kind: PaperKind, lost: string[]): Place {
  const own = object(work.container)
  const item = object(
    objects(work.relatedItems).find((one) => text(one.relationType) === 'IsPublishedIn'),
  )
  const printed = cleanText(markupToText(text(own.title) || titleOf(item)))
  const [, name = printed ?? '', volume = '', issue = '', rest = ''] =
    /^(.*\p{L}.*?)[;,]\s*(\d+)\s*\(([^()]{1,12})\)\s*(?:[:,]\s*(\S{1,20}))?$/u.exec(
      printed ?? '',
    ) ?? []
  const container = /\p{L}{2}/u.test(name) ? name : null
  if (printed !== null && container === null) lost.push('a container without a name was left out')
  const [ownPages, itemPages] = [own, item].map(pagesOf)
  const spoken = ownPages === '' ? [text(own.firstPage), text(own.lastPage)].join(' ') : ''
  const inWords = (form: RegExp) => form.exec(spoken)?.[1] ?? ''
  const found = {
    volume: inWords(/(?:\bBd|\bVol|\bJg|\bBand|\bVolume|\bT)\.?\s*(\d{1,4})/i),
    number: inWords(/(?:\bNr|\bNo|\bHeft|\bIssue|№)\.?\s*(\d{1,4}(?:\s*[–-]?\s*\d{1,4}(?!\d))?)/i),
  }
  if (spoken.trim() !== '' && spoken.trim() !== printed && !found.volume && !found.number)
    lost.push('pages that are not numbers were left out')
  const id = object(item.relatedItemIdentifier)
  const numbers = [
    [own.identifierType, own.identifier],
    [id.relatedItemIdentifierType, id.relatedItemIdentifier],
  ]
  return {
    ...{ container, venue: venueOf(container, kind) },
    volume: text(own.volume) || numberIn(item.volume) || volume || found.volume,
    number: text(own.issue) || numberIn(item.issue) || issue || found.number.replace(/\s+/, '–'),
    pages: ownPages || itemPages || rest || '',
    numbers: numbers.flatMap(([type, number]) =>
      /^e?is[sb]n$/i.test(text(type)) ? text(number) : [],
    ),
  }
}

/** The first title, from a list of titles or a single one. */
const titleOf = ({ titles }: Json) =>
  text((isObject(titles) ? titles : object(list(titles)[0])).title)

/** A number with digits. Some works have a series in place of a volume. */
const numberIn = (value: unknown) => (/\d/.test(text(value)) ? text(value) : '')

function venueOf(container: string | null, kind: PaperKind): VenueClaim | null {
  if (kind === 'journal_article') return venueNamed(container, 'journal')
  return kind === 'conference_paper' ? venueNamed(container, 'conference') : null
}

const PAGE = /^(?:\p{L}{0,4}[. -]?\d[\p{L}\d.:-]{0,15}|[ivxlcdm]{1,8})$/iu

/** Page range, or one page; empty if the values are not pages. */
function pagesOf({ firstPage, lastPage }: Json): string {
  const [first, last] = [text(firstPage), text(lastPage)]
  if (first === '' && PAGE.test(last)) return last
  if (!PAGE.test(first) || /^(?:no|nr|vol|bd)\b/i.test(first)) return ''
  return PAGE.test(last) && last !== first ? `${first}\u2013${last}` : first
}

/** Publication of a work at its place, to be spread into the record. */
export const publishedAt = (
  { container, volume, number, pages, numbers }: Place,
  parts: {
    isArchive: boolean
    institution: string | null
    publisher: string | null
    editors: string[]
  },
  lost: string[],
) =>
  publicationOf(
    {
      container: parts.isArchive ? null : container,
      ...{ volume, number, pages, institution: parts.institution, publisher: parts.publisher },
      ...{ editors: parts.editors, isbns: numbers },
    },
    lost,
  )
