import { v5 as uuidV5 } from 'uuid'
import type { Database } from '../db/client.ts'
import { fields, sql } from '../db/sql.ts'
import { catalogueIdentity as identity } from '../db/tables/identity.ts'

/** What identifies a catalogue in feeds. */
export interface CatalogueIdentity {
  id: string
  createdAt: string
}

/** The identity of a catalogue. It is created on first use and then never changes. */
export async function readIdentity(db: Database): Promise<CatalogueIdentity> {
  const [found] = await db.query<CatalogueIdentity>(readStatement)
  if (found) return found
  await db.query(sql`insert into ${identity} default values on conflict do nothing`)
  const [made] = await db.query<CatalogueIdentity>(readStatement)
  if (!made) throw new Error('The identity of the catalogue was not written')
  return made
}

const readStatement = sql`select ${fields(identity, 'id', 'createdAt')} from ${identity}`

/**
 * The id of a feed or entry. It depends on nothing that changes: not on the server's address, nor on titles, DOIs or merges, which keep the
 * id of the remaining paper.
 */
export function feedId({ id }: CatalogueIdentity, name: string): string {
  return `urn:uuid:${uuidV5(name, id)}`
}
