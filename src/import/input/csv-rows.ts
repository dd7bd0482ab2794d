import { lineDecoder } from './line-decoder.ts'
import { MAX_RECORD_BYTES, readLines, TOO_LONG } from './lines.ts'

/** The raw text of a row; its position is a line counted from 1. `fault` says why it cannot be read. */
export interface RawRow {
  position: number
  text: string
  repairs: string[]
  fault: string | null
}

interface Line {
  position: number
  text: string
  repairs: string[]
  isTooLong: boolean
}

/** Cells rarely span this many lines. After them, only a quote at the end of a cell closes it; any other means an unclosed quote. */
const MOST_LINES = 500

/** The syntax of a table's rows. */
interface Dialect {
  delimiter: string
  isUnquoted: boolean
}

/**
 * Splits a table into the rows after its header, the first row that `headerOf` accepts. An unclosed quote spoils only its own row,
 * which no CSV parser guarantees: csv-parse, which splits the cells of each row, would read the rest of the file as one cell.
 * Lines that are not UTF-8 are read as `lineDecoder` does, and reported as repaired.
 */
export async function* readRows(
  text: AsyncIterable<Buffer>,
  headerOf: (line: string, before: number) => Dialect | null,
): AsyncGenerator<RawRow> {
  const lines = linesToReread(decodedLines(text))
  let dialect: Dialect | null = null
  let before = 0
  for (let line = await lines.next(); line !== null; line = await lines.next()) {
    lines.forget()
    if (dialect === null) {
      dialect = headerOf(line.text, before++)
      continue
    }
    const { taken, isClosed } = await linesOfRow(line, lines, dialect)
    if (!isClosed) lines.giveBack(taken.splice(1).length)
    const row = rowOf(taken, isClosed ? null : 'a quote is never closed')
    if (row.text.trim() !== '' || row.fault !== null) yield row
  }
}

/** Limits of the rows read ahead to learn what a column contains; the second one bounds memory if rows are long. */
const MOST_AHEAD = { rows: 200, characters: 1_000_000 }

/** Reads the first rows ahead. `all` yields every row from the first on, and throws a fault only after the rows before it. */
export async function readAhead(rows: AsyncGenerator<RawRow>) {
  const first: RawRow[] = []
  const faults: unknown[] = []
  try {
    for (let size = 0; first.length < MOST_AHEAD.rows && size < MOST_AHEAD.characters; ) {
      const { value, done } = await rows.next()
      if (done) break
      first.push(value)
      size += value.text.length
    }
  } catch (error) {
    faults.push(error)
  }
  return {
    rows: first,
    async *all(): AsyncGenerator<RawRow> {
      yield* first.splice(0)
      for (const fault of faults) throw fault
      yield* rows
    },
  }
}

/** Takes the lines of a row, as far as its quotes tell. */
async function linesOfRow(
  first: Line,
  lines: ReturnType<typeof linesToReread>,
  { delimiter, isUnquoted }: Dialect,
): Promise<{ taken: Line[]; isClosed: boolean }> {
  const taken = [first]
  let size = first.text.length
  let isOpen = !isUnquoted && isOpenAfter(first.text, delimiter, false)
  // Beyond the limit, lines that were given back are not tried again: a table with many unclosed quotes would take for ever.
  const mayGoOn = () => taken.length < MOST_LINES || (lines.areNew() && size < MAX_RECORD_BYTES)
  while (isOpen && mayGoOn()) {
    const more = await lines.next()
    if (more === null) break
    taken.push(more)
    size += more.text.length
    const isOdd = taken.length > MOST_LINES && !endsCell(more.text, delimiter)
    if (isOdd || opensCell(more.text, delimiter)) break
    isOpen = isOpenAfter(more.text, delimiter, true)
  }
  return { taken, isClosed: !isOpen }
}

/** Wraps lines so that the last ones can be given back and read again. */
function linesToReread(lines: AsyncGenerator<Line>) {
  let kept: Line[] = []
  let at = 0
  return {
    async next(): Promise<Line | null> {
      const known = kept[at]
      if (known) {
        at++
        return known
      }
      const { value, done } = await lines.next()
      if (done) return null
      kept.push(value)
      at++
      return value
    },
    /** Whether the next line has not been read before. */
    areNew: () => at === kept.length,
    giveBack(count: number) {
      at -= count
    },
    /** Releases kept lines when none is left to read again. */
    forget() {
      if (at === kept.length) [kept, at] = [[], 0]
    },
  }
}

function rowOf(lines: Line[], fault: string | null): RawRow {
  const length = lines.reduce((sum, line) => sum + line.text.length, 0)
  const isTooLong = length > MAX_RECORD_BYTES || lines.some((line) => line.isTooLong)
  return {
    position: lines[0]?.position ?? 0,
    text: lines.map((line) => line.text).join('\n'),
    repairs: [...new Set(lines.flatMap((line) => line.repairs))],
    fault: isTooLong ? TOO_LONG : fault,
  }
}

async function* decodedLines(text: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  const decode = lineDecoder()
  for await (const { position, bytes } of readLines(text, { isAnyEnd: true })) {
    yield { position, ...decode(bytes), isTooLong: bytes === null }
  }
}

/**
 * Whether a line that begins within a quoted cell has a quote that can only open another cell, so that the quoted cell was never
 * closed. A quote that is text is doubled.
 */
function opensCell(line: string, delimiter: string): boolean {
  for (let at = line.indexOf('"'); at !== -1; at = line.indexOf('"', at + 1)) {
    const next = line[at + 1]
    if (next === '"') at++
    else return (at === 0 || line[at - 1] === delimiter) && next !== undefined && next !== delimiter
  }
  return false
}

/** Whether the first quote of a line that begins within a quoted cell ends a cell, or there is none. Doubled quotes are text. */
function endsCell(line: string, delimiter: string): boolean {
  const [, next] = /^(?:[^"]|"")*"(?!")([\s\S])?/.exec(line) ?? []
  return next === undefined || next === delimiter
}

/** Whether a quoted cell continues after the line. A quote inside a cell that does not start with one is text. */
function isOpenAfter(line: string, delimiter: string, wasOpen: boolean): boolean {
  let isOpen = wasOpen
  let isStart = !wasOpen
  for (let at = 0; at < line.length; at++) {
    const char = line[at]
    if (isOpen) {
      if (char !== '"') continue
      if (line[at + 1] === '"') at++
      else isOpen = false
    } else if (char === delimiter) {
      isStart = true
      continue
    } else if (char === '"' && isStart) isOpen = true
    isStart = false
  }
  return isOpen
}
