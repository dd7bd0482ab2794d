import { alias, columns, type Stored, sql } from '../../../db/sql.ts'
import {
  authorIdentifiers,
  authorships,
  contestedAuthorIdentifiers,
} from '../../../db/tables/papers.ts'
import type { Transaction } from '../../../db/transaction.ts'
import type { Slot } from './group.ts'

const j = alias(authorIdentifiers, 'j')
const c = alias(contestedAuthorIdentifiers, 'c')
const i = alias(authorIdentifiers, 'i')

/** An authorship stored in the catalogue. */
export type AuthorshipRow = Stored<
  typeof authorships,
  'paper_id' | 'position' | 'author_id' | 'name' | 'affiliation' | 'identifiers'
>

/** Authors that a write may change, with their authorships on papers that are not written. */
export interface KnownAuthors {
  authorIds: number[]
  /** Who has an identifier, as `scheme:value`. */
  holders: Map<string, number>
  /** Whether any of them names an identifier that another has. */
  hasContested: boolean
  standing: Slot[]
}

/**
 * All authors of the papers or with an identifier named in a byline, and those with whom they share
 * any: `contested_author_identifiers` has what an author's places name and another author has.
 */
export async function loadKnown(
  tx: Transaction,
  written: Slot[],
  before: AuthorshipRow[],
  rewritten: Set<number>,
): Promise<KnownAuthors> {
  const wanted = [...new Set(written.flatMap(({ identifiers }) => identifiers))].map(asRow)
  const onPapers = [...new Set(before.map((row) => row.author_id))]
  const holders = new Map<string, number>()
  if (wanted.length + onPapers.length === 0)
    return { authorIds: [], holders, hasContested: false, standing: [] }
  const rows = await tx.query<KnownRow>(sql`
    with recursive wanted as (
      select scheme, value from jsonb_to_recordset(${JSON.stringify(wanted)}::text::jsonb) as r(scheme text, value text)
    ), known as (
      select v as id from unnest(${onPapers}::bigint[]) v
      union
      select ${j.authorId} from wanted w join ${j} on ${j.scheme} = w.scheme and ${j.value} = w.value
      union
      select x.id from known k cross join lateral (
        select ${c.authorId} as id from ${i}
        join ${c} on ${c.scheme} = ${i.scheme} and ${c.value} = ${i.value} where ${i.authorId} = k.id
        union all
        select ${i.authorId} from ${c}
        join ${i} on ${i.scheme} = ${c.scheme} and ${i.value} = ${c.value} where ${c.authorId} = k.id) x
    )
    select k.id, ${i.scheme}, ${i.value},
      exists (select from ${c} where ${c.authorId} = k.id) as is_contested
    from known k left join ${i} on ${i.authorId} = k.id`)
  for (const { id, scheme, value } of rows)
    if (scheme !== null) holders.set(`${scheme}:${value}`, id)
  const authorIds = [...new Set(rows.map(({ id }) => id))]
  const standing = await loadStanding(tx, authorIds, rewritten, rows)
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
    select ${columns(authorships, 'paperId', 'position', 'authorId', 'name', 'affiliation', 'identifiers')} from ${authorships}
    where ${authorships.authorId} = any(${authorIds}::bigint[])`)
  const own = new Map<number, string[]>()
  for (const { id, scheme, value } of known)
    if (scheme !== null) own.set(id, [...(own.get(id) ?? []), `${scheme}:${value}`])
  return rows.flatMap((row) => {
    if (rewritten.has(row.paper_id)) return []
    return {
      paperId: row.paper_id,
      position: row.position,
      name: row.name,
      affiliation: row.affiliation,
      // Places of before they were kept: what identifies the author does for each.
      identifiers: row.identifiers ?? own.get(row.author_id) ?? [],
      authorIds: [row.author_id],
      isWritten: false,
    }
  })
}

/** An identifier in the spelling of `Slot` as columns. */
export function asRow(id: string): { scheme: string; value: string } {
  const colon = id.indexOf(':')
  return { scheme: id.slice(0, colon), value: id.slice(colon + 1) }
}
