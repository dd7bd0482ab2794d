import type { Database } from '../../db/client.ts'
import { alias, join, raw, type Sql, sql } from '../../db/sql.ts'
import { citations } from '../../db/tables/citations.ts'
import { AppError, badInput } from '../../errors.ts'
import { NOTHING } from '../../sql/selection.ts'
import { type PaperResolution, resolvePapers } from '../papers/resolution.ts'

const l = alias(citations, 'l')

export const LONGEST_PATH = 4

/** Maximum number of papers per step, and of references followed from each. */
export const PATH_LIMITS = { step: 10_000, each: 500 }
const STEP = raw(String(PATH_LIMITS.step))
const EACH = raw(String(PATH_LIMITS.each))

/**
 * The shortest citation path between two papers: each paper on it cites the next. Null if there is none with at most `maxLength` steps. Throws
 * NOT_FOUND if either paper is not in the catalogue. Two statements with bounded work: two steps forwards from `from`, one step backwards from
 * `to`, and the step between.
 */
export async function findCitationPath(
  db: Database,
  from: string,
  to: string,
  maxLength: number,
): Promise<number[] | null> {
  if (maxLength < 1 || maxLength > LONGEST_PATH)
    throw badInput(`maxLength: ${maxLength} is out of range; expected 1 to ${LONGEST_PATH}.`)
  const [start, end] = await resolvePapers(db, NOTHING, [from, to])
  const [source, target] = [idOf('from', start), idOf('to', end)]
  if (source === target) return [source]
  const [row] = await db.query<{ path: number[] | null }>(pathStatement(source, target, maxLength))
  return row?.path ?? null
}

function idOf(argument: string, resolution: PaperResolution | undefined): number {
  if (resolution?.kind === 'found') return resolution.candidate.paper.id
  const message = `${argument}: ${resolution?.message}`
  if (resolution?.kind === 'not_found' && resolution.reason === 'absent')
    throw new AppError('NOT_FOUND', message)
  throw badInput(message)
}

/** Longer chains are searched only if there is no shorter one, because `coalesce` stops at the first result. */
function pathStatement(source: number, target: number, maxLength: number): Sql {
  const [from, to] = [sql`${source}::bigint`, sql`${target}::bigint`]
  const ways = [
    sql`(select json_build_array(${from}, ${to}) from ${l}
      where ${l.citingId} = ${from} and ${l.citedId} = ${to})`,
    sql`(select json_build_array(${from}, o.id, ${to}) from one o join last z on z.id = o.id
      order by o.id limit 1)`,
    sql`(select json_build_array(${from}, w.via, w.id, ${to}) from two w join last z on z.id = w.id
      order by w.id, w.via limit 1)`,
    sql`(select json_build_array(${from}, w.via, w.id, ${l.citedId}, ${to})
      from two w join ${l} on ${l.citingId} = w.id join last z on z.id = ${l.citedId}
      order by ${l.citedId}, w.id, w.via limit 1)`,
  ]
  return sql`
    with one as materialized (
      select ${l.citedId} as id from ${l} where ${l.citingId} = ${from}
      order by ${l.citedId} limit ${EACH}
    ), two as materialized (
      select distinct on (l.id) l.id, o.id as via from one o cross join lateral (
        select ${l.citedId} as id from ${l} where ${l.citingId} = o.id order by ${l.citedId} limit ${EACH}) l
      order by l.id, o.id limit ${STEP}
    ), last as materialized (
      select ${l.citingId} as id from ${l} where ${l.citedId} = ${to}
      order by ${l.publishedSort} desc, ${l.citingId} desc limit ${STEP}
    )
    select coalesce(${join(ways.slice(0, maxLength))}) as path`
}
