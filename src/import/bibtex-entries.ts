import { readLines } from './lines.ts'

/** One `@type{…}` of a BibTeX file as it is written, from its line, counted from 1. */
export interface RawEntry {
  position: number
  type: string
  text: string
  /** Why it cannot be read; null when it may be. */
  fault: string | null
}

const START = /@\s*([a-zA-Z]+)\s*[{(]/
/** An entry that starts a line: whatever came before it and was left open ends here. */
const NEXT = /^\s*@\s*[a-zA-Z]+\s*[{(]\s*[^\s,{}()="]+\s*,/

const LONGEST_ENTRY = 1_000_000

/**
 * Cuts a BibTeX file into its entries, so that a file of any size is read in little memory and a brace that is
 * missing spoils one entry, not all that follow.
 */
export async function* readEntries(text: AsyncIterable<Buffer>): AsyncGenerator<RawEntry> {
  let open: OpenEntry | null = null
  for await (const { position, bytes } of readLines(text)) {
    const line = bytes?.toString('utf8') ?? ''
    let rest: string = line
    if (open && NEXT.test(line)) {
      yield broken(open, 'a brace is missing')
      open = null
    }
    while (rest !== '') {
      if (open === null) {
        const start = line.trimStart().startsWith('%') ? null : START.exec(rest)
        if (!start) break
        open = { position, type: (start[1] ?? '').toLowerCase(), text: '', depth: 0, closer: '' }
        rest = rest.slice(start.index)
      }
      const end = endOf(open, rest)
      open.text += `${rest.slice(0, end ?? rest.length)}\n`
      if (end === null) break
      yield { position: open.position, type: open.type, text: open.text, fault: null }
      open = null
      rest = rest.slice(end)
    }
    if (open && open.text.length > LONGEST_ENTRY) {
      yield broken(open, `longer than ${LONGEST_ENTRY} characters`)
      open = null
    }
  }
  if (open) yield broken(open, 'a brace is missing')
}

interface OpenEntry {
  position: number
  type: string
  text: string
  /** Of braces within it. */
  depth: number
  /** What ends it: a brace, or the bracket of `@article(…)`; empty before its start was read. */
  closer: string
}

const broken = ({ position, type, text }: OpenEntry, fault: string): RawEntry => ({
  position,
  type,
  text: text.slice(0, 1000),
  fault,
})

/** Where the entry ends in this part of it; null when it goes on. */
function endOf(entry: OpenEntry, part: string): number | null {
  for (let at = 0; at < part.length; at++) {
    const sign = part[at]
    if (sign === '\\') at++
    else if (entry.closer === '') {
      if (sign === '{' || sign === '(') entry.closer = sign === '{' ? '}' : ')'
    } else if (entry.depth === 0 && sign === entry.closer) return at + 1
    else if (sign === '{') entry.depth++
    else if (sign === '}') entry.depth--
  }
  return null
}
