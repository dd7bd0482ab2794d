import { countBy } from 'es-toolkit'
import type { Database } from '../../db/client.ts'
import { alias, join, pick, raw, type Sql, sql } from '../../db/sql.ts'
import { authorIdentifiers, authorRedirects, authors } from '../../db/tables/authors.ts'
import { parseGlobalId } from '../../sql/global-id.ts'
import type { KeysetOrder } from '../../sql/keyset.ts'
import {
  and,
  fitOrder,
  type List,
  type ListInOrder,
  type ListRow,
  listOrder,
  type RowSource,
  readByIdsAlsoMerged,
  readOne,
  withFit,
} from '../../sql/list.ts'
import type { Entity, Selection } from '../../sql/selection.ts'
import { parseAuthorRef } from '../reference/author-ref.ts'
import { type AuthorProfile, authorProfiles } from './author-profile.ts'
import { identifierRelation } from './identifier-list.ts'

const u = alias(authors, 'u')
const d = alias(authorRedirects, 'd')

/** An author of papers. Only selected columns are present, here and in all rows. */
export interface Author extends ListRow {
  name: string
  paperCount: number
  /** The author's newest papers; present only for a single author read with them. */
  newestPapers?: ListRow[]
  identifiers?: AuthorIdentifierRow[]
  profiles?: AuthorProfile[]
  /** The authors shown together, including this one; summaries distinguish them. */
  among?: readonly number[]
}

export interface AuthorIdentifierRow {
  scheme: string
  value: string
}

export const authorEntity: Entity = {
  id: sql`${u.id}`,
  columns: pick(u, 'name', 'paperCount'),
  relations: {
    identifiers: identifierRelation('author_identifiers', 'author_id', 'u'),
    profiles: authorProfiles(sql`${u.id}`),
  },
}

const AUTHOR_ORDERS = {
  paper_count: { column: sql`${u.paperCount}`, type: 'integer' },
  name: { column: sql`${u.nameKey}`, type: 'text' },
} as const
export type AuthorOrder = keyof typeof AUTHOR_ORDERS

export function authorOrder(field: AuthorOrder, direction: 'asc' | 'desc'): KeysetOrder<ListRow> {
  return listOrder(`authors.${field}`, direction, AUTHOR_ORDERS[field], authorEntity.id)
}

/** Authors who have a name in a form with other words. */
interface Named {
  full: readonly number[]
  /** Authors who count only if nobody has the words of the name. */
  partial: readonly number[]
}

/**
 * All authors, or those whose names have all words of one of the `forms` of a name, as often as the form, ignoring accents and case, together
 * with those looked up as `named`. A name without a letter or digit has an empty form, which matches no author.
 */
export function authorList(forms: readonly string[] | null, named: Named | null): List {
  if (forms === null) return { from: sql`${u}`, conditions: [], isSelective: false }
  const some = forms.filter(Boolean).map(holdsWords)
  const condition = some.length > 0 ? beside(sql`(${join(some, ' or ')})`, named) : sql`false`
  return { from: sql`${u}`, conditions: [condition], isSelective: true }
}

/** A condition that a name has all the words. "Yang Yang" does not match Ming-Hsuan Yang; an initial beside other words matches a beginning. */
function holdsWords(key: string): Sql {
  const isAlone = !key.includes(' ')
  return and(
    timesOf(key).map(([word, count]) =>
      isAlone || !INITIAL.test(word)
        ? sql`${NAMES} like ${`%${`${word}%`.repeat(count)}`}`
        : sql`${SPACED} like ${`%${` ${word}%`.repeat(count)}`}`,
    ),
  )
}

const INITIAL = /^[^\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]$/u

function beside(holdsWords: Sql, named: Named | null): Sql {
  if (!named) return holdsWords
  return sql`(${holdsWords} or ${u.id} = any(${named.full}::bigint[])
    or (${u.id} = any(${named.partial}::bigint[]) and not exists (select from ${u} where ${holdsWords})))`
}

