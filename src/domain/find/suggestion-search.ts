import { alias, empty, join, raw, type Sql, sql } from '../../db/sql.ts'
import { papers, venues } from '../../db/tables/papers.ts'
import { topics } from '../../db/tables/topics.ts'
import { topicIdAt } from '../entity/topic-slug.ts'
import { SMALL_WORDS } from '../record/affiliation.ts'
import { isVenueAt, usualSlug } from '../venues/slugs.ts'
import type { SuggestionKind } from './suggestion-source.ts'
import { type Reference, referredPapers } from './suggestion-year.ts'

const p = alias(papers, 'p')
const t = alias(topics, 't')
const v = alias(venues, 'v')

/**
 * Added to the score for labels that start with the typed text. The score itself is the logarithm of the use, divided by that of the most used
 * of the kind, from 0 to 1.
 */
const BEGINS = 0.3
/** For exact matches, which rank first. */
const EQUALS = 1.5
/** For authors whose names have all of several typed words in full: more than any use of one whose words only begin with them. */
const WHOLE = 1.4
/** For names that consist of exactly the several typed words: more than any use of names with further words, such as Jian-Wei Zhang for Wei Zhang. */
const EQUALS_ALL = 2.5
/** For topics and papers whose name begins with the typed acronym in capitals: more than people of that name. */
const METHOD = 2.6
/** For names that equal the typed acronym in capitals, such as MIT: more than names that begin with it. */
const NAMED = 4
/** For papers whose first author is named first in a reference: more than any use. */
const REFERRED = 1

/** The typed text as it is, as a key, and as a reference to papers. */
interface Typed {
  prefix: string
  key: string
  reference: Reference | null
}

/** Whether the text is one word in capitals, such as BERT, and so the name of a method rather than of a person. */
export const isAcronym = (prefix: string): boolean => /^\p{Lu}[\p{Lu}\d]+$/u.test(prefix.trim())

/** The words of a key, each once. */
export const wordsOf = (key: string) => [...new Set(key.split(' ').filter(Boolean))]

/** The words that a hit must have: without `the` of "the university of edin", unless that is the only word or still being typed. */
function neededWords(key: string): string[] {
  const words = wordsOf(key)
  const needed = words.filter((word, i) => i === words.length - 1 || !SMALL_WORDS.has(word))
  return needed.toSorted((a, b) => b.length - a.length)
}

/**
 * The table `chosen`, with the kind, id, use and `is_corrected` of what is suggested for a key, in its order, and `meant`,
 * the words that mistyped ones may have meant: what stands behind `with`. A function of the database finds them, which looks
 * in few of the ways in which it may have to; as parts of one statement all of them are made ready, which takes longer than to look.
 */
export function suggestionTables(
  { prefix, key, reference }: Typed,
  kinds: SuggestionKind[],
  first: number,
): Sql {
  const words = neededWords(key)
  const found = sql`suggestions(${key}::text, ${words}::text[], ${kinds}::text[], ${first}::int)`
  const led = key === '' ? [] : ledBy(prefix, key, kinds)
  const isLed = led.length > 0
  return sql`${reference && kinds.includes('paper') ? withReferred(found, reference, { words, kinds, first }) : sql`hits as (select * from ${found})`},
    ${isLed ? withLed(led) : empty}
    ranked as (select *, row_number() over (partition by kind order by use desc, id desc) as place from ${isLed ? sql`named` : sql`hits`}),
    chosen as materialized (select *, row_number() over (order by is_corrected, ${rank(key, isAcronym(prefix))}, use desc, kind, id desc) as rank
      from ranked order by rank limit ${first}::int)`
}

/**
 * Rows of what the whole search text leads to, as if it were called so, though its name need not have a word of that: the topic of an
 * acronym or of what papers call it, and the venue of a former or usual name.
 */
