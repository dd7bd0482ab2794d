import { plugins } from '@citation-js/core'
import '@citation-js/plugin-ris'
import { isUtf8 } from 'node:buffer'
import type { PaperRecord } from '../domain/paper-record.ts'
import { prefixed, readItem } from './csl-json.ts'
import { findIdentifiers } from './identifiers.ts'
import type { Json } from './json.ts'
import { MAX_RECORD_BYTES, readLines } from './lines.ts'
import { cleanText, type Outcome, REPAIRS, type Refusal, repositoriesIn } from './outcome.ts'
import { publicationOf } from './publication.ts'
import { venueNamed } from './venues.ts'

/** Reads RIS, as reference managers and publishers write it: tags of two letters, one a line, from TY to ER. */
export async function* readRis(text: AsyncIterable<Buffer>, file: string): AsyncGenerator<Outcome> {
  for await (const { position, lines, fault, repairs } of readEntries(text)) {
    const reading = fault === null ? readEntry(lines, file) : { key: idOf(lines), reason: fault }
    if ('reason' in reading) yield { position, reject: reading }
    else yield { position, record: reading, repairs: [...repairs] }
  }
}

/** One entry as it is written, from its line, counted from 1. */
interface RawEntry {
  position: number
  lines: string[]
  /** Why it cannot be read; null when it may be. */
  fault: string | null
  repairs: Set<string>
}

const TAG = /^\s*([A-Z][A-Z0-9]) {2}-(?: |$)/

/** Cuts a file into its entries; what stands between them is no part of any. */
async function* readEntries(text: AsyncIterable<Buffer>): AsyncGenerator<RawEntry> {
  let open: RawEntry | null = null
  let length = 0
  for await (const { position, bytes } of readLines(text)) {
    const line = bytes?.toString('utf8').replace(/^\uFEFF|\r$/g, '') ?? ''
    const tag = TAG.exec(line)?.[1]
    if (tag === 'TY') {
      if (open) yield unfinished(open)
      open = { position, lines: [], fault: null, repairs: new Set() }
      length = 0
    }
    if (!open) continue
    length += bytes?.length ?? MAX_RECORD_BYTES
    if (length >= MAX_RECORD_BYTES) {
      open.fault = `longer than ${MAX_RECORD_BYTES} bytes`
      open.lines.length = Math.min(open.lines.length, 20)
    } else open.lines.push(line)
    if (bytes) for (const repair of repairsOf(bytes)) open.repairs.add(repair)
    if (tag !== 'ER') continue
    yield open
    open = null
  }
  if (open) yield unfinished(open)
}

function repairsOf(bytes: Buffer): string[] {
  const repairs: string[] = isUtf8(bytes) ? [] : [REPAIRS.encoding]
  return bytes.includes(0) ? [...repairs, REPAIRS.nul] : repairs
}

/** It ends where the next one begins. */
function unfinished(entry: RawEntry): RawEntry {
  entry.repairs.add('the entry has no end (ER)')
  return entry
}

/** The texts under some tags, in order. */
function under(lines: readonly string[], ...tags: string[]): string[] {
  return lines.flatMap((line) =>
    tags.includes(TAG.exec(line)?.[1] ?? '') ? (cleanText(line.replace(TAG, '')) ?? []) : [],
  )
}

const idOf = (lines: readonly string[]) => under(lines, 'ID')[0] ?? null

