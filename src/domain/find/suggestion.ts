import { partition } from 'es-toolkit'
import type { Database } from '../../db/client.ts'
import { join, raw, type Sql, sql } from '../../db/sql.ts'
import { badInput, quote } from '../../errors.ts'
import { globalId } from '../../sql/global-id.ts'
import { decodeItems, itemOf, type Selection } from '../../sql/selection.ts'
import { type Author, authorsByIds } from '../entity/author.ts'
import type { Paper } from '../entity/paper.ts'
import type { Repository } from '../entity/repository.ts'
import type { Topic } from '../entity/topic.ts'
import type { Venue } from '../entity/venue.ts'
import { askedForms } from '../identity/lookup/asked-name.ts'
import { authorsOfNames } from '../identity/lookup/named.ts'
import { isNobody } from '../identity/spelling/nobody.ts'
import { countryName } from '../institutions/country.ts'
import type { Institution } from '../institutions/institution.ts'
import { titleKey } from '../record/title-key.ts'
import { isAcronym, suggestionTables, wordsOf } from './suggestion-search.ts'
import { SOURCES, SUGGESTION_KINDS, type SuggestionKind } from './suggestion-source.ts'
import { referenceIn, withoutEtAl } from './suggestion-year.ts'

/** A completion of the typed text. */
export interface Suggestion {
  kind: SuggestionKind
  label: string
  /** Value for filters and references. */
  value: string
  /** A text that distinguishes it from others with the same label; null for authors, whose papers do that, and if there is nothing. */
  detail: string | null
  /** Number of citations, papers or stars. */
  use: number
  /** Whether it was found by words similar to those typed. */
  isCorrected: boolean
  /** Beginnings of words by which it was found. */
  words: readonly string[]
  node: Paper | Author | Topic | Venue | Institution | Repository
}

export interface SuggestionRequest {
  prefix: string
  kinds: readonly SuggestionKind[]
  first: number
  /** The columns to read for nodes of each kind. */
  selectionOf: (kind: SuggestionKind) => Selection
}

/**
 * Completions of a prefix, best first: one statement for all kinds, one more for names with initials in one word or with umlauts, and two for a name that
 * no author has in these words.
 */
export async function readSuggestions(
  db: Database,
  request: SuggestionRequest,
): Promise<Suggestion[]> {
  const found = await readInAllForms(db, request)
  const [corrected, exact] = partition(found, ({ isCorrected }) => isCorrected)
  const hasRoom = exact.length < request.first && !exact.some(({ kind }) => kind === 'author')
  if (!hasRoom || !request.kinds.includes('author')) return found
  const named = await readNamed(db, request)
  const ids = new Set(named.map(({ node }) => node.id))
  const others = corrected.filter(({ kind, node }) => kind !== 'author' || !ids.has(node.id))
  return [...exact, ...named, ...others].slice(0, request.first)
}

/** Also reads authors by other spellings of the name: T. W. for TW, Schaefer for Schäfer. */
async function readInAllForms(db: Database, request: SuggestionRequest): Promise<Suggestion[]> {
  const own = readPrefix(request.prefix)
  const other = askedForms(withoutEtAl(request.prefix)).find((form) => hasOtherWords(form, own))
  const asWritten = readByWords(db, request)
  const words = wordsOf(own)
  if (!request.kinds.includes('author') || other === undefined) return asWritten
  if (words.length > MOST_WORDS_OF_NAME || /\d/.test(request.prefix)) return asWritten
  const [found, others] = await Promise.all([
    asWritten,
    readByWords(db, { ...request, prefix: other, kinds: ['author'] }),
  ])
  const [corrected, exact] = partition(found, ({ isCorrected }) => isCorrected)
  const more = without(
    exact,
    others.filter(({ isCorrected }) => !isCorrected),
  )
  if (more.length === 0) return found
  // An acronym rather than initials.
  if (isAcronym(request.prefix)) return [...exact, ...more, ...corrected].slice(0, request.first)
  const [authors, rest] = partition(exact, ({ kind }) => kind === 'author')
  const all = [...authors, ...more].sort((a, b) => b.use - a.use)
  return [...all, ...rest, ...without(more, corrected)].slice(0, request.first)
}

