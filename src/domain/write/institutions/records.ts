import { alias, columns, type Stored, sql } from '../../../db/sql.ts'
import { institutionRecordNames, institutions } from '../../../db/tables/institutions.ts'
import type { Transaction } from '../../../db/transaction.ts'
import { acronymKey, institutionKey, isShared, siteOf } from '../../record/affiliation.ts'
import type { InstitutionRecord } from '../../record/profile-record.ts'
import { settle } from './papers.ts'

const i = alias(institutions, 'i')
const n = alias(institutionRecordNames, 'n')

/** After these records were written: keeps by which names they are found, and follows them in papers that name them. */
export async function writeInstitutionRecords(
  tx: Transaction,
  records: readonly InstitutionRecord[],
): Promise<void> {
  if (records.length === 0) return
  const rows = records.flatMap((record) =>
    keysOf(record).map((key) => ({
      ...{ name_key: key.nameKey, is_acronym: key.isAcronym },
      ...{ ror: record.ror, source: record.source, key: record.key },
    })),
  )
  const own = records.map(({ source, key }) => ({ source, key }))
  const old = await tx.query<Stored<typeof institutionRecordNames, 'name_key' | 'ror'>>(sql`
    delete from ${n} using jsonb_to_recordset(${JSON.stringify(own)}::text::jsonb) as r(source text, key text)
    where ${n.source} = r.source and ${n.key} = r.key returning ${columns(n, 'nameKey', 'ror')}`)
  await tx.query(sql`
    insert into ${institutionRecordNames} (${columns(institutionRecordNames, 'nameKey', 'isAcronym', 'ror', 'source', 'key')})
    select name_key, is_acronym, ror, source, key from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
      as r(name_key text, is_acronym boolean, ror text, source text, key text)`)
  await follow(
    tx,
    [...rows, ...old].map((row) => row.name_key),
    [...records, ...old].map(({ ror }) => ror),
  )
}

/** After these records went, and their names with them: papers that name them mean what is known without them. */
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

/** By which names a record is found. Of a name that several have, the home page tells which is meant: see `statedOf`. */
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
