import { alias, columns, overwrites, type Stored, sql } from '../../../db/sql.ts'
import {
  authorIdentifiers,
  authorRedirects,
  authors,
  authorships,
  contestedAuthorIdentifiers,
} from '../../../db/tables/papers.ts'
import { contestedPeople } from '../../../db/tables/people.ts'
import type { Transaction } from '../../../db/transaction.ts'
import { newIds, takeId } from '../../../sql/new-ids.ts'
import { noteShown } from '../../changes/fan-out.ts'
import { nameKey } from '../../record/title-key.ts'
import { isSplitOff, isStated, type Person, personIn, type Slot } from './group.ts'
import { asRow, type KnownAuthors } from './known.ts'

const a = alias(authors, 'a')
/** The author as it was. */
const o = alias(authors, 'o')

/**
 * Gives each person an author: one linked to their authorships, or with their identifiers, or else a new one. Authors
 * who turned out to be one become redirects to the lowest id. `moved` are places on papers that are not written, and
 * have another author now: they are deleted, for the caller to write.
 */
export async function writePeople(
  tx: Transaction,
  people: Person[],
  known: KnownAuthors,
): Promise<{ ids: Map<Person, number>; moved: [Slot, number][] }> {
  const heirs = findHeirs(people, known)
  const ids = new Map([...heirs].map(([person, own]) => [person, Math.min(...own)]))
  const fresh = people.filter((person) => !ids.has(person))
  const drawn = await newIds(tx, 'authors', fresh.length)
  for (const person of fresh) ids.set(person, takeId(drawn))
  await insertAuthors(tx, fresh, ids)
  const moved = people.flatMap((person) =>
    person.slots.flatMap((slot): [Slot, number][] => {
      const id = ids.get(person) ?? 0
      return slot.isWritten || slot.authorIds[0] === id ? [] : [[slot, id]]
    }),
  )
  await deletePlaces(
    tx,
    moved.map(([slot]) => slot),
  )
  await redirectAuthors(tx, heirs)
  return { ids, moved }
}

/** Of the people who may carry on an author, the one at most of their places does; of equals, the one found first. */
function findHeirs(people: Person[], { holders, authorIds }: KnownAuthors): Map<Person, number[]> {
  const claims = new Map<number, Map<Person, number>>(authorIds.map((id) => [id, new Map()]))
  const claim = (person: Person, id: number | undefined, weight: number) => {
    const ofAuthor = id === undefined ? undefined : claims.get(id)
    ofAuthor?.set(person, (ofAuthor.get(person) ?? 0) + weight)
  }
  for (const person of people) {
    for (const slot of person.slots)
      for (const id of slot.authorIds) claim(person, id, isSplitOff(slot) ? 0 : 1)
    for (const name of person.identifiers) claim(person, holders.get(name), 1)
  }
  const heirs = new Map<Person, number[]>()
  for (const [id, ofAuthor] of claims) {
    const [best] = [...ofAuthor].sort(([, a], [, b]) => b - a)
    if (best) heirs.set(best[0], [...(heirs.get(best[0]) ?? []), id])
  }
  return heirs
}

/** With the count and the name that `refreshAuthors` would find, so that it has nothing left to do for them. */
async function insertAuthors(
  tx: Transaction,
  people: Person[],
  ids: Map<Person, number>,
): Promise<void> {
  if (people.length === 0) return
  const rows = people.map((person) => {
    const name = bestName(person.slots.map((slot) => slot.name))
    const keys = person.slots.length > 1 ? countsOf(person.slots.map((slot) => slot.name)) : []
    return {
      ...{ id: ids.get(person), name, name_key: nameKey(name), papers: person.slots.length },
      other_names: otherNames(nameKey(name), keys),
    }
  })
  await tx.query(sql`
    insert into ${authors} (${columns(authors, 'id', 'name', 'nameKey', 'otherNames', 'paperCount')}) overriding system value
    select id, name, name_key, other_names, papers
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
      as r(id bigint, name text, name_key text, other_names text, papers int)`)
}

/** Other names kept of an author: a profile that collects the papers of many has more. */
const MOST_OTHER_NAMES = 12

type Printed = [name: string, times: number]

/** As `authors.other_names`, of all names printed. The same whatever their order. */
function otherNames(key: string, printed: readonly Printed[]): string {
  if (printed.length < 2) return ''
  const times = new Map<string, number>()
  for (const [name, count] of printed) {
    const other = nameKey(name)
    if (other !== '' && other !== key) times.set(other, (times.get(other) ?? 0) + count)
  }
  return [...times]
    .sort(([a, timesOfA], [b, timesOfB]) => timesOfB - timesOfA || (a < b ? -1 : 1))
    .slice(0, MOST_OTHER_NAMES)
    .map(([other]) => ` / ${other}`)
    .join('')
}

