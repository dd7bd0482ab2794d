import { uniqBy } from 'es-toolkit'
import { IDENTIFIER_SCHEMES, type IdentifierScheme } from '../../db/tables/vocabulary.ts'
import { badInput, quote } from '../../errors.ts'
import { readHost } from './identifier-host.ts'
import { readPrefix, schemeOf, splitPrefix } from './identifier-prefix.ts'
import { equivalents, type Identifier, MAX_REF, one } from './identifier-scheme.ts'
import { spellings } from './spelling.ts'

/** The possible meanings of a reference, the likeliest first; never empty. */
export type ParsedRef = Identifier[]

/** Why a text is not a reference: an unsupported scheme or site, or an unknown form. */
export type RefFaultReason = 'unknown_scheme' | 'malformed'
export interface RefFault {
  reason: RefFaultReason
  /** A message for the author of the text, with the text and what was expected. */
  message: string
}

/**
 * The papers that a reference may mean, the likeliest first, usually only one; each with all identifiers that follow from the text.
 */
export type Meanings = Identifier[][]

const UNDERSTOOD = `${IDENTIFIER_SCHEMES.join(', ')}, or the URL of a paper at one of these`

/**
 * Parses a reference in a record: a bare identifier, one with a prefix (`arXiv:2305.18290`), or a URL. Throws BAD_USER_INPUT naming the value and
 * the supported schemes. Does not guess, because the result becomes a key of a paper; `readRef` also accepts text around a reference.
 */
export function parseRef(ref: string): ParsedRef {
  const found = readSpelling(ref, unwrap(ref))
  if ('reason' in found) throw badInput(found.message)
  return distinct(found.flat())
}

/**
 * Parses a pasted reference to its possible meanings, or returns the fault of a text that is not a reference. That the whole text is an
 * identifier is the less likely meaning.
 */
export function readRef(ref: string): Meanings | RefFault {
  const asWritten = readSpelling(ref, unwrap(ref))
  if (ref.length > MAX_REF) return asWritten
  const others = spellings(ref).map((text) => readSpelling(ref, unwrap(text)))
  const meanings = [...others, asWritten].flatMap((one) => ('reason' in one ? [] : one))
  if (meanings.length === 0) return asWritten
  return uniqBy(meanings, ([id]) => `${id?.scheme}:${id?.value}`)
}

function readSpelling(ref: string, text: string): Meanings | RefFault {
  if (ref.length > MAX_REF)
    return malformed(
      `The paper reference ${quote(ref)} has ${ref.length} characters; at most ${MAX_REF} are read.`,
    )
  if (text === '') return malformed(`An empty paper reference; expected ${UNDERSTOOD}.`)
  if (text.includes('\0'))
    return malformed(`The paper reference ${quote(text)} contains a NUL character.`)
  // The beginning of a DOI, as opposed to the number 10 at the end of a sentence.
  const isStart = text === '10' && ref.normalize('NFKC').includes('10.')
  const found = isStart ? [] : (parseUrl(text) ?? parsePrefixed(text) ?? parseBare(text))
  if ('reason' in found) return found
  if (found.length === 0)
    return malformed(`${quote(ref.trim())} is not a paper reference; expected ${UNDERSTOOD}.`)
  return found.map((id) => withEquivalents([id]))
}

/** The identifiers and their equivalents, without duplicates. */
export function withEquivalents(ids: Identifier[]): Identifier[] {
  return distinct(ids.flatMap((id) => [id, ...equivalents(id)]))
}

const malformed = (message: string): RefFault => ({ reason: 'malformed', message })
const unknownScheme = (message: string): RefFault => ({ reason: 'unknown_scheme', message })

/** Removes white space, brackets, quotes and punctuation around a reference. */
function unwrap(ref: string): string {
  const text = ref.trim()
  const inner = /^(?:<(.+)>|"(.+)"|\[(.+)\]|\{(.+)\})$/s.exec(text)?.slice(1).find(Boolean) ?? text
  return inner.trim().replace(/[\s.,;]+$/, '')
}

function parsePrefixed(text: string): Identifier[] | RefFault | null {
  const split = splitPrefix(text)
  if (!split) return null
  const { prefix, separator, rest } = split
  if (prefix.toLowerCase() === 'url') return parseUrl(rest)
  const found = readPrefix(prefix, rest)
  if (found) return (schemeOf(prefix) && parseUrl(rest)) || found
  // Words of a sentence are not schemes.
  if (!separator.includes(':')) return null
  return unknownScheme(
    `Unknown scheme ${quote(prefix)} in the paper reference ${quote(text)}; expected ${UNDERSTOOD}.`,
  )
}

function parseBare(text: string): Identifier[] {
  // Schemes with an unmistakable form come first; a bare word may be one of the others.
  const order: IdentifierScheme[] = ['doi', 'arxiv', 'acl', 'pmlr', 's2', 'dblp', 'neurips']
  for (const scheme of order) {
    const found = one(scheme, text)
    if (found.length > 0) return found
  }
  if (/^W\d{5,}$/i.test(text)) return one('openalex', text)
  if (/^PMC\d+$/i.test(text)) return one('pmcid', text)
  if (/^\d{1,15}$/.test(text)) return [...one('pmid', text), ...one('corpusid', text)]
  return /^(?=.*[A-Z0-9])[\w-]{9,12}$/.test(text) ? one('openreview', text) : []
}

function parseUrl(text: string): Identifier[] | RefFault | null {
  const found = readHost(text)
  if (found && 'host' in found)
    return unknownScheme(
      `${quote(text)} is a URL of ${quote(found.host)}, which paperql cannot read a paper from; expected ${UNDERSTOOD}.`,
    )
  return found
}

const distinct = (ids: Identifier[]) => uniqBy(ids, ({ scheme, value }) => `${scheme}:${value}`)

export { parseAuthorRef } from './author-ref.ts'
export { normaliseIdentifier } from './identifier-scheme.ts'
