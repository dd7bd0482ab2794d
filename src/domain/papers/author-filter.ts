import type { Database } from '../../db/client.ts'
import { type Sql, sql } from '../../db/sql.ts'
import { authorIdOf } from '../entity/author.ts'
import { authorIdsByNames, isAuthorName } from '../identity/lookup/resolution.ts'

interface ByAuthors {
  authors?: readonly string[] | null | undefined
}

type Filter = ByAuthors & { anyOf?: readonly ByAuthors[] | null | undefined }

/** Whether a filter has names of authors, which have to be looked up before it is used. */
export const namesAuthors = ({ authors, anyOf }: Filter): boolean =>
  [authors, ...(anyOf ?? []).map((part) => part.authors)].some((refs) => refs?.some(isAuthorName))

/**
 * The filter with ids for names of authors; a name that nobody has stays. Throws BAD_USER_INPUT for a name that fits several authors, whom
 * the error lists. One statement, or none without names.
 */
export async function withAuthorIds<F extends Filter>(db: Database, filter: F): Promise<F> {
  if (!namesAuthors(filter)) return filter
  const all = [filter, ...(filter.anyOf ?? [])].flatMap(({ authors }) => authors ?? [])
  const ids = await authorIdsByNames(db, all.filter(isAuthorName), 'filter.authors')
  const withIds = <T extends ByAuthors>(part: T): T =>
    part.authors ? { ...part, authors: part.authors.map((ref) => ids.get(ref) ?? ref) } : part
  return { ...withIds(filter), ...(filter.anyOf && { anyOf: filter.anyOf.map(withIds) }) }
}

/** The SQL of the id of each author; null for a name that `withAuthorIds` has left. */
export const authorIdsOf = (refs: readonly string[]): Sql[] =>
  refs.map((ref) => (isAuthorName(ref) ? sql`null::bigint` : authorIdOf(ref)))
