import sql, { join, raw, type Sql } from 'sql-template-tag'
import { SOURCES, type Source, type SuggestionKind } from './suggestion-source.ts'

/**
 * Of each kind, the most used that are looked at first, in the order of use. A beginning that is common is found among
 * them often enough; one that is not is rare, and the index then finds all of them. More are looked at only where the
 * first had nearly all that are wanted, as the index of a large catalogue then has more than are compared. To compare with what a
 * mistyped word may have meant takes longer.
 */
const MOST_USED = { asTyped: 1000, asCorrected: 400 }
const FURTHER_USED = 2500
const NEARLY = 0.7

/** Rows of the index that are compared at most: more are there only of words that the most used happen not to have. */
const MOST_INDEXED = { asTyped: 1200, asCorrected: 600 }

/**
 * With a word of so many letters there may be few, and the index is asked before the most used are looked through, for so
 * many rows. Titles are many, but for each word there is a count of them.
 */
const TELLING_LENGTH = 4
const MOST_PROBED = 400
const COMMON = 200

/**
 * Words that the index is asked for: the longest, as those are the rarest, a second one only if it is long itself, as the
 * index first collects all that begins so. The others are compared in what it finds.
 */
const INDEXED_WORDS = 2
const INDEXED_LENGTH = 6

/** With fewer found than this, what was typed is taken to be mistyped. */
const FEW = 3

/** Words that are corrected, the longest; and the fewest letters of one that is. */
const CORRECTED_WORDS = 3
const CORRECTED_LENGTH = 4

/** Most changed letters of a word: two, as many as two letters that changed places. */
const MOST_CHANGES = 2

/** Words that a mistyped one may have meant. */
const VARIANTS = 4

/**
 * Added to the score, which is the logarithm of the use as a part of that of the most used of the kind, from 0 to 1:
 * for what begins as was typed, and for what is just that, which so comes before all else.
 */
const BEGINS = 0.3
const EQUALS = 1.5

/** The words of a key, each once. */
export const wordsOf = (key: string) => [...new Set(key.split(' ').filter(Boolean))]

const longest = (words: string[], count: number) =>
  words.toSorted((a, b) => b.length - a.length).slice(0, count)
const named = (text: string) => raw(text)
const unionOf = (tables: string[]) =>
  join(
    tables.map((table) => sql`select * from ${named(table)}`),
    ' union ',
  )

/**
 * The tables `chosen`, with the kind, id, use and `is_corrected` of what is suggested for a key, in its order, and
 * `alike`, with the words that mistyped ones may have meant: what stands behind `with`.
 */
export function suggestionTables(key: string, kinds: SuggestionKind[], first: number): Sql {
  const words = wordsOf(key)
  const limit = sql`${first}::int`
  const searches = (table: string, how: Search) =>
    join(kinds.map((kind) => search(kind, `${table}_${kind}`, limit, how)))
  const equal = kinds.map((kind) => equals(kind, key, limit))
  const plain = kinds.flatMap((kind) => [`plain_${kind}`, `equal_${kind}`])
  const corrected = kinds.map((kind) => `corrected_${kind}`)
  return sql`${searches('plain', asTyped(words))}, ${join(equal)},
    plain as materialized (${unionOf(plain)}),
    ${corrections(words)}, ${searches('corrected', AS_CORRECTED)},
    most as materialized (${join(kinds.map(mostUsed), ' union all ')}),
    hits as (select *, false as is_corrected from plain union all
      select *, true from (${unionOf(corrected)}) c
      where not exists (select from plain p where p.kind = c.kind and p.id = c.id)),
    ranked as (select *, row_number() over (partition by kind order by use desc, id desc) as place from hits),
    chosen as materialized (select *, row_number() over (order by is_corrected, ${rank(key)}, use desc, kind, id desc) as rank
      from ranked order by rank limit ${limit})`
}

/** How the rows that are looked for are told from others. */
interface Search {
  isWanted: Sql
  /** Whether they are likely so few that the index gives all of them at once. */
  isRare: (kind: SuggestionKind) => Sql
  isHit: (source: Source) => Sql
  /** What the index is asked, for rare ones, and for others. */
  isProbed: (source: Source) => Sql
  isIndexed: (source: Source) => Sql
  /** Of the most used, those that are looked at first. */
  used: number
  /** Most rows that the index gives. */
  most: number
}

