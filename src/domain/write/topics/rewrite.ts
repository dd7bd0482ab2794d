import { groupBy, isEqual } from 'es-toolkit'
import { alias, sql } from '../../../db/sql.ts'
import { sourceRecords } from '../../../db/tables/sources.ts'
import type { Transaction } from '../../../db/transaction.ts'
import { noteFields } from '../../changes/note.ts'
import { withFoundTopics } from '../../record/keywords/found-topics.ts'
import { mergeRecords } from '../../record/merge/merge.ts'
import type { PaperRecord } from '../../record/paper-record.ts'
import { readCurated } from '../relations/curated.ts'
import { recount } from '../relations/recount.ts'
import { writeTopics } from '../relations/relations.ts'
import { type PaperSubjects, subjectsOf, topicsOfPapers } from './paper-topics.ts'
import { writeClaims, writeKeywords } from './rows.ts'

const s = alias(sourceRecords, 's')

const BATCH_SIZE = 500

/** Recomputes the topics of papers from their records, after some of their keywords or claims got another topic. */
export async function rewriteTopics(tx: Transaction, paperIds: readonly number[]): Promise<void> {
  for (let at = 0; at < paperIds.length; at += BATCH_SIZE) {
    const ids = paperIds.slice(at, at + BATCH_SIZE)
    await writeTopicsFrom(tx, await readRecords(tx, ids), ids)
  }
}

/** Like `rewriteTopics` after a change of the rules: also finds topics in texts and groups keywords again. */
export async function rereadTopics(tx: Transaction, paperIds: number[]): Promise<void> {
  const rows = (await readRecords(tx, paperIds)).map((row) => ({
    ...row,
    found: withFoundTopics(row.record),
  }))
  await keepFound(tx, rows)
  const read = rows.map(({ paper_id, found }) => ({ paper_id, record: found }))
  const subjects = await writeTopicsFrom(tx, read, paperIds)
  await writeKeywords(tx, subjects, paperIds)
}

type RecordRow = { paper_id: number; record: PaperRecord }

const readRecords = (tx: Transaction, ids: readonly number[]) =>
  tx.query<RecordRow>(sql`
    select ${s.paperId}, ${s.record} from ${s} where ${s.paperId} = any(${ids}::bigint[])`)

/** Stores what this version finds in the records. Their hashes stay, as they cover what the source said, not what was found in it. */
async function keepFound(
  tx: Transaction,
  rows: readonly (RecordRow & { found: PaperRecord })[],
): Promise<void> {
  const changed = rows.flatMap(({ record: { source, key, topics }, found }) =>
    isEqual(topics, found.topics) ? [] : { source, key, topics: found.topics },
  )
  if (changed.length === 0) return
  await tx.query(sql`
    update ${s} set ${sourceRecords.record} = jsonb_set(${s.record}, '{topics}', r.topics)
    from jsonb_to_recordset(${JSON.stringify(changed)}::text::jsonb) as r(source text, key text, topics jsonb)
    where ${s.source} = r.source and ${s.key} = r.key`)
}

async function writeTopicsFrom(
  tx: Transaction,
  rows: readonly RecordRow[],
  ids: number[],
): Promise<PaperSubjects[]> {
  const byPaper = groupBy(rows, (row) => row.paper_id)
  const targets = Object.values(byPaper).map((own) => ({
    paperId: own[0]?.paper_id ?? 0,
    merged: mergeRecords(own.map(({ record }) => record)),
  }))
  const curated = await readCurated(tx)
  const subjects = subjectsOf(targets, curated)
  const topics = await topicsOfPapers(tx, subjects, curated)
  await writeClaims(tx, subjects, ids)
  const { papers: changed, gains } = await writeTopics(tx, topics, ids)
  await recount(tx, { venues: new Map(), topics: gains, repositories: new Map() })
  noteFields(tx, changed, 'topics')
  return subjects
}
