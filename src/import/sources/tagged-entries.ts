import { peekBytes } from '../input/decompress.ts'
import { lineDecoder } from '../input/line-decoder.ts'
import { MAX_RECORD_BYTES, readLines, TOO_LONG } from '../input/lines.ts'

/** Syntax of tagged text of a program. */
interface Dialect {
  /** A line that begins an entry or a file only in this dialect. */
  start: RegExp
  /** A tag and its text. */
  line: RegExp
  /** Tag that begins each entry; null if empty lines separate entries. */
  first: string | null
  /** Tags whose lines form one text. Under other tags, each line is a value. */
  texts: RegExp
}

export type DialectName = 'wos' | 'refer' | 'refworks'

const DIALECTS: Record<DialectName, Dialect> = {
  wos: {
    start: /^\uFEFF?(?:FN (?:Clarivate|Thomson|ISI\b|Web of)|PT [A-Z]\s*$)/i,
    line: /^\uFEFF?([A-Z][A-Z0-9])(?: (.*))?$/,
    first: 'PT',
    texts: /^(?:TI|SO|SE|AB|DE|ID|CT|PU|PI|PD|LA|DT|FX|FU|OI|RI)$/,
  },
  refer: {
    start: /^\uFEFF?%[0ATJ] \S/,
    line: /^\uFEFF?%(\S)(?: (.*))?$/,
    first: null,
    texts: /^[TJBSXIC]$/,
  },
  refworks: {
    start: /^\uFEFF?(?:RefWorks Export Tagged Format|RT [A-Z][a-z])/i,
    line: /^\uFEFF?([A-Z][A-Z0-9]) (.*)$/,
    first: 'RT',
    texts: /^(?!A\d$|K1$)/,
  },
}

/** Length of the start in which the dialect is detected. */
const HEAD_BYTES = 65_536

/** Detects the dialect of a text by any line that begins an entry or a file, since the first one may be damaged. */
function dialectIn(text: string): DialectName | null {
  for (const line of text.slice(0, HEAD_BYTES).split(/[\r\n]+/))
    for (const [name, { start }] of Object.entries(DIALECTS))
      if (start.test(line)) return name as DialectName
  return null
}

/** Whether a text is in one of the dialects. */
export const isTagged = (text: string): boolean => dialectIn(text) !== null

/** The text of one entry; its position is a line, counted from 1. */
export interface TaggedEntry {
  position: number
  dialect: DialectName
  fields: [tag: string, text: string][]
  /** Why the entry cannot be read; null if it may be readable. */
  fault: string | null
  repairs: Set<string>
}

type OpenEntry = TaggedEntry & { length: number }

/** Splits a text into entries; lines before the first and between them are ignored. */
export async function* readTaggedEntries(text: AsyncIterable<Buffer>): AsyncGenerator<TaggedEntry> {
  const { head, all } = await peekBytes(text, HEAD_BYTES)
  const dialect = dialectIn(head.toString('utf8'))
  if (dialect === null) return
  const { line: form, first } = DIALECTS[dialect]
  const decode = lineDecoder()
  let open: OpenEntry | null = null
  for await (const { position, bytes } of readLines(all, { isAnyEnd: true })) {
    const { text: line, repairs } = decode(bytes)
    const [, tag, value = ''] = form.exec(line) ?? []
    const isEmpty = bytes !== null && line.trim() === ''
    const isEnd = tag !== undefined && OUTSIDE.test(tag)
    if (open && (tag === first || isEnd || (first === null && isEmpty))) {
      yield open
      open = null
    }
    // A line that is too long belongs to an entry.
    if (bytes === null) open ??= newEntry(position, dialect, first ?? '')
    else if (tag !== undefined && !isEnd) open ??= newEntry(position, dialect, tag)
    if (!open || isEmpty) continue
    open.length += bytes?.length ?? MAX_RECORD_BYTES
    if (open.length >= MAX_RECORD_BYTES) open.fault = TOO_LONG
    else addLine(open, tag, tag === undefined ? line.trim() : value.trim())
    for (const repair of repairs) open.repairs.add(repair)
  }
  if (open) yield open
}

/** Tags that end an entry, or are about the file. */
const OUTSIDE = /^(?:ER|EF|FN|VR)$/

function newEntry(position: number, dialect: DialectName, tag: string): OpenEntry {
  const { first } = DIALECTS[dialect]
  const isWhole = first === null || tag === first
  const repairs = new Set(isWhole ? [] : [`the entry has no beginning (${first})`])
  return { position, dialect, fields: [], fault: null, repairs, length: 0 }
}

function addLine({ dialect, fields }: OpenEntry, tag: string | undefined, text: string): void {
  if (tag !== undefined) {
    fields.push([tag, text])
    return
  }
  const last = fields.at(-1)
  if (!last) return
  // Appends in place, without copying the list: a text may have many thousand lines.
  if (DIALECTS[dialect].texts.test(last[0])) last[1] += last[1] === '' ? text : ` ${text}`
  else fields.push([last[0], text])
}
