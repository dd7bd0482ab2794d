import { alias, raw, type Sql, sql } from '../../../db/sql.ts'
import { acronyms, coinedNames } from '../../../db/tables/naming.ts'
import { papers } from '../../../db/tables/papers.ts'
import { searchLexemes } from '../../../db/tables/search.ts'
import type { SearchTerm } from '../fields/field.ts'
import { compactKey, singular, UNNAMED } from './definitions.ts'

const a = alias(acronyms, 'a')
const c = alias(coinedNames, 'c')
const p = alias(papers, 'p')
const l = alias(searchLexemes, 'l')

/** Adjacent words of a query that may be a name or the long form of an acronym. */
export interface Run {
  terms: readonly SearchTerm[]
  text: string
}

/** Maximum length of a run, and of a query of which runs are made; longer queries are texts. */
const MOST_WORDS = 5
const MOST_TERMS = 8

/** The runs of neighbouring terms. */
export function runsOf(sequences: readonly (readonly SearchTerm[])[]): Run[] {
  return sequences.flatMap((sequence) => {
    const terms = sequence.slice(0, MOST_TERMS)
    return terms.flatMap((_, from) =>
      terms.slice(from, from + MOST_WORDS).map((_, i) => {
        const run = terms.slice(from, from + i + 1)
        return { terms: run, text: run.map(({ text }) => text).join(' ') }
      }),
    )
  })
}

type LexemeCount = [lexeme: string, papers: number, titles: number]

/** The facts about a run as a name, an acronym or a long form. */
export interface RunFacts {
  /** Papers that may have coined it. */
  coined: [
    paperId: number,
    strength: number,
    share: number,
    citations: number,
    year: number,
    title: string,
  ][]
  /** Its long forms as an acronym: a phrase, the number of papers that explain it so, and their share. */
  longs: [query: string, papers: number, share: number, lexemes: LexemeCount[]][]
  /** Its acronyms as a long form. */
  shorts: [query: string, papers: number, lexemes: LexemeCount[]][]
}

/** Minimum share of the papers for a long form or an acronym to be added to a query. */
const LEAST_SHARE = { ofLong: 0.1, ofShort: 0.3 }
/** A meaning of an acronym with a smaller share is not the one that people search for. */
export const UNUSUAL = 0.2

const lexemesOf = (query: Sql) => sql`(
  select json_agg(json_build_array(x.lexeme, coalesce(${l.paperCount}, 0), coalesce(${l.titleCount}, 0)))
  from (select m[1] as lexeme from regexp_matches(${query}, '''([^'']+)''', 'g') m) x left join ${l} using (lexeme))`

/** The parts of a camel-case name: `batch` and `norm` of `BatchNorm`. None if a part is too short. */
function camelParts(text: string): string[] {
  const parts = /^(?:\p{Lu}\p{Ll}{2,}){2,3}$/u.test(text)
    ? (text.match(/\p{Lu}\p{Ll}+/gu) ?? [])
    : []
  return parts.map((part) => part.toLowerCase())
}

/** A paper with this many times more citations than there are papers that explain a name, or have the word, is the one that people search for. */
export const TIMES_CITED = 10
/**
 * Conditions for a name such as `CycleGAN` to lead to a title with words that begin with its word, and with the end of its acronym's long
 * form: the number of titles with the name, and citations per paper with the name.
 */
const WITH_ACRONYM = { titles: 3, timesCited: 50 }

/** A name made of a word and an acronym: `cycle` and `gan` of `CycleGAN`. */
function wordAndAcronym(text: string): { word: string; acronym: string } | null {
  const [, word, acronym] = /^(\p{Lu}\p{Ll}{3,})(\p{Lu}{2,5})$/u.exec(text) ?? []
  return word && acronym ? { word: word.toLowerCase(), acronym: acronym.toLowerCase() } : null
}

/** The last two words of a phrase. */
const LAST_TWO = raw(`'''[^'']+'' <-> ''[^'']+''$'`)

/** Maximum number of titles checked for the parts of a name such as `BatchNorm`. */
const MOST_TITLES = 2_000

/**
 * Papers that may have coined the name `r`: those known by it; those known by another acronym of the same long form, or of the long form
 * `w.query`, if they are cited far more often than the name is explained; and if none is known by it, the most cited paper whose title begins
 * with words that begin with the name's parts, or the paper whose title has the word and the acronym's long form.
 */
