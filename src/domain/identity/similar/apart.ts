import type { Database } from '../../../db/client.ts'
import { alias, sql } from '../../../db/sql.ts'
import { authorships } from '../../../db/tables/authors.ts'
import { curationDecisions } from '../../../db/tables/curation.ts'
import { curatedAuthorships } from '../../../db/tables/people.ts'
import { sourceRecords } from '../../../db/tables/sources.ts'
import { decisionInSql, isDecisionSql } from '../decided/decision-id.ts'
import { decidedPlace } from './decided-name.ts'

const a = alias(authorships, 'a')
const b = alias(authorships, 'b')
const c = alias(curatedAuthorships, 'c')
const d = alias(curationDecisions, 'd')
const l = alias(authorships, 'l')
const s = alias(sourceRecords, 's')
/** An identifier of a byline. */
const ID = sql`x.id`

/** The number of the operator's decision by which two authors are different people; null if there is none. */
export type Apart = (one: number, other: number) => number | null

interface Named {
  decision: number
  part: number
  /** The name in the form of `decidedNames`. */
  name: string
  /** The byline of the paper now. */
  names: string[]
  authors: number[]
}

/** Which of these authors operators split from one another. One statement, which reads nothing if there are no decisions on authors. */
export async function readApart(db: Database, authorIds: readonly number[]): Promise<Apart> {
  const ids = sql`any(${[...authorIds]}::bigint[])`
  const rows = await db.query<Named>(sql`
    select ${d.id} as decision, r.part, r.name, byline.names, byline.authors
    from (
      select distinct ${decisionInSql(ID)} as id from ${l} cross join unnest(${l.identifiers}) x(id)
      where ${l.authorId} = ${ids} and ${isDecisionSql(ID)} and (select exists (select from ${c}))) own
    join ${d} on ${d.id} = own.id and ${d.kind} = 'split-author' and ${d.undoneAt} is null
    cross join lateral jsonb_to_recordset(${d.records}) as r(source text, key text, part int, name text)
    join ${s} on ${s.source} = r.source and ${s.key} = r.key
    cross join lateral (
      select array_agg(${b.name} order by ${b.position}) as names, array_agg(${b.authorId} order by ${b.position}) as authors
      from ${b} where ${b.paperId} = ${s.paperId}) byline
    where exists (select from ${a} where ${a.paperId} = ${s.paperId} and ${a.authorId} = ${ids})
    order by decision`)
  const parts = new Map<number, { decision: number; part: number }[]>()
  for (const { decision, part, name, names, authors } of rows) {
    const author = authors[decidedPlace(names, name)]
    if (author === undefined) continue
    parts.set(author, [...(parts.get(author) ?? []), { decision, part }])
  }
  return (one, other) => {
    const others = parts.get(other) ?? []
    const found = parts.get(one)?.find(({ decision, part }) => {
      return others.some((their) => their.decision === decision && their.part !== part)
    })
    return found?.decision ?? null
  }
}
