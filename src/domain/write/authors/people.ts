import { alias, columns, overwrites, sql } from '../../../db/sql.ts'
import { authorIdentifiers, contestedAuthorIdentifiers } from '../../../db/tables/authors.ts'
import { contestedPeople } from '../../../db/tables/people.ts'
import type { Transaction } from '../../../db/transaction.ts'
import { newIds, takeId } from '../../../sql/new-ids.ts'
import { insertAuthors } from './author-rows.ts'
import { type Moved, moveAuthorships } from './authorships.ts'
import { isStated, type Person, personIn } from './group.ts'
import { findHeirs, redirectAuthors } from './heirs.ts'
import { asRow, type KnownAuthors } from './known.ts'

/**
 * Assigns an author to each person: one linked to their authorships or identifiers, or a new one. Ids of joined authors redirect to the
 * lowest, and go back to those who are split off. `moved` are authorships of papers that are not being written and have another author now.
 */
export async function writePeople(
  tx: Transaction,
  people: Person[],
  known: KnownAuthors,
): Promise<{ ids: Map<Person, number>; moved: Moved[] }> {
  const heirs = await findHeirs(tx, people, known)
  const ids = new Map([...heirs.byPerson].map(([person, { id }]): [Person, number] => [person, id]))
  const fresh = people.filter((person) => !ids.has(person))
  const drawn = await newIds(tx, 'authors', fresh.length)
  for (const person of fresh) ids.set(person, takeId(drawn))
  const inUse = new Set(known.authorIds)
  const returning = [...heirs.byPerson].flatMap(([person, { id }]) => (inUse.has(id) ? [] : person))
  await insertAuthors(tx, [...fresh, ...returning], ids)
  const moved = people.flatMap((person) =>
    person.slots.flatMap((slot): Moved[] => {
      const id = ids.get(person) ?? 0
      return slot.isWritten || slot.authorIds[0] === id ? [] : [[slot, id]]
    }),
  )
  await moveAuthorships(tx, moved)
  await redirectAuthors(tx, heirs)
  return { ids, moved }
}

/** Updates the identifiers of authors, and which authors have authorships that state an identifier of another author. */
export async function writeAuthorIdentifiers(
  tx: Transaction,
  people: Person[],
  ids: Map<Person, number>,
  { authorIds, holders, hasContested }: KnownAuthors,
): Promise<void> {
  const t = alias(authorIdentifiers, 't')
  const owned = people.flatMap((person) =>
    person.identifiers.filter(isStated).map((id) => [id, ids.get(person)] as const),
  )
  const now = new Map(owned)
  const changed = owned.filter(([id, author]) => holders.get(id) !== author)
  const lost = [...holders.keys()].filter((id) => !now.has(id))
  if (lost.length > 0)
    await tx.query(sql`
      delete from ${t}
      using jsonb_to_recordset(${JSON.stringify(lost.map(asRow))}::text::jsonb) as r(scheme text, value text)
      where ${t.scheme} = r.scheme and ${t.value} = r.value`)
  if (changed.length > 0) {
    const rows = changed.map(([id, author]) => ({ ...asRow(id), author_id: author }))
    await tx.query(sql`
      insert into ${authorIdentifiers} (${columns(authorIdentifiers, 'scheme', 'value', 'authorId')})
      select scheme, value, author_id
      from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r(scheme text, value text, author_id bigint)
      on conflict (${authorIdentifiers.scheme}, ${authorIdentifiers.value}) do update set ${overwrites(authorIdentifiers, 'authorId')}`)
  }
  if (hasContested) await forgetContested(tx, authorIds)
  await insertContestedPeople(tx, people, ids)
  const contested = people.flatMap((person) =>
    person.contested.filter(isStated).map((id) => ({ ...asRow(id), author_id: ids.get(person) })),
  )
  if (contested.length > 0)
    await tx.query(sql`
      insert into ${contestedAuthorIdentifiers} (${columns(contestedAuthorIdentifiers, 'scheme', 'value', 'authorId')})
      select scheme, value, author_id
      from jsonb_to_recordset(${JSON.stringify(contested)}::text::jsonb)
        as r(scheme text, value text, author_id bigint)
      on conflict do nothing`)
}

async function forgetContested(tx: Transaction, authorIds: number[]): Promise<void> {
  await tx.query(sql`
    delete from ${contestedAuthorIdentifiers} where ${contestedAuthorIdentifiers.authorId} = any(${authorIds}::bigint[])`)
  await tx.query(sql`
    delete from ${contestedPeople} where ${contestedPeople.authorId} = any(${authorIds}::bigint[])`)
}

/** Stores links by evidence that several people share: when one of these people changes, all have to be checked again. */
async function insertContestedPeople(
  tx: Transaction,
  people: Person[],
  ids: Map<Person, number>,
): Promise<void> {
  const inVain = new Set(people.flatMap(({ contested }) => contested.flatMap(personIn)))
  if (inVain.size === 0) return
  const rows = people.flatMap((person) =>
    [...person.identifiers, ...person.contested].flatMap(personIn).flatMap((label) => {
      return inVain.has(label) ? { person: label, author_id: ids.get(person) } : []
    }),
  )
  await tx.query(sql`
    insert into ${contestedPeople} (${columns(contestedPeople, 'person', 'authorId')})
    select person, author_id from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r(person bigint, author_id bigint)
    on conflict do nothing`)
}
