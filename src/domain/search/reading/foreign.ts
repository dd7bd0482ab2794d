import { quote } from '../../../errors.ts'
import type { KnownName } from '../fields/spelling.ts'
import { match, type Reader, WORD_END } from './reader.ts'

/** The meaning of another search engine's mark: `skip` has none, and the word after `required` must occur. */
export type ForeignMark = 'AND' | 'OR' | 'NOT' | 'skip' | 'required'

const HEAD = String.raw`(?:\p{L}+[:\uff1a=] ?)?`
const PHRASE = '["“”„][^"“”„]*["“”„]'
const ahead = (pattern: string) => new RegExp(pattern, 'uy')

const BARS = ahead(String.raw`&&|\|\|?`)
const AT_END = ahead(WORD_END)
/** Includes dashes, which phones substitute for a minus. */
const NEGATION = ahead(String.raw`ANDNOT${WORD_END}|!(?=["“”„(\p{Ll}])|[–−—](?=["“”„(\p{L}])`)
const PLUS = ahead(String.raw`\+(?=["“”„(\p{L}])`)
const NEAR = ahead(
  String.raw`(?:(?:NEAR|ONEAR|PRE|ADJ|AROUND|W|N)(?:\/\d+|\(\d+\))|(?:NEAR|ADJ)\d+)${WORD_END}|NEAR(?=\s+["“”„\p{Ll}])`,
)

/** Parses and reports a mark of another search engine. */
export function readForeignMark(reader: Reader, hasTerm: boolean): ForeignMark | null {
  const take = (pattern: RegExp, kind: ForeignMark | null, advice: string): ForeignMark | null => {
    const [found] = match(pattern, reader) ?? []
    if (!found) return null
    report(reader, reader.at, `no operator ${quote(found)}`, advice)
    reader.at += found.length
    return kind ?? (found === '&&' ? 'AND' : 'OR')
  }
  const [bars] = match(BARS, reader) ?? []
  if (
    bars &&
    (reader.stop === reader.at || match(AT_END, { ...reader, at: reader.at + bars.length }))
  )
    return take(BARS, null, instead(bars === '&&' ? 'AND' : 'OR'))
  return (
    take(NEGATION, 'NOT', instead('NOT')) ??
    take(PLUS, 'required', 'put what has to be there in quotes, as LENIENT does') ??
    (hasTerm ? take(NEAR, 'skip', LEAVE_OUT) : null)
  )
}

/**
 * Replaces syntax of other search engines in the text ahead, and reports it. The text keeps its length, so that positions stay valid.
 */
export function repairAhead(reader: Reader): void {
  for (const repair of [takeName, takeSuffix, openPhrase, writeRange, takeRegex, reportLeading])
    repair(reader)
  const [attached] = match(ATTACHED, reader) ?? []
  if (attached) reader.stop = reader.at + attached.length
}

/** Two words joined by an operator without spaces. */
const ATTACHED = ahead(
  String.raw`(?:${PHRASE}|\)|[\p{L}\p{N}_-]{2,}\*?)(?=(?:&&|\|\|?)(?:["“”„(]|[\p{L}\p{N}]{2}))`,
)

const GROUPED = ahead(
  String.raw`(TITLE-ABS-KEY|TITLE-ABS|TITLE|TS|TI|ABS|AB|AUTH|AU|AFFIL|AD|SRCTITLE|SO)=?(?=\()`,
)

/** Fields by the names that Scopus and Web of Science write before parentheses; other names search all texts. */
const GROUP_FIELDS: Record<string, KnownName> = {
  ...{ TITLE: 'title', TI: 'title', ABS: 'abstract', AB: 'abstract', AUTH: 'author' },
  ...{ AU: 'author', AFFIL: 'affiliation', AD: 'affiliation', SRCTITLE: 'venue', SO: 'venue' },
}

/** `TITLE-ABS-KEY(deep learning)`. */
function takeName(reader: Reader): void {
  const [all, name = ''] = match(GROUPED, reader) ?? []
  if (!all) return
  const field = GROUP_FIELDS[name]
  const advice = field ? instead(`${field}:(…)`) : LEAVE_OUT
  report(reader, reader.at, `no operator ${quote(all)}`, advice)
  reader.at += all.length
  if (field) reader.scope = field
}

const SUFFIXED = ahead(
  String.raw`${HEAD}(${PHRASE}|\)|[^\s\p{Cc}"“”„()~^[\]]+)((?:~\d*(?:\.\d+)?|\^\d+(?:\.\d+)?)+)${WORD_END}`,
)

