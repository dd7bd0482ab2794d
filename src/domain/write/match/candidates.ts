import sql, { type Sql } from 'sql-template-tag'
import type { Transaction } from '../../../db/transaction.ts'
import type { PaperRecord } from '../../record/paper-record.ts'
import type { MatchHashes } from '../../record/same/match-hashes.ts'

/** Names one record. */
export type RecordKey = Pick<PaperRecord, 'source' | 'key'>

/** What the catalogue knows of a record that came in, or of which something is to be done. */
export interface OwnRow extends RecordKey, DecidedRow {
  is_there: boolean
  paper_id: number | null
  minted_id: number | null
  content_hash: string | null
  entry_hash: string | null
}

/** A record that may be of a paper that is made anew. */
export interface CandidateRow extends DecidedRow {
  /** Null in a record that waits. */
  paper_id: number | null
  minted_id: number | null
  record: PaperRecord
  /** Whether its paper is connected with others, see `entangled_papers`. */
  is_entangled: boolean
}

/** What an operator decided on a record; nulls where none did. */
interface DecidedRow {
  decision_id: number | null
  part: number | null
}

/** Parts that were split off come after all others; of these, the older decision comes first. */
const PART = 2 ** 40

/** Which of the papers that operators decided on a record belongs to, as `Placed.decided`. */
export function decidedOf({ decision_id: id, part }: DecidedRow): number | null {
  return id === null ? null : (part ?? 0) * PART + id
}

/** The number of the decision that made a paper, given as `Placed.decided`. */
export const decisionOf = (decided: number): number => decided % PART

/** A text by which records are told apart. */
export const recordKey = ({ source, key }: RecordKey) => `${source}\n${key}`

/** Finds what is known of the records named: those that are there, or that an operator decided on. */
export async function findOwn(tx: Transaction, named: RecordKey[]): Promise<Map<string, OwnRow>> {
  const keys = named.map(({ source, key }) => ({ source, key }))
  const rows = await tx.query<OwnRow>(sql`
    select r.source, r.key, s.source is not null as is_there, s.paper_id, s.minted_id, s.content_hash,
      replace(s.entry_hash::text, '-', '') as entry_hash, c.decision_id, c.part
    from jsonb_to_recordset(${JSON.stringify(keys)}::text::jsonb) as r(source text, key text)
    left join source_records s on s.source = r.source and s.key = r.key
    left join curated_records c on c.source = r.source and c.key = r.key
    where s.source is not null or c.source is not null`)
  return new Map(rows.map((row) => [recordKey(row), row]))
}

/** Where to look for records that may be of the papers that are made anew. */
export interface Hints {
  identifiers: PaperRecord['identifiers']
  hashes: MatchHashes[]
  paperIds: number[]
}

/** All records of the papers that `hints` lead to, and records that wait for these identifiers: one statement. */
export function loadCandidates(tx: Transaction, hints: Hints): Promise<CandidateRow[]> {
  const { identifiers, hashes, paperIds } = hints
  return tx.query<CandidateRow>(
    selectCandidates(sql`given as (
      select r.scheme::identifier_scheme as scheme, r.value
      from jsonb_to_recordset(${JSON.stringify(identifiers)}::text::jsonb) as r(scheme text, value text)
    ), hash as (
      select title, byline, initials from jsonb_to_recordset(${JSON.stringify(hashes)}::text::jsonb)
        as r(title bigint, byline bigint, initials bigint)
    ), named as (
      select v::bigint as id from jsonb_array_elements_text(${JSON.stringify(paperIds)}::text::jsonb) v
    )`),
  )
}

/**
 * `given` has the identifiers, `hash` the hashes, `named` the papers to look at. Also those that are connected with one of
 * them, as all of these are grouped together.
 */
