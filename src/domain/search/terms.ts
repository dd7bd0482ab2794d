import type { Database } from '../../db/client.ts'
import { VENUE_ACRONYM, VENUE_KEY } from '../../db/functions/word-keys.ts'
import { alias, raw, type Sql, sql } from '../../db/sql.ts'
import { authors as authorsTable } from '../../db/tables/authors.ts'
import { venues } from '../../db/tables/papers.ts'
import { searchLexemes, searchStatistics, searchWords } from '../../db/tables/search.ts'
import { usualSlug } from '../venues/slugs.ts'
import { COUNTED_ABSTRACTS } from './dictionary.ts'
import { MOST_LINKED, type SearchTerm } from './fields/field.ts'
import { fieldOf } from './fields/fields.ts'
import { type Linked, linkedByField, linkedIds } from './links.ts'
import {
  addNames,
  type Coined,
  coinedBy,
  namesByTerm,
  withoutOtherReadings,
} from './naming/apply.ts'
import { namesOfRuns, type Run, type RunFacts } from './naming/lookup.ts'
import { SHARE_OF_YEAR, yearIn } from './terms/cited.ts'
import {
  type CatalogueSize,
  groupOf,
  type LexemeCount,
  MISPRINT,
  MOST_CONTINUED,
  mayBeMisprint,
  type NamedAuthor,
  quoted,
  rarity,
  shareOf,
  type TermGroup,
  type TermRow,
} from './terms/groups.ts'
import { shareOfSample } from './terms/sample.ts'
import { FEW_FILTERED } from './terms/tiers.ts'
import type { FieldLeaf, QueryMode } from './tokens.ts'

const l = alias(searchLexemes, 'l')
const d = alias(searchWords, 'd')
const u = alias(authorsTable, 'u')
const v = alias(venues, 'v')

export interface TermFacts {
  size: CatalogueSize
  /** Estimated share of the papers that meet the conditions other than words. Not estimated if a required field links to few. */
  filterShare: number
  /** Null for a term with only words that are too common to search for. */
  groupOf(term: SearchTerm): TermGroup | null
  /** Papers that coined names in the query. */
  coined: readonly Coined[]
  /** Ids of the papers that a field links to; null if they are many or unknown. */
  linkedOf(leaf: FieldLeaf): readonly number[] | null
}

/** Assumed before the first count: a catalogue in which all words are equally rare. */
const UNKNOWN_SIZE: CatalogueSize = { papers: 1000, tiers: [] }

/** Minimum length of a corrected word; shorter ones have too many similar words. */
const LEAST_CORRECTED = 4
/** Maximum share of papers with a word that may be meant as a name. */
const MOST_SHARE_OF_NAME = 0.02
const MOST_AUTHORS = 300
/** Number of words corrected at the beginning of a query; in a long text the other words compensate. */
const MOST_GUESSED = 20

/** What a query asks for. */
interface Asked {
  terms: readonly SearchTerm[]
  neighbours: readonly [SearchTerm, SearchTerm][]
  /** Neighbours that may be names or acronyms; empty if only the words themselves are meant. */
  runs: readonly Run[]
  /** Fields that link to papers by another table. */
  links: readonly FieldLeaf[]
  /** Lists of links of which a paper must meet at least one each. */
  required: readonly FieldLeaf[][]
  /** Conditions on the alias `p` that do not involve terms. */
  conditions: readonly Sql[]
}

/**
 * Looks up the facts of the terms: one statement. LENIENT also reads words otherwise: unknown words as similar ones, names as authors, and
 * neighbours as one word.
 */
