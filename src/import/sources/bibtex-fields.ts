/** An entry: its fields with abbreviations resolved, still in LaTeX. */
export interface BibtexEntry {
  type: string
  /** Its citation key; empty when absent, as in the output of R's `citation()`. */
  key: string
  fields: Map<string, string>
}

/** The texts of abbreviations by name, in lower case. */
export type Abbreviations = Map<string, string>

const MOST_ABBREVIATIONS = 10_000
const LONGEST_ABBREVIATION = 10_000

/** A position in the text of an entry. */
interface Reader {
  text: string
  at: number
}

/**
 * Reads the text of one entry, `@type{key, name = value, …}`, also where a comma, the key or a quotation mark is missing. Of a
 * field given twice the first counts, as in BibTeX. Null when it has no fields.
 */
export function readBibtexEntry(text: string, known: Abbreviations): BibtexEntry | null {
  const start = /^\s*@\s*([^\s{(]+)\s*[{(]\s*/.exec(text)
  if (!start) return null
  const type = (start[1] ?? '').toLowerCase()
  const body = text.slice(start[0].length).replace(/[})]\s*$/, '')
  const key = /^([^\s,={}"#]*)\s*(?:,|$)/.exec(body) ?? /^([^,={}"#]{0,200})\s*,/.exec(body)
  const fields = readFields({ text: body, at: key?.[0].length ?? 0 }, known)
  return fields.size === 0 ? null : { type, key: key?.[1]?.trim() ?? '', fields }
}

/** Stores the abbreviations that an `@string` entry defines. */
export function defineAbbreviations(text: string, known: Abbreviations): void {
  const start = /^\s*@\s*\w+\s*[{(]/.exec(text)?.[0].length ?? 0
  const body = text.slice(start).replace(/[})]\s*$/, '')
  for (const [name, value] of readFields({ text: body, at: 0 }, known))
    if (known.size < MOST_ABBREVIATIONS) known.set(name, value.slice(0, LONGEST_ABBREVIATION))
}

const NAME = /[\s,]*([^\s,={}"#()]+)\s*=\s*/y

function readFields(reader: Reader, known: Abbreviations): Map<string, string> {
  const fields = new Map<string, string>()
  while (reader.at < reader.text.length) {
    NAME.lastIndex = reader.at
    const name = NAME.exec(reader.text)
    if (!name) {
      skipStray(reader)
      continue
    }
    reader.at = NAME.lastIndex
    const value = readValue(reader, known)
    const field = (name[1] ?? '').toLowerCase()
    if (!fields.has(field)) fields.set(field, value)
  }
  return fields
}

/** Skips text that does not begin a field: to the next comma, or past a group. */
function skipStray(reader: Reader): void {
  const sign = reader.text[reader.at]
  if (sign === '{') readBraced(reader)
  else reader.at += Math.max(1, /[^,{]*/.exec(reader.text.slice(reader.at))?.[0].length ?? 1)
}

/** Texts and abbreviations, joined by `#`. */
function readValue(reader: Reader, known: Abbreviations): string {
  let value = readPart(reader, known)
  for (;;) {
    const joint = /\s*#\s*/y
    joint.lastIndex = reader.at
    if (!joint.test(reader.text)) return value
    reader.at = joint.lastIndex
    value += readPart(reader, known)
  }
}

function readPart(reader: Reader, known: Abbreviations): string {
  const sign = reader.text[reader.at]
  if (sign === '{') return readBraced(reader)
  if (sign === '"') return readQuoted(reader)
  const word = /[^\s,#{}"]*/.exec(reader.text.slice(reader.at, reader.at + 500))?.[0] ?? ''
  reader.at += Math.max(word.length, 0)
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

/** A quotation mark within the text ends it only where a field may end. */
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
