import { alias, columns, sql } from '../../db/sql.ts'
import { contestedIdentifiers } from '../../db/tables/curation.ts'
import { importJobs } from '../../db/tables/imports.ts'
import { sourceRecords } from '../../db/tables/sources.ts'
import type { Transaction } from '../../db/transaction.ts'

const c = alias(contestedIdentifiers, 'c')
const j = alias(importJobs, 'j')
const s = alias(sourceRecords, 's')
const o = alias(sourceRecords, 'o')

/** Two records of one paper whose titles differ. */
interface FarMerge {
  paperId: number
  titles: [string, string]
  /** The two records, as `source:key`. */
  records: [string, string]
}

/** Results that an operator should check after an import. */
export interface ImportDoubts {
  /** Identifiers of papers with records written by the import that other papers also claim. */
  contestedCount: number
  /** Records written by the import and merged with others, those with the most different titles first. */
  farMerges: FarMerge[]
}

export const NO_DOUBTS: Readonly<ImportDoubts> = { contestedCount: 0, farMerges: [] }

/** Maximum number of merges reported. */
const MOST_REPORTED = 10
/** Maximum number of pairs of records compared. */
const MOST_PAIRS = 50_000

/** Finds doubtful results of records written during an import, including those of other imports at that time. */
export async function findDoubts(
  db: Pick<Transaction, 'query'>,
  jobId: number,
): Promise<ImportDoubts> {
  const [row] = await db.query<{ count: number }>(sql`
    select count(distinct (${c.scheme}, ${c.value}))::int as count from ${c}
    join ${j} on ${j.id} = ${jobId}::bigint
    where exists (select from ${s} where ${s.paperId} = ${c.paperId}
      and ${s.fetchedAt} between ${j.startedAt} and coalesce(${j.finishedAt}, now()))`)
  const pairs = await db.query<{ id: number; one: [string, string]; other: [string, string] }>(sql`
    select p.id, json_build_array(p.source || ':' || p.key, p.title) as one,
      json_build_array(p.other_source || ':' || p.other_key, p.other_title) as other
    from (
      select ${s.paperId} as id, ${columns(s, 'source', 'key', 'record')}->>'title' as title,
        ${o.source} as other_source, ${o.key} as other_key, ${o.record}->>'title' as other_title
      from ${j}
      join ${s} on ${s.fetchedAt} between ${j.startedAt} and coalesce(${j.finishedAt}, now())
      join ${o} on ${o.paperId} = ${s.paperId} and ${o.matchHash} <> ${s.matchHash}
      where ${j.id} = ${jobId}::bigint and ${s.matchHash} <> 0 and ${o.matchHash} <> 0
        and (${o.fetchedAt} < ${j.startedAt} or (${o.source}, ${o.key}) > (${s.source}, ${s.key}))
      limit ${MOST_PAIRS}::int
    ) p
    order by similarity(lower(p.title), lower(p.other_title)), p.source, p.key, p.other_source, p.other_key
    limit ${MOST_REPORTED}::int`)
  return {
    contestedCount: row?.count ?? 0,
    farMerges: pairs.map(({ id, one, other }) => ({
      paperId: id,
      titles: [one[1], other[1]],
      records: [one[0], other[0]],
    })),
  }
}