export async function describeTerms(
  db: Pick<Database, 'query'>,
  asked: Asked,
  mode: QueryMode,
): Promise<TermFacts> {
  const { runs, links, required, conditions } = asked
  const isLenient = mode === 'lenient'
  const words = wordsOf(asked, isLenient)
  // If a field is the only condition besides words, its links show how many papers meet it.
  const isLinkAlone = required.length === 1 && conditions.length === 1
  const linkedTo = linkedIds(links, required, isLinkAlone ? MOST_LINKED : FEW_FILTERED)
  const [row] = await db.query<FactsRow>(
    statement(textsOf(words, runs), [linkedTo, namesOfRuns(runs)], conditions, isLenient),
    // The number of papers with a topic depends on the value.
    { isSelective: links.some(({ field }) => !fieldOf(field).isPlannedOnce) },
  )
  const size = row?.size ?? UNKNOWN_SIZE
  const named = runs.flatMap((run, i) => (row?.names?.[i] ? [{ ...run, facts: row.names[i] }] : []))
  const groups = groupsOf(words, row?.terms ?? [], namesByTerm(named), size)
  addNames(groups, named, size)
  const linked = linkedByField(links, row?.linked ?? [])
  return {
    size,
    filterShare: row?.filter_share ?? 1,
    groupOf: (term) => groups.get(term) ?? null,
    coined: coinedBy(named, groups, size),
    linkedOf: (leaf) => linked.get(leaf) ?? null,
  }
}

/** The terms of a query, and neighbours that may make one word or one name. */
interface Words {
  terms: readonly SearchTerm[]
  /** Empty if only the words themselves are meant. */
  joined: readonly [SearchTerm, SearchTerm][]
  isLenient: boolean
}

const wordsOf = ({ terms, neighbours }: Asked, isLenient: boolean): Words => ({
  terms,
  joined: isLenient ? neighbours.filter((pair) => pair.every(({ text }) => WORD.test(text))) : [],
  isLenient,
})

function textsOf({ terms, joined, isLenient }: Words, runs: readonly Run[]): AskedTexts {
  const texts = [...terms.map(({ text }) => text), ...joined.map(([a, b]) => a.text + b.text)]
  const kinds = [...terms.map(({ kind }) => kind), ...joined.map(() => 'joined')]
  // The name of a method, which is looked up as a run, is not corrected.
  const lookedUp = new Set(runs.flatMap((run) => (run.terms.length === 1 ? run.terms : [])))
  return {
    texts,
    kinds,
    patterns: texts.map((text, i) => (kinds[i] === 'pattern' ? likeOf(text) : null)),
    names: isLenient
      ? [
          ...terms.map(({ kind, text }, i) => (kind === 'word' && i < MOST_GUESSED ? text : null)),
          ...joined.map(([a, b], i) => (i < MOST_GUESSED ? `${a.text} ${b.text}` : null)),
        ]
      : [],
    venues: texts.map((text, i) => (kinds[i] === 'word' ? usualSlug(text) : null)),
    misprints: texts.map((text, i) => {
      const term = terms[i]
      return term?.kind === 'word' && lookedUp.has(term) && mayBeMisprint(text)
    }),
  }
}

/** The group of each term; `rows` has the facts of the terms, followed by those of the neighbours. */
function groupsOf(
  { terms, joined, isLenient }: Words,
  rows: readonly TermRow[],
  byTerm: ReturnType<typeof namesByTerm>,
  size: CatalogueSize,
): Map<SearchTerm, TermGroup | null> {
  // Both words of a full name, such as ZHE GAN, are names.
  const fullNames = new Set(joined.filter((_, i) => rows[terms.length + i]?.authors.length).flat())
  const groups = new Map(
    terms.map((term, i) => {
      const known = fullNames.has(term) ? undefined : byTerm.get(term)
      const read = rows[i] && (known ? withoutOtherReadings(rows[i], known) : rows[i])
      const group = read ? groupOf(term, read, size, isLenient) : null
      return [term, group && isLenient ? withYear(group, term, size) : group]
    }),
  )
  for (const [i, pair] of joined.entries()) {
    const { lexemes = [], authors = [] } = rows[terms.length + i] ?? {}
    // Letters of scripts without spaces are indexed separately, so their sequence cannot be looked up as a word.
    const whole = lexemes.length === 1 ? lexemes[0] : undefined
    for (const term of pair) {
      const group = groups.get(term)
      if (group) groups.set(term, withPair(group, whole, authors, size))
    }
  }
  return groups
}

/** Weights a year like a word that all papers of that year have, however few texts mention it. */
function withYear(group: TermGroup, { kind, text }: SearchTerm, size: CatalogueSize): TermGroup {
  const year = kind === 'word' ? yearIn(text) : null
  return year === null
    ? group
    : { ...group, year, weight: rarity(SHARE_OF_YEAR * size.papers, size) }
}

