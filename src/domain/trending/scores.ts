import { join, raw, type Sql, sql } from '../../db/sql.ts'
import { paperTrends } from '../../db/tables/trending.ts'
import type { Transaction } from '../../db/transaction.ts'
import { TREND_PARTS, TREND_WINDOWS, TRENDING, type TrendWindow } from './constants.ts'
import { eventsUntil } from './events.ts'

/** e^x, without an error on underflow. */
const exp = (x: string) => `exp(greatest(-600::float8, ${x}))`
/** A float8 literal: PostgreSQL computes with these many times faster than with numeric. */
const number = (value: number) => `${value}::float8`

/** The decayed weight, at the last event of a paper, of a weight of 1 on each day of an event. */
function remaining(window: TrendWindow): string {
  const decay = number(TRENDING.decayDays[window])
  const ratio = Math.exp(-1 / TRENDING.decayDays[window])
  return `${exp(`(to_day - last_day) / ${decay}`)} * (1 - ${exp(`-(to_day - from_day + 1) / ${decay}`)}) / ${number(1 - ratio)}`
}

/** The weight of a day of an event. */
function weightIn(window: TrendWindow): string {
  const contrast = TRENDING.contrast[window]
  return contrast === 1 ? 'unit * steps' : `unit * power(steps, ${number(contrast)})`
}

const each = (make: (window: TrendWindow) => string) => raw(TREND_WINDOWS.map(make).join(', '))

/**
 * The parts of a score: recency is the day of the paper, and the others share what lifts it above that by what is left of each at
 * the last event.
 */
function partsOf(window: TrendWindow): string {
  const lifting = TREND_PARTS.slice(0, -1)
  const lifts = lifting.map((_, i) => `coalesce(${window}_${i + 1}, 0)`)
  const lift = `last_day + ${number(TRENDING.decayDays[window])} * ln(${window}_all) - own_day`
  const parts = lifts.map((one) => `(${lift}) * ${one} / nullif(${lifts.join(' + ')}, 0)`)
  return parts
    .map((part, i) => `round(1000 * (${part})) / 1000 as ${lifting[i]}_in_${window}`)
    .join(', ')
}

/** The stored parts, whose sum is the score. */
const valuesOf = (window: TrendWindow) =>
  TREND_PARTS.map((part) => (part === 'recency' ? 'own_day' : `${part}_in_${window}`))

const masses = each((window) =>
  [
    ...TREND_PARTS.map(
      (_, i) => `sum(${window}) filter (where part = ${i + 1}) as ${window}_${i + 1}`,
    ),
    `sum(${window}) as ${window}_all`,
  ].join(', '),
)

const { paperId, day, week, month, dayParts, weekParts, monthParts, scoredAt } = paperTrends

/** Computes the scores of the papers in the temporary table `stale` as of a day. Returns how many changed. */
export async function scoreStale(tx: Transaction, today: string): Promise<number> {
  const changed = await tx.query(sql`
    with ${eventsUntil(today)}, anchored as (
      select *, max(to_day) over (partition by paper_id) as last_day from events where unit * steps > 0.001
    ), summed as (
      select paper_id, last_day, max(part) filter (where part < 5) is null as is_recency,
        max(to_day) filter (where part = 5) as own_day, ${masses}
      from (select paper_id, part, to_day, last_day, ${each((window) => `${weightIn(window)} * ${remaining(window)} as ${window}`)} from anchored) e
      group by paper_id, last_day
    ), parted as (
      select paper_id, is_recency, own_day, ${each(partsOf)} from summed
    ), scored as materialized (
      select paper_id, ${each(
        (
          window,
        ) => `case when is_recency then own_day else ${valuesOf(window).join(' + ')} end::real as ${window},
          case when not is_recency then array[${valuesOf(window).join(', ')}]::real[] end as ${window}_parts`,
      )}
      from parted
    )
    update ${paperTrends} w set ${join(
      [
        sql`${day} = n.day`,
        sql`${week} = n.week`,
        sql`${month} = n.month`,
        ...[dayParts, weekParts, monthParts].map((column): Sql => sql`${column} = n.${column}`),
        sql`${scoredAt} = now()`,
      ],
      ', ',
    )}
    from scored n where w.paper_id = n.paper_id and (w.scored_at is null
      or (w.day, w.week, w.month) is distinct from (n.day, n.week, n.month)
      or w.month_parts is distinct from n.month_parts)
    returning w.${paperId}`)
  return changed.length
}
