import { alias, columns, sql } from '../../../db/sql.ts'
import { authors, authorships } from '../../../db/tables/papers.ts'
import { contestedPeople, paperEvidence } from '../../../db/tables/people.ts'
import type { Transaction } from '../../../db/transaction.ts'
import { areOnePerson } from '../../identity/cluster.ts'
import { parsePersonName } from '../../identity/person-name.ts'
import { nameKey } from '../../record/title-key.ts'
import { rowOf, writePersons } from './authorships.ts'
import { type EvidentRow, type Placed, personNumber, placeReader } from './blocks.ts'
import type { Slot } from './group.ts'
import { AUTHORSHIP_KEYS } from './known.ts'

const a = alias(authors, 'a')
const o = alias(authors, 'o')
const l = alias(authorships, 'l')
const e = alias(paperEvidence, 'e')
const q = alias(contestedPeople, 'q')

/** Places to be written, some of which have their author already. */
export interface Likely {
  joined: [slot: Slot, authorId: number][]
  /** All others: those of this write that are probably one person's have the same `person`. */
  others: Slot[]
}

/**
 * Gives new places that nobody identifies the author of their name, where the catalogue has one alone and the papers of both say that they
 * are one person. Evidence would say so at the end of the import, too, but by then each of them would be an author who has to be merged.
 * Two papers alone are compared: `settlePeople` compares all that have the name, and decides. `changing` are authors whom
 * this write changes otherwise.
 */
export async function joinLikely(
  tx: Transaction,
  slots: Slot[],
  evidence: ReadonlyMap<number, string>,
  changing: readonly number[],
): Promise<Likely> {
  const fresh = slots.filter(isFresh)
  if (fresh.length === 0) return { joined: [], others: slots }
  const bearers = await findBearers(tx, fresh, new Set(changing))
  const placeOf = placeReader()
  for (const slot of fresh) {
    const key = nameKey(slot.name)
    const bearer = bearers.get(key)
    const name = parsePersonName(slot.name)
    if (name === null || (bearer && !bearer.isOnly)) continue
    const row = { ...rowOf(slot, 0), said: evidence.get(slot.paperId) ?? null }
    const place = placeOf(row, name)
    if (bearer) follow(bearer, slot, place)
    else bearers.set(key, { first: place, slot, authorId: null, isOnly: true, followers: [] })
  }
  const likely = [...bearers.values()].filter(({ followers }) => followers.length > 0)
  await writeBearers(tx, likely)
  return split(slots, likely)
}

const isFresh = ({ authorIds, identifiers, nameBlock }: Slot) =>
  authorIds.length === 0 && identifiers.length === 0 && nameBlock !== ''

/** Who has a name first: an author in the catalogue, or a place of this write. */
interface Bearer {
  /** Of the author, the newest place. */
  first: Placed
  /** Null in the catalogue. */
  slot: Slot | null
  /** Null in this write. */
  authorId: number | null
  /** False where others have the name, too: then it is not told here whose a place is. */
  isOnly: boolean
  followers: { slot: Slot; key: string }[]
}

/** By the key of the name. */
async function findBearers(
  tx: Transaction,
  fresh: readonly Slot[],
  changing: ReadonlySet<number>,
): Promise<Map<string, Bearer>> {
  const keys = [...new Set(fresh.map(({ name }) => nameKey(name)))]
  const rows = await tx.query<EvidentRow & { name_key: string; is_only: boolean }>(sql`
    select w.key as name_key, ${columns(l, ...AUTHORSHIP_KEYS)}, ${e.said}, n.times = 1 and ${a.name} = ${l.name}
      and not exists (select from ${q} where ${q.authorId} = ${a.id}) as is_only
    from unnest(${keys}::text[]) w(key)
    cross join lateral (select min(id) as id, count(*) as times from (
      select ${o.id} from ${o} where ${o.nameKey} = w.key order by ${o.id} limit 2) x) n
    join ${a} on ${a.id} = n.id
    cross join lateral (select * from ${authorships} where ${authorships.authorId} = ${a.id}
      order by ${authorships.publishedSort} desc, ${authorships.paperId} desc limit 1) l
    left join ${e} on ${e.paperId} = ${l.paperId}`)
  const placeOf = placeReader()
  return new Map(
    rows.flatMap(({ name_key, is_only, ...row }): [string, Bearer][] => {
      const name = parsePersonName(row.name)
      const isOnly = is_only && !changing.has(row.author_id) && row.name_block !== ''
      if (name === null) return []
      const first = placeOf(row, name)
      return [[name_key, { first, slot: null, authorId: row.author_id, isOnly, followers: [] }]]
    }),
  )
}

function follow(bearer: Bearer, slot: Slot, place: Placed): void {
  const { first, followers } = bearer
  if (slot.name !== first.row.name) return
  const isElsewhere = followers.every((other) => other.slot.paperId !== slot.paperId)
  if (isElsewhere && areOnePerson(first, place)) followers.push({ slot, key: place.key })
  else bearer.isOnly = false
}

/** The number that evidence gives the person, unless papers of before show more. */
function personOf({ first, followers }: Bearer): number {
  const [earliest = ''] = [first.key, ...followers.map(({ key }) => key)].sort()
  return first.row.person ?? personNumber(earliest)
}

async function writeBearers(tx: Transaction, likely: readonly Bearer[]): Promise<void> {
  const standing = likely.filter(({ slot }) => slot === null)
  if (standing.length === 0) return
  await writePersons(
    tx,
    standing.flatMap((bearer) => {
      const { paper_id, position, person } = bearer.first.row
      return person === null ? { paperId: paper_id, position, person: personOf(bearer) } : []
    }),
  )
  const ids = standing.map(({ authorId }) => authorId)
  const added = standing.map(({ followers }) => followers.length)
  await tx.query(sql`
    update ${a} set ${authors.paperCount} = ${a.paperCount} + r.added
    from unnest(${ids}::bigint[], ${added}::int[]) as r(id, added) where ${a.id} = r.id`)
}

function split(slots: readonly Slot[], likely: readonly Bearer[]): Likely {
  const owners = new Map<Slot, { authorId: number | null; person: number }>()
  for (const bearer of likely) {
    const owner = { authorId: bearer.authorId, person: personOf(bearer) }
    if (bearer.slot !== null) owners.set(bearer.slot, owner)
    for (const { slot } of bearer.followers) owners.set(slot, owner)
  }
  const result: Likely = { joined: [], others: [] }
  for (const slot of slots) {
    const { authorId = null, person = slot.person } = owners.get(slot) ?? {}
    if (authorId === null) result.others.push({ ...slot, person })
    else result.joined.push([{ ...slot, person }, authorId])
  }
  return result
}
