import { groupBy } from 'es-toolkit'
import { alias, type Stored, sql } from '../../../db/sql.ts'
import { authors, authorships } from '../../../db/tables/papers.ts'
import { contestedPeople } from '../../../db/tables/people.ts'
import type { Transaction } from '../../../db/transaction.ts'
import { nameKey } from '../../record/title-key.ts'
import { type Person, personIn, type Slot } from './group.ts'

const u = alias(authors, 'u')
const a = alias(authorships, 'a')
const q = alias(contestedPeople, 'q')

/** Authorships of an author by which it is told whether they have a person: of one that is missed, `settlePeople` makes one author. */
const LOOKED_AT = 8

/** Keeps the planner from starting with all authors, which it does in a catalogue of which it knows no statistics yet. */
const NAME_BY_NAME = sql`offset 0`

/** Authors who have the persons of new places already. */
export interface Bearers {
  /** By person, the author who takes its new places without a look at the others, as nothing can contradict it. */
  takers: Map<number, number>
  /** Authors of other such persons: all their places decide together with the new ones. */
  authorIds: number[]
}

/** Who bears the persons of new places: those that `personOfName` gave them. */
export async function findBearers(tx: Transaction, written: readonly Slot[]): Promise<Bearers> {
  const fresh = written.filter((slot) => slot.person !== null && slot.authorIds.length === 0)
  const bearers: Bearers = { takers: new Map(), authorIds: [] }
  const byPerson = groupBy(fresh, ({ person }) => person ?? 0)
  const wanted = Object.values(byPerson).flatMap(([slot]) => slot ?? [])
  if (wanted.length === 0) return bearers
  const rows = await tx.query<
    Stored<typeof authors, 'id' | 'name'> & { person: number; is_contested: boolean }
  >(sql`
    select o.id, o.name, r.person,
      exists (select from ${q} where ${q.person} = r.person) as is_contested
    from unnest(${wanted.map(({ person }) => person)}::bigint[], ${wanted.map(({ name }) => nameKey(name))}::text[]) as r(person, key)
    cross join lateral (
      select ${u.id}, ${u.name} from ${u} where ${u.nameKey} = r.key
        and r.person in (select ${a.person} from ${a} where ${a.authorId} = ${u.id} limit ${LOOKED_AT}::int)
      ${NAME_BY_NAME}) o
    order by o.id`)
  for (const own of Object.values(groupBy(rows, ({ person }) => person))) {
    const [bearer, ...others] = own
    if (!bearer) continue
    const slots = byPerson[bearer.person] ?? []
    const isSure = others.length === 0 && !bearer.is_contested && areOf(slots, bearer.name)
    if (isSure) bearers.takers.set(bearer.person, bearer.id)
    else bearers.authorIds.push(...own.map(({ id }) => id))
  }
  return bearers
}

/** Whether the places say nothing but the name that the author has, which stays the most printed one, on papers of their own. */
function areOf(slots: readonly Slot[], name: string): boolean {
  return (
    slots.every((slot) => slot.name === name && slot.identifiers.length === 0) &&
    new Set(slots.map(({ paperId }) => paperId)).size === slots.length
  )
}

/** The people whose author is known by their person alone: those of authors who were read have been grouped with all their places. */
export function takenBy(
  people: readonly Person[],
  { takers }: Bearers,
  readIds: readonly number[],
): Map<Person, number> {
  const taken = new Map<Person, number>()
  if (takers.size === 0) return taken
  const read = new Set(readIds)
  for (const person of people) {
    const [id] = person.identifiers.flatMap(personIn).flatMap((one) => takers.get(one) ?? [])
    if (id !== undefined && !read.has(id)) taken.set(person, id)
  }
  return taken
}

/** Counts the papers that authors took on. */
export async function countTaken(tx: Transaction, taken: Map<Person, number>): Promise<void> {
  if (taken.size === 0) return
  const counts = [...taken.keys()].map(({ slots }) => slots.length)
  await tx.query(sql`
    update ${u} set ${authors.paperCount} = ${u.paperCount} + r.papers
    from unnest(${[...taken.values()]}::bigint[], ${counts}::int[]) as r(id, papers) where ${u.id} = r.id`)
}
