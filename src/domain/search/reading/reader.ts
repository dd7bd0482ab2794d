import { quote } from '../../../errors.ts'
import { matchAt } from '../../../match-at.ts'
import type { SearchTerm } from '../fields/field.ts'
import type { KnownName } from '../fields/spelling.ts'

/**
 * What is wrong: with a field or what else people mean to be followed, or with how terms are put together. A `hint` is about what is text to both modes, but may be meant as a
 * field.
 */
type Matter = 'field' | 'grammar' | 'hint'

/** Told of what is not of the language, by its offset. Comes back only where that is to be left out. */
export type Fail = (at: number, problem: string, matter?: Matter) => void

/** A query that is being read, and how far. */
export interface Reader {
  text: string
  at: number
  /** Where the parentheses end that open and close without a space between them. */
  closings: Map<number, number>
  /** Where a word ends before an operator that has no space before it; -1 for nowhere. */
  stop: number
  /** The field of the parentheses that come next. */
  scope: KnownName | null
  fail: Fail
}

/** Longest word, in characters: PostgreSQL leaves longer ones out of a query, which then asks for less than it says. */
const LONGEST_WORD = 500

/** A word, with punctuation that may be part of it, as in addresses. */
const WORDS = /(?:[^\s\p{Cc}\p{P}]|[!-/:-@[-`{-~])+/gu

const SPACE = /[\s\p{Cc}\u200b]*/uy
const QUOTES = '"“”„'
const ENDS = String.raw`\s\p{Cc}\u200b"“”„()`
const PLAIN = new RegExp(`[^${ENDS}]*`, 'uy')
/** Where a word ends, for patterns of others: what ends earlier or later would be read as something else once it is printed. */
export const WORD_END = `(?=[${ENDS}]|$)`
const OPERATOR = new RegExp(`(?:AND|OR|NOT)${WORD_END}`, 'uy')
const MINUS = /-(?![-)\s\p{Cc}\u200b]|$)/uy

export function openReader(text: string, fail: Fail): Reader {
  return { text, at: 0, closings: closingsOf(text), stop: -1, scope: null, fail }
}

export const match = (
  pattern: RegExp,
  { text, at }: Pick<Reader, 'text' | 'at'>,
): RegExpExecArray | null => matchAt(pattern, text, at)

/** Whether there is something behind the space. */
export function skipSpace(reader: Reader): boolean {
  reader.at += match(SPACE, reader)?.[0].length ?? 0
  return reader.at < reader.text.length
}

/** The operator that comes next: `AND`, `OR`, `NOT` or a minus that stands for it. */
export function operatorAt(reader: Pick<Reader, 'text' | 'at'>): string | undefined {
  return match(OPERATOR, reader)?.[0] ?? match(MINUS, reader)?.[0]
}

/** A word, a prefix or a phrase; null for what cannot be searched for, which is passed over. */
export function readTerm(reader: Reader): SearchTerm | null {
  const { text, at: start } = reader
  const isQuoted = QUOTES.includes(text[start] ?? ' ')
  const closing = isQuoted ? closingQuote(text, start + 1) : -1
  if (isQuoted && closing < 0) {
    reader.fail(start, 'expected a closing quote, found none')
    reader.at = start + 1
    return null
  }
  reader.at = isQuoted ? closing + 1 : endOfWord(reader)
  const slice = text.slice(start, reader.at)
  if (!isSearchable(slice)) {
    reader.fail(start, `expected a term with a letter, a digit or a symbol, found ${quote(slice)}`)
    return null
  }
  const longest = Math.max(...(slice.match(WORDS) ?? []).map((word) => [...word].length))
  if (longest > LONGEST_WORD) {
    reader.fail(start, `a word of ${longest} characters; expected at most ${LONGEST_WORD}`, 'field')
    return null
  }
  return termOf(slice, start, isQuoted)
}

function termOf(slice: string, start: number, isQuoted: boolean): SearchTerm {
  const range = { start, end: start + slice.length }
  const text = isQuoted ? slice.slice(1, -1) : slice
  const [last = ''] = /\S*$/.exec(text) ?? []
  if (isPrefix(last)) return { kind: 'prefix', text: text.slice(0, -1), ...range }
  if (isQuoted) return { kind: 'phrase', text, ...range }
  return { kind: PATTERN.test(text) ? 'pattern' : 'word', text, ...range }
}

/** Two letters at least before the star, which is the only one: `A*` is the name of an algorithm. */
const isPrefix = (text: string): boolean =>
  /^[^*?]+\*$/.test(text) && /[\p{L}\p{N}].*?[\p{L}\p{N}]/u.test(text)

/** Wildcards within a word, of three letters at least; not that of `L*ReLU`. */
const PATTERN =
  /^(?=(?:[*?]*[\p{L}\p{N}]){3})(?:[\p{L}\p{N}]{2,}|\p{Ll})(?:[*?]+[\p{L}\p{N}]+)+\*?[.,;:!?]*$/u

/** Punctuation alone is not a term; `α`, `∞` and `C++` are. */
function isSearchable(text: string): boolean {
  return /[\p{L}\p{N}\p{S}]/u.test(text.replace(/[!-/:-@[-`{-~]/g, ''))
}

function closingQuote(text: string, from: number): number {
  for (let at = from; at < text.length; at++) if (QUOTES.includes(text[at] as string)) return at
  return -1
}

/** Where a word ends: `f(x)`, `10.1016/0140(20)30183` and `…/wiki/A_(b)` are one each. */
function endOfWord(reader: Reader): number {
  let { at } = reader
  for (;;) {
    at += match(PLAIN, { ...reader, at })?.[0].length ?? 0
    if (reader.stop > reader.at && reader.stop < at) return reader.stop
    const closing = reader.closings.get(at)
    if (closing === undefined || at === reader.at) return at
    at = closing + 1
  }
}

function closingsOf(text: string): Map<number, number> {
  const closings = new Map<number, number>()
  let open: number[] = []
  for (const { 0: one, index } of text.matchAll(/[()]|[\s\p{Cc}\u200b]/gu)) {
    if (one === '(') open.push(index)
    else if (one !== ')') open = []
    else {
      const opening = open.pop()
      if (opening !== undefined) closings.set(opening, index)
    }
  }
  return closings
}