const CLAIMS = sql`
          (select ${c.paperId}, ${c.strength}, ${c.share}, 0 as least_cites from ${c} where ${c.key} = r.key
            order by ${c.strength} desc, ${c.share} desc, ${c.paperId} limit 20)
          union all
          (select ${c.paperId}, ${c.strength}, ${c.share}, ${TIMES_CITED}::int * ${a.paperCount} from (
              select w.query as query union all
              (select m.long_query from ${acronyms} m where m.key = r.key and m.share >= ${UNUSUAL}::real)) m
            join ${a} on ${a.longQuery} = m.query and ${a.key} <> r.key and ${a.share} >= ${LEAST_SHARE.ofShort}::real
            join ${c} on ${c.key} = ${a.key} and ${c.share} = ${a.share} limit 20)
          union all
          (select h.id, ${UNNAMED.ahead}::smallint, 1::real, 0 from (
              select id, title_key from ${papers} where r.stem is not null and title_key >= r.stem and title_key < r.stem || chr(1114111)
              order by title_key, id limit ${MOST_TITLES}::int) t
            join ${papers} h on h.id = t.id
            where t.title_key ~ r.pattern and not exists (select from ${coinedNames} k where k.key = r.key)
            order by h.citation_count desc, h.id limit 1)
          union all
          (select h.id, ${UNNAMED.within}::smallint, 1::real, ${WITH_ACRONYM.timesCited}::int * n.paper_count
            from ${searchLexemes} n join ${papers} h on key_vector(h.title_key) @@ r.beginning::tsquery and h.title_search @@ (
              select replace(substring(${a.longQuery} from ${LAST_TWO}), '<->', '&')::tsquery from ${a}
              where ${a.key} = r.ending order by ${a.paperCount} desc, ${a.longQuery} limit 1)
            where r.ending is not null and n.lexeme = r.key and n.title_count >= ${WITH_ACRONYM.titles}::int
              and not exists (select from ${coinedNames} k where k.key = r.key)
            order by h.citation_count desc, h.id limit 1)`

/** The facts of runs as a JSON expression: a few index lookups for each. */
export function namesOfRuns(runs: readonly Run[]): Sql {
  if (runs.length === 0) return sql`null`
  const keys = runs.map(({ text }) => compactKey(singular(text)))
  const terms = [...new Set(runs.flatMap((run) => run.terms))]
  // A run is a series of neighbours. Only runs of at least two words can be long forms.
  const stretches = runs.map((run) => {
    const [term] = run.terms
    const first = term ? terms.indexOf(term) + 1 : 0
    const isPhrase = run.terms.length > 1 || /[\s-]/.test(run.text)
    return { first, last: isPhrase ? first + run.terms.length - 1 : null }
  })
  const parts = runs.map(({ text }) => camelParts(text))
  const composed = runs.map(({ text }) => wordAndAcronym(text))
  const stems = parts.map(([first = null]) => first)
  const patterns = parts.map((some) => (some.length > 0 ? `^${some.join('\\w* ')}` : null))
  return sql`(select json_agg(json_build_object('coined', coined.papers, 'longs', longs.queries, 'shorts', shorts.queries) order by r.place)
    from (select array_agg(search_words(t.text) order by t.place) as words
      from unnest(${terms.map(({ text }) => text)}::text[]) with ordinality as t(text, place) offset 0) g
    cross join unnest(${keys}::text[], ${stretches.map(({ first }) => first)}::int[], ${stretches.map(({ last }) => last)}::int[],
      ${stems}::text[], ${patterns}::text[], ${composed.map((one) => (one ? `'${one.word}':*` : null))}::text[],
      ${composed.map((one) => one?.acronym ?? null)}::text[])
      with ordinality as r(key, first, last, stem, pattern, beginning, ending, place)
    cross join lateral (
      select nullif(phraseto_tsquery('paperql', array_to_string(g.words[r.first:r.last], ' '))::text, '') as query offset 0) w
    cross join lateral (
      select coalesce(json_agg(json_build_array(x.paper_id, x.strength, x.share, x.citation_count, x.year, x.title)), '[]') as papers from (
        select distinct on (x.paper_id) x.paper_id, x.strength, x.share, ${p.citationCount}, ${p.publishedSort},
          coalesce(extract(year from ${p.publishedOn})::int, 9999) as year, left(${p.title}, 40) as title
        from (${CLAIMS}) x join ${p} on ${p.id} = x.paper_id where ${p.citationCount} >= x.least_cites
        order by x.paper_id, x.strength desc) x) coined
    cross join lateral (
      select coalesce(json_agg(json_build_array(x.long_query, x.paper_count, x.share, ${lexemesOf(sql`x.long_query`)})), '[]') as queries from (
        select ${a.longQuery}, ${a.paperCount}, ${a.share} from ${a} where ${a.key} = r.key and ${a.share} >= ${LEAST_SHARE.ofLong}::real
        order by ${a.paperCount} desc, ${a.longQuery} limit 3) x) longs
    cross join lateral (
      select coalesce(json_agg(json_build_array(x.query, x.paper_count, ${lexemesOf(sql`x.query`)})), '[]') as queries from (
        select search_term(${a.key})::text as query, ${a.paperCount} from ${a}
        where ${a.longQuery} = w.query and ${a.share} >= ${LEAST_SHARE.ofShort}::real
        order by ${a.paperCount} desc, ${a.key} limit 2) x where x.query <> '') shorts)`
}
