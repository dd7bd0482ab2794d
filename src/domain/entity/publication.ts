import { alias, raw, type Sql, sql } from '../../db/sql.ts'
import { papers } from '../../db/tables/papers.ts'
import type { Entity, Relation } from '../../sql/selection.ts'
import type { PublicationClaim } from '../record/paper-record.ts'

const p = alias(papers, 'p')

/** The displayed publication data of a paper. Null or empty for fields that its record does not state. */
export interface Publication
  extends Record<(typeof TEXTS)[number], string | null>,
    Record<(typeof LISTS)[number], string[]> {
  year: number | null
}

const TEXTS = [
  'container',
  'series',
  'volume',
  'number',
  'pages',
  'articleNumber',
  'edition',
  'institution',
  'publisher',
  'publisherPlace',
  'reportNumber',
  'workType',
  'journalRef',
] as const satisfies readonly (keyof PublicationClaim)[]

const LISTS = ['editors', 'isbns', 'issns'] as const satisfies readonly (keyof PublicationClaim)[]

/** The columns for publication data in tables, each with its field. */
export const PUBLICATION_COLUMNS = Object.fromEntries(
  [...TEXTS, ...LISTS, 'year' as const].map((field) => [columnOf(field), field]),
)

/** The column of a field: `article_number` for `articleNumber`, `isbn` for `isbns`, and `publication_year` for the ambiguous `year`. */
function columnOf(field: keyof PublicationClaim): string {
  const name = field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  return name === 'year' ? 'publication_year' : name.replace(/(?<=is[bs]n)s$/, '')
}

/** Compilation fails here if a field of `PublicationClaim` is not shown. */
type Hidden = Exclude<keyof PublicationClaim, keyof Publication>
const nothingIsHidden: Hidden extends never ? true : never = true
void nothingIsHidden

const fields = (names: readonly string[], read: (name: Sql) => Sql) =>
  Object.fromEntries(names.map((name) => [name, read(raw(`'${name}'`))]))

const publicationEntity: Entity = {
  id: sql`${p.id}`,
  columns: {
    ...fields(TEXTS, (name) => sql`b.publication->>${name}`),
    ...fields(LISTS, (name) => sql`coalesce(b.publication->${name}, '[]')`),
    year: sql`(b.publication->>'year')::int`,
  },
  relations: {},
}

/** The publication of the paper aliased as `p`. */
export const publicationRelation: Relation = {
  kind: 'one',
  entity: publicationEntity,
  from: sql`(select ${p.publication}) b`,
  condition: sql`b.publication is not null`,
}
