import type { Database } from '../../db/client.ts'
import { alias, pick, type Sql, sql } from '../../db/sql.ts'
import { venues } from '../../db/tables/papers.ts'
import type { VenueKind } from '../../db/tables/vocabulary.ts'
import type { KeysetOrder } from '../../sql/keyset.ts'
import {
  fitOrder,
  fitsOf,
  type List,
  type ListInOrder,
  type ListRow,
  listOrder,
  type RowSource,
  readByIds,
  readOne,
  whereNamed,
  withFit,
} from '../../sql/list.ts'
import type { Entity, Selection } from '../../sql/selection.ts'
import { slugify, titleKey } from '../record/title-key.ts'

const v = alias(venues, 'v')

/** A conference, journal or other series in which papers appear; the year belongs to the paper. */
export interface Venue extends ListRow {
  slug: string
  name: string
  acronym: string | null
  kind: VenueKind
  paperCount: number
  /** Its latest published papers, of a single one that was read with them. */
  newestPapers?: ListRow[]
}

export const venueEntity: Entity = {
  id: sql`${v.id}`,
  columns: pick(v, 'slug', 'name', 'acronym', 'kind', 'paperCount'),
  relations: {},
}

const VENUE_ORDERS = {
  paper_count: { column: sql`${v.paperCount}`, type: 'integer' },
  name: { column: sql`${v.nameKey}`, type: 'text' },
} as const
export type VenueOrder = keyof typeof VENUE_ORDERS

export function venueOrder(field: VenueOrder, direction: 'asc' | 'desc'): KeysetOrder<ListRow> {
  return listOrder(`venues.${field}`, direction, VENUE_ORDERS[field], venueEntity.id)
}

export interface VenueFilter {
  /** Part of the name or of the acronym. */
  name?: string | null | undefined
  kinds?: readonly VenueKind[] | null | undefined
}

export function venueList({ name, kinds }: VenueFilter): List {
  return {
    from: sql`${v}`,
    conditions: [
      ...(kinds ? [sql`${v.kind} = any(${kinds}::venue_kind[])`] : []),
      ...whereNamed(name, titleKey, (key) => [
        sql`(${v.nameKey} like ${`%${key}%`} or lower(${v.acronym}) like ${`%${key}%`})`,
      ]),
    ],
  }
}

/** Those with the name: those first that have it as a whole, and whole words before parts of words. */
export function venuesNamed(filter: VenueFilter & { name: string }): ListInOrder {
  const names = [sql`${v.nameKey}`, sql`lower(coalesce(${v.acronym}, ''))`]
  const fits = fitsOf(names, titleKey(filter.name))
  return {
    list: withFit(venueList(filter), fits, sql`${v.paperCount}`),
    order: fitOrder('venues', venueEntity.id),
  }
}

export function venuesByIds(
  db: Database,
  selection: Selection,
  ids: readonly number[],
): Promise<Map<number, Venue>> {
  return readByIds(db, venueEntity, sql`${v}`, selection, ids)
}

/** The slugs that a text may mean, in any case and form: `ACL`, `Machine Learning Journal`. The longest ones are cut, so that the text comes first. */
export const venueSlugs = (given: readonly string[]): string[] => [
  ...new Set(given.flatMap((one) => [one, slugify(one)])),
]

/** Rows of venues that are asked for by slugs, each as it is given and as it is read. */
export const venueNameRows = (given: readonly string[]): Sql =>
  sql`unnest(${given}::text[], ${given.map(slugify)}::text[])`

/** The venue with this slug. */
export function venueAt(slug: string): RowSource {
  const o = alias(venues, 'o')
  const [given = '', read = given] = venueSlugs([slug])
  const condition =
    read === given
      ? sql`${v.slug} = ${given}::text`
      : sql`${v.id} = coalesce((select ${o.id} from ${o} where ${o.slug} = ${given}::text), (select ${o.id} from ${o} where ${o.slug} = ${read}::text))`
  return { entity: venueEntity, from: sql`${v}`, condition }
}

/** The same, read; null when there is none. */
export function findVenue(db: Database, slug: string, selection: Selection): Promise<Venue | null> {
  return readOne(db, venueAt(slug), selection)
}