function countsOf(names: readonly string[]): Printed[] {
  const times = new Map<string, number>()
  for (const name of names) times.set(name, (times.get(name) ?? 0) + 1)
  return [...times]
}

/** The form most often printed, then the longest, then the first by code point. */
function bestName(names: string[]): string {
  const length = (name: string) => [...name].length
  const [best] = countsOf(names).sort(
    ([a, timesOfA], [b, timesOfB]) =>
      timesOfB - timesOfA ||
      length(b) - length(a) ||
      Buffer.compare(Buffer.from(a), Buffer.from(b)),
  )
  return best?.[0] ?? ''
}

/** Deleted, not updated: two authors of one paper may take one another's place. */
async function deletePlaces(tx: Transaction, slots: Slot[]): Promise<void> {
  const t = alias(authorships, 't')
  if (slots.length === 0) return
  await tx.query(sql`
    delete from ${t}
    using unnest(${slots.map(({ paperId }) => paperId)}::bigint[], ${slots.map(({ position }) => position)}::int[])
      as r(paper_id, position)
    where ${t.paperId} = r.paper_id and ${t.position} = r.position`)
}

async function redirectAuthors(tx: Transaction, heirs: Map<Person, number[]>): Promise<void> {
  const t = alias(authorRedirects, 't')
  const rows = [...heirs.values()].flatMap((own) => {
    const winner = Math.min(...own)
    return own.flatMap((loser) => (loser === winner ? [] : { loser, winner }))
  })
  if (rows.length === 0) return
  const pairs = sql`jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r(loser bigint, winner bigint)`
  await tx.query(sql`
    update ${t} set ${authorRedirects.authorId} = r.winner from ${pairs} where ${t.authorId} = r.loser`)
  await tx.query(
    sql`insert into ${authorRedirects} (${authorRedirects.id}, ${authorRedirects.authorId}) select loser, winner from ${pairs}`,
  )
}

/** Brings up to date who has which identifier, and who names one that another has. */
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

/** What evidence says of several people, all of whom have to be looked at again when one is. */
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

/**
 * Recounts the papers of authors who were there before, names each by the form most often printed (then the longest,
 * then the first by code point), and drops those without a paper.
 */
export async function refreshAuthors(tx: Transaction, authorIds: number[]): Promise<void> {
  if (authorIds.length === 0) return
  const printed = await tx.query<
    Stored<typeof authorships, 'author_id' | 'name'> & { times: number }
  >(sql`
    select ${authorships.authorId}, ${authorships.name}, count(*)::int as times from ${authorships}
    where ${authorships.authorId} = any(${authorIds}::bigint[]) group by ${authorships.authorId}, ${authorships.name}
    order by times desc, length(${authorships.name}) desc, ${authorships.name} collate "C"`)
  const byAuthor = new Map<number, Printed[]>()
  for (const { author_id, name, times } of printed) {
    const own = byAuthor.get(author_id)
    if (own) own.push([name, times])
    else byAuthor.set(author_id, [[name, times]])
  }
  const best = [...byAuthor].map(([id, names]) => {
    const name = names[0]?.[0] ?? ''
    const key = nameKey(name)
    const papers = names.reduce((sum, [, times]) => sum + times, 0)
    return { id, name, name_key: key, other_names: otherNames(key, names), papers }
  })
  const rows = await tx.query<Stored<typeof authors, 'id'> & { is_renamed: boolean }>(sql`
    update ${a} set ${authors.name} = coalesce(r.name, ${a.name}), ${authors.nameKey} = coalesce(r.name_key, ${a.nameKey}),
      ${authors.otherNames} = coalesce(r.other_names, ''), ${authors.paperCount} = coalesce(r.papers, 0)
    from unnest(${authorIds}::bigint[]) as i(id) join ${o} on ${o.id} = i.id
    left join jsonb_to_recordset(${JSON.stringify(best)}::text::jsonb)
      as r(id bigint, name text, name_key text, other_names text, papers int) on r.id = i.id
    where ${a.id} = i.id
      and (${a.paperCount} <> coalesce(r.papers, 0) or ${a.name} <> r.name or ${a.otherNames} <> r.other_names)
    returning ${a.id}, ${a.name} <> ${o.name} as is_renamed`)
  const renamed = rows.flatMap(({ id, is_renamed }) => (is_renamed ? id : []))
  await noteShown(tx, 'authorships', renamed)
  await tx.query(sql`
    delete from ${a} where ${a.id} = any(${authorIds}::bigint[]) and ${a.paperCount} = 0`)
}
