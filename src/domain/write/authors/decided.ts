import { groupBy } from 'es-toolkit'
import { alias, columns, sql } from '../../../db/sql.ts'
import { authorships } from '../../../db/tables/authors.ts'
import { curationDecisions } from '../../../db/tables/curation.ts'
import { curatedAuthorships } from '../../../db/tables/people.ts'
import { sourceRecords } from '../../../db/tables/sources.ts'
import type { Transaction } from '../../../db/transaction.ts'
import { decisionId, decisionIn } from '../../identity/decided/decision-id.ts'
import { decidedPlace } from '../../identity/similar/decided-name.ts'
import { recordKey } from '../match/candidates.ts'
import type { Byline } from './link.ts'

const c = alias(curatedAuthorships, 'c')
const d = alias(curationDecisions, 'd')
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
    join ${c} on ${c.source} = r.source and ${c.key} = r.key
    join ${d} on ${d.id} = ${c.decisionId} order by ${d.decidedAt}, ${d.id}`)
  if (rows.length === 0) return bylines
  // Decisions of another catalogue have later numbers than younger ones of this.
  const byRecord = groupBy(
    rows.map((row, nth) => ({ ...row, nth })),
    recordKey,
  )
  return bylines.map((byline) => {
    const own = byline.records.flatMap((record) => byRecord[recordKey(record)] ?? [])
    if (own.length === 0) return byline
    const names = byline.authors.map(({ name }) => name)
    const decisions = names.map((): string | null => null)
    for (const { name_key, decision_id, part } of own.sort((x, y) => x.nth - y.nth)) {
      const place = decidedPlace(names, name_key)
      if (place >= 0) decisions[place] = decisionId(decision_id, part)
    }
    return { ...byline, decisions }
  })
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