function ledBy(prefix: string, key: string, kinds: readonly SuggestionKind[]): Sql[] {
  const led = (table: typeof t | typeof v, kind: SuggestionKind, condition: Sql) => sql`
      select ${raw(`'${kind}'`)} as kind, ${table.id}, ${key}::text as key, ${table.paperCount} as use,
        ln((1 + ${table.paperCount})::float8) / ln((2 + m.use)::float8) as share, false as is_corrected, null::text[] as meant
      from ${table} cross join lateral (select s.use from suggestables s where s.kind = ${raw(`'${kind}'`)} order by s.use desc, s.id desc limit 1) m
      where ${condition}`
  const isOfVenue = kinds.includes('venue') && usualSlug(prefix) !== null
  return [
    ...(kinds.includes('topic') ? [led(t, 'topic', sql`${t.id} = ${topicIdAt(prefix)}`)] : []),
    ...(isOfVenue ? [led(v, 'venue', isVenueAt(prefix))] : []),
  ]
}

/** The hits, together with what the whole text leads to. */
const withLed = (led: readonly Sql[]) => sql`
    led as materialized (${join(led, ' union all ')}),
    named as (select * from led union all select h.* from hits h where (h.kind, h.id) not in (select kind, id from led)),`

/**
 * Papers that a reference may mean, which have all that was typed, the first author's before others; and what has the words and the
 * number itself. Mistyped words are looked for only where there are no such papers.
 */
function withReferred(
  found: Sql,
  reference: Reference,
  { words, kinds, first }: { words: string[]; kinds: SuggestionKind[]; first: number },
): Sql {
  const patterns = words.map((word) => `% ${word}%`)
  const places = words.map((_, i) => i + 1)
  return sql`
    referred as materialized (${referredPapers(reference, first)}),
    hits as (
      select f.* from ${found} f where not exists (select from referred)
      union all
      select h.kind, h.id, h.key, greatest(h.use, 0),
        ln((1 + greatest(h.use, 0))::float8) / ln((2 + greatest(m.use, 0))::float8) + h.more, false, null::text[]
      from (
        select 'paper' as kind, r.id, ${p.titleKey} as key, r.use, case when r.is_first then ${REFERRED}::float8 else 0 end as more
          from referred r join ${p} on ${p.id} = r.id
        union all
        select s.kind, s.id, s.key, s.use, 0 from suggestion_hits(${kinds}::text[], ${words}::text[], ${places}::int[],
            ${patterns}::text[], null, 1000, ${first}::int) s
          where exists (select from referred) and (s.kind <> 'paper' or s.id not in (select id from referred))) h
      cross join lateral (select s.use from suggestables s where s.kind = h.kind order by s.use desc, s.id desc limit 1) m)`
}

/** The order of hits: by score, or if nothing is typed, the most used of each kind in turns. */
function rank(key: string, isOfMethod: boolean): Sql {
  if (key === '') return sql`place, kind`
  // One of the names of an author or institution is equal.
  const isNamed = sql`strpos(' / ' || key || ' / ', ${` / ${key} / `}::text) > 0`
  const method = isOfMethod
    ? sql`when kind <> 'author' and (key = ${key}::text or kind = 'institution' and ${isNamed}) then ${NAMED}::float8
    when kind in ('topic', 'paper') and starts_with(key || ' ', ${`${key} `}::text) then ${METHOD}::float8 `
    : empty
  return sql`share + case ${method}when key = ${key}::text or (kind in ('author', 'institution') and ${isNamed}) then ${key.includes(' ') ? EQUALS_ALL : EQUALS}::float8
    ${key.includes(' ') ? wholeAuthors(key) : empty}when starts_with(key, ${key}::text) then ${BEGINS}::float8 else 0 end desc`
}

/** Authors whose names have all words in full, in any order. */
function wholeAuthors(key: string): Sql {
  const patterns = wordsOf(key).map((word) => `% ${word} %`)
  return sql`when kind = 'author' and ' ' || key || ' ' like all(${patterns}::text[]) then ${WHOLE}::float8 `
}
