import { quote } from '../../errors.ts'
import { isObject, type Json, objectsOfHead, startedObject } from './json.ts'

/** What the start of a text shows about its format. */
export interface Head {
  kind: 'json' | 'xml' | 'bibtex' | 'text'
  text: string
  isArray: boolean
  /** For JSON: the complete records at the start. */
  records: Json[]
  /** For JSON without a complete record: the complete members of the first one. */
  started: Json[]
}

const MOST_RECORDS = 50

/** Reads the start of a text to detect its format. */
export function readHead(bytes: Buffer): Head {
  const text = bytes.toString('utf8')
  const start = text.trimStart()
  const isArray = start.startsWith('[')
  const isJson = isArray || start.startsWith('{')
  const records = isJson ? objectsOfHead(bytes, MOST_RECORDS) : []
  const started = isJson && records.length === 0 ? startedObject(bytes) : []
  return { kind: kindOf(start), text, isArray, records, started }
}

/** Starts of RIS, nbib, a PDF file, or a table with a title column. They may contain any text, even BibTeX. */
const TAGGED = /^\uFEFF?(?:TY[ \t]{0,4}-|PMID- ?\d|%PDF-)/
const TABLE = /^\uFEFF?"?[\w ]+"?[,;\t](?:[^\n@]*[,;\t])?"?title"?[,;\t\r\n]/i

function kindOf(start: string): Head['kind'] {
  if (/^\s*(?:\[|\{)/.test(start)) return 'json'
  if (/^<(?:\?xml|!doctype|[a-z])/i.test(start)) return 'xml'
  if (TAGGED.test(start) || TABLE.test(start)) return 'text'
  return /(?:^|[\n\r]|\})[ \t]*@\s*[a-zA-Z][\w-]*\s*[{(]/.test(start) ? 'bibtex' : 'text'
}

/** Describes a text that is in none of the formats, for messages. */
export function describeHead({ kind, text, isArray, records, started }: Head): string {
  const start = text.trimStart()
  if (kind === 'bibtex') return 'BibTeX'
  if (kind === 'xml') return 'HTML or XML'
  if (kind === 'text') return `text that starts with ${quote(start.slice(0, 30))}`
  const [first] = [...records, ...started]
  const keys = first ? Object.keys(first).filter((key) => /^[\w-]{1,40}$/.test(key)) : []
  const what = isArray ? 'a JSON array' : 'a JSON object'
  return keys.length === 0 ? what : `${what} with the keys ${keys.slice(0, 8).join(', ')}`
}

/** Whether one of the first records passes the test. */
export const someRecord = (head: Head, test: (record: Json) => boolean): boolean =>
  head.kind === 'json' && [...head.records, ...head.started].filter(isObject).some(test)