/** Removes `^2` and `~1` of `deep^2`, `deep~1`, `"deep learning"~3`: there are no boosts, and neighbours rank first anyway. */
function takeSuffix(reader: Reader): void {
  const [all = '', term = '', suffix = ''] = match(SUFFIXED, reader) ?? []
  if (suffix === '' || !isSuffix(term, suffix)) return
  const at = reader.at + all.length - suffix.length
  const isNear = suffix.includes('~') && isQuoted(term)
  report(reader, at, `no operator ${quote(suffix)}`, isNear ? instead(UNQUOTED) : LEAVE_OUT)
  replace(reader, at, suffix, '')
  if (isNear) unquote(reader, at - term.length, term)
}

/** Whether it is a suffix. Not in `RL^2` and `x~1`, which are names and formulas, also after a field: `title:(RL^2)` equals `title:RL^2`. */
function isSuffix(term: string, suffix: string): boolean {
  if (term === ')' || isQuoted(term)) return true
  return /[~.]/.test(suffix)
    ? /[\p{L}\p{N}]{3}/u.test(term)
    : /^[\p{Ll}\p{N}*?-]{3,}$/u.test(term) && /\p{Ll}/u.test(term)
}

const isQuoted = (term: string) => /^["“”„]/.test(term)

const QUOTED = ahead(`${HEAD}(${PHRASE})`)
/** A star at the end makes a prefix. */
const WILDCARD_WITHIN = /(?<=\s)\*+(?=\s)|(?<=[\p{L}\p{N}]{2})[*?]+(?=[\p{L}\p{N}])/u

/** `"deep * learning"` and `"mach*ne learning"`. */
function openPhrase(reader: Reader): void {
  const [all = '', phrase = ''] = match(QUOTED, reader) ?? []
  if (!WILDCARD_WITHIN.test(phrase)) return
  const at = reader.at + all.length - phrase.length
  report(reader, at, 'no wildcard within a phrase', instead(UNQUOTED))
  unquote(reader, at, phrase)
}

const RANGE = ahead(String.raw`(${HEAD})([[{]\s*([^\s\]}]+)\s+TO\s+([^\s\]}]+)\s*[\]}])${WORD_END}`)

/** `year:[2020 TO 2024]`, and years alone. */
function writeRange(reader: Reader): void {
  const [all = '', head = '', range = '', from = '', to = ''] = match(RANGE, reader) ?? []
  const areYears = [from, to].every((end) => /^(?:\d{4}|\*)$/.test(end))
  if (range === '' || (head === '' && !areYears)) return
  const at = reader.at + all.length - range.length
  const value = [from, to].map((end) => end.replace('*', '')).join('..')
  // Years alone are reported as such.
  if (head !== '') report(reader, at, `no range ${quote(range)}`, instead(value))
  replace(reader, at, range, value)
}

const REGEX = ahead(String.raw`${HEAD}(\/(?=\S*[*?+.[|\\(])(?:\\.|[^\/\\\s])+\/)${WORD_END}`)

/** `/colou?r/`: keeps the sequences of letters as words. */
function takeRegex(reader: Reader): void {
  const [all = '', regex = ''] = match(REGEX, reader) ?? []
  if (regex === '') return
  const at = reader.at + all.length - regex.length
  report(reader, at, 'no regular expressions', instead('words'))
  const words = regex.replace(/[^\p{L}\p{N}-]/gu, ' ').replace(/(?<= )\S(?= )/gu, ' ')
  replace(reader, at, regex, words)
}

const LEADING = ahead(String.raw`${HEAD}([*?]+)(?=\p{Ll}{2})`)

/** `*former`: words are found by their beginnings only; the star is ignored as punctuation. */
function reportLeading(reader: Reader): void {
  const [all = '', wildcard = ''] = match(LEADING, reader) ?? []
  if (wildcard === '') return
  const at = reader.at + all.length - wildcard.length
  report(reader, at, 'no wildcard at the beginning of a word', LEAVE_OUT)
}

/** Reports a problem with advice, which LENIENT follows. */
export function report(reader: Reader, at: number, problem: string, advice: string): void {
  reader.fail(at, `${problem}; ${advice}`, 'field')
}

/** Advice to write a form. */
export const instead = (form: string): string => `write ${form}, as LENIENT reads it`
const LEAVE_OUT = 'leave it out, as LENIENT does'
const UNQUOTED = 'the words without quotes'

/** Replaces a phrase with its words in parentheses. */
const unquote = (reader: Reader, at: number, phrase: string): void =>
  replace(reader, at, phrase, `(${phrase.slice(1, -1)})`)

/** Replaces a part of the text with something not longer. */
export function replace(reader: Reader, at: number, part: string, by: string): void {
  const { text } = reader
  reader.text = text.slice(0, at) + by.padEnd(part.length) + text.slice(at + part.length)
}