function asTyped(words: string[]): Search {
  const patterns = words.map((word) => `% ${word}%`)
  const [word = '', ...others] = longest(words, INDEXED_WORDS)
  const isTelling = word.length >= TELLING_LENGTH
  const indexed = [word, ...others.filter((other) => other.length >= INDEXED_LENGTH)]
  return {
    isWanted: sql`true`,
    isRare: (kind) => {
      if (kind !== 'paper' || !isTelling) return isTelling ? sql`true` : sql`false`
      return sql`not ${isCommon(sql`${word}`)}`
    },
    isHit: ({ key }) => sql`' ' || ${key} like all(${patterns}::text[])`,
    isProbed: ({ vector }) => sql`${vector} @@ ${beginning(word)}::tsquery`,
    isIndexed: ({ vector }) => sql`${vector} @@ ${indexed.map(beginning).join(' & ')}::tsquery`,
    used: MOST_USED.asTyped,
    most: MOST_INDEXED.asTyped,
  }
}

const beginning = (word: string) => (word ? `'${word}':*` : '')

/** Whether a word that begins so is in many titles, or so many words begin so that together they are. */
const isCommon = (word: Sql) => sql`(
  select coalesce(bool_or(w.title_count >= ${raw(String(COMMON))}) or count(*) > ${raw(String(COMMON))}, false) from (
    select title_count from words w where ${isBegunBy(word)} limit ${raw(String(COMMON + 1))}) w)`

const isBegunBy = (word: Sql) =>
  sql`w.word >= ${word} collate "C" and w.word < ${word} || chr(1114111) collate "C"`

const AS_CORRECTED: Search = {
  isWanted: sql`exists (select from correction)`,
  isRare: (kind) => (kind === 'paper' ? sql`(select is_rare from correction)` : sql`true`),
  // The cheaper comparison first: the planner would not know.
  isHit: ({
    key,
    vector,
  }) => sql`case when ' ' || ${key} like any((select patterns from correction)::text[])
    then ${vector} @@ (select query from correction) end`,
  isProbed: ({ vector }) => sql`${vector} @@ (select probe from correction)`,
  isIndexed: ({ vector }) => sql`${vector} @@ (select probe from correction)`,
  used: MOST_USED.asCorrected,
  most: MOST_INDEXED.asCorrected,
}

/**
 * The most used rows that are hits: among all that the index has, where those are few; else among the most used of all,
 * further on where one in some hundreds is a hit, and where that gives too few, among those of the index.
 */
function search(kind: SuggestionKind, table: string, limit: Sql, how: Search): Sql {
  const source = SOURCES[kind]
  const { from, entity, key, use } = source
  const row = sql`${kind}::text as kind, ${entity.id} as id, ${key} as key, greatest(${use}, 0) as use`
  const part = (name: string) => raw(`${table}_${name}`)
  const [probed, used, more, indexed] = [
    part('probed'),
    part('used'),
    part('more'),
    part('indexed'),
  ]
  const most = raw(String(MOST_PROBED))
  const isRare = how.isRare(kind)
  const isOpen = sql`${how.isWanted} and not (${isRare} and (select count(*) from ${probed}) < ${most})`
  const hits = (rows: Sql) => sql`select kind, id, key, use from ${rows} where is_hit`
  const walk = (isWanted: Sql, stretch: Sql) => sql`
    ${hits(sql`(select ${row}, ${how.isHit(source)} as is_hit from ${from}
      where ${isWanted} order by ${use} desc, ${entity.id} desc ${stretch}) x`)} limit ${limit}`
  const found = sql`(select count(*) from ${used})`
  const isPromising = sql`${found} < ${limit} and ${found} >= ${limit} * ${raw(String(NEARLY))}`
  const further = raw(`offset ${how.used} limit ${FURTHER_USED - how.used}`)
  return sql`${probed} as materialized (
      select ${row}, ${how.isHit(source)} as is_hit from ${from}
      where ${how.isWanted} and ${isRare} and ${how.isProbed(source)} limit ${most}),
    ${used} as materialized (${walk(isOpen, raw(`limit ${how.used}`))}),
    ${more} as materialized (select * from ${used} union all
      (${walk(sql`${isOpen} and ${isPromising}`, further)}) limit ${limit}),
    ${indexed} as materialized (
      ${hits(probed)} union all ${hits(sql`(select ${row}, ${how.isHit(source)} as is_hit from ${from}
        where ${isOpen} and (select count(*) from ${more}) < ${limit}
          and ${how.isIndexed(source)} limit ${raw(String(how.most))}) x`)}),
    ${named(table)} as materialized (
      select * from ${more} union
      (select * from ${indexed} order by use desc, id desc limit ${limit}))`
}

