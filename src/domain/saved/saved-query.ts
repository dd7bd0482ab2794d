import { eq } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { orm } from '../../db/orm.ts'
import { savedQueries } from '../../db/tables/saved.ts'
import { resolveNames } from '../papers/filter.ts'
import { planSearch } from '../search/search.ts'
import {
  idOfDocument,
  isSavedId,
  type PapersInput,
  papersDocument,
  type SavedPapers,
} from './document.ts'

/** A query that was saved. It never changes. */
export interface SavedQuery {
  /** Hash of the document. */
  id: string
  document: SavedPapers
  /** When it was saved first. */
  createdAt: string
}

/**
 * Saves a query, or finds it saved. Throws BAD_USER_INPUT for one that could not be answered: four statements at most.
 */
export async function saveQuery(db: Database, input: PapersInput): Promise<SavedQuery> {
  const document = papersDocument(input)
  const { query, filter, order } = document
  const named = await resolveNames(db, filter)
  if (query !== null) await planSearch(db, { query, mode: 'strict', filter: named, order })
  const id = idOfDocument(document)
  const [made] = await orm(db)
    .insert(savedQueries)
    .values({ id, document })
    .onConflictDoNothing()
    .returning()
  return ((made as SavedQuery | undefined) ?? (await findSavedQuery(db, id))) as SavedQuery
}

/** The saved query with this id; null when there is none. */
export async function findSavedQuery(db: Database, id: string): Promise<SavedQuery | null> {
  const text = id.trim().toLowerCase()
  if (!isSavedId(text)) return null
  const [row] = await orm(db).select().from(savedQueries).where(eq(savedQueries.id, text))
  return (row as SavedQuery | undefined) ?? null
}
