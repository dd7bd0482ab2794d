import { LOCKS, takeLock } from '../../db/locks/locks.ts'
import { orm } from '../../db/orm.ts'
import { alias, sql } from '../../db/sql.ts'
import { authorships } from '../../db/tables/authors.ts'
import { catalogueRules } from '../../db/tables/excluded.ts'
import { unsettledNames } from '../../db/tables/people.ts'
import { sourceRecords } from '../../db/tables/sources.ts'
import { type Transaction, transaction } from '../../db/transaction.ts'
import { beginStep, type PassOptions } from '../../sql/progress.ts'
import { CLUSTERING_VERSION } from '../identity/cluster.ts'
import { lastPaper } from '../papers/last-paper.ts'
import { TOPICS_VERSION } from '../record/keywords/topic-rule.ts'
import { PRECEDENCE_VERSION } from '../record/precedence.ts'
import { MATCHING_VERSION } from '../record/same/paper.ts'
import { areNamesLearnt } from '../search/naming/learn.ts'
import { remakePapers } from './catalogue.ts'
import { fillMatchHashes } from './match/hashes.ts'
import { refreshCitationCounts } from './relations/citation-count.ts'
import { areTopicsRefreshed } from './topic-rules.ts'
import { refreshTopics } from './topics/refresh.ts'

const l = alias(authorships, 'l')

/** Papers rebuilt in one transaction, while other writers wait. */
const BATCH_SIZE = 200

/**
 * Rebuilds, in batches, papers of several records that were merged with an older precedence, and all papers grouped by older rules. Can be
 * interrupted; resumes when called again. Returns immediately if there are none.
 */
export async function followPrecedence(
  url: string,
  { signal, onStep }: PassOptions = {},
): Promise<void> {
  const told = beginStep(onStep, 'Merging records by the rules of this version')
  const last = await transaction(url, lastPaper)
  let through: number | null = 0
  let hasChanged = false
  while (through !== null && !signal?.aborted) {
    through = await transaction(url, followSome)
    hasChanged ||= through !== null
    told(through === null ? 1 : through / last)
  }
  if (hasChanged) await refreshTopics(url, { signal, onStep })
  if (hasChanged && !signal?.aborted) await refreshCitationCounts(url, onStep)
}

/** Whether the catalogue follows the current rules: `followPrecedence`, `followTopicRules`, `settlePeople` and `learnNames` would change nothing. */
export function isRefreshed(url: string): Promise<boolean> {
  return transaction(url, async (tx) => {
    const rows = await tx.query(sql`
      select from ${catalogueRules}
      where ${catalogueRules.precedenceVersion} = ${PRECEDENCE_VERSION}::int and ${catalogueRules.matchingVersion} = ${MATCHING_VERSION}::int
        and ${catalogueRules.clusteringVersion} = ${CLUSTERING_VERSION}::int and ${catalogueRules.remadeThrough} is null
        and not exists (select from ${unsettledNames})`)
    return rows.length > 0 && (await areTopicsRefreshed(tx)) && (await areNamesLearnt(tx))
  })
}

/**
 * Prepares the catalogue for new records: computes missing match hashes, and marks an empty catalogue as following the current rules, because
 * otherwise its first import would end by rebuilding all papers.
 */
export async function prepareRules(tx: Transaction): Promise<void> {
  await fillMatchHashes(tx)
  const isEmptyOfOldRules = sql`not exists (select from ${sourceRecords}) and
    (precedence_version, matching_version, clustering_version, topics_version, remade_through, topics_through) is distinct from
      (${PRECEDENCE_VERSION}::int, ${MATCHING_VERSION}::int, ${CLUSTERING_VERSION}::int, ${TOPICS_VERSION}::int, null::bigint, null::bigint)`
  const old = await tx.query(sql`select from ${catalogueRules} where ${isEmptyOfOldRules}`)
  if (old.length === 0) return
  await takeLock(tx, LOCKS.write)
  await tx.query(sql`
    update ${catalogueRules} set ${catalogueRules.precedenceVersion} = ${PRECEDENCE_VERSION}::int,
      ${catalogueRules.matchingVersion} = ${MATCHING_VERSION}::int, ${catalogueRules.clusteringVersion} = ${CLUSTERING_VERSION}::int,
      ${catalogueRules.topicsVersion} = ${TOPICS_VERSION}::int, ${catalogueRules.remadeThrough} = null, ${catalogueRules.topicsThrough} = null
    where ${isEmptyOfOldRules}`)
}

/** Processes a batch. Returns its last paper; null if all papers were up to date. */
async function followSome(tx: Transaction): Promise<number | null> {
  const [rules] = await orm(tx)
    .select({
      precedence: catalogueRules.precedenceVersion,
      matching: catalogueRules.matchingVersion,
      through: catalogueRules.remadeThrough,
    })
    .from(catalogueRules)
  const isNewest = rules?.precedence === PRECEDENCE_VERSION
  // A version below 0 marks an unfinished regrouping.
  const isRegrouping = rules?.matching !== MATCHING_VERSION
  if (isNewest && !isRegrouping && rules.through === null) return null
  await takeLock(tx, LOCKS.write)
  const isGoingOn = isNewest && (!isRegrouping || rules.matching === -MATCHING_VERSION)
  if (isRegrouping && !isGoingOn) await hashAnew(tx)
  const from = isGoingOn ? (rules.through ?? 0) : 0
  // Papers with affiliations are always included, because institutions follow the rules too.
  const most = isRegrouping
    ? sql``
    : sql`having count(*) > 1 or exists (select from ${l}
        where ${l.paperId} = ${sourceRecords.paperId} and ${l.affiliation} is not null)`
  const papers = await tx.query<{ id: number }>(sql`
    select ${sourceRecords.paperId} as id from ${sourceRecords} where ${sourceRecords.paperId} > ${from}::bigint
    group by ${sourceRecords.paperId} ${most} order by ${sourceRecords.paperId} limit ${BATCH_SIZE}::int`)
  const ids = papers.map(({ id }) => id)
  await remakePapers(tx, ids)
  const through = ids.at(-1) ?? null
  await orm(tx)
    .update(catalogueRules)
    .set({
      precedenceVersion: PRECEDENCE_VERSION,
      matchingVersion: isRegrouping && through !== null ? -MATCHING_VERSION : MATCHING_VERSION,
      remadeThrough: through,
    })
  return through
}

/** Computes the match hashes of all records by the current rules. Records without them would not be found. */
async function hashAnew(tx: Transaction): Promise<void> {
  await tx.query(
    sql`update ${sourceRecords} set ${sourceRecords.matchHash} = null where ${sourceRecords.matchHash} is not null`,
  )
  await fillMatchHashes(tx)
}
