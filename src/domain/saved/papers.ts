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

/** A condition on the alias `p` that a saved query finds a paper: at most two statements, to look up names and words. */
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

/** An order other than relevance, in which a search finds exactly the papers that match. */
const BY_DATE = { field: 'published', direction: 'desc' } as const

/** SQL for current and former ids of papers given by ids of any time. */
const nowOf = (ids: readonly number[]) => sql`array(select unnest(${ids}::bigint[]) union
  select ${d.paperId} from ${d} where ${d.id} = any(${ids}::bigint[]))`

/** The range in which a paper is new: from a cursor of the log of changes or an instant, up to a cursor. */
export interface NewSince {
  since: string
  until?: string | null | undefined
}

const INSTANT = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[Zz]|[+-]\d\d:?\d\d)$/

/**
 * A condition that a paper came into the catalogue after `since`. With cursors, each paper is new exactly once, however imports overlap; an
 * instant is compared with `createdAt`, the start of the transaction that brought the paper. Throws BAD_USER_INPUT for other texts, and CONFLICT
 * for a cursor after which changes have been deleted.
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
 * The changes, as in `readChanges`, of the papers that a saved query finds now. Merges and deletions are included only for papers followed
 * individually, because it is not known which others the query would have found.
 */
export async function changesOfSaved(
  db: Database,
  document: SavedDocument,
  query: SavedChangesQuery,
): Promise<ChangePage> {
  if (document.kind === 'paper' || document.kind === 'bibliography') {
    const now = nowOf(document.paperIds)
    // Papers merged into them have changes of their own.
    const ids = sql`(${now} || array(select ${d.id} from ${d} where ${d.paperId} = any(${now})))`
    const of = sql`(s."paperId" = any(${ids}) or s."otherPaperId" = any(${ids}))`
    return readChanges(db, { ...query, of })
  }
  const found = await isFoundBy(db, document)
  const of = sql`exists (select from ${p} where ${p.id} = s."paperId" and ${found})`
  return readChanges(db, { ...query, of })
}