function without(known: readonly Suggestion[], all: readonly Suggestion[]): Suggestion[] {
  const idOf = ({ kind, node }: Suggestion) => `${kind} ${node.id}`
  const ids = new Set(known.map(idOf))
  return all.filter((one) => !ids.has(idOf(one)))
}

/** Whether two keys differ in their words. Order does not matter to the search, nor do spaces in names in characters. */
function hasOtherWords(one: string, other: string): boolean {
  const [words, others] = [wordsOf(one).sort(), wordsOf(other).sort()]
  return words.length >= others.length && words.join(' ') !== others.join(' ')
}

/** Maximum number of words of a name; longer texts are titles, which would be looked up as names at each letter. */
const MOST_WORDS_OF_NAME = 4

/** Authors who have the whole text as a name in another form than its words: Bob for Robert. */
async function readNamed(
  db: Database,
  { prefix, first, selectionOf }: SuggestionRequest,
): Promise<Suggestion[]> {
  const words = wordsOf(titleKey(withoutEtAl(prefix)))
  // A text with a year refers to a paper.
  if (words.length > MOST_WORDS_OF_NAME || /\d/.test(prefix)) return []
  const [named] = await authorsOfNames(db, [withoutEtAl(prefix)])
  const ids = [...(named?.full ?? []), ...(named?.partial ?? [])].slice(0, first)
  if (ids.length === 0) return []
  const selection = withColumns('author', selectionOf('author'))
  const rows = await authorsByIds(db, selection, ids)
  return ids.flatMap((id): Suggestion[] => {
    const row = rows.get(id)
    if (!row || isNobody(row.name)) return []
    const node = { ...row, among: ids }
    const { paperCount: use } = row
    return [
      { kind: 'author', ...NAMES.author(node as never), use, isCorrected: false, words, node },
    ]
  })
}

async function readByWords(db: Database, request: SuggestionRequest): Promise<Suggestion[]> {
  const { prefix, first } = request
  const key = readPrefix(prefix)
  const kinds = SUGGESTION_KINDS.filter((kind) => request.kinds.includes(kind))
  if (first === 0 || kinds.length === 0 || (key === '' && prefix.trim() !== '')) return []
  const items = kinds.map((kind) => nodes(kind, request))
  const typed = { prefix: prefix.trim(), key, reference: referenceIn(withoutEtAl(prefix)) }
  const [row] = await db.query<ChosenRow>(
    sql`
    with ${suggestionTables(typed, kinds, first)}
    select (select json_agg(json_build_array(kind, id, use, is_corrected) order by rank) from chosen) as chosen,
      (select array_to_json(meant) from chosen where is_corrected limit 1) as variants, ${join(items)}`,
    { expectedMs: 3 },
  )
  return decode(row, kinds, request, wordsOf(key))
}

function readPrefix(prefix: string): string {
  if (prefix.includes('\0')) throw badInput(`prefix: ${quote(prefix)} contains a NUL character.`)
  return titleKey(withoutEtAl(prefix))
}

interface ChosenRow {
  chosen: [kind: SuggestionKind, id: number, use: number, isCorrected: boolean][] | null
  variants: string[] | null
  [kind: string]: unknown
}

function nodes(kind: SuggestionKind, { selectionOf }: SuggestionRequest): Sql {
  const { entity, from } = SOURCES[kind]
  const selection = withColumns(kind, selectionOf(kind))
  return sql`(select json_agg(${itemOf(entity, selection)}) from ${from}
    where ${entity.id} = any(array(select id from chosen where kind = ${kind}::text))) as ${raw(kind)}`
}

const completed = new Map<SuggestionKind, WeakMap<Selection, Selection>>(
  SUGGESTION_KINDS.map((kind) => [kind, new WeakMap()]),
)

