import { LOCKS, takeLock } from '../../db/locks/locks.ts'
import { orm } from '../../db/orm.ts'
import { alias, sql } from '../../db/sql.ts'
import { authorships } from '../../db/tables/authors.ts'
import { catalogueRules } from '../../db/tables/excluded.ts'
import {
  changedTopicKeys,
  paperKeywords,
  topicClaims,
  topicKeys,
} from '../../db/tables/keywords.ts'
import { papers } from '../../db/tables/papers.ts'
import { unsettledNames } from '../../db/tables/people.ts'
import { topics } from '../../db/tables/topics.ts'
import { type Transaction, transaction } from '../../db/transaction.ts'
import { beginStep, type PassOptions } from '../../sql/progress.ts'
import { lastPaper } from '../papers/last-paper.ts'
import { TOPICS_VERSION } from '../record/keywords/topic-rule.ts'
import { keyOfTopic } from '../record/keywords/vocabulary-keys.ts'
import { fillEvidence } from './authors/evidence/write.ts'
import { dropTopics } from './relations/recount.ts'
import { refreshTopics } from './topics/refresh.ts'
import { rereadTopics } from './topics/rewrite.ts'
import { noteChangedKeys } from './topics/rows.ts'
import { placeAnew } from './topics/tree.ts'

const a = alias(authorships, 'a')
const c = alias(topicClaims, 'c')
const k = alias(paperKeywords, 'k')
const l = alias(topicKeys, 'l')

/** Papers whose topics are computed in one transaction, while other writers wait. */
const BATCH_SIZE = 500

/**
 * Updates topics. If the rules changed since the catalogue was made, all papers are read again for topics and keywords; then changes are
 * applied as in `refreshTopics`. Can be interrupted; resumes when called again. Returns immediately if there is nothing to do.
 */
export async function followTopicRules(
  url: string,
  { signal, onStep }: PassOptions = {},
): Promise<void> {
  const told = beginStep(onStep, 'Reading keywords by the rules of this version')
  const last = await transaction(url, lastPaper)
  let through: number | null = 0
  while (through !== null && !signal?.aborted) {
    through = await transaction(url, followSome)
    told(through === null ? 1 : through / last)
  }
  await refreshTopics(url, { signal, onStep })
}

/** Whether `followTopicRules` would do nothing. */
export async function areTopicsRefreshed(tx: Transaction): Promise<boolean> {
  const rows = await tx.query(sql`
    select from ${catalogueRules}
    where ${catalogueRules.topicsVersion} = ${TOPICS_VERSION}::int and ${catalogueRules.topicsThrough} is null
      and not exists (select from ${changedTopicKeys})`)
  return rows.length > 0
}

/** Processes a batch. Returns its last paper; null if all papers are up to date. */
async function followSome(tx: Transaction): Promise<number | null> {
  const [rules] = await orm(tx)
    .select({ version: catalogueRules.topicsVersion, through: catalogueRules.topicsThrough })
    .from(catalogueRules)
  const isBegun = rules?.version === TOPICS_VERSION
  if (isBegun && rules.through === null) return null
  await takeLock(tx, LOCKS.write)
  const from = isBegun ? (rules.through ?? 0) : 0
  const rows = await tx.query<{ id: number }>(sql`
    select ${papers.id} from ${papers} where ${papers.id} > ${from}::bigint order by ${papers.id} limit ${BATCH_SIZE}::int`)
  const ids = rows.map(({ id }) => id)
  const through = ids.at(-1) ?? null
  if (through === null) await noteAllKeys(tx)
  else await followPapers(tx, ids)
  await orm(tx)
    .update(catalogueRules)
    .set({ topicsVersion: TOPICS_VERSION, topicsThrough: through })
  return through
}

async function followPapers(tx: Transaction, ids: number[]): Promise<void> {
  await rereadTopics(tx, ids)
  const evident = await fillEvidence(tx, ids)
  if (evident.length === 0) return
  await tx.query(sql`
    insert into ${unsettledNames} (${unsettledNames.names})
    select array_agg(distinct ${a.nameBlock}) from ${a}
    where ${a.paperId} = any(${evident}::bigint[]) and ${a.nameBlock} <> '' having count(*) > 0`)
}

/** Notes all keys: names, parents and the choice of keywords that are topics also follow the rules. */
async function noteAllKeys(tx: Transaction): Promise<void> {
  await tx.query(sql`
    insert into ${changedTopicKeys} (${changedTopicKeys.key})
    select ${k.key} from ${k} where ${k.key} is not null union select ${k.acronym} from ${k} where ${k.acronym} is not null
    union select ${c.key} from ${c} union select ${l.key} from ${l} union select ${l.rootKey} from ${l}
    on conflict do nothing`)
  const all = await orm(tx)
    .select({ id: topics.id, slug: topics.slug, kind: topics.kind, papers: topics.paperCount })
    .from(topics)
  const keys = all.map(keyOfTopic)
  await noteChangedKeys(tx, keys)
  await placeAnew(tx, keys)
  // Parents that only an earlier vocabulary needed.
  await dropTopics(
    tx,
    all.flatMap(({ id, papers: count }) => (count === 0 ? id : [])),
  )
}
