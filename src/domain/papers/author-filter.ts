import type { Database } from '../../db/client.ts'
import { type Sql, sql } from '../../db/sql.ts'
import { authorIdOf } from '../entity/author.ts'
import { authorIdsByNames, isAuthorName } from '../identity/lookup/resolution.ts'

interface ByAuthors {
  authors?: readonly string[] | null | undefined
}

type Filter = ByAuthors & { anyOf?: readonly ByAuthors[] | null | undefined }

/** Whether a filter has names of authors, which must be looked up first. */
export const namesAuthors = ({ authors, anyOf }: Filter): boolean =>
  [authors, ...(anyOf ?? []).map((part) => part.authors)].some((refs) => refs?.some(isAuthorName))

/**
 * Replaces names of authors in a filter with ids; unknown names stay. Throws BAD_USER_INPUT for a name that fits several authors, and lists
 * them. One statement, none without names.
 */
export async function withAuthorIds<F extends Filter>(db: Database, filter: F): Promise<F> {
  if (!namesAuthors(filter)) return filter
  const all = [filter, ...(filter.anyOf ?? [])].flatMap(({ authors }) => authors ?? [])
  const ids = await authorIdsByNames(db, all.filter(isAuthorName), 'filter.authors')
  const withIds = <T extends ByAuthors>(part: T): T =>
    part.authors ? { ...part, authors: part.authors.map((ref) => ids.get(ref) ?? ref) } : part
  return { ...withIds(filter), ...(filter.anyOf && { anyOf: filter.anyOf.map(withIds) }) }
}

/** SQL for the id of each author; null for a name that `withAuthorIds` left. */
export const authorIdsOf = (refs: readonly string[]): Sql[] =>
  refs.map((ref) => (isAuthorName(ref) ? sql`null::bigint` : authorIdOf(ref)))
