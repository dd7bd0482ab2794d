import { lineDecoder } from '../input/line-decoder.ts'
import { MAX_RECORD_BYTES, readPieces, TOO_LONG } from '../input/lines.ts'

/** The text of one `@type{…}` of a BibTeX file; its position is a line, counted from 1. */
export interface RawEntry {
  position: number
  type: string
  text: string
  /** Why the entry cannot be read; null if it may be readable. */
  fault: string | null
  repairs: string[]
}

/** Start of an entry. Files also have types that BibTeX lacks, such as `web_page`. An `@` after a word is an e-mail address. */
const START = /(?<![\w.+-])@\s*([a-zA-Z][\w:.-]*)\s*[{(]/
/** Entry at the start of a line, which ends any entry that is still open. */
const NEXT =
  /^\s*@\s*(?:(?:string|preamble|comment)\s*[{(]|[a-zA-Z][\w:.-]*\s*[{(]\s*(?:[^\s,{}()="]*\s*,|[\w-]+\s*=\s*["{]|[^\s,{}()="]+\s*$))/i
/** A title outside all entries, because the line with the type is missing or damaged. */
const LOST_FIELD = /^[^%\n]*\btitle\s*=\s*["{]/im
/** Remaining fields of an entry that ended too early. */
const FIELDS = /^(?:[^@\n]{0,500}?,)?[\s,]*[a-zA-Z][\w-]*\s*=\s*["{\w]/

/** Maximum length of the kept text between entries. */
const LONGEST_BETWEEN = 1_000_000
/** Characters kept of an unreadable entry, to find its key. */
const SHOWN = 1000

/**
 * Splits a BibTeX file into entries, so that files of any size need little memory and a missing or extra brace spoils at most one
 * entry. Only the start of an entry that is too long is kept.
 */
export async function* readEntries(text: AsyncIterable<Buffer>): AsyncGenerator<RawEntry> {
  let open: OpenEntry | null = null
  let ended: EndedEntry = nothingBefore()
  let isComment = false
  const decode = lineDecoder()
  for await (const { position, bytes, isStart, isEnd } of readPieces(text)) {
    const { text: line, repairs } = decode(bytes)
    const lineEnd = isEnd ? '\n' : ''
    let rest: string = line
    if (isStart) isComment = line.trimStart().startsWith('%')
    if (open && isStart && NEXT.test(line)) {
      yield unclosed(open)
      open = null
    }
    while (rest !== '') {
      if (open === null) {
        const start = isComment ? null : START.exec(rest)
        if (ended.after.length < LONGEST_BETWEEN) {
          if (ended.after.trim() === '') ended.afterPosition = position
          ended.after += `${rest.slice(0, start?.index ?? rest.length)}${lineEnd}`
        }
        if (!start) break
        yield* finished(ended)
        ended = nothingBefore()
        open = openEntry(position, start[1] ?? '')
        rest = rest.slice(start.index)
      }
      const end = endOf(open, rest)
      addText(open, `${rest.slice(0, end ?? rest.length)}${lineEnd}`)
      for (const repair of repairs) open.repairs.add(repair)
      if (end === null) break
      ended = { ...open, after: '', afterPosition: position }
      open = null
      rest = rest.slice(end)
    }
  }
  yield* finished(ended)
  if (open) yield unclosed(open)
}

interface OpenEntry {
  position: number
  type: string
  text: string
  /** Size in bytes, including text that is not kept. */
  size: number
  /** Depth of open braces within it. */
  depth: number
  /** Closing character: a brace, or the bracket of `@article(…)`; empty before the opening one was read. */
  closer: string
  /** Whether the position is within quotation marks, where a bracket does not end the entry. */
  isQuoted: boolean
  repairs: Set<string>
}

const openEntry = (position: number, type: string): OpenEntry => ({
  ...{ position, type: type.toLowerCase(), text: '', size: 0 },
  ...{ depth: 0, closer: '', isQuoted: false, repairs: new Set() },
})

function addText(entry: OpenEntry, text: string): void {
  entry.size += Buffer.byteLength(text)
  if (!isTooLong(entry)) entry.text += text
  else if (entry.text.length > SHOWN) entry.text = entry.text.slice(0, SHOWN)
}

const isTooLong = ({ size }: OpenEntry) => size > MAX_RECORD_BYTES

/** A complete entry with the text after it, up to the next entry. */
interface EndedEntry extends OpenEntry {
  after: string
  afterPosition: number
}

const nothingBefore = (): EndedEntry => ({
  ...openEntry(1, ''),
  ...{ after: '', afterPosition: 1 },
})

const broken = ({ position, type, text }: OpenEntry, fault: string): RawEntry => ({
  ...{ position, type, fault, repairs: [] },
  text: text.slice(0, SHOWN),
})

/** Yields the entry, and the text after it if that belongs to another entry. */
function* finished(entry: EndedEntry): Generator<RawEntry> {
  const { position, type, text, after, afterPosition, repairs: own } = entry
  const isEntry = type !== '' && !/^(?:comment|preamble|string)$/.test(type)
  const isOfAnother = LOST_FIELD.test(after) && (!isEntry || LOST_FIELD.test(text))
  if (isEntry && isTooLong(entry)) yield broken(entry, TOO_LONG)
  else if (isEntry && !isOfAnother && FIELDS.test(after)) {
    const whole = `${text.trimEnd().slice(0, -1)}, ${after}`
    const repairs = [...own, 'an extra brace was left out']
    yield { position, type, text: whole, fault: null, repairs }
    return
  } else if (type !== '') yield { position, type, text, fault: null, repairs: [...own] }
  if (isOfAnother) {
    const fault = 'fields outside an entry; expected @type{ before them'
    yield { position: afterPosition, type: '', text: after.slice(0, SHOWN), fault, repairs: [] }
  }
}

/** Ends an entry that is still open where the next begins: at its last brace, not counting escaped braces. */
function unclosed(entry: OpenEntry): RawEntry {
  const { position, type, text } = entry
  if (isTooLong(entry)) return broken(entry, TOO_LONG)
  const end = endOf({ ...entry, depth: 0, closer: '', isQuoted: false }, text, true)
  if (end === null || text.slice(end).trim() !== '') return broken(entry, 'a brace is missing')
  const named = text.replace(/\\([{}])/g, (_, brace) =>
    brace === '{' ? '{\\textbraceleft}' : '{\\textbraceright}',
  )
  return { ...{ position, type, text: named, fault: null, repairs: [...entry.repairs] } }
}

/** End of the entry in this part of the text; null when it continues. BibTeX counts escaped braces like others. */
function endOf(entry: OpenEntry, part: string, isEscaping = false): number | null {
  for (let at = 0; at < part.length; at++) {
    const sign = part[at]
    if (sign === '\\' && isEscaping) at++
    else if (entry.closer === '') {
      if (sign === '{' || sign === '(') entry.closer = sign === '{' ? '}' : ')'
    } else if (entry.depth === 0 && sign === '"' && entry.closer === ')')
      entry.isQuoted = !entry.isQuoted
    else if (entry.depth === 0 && sign === entry.closer && !entry.isQuoted) return at + 1
    else if (sign === '{') entry.depth++
    else if (sign === '}') entry.depth--
  }
  return null
}
