import { lineDecoder } from './line-decoder.ts'
import { MAX_RECORD_BYTES, readLines, TOO_LONG } from './lines.ts'

/** A row as it is written, from its line, counted from 1; or why it cannot be read. */
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

/** Cells rarely span this many lines: a quote that is open for longer was never closed. */
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
  const lines = decodedLines(text)
  const ahead: Line[] = []
  let dialect: Dialect | null = null
  let before = 0
  const next = async (): Promise<Line | null> => {
    const waiting = ahead.shift()
    if (waiting) return waiting
    const { value, done } = await lines.next()
    return done ? null : value
  }
  for (let line = await next(); line !== null; line = await next()) {
    if (dialect === null) {
      dialect = headerOf(line.text, before++)
      continue
    }
    const { delimiter, isUnquoted } = dialect
    const taken = [line]
    let isOpen = !isUnquoted && isOpenAfter(line.text, delimiter, false)
    while (isOpen && taken.length < MOST_LINES) {
      const more = await next()
      if (more === null) break
      taken.push(more)
      if (opensCell(more.text, delimiter)) break
      isOpen = isOpenAfter(more.text, delimiter, true)
    }
    if (isOpen) ahead.unshift(...taken.splice(1))
    const row = rowOf(taken, isOpen ? 'a quote is never closed' : null)
    if (row.text.trim() !== '' || row.fault !== null) yield row
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
 * Whether a line that begins within a quoted cell has a quote that can only begin one: then that cell was never closed. A quote
 * that is text is written twice.
 */
function opensCell(line: string, delimiter: string): boolean {
  for (let at = line.indexOf('"'); at !== -1; at = line.indexOf('"', at + 1)) {
    const next = line[at + 1]
    if (next === '"') at++
    else return (at === 0 || line[at - 1] === delimiter) && next !== undefined && next !== delimiter
  }
  return false
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
