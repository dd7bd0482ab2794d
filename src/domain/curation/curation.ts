import { eq } from 'drizzle-orm'
import { now } from '../../db/expressions.ts'
import { LOCKS, takeLock } from '../../db/locks/locks.ts'
import { orm } from '../../db/orm.ts'
import { alias, columns, overwrites, recordset, type Stored, sql } from '../../db/sql.ts'
import { curatedRecords, curationDecisions } from '../../db/tables/curation.ts'
import { sourceRecords } from '../../db/tables/sources.ts'
import type { Transaction } from '../../db/transaction.ts'
import { badInput, quote } from '../../errors.ts'
import type { PaperRecord } from '../record/paper-record.ts'
import { remakePapers } from '../write/catalogue.ts'
import { type RecordKey, recordKey } from '../write/match/candidates.ts'
import { refreshAllTopics } from '../write/topics/refresh.ts'
import { type DecidedAuthorship, followAuthorDecisions, isOnAuthors } from './authors.ts'
import { papersNow } from './current-ids.ts'
import type { Decider } from './decider.ts'
import { followTopicDecisions, outcomeOf, type TopicDecision } from './topics.ts'

const d = alias(curationDecisions, 'd')
const s = alias(sourceRecords, 's')
const c = alias(curatedRecords, 'c')
const r = alias(curatedRecords, 'r')

/** The result of a decision. */
export interface Decided {
  id: number
  /** The current papers of its records; empty for a decision on authors. */
  paperIds: number[]
  /** For a decision on authors: the current authors of its authorships. */
  authorIds?: number[]
  /** For a decision on topics: the current topics. */
  topics?: { slug: string; name: string }[]
  /** Older decisions on the same records, which no longer have an effect. */
  overridden: number[]
}

/** A record with its part in a decision: 1 if it was split off, else 0. */
export type DecidedRecord = RecordKey & { part: number }

type PaperRow = RecordKey &
  Stored<typeof sourceRecords, 'paper_id'> & {
    decision_id: Stored<typeof curatedRecords, 'decision_id'>['decision_id'] | null
    record: PaperRecord | null
  }

/**
 * Merges papers permanently: their records stay one paper, whatever later imports bring. The lowest id stays; the others redirect to it.
 * Throws BAD_USER_INPUT for fewer than two.
 */
export async function mergePapers(
  tx: Transaction,
  paperIds: number[],
  decider: Decider,
): Promise<Decided> {
  await takeLock(tx, LOCKS.write)
  const ids = await papersNow(tx, paperIds)
  if (ids.length < 2) throw badInput('One paper alone cannot be merged; expected two or more.')
  const records = await recordsOf(tx, ids)
  const parts = records.map(({ source, key }) => ({ source, key, part: 0 }))
  return decide(tx, 'merge', records, parts, decider)
}

/**
 * Splits records into a new paper permanently: the two stay apart, whatever their records share. The id stays with the other records. Throws
 * BAD_USER_INPUT for a record that is not of the paper, and if either paper would have no record with a title.
 */
export async function splitPaper(
  tx: Transaction,
  paperId: number,
  off: RecordKey[],
  decider: Decider,
): Promise<Decided> {
  await takeLock(tx, LOCKS.write)
  const [id = 0] = await papersNow(tx, [paperId])
  const records = await recordsOf(tx, [id])
  const own = records.filter((row) => row.paper_id === id)
  const known = new Set(own.map(recordKey))
  const names = own.map(({ source, key }) => `${source}:${key}`).join(', ')
  for (const { source, key } of off)
    if (!known.has(recordKey({ source, key })))
      throw badInput(
        `${quote(`${source}:${key}`)} is not a record of this paper; expected one of ${names}.`,
      )
  const leaving = new Set(off.map(recordKey))
  const isOff = (row: PaperRow) => leaving.has(recordKey(row))
  if (own.every(isOff))
    throw badInput(
      `These are all records of the paper; expected some of ${names}, so that one is left.`,
    )
  for (const side of [own.filter(isOff), own.filter((row) => !isOff(row))])
    if (side.every(({ record }) => record?.title === ''))
      throw badInput(
        `${side.map(({ source, key }) => `${source}:${key}`).join(', ')} would be a paper without a title; expected a record that has one on either side.`,
      )
  const parts = records.map((row) => ({
    source: row.source,
    key: row.key,
    part: isOff(row) ? 1 : 0,
  }))
  return decide(tx, 'split', records, parts, decider)
}

/**
 * Undoes a decision: its records follow the newest older decision on them, or else the rules. Throws BAD_USER_INPUT if there is no such decision,
 * or it is undone already.
 */
export async function undoDecision(
  tx: Transaction,
  id: number,
  { by, reason }: Decider,
): Promise<Decided> {
  await takeLock(tx, LOCKS.write)
  const { kind, records, topic } = await getStanding(tx, id)
  await orm(tx)
    .update(curationDecisions)
    .set({ undoneAt: now, undoneBy: by, undoneReason: reason })
    .where(eq(curationDecisions.id, id))
  if (isOnAuthors(kind)) {
    const authorIds = await followAuthorDecisions(tx, records as DecidedAuthorship[])
    return { id, paperIds: [], authorIds, overridden: [] }
  }
  if (topic !== null) {
    const topics = await undoOnTopics(tx, topic as TopicDecision)
    return { id, paperIds: [], topics, overridden: [] }
  }
  const paperIds = await undoOnPapers(tx, id, records as DecidedRecord[])
  return { id, paperIds, overridden: [] }
}

