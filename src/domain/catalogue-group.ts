import type { PaperRecord } from './paper-record.ts'
import { byPrecedence } from './precedence.ts'
import { type Comparable, comparable, isSamePaper } from './same-paper.ts'

/** A record, and where it stood until now. */
export interface Placed {
  record: PaperRecord
  /** Where it is worked out already. */
  compared?: Comparable
  /** The paper that it belonged to; null for one that is new, or that waits. */
  paperId: number | null
  /** The paper's id that was first given for this record: it goes where the record goes. Null when none was. */
  mintedId: number | null
  /** Which of the papers that operators decided on it belongs to; null where none did. The lower comes first. */
  decided: number | null
  /** Whether it comes in anew or changed: others have more right to the paper's id. */
  isMoving: boolean
  /** Whether an operator takes it off its paper, whose id stays with the others. */
  isSplitOff: boolean
}

/** The records of one paper, and the ids of papers that it carries on: the lowest is its own. */
export interface Group<T extends Placed> {
  members: T[]
  ids: number[]
}

/**
 * Groups records into papers. Records that operators decided on are one paper or several as these said. The others are
 * the connected components of `isSamePaper`; a component that is the same as one of the decided papers joins it, as
 * several of them, the first. So groups depend on nothing but the records and the decisions, in whatever order and
 * number of steps they came.
 */
export function groupRecords<T extends Placed>(placed: T[]): Group<T>[] {
  const sets = disjointSets(placed.length)
  const index = joinMatches(sets, placed)
  joinDecided(sets, placed, index)
  const byRoot = new Map<number, Group<T>>()
  for (const [i, member] of placed.entries()) {
    const root = sets.find(i)
    const group = byRoot.get(root) ?? { members: [], ids: [] }
    byRoot.set(root, group)
    group.members.push(member)
  }
  const groups = [...byRoot.values()]
  inheritIds(groups)
  return groups
}

/** Places of records that nobody decided on, by what others may share with them. */
interface Index {
  /** One of those with the identifier: they are one paper. */
  byIdentifier: Map<string, number>
  byKey: Map<string, { place: number; compared: Comparable }[]>
}

/** Only records that share an identifier or a match key can be one paper: no others are compared. */
function joinMatches(sets: Sets, placed: Placed[]): Index {
  const index: Index = { byIdentifier: new Map(), byKey: new Map() }
  for (const [place, { record, compared = comparable(record), decided }] of placed.entries()) {
    if (decided !== null) continue
    for (const id of record.identifiers.map(identifierKey)) {
      const other = index.byIdentifier.get(id)
      if (other === undefined) index.byIdentifier.set(id, place)
      else sets.join(place, other)
    }
    if (compared.matchKey === null) continue
    const sameKey = index.byKey.get(compared.matchKey) ?? []
    for (const other of sameKey)
      if (isSamePaper(compared, other.compared)) sets.join(place, other.place)
    sameKey.push({ place, compared })
    index.byKey.set(compared.matchKey, sameKey)
  }
  return index
}

const identifierKey = ({ scheme, value }: PaperRecord['identifiers'][number]) =>
  `${scheme}:${value}`

function joinDecided(sets: Sets, placed: Placed[], index: Index): void {
  const firstOf = new Map<number, number>()
  const sought = new Map<number, number>()
  for (const [place, { record, decided }] of placed.entries()) {
    if (decided === null) continue
    const first = firstOf.get(decided)
    if (first === undefined) firstOf.set(decided, place)
    else sets.join(place, first)
    for (const other of findMatches(index, record)) {
      const root = sets.find(other)
      sought.set(root, Math.min(sought.get(root) ?? decided, decided))
    }
  }
  for (const [root, decided] of sought) sets.join(root, firstOf.get(decided) ?? root)
}

function findMatches({ byIdentifier, byKey }: Index, record: PaperRecord): number[] {
  const compared = comparable(record)
  const sameKey = compared.matchKey === null ? [] : (byKey.get(compared.matchKey) ?? [])
  return [
    ...record.identifiers.flatMap((id) => byIdentifier.get(identifierKey(id)) ?? []),
    ...sameKey.filter((other) => isSamePaper(compared, other.compared)).map(({ place }) => place),
  ]
}

/**
 * A paper's id goes with the record that it was first given for; where that is gone, to the part with most of the
 * paper's records, then to that with the record which its fields came from first. A part that gets no id has back one
 * that was given for its records before they were merged, so that a merge that is undone leaves nothing behind.
 */
function inheritIds<T extends Placed>(groups: Group<T>[]): void {
  const heirs = new Map<number, Claim<T>>()
  for (const group of groups) {
    for (const [id, claim] of claimsOf(group)) {
      const other = heirs.get(id)
      if (!other || compareClaims(claim, other) < 0) heirs.set(id, claim)
    }
  }
  for (const [id, { group }] of heirs) group.ids.push(id)
  for (const group of groups) {
    group.ids.sort((a, b) => a - b)
    if (group.ids.length > 0) continue
    const minted = group.members.flatMap(({ mintedId }) => mintedId ?? [])
    const free = minted.filter((id) => !heirs.has(id))
    if (free.length > 0) group.ids.push(Math.min(...free))
  }
}

interface Claim<T extends Placed> {
  group: Group<T>
  isOrigin: boolean
  staying: number
  moving: number
  first: PaperRecord
}

function claimsOf<T extends Placed>(group: Group<T>): Map<number, Claim<T>> {
  const claims = new Map<number, Claim<T>>()
  for (const { record, paperId, mintedId, isMoving, isSplitOff } of group.members) {
    if (paperId === null) continue
    const claim = claims.get(paperId) ?? {
      group,
      isOrigin: false,
      staying: 0,
      moving: 0,
      first: record,
    }
    claims.set(paperId, claim)
    if (isMoving || isSplitOff) claim.moving++
    else claim.staying++
    if (mintedId === paperId && !isSplitOff) claim.isOrigin = true
    if (byPrecedence(record, claim.first) < 0) claim.first = record
  }
  return claims
}

function compareClaims<T extends Placed>(a: Claim<T>, b: Claim<T>): number {
  return (
    Number(b.isOrigin) - Number(a.isOrigin) ||
    b.staying - a.staying ||
    b.moving - a.moving ||
    byPrecedence(a.first, b.first)
  )
}

type Sets = ReturnType<typeof disjointSets>

function disjointSets(size: number) {
  const parents = Array.from({ length: size }, (_, index) => index)
  const find = (node: number): number => {
    const parent = parents[node] ?? node
    if (parent === node) return node
    const root = find(parent)
    parents[node] = root
    return root
  }
  const join = (a: number, b: number) => {
    parents[find(a)] = find(b)
  }
  return { find, join }
}
