import { today as thisDay } from '../../day.ts'
import { LOCKS, takeLock } from '../../db/locks/locks.ts'
import { alias, columns, overwrites, raw, type Sql, sql } from '../../db/sql.ts'
import { citations } from '../../db/tables/citations.ts'
import { papers } from '../../db/tables/papers.ts'
import { paperRepositories, repositoryStars } from '../../db/tables/repositories.ts'
import { sourceRecords } from '../../db/tables/sources.ts'
import {
  paperTrends,
  starJumps,
  trendMarks,
  trendRanks,
  trendState,
} from '../../db/tables/trending.ts'
import { type Transaction, transaction } from '../../db/transaction.ts'
import { TREND_WINDOWS, TRENDING } from './constants.ts'
import { ALIKE, isWithin, STAR_EVENT_COLUMNS, STAR_EVENTS, STAR_JUMPS } from './events.ts'
import { scoreStale } from './scores.ts'
import { learnUsual, topicOfRepository } from './usual.ts'

const p = alias(papers, 'p')
const c = alias(citations, 'c')
const pr = alias(paperRepositories, 'pr')
const s = alias(repositoryStars, 's')
const r = alias(sourceRecords, 'r')
const w = alias(paperTrends, 'w')
const j = alias(starJumps, 'j')

const CONSTANTS = JSON.stringify(TRENDING)

export interface TrendUpdate {
  /** Papers whose signals changed. */
  papers: number
  /** Papers whose score changed. */
  changed: number
}

export interface TrendUpdateOptions {
  /** The day, in UTC, as `YYYY-MM-DD`: stars, lists and citations of later days are not read. Today when absent. */
  today?: string
  /** Updates all papers, not only those whose signals changed, and learns again what is usual. */
  all?: boolean
}

/** Updates the scores of trending by the changes since the last update, in one transaction; updates run one at a time. */
export async function updateTrends(
  url: string,
  { today = thisDay(), all = false }: TrendUpdateOptions = {},
): Promise<TrendUpdate> {
  return transaction(url, async (tx) => {
    await takeLock(tx, LOCKS.trending)
    await tx.query(sql`set local work_mem = '64MB'`)
    const [last] = await tx.query<{ on: string; at: string; constants: string | null }>(sql`
      select ${trendState.updatedOn} as "on", ${trendState.updatedAt} as at, ${trendState.constants} from ${trendState}`)
    if (last && last.on < today) await keepRanks(tx, today)
    // Scores by other constants cannot be compared.
    const isAll = all || last?.constants !== CONSTANTS
    await gatherStale(tx, isAll)
    if (!isAll && last.on < today) await addListed(tx, last.on, today)
    await learnUsual(tx, today, isAll)
    await gatherRepositories(tx, today)
    await findJumps(tx, today)
    await tx.query(sql`
      create temp table alike (repository_id, observed_on, count) on commit drop as ${ALIKE}`)
    await tx.query(sql`analyze alike`)
    await dateCode(tx, today, last?.at ?? null)
    const changed = await scoreStale(tx, today)
    const [count] = await tx.query<{ papers: number }>(sql`select count(*) as papers from stale`)
    await tx.query(sql`
      insert into ${trendState} (${trendState.id}, ${trendState.updatedOn}, ${trendState.updatedAt}, ${trendState.changedAt}, ${trendState.constants})
      values (1, ${today}::date, now(), now(), ${CONSTANTS})
      on conflict (${trendState.id}) do update set ${trendState.updatedOn} = excluded.updated_on, ${trendState.updatedAt} = excluded.updated_at, ${trendState.constants} = excluded.constants,
        ${trendState.changedAt} = case when ${changed}::int > 0 then excluded.changed_at else trend_state.changed_at end`)
    return { papers: count?.papers ?? 0, changed }
  })
}

/** Keeps the first papers of each window as they were at the end of the day before `today`. */
async function keepRanks(tx: Transaction, today: string): Promise<void> {
  const { span, takenOn, paperId, score } = trendRanks
  for (const window of TREND_WINDOWS)
    await tx.query(sql`
      insert into ${trendRanks} (${span}, ${takenOn}, ${paperId}, ${score})
      select ${window}, ${today}::date - 1, ${w.paperId}, ${w[window]} from ${w}
      order by ${w[window]} desc, ${w.paperId} desc limit ${raw(String(TRENDING.keptRanks))}
      on conflict do nothing`)
  await tx.query(sql`
    delete from ${trendRanks} where ${takenOn} < ${today}::date - ${raw(String(TRENDING.keptRankDays))}`)
}

/** Takes the marks off, and puts the papers that they lead to into the temporary table `stale`. */
async function gatherStale(tx: Transaction, isAll: boolean): Promise<void> {
  await tx.query(sql`
    create temp table marked on commit drop as
    with taken as (delete from ${trendMarks} returning ${trendMarks.kind}, ${trendMarks.ref}) select distinct kind, ref from taken`)
  await tx.query(sql`
    create temp table stale (paper_id bigint primary key) on commit drop`)
  await tx.query(
    isAll
      ? sql`insert into stale select ${p.id} from ${p} join ${w} on ${w.paperId} = ${p.id}
        where ${p.repositoryCount} > 0 or ${p.ownUpvoteCount} > 0 or ${p.linkedCitationCount} > 0 or ${w.scoredAt} is not null
          or exists (select from ${c} where ${c.citedId} = ${p.id})
          or exists (select from ${r} where ${r.paperId} = ${p.id} and ${r.listedOn} is not null)`
      : sql`insert into stale select ref from marked where kind = 'paper' and exists (select from ${p} where ${p.id} = ref)
        union select ${pr.paperId} from marked join ${pr} on ${pr.repositoryId} = ref where kind = 'repository'`,
  )
  await tx.query(sql`analyze stale`)
  // The others have the score of their date.
  if (isAll)
    await tx.query(sql`
      update ${w} set ${paperTrends.day} = d, ${paperTrends.week} = d, ${paperTrends.month} = d
      from ${p}, trend_date(${p.publishedOn}, ${p.publishedPrecision}, ${p.createdAt}) d
      where ${p.id} = ${w.paperId} and ${w.scoredAt} is null and ${w.month} <> d`)
}