function selectCandidates(given: Sql): Sql {
  return sql`
    with recursive ${given}, candidate as (
      (select i.paper_id as id from given r join paper_identifiers i on i.scheme = r.scheme and i.value = r.value
      union
      select i.paper_id from given r join contested_identifiers i on i.scheme = r.scheme and i.value = r.value
      union
      select m.paper_id from hash h join source_records m on m.match_hash = h.title
      union
      select m.paper_id from hash h join source_records m on m.byline_hash = h.byline
      union
      select m.paper_id from hash h join source_records m on m.initials_hash = h.initials
      union
      select id from named)
      union
      select n.id from candidate c cross join lateral (
        select o.paper_id as id from entangled_papers e join entangled_papers o on o.tangle = e.tangle
        where e.paper_id = c.id
        union all
        select i.paper_id from contested_identifiers t
        join paper_identifiers i on i.scheme = t.scheme and i.value = t.value where t.paper_id = c.id
        union all
        select t.paper_id from paper_identifiers i
        join contested_identifiers t on t.scheme = i.scheme and t.value = i.value where i.paper_id = c.id
      ) n
    ), waiting as (
      select w.source, w.key from given r
      join waiting_identifiers w on w.scheme = r.scheme and w.value = r.value
      union
      select o.source, o.key from waiting w
      join waiting_identifiers i on i.source = w.source and i.key = w.key
      join waiting_identifiers o on o.scheme = i.scheme and o.value = i.value
    ), found as (
      select s.source, s.key, s.paper_id, s.minted_id, s.record
      from source_records s join candidate c on c.id = s.paper_id
      union all
      select s.source, s.key, null, s.minted_id, s.record
      from waiting w join source_records s on s.source = w.source and s.key = w.key
    )
    select f.paper_id, f.minted_id, f.record, e.paper_id is not null as is_entangled, d.decision_id, d.part
    from found f left join entangled_papers e on e.paper_id = f.paper_id
    left join curated_records d on d.source = f.source and d.key = f.key`
}

/**
 * Adds to `rows` all that papers which operators decided on have to do with: the other records of the decisions, and
 * papers that share identifiers or titles with theirs. Also for the papers `remade`, and the records `again`. No
 * statement where no decision applies.
 */
export async function loadDecided(
  tx: Transaction,
  rows: CandidateRow[],
  start: { remade: number[]; again: RecordKey[]; decisions: number[] },
): Promise<CandidateRow[]> {
  const byKey = new Map(rows.map((row) => [recordKey(row.record), row]))
  const done = { papers: new Set<number>(), decisions: new Set<number>() }
  let { again } = start
  let next = { papers: start.remade, decisions: start.decisions }
  for (;;) {
    for (const row of byKey.values()) {
      if (row.decision_id === null) continue
      next.decisions.push(row.decision_id)
      if (row.paper_id !== null) next.papers.push(row.paper_id)
    }
    const papers = [...new Set(next.papers)].filter((id) => !done.papers.has(id))
    const decisions = [...new Set(next.decisions)].filter((id) => !done.decisions.has(id))
    if (papers.length + decisions.length + again.length === 0) return [...byKey.values()]
    for (const row of await loadAround(tx, papers, decisions, again))
      byKey.set(recordKey(row.record), row)
    for (const id of papers) done.papers.add(id)
    for (const id of decisions) done.decisions.add(id)
    again = []
    next = { papers: [], decisions: [] }
  }
}

function loadAround(
  tx: Transaction,
  papers: number[],
  decisions: number[],
  again: RecordKey[],
): Promise<CandidateRow[]> {
  const keys = again.map(({ source, key }) => ({ source, key }))
  return tx.query<CandidateRow>(sql`
    with told as (
      select source, key from curated_records where decision_id = any(${decisions}::bigint[])
      union
      select r.source, r.key
      from jsonb_to_recordset(${JSON.stringify(keys)}::text::jsonb) as r(source text, key text)
    ), mine as materialized (
      select s.* from source_records s where s.paper_id = any(${papers}::bigint[])
      union
      select s.* from told join source_records s on s.source = told.source and s.key = told.key
    ), around as (${selectCandidates(sql`given as (
      select distinct x.scheme::identifier_scheme as scheme, x.value
      from mine cross join lateral jsonb_to_recordset(mine.record->'identifiers') as x(scheme text, value text)
    ), hash as (
      select distinct nullif(match_hash, 0) as title, byline_hash as byline, initials_hash as initials from mine
    ), named as (
      select paper_id as id from mine where paper_id is not null
      union
      select c.paper_id from given join contested_identifiers c on c.scheme = given.scheme and c.value = given.value
    )`)})
    select * from around
    union all
    select m.paper_id, m.minted_id, m.record, false, d.decision_id, d.part
    from mine m left join curated_records d on d.source = m.source and d.key = m.key
    where m.paper_id is null`)
}
