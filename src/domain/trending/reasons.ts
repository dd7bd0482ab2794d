import type { Database } from '../../db/client.ts'
import { alias, type Sql, sql } from '../../db/sql.ts'
import { citations } from '../../db/tables/citations.ts'
import { paperRedirects, papers } from '../../db/tables/papers.ts'
import { paperRepositories, repositories, repositoryStars } from '../../db/tables/repositories.ts'
import { sourceRecords } from '../../db/tables/sources.ts'
import { paperTrends, trendState } from '../../db/tables/trending.ts'
import { paperUpvotes } from '../../db/tables/votes.ts'
import { printedRepository } from '../entity/repository.ts'
import { sourceName } from '../entity/source.ts'
import { REASON_DAYS, TRENDING, type TrendWindow, WINDOW_DAYS } from './constants.ts'
import type { Trend } from './trend.ts'

const p = alias(papers, 'p')
const w = alias(paperTrends, 'w')
const pr = alias(paperRepositories, 'pr')
const r = alias(repositories, 'r')
const s = alias(repositoryStars, 's')
const b = alias(repositoryStars, 'b')
const l = alias(sourceRecords, 'l')
const c = alias(citations, 'c')
const newest = alias(citations, 'newest')
const cp = alias(papers, 'cp')
const v = alias(paperUpvotes, 'v')
const d = alias(paperRedirects, 'd')

/** Maximum number of repositories and lists in the reasons for a paper. */
const MOST_NAMED = 3

interface Facts {
  id: number
  /** The day before the first on which an event is a reason. */
  before: string
  publishedOn: string | null
  precision: Precision | null
  /** Votes here in the span of the window before the last, and the day of the first. */
  votes: { count: number; since: string } | null
  createdOn: string
  codeOn: string | null
  stars: { name: string; gain: number; from: string; to: string; papers: number }[] | null
  listings: { source: string; on: string; upvotes: number }[] | null
  /** The newest that cite it, of those that are dated to the day or the month, and the date of the earliest. */
  citations: { count: number; since: string; precision: Precision } | null
}

/**
 * Sentences that explain the parts of trends by events within or near the window, each of which the catalogue's data can confirm: one
 * statement.
 */
export async function reasonsOf(
  db: Database,
  window: TrendWindow,
  trends: readonly Trend[],
): Promise<Map<number, string[]>> {
  const ids = trends.map(({ paperId }) => paperId)
  const facts = await readFacts(db, window, ids)
  const byId = new Map(facts.map((fact) => [fact.id, fact]))
  return new Map(
    trends.map((trend) => {
      const fact = byId.get(trend.paperId)
      return [trend.paperId, fact ? sentences(trend, fact) : []]
    }),
  )
}

/** The days whose events are reasons. */
interface Period {
  updatedOn: Sql
  /** The day before the first. */
  before: Sql
  /** Days of the window of the list. */
  span: number
}

/** The gains of repositories of the paper `p`, the largest first. */
const starsSince = ({ updatedOn, before, span }: Period) => sql`(
  select json_agg(g order by g.gain desc) from (
    select ${printedRepository(r.url)} as name, last.stars - base.stars as gain, base.observed_on as "from",
      last.observed_on as "to", ${r.paperCount} as papers
    from ${pr} join ${r} on ${r.id} = ${pr.repositoryId},
      lateral (select ${s.stars}, ${s.observedOn} from ${s}
        where ${s.repositoryId} = ${r.id} and ${s.observedOn} <= ${updatedOn} and ${s.observedOn} > ${before}
        order by ${s.observedOn} desc limit 1) last,
      lateral (select ${b.stars}, ${b.observedOn} from ${b}
        where ${b.repositoryId} = ${r.id} and ${b.observedOn} < last.observed_on
          and ${b.observedOn} > ${before} - ${TRENDING.datedGapDays}::int and ${b.stars} < last.stars
        order by abs(last.observed_on - ${b.observedOn} - ${span}::int), ${b.observedOn} limit 1) base
    where ${pr.paperId} = ${p.id} order by gain desc limit ${MOST_NAMED}::int) g)`

/** The lists that the paper `p` was on, the latest first. */
const listingsSince = ({ updatedOn, before }: Period) => sql`(
  select json_agg(n order by n."on" desc) from (
    select ${l.source}, ${l.listedOn} as "on", max((${l.record}->>'upvoteCount')::int) as upvotes from ${l}
    where ${l.paperId} = ${p.id} and ${l.listedOn} <= ${updatedOn} and ${l.listedOn} > ${before} group by 1, 2
    having max((${l.record}->>'upvoteCount')::int) > 0 order by 2 desc limit ${MOST_NAMED}::int) n)`

/** How often the paper `p` was cited recently; null for none. */
const citationsSince = ({ updatedOn, before, span }: Period) => sql`(
  select json_build_object('count', count(n.citing_id), 'since', min(n.published_sort),
    'precision', (array_agg(upper(${cp.publishedPrecision}::text) order by n.published_sort, ${cp.publishedPrecision}))[1])
  from (
    select ${c.citingId}, ${c.publishedSort} from ${c},
      lateral (select max(${newest.publishedSort}) as day from ${newest}
        where ${newest.citedId} = ${p.id} and ${newest.publishedSort} <= ${updatedOn}) latest
    where ${c.citedId} = ${p.id} and ${c.publishedSort} > latest.day - greatest(7, ${span}::int)
      and ${c.publishedSort} <= latest.day) n
  join ${cp} on ${cp.id} = n.citing_id and ${cp.publishedPrecision} in ('day', 'month')
    -- Citations are of a week, and of what is dated to a month, on its days.
    and n.published_sort + case ${cp.publishedPrecision} when 'month' then 30 else 0 end
      > least(${before}, ${updatedOn} - 7)
  having count(n.citing_id) > 0)`