function readEntry(lines: readonly string[], file: string): PaperRecord | Refusal {
  const item = parse(lines)
  if (!item) return { key: idOf(lines), reason: 'the entry is not valid RIS' }
  const keyword = under(lines, 'KW').join(';')
  const reading = readItem({ ...item, issued: { 'date-parts': [dateOf(lines)] }, keyword }, file)
  if ('reason' in reading) return { ...reading, reason: 'the entry has no title (TI)' }
  const { publication: _, ...record } = reading
  const notes = under(lines, 'AN', 'N1', 'M1', 'M2', 'C1')
  const links = under(lines, 'UR', 'L1', 'L2')
  const arxiv = notes.flatMap((note) => /\barxiv:\s*(\S+)/i.exec(note)?.[1] ?? [])
  const printed = under(lines, 'T2', 'JO', 'JF', 'J2', 'BT')
  const { venue } = record
  const [acronym = null] = under(lines, 'J2', 'JA').filter((name) => /^\S+$/.test(name))
  return {
    ...record,
    source: 'ris',
    pdfUrl: under(lines, 'L1').find((url) => /^https?:/.test(url)) ?? null,
    identifiers: findIdentifiers([
      ...under(lines, 'DO').flatMap((doi) => prefixed('doi', doi)),
      ...arxiv.map((id) => `arxiv:${id}`),
      ...links,
    ]),
    venue: venue && printed[0] ? venueNamed(printed[0], venue.kind, acronym) : venue,
    ...publicationIn(lines, record.kind),
    repositories: repositoriesIn([record.abstract, ...notes, ...links].join('\n')),
  }
}

function publicationIn(lines: readonly string[], kind: PaperRecord['kind']) {
  const first = (...tags: string[]) => tags.flatMap((tag) => under(lines, tag))[0]
  const isOfInstitution = kind === 'thesis' || kind === 'report'
  const [start, end] = [first('SP'), first('EP')]
  const standard = under(lines, 'SN')
  return publicationOf({
    container: kind === 'book' ? null : first('T2', 'JO', 'JF', 'BT', 'J2'),
    series: first('T3') ?? (kind === 'book' ? first('T2') : null),
    volume: first('VL'),
    number: kind === 'report' ? null : first('IS'),
    pages: start && end && !start.includes(end) ? `${start}\u2013${end}` : (start ?? end),
    articleNumber: first('C7'),
    edition: first('ET'),
    editors: [...under(lines, 'ED'), ...under(lines, 'A2')].map(inOrder),
    institution: isOfInstitution ? first('PB') : null,
    publisher: isOfInstitution ? null : first('PB'),
    publisherPlace: first('CY', 'PP'),
    isbns: standard,
    issns: standard,
    reportNumber: kind === 'report' ? first('M1', 'IS') : null,
    workType: isOfInstitution ? first('M3') : null,
  })
}

/** `Last, First, Suffix` as it is read. */
function inOrder(name: string): string {
  const [family = '', given = '', suffix = ''] = name.split(/\s*,\s*/, 3)
  return [given, family, suffix].filter(Boolean).join(' ')
}

/** Year, month and day as far as they are told: `2021/08/05/`, `2021/08//Summer` or `2021`, the fullest of all dates. */
function dateOf(lines: readonly string[]): string[] {
  const dates = under(lines, 'DA', 'Y1', 'PY').map((text) => {
    const parts = text.split(/[/-]/, 3).map((part) => part.trim())
    const known = parts.findIndex((part, i) => !(i === 0 ? /^\d{4}$/ : /^\d{1,2}$/).test(part))
    return known < 0 ? parts : parts.slice(0, known)
  })
  return dates.reduce((fullest, date) => (date.length > fullest.length ? date : fullest), [])
}

/** The entry as an item of CSL-JSON; one of an unknown type as of none. */
function parse(lines: readonly string[]): Json | null {
  // The parser takes two spaces and a hyphen within a text for another tag.
  const texts = lines.slice(1).map((line) => line.replace(/(?<=^.{6}.*) {2,}-/g, ' -'))
  const read = (type: string) => {
    try {
      const options = { target: '@csl/list+object', generateGraph: false }
      const [item] = plugins.input.chain([type, ...texts].join('\n'), options) as Json[]
      return item?.type === undefined ? null : item
    } catch {
      return null
    }
  }
  return read(lines[0] ?? '') ?? read('TY  - GEN')
}
