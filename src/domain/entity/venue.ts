import type { Database } from '../../db/client.ts'
import { alias, empty, pick, type Sql, sql } from '../../db/sql.ts'
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
import { titleKey } from '../record/title-key.ts'
import { isVenueAt, usualSlug } from '../venues/slugs.ts'

const v = alias(venues, 'v')

/** A conference, journal or other series in which papers appear; the year belongs to the paper. */
export interface Venue extends ListRow {
  slug: string
  name: string
  acronym: string | null
  kind: VenueKind
  paperCount: number
  /** Its latest published papers; present only for a single venue read with them. */
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
        sql`(${v.nameKey} like ${`%${key}%`} or lower(${v.acronym}) like ${`%${key}%`}${orUsual(name)})`,
      ]),
    ],
  }
}

/** A condition that adds the venue with the whole text as a former or usual name. */
function orUsual(name: string | null | undefined): Sql {
  const usual = usualSlug(name ?? '')
  return usual === null ? empty : sql` or ${v.slug} = ${usual}`
}

/** Venues with the name: those whose whole name it is first, then whole words before parts of words. */
export function venuesNamed(filter: VenueFilter & { name: string }): ListInOrder {
  const names = [sql`${v.nameKey}`, sql`lower(coalesce(${v.acronym}, ''))`]
  const [whole = sql`false`, ...parts] = fitsOf(names, titleKey(filter.name))
  const fits = [sql`(${whole}${orUsual(filter.name)})`, ...parts]
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

/** The row source for the venue with this slug, or with this former or usual name. */
export const venueAt = (name: string): RowSource => ({
  entity: venueEntity,
  from: sql`${v}`,
  condition: isVenueAt(name),
})

/** The venue with this slug or name; null if there is none. */
export function findVenue(db: Database, slug: string, selection: Selection): Promise<Venue | null> {
  return readOne(db, venueAt(slug), selection)
}
