import type { Database } from '../../db/client.ts'
import { alias, type Sql, sql } from '../../db/sql.ts'
import { changes } from '../../db/tables/changes.ts'
import { paperRedirects, papers } from '../../db/tables/papers.ts'
import { paperRepositories, repositoryRedirects } from '../../db/tables/repositories.ts'
import type { ChangeKind } from '../../db/tables/vocabulary.ts'
import { badInput, quote } from '../../errors.ts'
import { globalId } from '../../sql/global-id.ts'
import { and } from '../../sql/list.ts'
import { changesBetween } from '../changes/range.ts'
import { type ChangePage, readChanges } from '../changes/read.ts'
import { paperConditions, resolveNames } from '../papers/filter.ts'
import { conditionsOfSearch, planSearch } from '../search/search.ts'
import type { SavedDocument } from './document.ts'

const p = alias(papers, 'p')
const d = alias(paperRedirects, 'd')
const e = alias(repositoryRedirects, 'e')
const x = alias(paperRepositories, 'x')
const c = alias(changes, 'c')

/** The condition on the alias `p` that a saved query finds a paper: two statements at most, to look names and words up. */
export async function isFoundBy(db: Database, document: SavedDocument): Promise<Sql> {
  switch (document.kind) {
    case 'papers': {
      const { query, order } = document
      const filter = await resolveNames(db, document.filter, { isKept: true })
      if (query === null) return and(paperConditions(filter))
      const request = { query, mode: 'strict' as const, filter, order: order ?? BY_DATE }
      return and(conditionsOfSearch(await planSearch(db, request)))
    }
    case 'author':
      return and(paperConditions({ authors: [globalId('Author', document.authorId)] }))
    case 'repository': {
      const id = sql`${document.repositoryId}::bigint`
      return sql`exists (select from ${x} where ${x.paperId} = ${p.id} and ${x.repositoryId} = coalesce(
        (select ${e.repositoryId} from ${e} where ${e.id} = ${id}), ${id}))`
    }
    default:
      return sql`${p.id} = any(${nowOf(document.paperIds)})`
  }
}

/** Any order of the catalogue: in one, a search finds exactly what it says. */
const BY_DATE = { field: 'published', direction: 'desc' } as const

/** Papers by ids of any time, as they are called now and were called then. */
const nowOf = (ids: readonly number[]) => sql`array(select unnest(${ids}::bigint[]) union
  select ${d.paperId} from ${d} where ${d.id} = any(${ids}::bigint[]))`

/** From when on a paper is new: a cursor of the log of changes or an instant, and a cursor up to which. */
export interface NewSince {
  since: string
  until?: string | null | undefined
}

const INSTANT = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[Zz]|[+-]\d\d:?\d\d)$/

/**
 * The condition that a paper came into the catalogue after `since`. By cursors each paper is new once, however imports
 * overlap; an instant is compared with `createdAt`, the begin of the transaction that brought the paper. Throws BAD_USER_INPUT
 * for what is neither, and CONFLICT for a cursor from which changes are missing.
 */
export async function isNewSince(db: Database, { since, until }: NewSince): Promise<Sql> {
  const text = since.trim()
  if (INSTANT.test(text) && !Number.isNaN(Date.parse(text))) {
    if (until != null)
      throw badInput(
        `until: ${quote(until)} needs a cursor as since; expected none with an instant.`,
      )
    return sql`${p.createdAt} > ${new Date(text).toISOString()}::timestamptz`
  }
  const { after, upTo } = await changesBetween(db, text, until)
  const end = upTo === null ? sql`` : sql` and ${c.id} <= ${upTo}::bigint`
  return sql`${p.id} = any(array(select ${c.paperId} from ${c}
    where ${c.id} > ${after}::bigint${end} and ${c.kind} in ('created', 'split')))`
}

export interface SavedChangesQuery {
  since?: string | null | undefined
  kinds?: readonly ChangeKind[] | null | undefined
  first?: number | null | undefined
}

/**
 * What changed of the papers that a saved query finds now, as `readChanges`. Merges and deletions are included
 * only for papers that are followed by themselves, as nobody can say which others a query would have found.
 */
export async function changesOfSaved(
  db: Database,
  document: SavedDocument,
  query: SavedChangesQuery,
): Promise<ChangePage> {
  if (document.kind === 'paper' || document.kind === 'bibliography') {
    const now = nowOf(document.paperIds)
    // What was merged into them has changes of its own.
    const ids = sql`(${now} || array(select ${d.id} from ${d} where ${d.paperId} = any(${now})))`
    const of = sql`(s."paperId" = any(${ids}) or s."otherPaperId" = any(${ids}))`
    return readChanges(db, { ...query, of })
  }
  const found = await isFoundBy(db, document)
  const of = sql`exists (select from ${p} where ${p.id} = s."paperId" and ${found})`
  return readChanges(db, { ...query, of })
}
