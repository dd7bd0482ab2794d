import { quote } from '../../errors.ts'
import type { SearchTerm } from './fields/field.ts'
import {
  expectedOf,
  type FieldName,
  fieldOf,
  isField,
  isTextField,
  type TextFieldName,
  unknownField,
} from './fields/fields.ts'

export type QueryMode = 'lenient' | 'strict'

/** A condition of a query. A bare term is looked for in title, abstract and keywords. */
export type SearchLeaf =
  | SearchTerm
  | { kind: 'text'; field: TextFieldName; term: SearchTerm; start: number; end: number }
  | FieldLeaf

/** A field with its value as it was read, and as it was written. */
export interface FieldLeaf {
  kind: 'field'
  field: FieldName
  value: unknown
  term: SearchTerm
  start: number
  end: number
}

export type Token =
  | { kind: '(' | ')' | 'AND' | 'OR' | 'NOT'; start: number; end: number }
  | { kind: 'leaf'; leaf: SearchLeaf; start: number; end: number }

/** What is wrong: with a field, or with how terms are put together. */
type Matter = 'field' | 'grammar'

/** Told of what is not of the language, by its offset. Comes back only where that is to be left out. */
export type Fail = (at: number, problem: string, matter?: Matter) => void

/** Most terms of a query. */
const MOST_TERMS = 100

/** Longest word, in characters: PostgreSQL leaves longer ones out of a query, which then asks for less than it says. */
const LONGEST_WORD = 500