interface FactsRow {
  size: CatalogueSize | null
  filter_share: number
  linked: number[][] | null
  names: RunFacts[] | null
  terms: TermRow[] | null
}

/** Converts a pattern to LIKE syntax, without accents (as words are counted) and trailing punctuation. */
const likeOf = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[.,;:!?]+$/, '')
    .replaceAll('*', '%')
    .replaceAll('?', '_')

/** A hyphenated name such as Abdul-Mageed, whose parts are words of names in the catalogue. */
const HYPHENATED = raw(`'^[[:alpha:]]{2,30}-[[:alpha:]]{2,30}$'`)

/** A word that may be written together with its neighbour. */
const WORD = /^\p{L}+$/u

/** Adds to a term what it forms with its neighbour: one word, or a name. */
function withPair(
  group: TermGroup,
  whole: LexemeCount | undefined,
  authors: NamedAuthor[],
  size: CatalogueSize,
): TermGroup {
  const named =
    group.authors.length > 0 && authors.length > 0
      ? { ...group, authors: [...new Map([...authors, ...group.authors])] }
      : group
  if (!whole || whole[1] === 0) return named
  const [lexeme, papers, titles] = whole
  return {
    ...named,
    match: `${group.match} | ${quoted(lexeme)}`,
    rank: `${group.rank} | ${quoted(lexeme)}`,
    scale: group.scale + 1,
    share: Math.min(1, group.share + shareOf(papers, size)),
    titleShare: Math.min(1, group.titleShare + shareOf(titles, size)),
  }
}

/** The texts of terms, with the kind, the pattern and the possible name of each. */
interface AskedTexts {
  texts: string[]
  kinds: string[]
  patterns: (string | null)[]
  names: (string | null)[]
  /** Slug of the venue that has it as a former or usual name; null for none. */
  venues: (string | null)[]
  /** Whether it may be a typo even if a paper has it. */
  misprints: boolean[]
}

const statement = (
  asked: AskedTexts,
  [linked, runs]: [linked: Linked, runs: Sql],
  conditions: readonly Sql[],
  corrects: boolean,
) => sql`
  ${linked.with}
  select (select json_build_object('papers', ${searchStatistics.paperCount}, 'tiers', ${searchStatistics.tierCounts}) from ${searchStatistics}) as size,
    ${shareUnlessFew(linked, conditions)} as filter_share, ${linked.ids} as linked, ${runs} as names,
    ${asked.texts.length === 0 ? sql`null` : termsAs(asked, corrects)} as terms`

/** The share of papers that meet the conditions, unless few papers are linked: these are all read, so the share does not matter. */
function shareUnlessFew({ areFew }: Linked, conditions: readonly Sql[]): Sql {
  const share = shareOfSample(conditions)
  return areFew ? sql`case when ${areFew} then 1 else ${share} end` : share
}

/** Whether a venue has the word as its acronym, or as a former or usual name. */
const isVenueName = sql`(exists (select from ${v} where ${v.slug} = t.venue) or exists (
          select from ${venues} where key_vector(${VENUE_KEY}) @@ plainto_tsquery('simple', t.text) and ${VENUE_ACRONYM} = lower(t.text)))`

/** Words that begin with a term or match its pattern. */
const continuedAs = (corrects: boolean) => sql`cross join lateral (
        select coalesce(json_agg(json_build_array(c.lexeme, c.paper_count, c.title_count)), '[]') as lexemes from (
          select distinct l.* from (select case when t.pattern is not null then substring(t.pattern from '^[^%_]*')
            when t.kind = 'prefix' then w.last end as head offset 0) h
          join ${d} on ${d.word} >= h.head and ${d.word} < h.head || chr(1114111) and (t.pattern is null or ${d.word} like t.pattern)
          join ${l} using (lexeme)
          order by ${l.paperCount} desc, ${l.lexeme} limit ${corrects ? MOST_CONTINUED : 500}) c) continued`

