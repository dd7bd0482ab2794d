import {
  OPEN_ACCESS_STATUSES,
  PAPER_KINDS,
  TEXT_VERSIONS,
  VENUE_KINDS,
} from '../../db/tables/vocabulary.ts'
import { parseRepositoryRef } from '../../domain/reference/repository-ref.ts'
import { lostBeside, lostDates, lostMonth, lostYear, publishedFromText } from '../fields/dates.ts'
import { findIdentifiers } from '../fields/identifiers.ts'
import type { Columns } from './csv-columns.ts'
import { ownEvent, ownLink, wordOf } from './csv-own.ts'
import { accessNamed } from './open-access.ts'

type Cell = (name: string) => string | null

/** Reads a count, which some programs write with `.0`. Reports other text. */
export function countIn(printed: string | null, name: string, lost: string[]): number | null {
  const digits = /^(\d+)(?:\.0+)?$/.exec(printed ?? '')?.[1]
  if (printed !== null && digits === undefined) lost.push(`${name} is not a count; left out`)
  return digits === undefined ? null : Number(digits)
}

/** Repairs to report about cells with a fixed form that could not be read. */
export function lostOfRow(cell: Cell, { isOwn }: Columns): string[] {
  const notOf = (name: string, form: RegExp) =>
    form.test(cell(name) ?? '') ? [] : [`${name} cannot be read; left out`]
  const unknown = (name: string, words: readonly string[]) =>
    cell(name) === null || wordOf(words, cell(name)) !== undefined
      ? []
      : [`${name} has an unknown value; left out`]
  return [
    ...lostOfYear(cell('year')),
    ...(cell('published') === null ? [] : lostBeside(cell('year'), [cell('published') ?? ''])),
    ...lostMonth(cell('month'), cell('day')),
    ...notOf('retracted', /^(?:true|false|)$/i),
    ...notOf('more_authors', /^(?:true|false|)$/i),
    ...notOf('event_year', /^\d*$/),
    ...(isOwn ? unknown('kind', PAPER_KINDS) : []),
    ...unknown('venue_kind', VENUE_KINDS),
    ...(isOwn ? unknown('open_access', OPEN_ACCESS_STATUSES) : lostAccess(cell('open_access'))),
    ...(isOwn ? unknown('open_access_version', TEXT_VERSIONS) : []),
    ...(!isOwn && isOtherPage(cell('pdf_url') ?? '')
      ? ['an address of a full text that is not a PDF was left out']
      : []),
  ]
}

const lostAccess = (printed: string | null) =>
  printed === null || accessNamed(printed) ? [] : ['open_access has an unknown value; left out']

/** Whether a URL is neither a PDF nor a page whose URL identifies the paper. */
const isOtherPage = (url: string) => !/pdf|^$/i.test(url) && findIdentifiers([url]).length === 0

/** Repairs to report about a cell for the year, which may also contain months. */
function lostOfYear(year: string | null): string[] {
  const lost = lostYear(year, publishedFromText(year ?? ''))
  return lost.length > 0 ? lost : lostDates([year])
}

/** Repairs to report about items, in cells with several, that could not be read. */
export function lostItems(items: (name: string) => string[], { isOwn }: Columns): string[] {
  const lostIn = (name: string, isRead: (item: string) => boolean) =>
    items(name).every(isRead) ? [] : [`an item of ${name} cannot be read; left out`]
  return [
    ...lostIn('repositories', (item) => parseRepositoryRef(item) !== null),
    ...(isOwn ? lostIn('links', (item) => ownLink(item).length > 0) : []),
    ...(isOwn ? lostIn('events', (item) => ownEvent(item).length > 0) : []),
  ]
}