/** A word, with punctuation that may be part of it, as in addresses. */
const WORDS = /(?:[^\s\p{Cc}\p{P}]|[!-/:-@[-`{-~])+/gu

/** The tokens of a query, without those that a `fail` which comes back leaves out. */
export function readTokens(text: string, fail: Fail): Token[] {
  const reader: Reader = { text, at: 0, closings: closingsOf(text), fail }
  const tokens: Token[] = []
  const uses = new Map<string, number>()
  let terms = 0
  while (skipSpace(reader)) {
    const start = reader.at
    const token = readToken(reader)
    if (!token) continue
    if (token.kind === 'leaf' && ++terms > MOST_TERMS) {
      fail(start, `more than ${MOST_TERMS} terms`, 'field')
      break
    }
    const tooMany = token.kind === 'leaf' ? usedTooOften(token.leaf, uses) : null
    if (tooMany) fail(start, tooMany, 'field')
    else tokens.push(token)
  }
  return tokens
}

/** What is wrong where a query uses a field more often than it may. */
function usedTooOften(leaf: SearchLeaf, uses: Map<string, number>): string | null {
  if (leaf.kind !== 'field') return null
  const { most } = fieldOf(leaf.field)
  const used = (uses.get(leaf.field) ?? 0) + 1
  uses.set(leaf.field, used)
  return most !== undefined && used > most ? `more than ${most} terms with ${leaf.field}:` : null
}

/** A token as a message repeats it. */
export function describeToken(text: string, token: Token | undefined): string {
  return token ? quote(text.slice(token.start, token.end)) : 'the end'
}

/** Where an offset is, counted in characters from 1. */
export function codePointAt(text: string, offset: number): number {
  return [...text.slice(0, offset)].length + 1
}

interface Reader {
  text: string
  at: number
  /** Where the parentheses end that open and close without a space between them. */
  closings: Map<number, number>
  fail: Fail
}

const SPACE = /[\s\p{Cc}\u200b]*/uy
const QUOTES = '"“”„'
const PLAIN = /[^\s\p{Cc}\u200b"“”„()]*/uy
const OPERATOR = /(?:AND|OR|NOT)(?![^\s\p{Cc}\u200b"“”„()])/uy
const MINUS = /-(?![-)\s\p{Cc}\u200b]|$)/uy
const FIELD = /([A-Za-z]+):/uy

function match(pattern: RegExp, { text, at }: Reader): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

/** Whether there is something behind the space. */
function skipSpace(reader: Reader): boolean {
  reader.at += match(SPACE, reader)?.[0].length ?? 0
  return reader.at < reader.text.length
}

function readToken(reader: Reader): Token | null {
  const mark = readMark(reader)
  if (mark) return mark
  const start = reader.at
  const field = match(FIELD, reader)
  const name = field?.[1]?.toLowerCase() ?? ''
  const leaf = isKnown(name) ? readField(reader, name) : readPlain(reader, field?.[1])
  return leaf && { kind: 'leaf', leaf, start, end: leaf.end }
}

function readMark(reader: Reader): Token | null {
  const { text, at } = reader
  const first = text[at]
  const found =
    first === '(' || first === ')'
      ? first
      : (match(OPERATOR, reader)?.[0] ?? match(MINUS, reader)?.[0])
  if (!found) return null
  reader.at += found.length
  const kind = (found === '-' ? 'NOT' : found) as '(' | ')' | 'AND' | 'OR' | 'NOT'
  return { kind, start: at, end: reader.at }
}

/** A term; `name` is the text before a colon that is not a field. */
function readPlain(reader: Reader, name: string | undefined): SearchTerm | null {
  const start = reader.at
  const term = readTerm(reader)
  const isUrl = name && reader.text.startsWith('//', start + name.length + 1)
  if (term && name && !isUrl && reader.at > start + name.length + 1)
    reader.fail(start, unknownField(name), 'field')
  return term
}

/** A word, a prefix or a phrase; null for what cannot be searched for, which is passed over. */
function readTerm(reader: Reader): SearchTerm | null {
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
  const range = { start, end: reader.at }
  if (isQuoted) return { kind: 'phrase', text: slice.slice(1, -1), ...range }
  return isPrefix(slice)
    ? { kind: 'prefix', text: slice.slice(0, -1), ...range }
    : { kind: 'word', text: slice, ...range }
}

/** Two letters at least before the star: `A*` is the name of an algorithm. */
const isPrefix = (text: string): boolean =>
  /[^*]\*$/.test(text.slice(-2)) && /[\p{L}\p{N}].*?[\p{L}\p{N}]/u.test(text)

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

type KnownName = FieldName | TextFieldName
const isKnown = (name: string): name is KnownName => isTextField(name) || isField(name)

/** A field with its value. Where it has none, its name is passed over, and reading goes on behind that. */
function readField(reader: Reader, name: KnownName): SearchLeaf | null {
  const start = reader.at
  const valueAt = start + name.length + 1
  reader.at = valueAt
  const term = readValue(reader, name)
  const leaf = term && leafOf(name, term, start)
  if (leaf) return leaf
  const found = term
    ? quote(reader.text.slice(term.start, term.end))
    : describeNext(reader.text, valueAt)
  reader.fail(valueAt, `expected ${expectedOf(name)} after ${name}:, found ${found}`, 'field')
  reader.at = valueAt
  return null
}

function leafOf(name: KnownName, term: SearchTerm, start: number): SearchLeaf | null {
  const { end } = term
  if (isTextField(name)) return { kind: 'text', field: name, term, start, end }
  const value = fieldOf(name).read(term)
  return value === null ? null : { kind: 'field', field: name, value, term, start, end }
}

function describeNext(text: string, at: number): string {
  const next = text.slice(at, at + 20).split(/\s/, 1)[0]
  if (next) return quote(next)
  return at < text.length ? 'a space' : 'the end'
}

function readValue(reader: Reader, name: KnownName): SearchTerm | null {
  const { text, at } = reader
  const isApart = match(SPACE, reader)?.[0].length !== 0
  if (isApart) {
    reader.fail(at, `expected ${expectedOf(name)} right after ${name}:, found a space`)
    if (!skipSpace(reader) || match(OPERATOR, reader) || match(MINUS, reader)) return null
    const next = match(FIELD, reader)?.[1]?.toLowerCase()
    if (next && isKnown(next)) return null
  }
  const first = text[reader.at]
  return first === undefined || first === '(' || first === ')' ? null : readTerm(reader)
}
