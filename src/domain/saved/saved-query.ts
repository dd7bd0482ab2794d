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

/** A saved query. Immutable. */
export interface SavedQuery {
  /** Hash of the document. */
  id: string
  document: SavedDocument
  /** Time of the first save. */
  createdAt: string
}

/**
 * Saves a query, unless it is saved already. Stores ids instead of names of authors, because other authors may get the same name. Throws
 * BAD_USER_INPUT for a query that cannot be answered. At most five statements.
 */
export async function saveQuery(db: Database, input: PapersInput): Promise<SavedQuery> {
  const filterWithIds = input.filter && (await withAuthorIds(db, input.filter))
  const document = papersDocument({ ...input, filter: filterWithIds })
  const { query, filter, order } = document
  const named = await resolveNames(db, filter)
  if (query !== null) await planSearch(db, { query, mode: 'strict', filter: named, order })
  return saveDocument(db, document)
}

/** A request to follow something. */
export interface FollowInput {
  ref: string
  name?: string | null | undefined
}

/** Follows a paper. Throws NOT_FOUND if it is not in the catalogue, as do the next two functions. */
export async function followPaper(db: Database, { ref, name }: FollowInput): Promise<SavedQuery> {
  const { id } = found('paper', ref, await findPaper(db, ref, NOTHING))
  return saveDocument(db, papersToFollow('paper', [id], name))
}

/** Follows all papers of an author. Throws BAD_USER_INPUT for a name that fits several authors. */
export async function followAuthor(db: Database, { ref, name }: FollowInput): Promise<SavedQuery> {
  const { id } = found('author', ref, await findAuthorOrNamesakes(db, ref, NOTHING))
  return saveDocument(db, { kind: 'author', name: canonicalName(name), authorId: id })
}

/** Follows all papers that are linked to a repository. */
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

/** Stores a document, unless it is stored, and returns its current form: at most five statements. */
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
 * The saved query with this id; null if there is none. After a merge of its target, returns the query that follows the merged target, so that
 * nothing is followed twice; after an undo, returns the query itself again. If that query was never saved, the oldest one merged into it is
 * returned, because reading must not write.
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

/** The current id of each saved query by its former id: two statements for all. */
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
