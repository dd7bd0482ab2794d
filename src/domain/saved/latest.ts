import type { Database } from '../../db/client.ts'
import { alias, join, raw, type Sql, sql } from '../../db/sql.ts'
import { changes } from '../../db/tables/changes.ts'
import { papers } from '../../db/tables/papers.ts'
import { paperRepositories, repositoryStars } from '../../db/tables/repositories.ts'
import type { KeysetOrder, Page, PageRows } from '../../sql/keyset.ts'
import { type ListRow, listOrder, readPage } from '../../sql/list.ts'
import type { Selection } from '../../sql/selection.ts'
import { type Paper, paperEntity } from '../entity/paper.ts'
import { arrivalsOf } from './arrivals.ts'
import type { SavedDocument } from './document.ts'
import { isFoundBy } from './papers.ts'

const p = alias(papers, 'p')
const c = alias(changes, 'c')
const x = alias(paperRepositories, 'x')
const s = alias(repositoryStars, 's')
const b = alias(repositoryStars, 'b')

/** The order of a saved query's list: the papers that came to it last first. */
export const LATEST_ORDER: KeysetOrder<ListRow> = listOrder(
  'saved.latest',
  'desc',
  { column: raw('came.at'), type: 'timestamptz' },
  p.id,
)

/**
 * A page of the papers that a saved query finds now, those that came to it last first. `sortKey` is the time: that of the first record, or of an
 * event before which the query cannot have found the paper.
 */
export async function readLatest(
  db: Database,
  document: SavedDocument,
  page: Page,
  selection: Selection,
): Promise<PageRows<Paper>> {
  return readPage<Paper>(db, {
    entity: paperEntity,
    from: sql`${p} cross join lateral (${cameAt(document)}) came`,
    conditions: [await isFoundBy(db, document)],
    isSelective: true,
    order: LATEST_ORDER,
    page,
    selection,
  })
}

/**
 * A condition that a paper came to the list after an instant, where `came` is `cameAt`. Checks only papers that are new or changed, not all that
 * the query finds.
 */
export function cameSince(document: SavedDocument, since: Date): Sql {
  const { kinds, citations, stars } = arrivalsOf(document)
  const told = citations === null ? kinds : [...kinds, 'citation_milestone']
  const instant = sql`${since.toISOString()}::timestamptz`
  const counted = sql`select ${x.paperId} from ${s} join ${x} on ${x.repositoryId} = ${s.repositoryId}
    where ${s.observedOn} >= (${instant} at time zone 'UTC')::date and ${s.stars} >= ${stars}::int`
  return sql`came.at > ${instant} and (${p.createdAt} > ${instant} or ${p.id} = any(array(
    select ${c.paperId} from ${c} where ${c.kind} = any(${told}::change_kind[]) and ${c.at} > ${instant}
    ${stars === null ? sql`` : sql`union ${counted}`})))`
}

/** A statement for the time at which the paper `p` came to the list, as `at`. */
export function cameAt(document: SavedDocument): Sql {
  const { kinds, citations, stars } = arrivalsOf(document)
  const instants = [
    ...(kinds.length === 0
      ? []
      : [sql`(select max(${c.at}) ${OF_PAPER} and ${c.kind} = any(${kinds}::change_kind[]))`]),
    ...(citations === null
      ? []
      : [
          sql`(select min(${c.at}) ${OF_PAPER} and ${c.kind} = 'citation_milestone' and ${c.citationCount} >= ${citations}::int)`,
        ]),
    ...(stars === null ? [] : [countedAt(stars)]),
  ]
  // greatest() ignores null, an unknown time.
  return sql`select greatest(${join([p.createdAt, ...instants], ', ')}) as at`
}

const OF_PAPER = sql`from ${c} where ${c.paperId} = ${p.id}`

/** When a repository of the paper first reached a number of stars: the day of the count, or when the catalogue learnt of it. */
const countedAt = (stars: number) => sql`(
  select coalesce((select min(${c.at}) ${OF_PAPER} and ${c.kind} = 'updated'
    and ${c.fields} @> '{starCount}' and ${c.at} >= n.counted_at), n.counted_at)
  from (select min(${s.observedOn})::timestamp at time zone 'UTC' as counted_at
    from ${x} join ${s} on ${s.repositoryId} = ${x.repositoryId} where ${x.paperId} = ${p.id} and ${s.stars} >= ${stars}::int
      and exists (select from ${b} where ${b.repositoryId} = ${s.repositoryId} and ${b.observedOn} < ${s.observedOn} and ${b.stars} < ${stars}::int)) n)`
