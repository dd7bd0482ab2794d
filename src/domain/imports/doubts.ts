import sql from 'sql-template-tag'
import type { Transaction } from '../../db/transaction.ts'

/** Two records of one paper whose titles differ. */
interface FarMerge {
  paperId: number
  titles: [string, string]
  /** Each as `source:key`. */
  records: [string, string]
}

/** What an operator should look at after an import. */
export interface ImportDoubts {
  /** Identifiers that different papers claim, among those of papers with records that it wrote. */
  contestedCount: number
  /** Records that it wrote and that were merged with others, those whose titles differ most first. */
  farMerges: FarMerge[]
}

export const NO_DOUBTS: Readonly<ImportDoubts> = { contestedCount: 0, farMerges: [] }

/** Most merges that are told. */
const MOST_TOLD = 10
/** Most pairs of records that are compared. */
const MOST_PAIRS = 50_000

/** Finds what records that an import wrote brought about; other imports of that time count as well. */
export async function findDoubts(
  db: Pick<Transaction, 'query'>,
  jobId: number,
): Promise<ImportDoubts> {
  const [row] = await db.query<{ count: number }>(sql`
    select count(distinct (c.scheme, c.value))::int as count from contested_identifiers c
    join import_jobs j on j.id = ${jobId}::bigint
    where exists (select from source_records s where s.paper_id = c.paper_id
      and s.fetched_at between j.started_at and coalesce(j.finished_at, now()))`)
  const pairs = await db.query<{ id: number; one: [string, string]; other: [string, string] }>(sql`
    select p.id, json_build_array(p.source || ':' || p.key, p.title) as one,
      json_build_array(p.other_source || ':' || p.other_key, p.other_title) as other
    from (
      select s.paper_id as id, s.source, s.key, s.record->>'title' as title,
        o.source as other_source, o.key as other_key, o.record->>'title' as other_title
      from import_jobs j
      join source_records s on s.fetched_at between j.started_at and coalesce(j.finished_at, now())
      join source_records o on o.paper_id = s.paper_id and o.match_hash <> s.match_hash
      where j.id = ${jobId}::bigint and s.match_hash <> 0 and o.match_hash <> 0
        and (o.fetched_at < j.started_at or (o.source, o.key) > (s.source, s.key))
      limit ${MOST_PAIRS}::int
    ) p
    order by similarity(lower(p.title), lower(p.other_title)), p.source, p.key, p.other_source, p.other_key
    limit ${MOST_TOLD}::int`)
  return {
    contestedCount: row?.count ?? 0,
    farMerges: pairs.map(({ id, one, other }) => ({
      paperId: id,
      titles: [one[1], other[1]],
      records: [one[0], other[0]],
    })),
  }
}
