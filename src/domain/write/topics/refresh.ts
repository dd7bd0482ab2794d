import { LOCKS, takeLock } from '../../../db/locks/locks.ts'
import { alias, columns, overwrites, recordset, type Stored, sql } from '../../../db/sql.ts'
import {
  changedTopicKeys,
  paperKeywords,
  topicClaims,
  topicKeys,
} from '../../../db/tables/keywords.ts'
import { papers } from '../../../db/tables/papers.ts'
import { paperTopics } from '../../../db/tables/topics.ts'
import { type Transaction, transaction } from '../../../db/transaction.ts'
import { beginStep, type PassOptions } from '../../../sql/progress.ts'
import { noteFields } from '../../changes/note.ts'
import { readCurated } from '../relations/curated.ts'
import { placeDecided } from '../relations/places.ts'
import { dropTopics, recount } from '../relations/recount.ts'
import { addGain, type Gains } from '../relations/relations.ts'
import { findGroups, type KeyGroup } from './groups.ts'
import { writeTopicsOf } from './named.ts'
import { BY_KEYWORD } from './paper-topics.ts'
import { rewriteTopics } from './rewrite.ts'

const k = alias(paperKeywords, 'k')
const c = alias(topicClaims, 'c')
const l = alias(topicKeys, 'l')
const p = alias(papers, 'p')
const t = alias(paperTopics, 't')
const excluded = alias(paperTopics, 'excluded')

/** Keys processed in one transaction, while other writers wait. */
const BATCH_SIZE = 5_000

/**
 * Decides again, for keywords whose use changed, which are topics and which spellings belong together. The result depends only on the papers
 * and on operators' decisions. Can be interrupted; resumes when called again.
 */
export async function refreshTopics(
  url: string,
  { signal, onStep }: PassOptions = {},
): Promise<void> {
  beginStep(onStep, 'Grouping keywords into topics')
  for (let count = BATCH_SIZE; count === BATCH_SIZE && !signal?.aborted; )
    count = await transaction(url, refreshSome)
}

/** Like `refreshTopics`, in the caller's transaction. */
export async function refreshAllTopics(tx: Transaction): Promise<void> {
  for (let count = BATCH_SIZE; count === BATCH_SIZE; ) count = await refreshSome(tx)
}

async function refreshSome(tx: Transaction): Promise<number> {
  await takeLock(tx, LOCKS.write)
  const rows = await tx.query<{ key: string }>(sql`
    delete from ${changedTopicKeys} where ${changedTopicKeys.key} in (
      select ${changedTopicKeys.key} from ${changedTopicKeys} order by ${changedTopicKeys.key} limit ${BATCH_SIZE}::int)
    returning ${changedTopicKeys.key}`)
  if (rows.length > 0)
    await refreshKeys(
      tx,
      rows.map(({ key }) => key),
    )
  return rows.length
}

async function refreshKeys(tx: Transaction, keys: string[]): Promise<void> {
  const curated = await readCurated(tx)
  const groups = await findGroups(tx, keys, curated)
  const ids = await writeTopicsOf(tx, groups, curated)
  const { joined, left } = await writeLeads(tx, leadsOf(groups, ids), groups)
  const formerParents = await placeDecided(tx, curated)
  await joinTopics(tx, joined)
  await rewriteTopics(
    tx,
    await papersOfKeys(
      tx,
      left.map(({ key }) => key),
    ),
  )
  const poorer = left.flatMap(({ topic_id }) => topic_id ?? [])
  await dropTopics(tx, [...ids.values(), ...poorer, ...formerParents])
}

type LeadRow = typeof topicKeys.$inferSelect

function leadsOf(groups: readonly KeyGroup[], ids: ReadonlyMap<string, number>): LeadRow[] {
  return groups.flatMap(({ rootKey, members, isHidden }) => {
    const topicId = ids.get(rootKey) ?? null
    if (topicId === null && !isHidden) return []
    return members.map(({ key, reason }) => ({ key, rootKey, topicId, reason }))
  })
}

type Moved = Stored<typeof topicKeys, 'key' | 'topic_id'>

