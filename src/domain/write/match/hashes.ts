import sql from 'sql-template-tag'
import type { Transaction } from '../../../db/transaction.ts'
import type { PaperRecord } from '../../record/paper-record.ts'
import { comparable } from '../../record/same/comparable.ts'
import { matchHashes } from '../../record/same/match-hashes.ts'

const FILLED_AT_ONCE = 1000

/** Gives records of older versions their match hash, without which they are not found by their titles. */
export async function fillMatchHashes(tx: Transaction): Promise<void> {
  for (;;) {
    const rows = await tx.query<{ source: string; key: string; record: PaperRecord }>(sql`
      select source, key, record from source_records where match_hash is null limit ${FILLED_AT_ONCE}`)
    if (rows.length === 0) return
    const hashes = rows.map(({ source, key, record }) => {
      return { source, key, ...matchHashes(comparable(record)) }
    })
    await tx.query(sql`
      update source_records t
      set match_hash = coalesce(r.title, 0), byline_hash = r.byline, initials_hash = r.initials
      from jsonb_to_recordset(${JSON.stringify(hashes)}::text::jsonb)
        as r(source text, key text, title bigint, byline bigint, initials bigint)
      where t.source = r.source and t.key = r.key`)
  }
}