/** How many upvotes the paper `p` got here; null for none. */
const votesSince = ({ before, span }: Period) => sql`(
  select json_build_object('count', count(distinct n.voter), 'since', min(n.day)) from (
    select ${v.voter}, (${v.createdAt} at time zone 'UTC')::date as day,
      max((${v.createdAt} at time zone 'UTC')::date) over () as last
    from (select ${p.id} as was union all select ${d.id} from ${d} where ${d.paperId} = ${p.id}) i
      join ${v} on ${v.paperId} = i.was where ${p.ownUpvoteCount} > 0) n
  where n.day > n.last - ${span}::int and n.day > ${before} having count(n.voter) > 0)`

function readFacts(db: Database, window: TrendWindow, ids: readonly number[]): Promise<Facts[]> {
  const updatedOn = sql`coalesce((select ${trendState.updatedOn} from ${trendState}), current_date)`
  const before = sql`(${updatedOn} - ${REASON_DAYS[window]}::int)`
  const period = { updatedOn, before, span: WINDOW_DAYS[window] }
  return db.query<Facts>(sql`
    select ${p.id}, ${before} as "before", ${p.publishedOn} as "publishedOn", upper(${p.publishedPrecision}::text) as precision, (${p.createdAt} at time zone 'UTC')::date as "createdOn",
      ${w.codeOn} as "codeOn", ${starsSince(period)} as stars, ${listingsSince(period)} as listings,
      ${citationsSince(period)} as citations, ${votesSince(period)} as votes
    from ${p} join ${w} on ${w.paperId} = ${p.id} where ${p.id} = any(${ids}::bigint[])`)
}

function sentences(trend: Trend, facts: Facts): string[] {
  const { stars, listings, votes, citations: cited, createdOn, before } = facts
  const { codeOn, publishedOn, precision } = facts
  const told: string[] = []
  if (trend.stars > 0)
    for (const { name, gain, from, to, papers: shared } of stars ?? []) {
      const share = shared > 1 ? `, shared by ${NUMBERS.format(shared)} papers` : ''
      told.push(`+${counted(gain, 'star')} of ${name} from ${day(from)} to ${day(to)}${share}`)
    }
  if (trend.upvotes > 0)
    for (const { source, on, upvotes } of listings ?? [])
      told.push(`${counted(upvotes, 'upvote')} on the list of ${day(on)} (${listerOf(source)})`)
  if (trend.upvotes > 0 && votes)
    told.push(`${counted(votes.count, 'upvote')} in this catalogue since ${day(votes.since)}`)
  if (trend.citations > 0 && cited)
    told.push(
      `${counted(cited.count, 'citation')} by papers published since ${day(cited.since, cited.precision)}`,
    )
  // Code published with the paper has the precision of the paper's date.
  const codePrecision = codeOn === publishedOn ? precision : 'DAY'
  if (trend.code > 0 && codeOn && isAfter(before, codeOn, codePrecision))
    told.push(`Code since ${day(codeOn, codePrecision)}`)
  if (publishedOn !== null && publishedOn > createdOn) {
    if (createdOn > before)
      told.push(`Added on ${day(createdOn)}, dated ${day(publishedOn, precision)}`)
  } else if (publishedOn !== null && isAfter(before, publishedOn, precision))
    told.push(`Published ${precision === 'DAY' ? 'on' : 'in'} ${day(publishedOn, precision)}`)
  return told
}

/** Whether a day, or the last day of a month, is after another. Dates that are only a year are not events of a window. */
function isAfter(before: string, on: string, precision: Precision | null): boolean {
  if (precision === 'YEAR') return false
  return precision === 'MONTH' ? on.slice(0, 7) >= before.slice(0, 7) : on > before
}

/** The name of a source without its part in brackets. */
const listerOf = (source: string) => sourceName(source).replace(/ \(.*\)$/, '')

const NUMBERS = new Intl.NumberFormat('en-GB')

const counted = (count: number, noun: string) =>
  `${NUMBERS.format(count)} ${noun}${count === 1 ? '' : 's'}`

type Precision = 'YEAR' | 'MONTH' | 'DAY'

const LONG = { timeZone: 'UTC', year: 'numeric', month: 'long', day: 'numeric' } as const
const FORMATS = {
  DAY: new Intl.DateTimeFormat('en-GB', LONG),
  MONTH: new Intl.DateTimeFormat('en-GB', { ...LONG, day: undefined }),
  YEAR: new Intl.DateTimeFormat('en-GB', { ...LONG, day: undefined, month: undefined }),
}

/** A date such as `3 May 2026`, or the known part of it. */
function day(on: string, precision: Precision | null = 'DAY'): string {
  return FORMATS[precision ?? 'DAY'].format(new Date(`${on}T00:00:00Z`))
}
