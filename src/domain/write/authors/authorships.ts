import { partition } from 'es-toolkit'
import { alias, columns, sql } from '../../../db/sql.ts'
import { authorships } from '../../../db/tables/authors.ts'
import { papers } from '../../../db/tables/papers.ts'
import type { Transaction } from '../../../db/transaction.ts'
import type { Slot } from './group.ts'
import { AUTHORSHIP_KEYS, type AuthorshipRow } from './known.ts'

const p = alias(papers, 'p')
const t = alias(authorships, 't')

/** An authorship of a paper that is not being written, with its new author. */
export type Moved = [slot: Slot, authorId: number]

export const rowOf = (slot: Slot, authorId: number): AuthorshipRow => ({
  paper_id: slot.paperId,
  position: slot.position,
  author_id: authorId,
  name: slot.name,
  family_name: slot.familyName,
  affiliation: slot.affiliation,
  identifiers: slot.identifiers.length > 0 ? slot.identifiers : null,
  name_block: slot.nameBlock,
  person: slot.person,
})

export async function insertAuthorships(tx: Transaction, rows: AuthorshipRow[]): Promise<void> {
  if (rows.length === 0) return
  await tx.query(sql`
    insert into ${authorships} (${columns(authorships, ...AUTHORSHIP_KEYS, 'publishedSort')})
    select r.paper_id, r.position, r.author_id, r.name, r.family_name, r.affiliation, r.identifiers, r.name_block, r.person, ${p.publishedSort}
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r(paper_id bigint, position int,
      author_id bigint, name text, family_name text, affiliation text, identifiers text[], name_block text, person bigint)
    join ${p} on ${p.id} = r.paper_id`)
}

/**
 * Assigns new authors to authorships. Two authors of one paper can be swapped, and the unique index allows no author twice on a paper, even
 * temporarily: such authorships are deleted and inserted again.
 */
export async function moveAuthorships(tx: Transaction, moved: readonly Moved[]): Promise<void> {
  const held = new Set(moved.map(([{ paperId, authorIds }]) => `${paperId} ${authorIds[0]}`))
  const [swapped, free] = partition(moved, ([{ paperId }, id]) => held.has(`${paperId} ${id}`))
  await deletePlaces(
    tx,
    swapped.map(([slot]) => slot),
  )
  await changeAuthors(tx, free)
  await insertAuthorships(
    tx,
    swapped.map(([slot, id]) => rowOf(slot, id)),
  )
}

/** Also fills columns that rows of older versions lack, because they no longer follow from the author. */
async function changeAuthors(tx: Transaction, moved: readonly Moved[]): Promise<void> {
  if (moved.length === 0) return
  const rows = moved.map(([slot, id]) => rowOf(slot, id))
  await tx.query(sql`
    update ${t} set ${authorships.authorId} = r.author_id, ${authorships.person} = r.person,
      ${authorships.identifiers} = coalesce(${t.identifiers}, string_to_array(r.identifiers, E'\n')),
      ${authorships.nameBlock} = coalesce(${t.nameBlock}, r.name_block)
    from unnest(${rows.map((row) => row.paper_id)}::bigint[], ${rows.map((row) => row.position)}::int[],
      ${rows.map((row) => row.author_id)}::bigint[], ${rows.map((row) => row.person)}::bigint[],
      ${rows.map((row) => row.identifiers?.join('\n') ?? null)}::text[], ${rows.map((row) => row.name_block)}::text[])
      as r(paper_id, position, author_id, person, identifiers, name_block)
    where ${t.paperId} = r.paper_id and ${t.position} = r.position`)
}

async function deletePlaces(tx: Transaction, slots: readonly Slot[]): Promise<void> {
  if (slots.length === 0) return
  await tx.query(sql`
    delete from ${t}
    using unnest(${slots.map(({ paperId }) => paperId)}::bigint[], ${slots.map(({ position }) => position)}::int[])
      as r(paper_id, position)
    where ${t.paperId} = r.paper_id and ${t.position} = r.position`)
}
