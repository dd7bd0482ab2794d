import { alias, raw, type Sql, sql } from '../../db/sql.ts'
import { citations } from '../../db/tables/citations.ts'
import { papers } from '../../db/tables/papers.ts'
import { paperRepositories, repositoryStars } from '../../db/tables/repositories.ts'
import { sourceRecords } from '../../db/tables/sources.ts'
import { trendUsual } from '../../db/tables/trending.ts'
import { paperUpvotes } from '../../db/tables/votes.ts'
import type { Transaction } from '../../db/transaction.ts'
import { TRENDING } from './constants.ts'
import { mainTopic } from './events.ts'

const s = alias(repositoryStars, 's')
const pr = alias(paperRepositories, 'pr')
const r = alias(sourceRecords, 'r')
const c = alias(citations, 'c')
const p = alias(papers, 'p')
const u = alias(trendUsual, 'u')
const v = alias(paperUpvotes, 'v')

/** The main topic of the paper that a repository is of: of its official one, else of the first in the catalogue. */
export const topicOfRepository = (repositoryId: Sql) => sql`(
  select ${mainTopic(sql`first.paper_id`)} from (
    select ${pr.paperId} from ${pr} where ${pr.repositoryId} = ${repositoryId}
    order by ${pr.isOfficial} desc, ${pr.paperId} limit 1) first)`

/**
 * Learns what was usual before each month that has none yet, up to the month of `today`: once known it stays, so that scores of
 * what was before do not change.
 */
export async function learnUsual(tx: Transaction, today: string, isAll: boolean): Promise<void> {
  if (isAll) await tx.query(sql`delete from ${trendUsual}`)
  // A month without any example has a row too: that of the whole catalogue.
  const months = await tx.query<{ month: string }>(sql`
    select m::date as month from generate_series(
      date_trunc('month', coalesce(${isAll ? FIRST : sql`null::date`}, ${today}::date)), ${today}::date, interval '1 month') m
    where not exists (select from ${u} where ${u.month} = m::date and ${u.topicId} = 0)`)
  for (const { month } of months) await learn(tx, month)
}

/** Whatever was before the first of many months has decayed. */
const FIRST = sql`(select greatest(min(first), max(last) - interval '4 years')::date from (
  select min(${repositoryStars.observedOn}) as first, max(${repositoryStars.observedOn}) as last from ${repositoryStars}
  union all select min(${sourceRecords.listedOn}), max(${sourceRecords.listedOn}) from ${sourceRecords}
  where ${sourceRecords.listedOn} is not null) d)`

async function learn(tx: Transaction, month: string): Promise<void> {
  const from = sql`(${month}::date - ${raw(String(TRENDING.usualDays))})`
  await tx.query(sql`
    insert into ${trendUsual} (${trendUsual.signal}, ${trendUsual.topicId}, ${trendUsual.month}, ${trendUsual.usual})
    with examples as (
      select 'stars' as signal, ${topicOfRepository(sql`g.repository_id`)} as topic_id, rate from (
        select ${s.repositoryId}, greatest(0, max(${s.stars}) - min(${s.stars}))::float8
          / (max(${s.observedOn}) - min(${s.observedOn})) as rate
        from ${s} where ${s.observedOn} >= ${from} and ${s.observedOn} < ${month}::date
        group by 1 having count(*) > 1) g
      union all
      select 'upvotes', ${mainTopic(sql`l.paper_id`)}, upvotes from (
        select ${r.paperId}, max((${r.record}->>'upvoteCount')::int)::float8 as upvotes
        from ${r} where ${r.listedOn} >= ${from} and ${r.listedOn} < ${month}::date and ${r.paperId} is not null group by 1) l
      where upvotes is not null
      union all
      select 'votes', ${mainTopic(sql`d.paper_id`)}, votes from (
        select ${v.paperId}, count(*)::float8 as votes from ${v} join ${p} on ${p.id} = ${v.paperId}
        where ${v.createdAt} >= ${from}::timestamp at time zone 'UTC' and ${v.createdAt} < ${month}::timestamp at time zone 'UTC'
        group by ${v.paperId}, (${v.createdAt} at time zone 'UTC')::date) d
      union all
      select 'citations', ${mainTopic(sql`k.cited_id`)}, rate from (
        select ${c.citedId}, count(*)::float8 / ${raw(String(TRENDING.usualDays))} as rate
        from ${p} join ${c} on ${c.citingId} = ${p.id}
        where ${p.publishedSort} >= ${from} and ${p.publishedSort} < ${month}::date group by 1) k
    ), guesses(signal, guess) as (values ${GUESSES}
    ), catalogue as (
      select signal, guess, (coalesce(sum(ln(1 + rate)), 0) + ${PRIOR} * ln(1 + guess)) / (count(rate) + ${PRIOR}) as level
      from guesses left join examples using (signal) group by signal, guess
    ), topical as (
      select signal, topic_id, guess, exp(level) - 1 as rate,
        exp((sum(ln(1 + examples.rate)) + ${PRIOR} * level) / (count(*) + ${PRIOR})) - 1 as topic_rate
      from examples join catalogue using (signal) where topic_id <> 0 group by signal, topic_id, guess, level
    )
    select signal, topic_id, ${month}::date, greatest(topic_rate, guess * greatest(1, topic_rate / greatest(rate, 0.001))) from topical
    union all
    select signal, 0, ${month}::date, greatest(guess, exp(level) - 1) from catalogue
    on conflict do nothing`)
}

const PRIOR = raw(`${TRENDING.usualPrior}::float8`)
const GUESSES = raw(
  Object.entries(TRENDING.usual)
    .map(([signal, guess]) => `('${signal}', ${guess}::float8)`)
    .join(', '),
)
