import { alias, columns, sql } from '../../../db/sql.ts'
import { authorships } from '../../../db/tables/authors.ts'
import { curatedAuthorships } from '../../../db/tables/people.ts'
import { sourceRecords } from '../../../db/tables/sources.ts'
import type { Transaction } from '../../../db/transaction.ts'
import { decidedNames } from '../../identity/decided/decided-name.ts'
import { decisionId, decisionIn } from '../../identity/decided/decision-id.ts'
import { fitNames } from '../../identity/name-fit.ts'
import { parsePersonName } from '../../identity/person-name.ts'
import { nameKey } from '../../record/title-key.ts'
import type { Byline } from './link.ts'

const c = alias(curatedAuthorships, 'c')
const s = alias(sourceRecords, 's')
const a = alias(authorships, 'a')

interface Curated {
  source: string
  key: string
  name_key: string
  decision_id: number
  part: number
}

/** Adds operators' decisions to the authors of the bylines: for each name, the newest decision on it in any of the paper's records. */
export async function withDecisions(tx: Transaction, bylines: Byline[]): Promise<Byline[]> {
  const given = bylines.flatMap(({ records }) => records)
  if (given.length === 0) return bylines
  const rows = await tx.query<Curated>(sql`
    select ${columns(c, 'source', 'key', 'nameKey', 'decisionId', 'part')}
    from unnest(${given.map(({ source }) => source)}::text[], ${given.map(({ key }) => key)}::text[]) as r(source, key)
    join ${c} on ${c.source} = r.source and ${c.key} = r.key order by ${c.decisionId}`)
  if (rows.length === 0) return bylines
  const byRecord = new Map<string, Curated[]>()
  for (const row of rows) {
    const key = `${row.source}\n${row.key}`
    byRecord.set(key, [...(byRecord.get(key) ?? []), row])
  }
  return bylines.map((byline) => {
    const own = byline.records.flatMap(({ source, key }) => byRecord.get(`${source}\n${key}`) ?? [])
    if (own.length === 0) return byline
    const names = byline.authors.map(({ name }) => name)
    const decisions = names.map((): string | null => null)
    for (const { name_key, decision_id, part } of own.sort(
      (x, y) => x.decision_id - y.decision_id,
    )) {
      const place = placeOf(names, name_key)
      if (place >= 0) decisions[place] = decisionId(decision_id, part)
    }
    return { ...byline, decisions }
  })
}

/** The index of a name in a byline, which may print it differently now; -1 if no name or several fit. */
function placeOf(names: string[], key: string): number {
  const equal = decidedNames(names).findIndex((name) => nameKey(name) === key)
  if (equal >= 0) return equal
  const wanted = parsePersonName(key)
  const fitting = names.flatMap((name, place) => {
    const own = wanted && parsePersonName(name)
    return own && fitNames(own, wanted) ? [place] : []
  })
  return fitting.length === 1 ? (fitting[0] ?? -1) : -1
}

/** The authors of all papers that these decisions (spelt as in `Slot`) refer to. */
export async function authorsDecided(tx: Transaction, decisions: string[]): Promise<number[]> {
  if (decisions.length === 0) return []
  const ids = decisions.map(decisionIn)
  const rows = await tx.query<{ id: number }>(sql`
    select distinct ${a.authorId} as id from ${c}
    join ${s} on ${s.source} = ${c.source} and ${s.key} = ${c.key}
    join ${a} on ${a.paperId} = ${s.paperId}
    where ${c.decisionId} = any(${[...new Set(ids)]}::bigint[])`)
  return rows.map(({ id }) => id)
}
