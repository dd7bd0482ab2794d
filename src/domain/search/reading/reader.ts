import { quote } from '../../../errors.ts'
import { matchAt } from '../../../match-at.ts'
import type { SearchTerm } from '../fields/field.ts'
import type { KnownName } from '../fields/spelling.ts'

/**
 * The kind of a problem: `field` for a field or other explicit syntax, `grammar` for the combination of terms, `hint` for something that both
 * modes read as text but that may be meant as a field.
 */
type Matter = 'field' | 'grammar' | 'hint'

/** Called for a problem at an offset. Returns only if the part is to be skipped. */
export type Fail = (at: number, problem: string, matter?: Matter) => void

/** A query being parsed, with the current position. */
export interface Reader {
  text: string
  at: number
  /** Positions of closing parentheses by the opening ones, for parentheses without a space between them. */
  closings: Map<number, number>
  /** Position at which a word ends because an operator follows without a space; -1 for none. */
  stop: number
  /** The field of the next parentheses. */
  scope: KnownName | null
  fail: Fail
}

/** Maximum length of a word, in characters: PostgreSQL silently drops longer ones from a query. */
const LONGEST_WORD = 500

/** A word, including punctuation that may be part of it, as in addresses. */
const WORDS = /(?:[^\s\p{Cc}\p{P}]|[!-/:-@[-`{-~])+/gu

const SPACE = /[\s\p{Cc}\u200b]*/uy
const QUOTES = '"“”„'
const ENDS = String.raw`\s\p{Cc}\u200b"“”„()`
const PLAIN = new RegExp(`[^${ENDS}]*`, 'uy')
/** The end of a word, for other patterns: a word that ends elsewhere would be parsed as something else once printed. */
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

/** Skips space; returns whether text follows. */
export function skipSpace(reader: Reader): boolean {
  reader.at += match(SPACE, reader)?.[0].length ?? 0
  return reader.at < reader.text.length
}

/** The next operator, if any: `AND`, `OR`, `NOT` or a minus for NOT. */
export function operatorAt(reader: Pick<Reader, 'text' | 'at'>): string | undefined {
  return match(OPERATOR, reader)?.[0] ?? match(MINUS, reader)?.[0]
}

/** Parses a word, a prefix, a pattern or a phrase; null for what cannot be searched for, which is skipped. */
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

/** Whether a text is a prefix: at least two letters before the only star, because `A*` is the name of an algorithm. */
const isPrefix = (text: string): boolean =>
  /^[^*?]+\*$/.test(text) && /[\p{L}\p{N}].*?[\p{L}\p{N}]/u.test(text)

/** Wildcards within a word of at least three letters; not in `L*ReLU`. */
const PATTERN =
  /^(?=(?:[*?]*[\p{L}\p{N}]){3})(?:[\p{L}\p{N}]{2,}|\p{Ll})(?:[*?]+[\p{L}\p{N}]+)+\*?[.,;:!?]*$/u

/** Whether a text can be a term: `α`, `∞` and `C++` can, punctuation alone cannot. */
function isSearchable(text: string): boolean {
  return /[\p{L}\p{N}\p{S}]/u.test(text.replace(/[!-/:-@[-`{-~]/g, ''))
}

function closingQuote(text: string, from: number): number {
  for (let at = from; at < text.length; at++) if (QUOTES.includes(text[at] as string)) return at
  return -1
}

/** The end of a word: `f(x)`, `10.1016/0140(20)30183` and `…/wiki/A_(b)` are one word each. */
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