/** Adds the papers of lists whose day came since the last update: some were imported before it. */
async function addListed(tx: Transaction, last: string, today: string): Promise<void> {
  await tx.query(sql`
    insert into stale select distinct ${r.paperId} from ${r}
    where ${r.listedOn} > ${last}::date and ${r.listedOn} <= ${today}::date and ${r.paperId} is not null
    on conflict do nothing`)
}

/** All repositories of stale papers, with their main topics, in the temporary table `repositories_of`. */
async function gatherRepositories(tx: Transaction, today: string): Promise<void> {
  await tx.query(sql`
    create temp table repositories_of (repository_id bigint primary key, topic_id bigint, last_on date, is_read boolean not null default false) on commit drop`)
  await tx.query(sql`create temp table star_events (${STAR_EVENT_COLUMNS}) on commit drop`)
  await addRepositories(
    tx,
    today,
    sql`select distinct ${pr.repositoryId} from stale join ${pr} on ${pr.paperId} = stale.paper_id`,
  )
  await tx.query(sql`analyze repositories_of`)
}

async function addRepositories(tx: Transaction, today: string, ids: Sql): Promise<void> {
  await tx.query(sql`
    insert into repositories_of (repository_id, topic_id, last_on)
    select repository_id, ${topicOfRepository(sql`n.repository_id`)}, (
      select max(${s.observedOn}) from ${s} where ${s.repositoryId} = n.repository_id and ${s.observedOn} <= ${today}::date)
    from (${ids}) n on conflict do nothing`)
}

/** Works out how the stars of the repositories grew for which that is not done yet. */
async function readStars(tx: Transaction): Promise<void> {
  await tx.query(sql`insert into star_events ${STAR_EVENTS}`)
  await tx.query(sql`update repositories_of set is_read = true where not is_read`)
  await tx.query(sql`analyze star_events`)
}

/**
 * Finds the sudden gains of the repositories, and adds those repositories, with their papers, that gained as much on the same days:
 * how many are alike decides how much each counts.
 */
async function findJumps(tx: Transaction, today: string): Promise<void> {
  const { repositoryId, observedOn, days, stars } = starJumps
  await readStars(tx)
  const changed = await tx.query<{ on: string; days: number; stars: number }>(sql`
    with jumps as (${STAR_JUMPS}), gone as (
      delete from ${j} using repositories_of n where ${j.repositoryId} = n.repository_id and not exists (
        select from jumps i where i.repository_id = ${j.repositoryId} and i.observed_on = ${j.observedOn}
          and i.days = ${j.days} and i.gain = ${j.stars})
      returning ${columns(j, 'observedOn', 'days', 'stars')}
    ), come as (
      insert into ${starJumps} (${columns(starJumps, 'repositoryId', 'observedOn', 'days', 'stars')})
      select repository_id, observed_on, days, gain from jumps
      on conflict (${repositoryId}, ${observedOn}) do update set ${overwrites(starJumps, 'days', 'stars')}
      where (star_jumps.days, star_jumps.stars) <> (excluded.days, excluded.stars)
      returning ${columns(starJumps, 'observedOn', 'days', 'stars')}
    ) select observed_on as "on", days, stars from gone union select ${observedOn}, ${days}, ${stars} from come`)
  if (changed.length === 0) return
  const near = `between c.stars * ${1 - TRENDING.alike.difference} and c.stars * ${1 + TRENDING.alike.difference}`
  await addRepositories(
    tx,
    today,
    sql`select distinct ${j.repositoryId} from jsonb_to_recordset(${JSON.stringify(changed)}::text::jsonb) as c("on" date, days int, stars int)
      join ${j} on ${isWithin(sql`c."on" - c.days`, sql`c."on"`)} and ${j.stars} ${raw(near)}`,
  )
  await tx.query(sql`
    insert into stale select distinct ${pr.paperId} from repositories_of n join ${pr} on ${pr.repositoryId} = n.repository_id
    on conflict do nothing`)
  await addRepositories(
    tx,
    today,
    sql`select distinct ${pr.repositoryId} from stale join ${pr} on ${pr.paperId} = stale.paper_id`,
  )
  await readStars(tx)
}

/** Notes the day of the first repository: that of the paper where both came together, else that on which it was seen. */
async function dateCode(tx: Transaction, today: string, lastAt: string | null): Promise<void> {
  const { codeOn } = paperTrends
  await tx.query(sql`
    update ${w} set ${codeOn} = case when ${p.repositoryCount} = 0 then null
      when ${p.createdAt} > coalesce(${lastAt}::timestamptz, '-infinity')
        then least(${p.publishedOn}, (${p.createdAt} at time zone 'UTC')::date)
      else ${today}::date end
    from stale join ${p} on ${p.id} = stale.paper_id
    where ${w.paperId} = ${p.id} and (${w.codeOn} is null) <> (${p.repositoryCount} = 0)`)
}