/** Adds the columns of the label and the value to a selection; cached by selection. */
function withColumns(kind: SuggestionKind, selection: Selection): Selection {
  const known = completed.get(kind)?.get(selection)
  if (known) return known
  const columns = new Set([...selection.columns, ...SOURCES[kind].columns])
  const made = { columns, relations: selection.relations }
  completed.get(kind)?.set(selection, made)
  return made
}

function decode(
  row: ChosenRow | undefined,
  kinds: SuggestionKind[],
  { selectionOf }: SuggestionRequest,
  typed: string[],
): Suggestion[] {
  const rows = new Map(
    kinds.map((kind) => {
      const { entity } = SOURCES[kind]
      const items = decodeItems<Suggestion['node']>(
        entity,
        withColumns(kind, selectionOf(kind)),
        row?.[kind],
      )
      return [kind, new Map(items.map((item) => [item.id, item]))] as const
    }),
  )
  const corrected = [...typed, ...(row?.variants ?? [])]
  const among = (row?.chosen ?? []).flatMap(([kind, id]) => (kind === 'author' ? id : []))
  const isOfNobody = (id: number) => {
    const author = rows.get('author')?.get(id) as Author | undefined
    return author !== undefined && isNobody(author.name)
  }
  // "Anonymous" is hidden, but not misspelt.
  const isWord = (row?.chosen ?? []).some(
    ([kind, id, , isCorrected]) => kind === 'author' && !isCorrected && isOfNobody(id),
  )
  return (row?.chosen ?? []).flatMap(([kind, id, use, isCorrected]) => {
    const found = rows.get(kind)?.get(id)
    if (!found) return []
    if (kind === 'author' && (isOfNobody(id) || (isCorrected && isWord))) return []
    const node = kind === 'author' ? { ...found, among } : found
    const words = isCorrected ? corrected : typed
    return [{ kind, ...NAMES[kind](node as never), use, isCorrected, words, node }]
  })
}

type Names = Pick<Suggestion, 'label' | 'value' | 'detail'>
const NAMES: { [Kind in SuggestionKind]: (node: never) => Names } = {
  paper: ({ id, title, year }: Paper) => ({
    label: title,
    value: globalId('Paper', id),
    detail: year === null ? null : String(year),
  }),
  author: ({ id, name }: Author) => ({ label: name, value: globalId('Author', id), detail: null }),
  topic: ({ name, slug, kind }: Topic) => ({ label: name, value: slug, detail: kind }),
  venue: ({ name, acronym, slug, kind }: Venue) => ({
    label: acronym && acronym !== name ? `${name} (${acronym})` : name,
    value: slug,
    detail: kind,
  }),
  institution: ({ name, acronyms: [acronym], slug, country, paperCount }: Institution) => ({
    label: acronym && !name.includes(acronym) ? `${name} (${acronym})` : name,
    value: slug,
    detail: [
      ...(country === null ? [] : [countryName(country)]),
      paperCount === 1 ? '1 paper' : `${paperCount} papers`,
    ].join(' · '),
  }),
  // The URL keeps the case of the letters.
  repository: ({ url }: Repository) => ({
    label: url.replace(/^https?:\/\/[^/]+\//, ''),
    value: url,
    detail: new URL(url).hostname,
  }),
}

/** A range of a text, in UTF-16 code units, as most clients count. */
export interface TextRange {
  start: number
  end: number
}

/** The ranges of a label in which its words begin with the words that found it. */
export function matchesOf(label: string, words: readonly string[]): TextRange[] {
  return [...label.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].flatMap(({ 0: text, index }) => {
    const key = titleKey(text)
    const length = Math.max(
      0,
      ...words.filter((word) => key.startsWith(word)).map((word) => word.length),
    )
    // If the key spells a letter otherwise, such as ß, the end of the match is unknown.
    const isAlike = key.length === text.length
    return length > 0 ? [{ start: index, end: index + (isAlike ? length : text.length) }] : []
  })
}
