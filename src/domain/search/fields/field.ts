import { alias, type Sql, sql } from '../../../db/sql.ts'
import { papers } from '../../../db/tables/papers.ts'

const p = alias(papers, 'p')

/**
 * Something to find in a text: a word; a prefix (of the last word, if there are several); a pattern with `*` or `?` for some letters or one;
 * or a phrase.
 */
export interface SearchTerm {
  kind: 'word' | 'prefix' | 'pattern' | 'phrase'
  /** As written in the query, without the star of a prefix or quotes. */
  text: string
  start: number
  end: number
}

/** Receives the problem of an odd value, for a message about its field. */
export type Doubt = (problem: string) => void

/** A field of the query language that does not search for words in texts, such as `year:2020`. */
export interface SearchField<Value> {
  /** The expected value, for error messages. */
  expected: string
  /** Examples with the papers that they find: lines of language.md. The first is shown in the schema. */
  examples: [query: string, papers: string][]
  /** Parses a value; null if it is not one of this field. Calls `doubt` for an odd value, which LENIENT still accepts. */
  read(term: SearchTerm, doubt?: Doubt): Value | null
  /** Prints a value so that `read` returns the same again. */
  print(value: Value): string
  /** The papers that a value finds. */
  meaning(value: Value): Meaning
  /** Whether the same indexes find the papers for any value. Otherwise statements are planned for each value. */
  isPlannedOnce?: boolean
  /** Whether its value names an entity of the catalogue, so that an unknown one may be a typo. */
  isName?: boolean
  /** Maximum number of uses in one query, if each is expensive. */
  most?: number
}

/**
 * How a field finds papers: a condition on the paper's row (alias `p`), or rows of another table (alias `x`) with a condition, which link to
 * papers by `paper_id`.
 */
export type Meaning = { condition: Sql } | { from: Sql; where: Sql }

/**
 * Maximum number of linked papers whose ids are read before the search. With more, the search checks the condition on each paper with the
 * words. The indexes can intersect sets of ids with those of words.
 */
export const MOST_LINKED = 10_000

/** A query for the ids of linked papers, with repetitions. Limited to one more than are used. */
export function linkedPapers({ from, where }: Extract<Meaning, { from: Sql }>): Sql {
  return sql`select x.paper_id from ${from} where ${where} limit ${MOST_LINKED + 1}`
}

/** The ids that such a query returned; null if the limit cut them off. */
export const allLinked = (ids: readonly number[]): readonly number[] | null =>
  ids.length > MOST_LINKED ? null : [...new Set(ids)]

/**
 * A meaning as a condition on the alias `p`. `ids` are the linked papers, if known. `isChoice` marks a part of an OR, for which an index must
 * find all papers, as for the other parts.
 */
export function conditionOf(meaning: Meaning, ids: readonly number[] | null, isChoice: boolean) {
  if ('condition' in meaning) return meaning.condition
  if (ids) return sql`${p.id} = any(${ids}::bigint[])`
  const { from, where } = meaning
  return isChoice
    ? sql`${p.id} = any(array(select x.paper_id from ${from} where ${where}))`
    : sql`exists (select from ${from} where x.paper_id = ${p.id} and ${where})`
}

/** A value as written. A trailing star is kept only as an open end: `2020..*`. */
export function plainValue({ kind, text }: SearchTerm): string {
  const isStarred = kind === 'pattern' || (kind === 'prefix' && !text.endsWith('..'))
  return isStarred ? '' : text.trim().replace(/^\*(?=\.\.)/, '')
}

/** The message about a range that ends before it begins. */
export const turnedRange = (from: string | number, to: string | number): string =>
  `expected the earlier end of ${from} and ${to} first`

/** A term as it is written in a query. */
export function printTerm({ kind, text }: SearchTerm): string {
  if (kind === 'phrase') return `"${text}"`
  if (kind !== 'prefix') return text
  return IS_PLAIN.test(text) ? `${text}*` : `"${text}*"`
}

/** Texts that need no quotation marks: they cannot contain a field, an operator or a mark of another search engine. */
const IS_PLAIN = /^[\p{L}\p{N}][\p{L}\p{N}_+#.-]*$|["“”„]/u
