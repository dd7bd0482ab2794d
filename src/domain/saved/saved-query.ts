import { eq } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { orm } from '../../db/orm.ts'
import { savedQueries } from '../../db/tables/saved.ts'
import { AppError, quote } from '../../errors.ts'
import { NOTHING } from '../../sql/selection.ts'
import { findRepository } from '../entity/repository.ts'
import { findAuthorOrNamesakes } from '../identity/resolution.ts'
import { withAuthorIds } from '../papers/author-filter.ts'
import { resolveNames } from '../papers/filter.ts'
import { findPaper } from '../papers/resolution.ts'
import { planSearch } from '../search/search.ts'
import {
  canonicalName,
  idOfDocument,
  isSavedId,
  type PapersInput,
  papersDocument,
  papersToFollow,
  type SavedDocument,
} from './document.ts'

/** A query that was saved. It never changes. */
export interface SavedQuery {
  /** Hash of the document. */
  id: string
  document: SavedDocument
  /** When it was saved first. */
  createdAt: string
}

/**
 * Saves a query, or finds it saved. It keeps ids for names of authors, since others may come to have the name. Throws BAD_USER_INPUT for
 * one that could not be answered: five statements at most.
 */
export async function saveQuery(db: Database, input: PapersInput): Promise<SavedQuery> {
  const filterWithIds = input.filter && (await withAuthorIds(db, input.filter))
  const document = papersDocument({ ...input, filter: filterWithIds })
  const { query, filter, order } = document
  const named = await resolveNames(db, filter)
  if (query !== null) await planSearch(db, { query, mode: 'strict', filter: named, order })
  return saveDocument(db, document)
}

/** What a client asks to follow. */
export interface FollowInput {
  ref: string
  name?: string | null | undefined
}

/** Follows a paper. Throws NOT_FOUND for one that is not in the catalogue, as the next two do. */
export async function followPaper(db: Database, { ref, name }: FollowInput): Promise<SavedQuery> {
  const { id } = found('paper', ref, await findPaper(db, ref, NOTHING))
  return saveDocument(db, papersToFollow('paper', [id], name))
}

/** Follows an author: all their papers. BAD_USER_INPUT for a name that fits several authors. */
export async function followAuthor(db: Database, { ref, name }: FollowInput): Promise<SavedQuery> {
  const { id } = found('author', ref, await findAuthorOrNamesakes(db, ref, NOTHING))
  return saveDocument(db, { kind: 'author', name: canonicalName(name), authorId: id })
}

/** Follows a repository: all papers that are linked to it. */
export async function followRepository(
  db: Database,
  { ref, name }: FollowInput,
): Promise<SavedQuery> {
  const { id } = found('repository', ref, await findRepository(db, ref, NOTHING))
  return saveDocument(db, { kind: 'repository', name: canonicalName(name), repositoryId: id })
}

function found<T>(what: string, ref: string, one: T | null): T {
  if (one) return one
  throw new AppError('NOT_FOUND', `ref: there is no ${what} ${quote(ref)} in the catalogue.`)
}

/** Keeps a document, unless it is kept: two statements at most. */
export async function saveDocument(db: Database, document: SavedDocument): Promise<SavedQuery> {
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