/** Writes the topics of keys. Returns the keys with a first topic, and those whose topic changed. */
async function writeLeads(
  tx: Transaction,
  leads: LeadRow[],
  groups: readonly KeyGroup[],
): Promise<{ joined: Moved[]; left: Moved[] }> {
  const keys = groups.flatMap(({ members }) => members.map(({ key }) => key))
  const before = await tx.query<Moved>(sql`
    select ${l.key}, ${l.topicId} from ${l} where ${l.key} = any(${keys}::text[])`)
  const old = new Map(before.map((row) => [row.key, row]))
  const now = new Map(leads.map((lead) => [lead.key, lead]))
  const gone = before.filter(({ key }) => !now.has(key)).map(({ key }) => key)
  if (gone.length > 0) await tx.query(sql`delete from ${l} where ${l.key} = any(${gone}::text[])`)
  const r = alias(topicKeys, 'r')
  await tx.query(sql`
    insert into ${topicKeys} as l (${columns(topicKeys, ...LEAD_KEYS)})
    select ${columns(r, ...LEAD_KEYS)} from ${recordset(topicKeys, 'r', LEAD_KEYS, leads)}
    on conflict (${topicKeys.key}) do update set ${overwrites(topicKeys, 'topicId', 'rootKey', 'reason')}
    where (${columns(l, 'topicId', 'rootKey', 'reason')}) is distinct from (excluded.topic_id, excluded.root_key, excluded.reason)`)
  const joined = leads.flatMap(({ key, topicId }) =>
    topicId != null && (old.get(key)?.topic_id ?? null) === null ? { key, topic_id: topicId } : [],
  )
  const left = before.filter(
    ({ key, topic_id }) => topic_id !== null && (now.get(key)?.topicId ?? null) !== topic_id,
  )
  return { joined, left }
}

const LEAD_KEYS = ['key', 'topicId', 'rootKey', 'reason'] as const

/** Whether the proposed row is the stronger claim: the same order as `isStronger` in paper-topics.ts. */
const IS_STRONGER = sql`(coalesce(${excluded.score}, -1), ${t.source} collate "C") > (coalesce(${t.score}, -1), ${excluded.source} collate "C")`

/** Adds the topics of these keys to their papers, in one statement: a first import has thousands. */
async function joinTopics(tx: Transaction, joined: readonly Moved[]): Promise<void> {
  if (joined.length === 0) return
  const rows = await tx.query<{ paper_id: number; topic_id: number; gain: number }>(sql`
    with led as materialized (
      select * from unnest(${joined.map(({ key }) => key)}::text[], ${joined.map((row) => row.topic_id)}::bigint[]) as n(key, topic_id)
    ), claimed as (
      select ${k.paperId}, n.topic_id, ${BY_KEYWORD.score}::real as score, ${BY_KEYWORD.source}::text as source
      from led n join ${k} on ${k.key} = n.key
      union all
      select ${c.paperId}, n.topic_id, ${c.score}, ${c.source} from led n join ${c} on ${c.key} = n.key
    )
    insert into ${paperTopics} as t (${columns(paperTopics, 'paperId', 'topicId', 'score', 'source', 'publishedSort')})
    select distinct on (x.paper_id, x.topic_id) x.paper_id, x.topic_id, x.score, x.source, ${p.publishedSort}
    from claimed x join ${p} on ${p.id} = x.paper_id
    order by x.paper_id, x.topic_id, coalesce(x.score, -1) desc, x.source collate "C"
    on conflict (${paperTopics.paperId}, ${paperTopics.topicId}) do update set ${overwrites(paperTopics, 'score', 'source')}
    where ${IS_STRONGER}
    returning ${t.paperId}, ${t.topicId}, (t.xmax = 0)::int as gain`)
  const gains: Gains = new Map()
  for (const row of rows) addGain(gains, row.topic_id, row.gain)
  const changed = [...new Set(rows.map((row) => row.paper_id))]
  await recount(tx, { venues: new Map(), topics: gains, repositories: new Map() })
  noteFields(tx, changed, 'topics')
}

/** The papers with these keys. */
export async function papersOfKeys(tx: Transaction, keys: readonly string[]): Promise<number[]> {
  if (keys.length === 0) return []
  const rows = await tx.query<{ id: number }>(sql`
    select ${k.paperId} as id from ${k} where ${k.key} = any(${keys}::text[])
    union select ${c.paperId} from ${c} where ${c.key} = any(${keys}::text[]) order by id`)
  return rows.map(({ id }) => id)
}
