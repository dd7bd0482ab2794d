import { matchAt } from '../../match-at.ts'

/** An entry, with abbreviations resolved in its fields, which are still LaTeX. */
export interface BibtexEntry {
  type: string
  /** Citation key; empty when absent, as in the output of R's `citation()`. */
  key: string
  fields: Map<string, string>
  /** Repairs of the text. */
  repairs: string[]
}

/** Texts of abbreviations by name in lower case. */
export type Abbreviations = Map<string, string>

const MOST_ABBREVIATIONS = 10_000
const LONGEST_ABBREVIATION = 10_000

/** A position in the text of an entry. */
interface Reader {
  text: string
  at: number
  repairs: string[]
}

/**
 * Parses the text of one entry, `@type{key, name = value, …}`, even if a comma, the key or a quotation mark is missing. If a field is
 * given twice, the first counts, as in BibTeX. Null when the entry has no fields.
 */
export function readBibtexEntry(text: string, known: Abbreviations): BibtexEntry | null {
  const start = /^\s*@\s*([^\s{(]+)\s*[{(]\s*/.exec(text)
  if (!start) return null
  const type = (start[1] ?? '').toLowerCase()
  const body = text.slice(start[0].length).replace(/[})]\s*$/, '')
  const key = /^([^\s,={}"#]*)\s*(?:,|$)/.exec(body) ?? /^([^,={}"#]{0,200})\s*,/.exec(body)
  const repairs: string[] = []
  const fields = readFields({ text: body, at: key?.[0].length ?? 0, repairs }, known)
  return fields.size === 0 ? null : { type, key: key?.[1]?.trim() ?? '', fields, repairs }
}

/** Stores the abbreviations that an `@string` entry defines. */
export function defineAbbreviations(text: string, known: Abbreviations): void {
  const start = /^\s*@\s*\w+\s*[{(]/.exec(text)?.[0].length ?? 0
  const body = text.slice(start).replace(/[})]\s*$/, '')
  for (const [name, value] of readFields({ text: body, at: 0, repairs: [] }, known))
    if (known.size < MOST_ABBREVIATIONS) known.set(name, value.slice(0, LONGEST_ABBREVIATION))
}

const NAME = /[\s,]*([^\s,={}"#()]+)\s*=\s*/y

function readFields(reader: Reader, known: Abbreviations): Map<string, string> {
  const fields = new Map<string, string>()
  while (reader.at < reader.text.length) {
    const name = matchAt(NAME, reader.text, reader.at)
    if (!name) {
      skipStray(reader)
      continue
    }
    reader.at += name[0].length
    const field = (name[1] ?? '').toLowerCase()
    const value = readValue(reader, known) + readUnquoted(reader, field)
    const first = fields.get(field)
    if (first === undefined) fields.set(field, value)
    else if (STATED.test(field) && first.trim() !== value.trim())
      reader.repairs.push(`a second ${field} was left out`)
  }
  return fields
}

/** Fields whose repetition is reported. Fields that are not read, such as those for files and groups, are not among them. */
const STATED =
  /^(?:(?:sub|book|journal|event)?title|author|editor|year|date|month|journal|volume|number|issue|pages|doi|url|e?print|abstract|publisher|series|is[bs]n|keywords|school|institution|note|howpublished|language|crossref)$/

/** Further words of a value without braces or quotation marks, up to the comma or the next field. */
const MORE_WORDS = /[ \t]+(?![\w-]+\s*=)[^\s,#{}"=][^,#{}"=\n]*?(?=\s*(?:,|\n|$)|\s+[\w-]+\s*=)/y

function readUnquoted(reader: Reader, field: string): string {
  if (/[}"]/.test(reader.text[reader.at - 1] ?? '')) return ''
  const words = matchAt(MORE_WORDS, reader.text, reader.at)?.[0]
  if (words === undefined) return ''
  reader.at += words.length
  reader.repairs.push(`the ${field} has neither braces nor quotation marks`)
  return words
}

const STRAY = /[^,{]*/y

/** Skips text that does not begin a field, up to the next comma or past a group. */
function skipStray(reader: Reader): void {
  const sign = reader.text[reader.at]
  if (sign === '{') readBraced(reader)
  else reader.at += Math.max(1, matchAt(STRAY, reader.text, reader.at)?.[0].length ?? 1)
}

const JOINT = /\s*#\s*/y

/** Reads texts and abbreviations joined by `#`. */
function readValue(reader: Reader, known: Abbreviations): string {
  let value = readPart(reader, known)
  for (;;) {
    const joint = matchAt(JOINT, reader.text, reader.at)
    if (!joint) return value
    reader.at += joint[0].length
    value += readPart(reader, known)
  }
}

/** An abbreviation or a number. */
const WORD = /[^\s,#{}"]{0,500}/y

function readPart(reader: Reader, known: Abbreviations): string {
  const sign = reader.text[reader.at]
  if (sign === '{') return readBraced(reader)
  if (sign === '"') return readQuoted(reader)
  const word = matchAt(WORD, reader.text, reader.at)?.[0] ?? ''
  reader.at += word.length
  return known.get(word.toLowerCase()) ?? word
}

function readBraced(reader: Reader): string {
  const start = reader.at + 1
  let depth = 0
  for (; reader.at < reader.text.length; reader.at++) {
    const sign = reader.text[reader.at]
    if (sign === '{') depth++
    else if (sign === '}' && --depth === 0) return reader.text.slice(start, reader.at++)
  }
  return reader.text.slice(start)
}

/** Reads a text in quotation marks. A quotation mark ends it only where a field may end. */
function readQuoted(reader: Reader): string {
  const start = ++reader.at
  let depth = 0
  for (; reader.at < reader.text.length; reader.at++) {
    const sign = reader.text[reader.at]
    if (sign === '{') depth++
    else if (sign === '}') depth--
    else if (sign === '"' && depth <= 0) {
      const rest = reader.text.slice(reader.at + 1, reader.at + 100)
      if (/^\s*(?:[,#})]|$|[\w-]+\s*=)/.test(rest)) return reader.text.slice(start, reader.at++)
    }
  }
  return reader.text.slice(start)
}
