import { alias, columns, type Stored, sql } from '../../../db/sql.ts'
import { sourceRecords } from '../../../db/tables/sources.ts'
import type { Transaction } from '../../../db/transaction.ts'
import type { PaperRecord } from '../../record/paper-record.ts'
import { comparable } from '../../record/same/comparable.ts'
import { matchHashes } from '../../record/same/match-hashes.ts'

const t = alias(sourceRecords, 't')

const FILLED_AT_ONCE = 1000

/** Computes match hashes for records of older versions, which could not be found by their titles otherwise. */
export async function fillMatchHashes(tx: Transaction): Promise<void> {
  for (;;) {
    const rows = await tx.query<
      Stored<typeof sourceRecords, 'source' | 'key'> & { record: PaperRecord }
    >(sql`
      select ${columns(sourceRecords, 'source', 'key', 'record')} from ${sourceRecords} where ${sourceRecords.matchHash} is null limit ${FILLED_AT_ONCE}`)
    if (rows.length === 0) return
    const hashes = rows.map(({ source, key, record }) => {
      return { source, key, ...matchHashes(comparable(record)) }
    })
    await tx.query(sql`
      update ${t}
      set ${sourceRecords.matchHash} = coalesce(r.title, 0), ${sourceRecords.bylineHash} = r.byline, ${sourceRecords.initialsHash} = r.initials
      from jsonb_to_recordset(${JSON.stringify(hashes)}::text::jsonb)
        as r(source text, key text, title bigint, byline bigint, initials bigint)
      where ${t.source} = r.source and ${t.key} = r.key`)
  }
}