/** Words similar to a term that may be a typo. */
const nearAs = (
  corrects: boolean,
) => sql`cross join lateral (select unaccent(w.words) as word, case when own.most = 0 then 0
        when t.misprint and own.most <= (select greatest(${MISPRINT.papers}::int, ${searchStatistics.paperCount} / ${COUNTED_ABSTRACTS}) from ${searchStatistics})
        then ${MISPRINT.timesCommoner}::int * own.most end as least offset 0) plain
      cross join lateral (select array(select overlay(plain.word placing reverse(substr(plain.word, n, 2)) from n for 2)
        from generate_series(1, least(length(plain.word), 40) - 1) n) as words offset 0) turned
      cross join lateral (
        select coalesce(json_agg(json_build_array(c.word, c.lexeme, c.paper_count, c.title_count)), '[]') as words from (
          select ${d.word}, l.* from ${d} join ${l} using (lexeme)
          where ${corrects} and t.place <= ${MOST_GUESSED} and t.kind = 'word'
            and own.size = 1 and plain.least is not null and ${l.paperCount} >= plain.least
            and length(plain.word) between ${LEAST_CORRECTED} and 40 and plain.word collate paperql ~ '[[:alpha:]]'
            and (${d.word} % plain.word or ${d.word} = any(turned.words) or (${d.word} >= left(plain.word, 2) and ${d.word} < left(plain.word, 2) || chr(1114111)))
            and abs(length(${d.word}) - length(plain.word)) <= 2
            and levenshtein_less_equal(${d.word}, left(plain.word, 40), 2) <= 2
          order by ${l.paperCount} desc, ${d.word} limit 200) c) near`

/** Authors named by a term. */
const NAMED = sql`cross join lateral (select case when is_unspaced(t.name) then t.name
        else unaccent(case when t.name = t.text then w.words else search_words(t.name) end) end as words offset 0) n
      cross join lateral (
        select coalesce(json_agg(json_build_array(c.id, c.paper_count)), '[]') as authors from (
          select ${u.id}, ${u.paperCount} from ${u}
          where (own.size = 1 or (t.kind = 'word' and (is_unspaced(t.text) or t.text collate paperql ~ ${HYPHENATED})))
            and own.most <= ${MOST_SHARE_OF_NAME}::float8 * (select ${searchStatistics.paperCount} from ${searchStatistics})
            and key_vector(${u.nameKey} || ${u.otherNames}) @@ case when n.words collate paperql ~ '^[[:alpha:]]{2,30}( [[:alpha:]]{2,30})?$'
              then ('''' || replace(n.words, ' ', ''' & ''') || '''')::tsquery end
          order by ${u.paperCount} desc, ${u.id} limit ${MOST_AUTHORS}) c) named`

/**
 * The facts of each term as a JSON expression. `offset 0` prevents PostgreSQL from recomputing a lateral query for each row compared with it.
 */
const termsAs = (
  { texts, kinds, patterns, names, venues, misprints }: AskedTexts,
  corrects: boolean,
) => sql`
    (select json_agg(json_build_object('query', w.query::text, 'lexemes', own.lexemes,
        'head', coalesce(phraseto_tsquery('paperql', regexp_replace(w.words, '\\S+$', ''))::text, ''), 'last', w.last,
        'continued', continued.lexemes, 'near', near.words,
        'venue', own.most = 0 and ${isVenueName}, 'authors', named.authors) order by t.place)
      from unnest(${texts}::text[], ${kinds}::text[], ${patterns}::text[], ${names}::text[],
        ${venues}::text[], ${misprints}::bool[]) with ordinality as t(text, kind, pattern, name, venue, misprint, place)
      cross join lateral (select search_words(t.text) as words offset 0) s
      cross join lateral (select s.words, unaccent(substring(s.words from '\\S+$')) as last,
        case when position(' ' in s.words) = 0 then phraseto_tsquery('paperql', s.words) else search_term(t.text) end as query offset 0) w
      cross join lateral (
        select coalesce(json_agg(json_build_array(x.lexeme, coalesce(${l.paperCount}, 0), coalesce(${l.titleCount}, 0))), '[]') as lexemes,
          coalesce(max(${l.paperCount}), 0) as most, count(*) as size
        from unnest(tsvector_to_array(to_tsvector('paperql', w.words))) as x(lexeme)
        left join ${l} using (lexeme)) own
      ${continuedAs(corrects)}
      ${nearAs(corrects)}
      ${NAMED})`
