import { alias, columns, recordset, type Stored, sql } from '../../../db/sql.ts'
import { institutionRecordNames, institutions } from '../../../db/tables/institutions.ts'
import type { Transaction } from '../../../db/transaction.ts'
import { acronymKey, institutionKey, isShared, siteOf } from '../../record/affiliation.ts'
import type { InstitutionRecord } from '../../record/profile-record.ts'
import { settle } from './papers.ts'

const i = alias(institutions, 'i')
const n = alias(institutionRecordNames, 'n')
const r = alias(institutionRecordNames, 'r')

/** The columns of a lookup row: a name and its record. */
const FOUND_BY = ['nameKey', 'isAcronym', 'ror', 'source', 'key'] as const

/** After these records were written: updates their lookup names and the papers that use them. */
export async function writeInstitutionRecords(
  tx: Transaction,
  records: readonly InstitutionRecord[],
): Promise<void> {
  if (records.length === 0) return
  const rows = records.flatMap((record) =>
    keysOf(record).map((found) => ({
      ...found,
      ...{ ror: record.ror, source: record.source, key: record.key },
    })),
  )
  const old = await tx.query<Stored<typeof institutionRecordNames, 'name_key' | 'ror'>>(sql`
    delete from ${n} using ${recordset(institutionRecordNames, 'r', ['source', 'key'], records)}
    where ${n.source} = r.source and ${n.key} = r.key returning ${columns(n, 'nameKey', 'ror')}`)
  await tx.query(sql`
    insert into ${institutionRecordNames} (${columns(institutionRecordNames, ...FOUND_BY)})
    select ${columns(r, ...FOUND_BY)} from ${recordset(institutionRecordNames, 'r', FOUND_BY, rows)}`)
  await follow(
    tx,
    [...rows.map(({ nameKey }) => nameKey), ...old.map((row) => row.name_key)],
    [...records, ...old].map(({ ror }) => ror),
  )
}

/** After these records and their names were deleted: resolves papers that use the names without them. */
export async function followInstitutionRecords(
  tx: Transaction,
  records: readonly InstitutionRecord[],
): Promise<void> {
  const names = records.flatMap(keysOf).map(({ nameKey }) => nameKey)
  await follow(
    tx,
    names,
    records.map(({ ror }) => ror),
  )
}

async function follow(tx: Transaction, keys: string[], rors: string[]): Promise<void> {
  if (rors.length === 0) return
  const rows = await tx.query<{ id: number }>(
    sql`select ${i.id} from ${i} where ${i.ror} = any(${[...new Set(rors)]}::text[])`,
  )
  await settle(tx, { added: [], keys, institutions: rows.map(({ id }) => id), papers: [] })
}

interface Key {
  nameKey: string
  isAcronym: boolean
}

/** The lookup names of a record. If several institutions share a name, the home page is part of it: see `statedOf`. */
export function keysOf({ name, aliases, acronyms, domain, isWithdrawn }: InstitutionRecord): Key[] {
  if (isWithdrawn) return []
  const names = [name, ...aliases].map(institutionKey).flatMap((key) => {
    if (!isShared(key)) return key
    return domain === null ? [] : `${key} ${siteOf(domain)}`
  })
  const short = acronyms.map(acronymKey)
  const keysAs = (keys: string[], isAcronym: boolean) =>
    [...new Set(keys)].filter(Boolean).map((nameKey) => ({ nameKey, isAcronym }))
  return [...keysAs(names, false), ...keysAs(short, true)]
}
