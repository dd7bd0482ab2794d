import { alias, columns, type Sql, sql } from '../../db/sql.ts'
import { sourceRecords } from '../../db/tables/sources.ts'
import type { JsonList } from '../../sql/selection.ts'

const s = alias(sourceRecords, 's')
/** The subquery of `listingList`, whose columns have the names of those of `source_records`. */
const l = alias(sourceRecords, 'l')

/** Data of a daily list about a paper, from one record. */
export interface Listing {
  source: string
  /** ISO day in UTC. */
  day: string | null
  upvotes: number | null
  comments: number | null
  organisation: string | null
  projectUrl: string | null
  media: string[]
  readAt: string
}

/**
 * The lists on which the paper `paperId` appeared, the latest day first. A subquery reads the values from each record once:
 * each value taken from a record separately would decompress it again.
 */
export function listingList(paperId: Sql): JsonList {
  return {
    entity: {
      id: sql`${l.key}`,
      columns: {
        source: sql`${l.source}`,
        day: sql`${l.listedOn}`,
        upvotes: sql`l.upvotes`,
        comments: sql`(l.listing->>'commentCount')::int`,
        organisation: sql`l.listing->>'organisation'`,
        projectUrl: sql`l.listing->>'projectUrl'`,
        media: sql`coalesce(l.listing->'mediaUrls', '[]')`,
        readAt: sql`${l.fetchedAt}`,
      },
      relations: {},
    },
    from: sql`(
      select ${columns(s, 'source', 'key', 'listedOn', 'fetchedAt', 'record')}->'listing' as listing,
        (${s.record}->>'upvoteCount')::int as upvotes
      from ${s} where ${s.paperId} = ${paperId} and ${s.record} ? 'listing' offset 0) l`,
    condition: sql`true`,
    order: {
      name: 'listings',
      direction: 'desc',
      keys: [
        { column: sql`coalesce(${l.listedOn}, '-infinity')`, type: 'date' },
        { column: sql`${l.source}`, type: 'text' },
        { column: sql`${l.key}`, type: 'text' },
      ],
      valuesOf: () => [],
    },
    head: () => sql`true`,
  }
}
