import type { Database } from '../../db/client.ts'
import { alias, pick, raw, type Sql, sql } from '../../db/sql.ts'
import { institutions, paperInstitutions } from '../../db/tables/institutions.ts'
import type { InstitutionEvidence } from '../../db/tables/vocabulary.ts'
import type { KeysetOrder } from '../../sql/keyset.ts'
import {
  fitOrder,
  type List,
  type ListInOrder,
  type ListRow,
  listOrder,
  readByIds,
  whereNamed,
  withFit,
} from '../../sql/list.ts'
import type { Entity, JsonList, Selection } from '../../sql/selection.ts'
import { acronymKey, institutionKey } from '../record/affiliation.ts'
import { countryCode } from './country.ts'

const i = alias(institutions, 'i')
/** The institution that another is a part of. */
const w = alias(institutions, 'w')
const pi = alias(paperInstitutions, 'pi')

/** An institution of authors of papers. */
export interface Institution extends ListRow {
  slug: string
  ror: string | null
  name: string
  acronyms: string[]
  country: string | null
  domain: string | null
  parentId: number | null
  paperCount: number
  /** Its newest papers; present only for a single institution read with them. */
  newestPapers?: ListRow[]
}

/** An institution of a paper with the evidence; identified within the paper by the institution's id. */
export interface PaperInstitution {
  id: number
  positions: number[]
  evidence: InstitutionEvidence
  source: string
  matched: string | null
  institution: Institution
}

export const institutionEntity: Entity = {
  id: sql`${i.id}`,
  columns: {
    ...pick(i, 'slug', 'name', 'acronyms', 'country', 'domain', 'paperCount'),
    // The address, as it is shown.
    ror: sql`'https://ror.org/' || ${i.ror}`,
    parentId: sql`(select ${w.id} from ${w} where ${w.ror} = ${i.parentRor})`,
  },
  relations: {},
}

const paperInstitutionEntity: Entity = {
  id: sql`${pi.institutionId}`,
  columns: pick(pi, 'positions', 'evidence', 'source', 'matched'),
  relations: { institution: { kind: 'joined', entity: institutionEntity } },
}

/** A position after every byline. */
const NO_POSITION = 2 ** 31 - 1

/** In the order of the byline: by the first author with the institution, those without authors last, then by id. */
export const PAPER_INSTITUTION_ORDER: KeysetOrder<PaperInstitution> = {
  name: 'paper-institutions',
  direction: 'asc',
  keys: [
    { column: sql`coalesce(${pi.positions}[1], ${raw(String(NO_POSITION))})`, type: 'integer' },
    { column: sql`${pi.institutionId}`, type: 'bigint' },
  ],
  valuesOf: ({ positions, id }) => [positions[0] ?? NO_POSITION, id],
}

/** The institutions of the paper `paperId`. */
export function paperInstitutionList(paperId: Sql): JsonList {
  return {
    entity: paperInstitutionEntity,
    from: sql`${pi} join ${i} on ${i.id} = ${pi.institutionId}`,
    condition: sql`${pi.paperId} = ${paperId}`,
    order: PAPER_INSTITUTION_ORDER,
  }
}

/** The institutions of one name in the byline of a paper. */
export function authorshipInstitutionList(paperId: Sql, position: Sql): JsonList {
  return {
    entity: institutionEntity,
    from: sql`${pi} join ${i} on ${i.id} = ${pi.institutionId}`,
    condition: sql`${pi.paperId} = ${paperId} and ${position} = any(${pi.positions})`,
    order: {
      name: 'authorship-institutions',
      direction: 'asc',
      keys: [{ column: sql`${pi.institutionId}`, type: 'bigint' }],
      valuesOf: () => [],
    },
    head: () => sql`true`,
  }
}

/** The number of institutions of each paper: one statement. */
export async function institutionCountsByPapers(
  db: Database,
  paperIds: readonly number[],
): Promise<Map<number, number>> {
  const rows = await db.query<{ id: number; count: number }>(
    sql`select parent.id, (select count(*) from ${pi} where ${pi.paperId} = parent.id) as count
      from unnest(${paperIds}::bigint[]) as parent(id)`,
  )
  return new Map(rows.map(({ id, count }) => [id, count]))
}

const INSTITUTION_ORDERS = {
  paper_count: { column: sql`${i.paperCount}`, type: 'integer' },
  name: { column: sql`${i.nameKey}`, type: 'text' },
} as const
export type InstitutionOrder = keyof typeof INSTITUTION_ORDERS

export function institutionOrder(
  field: InstitutionOrder,
  direction: 'asc' | 'desc',
): KeysetOrder<ListRow> {
  return listOrder(
    `institutions.${field}`,
    direction,
    INSTITUTION_ORDERS[field],
    institutionEntity.id,
  )
}

export interface InstitutionFilter {
  /** Prefixes of words of one of the names, or a short form. */
  name?: string | null | undefined
  countries?: readonly string[] | null | undefined
  hasRor?: boolean | null | undefined
}

export function institutionList({ name, countries, hasRor }: InstitutionFilter): List {
  return {
    from: sql`${i}`,
    conditions: [
      ...(countries
        ? [sql`${i.country} = any(${countries.map((one) => countryCode(one, 'country'))}::text[])`]
        : []),
      ...(hasRor != null ? [sql`(${i.ror} is not null) = ${hasRor}::boolean`] : []),
      ...whereNamed(name, acronymKey, (short) => [isNamed(short, institutionKey(name ?? ''))]),
    ],
  }
}

/** Condition: the institution has the short form, or all words of the key (if it has any) begin words of one of its names. */
function isNamed(short: string, key: string): Sql {
  const begins = key
    .split(' ')
    .filter(Boolean)
    .map((word) => `% ${word}%`)
  const isShort = sql`${i.shortKeys} @> array[${short}::text]`
  if (begins.length === 0) return isShort
  return sql`(${isShort}
    or exists (select from unnest(${i.nameKeys}) as n(name) where ' ' || n.name like all(${begins}::text[])))`
}

/** Institutions with the name: whole names first, then whole words, then prefixes of words. */
export function institutionsNamed(filter: InstitutionFilter & { name: string }): ListInOrder {
  const key = institutionKey(filter.name)
  const isCalled = (condition: Sql) =>
    sql`exists (select from unnest(${i.nameKeys}) as n(name) where ${condition})`
  const words = key.split(' ').map((word) => `% ${word} %`)
  const fits = [
    sql`(${i.shortKeys} @> array[${acronymKey(filter.name)}::text] or ${isCalled(sql`n.name = ${key}`)})`,
    isCalled(sql`' ' || n.name || ' ' like all(${words}::text[])`),
  ]
  return {
    list: withFit(institutionList(filter), fits, sql`${i.paperCount}`),
    order: fitOrder('institutions', institutionEntity.id),
  }
}

export function institutionsByIds(
  db: Database,
  selection: Selection,
  ids: readonly number[],
): Promise<Map<number, Institution>> {
  return readByIds(db, institutionEntity, sql`${i}`, selection, ids)
}
