import { raw, type Sql, sql } from '../../db/sql.ts'
import type { Transaction } from '../../db/transaction.ts'

/** A record from an exported catalogue, with the time at which that catalogue read it from its source. */
export interface Fetched {
  table: (typeof TABLES)[number]
  source: string
  key: string
  /** ISO instant. */
  fetchedAt: string
}

const TABLES = ['source_records', 'author_records', 'topic_records', 'institution_records'] as const

const rowsOf = (
  fetched: Fetched[],
): Sql => sql`jsonb_to_recordset(${JSON.stringify(fetched)}::text::jsonb)
  as r(source text, key text, "fetchedAt" timestamptz)`

/** Records of which the catalogue has a later version, which must not be replaced. */
export async function findOutdated(tx: Transaction, fetched: Fetched[]): Promise<Fetched[]> {
  const outdated = await Promise.all(
    TABLES.map(async (table) => {
      const among = fetched.filter((one) => one.table === table)
      if (among.length === 0) return []
      const rows = await tx.query<{ source: string; key: string }>(sql`
        select t.source, t.key from ${rowsOf(among)}
        join ${raw(table)} t on t.source = r.source and t.key = r.key where t.fetched_at > r."fetchedAt"`)
      const keys = new Set(rows.map(({ source, key }) => `${source}\n${key}`))
      return among.filter(({ source, key }) => keys.has(`${source}\n${key}`))
    }),
  )
  return outdated.flat()
}

/** Sets `fetched_at` of the records that this transaction wrote to the time at which the exported catalogue read them. */
export async function restoreInstants(tx: Transaction, fetched: Fetched[]): Promise<void> {
  for (const table of TABLES) {
    const among = fetched.filter((one) => one.table === table)
    if (among.length === 0) continue
    await tx.query(sql`
      update ${raw(table)} t set fetched_at = r."fetchedAt" from ${rowsOf(among)}
      where t.source = r.source and t.key = r.key and t.fetched_at = now() and r."fetchedAt" < now()`)
  }
}
