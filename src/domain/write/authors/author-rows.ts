import { alias, columns, recordset, type Stored, sql } from '../../../db/sql.ts'
import { authors, authorships } from '../../../db/tables/authors.ts'
import type { Transaction } from '../../../db/transaction.ts'
import { noteShown } from '../../changes/fan-out.ts'
import { isInCapitals } from '../../identity/spelling/capitals.ts'
import { otherSpellings } from '../../identity/spelling/umlauts.ts'
import { nameKey } from '../../record/title-key.ts'
import type { Person } from './group.ts'
import type { KnownAuthors } from './known.ts'

const a = alias(authors, 'a')
/** The stored row of the author. */
const o = alias(authors, 'o')
/** The row that replaces it. */
const r = alias(authors, 'r')
const l = alias(authorships, 'l')

const KEYS = ['id', 'name', 'nameKey', 'otherNames', 'paperCount'] as const

type AuthorRow = Pick<typeof authors.$inferSelect, (typeof KEYS)[number]>

export async function insertAuthors(
  tx: Transaction,
  people: Person[],
  ids: Map<Person, number>,
): Promise<void> {
  if (people.length === 0) return
  const rows = people.map((person) => rowOfPerson(person, ids.get(person) ?? 0))
  await tx.query(sql`
    insert into ${authors} (${columns(authors, ...KEYS)}) overriding system value
    select ${columns(r, ...KEYS)} from ${recordset(authors, 'r', KEYS, rows)}`)
}

/**
 * Updates the names and counts of existing authors and deletes those without a successor. `people` must have all authorships of all known
 * authors.
 */
export async function refreshAuthors(
  tx: Transaction,
  people: Person[],
  ids: Map<Person, number>,
  { authorIds }: KnownAuthors,
): Promise<void> {
  const gone = new Set(authorIds)
  const kept = people.flatMap((person) => {
    const id = ids.get(person)
    return id !== undefined && gone.delete(id) ? rowOfPerson(person, id) : []
  })
  await updateAuthors(tx, kept)
  if (gone.size > 0)
    await tx.query(sql`delete from ${a} where ${a.id} = any(${[...gone]}::bigint[])`)
}

/** Recomputes the names and counts of these authors from their authorships. */
export async function renameAuthors(tx: Transaction, authorIds: number[]): Promise<void> {
  const printed = await tx.query<
    Stored<typeof authorships, 'author_id' | 'name'> & { times: number }
  >(sql`
    select ${l.authorId}, ${l.name}, count(*)::int as times from ${l}
    where ${l.authorId} = any(${authorIds}::bigint[]) group by ${l.authorId}, ${l.name}`)
  const byAuthor = new Map<number, Printed[]>()
  for (const { author_id, name, times } of printed) {
    const own = byAuthor.get(author_id)
    if (own) own.push([name, times])
    else byAuthor.set(author_id, [[name, times]])
  }
  await updateAuthors(
    tx,
    [...byAuthor].map(([id, names]) => rowOf(id, names)),
  )
}

async function updateAuthors(tx: Transaction, rows: AuthorRow[]): Promise<void> {
  if (rows.length === 0) return
  const updated = await tx.query<Stored<typeof authors, 'id'> & { is_renamed: boolean }>(sql`
    update ${a} set ${authors.name} = ${r.name}, ${authors.nameKey} = ${r.nameKey}, ${authors.otherNames} = ${r.otherNames},
      ${authors.paperCount} = ${r.paperCount}
    from ${recordset(authors, 'r', KEYS, rows)} join ${o} on ${o.id} = ${r.id}
    where ${a.id} = ${r.id}
      and (${a.paperCount} <> ${r.paperCount} or ${a.name} <> ${r.name} or ${a.otherNames} <> ${r.otherNames})
    returning ${a.id}, ${a.name} <> ${o.name} as is_renamed`)
  const renamed = updated.flatMap(({ id, is_renamed }) => (is_renamed ? id : []))
  await noteShown(tx, 'authorships', renamed)
}

type Printed = [name: string, times: number]

function rowOfPerson({ slots }: Person, id: number): AuthorRow {
  const times = new Map<string, number>()
  for (const { name } of slots) times.set(name, (times.get(name) ?? 0) + 1)
  return rowOf(id, [...times])
}

/** An author's name is the form printed most often, then the longest, then the first by code point; in capitals only if no paper prints it otherwise. */
function rowOf(id: number, printed: Printed[]): AuthorRow {
  const length = (name: string) => [...name].length
  const sorted = printed.sort(
    ([a, timesOfA], [b, timesOfB]) =>
      timesOfB - timesOfA ||
      length(b) - length(a) ||
      Buffer.compare(Buffer.from(a), Buffer.from(b)),
  )
  const most = sorted[0]?.[0] ?? ''
  const key = nameKey(most)
  const [name] = sorted.find(([one]) => !isInCapitals(one) && nameKey(one) === key) ?? [most]
  const paperCount = printed.reduce((sum, [, times]) => sum + times, 0)
  return { id, name, nameKey: key, otherNames: otherNames(key, printed), paperCount }
}

/** Maximum number of other names stored for an author; catch-all profiles have more. */
const MOST_OTHER_NAMES = 12

/** The value of `authors.other_names` for these printed names; it does not depend on their order. */
function otherNames(key: string, printed: readonly Printed[]): string {
  const own = printed.length < 2 ? [] : otherKeys(key, printed)
  const known = new Set([key, ...own])
  const spelt = printed.flatMap(([name]) => otherSpellings(name)).filter((one) => !known.has(one))
  const others = [...new Set(spelt)].sort().slice(0, MOST_OTHER_NAMES)
  return [...own, ...others].map((other) => ` / ${other}`).join('')
}

/** The keys of the other names, those on the most papers first. */
function otherKeys(key: string, printed: readonly Printed[]): string[] {
  const times = new Map<string, number>()
  for (const [name, count] of printed) {
    const other = nameKey(name)
    if (other !== '' && other !== key) times.set(other, (times.get(other) ?? 0) + count)
  }
  return [...times]
    .sort(([a, timesOfA], [b, timesOfB]) => timesOfB - timesOfA || (a < b ? -1 : 1))
    .slice(0, MOST_OTHER_NAMES)
    .map(([other]) => other)
}
