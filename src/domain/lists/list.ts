import { addDays, type Days, today } from '../../day.ts'
import type { Database } from '../../db/client.ts'
import { alias, type Sql, sql } from '../../db/sql.ts'
import { papers } from '../../db/tables/papers.ts'
import { sourceRecords } from '../../db/tables/sources.ts'
import { syncStates } from '../../db/tables/sync.ts'
import { badInput } from '../../errors.ts'
import { daysOf, type PeriodKind, periodOf } from './period.ts'

const p = alias(papers, 'p')
const x = alias(papers, 'x')
const s = alias(sourceRecords, 's')

/** A list by date: the papers of a day, a week or a month. */
export interface DatedList extends Days {
  kind: PeriodKind
  /** The argument for it, such as `2026-W48`. */
  period: string
  /** The nearest days before and after that have papers. */
  previousDate: string | null
  nextDate: string | null
  isComplete: boolean
}

/**
 * Days after the end of a day during which a synced source may still add papers to it: Hugging Face's lists are open until the day
 * has ended everywhere, and arXiv announces a Friday's submissions on the following Tuesday, in UTC.
 */
const SETTLING_DAYS = { 'hf-daily': 1, arxiv: 4 }

/**
 * The list of a period, or the latest with papers if no period is given. Throws BAD_USER_INPUT for a period in the
 * future or before the first paper. One statement, and one more to find the latest period.
 */
export async function findDatedList(
  db: Database,
  kind: PeriodKind,
  name: string | null | undefined,
): Promise<DatedList> {
  const now = today()
  const period = name ?? periodOf(kind, (await latestDay(db, now)) ?? now)
  const days = daysOf(kind, period)
  if (!days) throw badInput(`${kind}: there is no ${kind} ${period}.`)
  if (days.from > now)
    throw badInput(
      `${kind}: ${period} is in the future; expected ${periodOf(kind, now)} at the latest, by the day in UTC.`,
    )
  const { first, previousDate, nextDate, isRead } = await readSurroundings(db, days, now)
  if (first !== null && days.until < first)
    throw badInput(
      `${kind}: ${period} is before the first paper; expected ${periodOf(kind, first)} or later.`,
    )
  return { kind, period, ...days, previousDate, nextDate, isComplete: isRead && days.until < now }
}

/** The condition that a paper was listed on one of these days or, if it was never listed, appeared on one. */
export function isOfDays({ from, until }: Days): Sql {
  // With an array, PostgreSQL looks up these papers by id and does not scan others in the order of the list.
  return sql`${p.id} = any(array(
    select ${s.paperId} from ${s} where ${s.listedOn} between ${from}::date and ${until}::date and ${s.paperId} is not null
    union select ${x.id} from ${x} where ${x.appearedOn} between ${from}::date and ${until}::date))`
}

async function latestDay(db: Database, now: string): Promise<string | null> {
  const [row] = await db.query<{ day: string | null }>(
    sql`select ${nearest('max', sql`<= ${now}::date`)} as day`,
  )
  return row?.day ?? null
}

interface Surroundings {
  first: string | null
  previousDate: string | null
  nextDate: string | null
  isRead: boolean
}

async function readSurroundings(
  db: Database,
  { from, until }: Days,
  now: string,
): Promise<Surroundings> {
  const settling = Object.entries(SETTLING_DAYS).map(
    ([source, days]) =>
      sql`(${syncStates.source} = ${source}::text and ${syncStates.doneUntil} < ${addDays(until, days)}::date)`,
  )
  const [row] = await db.query<Surroundings>(sql`
    select ${nearest('min', sql`<= ${now}::date`)} as first,
      ${nearest('max', sql`< ${from}::date`)} as "previousDate",
      ${nearest('min', sql`between ${addDays(until, 1)}::date and ${now}::date`)} as "nextDate",
      not exists (select from ${syncStates} where ${settling[0]} or ${settling[1]}) as "isRead"`)
  return row as Surroundings
}

/** The first or the last day with papers that meets a condition. */
function nearest(end: 'min' | 'max', condition: Sql): Sql {
  const [pick, nearer] = end === 'min' ? [sql`min`, sql`least`] : [sql`max`, sql`greatest`]
  return sql`${nearer}(
    (select ${pick}(${s.listedOn}) from ${s} where ${s.listedOn} ${condition} and ${s.paperId} is not null),
    (select ${pick}(${x.appearedOn}) from ${x} where ${x.appearedOn} ${condition}))`
}
