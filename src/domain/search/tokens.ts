import { closestMatch } from 'leven'
import { quote } from '../../errors.ts'

export type QueryMode = 'lenient' | 'strict'

/** Something to look for in a text: a word, words that begin so, or words next to each other. */
export interface SearchTerm {
  kind: 'word' | 'prefix' | 'phrase'
  /** As written in the query, without star or quotes. */
  text: string
  start: number
  end: number
}

/** A condition of a query. A bare term is looked for in title and abstract. */
export type SearchLeaf =
  | SearchTerm
  | {
      kind: 'field'
      field: 'title' | 'abstract' | 'author' | 'topic' | 'venue'
      term: SearchTerm
      start: number
      end: number
    }
  /** Years, both included; null is open. */
  | { kind: 'year'; from: number | null; to: number | null; start: number; end: number }
  | { kind: 'has'; what: 'code'; start: number; end: number }
  | {
      kind: 'compare'
      field: 'stars' | 'cites'
      operator: '>' | '>=' | '<' | '<=' | '='
      value: number
      start: number
      end: number
    }
  | { kind: 'language'; value: string; start: number; end: number }

export type Token =
  | { kind: '(' | ')' | 'AND' | 'OR' | 'NOT'; start: number; end: number }
  | { kind: 'leaf'; leaf: SearchLeaf; start: number; end: number }

/** Told of what is not of the language, by its offset. Comes back only where that is to be left out. */
export type Fail = (at: number, problem: string) => void

/** Most terms of a query. */
const MOST_TERMS = 100

/** Most terms that name authors: each is looked for in the names of all. */
const MOST_AUTHORS = 10

/** The tokens of a query, without those that a `fail` which comes back leaves out. */
export function readTokens(text: string, fail: Fail): Token[] {
  const reader: Reader = { text, at: 0, closings: closingsOf(text), fail }
  const tokens: Token[] = []
  let terms = 0
  let authors = 0
  while (skipSpace(reader)) {
    const start = reader.at
    const token = readToken(reader)
    if (!token) continue
    if (token.kind === 'leaf' && ++terms > MOST_TERMS) {
      fail(start, `more than ${MOST_TERMS} terms`)
      break
    }
    if (isAuthor(token) && ++authors > MOST_AUTHORS) {
      fail(start, `more than ${MOST_AUTHORS} terms with author:`)
      continue
    }
    tokens.push(token)
  }
  return tokens
}

