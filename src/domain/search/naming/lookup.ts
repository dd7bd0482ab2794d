import { alias, type Sql, sql } from '../../../db/sql.ts'
import { acronyms, coinedNames } from '../../../db/tables/naming.ts'
import { papers } from '../../../db/tables/papers.ts'
import { searchLexemes } from '../../../db/tables/search.ts'
import type { SearchTerm } from '../fields/field.ts'
import { compactKey, singular } from './definitions.ts'

const a = alias(acronyms, 'a')
const c = alias(coinedNames, 'c')
const p = alias(papers, 'p')
const l = alias(searchLexemes, 'l')

/** Words of a query that stand next to each other, and may be a name or what an acronym stands for. */
export interface Run {
  terms: readonly SearchTerm[]
  text: string
}

/** Longest run, and terms of a query of which runs are made: a longer one is a text. */
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

/** What names in the catalogue say of a run. */
export interface RunFacts {
  /** Papers that may have coined it. */
  coined: [paperId: number, strength: number, share: number, citations: number, year: number][]
  /** What it stands for as an acronym: a phrase, the papers that explain it so, and their share. */
  longs: [query: string, papers: number, share: number, lexemes: LexemeCount[]][]
  /** Acronyms that stand for it. */
  shorts: [query: string, papers: number, lexemes: LexemeCount[]][]
}

/** A long form that a smaller share of the papers mean is left to those who write it. */
const LEAST_SHARE = { ofLong: 0.1, ofShort: 0.3 }

const lexemesOf = (query: Sql) => sql`(
  select json_agg(json_build_array(x.lexeme, coalesce(${l.paperCount}, 0), coalesce(${l.titleCount}, 0)))
  from (select m[1] as lexeme from regexp_matches(${query}, '''([^'']+)''', 'g') m) x left join ${l} using (lexeme))`

/** The facts of runs, as an expression in JSON: a few looks into indexes for each. */
export function namesOfRuns(runs: readonly Run[]): Sql {
  if (runs.length === 0) return sql`null`
  const keys = runs.map(({ text }) => compactKey(singular(text)))
  const phrases = runs.map(({ text, terms }) =>
    terms.length > 1 || /[\s-]/.test(text) ? text : null,
  )
  return sql`(select json_agg(json_build_object('coined', coined.papers, 'longs', longs.queries, 'shorts', shorts.queries) order by r.place)
    from unnest(${keys}::text[], ${phrases}::text[]) with ordinality as r(key, phrase, place)
    cross join lateral (
      select coalesce(json_agg(json_build_array(x.paper_id, x.strength, x.share, x.citation_count, x.year)), '[]') as papers from (
        select ${c.paperId}, ${c.strength}, ${c.share}, ${p.citationCount}, coalesce(extract(year from ${p.publishedOn})::int, 9999) as year
        from ${c} join ${p} on ${p.id} = ${c.paperId} where ${c.key} = r.key
        order by ${c.strength} desc, ${c.share} desc, ${p.publishedSort}, ${p.id} limit 20) x) coined
    cross join lateral (
      select coalesce(json_agg(json_build_array(x.long_query, x.paper_count, x.share, ${lexemesOf(sql`x.long_query`)})), '[]') as queries from (
        select ${a.longQuery}, ${a.paperCount}, ${a.share} from ${a} where ${a.key} = r.key and ${a.share} >= ${LEAST_SHARE.ofLong}::real
        order by ${a.paperCount} desc, ${a.longQuery} limit 3) x) longs
    cross join lateral (
      select coalesce(json_agg(json_build_array(x.query, x.paper_count, ${lexemesOf(sql`x.query`)})), '[]') as queries from (
        select search_term(${a.key})::text as query, ${a.paperCount} from ${a}
        where ${a.longQuery} = phraseto_tsquery('paperql', search_words(r.phrase))::text and ${a.share} >= ${LEAST_SHARE.ofShort}::real
        order by ${a.paperCount} desc, ${a.key} limit 2) x where x.query <> '') shorts)`
}
