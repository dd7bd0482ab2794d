import { lineDecoder } from '../input/line-decoder.ts'
import { MAX_RECORD_BYTES, readLines, TOO_LONG } from '../input/lines.ts'

/** The text of one entry; its position is a line, counted from 1. */
export interface RisEntry {
  position: number
  /** Tags with their texts, continuation lines joined. */
  fields: [tag: string, text: string][]
  /** Why the entry cannot be read; null if it may be readable. */
  fault: string | null
  repairs: Set<string>
}

/** A tag in the standard form. Some programs write a single space, or none. */
const STRICT_TAG = /^\s*([A-Z][A-Z0-9]) {2}-(?: |$)(.*)$/
const LOOSE_TAG = /^\s*([A-Z][A-Z0-9])[ \t]{0,4}-[ \t]*(.*)$/
const START = /^\s*TY[ \t]{0,4}-[ \t]*(?=\S|$)/
const END = /^\s*ER[ \t]{0,4}-\s*$/

/** Known tags. In files with a single space after tags, other words at the start of a line may look like tags. */
const KNOWN =
  /^(?:TY|ER|ID|A[1-4BDNUV]|BT|C[1-8ALNPTY]|D[ABIOPS]|E[DTP]|I[DS]|J[12AFO]|K[WY]|L[1-4ABKI]|LA|LB|M[1-3]|N[1-2VO]|O[LP]|P[AGMBPY]|R[INP]|S[ENPT]|T[1-3AITY]|U[1-5R]|V[LO]|W[1-3TUV]|Y[1-2])$/

/** Tags that may begin an entry whose first line is missing. */
const FIRST = /^(?:ID|A[1U]|T[1I])$/

/** Start of an entry in lower case, as some scripts write it. */
const LOWER_START = /^\s*ty {2}-(?: |$)/
const LOWER_TAG = /^\s*[a-z][a-z0-9] {2}-(?: |$)/

/** Text that providers put between entries, such as numbers, headings of one or two words, and `Provider: …`. */
const BETWEEN = /^(?:\P{L}*\p{L}*){0,2}\P{L}*$|^\s*(?:record\b|\p{L}[\p{L} -]{0,20}:\s)/iu

/** Splits a file into entries. Text before the first entry is about the file; other text outside entries is reported. */
export async function* readRisEntries(text: AsyncIterable<Buffer>): AsyncGenerator<RisEntry> {
  let open: OpenEntry | null = null
  let between: RisEntry | null = null
  let isBegun = false
  const decode = lineDecoder()
  for await (const { position, bytes } of readLines(text, { isAnyEnd: true })) {
    const { text: decoded, repairs } = decode(bytes)
    const line = withUpperTag(decoded.replace(/^\uFEFF/, ''), open)
    if (START.test(line) || (!open && FIRST.test(STRICT_TAG.exec(line)?.[1] ?? ''))) {
      if (open) yield unfinished(open)
      if (between) yield between
      between = null
      isBegun = true
      open = newEntry(position, line)
      open.isLower = LOWER_START.test(decoded)
    }
    // A line that is too long belongs to an entry.
    if (bytes === null) open ??= newEntry(position, line)
    if (!open && isBegun && !BETWEEN.test(line)) between ??= textOutside(position)
    if (!open) continue
    addLine(open, line, bytes)
    for (const repair of repairs) open.repairs.add(repair)
    if (!END.test(line)) continue
    yield open
    open = null
  }
  if (open) yield unfinished(open)
  if (between) yield between
}

const textOutside = (position: number): RisEntry => ({
  ...{ position, fields: [], fault: 'text outside an entry; expected TY before it' },
  repairs: new Set(),
})

function withUpperTag(line: string, open: OpenEntry | null): string {
  const isTag = LOWER_START.test(line) || (open?.isLower && LOWER_TAG.test(line))
  return isTag ? line.replace(/[a-z]\w/, (tag) => tag.toUpperCase()) : line
}

interface OpenEntry extends RisEntry {
  isLoose: boolean
  isLower: boolean
  length: number
}

function newEntry(position: number, line: string): OpenEntry {
  const isWhole = START.test(line)
  const repairs = new Set(isWhole ? [] : ['the entry has no beginning (TY)'])
  const isLoose = !STRICT_TAG.test(line)
  return { ...{ position, fields: [], fault: null, repairs }, isLoose, isLower: false, length: 0 }
}

function addLine(entry: OpenEntry, line: string, bytes: Buffer | null): void {
  entry.length += bytes?.length ?? MAX_RECORD_BYTES
  if (entry.length >= MAX_RECORD_BYTES) {
    entry.fault = TOO_LONG
    return
  }
  const [, tag = '', text = ''] = tagIn(entry, line) ?? []
  const last = entry.fields.at(-1)
  if (tag !== '') entry.fields.push([tag, text.trim()])
  // Each line under KW is a keyword; lines of other tags are joined.
  else if (last && line.trim() !== '') last[1] += `${last[0] === 'KW' ? ';' : ' '}${line.trim()}`
}

function tagIn({ isLoose }: OpenEntry, line: string): RegExpExecArray | null {
  const strict = STRICT_TAG.exec(line)
  if (strict) return strict
  if (END.test(line)) return LOOSE_TAG.exec(line)
  const loose = isLoose ? LOOSE_TAG.exec(line) : null
  return KNOWN.test(loose?.[1] ?? '') ? loose : null
}

/** Ends an entry without an end, where the next one begins. */
function unfinished(entry: OpenEntry): RisEntry {
  entry.repairs.add('the entry has no end (ER)')
  return entry
}
