import { lineDecoder } from '../input/line-decoder.ts'
import { MAX_RECORD_BYTES, readLines, TOO_LONG } from '../input/lines.ts'
import type { Outcome } from '../input/outcome.ts'
import { type PubmedField, readPubmedRecord } from './pubmed-record.ts'

/** The text of one record; its position is a line, counted from 1. */
interface RawRecord {
  position: number
  fields: PubmedField[]
  /** Why the record cannot be read; null if it may be readable. */
  fault: string | null
  repairs: Set<string>
}

/** Reads PubMed's format: one tag of up to four letters a line. A record begins with its PMID, or after an empty line. */
export async function* readNbib(
  text: AsyncIterable<Buffer>,
  file: string,
): AsyncGenerator<Outcome> {
  for await (const { position, fields, fault, repairs } of wholeRecords(readParts(text))) {
    const reading =
      fault === null
        ? readPubmedRecord(fields, { source: 'nbib', file })
        : { key: null, reason: fault }
    if ('reason' in reading) yield { position, reject: reading }
    else yield { position, ...reading, repairs: [...repairs] }
  }
}

const TAG = /^([A-Z][A-Z0-9]{1,3}) {0,2}- ?(.*)$/

const hasTag = ({ fields }: RawRecord, ...tags: string[]) =>
  fields.some(([tag]) => tags.includes(tag))

/** Joins records that an empty line splits: parts without a PMID, of which only one has a title, are one record. */
async function* wholeRecords(parts: AsyncIterable<RawRecord>): AsyncGenerator<RawRecord> {
  let last: RawRecord | null = null
  for await (const part of parts) {
    const isOwn =
      hasTag(part, 'PMID') || (hasTag(part, ...TITLES) && last && hasTag(last, ...TITLES))
    if (last && !isOwn && part.fault === null && last.fault === null) {
      last.fields.push(...part.fields)
      for (const repair of part.repairs) last.repairs.add(repair)
      continue
    }
    if (last) yield last
    last = part
  }
  if (last) yield last
}

const TITLES = ['TI', 'BTI']

async function* readParts(text: AsyncIterable<Buffer>): AsyncGenerator<RawRecord> {
  let open: RawRecord | null = null
  const decode = lineDecoder()
  let length = 0
  let isAfterGap = true
  for await (const { position, bytes } of readLines(text, { isAnyEnd: true })) {
    const { text: line, repairs } = decode(bytes)
    const [, tag, value = ''] = TAG.exec(line) ?? []
    if (tag === 'PMID' || (tag !== undefined && isAfterGap)) {
      if (open) yield open
      open = { position, fields: [], fault: null, repairs: new Set() }
      length = 0
    }
    if (bytes !== null && line.trim() === '') isAfterGap = true
    // After an empty line, text without a tag or indent does not continue a field.
    else if (open && (tag !== undefined || !isAfterGap || /^\s/.test(line))) {
      isAfterGap = false
      length += bytes?.length ?? MAX_RECORD_BYTES
      if (length >= MAX_RECORD_BYTES) open.fault = TOO_LONG
      else if (tag !== undefined) open.fields.push([tag, value.trim()])
      else continueField(open, line.trim())
      for (const repair of repairs) open.repairs.add(repair)
    }
  }
  if (open) yield open
}

function continueField({ fields }: RawRecord, text: string): void {
  const last = fields.at(-1)
  if (last) last[1] = `${last[1]} ${text}`
}
