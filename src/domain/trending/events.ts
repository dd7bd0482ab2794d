import { alias, raw, type Sql, sql } from '../../db/sql.ts'
import { citations } from '../../db/tables/citations.ts'
import { paperRedirects, papers } from '../../db/tables/papers.ts'
import { paperRepositories, repositoryStars } from '../../db/tables/repositories.ts'
import { sourceRecords } from '../../db/tables/sources.ts'
import { paperTopics, topics } from '../../db/tables/topics.ts'
import { paperTrends, starJumps, trendUsual } from '../../db/tables/trending.ts'
import { paperUpvotes } from '../../db/tables/votes.ts'
import { TREND_EPOCH, TRENDING } from './constants.ts'

const p = alias(papers, 'p')
const c = alias(citations, 'c')
const n = alias(citations, 'n')
const s = alias(repositoryStars, 's')
const pr = alias(paperRepositories, 'pr')
const r = alias(sourceRecords, 'r')
const x = alias(paperTopics, 'x')
const t = alias(topics, 't')
const w = alias(paperTrends, 'w')
const j = alias(starJumps, 'j')
const o = alias(trendUsual, 'o')
const a = alias(trendUsual, 'a')
const v = alias(paperUpvotes, 'v')
const d = alias(paperRedirects, 'd')

const number = (value: number) => raw(`${value}::float8`)
const days = (value: number) => raw(`${value}`)
const interval = (value: number) => raw(`interval '${value} days'`)
/** 1 for the usual amount, and 1 more for each doubling. */
const doublings = (times: Sql) => sql`ln(1 + ${times}) / ln(2::float8)`
/** Days since the epoch. */
const dayNumber = (day: Sql) => sql`(${day} - date '${raw(TREND_EPOCH)}')`

/**
 * The topic that determines what is usual for a paper: of its widest kind of topics the surest. Fields and categories have enough papers to
 * learn from.
 */
export const mainTopic = (paperId: Sql) => sql`coalesce((
  select ${x.topicId} from ${x} join ${t} on ${t.id} = ${x.topicId} where ${x.paperId} = ${paperId}
  order by array_position(array['category', 'field', 'task', 'method', 'keyword'], ${t.kind}::text),
    ${x.score} desc nulls last, ${x.topicId} limit 1), 0)`

type Signal = keyof typeof TRENDING.usual

/** Joins for `usual(signal)`: of the topic in the month of a day, else of the catalogue. Read at once, because single lookups take seconds. */
function joinUsual(signal: Signal, topic: Sql, day: Sql): Sql {
  const is = (row: typeof o) =>
    sql`${row.signal} = ${raw(`'${signal}'`)} and ${row.month} = date_trunc('month', ${day})::date`
  return sql`left join ${o} on ${is(o)} and ${o.topicId} = ${topic} left join ${a} on ${is(a)} and ${a.topicId} = 0`
}

/** The usual amount of a signal from `joinUsual`, else the first guess. */
const usual = (signal: Signal) =>
  sql`coalesce(${o.usual}, ${a.usual}, ${number(TRENDING.usual[signal])})`

/** The columns of the temporary table `star_events`: how many stars repositories gained between counts beyond what was expected. */
export const STAR_EVENT_COLUMNS = sql`repository_id bigint, observed_on date, since date, gain int, times float8`

/**
 * Rows for `star_events`, of the repositories in the temporary table `repositories_of` that are not read yet. A count that is below
 * or above both of its neighbours was misread, or of stars that were taken back; stars lost later were never gained.
 */
export const STAR_EVENTS = sql`
  with star_counts as (
    select ${s.repositoryId}, ${s.observedOn}, ${s.stars},
      lag(${s.stars}) over counts as before, lead(${s.stars}) over counts as after
    from repositories_of n join ${s} on ${s.repositoryId} = n.repository_id and not n.is_read
    where ${s.observedOn} > n.last_on - ${days(TRENDING.horizonDays + TRENDING.baselineDays)}
      and ${s.observedOn} <= n.last_on
    window counts as (partition by ${s.repositoryId} order by ${s.observedOn})
  ), smooth as (
    select repository_id, observed_on, case
      when before is null then stars
      when after is null then case when stars < before / 2 then before else stars end
      else greatest(least(before, stars), least(stars, after), least(before, after)) end as stars
    from star_counts
  ), kept as (
    select repository_id, observed_on, min(stars) over (partition by repository_id order by observed_on desc) as stars
    from smooth
  ), star_gains as (
    select repository_id, observed_on,
      lag(observed_on) over counts as since, stars - lag(stars) over counts as gain, lag(stars) over counts as had,
      first_value(observed_on) over baseline as base_on, first_value(stars) over baseline as base
    from kept
    window counts as (partition by repository_id order by observed_on),
      baseline as (partition by repository_id order by ${dayNumber(sql`observed_on`)}
        range between ${days(TRENDING.baselineDays)} preceding and current row)
  ), star_rates as (
    select g.repository_id, g.observed_on, g.since, g.gain, n.topic_id,
      g.gain::float8 / (g.observed_on - g.since) as rate,
      case when g.since - g.base_on >= ${days(TRENDING.baselineLeastDays)}
        then (g.had - g.base)::float8 / (g.since - g.base_on)
        else g.had * ${number(TRENDING.dailyGrowth)} end as expected
    from star_gains g join repositories_of n on n.repository_id = g.repository_id
    where g.gain > 0 and g.observed_on > n.last_on - ${days(TRENDING.horizonDays)}
  ) select repository_id, observed_on, since, round(gain - expected * (observed_on - since)) as gain,
    greatest(0, rate - expected) / (expected + ${usual('stars')}) as times
  from star_rates e ${joinUsual('stars', sql`e.topic_id`, sql`e.observed_on`)}`

