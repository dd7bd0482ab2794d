import { quote } from '../../../errors.ts'
import type { SearchTerm } from '../fields/field.ts'
import type { KnownName } from '../fields/spelling.ts'
import { instead, replace, report } from './foreign.ts'
import { leafOf, type SearchLeaf } from './leaves.ts'
import { match, type Reader, readTerm, WORD_END } from './reader.ts'

/** The tags of PubMed with their fields; null for all texts. */
const TAGS = new Map(
  Object.entries({
    title: 'ti title',
    abstract: 'ab abstract',
    author: 'au author 1au lastau fau',
    affiliation: 'ad affiliation',
    venue: 'ta journal jour',
    year: 'dp pdat year',
    language: 'la lang language',
    '': 'tiab tw all mh mesh majr ot',
  }).flatMap(([name, tags]) =>
    tags.split(' ').map((tag): [string, KnownName | null] => [tag, (name || null) as KnownName]),
  ),
)
const LONG_TAGS: [tag: RegExp, field: KnownName | null][] = [
  [/^title\/abstract/, null],
  [/^(?:mesh|all fields|text word)/, null],
  [/^(?:date - )?publication/, 'year'],
]

const WORD = String.raw`[^\s\p{Cc}"“”„()[\]:]+`
const TAGGED = new RegExp(
  String.raw`(["“”„][^"“”„]*["“”„]|\d{4}[\d/]*:\d{4}[\d/]*|(?:(?!(?:AND|OR|NOT)\s)${WORD} ){0,4}${WORD})(\[([\p{L}\d][\p{L}\d /-]*)(?::~\d+)?\])${WORD_END}`,
  'uy',
)
const YEARS = new RegExp(String.raw`(?:\d{4}\.\.(?:\d{4})?|\.\.\d{4})${WORD_END}`, 'uy')

/**
 * Parses a condition whose field is not before a colon: `smith j[au]` in PubMed, `2018..2020` in Google. If it applies to each of several
 * words, these are put in parentheses, to be parsed next.
 */
export function readTagged(reader: Reader): SearchLeaf | null {
  const [years] = match(YEARS, reader) ?? []
  if (years) {
    report(reader, reader.at, `no range ${quote(years)}`, instead(`year:${yearsOf(years)}`))
    return readYears(reader, years)
  }
  const [, term = '', brackets = '', written = ''] = match(TAGGED, reader) ?? []
  const field = brackets === '' ? undefined : fieldOfTag(written.toLowerCase())
  if (field === undefined) return null
  const advice = instead(field === null ? 'the words alone' : `${field}:…`)
  report(reader, reader.at + term.length, `no tag ${quote(brackets)}`, advice)
  if (field === 'year') return readYears(reader, term)
  return readWith(reader, term, brackets, field)
}

/** Fields whose values may have several words. */
const ARE_NAMES = new Set<KnownName | null>(['author', 'affiliation', 'venue'])

function readWith(
  reader: Reader,
  text: string,
  brackets: string,
  field: KnownName | null,
): SearchLeaf | null {
  const { at } = reader
  const end = at + text.length
  const isName = ARE_NAMES.has(field) && /^[^"“”„]* /u.test(text)
  if (!isName && /^[^"“”„]* /u.test(text)) {
    replace(reader, at, text + brackets, `(${text})`)
    reader.scope = field
    return null
  }
  replace(reader, end, brackets, '')
  const term: SearchTerm | null = isName
    ? { kind: 'phrase', text, start: at, end }
    : readTerm(reader)
  reader.at = end
  return (term && field && leafOf(field, term, at)) ?? term
}

function fieldOfTag(tag: string): KnownName | null | undefined {
  if (TAGS.has(tag)) return TAGS.get(tag)
  return LONG_TAGS.find(([pattern]) => pattern.test(tag))?.[1]
}

/** Years separated by `..`; with a tag, also by a colon or with days. */
function yearsOf(written: string): string {
  const [from = '', to] = written.split(/\.\.|:/).map((year) => year.slice(0, 4))
  return to === undefined ? from : `${from}..${to}`
}

function readYears(reader: Reader, written: string): SearchLeaf | null {
  const start = reader.at
  reader.at += written.length
  const end = reader.at
  reader.at += /^\[[^\]]*\]/.exec(reader.text.slice(end))?.[0].length ?? 0
  const term: SearchTerm = { kind: 'word', text: yearsOf(written), start, end }
  return leafOf('year', term, start) ?? term
}
