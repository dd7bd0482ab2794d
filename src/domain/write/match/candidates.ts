import { alias, columns, type Sql, type Stored, seldom, sql } from '../../../db/sql.ts'
import {
  contestedIdentifiers,
  curatedRecords,
  entangledPapers,
} from '../../../db/tables/curation.ts'
import { paperIdentifiers } from '../../../db/tables/papers.ts'
import { sourceRecords, waitingIdentifiers } from '../../../db/tables/sources.ts'
import type { Transaction } from '../../../db/transaction.ts'
import type { PaperRecord } from '../../record/paper-record.ts'
import type { MatchHashes } from '../../record/same/match-hashes.ts'

const s = alias(sourceRecords, 's')
const iPaperIdentifiers = alias(paperIdentifiers, 'i')
const iWaitingIdentifiers = alias(waitingIdentifiers, 'i')
const iContestedIdentifiers = alias(contestedIdentifiers, 'i')
const m = alias(sourceRecords, 'm')
const oWaitingIdentifiers = alias(waitingIdentifiers, 'o')
const oEntangledPapers = alias(entangledPapers, 'o')
const e = alias(entangledPapers, 'e')
const t = alias(contestedIdentifiers, 't')
const w = alias(waitingIdentifiers, 'w')
const d = alias(curatedRecords, 'd')

/** The key of a record. */
export type RecordKey = Pick<PaperRecord, 'source' | 'key'>

/** The stored state of an incoming or removed record, and the decision on it. */
export type OwnRow = RecordKey &
  DecidedRow &
  Stored<typeof sourceRecords, 'paper_id' | 'minted_id'> & {
    is_there: boolean
    content_hash: string | null
    entry_hash: string | null
    /** Its match hashes, as texts. */
    hashes: string[] | null
  }

/** A record that may belong to a paper being rebuilt. */
export interface CandidateRow extends DecidedRow {
  /** Null if the record waits for a paper. */
  paper_id: number | null
  minted_id: number | null
  record: PaperRecord
  /** Whether its paper is connected with others; see `entangled_papers`. */
  is_entangled: boolean
}

/** An operator's decision on a record; null without one. */
interface DecidedRow {
  decision_id: number | null
  part: number | null
}

/** Offset that orders parts that were split off after all others, older decisions first. */
const PART = 2 ** 40

/** The number (`Placed.decided`) of the decided paper that a record belongs to; null without a decision. */
export function decidedOf({ decision_id: id, part }: DecidedRow): number | null {
  return id === null ? null : (part ?? 0) * PART + id
}

/** The id of the decision in a `Placed.decided` number. */
export const decisionOf = (decided: number): number => decided % PART

/** A unique text for a record. */
export const recordKey = ({ source, key }: RecordKey) => `${source}\n${key}`

/** Reads the stored state of these records: those that exist or that an operator decided on. */
export async function findOwn(tx: Transaction, named: RecordKey[]): Promise<Map<string, OwnRow>> {
  const c = alias(curatedRecords, 'c')
  const keys = named.map(({ source, key }) => ({ source, key }))
  const rows = await tx.query<OwnRow>(sql`
    select r.source, r.key, ${s.source} is not null as is_there, ${columns(s, 'paperId', 'mintedId', 'contentHash')},
      replace(${s.entryHash}::text, '-', '') as entry_hash, ${c.decisionId}, ${c.part},
      array_remove(array[nullif(${s.matchHash}, 0), ${s.bylineHash}, ${s.initialsHash}], null)::text[] as hashes
    from jsonb_to_recordset(${JSON.stringify(keys)}::text::jsonb) as r(source text, key text)
    left join ${s} on ${s.source} = r.source and ${s.key} = r.key
    left join ${c} on ${c.source} = r.source and ${c.key} = r.key
    where ${s.source} is not null or ${c.source} is not null`)
  return new Map(rows.map((row) => [recordKey(row), row]))
}

/** Search keys for the records that may belong to the papers being rebuilt. */
export interface Hints {
  identifiers: PaperRecord['identifiers']
  hashes: MatchHashes[]
  paperIds: number[]
}

/** Loads all records of the papers found by `hints`, and records that wait for these identifiers: one statement. */
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

