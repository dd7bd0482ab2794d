import { sql } from '../../../../db/sql.ts'
import { authorships } from '../../../../db/tables/authors.ts'
import type { Transaction } from '../../../../db/transaction.ts'
import { noteFields } from '../../../changes/note.ts'
import { refreshAuthors } from '../author-rows.ts'
import { groupSlots } from '../group.ts'
import { loadKnown } from '../known.ts'
import { writeAuthorIdentifiers, writePeople } from '../people.ts'
import { writeVerdicts } from '../verdicts.ts'
import type { Clustered } from './blocks.ts'

/** Assigns to authorships the persons found by evidence, and the resulting authors. Returns how many changed their author. */
export async function regroup(tx: Transaction, { changes, authorIds }: Clustered): Promise<number> {
  if (authorIds.length === 0) return 0
  const persons = new Map(
    changes.map(({ paperId, position, person }) => [`${paperId} ${position}`, person]),
  )
  const known = await loadKnown(tx, { identifiers: [], authorIds, rewritten: new Set() })
  const slots = known.standing.map((slot) => {
    const person = persons.get(`${slot.paperId} ${slot.position}`)
    return person === undefined ? slot : { ...slot, person }
  })
  const people = groupSlots(slots)
  const { ids, moved } = await writePeople(tx, people, known)
  const rewritten = new Set(moved.map(([{ paperId, position }]) => `${paperId} ${position}`))
  await writePersons(
    tx,
    changes.filter(({ paperId, position }) => !rewritten.has(`${paperId} ${position}`)),
  )
  await writeAuthorIdentifiers(tx, people, ids, known)
  await writeVerdicts(tx, people, ids, known.holders)
  await refreshAuthors(tx, people, ids, known)
  noteFields(
    tx,
    moved.map(([{ paperId }]) => paperId),
    'authorships',
  )
  return moved.length
}

async function writePersons(tx: Transaction, changes: Clustered['changes']): Promise<void> {
  if (changes.length === 0) return
  await tx.query(sql`
    update ${authorships} t set ${authorships.person} = r.person
    from unnest(${changes.map(({ paperId }) => paperId)}::bigint[], ${changes.map(({ position }) => position)}::int[],
      ${changes.map(({ person }) => person)}::bigint[]) as r(paper_id, position, person)
    where t.paper_id = r.paper_id and t.position = r.position`)
}
