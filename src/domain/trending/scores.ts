import { join, raw, type Sql, sql } from '../../db/sql.ts'
import { paperTrends } from '../../db/tables/trending.ts'
import type { Transaction } from '../../db/transaction.ts'
import { TREND_PARTS, TREND_WINDOWS, TRENDING, type TrendWindow } from './constants.ts'
import { EVENTS } from './events.ts'

/** e^x, without an error where that is too small for a number. */
const exp = (x: string) => `exp(greatest(-600, ${x}))`

/** What is left at the last event of a paper, of a weight of 1 on each day of an event. */
function remaining(window: TrendWindow): string {
  const decay = TRENDING.decayDays[window].toFixed(4)
  const ratio = Math.exp(-1 / TRENDING.decayDays[window])
  return `${exp(`(to_day - last_day) / ${decay}`)} * (1 - ${exp(`-(to_day - from_day + 1) / ${decay}`)}) / ${1 - ratio}`
}

const each = (make: (window: TrendWindow) => string) => raw(TREND_WINDOWS.map(make).join(', '))

/**
 * The parts of a score: recency is the day of the paper, and the others share what lifts it above that by what is left of each at
 * the last event.
 */
function partsOf(window: TrendWindow): string {
  const [recency, ...others] = TREND_PARTS.toReversed()
  const lifts = others.toReversed().map((_, i) => `coalesce(${window}_${i + 1}, 0)`)
  const score = `last_day + ${TRENDING.decayDays[window]} * ln(${window}_all)`
  const parts = lifts.map(
    (lift) => `(${score} - own_day) * ${lift} / nullif(${lifts.join(' + ')}, 0)`,
  )
  const rounded = [...parts, recency && 'own_day'].map((part) => `round((${part})::numeric, 3)`)
  return `array[${rounded.join(', ')}]::real[]`
}

/** A score is the sum of its parts to the last digit that is kept. */
const sumOf = (window: TrendWindow) =>
  `(select sum(part::numeric) from unnest(${window}_parts) part)`

const masses = each((window) =>
  [
    ...TREND_PARTS.map(
      (_, i) => `sum(${window}) filter (where part = ${i + 1}) as ${window}_${i + 1}`,
    ),
    `sum(${window}) as ${window}_all`,
  ].join(', '),
)

const { paperId, day, week, month, dayParts, weekParts, monthParts, scoredAt } = paperTrends

/** Works out the scores of the papers in the temporary table `stale`. Returns how many changed. */
export async function scoreStale(tx: Transaction): Promise<number> {
  const changed = await tx.query(sql`
    with ${EVENTS}, anchored as (
      select *, max(to_day) over (partition by paper_id) as last_day from events where weight > 0.001
    ), summed as (
      select paper_id, last_day, max(part) filter (where part < 5) is null as is_recency,
        max(to_day) filter (where part = 5) as own_day, ${masses}
      from (select paper_id, part, to_day, last_day, ${each((window) => `weight * ${remaining(window)} as ${window}`)} from anchored) e
      group by paper_id, last_day
    ), parted as (
      select paper_id, is_recency, own_day, ${each((window) => `${partsOf(window)} as ${window}_parts`)} from summed
    ), scored as (
      select *, ${each((window) => `case when is_recency then own_day else ${sumOf(window)} end::real as ${window}`)} from parted
    )
    update ${paperTrends} w set ${join(
      [
        sql`${day} = n.day`,
        sql`${week} = n.week`,
        sql`${month} = n.month`,
        ...[dayParts, weekParts, monthParts].map(
          (column): Sql => sql`${column} = case when not n.is_recency then n.${column} end`,
        ),
        sql`${scoredAt} = now()`,
      ],
      ', ',
    )}
    from scored n where w.paper_id = n.paper_id and (w.scored_at is null
      or (w.day, w.week, w.month) is distinct from (n.day, n.week, n.month)
      or w.month_parts is distinct from case when not n.is_recency then n.month_parts end)
    returning w.${paperId}`)
  return changed.length
}