/** Papers that share an identifier or a hash with the hints, and papers connected with them. */
const CANDIDATE = sql`candidate as (
    (select ${iPaperIdentifiers.paperId} as id from given r join ${iPaperIdentifiers} on ${iPaperIdentifiers.scheme} = r.scheme and ${iPaperIdentifiers.value} = r.value
    union
    select ${iContestedIdentifiers.paperId} from given r join ${iContestedIdentifiers} on ${iContestedIdentifiers.scheme} = r.scheme and ${iContestedIdentifiers.value} = r.value
    union
    select ${m.paperId} from hash h join ${m} on ${m.matchHash} = h.title
    union
    select ${m.paperId} from hash h join ${m} on ${m.bylineHash} = h.byline
    union
    select ${m.paperId} from hash h join ${m} on ${m.initialsHash} = h.initials
    union
    select id from named)
    union
    select n.id from candidate c cross join lateral (
      select ${oEntangledPapers.paperId} as id from ${e} join ${oEntangledPapers} on ${oEntangledPapers.tangle} = ${e.tangle}
      where ${e.paperId} = c.id
      union all
      select ${iPaperIdentifiers.paperId} from ${t}
      join ${iPaperIdentifiers} on ${iPaperIdentifiers.scheme} = ${t.scheme} and ${iPaperIdentifiers.value} = ${t.value} where ${t.paperId} = c.id
      union all
      select ${t.paperId} from ${iPaperIdentifiers}
      join ${t} on ${t.scheme} = ${iPaperIdentifiers.scheme} and ${t.value} = ${iPaperIdentifiers.value} where ${iPaperIdentifiers.paperId} = c.id
    ) n where ${seldom('c.id')}
  )`

/** Records without a paper that share an identifier with the hints or with another such record. */
const WAITING = sql`waiting as (
    select ${w.source}, ${w.key} from given r
    join ${w} on ${w.scheme} = r.scheme and ${w.value} = r.value
    union
    select ${oWaitingIdentifiers.source}, ${oWaitingIdentifiers.key} from waiting w
    join ${iWaitingIdentifiers} on ${iWaitingIdentifiers.source} = ${w.source} and ${iWaitingIdentifiers.key} = ${w.key}
    join ${oWaitingIdentifiers} on ${oWaitingIdentifiers.scheme} = ${iWaitingIdentifiers.scheme} and ${oWaitingIdentifiers.value} = ${iWaitingIdentifiers.value}
  )`

/**
 * Selects candidates by the tables `given` (identifiers), `hash` (hashes) and `named` (papers). Connected papers are included, because they
 * are grouped together.
 */
function selectCandidates(given: Sql): Sql {
  return sql`
    with recursive ${given}, ${CANDIDATE}, ${WAITING}, found as (
      select ${columns(s, 'source', 'key', 'paperId', 'mintedId', 'record')}
      from ${s} join candidate c on c.id = ${s.paperId}
      union all
      select ${s.source}, ${s.key}, null, ${s.mintedId}, ${s.record}
      from waiting w join ${s} on ${s.source} = ${w.source} and ${s.key} = ${w.key}
    )
    select f.paper_id, f.minted_id, f.record, ${e.paperId} is not null as is_entangled, ${d.decisionId}, ${d.part}
    from found f left join ${e} on ${e.paperId} = f.paper_id
    left join ${d} on ${d.source} = f.source and ${d.key} = f.key`
}

/**
 * Adds to `rows` everything connected with papers that operators decided on: the other records of the decisions, and papers that share
 * identifiers or titles with theirs. Also for the papers `remade` and the records `again`. No statement if no decision applies.
 */
export async function loadDecided(
  tx: Transaction,
  rows: CandidateRow[],
  start: { remade: readonly number[]; again: RecordKey[]; decisions: readonly number[] },
): Promise<CandidateRow[]> {
  const byKey = new Map(rows.map((row) => [recordKey(row.record), row]))
  const done = { papers: new Set<number>(), decisions: new Set<number>() }
  let { again } = start
  let next = { papers: [...start.remade], decisions: [...start.decisions] }
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
  const c = alias(contestedIdentifiers, 'c')
  const keys = again.map(({ source, key }) => ({ source, key }))
  return tx.query<CandidateRow>(sql`
    with told as (
      select ${curatedRecords.source}, ${curatedRecords.key} from ${curatedRecords} where ${curatedRecords.decisionId} = any(${decisions}::bigint[])
      union
      select r.source, r.key
      from jsonb_to_recordset(${JSON.stringify(keys)}::text::jsonb) as r(source text, key text)
    ), mine as materialized (
      select s.* from ${s} where ${s.paperId} = any(${papers}::bigint[])
      union
      select s.* from told join ${s} on ${s.source} = told.source and ${s.key} = told.key
    ), around as (${selectCandidates(sql`given as (
      select distinct x.scheme::identifier_scheme as scheme, x.value
      from mine cross join lateral jsonb_to_recordset(mine.record->'identifiers') as x(scheme text, value text)
    ), hash as (
      select distinct nullif(match_hash, 0) as title, byline_hash as byline, initials_hash as initials from mine
    ), named as (
      select paper_id as id from mine where paper_id is not null
      union
      select ${c.paperId} from given join ${c} on ${c.scheme} = given.scheme and ${c.value} = given.value
    )`)})
    select * from around
    union all
    select m.paper_id, m.minted_id, m.record, false, ${d.decisionId}, ${d.part}
    from mine m left join ${d} on ${d.source} = m.source and ${d.key} = m.key
    where m.paper_id is null`)
}
