import { quote } from '../../../errors.ts'
import type { Doubt, SearchTerm } from '../fields/field.ts'
import {
  expectedOf,
  type FieldName,
  fieldOf,
  isTextField,
  type TextFieldName,
} from '../fields/fields.ts'
import {
  foldedName,
  isKnown,
  type KnownName,
  type Meant,
  meantBy,
  unknownField,
} from '../fields/spelling.ts'
import { match, operatorAt, type Reader, readTerm, skipSpace } from './reader.ts'

/** A condition of a query. A bare term is searched in title, abstract and keywords. */
export type SearchLeaf =
  | SearchTerm
  | { kind: 'text'; field: TextFieldName; term: SearchTerm; start: number; end: number }
  | FieldLeaf

/** A field with its parsed value, and as it was written. */
export interface FieldLeaf {
  kind: 'field'
  field: FieldName
  value: unknown
  /** The venue that made the decision, if the query names one. */
  venue?: SearchTerm
  term: SearchTerm
  start: number
  end: number
}

/** The position of a leaf. At the beginning of a query, a word with a colon is more likely a field than inside, where it may be part of a title. */
export interface Standing {
  isFirst: boolean
  isNegated: boolean
}

/** A name, and the mark after it that may separate a field from its value. */
interface Head {
  written: string
  start: number
  /** Space before the mark. */
  gap: string
  mark: string
  valueAt: number
  /** Whether space or the end follows the mark. */
  isApart: boolean
}

const HEAD = /([a-z\uff21-\uff3a\uff41-\uff5a]+)([ \t]*)([:\uff1a]|=|(?=[<>]))/iuy
const FULL_WIDTH = '\uff1a'

function headAt(reader: Reader): Head | null {
  const found = match(HEAD, reader)
  if (!found) return null
  const [all, written = '', gap = '', mark = ''] = found
  const valueAt = reader.at + all.length
  const isApart = /^(?:[\s\p{Cc}\u200b)]|$)/u.test(reader.text.slice(valueAt, valueAt + 1))
  return { written, start: reader.at, gap, mark, valueAt, isApart }
}

/** Parses a field with its value, or a term. Null for what is skipped. */
export function readLeaf(reader: Reader, standing: Standing): SearchLeaf | null {
  const head = headAt(reader)
  if (!head) return readTerm(reader)
  if (head.gap || !isColon(head)) return readMisspelt(reader, head, standing) ?? readTerm(reader)
  const meant = meantBy(head.written)
  if (meant.by === 'name' && meant.field) return readNamed(reader, head, meant.field, standing)
  return head.isApart
    ? readTitle(reader, head, meant, standing)
    : readUnknown(reader, head, meant, standing)
}

const isColon = ({ mark }: Head) => mark === ':' || mark === FULL_WIDTH

/** Parses a field without a colon right after its name: `author :ada`, `venue=acl`, `year>2020`. */
function readMisspelt(reader: Reader, head: Head, { isFirst }: Standing): SearchLeaf | null {
  const { written, start, gap, mark, valueAt, isApart } = head
  const folded = foldedName(written)
  // The form of Web of Science: `AU=smith`.
  const name = mark === '=' && /^[A-Z]{2}$/.test(written) ? meantBy(written).field : folded
  if (name === null || !isKnown(name) || (gap && !isColon(head)) || (isApart && !(gap && isFirst)))
    return null
  const term = termBehind(reader, valueAt)
  if (!term || (isApart && isWithoutMeaning(term)) || !isReadable(name, term)) return null
  // Words compared with something are not a field.
  if (mark === '' && (isTextField(name) || isReadable(name, { ...term, text: 'x' }))) return null
  const found = gap ? 'a space' : quote(mark || (reader.text[valueAt] ?? ''))
  const matter = gap ? 'grammar' : 'field'
  reader.fail(start, `expected ":" right after ${written}, found ${found}`, matter)
  reader.at = term.end
  return leafOf(name, term, start)
}

/** Parses a known field with its value, or a term if it is in a text that continues after a colon. */
function readNamed(
  reader: Reader,
  head: Head,
  name: KnownName,
  { isFirst }: Standing,
): SearchLeaf | null {
  if (head.isApart) {
    const next = termBehind(reader, head.valueAt)
    const isCapital = /^\p{Lu}/u.test(head.written)
    const isText = next
      ? isWithoutMeaning(next) || (!isFirst && (isCapital || !isReadable(name, next)))
      : !isFirst && isCapital
    if (isText) {
      const expected = `expected ${expectedOf(name)} right after ${name}:`
      reader.fail(head.valueAt, `${expected}, found ${describeNext(reader.text, head.valueAt)}`)
      return readTerm(reader)
    }
  }
  return readField(reader, head, name)
}

/** Parses a word with a colon, as in titles. At the beginning of a query, it may be meant as a field. */
function readTitle(
  reader: Reader,
  head: Head,
  { field, by }: Meant,
  { isFirst }: Standing,
): SearchTerm | null {
  const isMeant = field && (by === 'synonym' || by === 'slip') && /\p{Ll}/u.test(head.written)
  if (isMeant && isFirst) reader.fail(head.start, unknownField(head.written, field), 'hint')
  return readTerm(reader)
}

