import { alias, type Sql, sql } from '../../../db/sql.ts'
import { papers } from '../../../db/tables/papers.ts'

const p = alias(papers, 'p')

/**
 * Something to look for in a text: a word; words that begin so, the last of them where there are several; words with `*` or `?` for
 * some letters or one; or words next to each other.
 */
export interface SearchTerm {
  kind: 'word' | 'prefix' | 'pattern' | 'phrase'
  /** As written in the query, without the star of a prefix or quotes. */
  text: string
  start: number
  end: number
}

/** Takes what is odd about a value, for a message about its field. */
export type Doubt = (problem: string) => void

/** A field of the query language that asks something else of a paper than words of its texts, as `year:2020`. */
export interface SearchField<Value> {
  /** What stands behind the colon, for messages of errors. */
  expected: string
  /** Uses of it, with the papers that they find: lines of the README. The first is shown in the schema. */
  examples: [query: string, papers: string][]
  /** The value as data; null where it is not of this field. `doubt` is told what is odd about one: LENIENT reads it all the same. */
  read(term: SearchTerm, doubt?: Doubt): Value | null
  /** The value as text behind the colon, so that it is read as the same again. */
  print(value: Value): string
  /** What papers meet. */
  meaning(value: Value): Meaning
  /** Whether its papers are found by the same indexes whatever the value. Else statements are planned for each. */
  isPlannedOnce?: boolean
  /** Whether its value names something of the catalogue, so that one that no paper has may be a slip. */
  isName?: boolean
  /** Most uses in one query, where each is dear. */
  most?: number
}

/**
 * What papers a field finds: a condition on the row of a paper, on the alias `p`, or rows of another table, with its condition, that
 * link to papers by `paper_id` under the alias `x`.
 */
export type Meaning = { condition: Sql } | { from: Sql; where: Sql }

/**
 * Most papers of a link whose ids are read before the search: of more, the search looks for them as it goes, which reads the text of each
 * of them, or of each with the words. Sets of ids intersect with those of words in the indexes.
 */
export const MOST_LINKED = 10_000

/** A query for the ids of papers that are linked, as often as they are, and one more than are used: it stops there. */
export function linkedPapers({ from, where }: Extract<Meaning, { from: Sql }>): Sql {
  return sql`select x.paper_id from ${from} where ${where} limit ${MOST_LINKED + 1}`
}

/** The ids that such a query gave; null where they are too many to be all. */
export const allLinked = (ids: readonly number[]): readonly number[] | null =>
  ids.length > MOST_LINKED ? null : [...new Set(ids)]

/**
 * A meaning as a condition on the alias `p`. `ids` are those of the papers that are linked, where they are known. A part of an OR
 * `isChoice`: an index has to find its papers, as those of the other parts do.
 */
export function conditionOf(meaning: Meaning, ids: readonly number[] | null, isChoice: boolean) {
  if ('condition' in meaning) return meaning.condition
  if (ids) return sql`${p.id} = any(${ids}::bigint[])`
  const { from, where } = meaning
  return isChoice
    ? sql`${p.id} = any(array(select x.paper_id from ${from} where ${where}))`
    : sql`exists (select from ${from} where x.paper_id = ${p.id} and ${where})`
}

/** A value as it was written; a star is none but for an open end: `2020..*`. */
export function plainValue({ kind, text }: SearchTerm): string {
  const isStarred = kind === 'pattern' || (kind === 'prefix' && !text.endsWith('..'))
  return isStarred ? '' : text.trim().replace(/^\*(?=\.\.)/, '')
}

/** The doubt about a range that ends before it begins. */
export const turnedRange = (from: string | number, to: string | number): string =>
  `expected the earlier end of ${from} and ${to} first`

/** A term as it is written in a query. */
export function printTerm({ kind, text }: SearchTerm): string {
  if (kind === 'phrase') return `"${text}"`
  if (kind !== 'prefix') return text
  return IS_PLAIN.test(text) ? `${text}*` : `"${text}*"`
}

/** What no field, operator or mark of another search engine can be in, or what was no phrase to begin with, as it holds a quote. */
const IS_PLAIN = /^[\p{L}\p{N}][\p{L}\p{N}_+#.-]*$|["“”„]/u