/** Whether an event `e` is a sudden gain; one over a longer time cannot be told from growth. */
const IS_JUMP = sql`e.gain >= ${days(TRENDING.jump.stars)} and e.times * (e.observed_on - e.since) >= ${number(TRENDING.jump.times)}
  and e.observed_on - e.since <= ${days(TRENDING.jump.mostDays)}`

/** The sudden gains among `star_events`. */
export const STAR_JUMPS = sql`
  select repository_id, observed_on, observed_on - since as days, gain from star_events e where ${IS_JUMP}`

/** Whether the jump `j` may be of the same day as one after `since` and until `on`. */
export const isWithin = (since: Sql, on: Sql) => sql`${j.observedOn} > ${since}
  and ${j.observedOn} < ${on} + ${days(TRENDING.jump.mostDays)} and ${j.observedOn} - ${j.days} < ${on}`

/**
 * Rows for the temporary table `alike`: how many repositories may have had the same sudden gain on a day, for the jumps of which that is
 * more than chance brings together. Each jump is on each day on which it may have been; frames of a window count those near in size,
 * since to compare each with each takes minutes on a day with many.
 */
export const ALIKE = (() => {
  const { repositories, difference, times } = TRENDING.alike
  const near = Math.log(1 + difference)
  const share = (times * near) / Math.log(2)
  return sql`
    with dates as (
      select min(observed_on) - ${days(TRENDING.jump.mostDays)} as first, max(observed_on) + ${days(TRENDING.jump.mostDays)} as last
      from star_events e where ${IS_JUMP}
    ), spread as (
      select ${j.repositoryId}, ${j.observedOn}, ${j.observedOn} - back as day, ln(${j.stars}::float8) as size
      from dates join ${j} on ${j.observedOn} between dates.first and dates.last, generate_series(0, ${j.days} - 1) back
    ), counted as (
      select repository_id, observed_on,
        count(*) over (partition by day order by size range between ${number(near)} preceding and ${number(near)} following) as same,
        count(*) over (partition by day order by size range between ${number(Math.LN2)} preceding and ${number(Math.LN2)} following) as around
      from spread
    ) select repository_id, observed_on, max(same) from counted
    where same >= ${days(repositories)} and same > ${number(share)} * around group by 1, 2`
})()

/** The papers in `stale`, and their shares of the repositories in `repositories_of`. */
const PAPERS_OF = sql`papers_of as materialized (
  select ${p.id}, ${mainTopic(p.id)} as topic_id, ${p.publishedOn}, (${p.createdAt} at time zone 'UTC')::date as created_on,
    trend_date(${p.publishedOn}, ${p.publishedPrecision}, ${p.createdAt}) as own_day,
    ${w.codeOn}, ${p.ownUpvoteCount}
  from stale join ${p} on ${p.id} = stale.paper_id join ${w} on ${w.paperId} = ${p.id}
), shares as (
  select ${pr.paperId}, ${pr.repositoryId}, share / sum(share) over (partition by ${pr.repositoryId}) as share
  from repositories_of n join ${pr} on ${pr.repositoryId} = n.repository_id,
    lateral (select case when ${pr.isOfficial} then 1 else ${number(TRENDING.unofficialShare)} end as share) k
)`

/** The lists that papers were on, and the upvotes that they gained from one to the next. */
const listedUntil = (today: string) => sql`listed as (
  select q.id, q.topic_id, ${r.listedOn}, ${r.source}, max((${r.record}->>'upvoteCount')::int) as upvotes
  from papers_of q join ${r} on ${r.paperId} = q.id where ${r.listedOn} <= ${today}::date group by 1, 2, 3, 4
), gained as (
  select id, topic_id, listed_on, upvotes - coalesce(max(upvotes) over (
    partition by id, source order by listed_on rows between unbounded preceding and 1 preceding), 0) as upvotes
  from listed where upvotes is not null
)`

/** Upvotes in this catalogue, including those of papers merged into others. */
const VOTED = sql`voted as (
  select id, topic_id, voted_on, count(*) as upvotes from (
    select q.id, q.topic_id, ${v.voter}, min((${v.createdAt} at time zone 'UTC')::date) as voted_on
    from papers_of q, lateral (select q.id as was union all select ${d.id} from ${d} where ${d.paperId} = q.id) i
      join ${v} on ${v.paperId} = i.was
    where q.own_upvote_count > 0 group by 1, 2, 3) n group by 1, 2, 3
)`

