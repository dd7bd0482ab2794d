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
  /** Its latest published papers, of a single one that was read with them. */
  newestPapers?: ListRow[]
  identifiers?: AuthorIdentifierRow[]
  profiles?: AuthorProfile[]
  /** The authors beside whom the author is shown, also the author: summaries tell them apart. */
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

/** The authors who have a name in other forms than its words. */
interface Named {
  full: readonly number[]
  /** Those whom it may mean where nobody has the words. */
  partial: readonly number[]
}

/**
 * All authors, or those whose names hold all the words of a name in one of its `forms`, each as often, in any spelling of accents and case; and
 * those who were looked up as `named`. A name without a letter or digit has an empty form, which no author has.
 */
export function authorList(forms: readonly string[] | null, named: Named | null): List {
  if (forms === null) return { from: sql`${u}`, conditions: [], isSelective: false }
  const some = forms.filter(Boolean).map(holdsWords)
  const condition = some.length > 0 ? beside(sql`(${join(some, ' or ')})`, named) : sql`false`
  return { from: sql`${u}`, conditions: [condition], isSelective: true }
}

/** "Yang Yang" is not Ming-Hsuan Yang; beside other words an initial is the beginning of one. */
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

/** Those with the name, those first who have the whole name, and its words before parts of words. */
export function authorsNamed(forms: readonly string[], named: Named | null): ListInOrder {
  const [key = ''] = forms
  const words = timesOf(key)
  const wholes = words.map(([word, count]) => `%${` ${word} %`.repeat(count)}`)
  const beginnings = words.map(([word, count]) => `%${` ${word}%`.repeat(count)}`)
  const orders = [...new Set([key, turned(key)])].map((one) => `% / ${one} / %`)
  const fits = [
    // A single word is part of a name.
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

/** Letters of words that the index of parts of words does not find, as it has three of each. */
const SHORT = 2

interface Found {
  words: readonly (readonly [word: string, count: number])[]
  whole: Sql
  begun: Sql
  full: readonly number[]
}

/**
 * Whether an author is one of the first of a list: of those who have the words, or begin with them, which an index finds, or of all where these are too few. Most
 * names have an "a" somewhere: comparing how well each of 600,000 fits takes half a second.
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

/** All names that papers print. */
const NAMES = sql`(${u.nameKey} || ${u.otherNames})`
/** Of the words in a name no two share a space. */
const SPACED = sql`(' ' || replace(${NAMES}, ' ', '  '))`

const timesOf = (key: string) => Object.entries(countBy(key.split(' '), (word) => word))

/** The last word made the first. */
const turned = (key: string) => key.replace(/^(.+) (\S+)$/, '$2 $1')

/** Authors by id, also by ids that were merged away. Ids without an author are missing. */
export function authorsByIds(
  db: Database,
  selection: Selection,
  ids: readonly number[],
): Promise<Map<number, Author>> {
  const redirects = sql`${d} join ${u} on ${u.id} = ${d.authorId}`
  return readByIdsAlsoMerged(db, authorEntity, sql`${u}`, redirects, selection, ids)
}

/** The SQL of an author's id, from a global id or a reference; BAD_USER_INPUT when it is neither. */
export function authorIdOf(ref: string): Sql {
  const id = parseGlobalId('Author', ref)
  if (id !== null)
    return sql`coalesce((select ${authorRedirects.authorId} from ${authorRedirects} where ${authorRedirects.id} = ${id}::bigint), ${id}::bigint)`
  const { scheme, value } = parseAuthorRef(ref)
  return sql`(select ${authorIdentifiers.authorId} from ${authorIdentifiers} where ${authorIdentifiers.scheme} = ${scheme}::text and ${authorIdentifiers.value} = ${value}::text)`
}

/** Where the author is that a reference leads to, unless by the id of one that was merged away. */
export function authorAt(ref: string): RowSource {
  const id = parseGlobalId('Author', ref)
  return authorWith(id === null ? authorIdOf(ref) : sql`${id}::bigint`)
}

function authorWith(id: Sql): RowSource {
  return { entity: authorEntity, from: sql`${u}`, condition: sql`${u.id} = ${id}` }
}

/** The author a reference leads to, also by the id of one that was merged away; null when there is none. */
export function findAuthor(
  db: Database,
  ref: string,
  selection: Selection,
): Promise<Author | null> {
  return readOne(db, authorWith(authorIdOf(ref)), selection)
}
