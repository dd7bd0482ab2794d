import { alias, columns, type Stored, seldom, sql } from '../../../db/sql.ts'
import {
  authorIdentifiers,
  authorships,
  contestedAuthorIdentifiers,
} from '../../../db/tables/authors.ts'
import { contestedPeople } from '../../../db/tables/people.ts'
import type { Transaction } from '../../../db/transaction.ts'
import { isStated, type Slot } from './group.ts'

const j = alias(authorIdentifiers, 'j')
const c = alias(contestedAuthorIdentifiers, 'c')
const i = alias(authorIdentifiers, 'i')
const q = alias(contestedPeople, 'q')
const r = alias(contestedPeople, 'r')

/** An authorship stored in the catalogue. */
export type AuthorshipRow = Stored<
  typeof authorships,
  | 'paper_id'
  | 'position'
  | 'author_id'
  | 'name'
  | 'family_name'
  | 'affiliation'
  | 'identifiers'
  | 'name_block'
  | 'person'
>

/** The columns of an `AuthorshipRow`. */
export const AUTHORSHIP_KEYS = [
  'paperId',
  'position',
  'authorId',
  'name',
  'familyName',
  'affiliation',
  'identifiers',
  'nameBlock',
  'person',
] as const

/** Authors that a write may change, with their authorships on papers that are not being written. */
export interface KnownAuthors {
  authorIds: number[]
  /** Authors without any authorships who get one back. */
  former?: number[]
  /** The author of each identifier, by `scheme:value`. */
  holders: Map<string, number>
  /** Whether an identifier or evidence that would join any of them with another author is contradicted. */
  hasContested: boolean
  standing: Slot[]
}

/** Evaluated once per statement: most catalogues have no contested identifiers, and so skip the lookup for each author. */
const HAS_CONTESTED = sql`(select exists (select from ${contestedAuthorIdentifiers}))`
const HAS_CONTESTED_PEOPLE = sql`(select exists (select from ${contestedPeople}))`

/** The starting points: names and identifiers in bylines, and authors. */
interface Beginning {
  identifiers: string[]
  authorIds: number[]
  /** Papers whose authorships are rewritten. */
  rewritten: Set<number>
}

/**
 * Loads these authors, those with an identifier in a byline, and those who share identifiers with them. `contested_author_identifiers` has
 * the identifiers that an author's authorships state but another author has; `contested_people` has contradicted links by evidence.
 */
export async function loadKnown(tx: Transaction, beginning: Beginning): Promise<KnownAuthors> {
  const wanted = [...new Set(beginning.identifiers)].filter(isStated).map(asRow)
  const given = [...new Set(beginning.authorIds)]
  const holders = new Map<string, number>()
  if (wanted.length + given.length === 0)
    return { authorIds: [], holders, hasContested: false, standing: [] }
  const rows = await tx.query<KnownRow>(sql`
    with recursive wanted as (
      select scheme, value from jsonb_to_recordset(${JSON.stringify(wanted)}::text::jsonb) as r(scheme text, value text)
    ), known as (
      select v as id from unnest(${given}::bigint[]) v
      union
      select ${j.authorId} from wanted w join ${j} on ${j.scheme} = w.scheme and ${j.value} = w.value
      union
      select x.id from known k cross join lateral (
        select ${c.authorId} as id from ${i}
        join ${c} on ${c.scheme} = ${i.scheme} and ${c.value} = ${i.value} where ${i.authorId} = k.id and ${HAS_CONTESTED}
        union all
        select ${i.authorId} from ${c}
        join ${i} on ${i.scheme} = ${c.scheme} and ${i.value} = ${c.value} where ${c.authorId} = k.id and ${HAS_CONTESTED}
        union all
        select ${r.authorId} from ${q} join ${r} on ${r.person} = ${q.person} where ${q.authorId} = k.id and ${HAS_CONTESTED_PEOPLE}) x
      where ${seldom('k.id')}
    )
    select k.id, ${i.scheme}, ${i.value},
      exists (select from ${c} where ${c.authorId} = k.id) or exists (select from ${q} where ${q.authorId} = k.id) as is_contested
    from known k left join ${i} on ${i.authorId} = k.id`)
  for (const { id, scheme, value } of rows)
    if (scheme !== null) holders.set(`${scheme}:${value}`, id)
  const authorIds = [...new Set(rows.map(({ id }) => id))]
  const standing = await loadStanding(tx, authorIds, beginning.rewritten, rows)
  return { authorIds, holders, hasContested: rows.some((row) => row.is_contested), standing }
}

interface KnownRow {
  id: number
  scheme: string | null
  value: string | null
  is_contested: boolean
}

async function loadStanding(
  tx: Transaction,
  authorIds: number[],
  rewritten: Set<number>,
  known: KnownRow[],
): Promise<Slot[]> {
  const rows = await tx.query<AuthorshipRow>(sql`
    select ${columns(authorships, ...AUTHORSHIP_KEYS)} from ${authorships}
    where ${authorships.authorId} = any(${authorIds}::bigint[])`)
  const own = new Map<number, string[]>()
  for (const { id, scheme, value } of known)
    if (scheme !== null) own.set(id, [...(own.get(id) ?? []), `${scheme}:${value}`])
  return rows.flatMap((row) => {
    if (rewritten.has(row.paper_id)) return []
    const identifiers = row.identifiers ?? (isOld(row) ? own.get(row.author_id) : null) ?? []
    return slotOf(row, identifiers, row.person)
  })
}

/** The slot of an authorship that is not rewritten. */
export const slotOf = (row: AuthorshipRow, identifiers: string[], person: number | null): Slot => ({
  paperId: row.paper_id,
  position: row.position,
  name: row.name,
  familyName: row.family_name,
  affiliation: row.affiliation,
  identifiers,
  nameBlock: row.name_block ?? '',
  person,
  authorIds: [row.author_id],
  isWritten: false,
})

/** Whether a row was written before identifiers were stored for each authorship: it has those of its author. */
const isOld = (row: AuthorshipRow) => row.name_block === null

/** Splits an identifier spelt `scheme:value` into columns. */
export function asRow(id: string): { scheme: string; value: string } {
  const colon = id.indexOf(':')
  return { scheme: id.slice(0, colon), value: id.slice(colon + 1) }
}