/** The day from which on events of a paper count. */
const DATED = sql`dated as (
  select q.id, case when q.published_on is not null or min(l.listed_on) is null then q.own_day
    else least(${dayNumber(sql`min(l.listed_on)`)}, ${dayNumber(sql`q.created_on`)}) end as own_day
  from papers_of q left join listed l on l.id = q.id group by q.id, q.published_on, q.created_on, q.own_day
)`

/** Citations of a week or a month, and what was usual before. */
const citedUntil = (today: string) => sql`cited as (
  select q.id, q.topic_id, from_on, case ${p.publishedPrecision} when 'day' then max(${c.publishedSort})
      else least((from_on + interval '1 month')::date - 1, max((${p.createdAt} at time zone 'UTC')::date)) end as to_on,
    count(*)::float8 / case ${p.publishedPrecision} when 'day' then 7 else 30 end as rate
  from papers_of q cross join lateral (
      select ${n.publishedSort} as last_on from ${n} where ${n.citedId} = q.id and ${n.publishedSort} <= ${today}::date
      order by ${n.publishedSort} desc limit 1) latest
    join ${c} on ${c.citedId} = q.id and ${c.publishedSort} > latest.last_on - ${days(TRENDING.horizonDays + TRENDING.baselineDays)}
    join ${p} on ${p.id} = ${c.citingId},
    lateral (select case when ${p.publishedPrecision} = 'day'
      then ${c.publishedSort} - ${dayNumber(sql`${c.publishedSort}`)} % 7 else ${c.publishedSort} end as from_on) k
  where ${p.publishedPrecision} in ('day', 'month') and ${c.publishedSort} <= (${p.createdAt} at time zone 'UTC')::date
  group by q.id, q.topic_id, ${p.publishedPrecision}, from_on
), citation_rates as (
  select d.*, coalesce(sum(rate * (to_on - from_on + 1)) over (partition by id order by from_on
      range between ${interval(TRENDING.baselineDays)} preceding and interval '7 days' preceding), 0) / ${number(TRENDING.baselineDays)} as expected
  from cited d
)`

/** Each paper, the part of the score, the days of an event, and its weight. */
const EVENTS = sql`events as (
  select h.paper_id, 1 as part, greatest(${dayNumber(sql`e.since`)} + 1, q.own_day) as from_day, ${dayNumber(sql`e.observed_on`)} as to_day,
    h.share * least(1, ${number(TRENDING.datedGapDays)} / (e.observed_on - e.since)) * ${number(TRENDING.stars)} / coalesce(k.count, 1) as unit,
    ${doublings(sql`e.times`)} as steps
  from star_events e join shares h on h.repository_id = e.repository_id join papers_of q on q.id = h.paper_id
    left join alike k on k.repository_id = e.repository_id and k.observed_on = e.observed_on
  where e.times > 0 and ${dayNumber(sql`e.observed_on`)} >= q.own_day
  union all
  select id, 2, ${dayNumber(sql`listed_on`)}, ${dayNumber(sql`listed_on`)},
    ${number(TRENDING.upvotes)}, ${doublings(sql`upvotes / ${usual('upvotes')}`)}
  from gained g ${joinUsual('upvotes', sql`g.topic_id`, sql`g.listed_on`)} where upvotes > 0
  union all
  select id, 2, ${dayNumber(sql`voted_on`)}, ${dayNumber(sql`voted_on`)},
    ${number(TRENDING.upvotes)}, ${doublings(sql`upvotes / ${usual('votes')}`)}
  from voted e ${joinUsual('votes', sql`e.topic_id`, sql`e.voted_on`)}
  union all
  select id, 3, ${dayNumber(sql`from_on`)}, ${dayNumber(sql`to_on`)},
    ${number(TRENDING.citations)}, ${doublings(sql`greatest(0, rate - expected)
      / (expected + ${usual('citations')})`)}
  from citation_rates d ${joinUsual('citations', sql`d.topic_id`, sql`d.from_on`)} where to_on >= from_on
  union all
  select q.id, 4, ${dayNumber(sql`q.code_on`)}, ${dayNumber(sql`q.code_on`)}, ${number(TRENDING.code)}, 1
  from papers_of q where q.code_on is not null
  union all
  select id, 5, own_day, own_day, ${number(TRENDING.publication)}, 1 from dated
)`

/**
 * The events of the papers in the temporary table `stale`, as `events`: the paper, the number of the part, the first and the last
 * day, the weight of each of these days at twice the usual, and by how many doublings they exceed it. Lists and citations of days
 * after `today` do not count yet.
 */
export const eventsUntil = (today: string): Sql => sql`
  ${PAPERS_OF}, ${listedUntil(today)}, ${VOTED}, ${DATED}, ${citedUntil(today)}, ${EVENTS}`
