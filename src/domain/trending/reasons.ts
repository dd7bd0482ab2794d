import type { Database } from '../../db/client.ts'
import { alias, sql } from '../../db/sql.ts'
import { citations } from '../../db/tables/citations.ts'
import { papers } from '../../db/tables/papers.ts'
import { paperRepositories, repositories, repositoryStars } from '../../db/tables/repositories.ts'
import { sourceRecords } from '../../db/tables/sources.ts'
import { paperTrends, trendState } from '../../db/tables/trending.ts'
import { TRENDING, type TrendWindow, WINDOW_DAYS } from './constants.ts'
import type { Trend } from './trend.ts'

const p = alias(papers, 'p')
const w = alias(paperTrends, 'w')
const pr = alias(paperRepositories, 'pr')
const r = alias(repositories, 'r')
const s = alias(repositoryStars, 's')
const b = alias(repositoryStars, 'b')
const l = alias(sourceRecords, 'l')
const c = alias(citations, 'c')

/** Most repositories and lists that reasons name for a paper. */
const MOST_NAMED = 3

interface Facts {
  id: number
  publishedOn: string | null
  createdOn: string
  codeOn: string | null
  stars: { name: string; gain: number; from: string; to: string; papers: number }[] | null
  listings: { source: string; on: string; upvotes: number }[] | null
  /** Days of the newest that cite it, from the earliest on. */
  citations: string[] | null
}

/** Sentences on what the parts of trends come from, each of which the catalogue's data can confirm: one statement. */
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

function readFacts(db: Database, window: TrendWindow, ids: readonly number[]): Promise<Facts[]> {
  const span = WINDOW_DAYS[window]
  const updatedOn = sql`coalesce((select ${trendState.updatedOn} from ${trendState}), current_date)`
  return db.query<Facts>(sql`
    select ${p.id}, ${p.publishedOn} as "publishedOn", (${p.createdAt} at time zone 'UTC')::date as "createdOn",
      ${w.codeOn} as "codeOn", (
        select json_agg(g order by g.gain desc) from (
          select ${r.owner} || '/' || ${r.name} as name, last.stars - base.stars as gain, base.observed_on as "from",
            last.observed_on as "to", ${r.paperCount} as papers
          from ${pr} join ${r} on ${r.id} = ${pr.repositoryId},
            lateral (select ${s.stars}, ${s.observedOn} from ${s}
              where ${s.repositoryId} = ${r.id} and ${s.observedOn} <= ${updatedOn} order by ${s.observedOn} desc limit 1) last,
            lateral (select ${b.stars}, ${b.observedOn} from ${b}
              where ${b.repositoryId} = ${r.id} and ${b.observedOn} < last.observed_on
                and ${b.observedOn} >= last.observed_on - ${TRENDING.horizonDays}::int and ${b.stars} < last.stars
              order by abs(last.observed_on - ${b.observedOn} - ${span}::int), ${b.observedOn} limit 1) base
          where ${pr.paperId} = ${p.id} order by gain desc limit ${MOST_NAMED}::int) g) as stars, (
        select json_agg(n order by n."on" desc) from (
          select ${l.source}, ${l.listedOn} as "on", max((${l.record}->>'upvoteCount')::int) as upvotes from ${l}
          where ${l.paperId} = ${p.id} and ${l.listedOn} is not null group by 1, 2
          having max((${l.record}->>'upvoteCount')::int) > 0 order by 2 desc limit ${MOST_NAMED}::int) n) as listings, (
        select json_agg(${c.publishedSort} order by ${c.publishedSort}) from ${c},
          lateral (select max(newest.published_sort) as day from citations newest
            where newest.cited_id = ${p.id} and newest.published_sort <= ${updatedOn}) latest
        where ${c.citedId} = ${p.id} and ${c.publishedSort} > latest.day - greatest(7, ${span}::int)
          and ${c.publishedSort} <= latest.day) as citations
    from ${p} join ${w} on ${w.paperId} = ${p.id} where ${p.id} = any(${ids}::bigint[])`)
}

function sentences(trend: Trend, facts: Facts): string[] {
  const { stars, listings, citations: cited, codeOn, publishedOn, createdOn } = facts
  const told: string[] = []
  if (trend.stars > 0)
    for (const { name, gain, from, to, papers: shared } of stars ?? []) {
      const share = shared > 1 ? `, shared by ${shared} papers` : ''
      told.push(`+${counted(gain, 'star')} of ${name} from ${day(from)} to ${day(to)}${share}`)
    }
  if (trend.upvotes > 0)
    for (const { source, on, upvotes } of listings ?? [])
      told.push(`${counted(upvotes, 'upvote')} on the ${source} list of ${day(on)}`)
  const [since] = cited ?? []
  if (trend.citations > 0 && cited && since)
    told.push(`${counted(cited.length, 'citation')} by papers published since ${day(since)}`)
  if (trend.code > 0 && codeOn) told.push(`Code since ${day(codeOn)}`)
  if (publishedOn !== null)
    told.push(
      publishedOn > createdOn
        ? `Added on ${day(createdOn)}, dated ${day(publishedOn)}`
        : `Published on ${day(publishedOn)}`,
    )
  return told
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`

const DAYS = new Intl.DateTimeFormat('en-GB', {
  ...({ day: 'numeric', month: 'long', year: 'numeric' } as const),
  timeZone: 'UTC',
})

/** Such as `3 May 2026`. */
function day(on: string): string {
  return DAYS.format(new Date(`${on}T00:00:00Z`))
}
