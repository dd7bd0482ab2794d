import { groupBy } from 'es-toolkit'
import { alias, sql } from '../../../db/sql.ts'
import { papers } from '../../../db/tables/papers.ts'
import { sourceRecords } from '../../../db/tables/sources.ts'
import type { Transaction } from '../../../db/transaction.ts'
import { noteFields } from '../../changes/note.ts'
import { mergeRecords } from '../../record/merge.ts'
import type { PaperRecord } from '../../record/paper-record.ts'
import { readCurated } from '../relations/curated.ts'
import { recount } from '../relations/recount.ts'
import { writeTopics } from '../relations/relations.ts'
import { subjectsOf, topicsOfPapers } from './paper-topics.ts'
import { writeClaims } from './rows.ts'

const s = alias(sourceRecords, 's')
const p = alias(papers, 'p')

const BATCH_SIZE = 500

/** Works out the topics of papers from their records again: some of their keywords or claims lead elsewhere. */
export async function rewriteTopics(tx: Transaction, paperIds: readonly number[]): Promise<void> {
  for (let at = 0; at < paperIds.length; at += BATCH_SIZE)
    await rewriteSome(tx, paperIds.slice(at, at + BATCH_SIZE))
}

async function rewriteSome(tx: Transaction, ids: number[]): Promise<void> {
  const rows = await tx.query<{ paper_id: number; record: PaperRecord }>(sql`
    select ${s.paperId}, ${s.record} from ${s} where ${s.paperId} = any(${ids}::bigint[])`)
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
  await touchPapers(tx, changed)
  await recount(tx, { venues: new Map(), topics: gains, repositories: new Map() })
  noteFields(tx, changed, 'topics')
}

/** A paper whose topics changed is as new as one whose own row did. */
export async function touchPapers(tx: Transaction, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  await tx.query(sql`
    update ${p} set ${papers.updatedAt} = now() where ${p.id} = any(${ids}::bigint[]) and ${p.updatedAt} <> now()`)
}