function mostUsed(kind: SuggestionKind): Sql {
  const { entity, from, use } = SOURCES[kind]
  return sql`(select ${kind}::text as kind, greatest(${use}, 0) as use from ${from} order by ${use} desc, ${entity.id} desc limit 1)`
}

/** What is just what was typed, however little it is used. */
function equals(kind: SuggestionKind, key: string, limit: Sql): Sql {
  const { entity, from, key: keyOf, use, equals } = SOURCES[kind]
  return sql`${named(`equal_${kind}`)} as materialized (
    select ${kind}::text as kind, ${entity.id} as id, ${keyOf} as key, greatest(${use}, 0) as use
    from ${from} where ${key}::text <> '' and ${equals} = ${key}::text order by use desc limit ${limit})`
}

/**
 * The words that those typed may have meant, when little was found, and what to look for then: `query`, and `probe` for the
 * index, which is the longest word of which no alternative is common, or else the long ones.
 */
function corrections(words: string[]): Sql {
  const typed = longest(words, CORRECTED_WORDS)
  const first = typed.map((word) => String.fromCodePoint(word.codePointAt(0) ?? 0))
  const next = typed.map((word) => String.fromCodePoint((word.codePointAt(0) ?? 0) + 1))
  const numbers = [MOST_CHANGES, CORRECTED_LENGTH, VARIANTS, FEW, TELLING_LENGTH, INDEXED_LENGTH]
  const [most, length, variants, few, telling, indexed] = numbers.map((n) => raw(String(n)))
  return sql`typed as materialized (
      select *, exists (select from words w where ${isBegunBy(sql`t.word`)}) as is_known
      from unnest(${typed}::text[], ${first}::text[], ${next}::text[]) with ordinality as t(word, first, next, place)
      where (select count(*) from plain) < ${few}),
    alike as materialized (
      select t.place, v.word from typed t cross join lateral (
        select w.word from (select w.word, levenshtein_less_equal(left(w.word, length(t.word)), t.word, ${most}) as changes
          from words w where w.word >= t.first collate "C" and w.word < t.next collate "C" and length(w.word) >= length(t.word) - 1
          offset 0) w
        join words o on o.word = w.word
        where changes between 1 and ${most} order by changes, o.title_count desc, w.word limit ${variants}) v
      where length(t.word) >= ${length} and t.word !~ '[0-9]'
        and (not t.is_known or not exists (select from typed where not is_known))),
    meant as materialized (
      select place, string_agg('''' || word || ''':*', ' | ') as prefixes,
        place = 1 or min(length(word)) >= ${indexed} as is_indexed,
        bool_or(length(word) < ${telling} or ${isCommon(sql`o.word`)}) as is_common
      from (select place, word from alike union all select place, word from typed) o group by place),
    correction as materialized (
      select m.query, p.probe is not null as is_rare, coalesce(p.probe, m.probe) as probe, a.patterns
      from (select array_agg('% ' || word || '%') as patterns from alike having count(*) > 0) a
      cross join (select string_agg('(' || prefixes || ')', ' & ')::tsquery as query,
        string_agg('(' || prefixes || ')', ' & ') filter (where is_indexed)::tsquery as probe from meant) m
      left join (select prefixes::tsquery as probe from meant where not is_common order by place limit 1) p on true)`
}

/** Nothing typed: the most used of each kind in turns. Else by score. */
function rank(key: string): Sql {
  if (key === '') return sql`place, kind`
  return sql`ln((1 + use)::float8) / ln((select 2 + m.use from most m where m.kind = ranked.kind)::float8)
    + case when key = ${key}::text then ${EQUALS}::float8 when starts_with(key, ${key}::text) then ${BEGINS}::float8 else 0 end desc`
}
