import { inArray } from 'drizzle-orm'
import { sortBy } from 'es-toolkit'
import type { Database } from '../../db/client.ts'
import { orm } from '../../db/orm.ts'
import { savedQueries } from '../../db/tables/saved.ts'
import type { Transaction } from '../../db/transaction.ts'
import { AppError, quote } from '../../errors.ts'
import { NOTHING } from '../../sql/selection.ts'
import { findRepository } from '../entity/repository.ts'
import { findAuthorOrNamesakes } from '../identity/lookup/resolution.ts'
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
import { documentsNow, followsBefore } from './now.ts'

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

/** Keeps a document, unless it is kept, and returns it as it is now: five statements at most. */
export async function saveDocument(db: Database, document: SavedDocument): Promise<SavedQuery> {
  const saved = await keep(db, document)
  const now = await documentNow(db, saved)
  return now === saved.document ? saved : keep(db, now)
}

async function keep(db: Database, document: SavedDocument): Promise<SavedQuery> {
  const id = idOfDocument(document)
  const [made] = await orm(db)
    .insert(savedQueries)
    .values({ id, document })
    .onConflictDoNothing()
    .returning()
  const [row] = made ? [made] : await rowsOf(db, [id])
  return row as SavedQuery
}

const rowsOf = async (db: Transaction | Database, ids: readonly string[]) =>
  (await orm(db)
    .select()
    .from(savedQueries)
    .where(inArray(savedQueries.id, [...ids]))) as SavedQuery[]

/**
 * The saved query with this id; null when there is none. After a merge of what it names, it is the one that follows what was merged, so
 * that nothing is followed twice; when that is undone, it is itself again. Where nobody saved that one, the oldest that was merged into it
 * stands for all, as to read writes nothing.
 */
export async function findSavedQuery(db: Database, id: string): Promise<SavedQuery | null> {
  const text = id.trim().toLowerCase()
  if (!isSavedId(text)) return null
  const [row] = await rowsOf(db, [text])
  if (!row) return null
  const document = await documentNow(db, row)
  if (document === row.document) return row
  const now = idOfDocument(document)
  const alike = await rowsOf(db, [now, ...(await followsBefore(db, document)).map(idOfDocument)])
  const merged = alike.find((one) => one.id === now)
  const [oldest = row] = sortBy(alike, ['createdAt', 'id'])
  return merged ?? { ...oldest, document }
}

async function documentNow(db: Database, saved: SavedQuery): Promise<SavedDocument> {
  const [document = saved.document] = await documentsNow(db, [saved.document])
  return document
}

/** The id that each saved query has now, by the id that it had: two statements for all. */
export async function savedIdsNow(
  db: Transaction | Database,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows = ids.length > 0 ? await rowsOf(db, [...new Set(ids)]) : []
  const documents = await documentsNow(
    db,
    rows.map(({ document }) => document),
  )
  return new Map(
    rows.map(({ id, document }, i) => {
      const now = documents[i] ?? document
      return [id, now === document ? id : idOfDocument(now)]
    }),
  )
}