/** A decision in force. Throws BAD_USER_INPUT if there is none with this number. */
async function getStanding(tx: Transaction, id: number) {
  const [row] = await orm(tx)
    .select({
      kind: curationDecisions.kind,
      records: curationDecisions.records,
      topic: curationDecisions.topic,
      undoneAt: curationDecisions.undoneAt,
    })
    .from(curationDecisions)
    .where(eq(curationDecisions.id, id))
  if (!row) throw badInput(`There is no decision ${id}; "paperql decisions" lists them.`)
  if (row.undoneAt !== null)
    throw badInput(`Decision ${id} was undone on ${row.undoneAt.slice(0, 10)} already.`)
  return row
}

/** Undoes a decision on topics. Resolves to the current topics. */
async function undoOnTopics(tx: Transaction, decision: TopicDecision) {
  await followTopicDecisions(tx, [decision])
  const { topics, under } = decision
  return outcomeOf(tx, { topics, ...(under !== undefined && { under }) })
}

/** Undoes a decision on papers. Resolves to the current papers of the records. */
async function undoOnPapers(
  tx: Transaction,
  id: number,
  records: DecidedRecord[],
): Promise<number[]> {
  await orm(tx).delete(curatedRecords).where(eq(curatedRecords.decisionId, id))
  await tx.query(sql`
    insert into ${curatedRecords} (${columns(curatedRecords, 'source', 'key', 'decisionId', 'part')})
    select distinct on (r.source, r.key) r.source, r.key, ${d.id}, r.part
    from ${d}
    cross join lateral jsonb_to_recordset(${d.records}) as r(source text, key text, part smallint)
    join ${recordset(curatedRecords, 'k', ['source', 'key'], records)} on k.source = r.source and k.key = r.key
    where ${d.undoneAt} is null and ${d.kind} in ('merge', 'split')
    order by r.source, r.key, ${d.decidedAt} desc, ${d.id} desc
    on conflict (${curatedRecords.source}, ${curatedRecords.key}) do nothing`)
  await remakePapers(tx, await papersOf(tx, records), { again: records })
  await refreshAllTopics(tx)
  return papersOf(tx, records)
}

/** The records of these papers and those that decisions join with them, which may be deleted and come back. */
async function recordsOf(tx: Transaction, paperIds: number[]): Promise<PaperRow[]> {
  return tx.query<PaperRow>(sql`
    with own as (
      select ${s.source}, ${s.key}, ${c.decisionId}, ${c.part} from ${s}
      left join ${c} on ${c.source} = ${s.source} and ${c.key} = ${s.key}
      where ${s.paperId} = any(${paperIds}::bigint[])
    ), named as (
      select source, key from own union
      select ${c.source}, ${c.key} from (select distinct decision_id, part from own) d
      join ${c} on ${c.decisionId} = d.decision_id and ${c.part} = d.part
    )
    select n.source, n.key, ${s.paperId}, ${c.decisionId}, ${s.record} from named n
    left join ${s} on ${s.source} = n.source and ${s.key} = n.key
    left join ${c} on ${c.source} = n.source and ${c.key} = n.key
    order by n.source, n.key`)
}

async function decide(
  tx: Transaction,
  kind: 'merge' | 'split',
  rows: PaperRow[],
  parts: DecidedRecord[],
  { by, reason }: Decider,
): Promise<Decided> {
  const [made] = await orm(tx)
    .insert(curationDecisions)
    .values({ kind, records: parts, reason, decidedBy: by })
    .returning({ id: curationDecisions.id })
  const id = made?.id ?? 0
  await tx.query(sql`
    insert into ${curatedRecords} (${columns(curatedRecords, 'source', 'key', 'decisionId', 'part')})
    select ${columns(r, 'source', 'key')}, ${id}::bigint, ${r.part}
    from ${recordset(curatedRecords, 'r', ['source', 'key', 'part'], parts)}
    on conflict (${curatedRecords.source}, ${curatedRecords.key}) do update set ${overwrites(curatedRecords, 'decisionId', 'part')}`)
  const paperIds = rows.flatMap((row) => row.paper_id ?? [])
  const splitOff = parts.filter(({ part }) => part === 1)
  await remakePapers(tx, [...new Set(paperIds)], { again: parts, splitOff })
  await refreshAllTopics(tx)
  return {
    id,
    paperIds: await papersOf(tx, parts),
    overridden: [...new Set(rows.flatMap((row) => row.decision_id ?? []))].sort((a, b) => a - b),
  }
}

/** The current papers of these records, those of part 0 first. */
async function papersOf(tx: Transaction, records: DecidedRecord[]): Promise<number[]> {
  const rows = await tx.query<Stored<typeof sourceRecords, 'paper_id'>>(sql`
    select ${s.paperId} from ${recordset(curatedRecords, 'r', ['source', 'key', 'part'], records)}
    join ${s} on ${s.source} = ${r.source} and ${s.key} = ${r.key}
    where ${s.paperId} is not null group by ${s.paperId} order by min(${r.part}), ${s.paperId}`)
  return rows.flatMap((row) => row.paper_id ?? [])
}
