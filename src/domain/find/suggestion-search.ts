import { type Sql, sql } from '../../db/sql.ts'
import type { SuggestionKind } from './suggestion-source.ts'

/**
 * Added to the score, which is the logarithm of the use as a part of that of the most used of the kind, from 0 to 1:
 * for labels that start with the typed text, and for exact matches, which rank first.
 */
const BEGINS = 0.3
const EQUALS = 1.5

/** The words of a key, each once. */
export const wordsOf = (key: string) => [...new Set(key.split(' ').filter(Boolean))]

/**
 * The table `chosen`, with the kind, id, use and `is_corrected` of what is suggested for a key, in its order, and `meant`,
 * the words that mistyped ones may have meant: what stands behind `with`. A function of the database finds them, which looks
 * in few of the ways in which it may have to; as parts of one statement all of them are made ready, which takes longer than to look.
 */
export function suggestionTables(key: string, kinds: SuggestionKind[], first: number): Sql {
  const words = wordsOf(key).toSorted((a, b) => b.length - a.length)
  return sql`hits as (
      select * from suggestions(${key}::text, ${words}::text[], ${kinds}::text[], ${first}::int)),
    ranked as (select *, row_number() over (partition by kind order by use desc, id desc) as place from hits),
    chosen as materialized (select *, row_number() over (order by is_corrected, ${rank(key)}, use desc, kind, id desc) as rank
      from ranked order by rank limit ${first}::int)`
}

/** Nothing typed: the most used of each kind in turns. Else by score. */
function rank(key: string): Sql {
  if (key === '') return sql`place, kind`
  // Of an author, one of the names.
  return sql`share + case when key = ${key}::text or (kind = 'author' and strpos(' / ' || key || ' / ', ${` / ${key} / `}::text) > 0) then ${EQUALS}::float8 when starts_with(key, ${key}::text) then ${BEGINS}::float8 else 0 end desc`
}