/** Parses what follows an unknown name: the value of the field that is meant, or words. */
function readUnknown(
  reader: Reader,
  head: Head,
  { field, by }: Meant,
  standing: Standing,
): SearchLeaf | null {
  const { isNegated } = standing
  const { start, written, mark, valueAt } = head
  const isText = by === 'likeness' && mark === FULL_WIDTH
  // As in std::vector, and in addresses.
  if (isText || /^(?::|\/\/)/.test(reader.text.slice(valueAt, valueAt + 2))) return readTerm(reader)
  const term = termBehind(reader, valueAt)
  const within = foldedName(written) === 'in' && term ? foldedName(term.text) : ''
  if (isKnown(within) && !isNegated) return passOver(reader, head, term?.end ?? valueAt, within)
  const isNamed = field !== null || /^[a-z]{3,}$/.test(written)
  const isSure = isNamed && (term !== null || reader.text[valueAt] === '(')
  // A colon ends a word; a quoted or parenthesised text is another.
  if (!isSure && /["“”„(]/.test(reader.text[valueAt] ?? '')) return readTerm(reader)
  reader.fail(start, unknownField(written, field), isSure ? 'field' : 'grammar')
  if (field && by !== 'likeness' && term && isReadable(field, term)) {
    reader.at = term.end
    return leafOf(field, term, start)
  }
  if (!isSure) return readTerm(reader)
  if (field && by !== 'likeness' && reader.text[valueAt] === '(')
    return passToScope(reader, valueAt, field)
  reader.at = valueAt
  if (!isNegated) return { kind: 'word', text: written, start, end: start + written.length }
  return '()'.includes(reader.text[valueAt] ?? '(') ? null : readLeaf(reader, standing)
}

/** Skips `in:title`, which names a field without a value. */
function passOver(reader: Reader, { start, written }: Head, end: number, field: KnownName): null {
  reader.fail(start, unknownField(written, field), 'field')
  reader.at = end
  return null
}

/** The term at an offset, if there is one, without reporting problems. */
function termBehind(reader: Reader, at: number): SearchTerm | null {
  const ahead: Reader = { ...reader, at, fail: () => {} }
  if (!skipSpace(ahead) || operatorAt(ahead)) return null
  const head = headAt(ahead)
  if (head && at < ahead.at && isFieldIn(head)) return null
  return '()'.includes(reader.text[ahead.at] ?? '(') ? null : readTerm(ahead)
}

/** Whether a field begins there, possibly misspelt. */
function isFieldIn(head: Head): boolean {
  if (!isColon(head)) return head.mark !== '' && !head.gap && isKnown(foldedName(head.written))
  const { field, by } = meantBy(head.written)
  return field !== null && by !== 'likeness'
}

const isReadable = (name: KnownName, term: SearchTerm): boolean =>
  isTextField(name) || fieldOf(name).read(term) !== null

/** Words that begin the second half of a title and that nobody searches for. */
const isWithoutMeaning = ({ kind, text }: SearchTerm): boolean =>
  kind === 'word' &&
  /^(?:an?|the|how|why|what|when|where|is|are|can|do|does|on|in|from|for|and|of|with|to|as|by|towards?|using|via)$/i.test(
    text,
  )

/** Parses a field with its value. If it has none, skips its name. */
function readField(reader: Reader, { start, valueAt }: Head, name: KnownName): SearchLeaf | null {
  reader.at = valueAt
  const term = readValue(reader, name)
  const doubt: Doubt = (problem) => reader.fail(valueAt, `${problem} after ${name}:`, 'field')
  const leaf = term && leafOf(name, term, start, doubt)
  if (leaf) return leaf
  if (reader.text[reader.at] === '(') return passToScope(reader, reader.at, name)
  const found = term
    ? quote(reader.text.slice(term.start, term.end))
    : describeNext(reader.text, valueAt)
  reader.fail(valueAt, `expected ${expectedOf(name)} after ${name}:, found ${found}`, 'field')
  reader.at = valueAt
  return null
}

/** `title:(a OR b)`: applies the field to everything in the parentheses. */
function passToScope(reader: Reader, at: number, name: KnownName): null {
  reader.at = at
  reader.scope = name
  return null
}

/** Converts a term in the parentheses of a field to that field with this value; returns the term if it is not a value of the field. */
export function withinScope(reader: Reader, name: KnownName, term: SearchTerm): SearchLeaf {
  const doubt: Doubt = (problem) => reader.fail(term.start, `${problem} after ${name}:`, 'field')
  const leaf = leafOf(name, term, term.start, doubt)
  const found = quote(reader.text.slice(term.start, term.end))
  if (!leaf)
    reader.fail(term.start, `expected ${expectedOf(name)} after ${name}:, found ${found}`, 'field')
  return leaf ?? term
}

/** A field with a term as its value; null if that is not a value of the field. */
export function leafOf(
  name: KnownName,
  term: SearchTerm,
  start: number,
  doubt?: Doubt,
): SearchLeaf | null {
  const { end } = term
  if (isTextField(name)) return { kind: 'text', field: name, term, start, end }
  const value = fieldOf(name).read(term, doubt)
  return value === null ? null : { kind: 'field', field: name, value, term, start, end }
}

function describeNext(text: string, at: number): string {
  const next = text.slice(at, at + 20).split(/\s/, 1)[0]
  if (next) return quote(next)
  return at < text.length ? 'a space' : 'the end'
}

function readValue(reader: Reader, name: KnownName): SearchTerm | null {
  const { at } = reader
  const isSomething = skipSpace(reader)
  if (reader.at > at || !isSomething) {
    if (reader.at > at)
      reader.fail(at, `expected ${expectedOf(name)} right after ${name}:, found a space`)
    if (!isSomething || operatorAt(reader)) return null
    const next = headAt(reader)
    if (next && !next.gap && isFieldIn(next)) return null
  }
  const first = reader.text[reader.at]
  return first === undefined || first === '(' || first === ')' ? null : readTerm(reader)
}
