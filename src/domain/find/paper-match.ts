import type { Database } from '../../db/client.ts'
import { alias, type Sql, sql } from '../../db/sql.ts'
import { authorships } from '../../db/tables/authors.ts'
import { papers as papersTable } from '../../db/tables/papers.ts'
import { badInput, quote } from '../../errors.ts'
import type { Selection } from '../../sql/selection.ts'
import { type Paper, papersByIds } from '../entity/paper.ts'
import { titleKey } from '../record/title-key.ts'
import {
  claimOf,
  type MatchCandidate,
  type MatchScore,
  type PaperClaim,
  scoreMatch,
} from './paper-match-score.ts'
import { splitReference } from './reference-string.ts'

const p = alias(papersTable, 'p')
const a = alias(authorships, 'a')

/** A paper that may match a description. */
export interface PaperMatch extends MatchScore {
  paper: Paper
}

/** A description of a paper: its fields, or a reference in one text. */
export interface MatchRequest {
  title?: string | null | undefined
  authors?: readonly string[] | null | undefined
  year?: number | null | undefined
  reference?: string | null | undefined
}

/** Maximum number of authors of a paper that are compared. */
const MOST_AUTHORS = 100

/** Minimum confidence of a returned match. */
const LEAST_CONFIDENCE = 0.1

/** Number of papers compared for each title. */
const CANDIDATES = 12
/** Maximum number of titles whose trigrams are compared to choose them. */
const MOST_COMPARED = 4000

/** The papers that a description may mean, the likeliest first: two statements. */
export async function matchPaper(
  db: Database,
  selection: Selection,
  request: MatchRequest,
  first: number,
): Promise<PaperMatch[]> {
  const [matches] = await matchClaims(db, selection, [readRequest(request)], first)
  return matches ?? []
}

/** Like `matchPaper` for many references, each in one text: two statements for all. */
export function matchReferences(
  db: Database,
  selection: Selection,
  references: readonly string[],
  first: number,
): Promise<PaperMatch[][]> {
  const claims = references.map((text, i) => readReference(text, `references[${i}]`))
  return matchClaims(db, selection, claims, first)
}

/** The possible readings of a request. */
function readRequest({ title, authors, year, reference }: MatchRequest): PaperClaim[] {
  if ((title == null) === (reference == null))
    throw badInput(
      title == null
        ? 'Neither title nor reference is given; expected one of them.'
        : 'title and reference exclude each other; expected one of them.',
    )
  for (const name of authors ?? []) assertText(name, 'authors')
  if (year != null && (year < 1 || year > 9999))
    throw badInput(`year: ${year} is not a year; expected a number from 1 to 9999.`)
  if (title != null) {
    assertText(title, 'title')
    if (titleKey(title) === '')
      throw badInput(
        `title: ${quote(title)} has no letter or digit; expected the title of a paper.`,
      )
    return [claimOf(title, authors ?? [], year ?? null)]
  }
  return readReference(reference ?? '', 'reference').map((claim) => ({
    ...claim,
    authors: authors ?? claim.authors,
    years: year == null ? claim.years : [year],
  }))
}

function readReference(text: string, argument: string): PaperClaim[] {
  assertText(text, argument)
  const { titles, years } = splitReference(text)
  return titles
    .map(({ text: title, authors, hasOthers }) => ({
      titleKey: titleKey(title),
      authors,
      hasOthers,
      years,
    }))
    .filter((claim) => claim.titleKey !== '')
}

function assertText(text: string, argument: string): void {
  if (text.includes('\0')) throw badInput(`${argument}: ${quote(text)} contains a NUL character.`)
}

async function matchClaims(
  db: Database,
  selection: Selection,
  claims: PaperClaim[][],
  first: number,
): Promise<PaperMatch[][]> {
  const keys = [...new Set(claims.flat().map(({ titleKey }) => titleKey))]
  const candidates = await findCandidates(db, keys)
  const best = claims.map((alternatives) => rank(alternatives, candidates).slice(0, first))
  const ids = [...new Set(best.flat().map(({ id }) => id))]
  const papers = ids.length > 0 ? await papersByIds(db, selection, ids) : new Map<number, Paper>()
  return best.map((scores) =>
    scores.flatMap(({ id, ...score }) => {
      const paper = papers.get(id)
      return paper ? [{ paper, ...score }] : []
    }),
  )
}

/** Scores each candidate by the claim that fits it best. */
function rank(alternatives: PaperClaim[], candidates: Map<string, MatchCandidate[]>) {
  const best = new Map<number, MatchScore & { id: number }>()
  for (const claim of alternatives) {
    for (const candidate of candidates.get(claim.titleKey) ?? []) {
      const score = scoreMatch(claim, candidate)
      const known = best.get(candidate.id)
      if (score.confidence >= LEAST_CONFIDENCE && score.confidence > (known?.confidence ?? 0))
        best.set(candidate.id, { id: candidate.id, ...score })
    }
  }
  return [...best.values()].sort((a, b) => b.confidence - a.confidence || a.id - b.id)
}

interface CandidateRow {
  title: string
  candidates: [id: number, titleKey: string, years: number[], authors: string[]][] | null
}

/** The candidates for each title key: one statement. */
async function findCandidates(
  db: Database,
  keys: string[],
): Promise<Map<string, MatchCandidate[]>> {
  if (keys.length === 0) return new Map()
  const rows = await db.query<CandidateRow>(sql`
    select g.title, (select json_agg(json_build_array(c.id, c.title_key, c.years, c.authors)) from (
        select ${p.id}, ${p.titleKey}, array_remove(array[extract(year from ${p.publishedOn})::int, ${p.eventYear}::int], null) as years,
          array(select ${a.name} from ${a} where ${a.paperId} = ${p.id} order by ${a.position} limit ${MOST_AUTHORS}::int) as authors
        from ${p} where ${p.id} = any(array(
          select id from (${alikePapers(sql`g.title`, sql`g.words`)}) f group by id order by max(likeness) desc, id limit ${CANDIDATES}::int))) c
      ) as candidates
    from unnest(${keys}::text[]) as t(title)
    cross join lateral (select t.title, rare_title_words(t.title) as words offset 0) g`)
  return new Map(
    rows.map(({ title, candidates }) => [
      title,
      (candidates ?? []).map(([id, key, years, authors]) => ({
        id,
        titleKey: key,
        years,
        authors,
      })),
    ]),
  )
}

/**
 * Papers with this title, with a title that begins with it or that it begins with, and with a rare combination of its words, of which trigrams
 * find the most similar.
 */
function alikePapers(title: Sql, words: Sql): Sql {
  return sql`
    (select ${p.id}, 1::real as likeness from ${p} where ${p.titleKey} = ${title} limit 10) union all
    (select ${p.id}, 0.9 from ${p} where length(${title}) >= 15
      and ${p.titleKey} > ${title} and ${p.titleKey} < ${title} || chr(1114111) order by ${p.titleKey} limit 10) union all
    (select ${p.id}, 0.9 from ${p} where ${p.titleKey} = any(array(
        select array_to_string((key_words(${title}))[1:n], ' ') from generate_series(2, cardinality(key_words(${title})) - 1) n))
      order by length(${p.titleKey}) desc limit 10) union all
    (select s.id, similarity(s.title_key, ${title}) as likeness from (select ${p.id}, ${p.titleKey} from ${p}
      where key_vector(${p.titleKey}) @@ ${words} limit ${MOST_COMPARED}::int) s order by likeness desc limit 20)`
}