/** Authors with the name: whole names first, then whole words, then parts of words. */
export function authorsNamed(forms: readonly string[], named: Named | null): ListInOrder {
  const [key = ''] = forms
  const words = timesOf(key)
  const wholes = words.map(([word, count]) => `%${` ${word} %`.repeat(count)}`)
  const beginnings = words.map(([word, count]) => `%${` ${word}%`.repeat(count)}`)
  const orders = [...new Set([key, turned(key)])].map((one) => `% / ${one} / %`)
  const fits = [
    // A single word is never a whole name.
    ...(key.includes(' ') ? [sql`(' / ' || ${NAMES} || ' / ') like any(${orders}::text[])`] : []),
    ...(named ? [sql`${u.id} = any(${named.full}::bigint[])`] : []),
    sql`(${SPACED} || ' ') like all(${wholes}::text[])`,
    sql`${SPACED} like all(${beginnings}::text[])`,
  ]
  const list = withFit(authorList(forms, named), fits, sql`${u.paperCount}`)
  const order = fitOrder('authors', authorEntity.id)
  const isShort = key !== '' && words.every(([word]) => [...word].length <= SHORT)
  const [whole, begun] = fits.slice(-2)
  if (!isShort || !whole || !begun) return { list, order }
  const found = { words, whole, begun, full: named?.full ?? [] }
  return { list: { ...list, head: (rows) => isAmongBest(rows, list, found) }, order }
}

/** Maximum length of words that the trigram index cannot find. */
const SHORT = 2

interface Found {
  words: readonly (readonly [word: string, count: number])[]
  whole: Sql
  begun: Sql
  full: readonly number[]
}

/**
 * A condition that an author can be among the first of a list: authors with the words or with words that begin with them, which an index finds, or all
 * if these are too few. Ranking all matches would be slow: most of 600,000 names contain an "a", and comparing them takes half a second.
 */
function isAmongBest(rows: number, list: List, { words, whole, begun, full }: Found): Sql {
  const have = (mark: string) => {
    const query = words.map(([word]) => `'${word}'${mark}`).join(' & ')
    return sql`key_vector(${NAMES}) @@ ${query}::tsquery`
  }
  const most = raw(String(rows))
  const best = sql`order by fit.place desc, ${u.id} desc limit ${most}`
  return sql`${u.id} = any((select case when cardinality(h.ids) >= ${most} then h.ids
      else array(select ${u.id} from ${list.from} where ${and(list.conditions)} ${best}) end
    from (select array(
      (select ${u.id} from ${list.from} where ${have('')} and ${whole} ${best})
      union (select ${u.id} from ${u} where ${have(':*')} and ${begun} order by ${u.paperCount} desc, ${u.id} desc limit ${most})
      union select unnest(${full}::bigint[])) as ids offset 0) h)::bigint[])`
}

/** All printed names. */
const NAMES = sql`(${u.nameKey} || ${u.otherNames})`
/** The names with doubled spaces, so that no two words share one. */
const SPACED = sql`(' ' || replace(${NAMES}, ' ', '  '))`

const timesOf = (key: string) => Object.entries(countBy(key.split(' '), (word) => word))

/** Moves the last word to the front. */
const turned = (key: string) => key.replace(/^(.+) (\S+)$/, '$2 $1')

/** Authors by id, including ids of merged authors. Ids without an author are missing. */
export function authorsByIds(
  db: Database,
  selection: Selection,
  ids: readonly number[],
): Promise<Map<number, Author>> {
  const redirects = sql`${d} join ${u} on ${u.id} = ${d.authorId}`
  return readByIdsAlsoMerged(db, authorEntity, sql`${u}`, redirects, selection, ids)
}

/** SQL for an author's id, from a global id or a reference. Throws BAD_USER_INPUT for other texts. */
export function authorIdOf(ref: string): Sql {
  const id = parseGlobalId('Author', ref)
  if (id !== null)
    return sql`coalesce((select ${authorRedirects.authorId} from ${authorRedirects} where ${authorRedirects.id} = ${id}::bigint), ${id}::bigint)`
  const { scheme, value } = parseAuthorRef(ref)
  return sql`(select ${authorIdentifiers.authorId} from ${authorIdentifiers} where ${authorIdentifiers.scheme} = ${scheme}::text and ${authorIdentifiers.value} = ${value}::text)`
}

/** The row source for the author of a reference. Does not resolve ids of merged authors. */
export function authorAt(ref: string): RowSource {
  const id = parseGlobalId('Author', ref)
  return authorWith(id === null ? authorIdOf(ref) : sql`${id}::bigint`)
}

function authorWith(id: Sql): RowSource {
  return { entity: authorEntity, from: sql`${u}`, condition: sql`${u.id} = ${id}` }
}

/** The author of a reference, including the id of a merged author; null if there is none. */
export function findAuthor(
  db: Database,
  ref: string,
  selection: Selection,
): Promise<Author | null> {
  return readOne(db, authorWith(authorIdOf(ref)), selection)
}