function isAuthor(token: Token): boolean {
  return token.kind === 'leaf' && token.leaf.kind === 'field' && token.leaf.field === 'author'
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
  const leaf = isField(name) ? readField(reader, name) : readPlain(reader, field?.[1])
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
    reader.fail(start, unknownField(name))
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

type Range = { start: number; end: number }
type ReadValue = (value: SearchTerm, range: Range) => SearchLeaf | null

const textField =
  (field: 'title' | 'abstract' | 'author' | 'topic' | 'venue'): ReadValue =>
  (term, range) => ({ kind: 'field', field, term, ...range })

const TERM = { expected: 'a word, a prefix* or a "phrase"' }
const NUMBER = { expected: 'a number such as 10, or >10, >=10, <10, <=10' }

/** The fields, by their names in a query. */
const FIELDS = {
  title: { ...TERM, read: textField('title') },
  abstract: { ...TERM, read: textField('abstract') },
  author: { ...TERM, read: textField('author') },
  topic: { ...TERM, read: textField('topic') },
  venue: { ...TERM, read: textField('venue') },
  year: { expected: 'years such as 2020, 2020..2024, 2020.., ..2024 or >2020', read: readYear },
  has: { expected: 'code', read: readHas },
  stars: { ...NUMBER, read: comparison('stars') },
  cites: { ...NUMBER, read: comparison('cites') },
  lang: { expected: 'a programming language', read: readLanguage },
} satisfies Record<string, { expected: string; read: ReadValue }>
type FieldName = keyof typeof FIELDS

const isField = (name: string): name is FieldName => Object.hasOwn(FIELDS, name)

/** What people write for the names of fields. */
const SYNONYMS: Record<string, FieldName> = {
  by: 'author',
  citations: 'cites',
  cited: 'cites',
  date: 'year',
  conference: 'venue',
  journal: 'venue',
  language: 'lang',
  published: 'year',
  task: 'topic',
}

function unknownField(name: string): string {
  const known = Object.keys(FIELDS)
  const wanted = name.toLowerCase()
  // Half of a short name replaced is another name.
  const maxDistance = Math.min(2, wanted.length >> 1)
  const near = SYNONYMS[wanted] ?? closestMatch(wanted, known, { maxDistance })
  const hint = near ? `; did you mean ${near}:?` : '.'
  return `no field ${quote(name)}${hint} Fields are ${known.join(', ')}. Put text that has a colon in quotes`
}

/** A field with its value. Where it has none, its name is passed over, and reading goes on behind that. */
function readField(reader: Reader, name: FieldName): SearchLeaf | null {
  const start = reader.at
  const valueAt = start + name.length + 1
  reader.at = valueAt
  const { expected, read } = FIELDS[name]
  const term = readValue(reader, name)
  const leaf = term && read(term, { start, end: term.end })
  if (leaf) return leaf
  const found = term
    ? quote(reader.text.slice(term.start, term.end))
    : describeNext(reader.text, valueAt)
  reader.fail(valueAt, `expected ${expected} after ${name}:, found ${found}`)
  reader.at = valueAt
  return null
}

function describeNext(text: string, at: number): string {
  const next = text.slice(at, at + 20).split(/\s/, 1)[0]
  if (next) return quote(next)
  return at < text.length ? 'a space' : 'the end'
}

function readValue(reader: Reader, name: FieldName): SearchTerm | null {
  const { text, at } = reader
  const isApart = match(SPACE, reader)?.[0].length !== 0
  if (isApart) {
    reader.fail(at, `expected ${FIELDS[name].expected} right after ${name}:, found a space`)
    if (!skipSpace(reader) || match(OPERATOR, reader) || match(MINUS, reader)) return null
    const next = match(FIELD, reader)?.[1]?.toLowerCase()
    if (next && isField(next)) return null
  }
  const first = text[reader.at]
  return first === undefined || first === '(' || first === ')' ? null : readTerm(reader)
}

/** Without the prefix's star a value is not what was written. */
const plainValue = (term: SearchTerm): string => (term.kind === 'prefix' ? '' : term.text.trim())

function readYear(term: SearchTerm, range: Range): SearchLeaf | null {
  const years = yearsIn(plainValue(term))
  if (!years) return null
  const [from, to] = years
  if (from === null && to === null) return null
  const isTurned = from !== null && to !== null && from > to
  const leaf = isTurned ? { from: to, to: from } : { from, to }
  return [from, to].every(isYear) ? { kind: 'year', ...leaf, ...range } : null
}

const isYear = (year: number | null): boolean => year === null || (year >= 1000 && year <= 9999)

function yearsIn(value: string): [from: number | null, to: number | null] | null {
  const [, operator = '=', one] = /^([<>]=?|=)?(\d{4})$/.exec(value) ?? []
  if (one) {
    const year = Number(one)
    if (operator === '=') return [year, year]
    const next = operator === '>' ? year + 1 : operator === '<' ? year - 1 : year
    return operator.startsWith('>') ? [next, null] : [null, next]
  }
  const range = /^(\d{4})?(?:\.\.|[-–])(\d{4})?$/.exec(value)
  const [from, to] = range?.slice(1).map((year) => (year ? Number(year) : null)) ?? []
  return range ? [from ?? null, to ?? null] : null
}

function readHas(term: SearchTerm, range: Range): SearchLeaf | null {
  return plainValue(term).toLowerCase() === 'code' ? { kind: 'has', what: 'code', ...range } : null
}

const MOST_COUNT = 2 ** 31 - 1

function comparison(field: 'stars' | 'cites'): ReadValue {
  return (term, range) => {
    const [, operator = '=', digits] = /^([<>]=?|=)?(\d{1,10})$/.exec(plainValue(term)) ?? []
    const value = Number(digits)
    if (digits === undefined || value > MOST_COUNT) return null
    return { kind: 'compare', field, operator: operator as '=', value, ...range }
  }
}

function readLanguage(term: SearchTerm, range: Range): SearchLeaf | null {
  const value = plainValue(term)
  return value ? { kind: 'language', value, ...range } : null
}
