import type { EventKind } from '../../db/tables/vocabulary.ts'
import type { EventClaim, PaperIdentifier, PaperRecord } from '../../domain/record/paper-record.ts'
import { normaliseIdentifier } from '../../domain/reference/identifier.ts'
import { identifierUrl } from '../../domain/reference/identifier-url.ts'
import { badInput } from '../../errors.ts'
import { publishedFromIso, publishedOf } from '../fields/dates.ts'
import { readRows } from '../input/csv-rows.ts'
import { cleanText, type Outcome, type Refusal, recordOf } from '../input/outcome.ts'
import { cellsOf } from './csv-columns.ts'

const KINDS: Record<string, EventKind> = {
  retraction: 'retraction',
  'expression of concern': 'concern',
  correction: 'correction',
  reinstatement: 'reinstatement',
}

const DIALECT = { delimiter: ',', isUnquoted: false }

/** Whether a line names the columns of the table. */
export const isRetractionHeader = (line: string): boolean =>
  /\bRetractionNature\b/i.test(line) && /\bOriginalPaperDOI\b/i.test(line)

/**
 * Reads the table of Retraction Watch that Crossref publishes, with one notice a row. A record has only the identifiers of the paper and
 * the notice, so it adds to papers of the catalogue and does not create any.
 */
export async function* readRetractionWatch(
  text: AsyncIterable<Buffer>,
  file: string,
): AsyncGenerator<Outcome> {
  let names: string[] | null = null
  const headerOf = (line: string) => {
    if (!isRetractionHeader(line)) return null
    names = cellsOf(line, DIALECT).map((name) => name.trim().toLowerCase())
    return DIALECT
  }
  for await (const { position, text: row, fault, repairs } of readRows(text, headerOf)) {
    if (fault !== null) {
      yield { position, reject: { key: null, reason: fault } }
      continue
    }
    const cells = cellsOf(row, DIALECT)
    const cell = (name: string) => cells[names?.indexOf(name) ?? -1]?.trim() ?? ''
    const reading = readNotice(cell)
    if ('reason' in reading) yield { position, reject: reading }
    else yield { position, record: reading, repairs }
  }
  if (names === null)
    throw badInput(
      `${file} has no columns RetractionNature and OriginalPaperDOI; expected the table of Retraction Watch.`,
    )
}

function readNotice(cell: (name: string) => string): PaperRecord | Refusal {
  const key = cell('record id') || null
  if (key === null) return { key, reason: 'the row has no Record ID' }
  const nature = cell('retractionnature')
  const kind = KINDS[nature.toLowerCase()]
  if (kind === undefined)
    return { key, reason: `${nature.slice(0, 40) || 'nothing'} is not a RetractionNature` }
  const identifiers = [
    ...identifierOf('doi', cell('originalpaperdoi')),
    ...identifierOf('pmid', cell('originalpaperpubmedid')),
  ]
  if (identifiers.length === 0)
    return { key, reason: 'the row has neither a DOI nor a PubMed id of the paper' }
  return recordOf({
    source: 'retraction-watch',
    key,
    licence: null,
    title: '',
    kind: 'other',
    isRetracted: kind === 'retraction',
    identifiers,
    events: [eventOf(kind, cell)],
  })
}

function eventOf(kind: EventKind, cell: (name: string) => string): EventClaim {
  const on = dayIn(cell('retractiondate'))
  const reasons = cell('reason')
    .split(';')
    .flatMap((reason) => cleanText(reason.replace(/^\s*\+/, '')) ?? [])
  const [doi] = identifierOf('doi', cell('retractiondoi'))
  const [pmid] = identifierOf('pmid', cell('retractionpubmedid'))
  const notice = doi ?? pmid
  return {
    kind,
    on: on?.precision === 'day' ? on.on : null,
    ...(reasons.length > 0 && { reason: reasons.join('; ') }),
    ...(notice && { notice: identifierUrl(notice.scheme, notice.value) as string }),
  }
}

/** Reads a date: `3/9/2026 0:00` with the month first, or an ISO day in tables rewritten by other programs. */
function dayIn(printed: string) {
  const [, month, day, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})\b/.exec(printed) ?? []
  return year === undefined
    ? publishedFromIso(printed.slice(0, 10))
    : publishedOf(Number(year), Number(month), Number(day))
}

/** Reads an identifier. `unavailable` and 0 are placeholders. */
function identifierOf(scheme: 'doi' | 'pmid', printed: string): PaperIdentifier[] {
  if (/^0*$/.test(printed)) return []
  const value = normaliseIdentifier(scheme, printed)
  return value === null ? [] : [{ scheme, value }]
}
