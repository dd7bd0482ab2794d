import type { PaperRecord } from './paper-record.ts'
import { byPrecedence } from './precedence.ts'
import { type Comparable, comparable, isSamePaper } from './same-paper.ts'

/** A record, and the paper that it belonged to until now; null for one that is new. */
export interface Placed {
  record: PaperRecord
  /** Where it is worked out already. */
  compared?: Comparable
  paperId: number | null
  /** Whether it comes in anew, changed, or was told to leave: such a record takes no paper's id along. */
  isMoving: boolean
}

/** The records of one paper, and the ids of papers that it carries on: the lowest is its own. */
export interface Group<T extends Placed> {
  members: T[]
  ids: number[]
}

/**
 * Groups records into papers: the connected components of `isSamePaper`. So groups depend on nothing but the records,
 * in whatever order and number of steps they came.
 */
export function groupRecords<T extends Placed>(placed: T[]): Group<T>[] {
  const sets = disjointSets(placed.length)
  joinMatches(sets, placed)
  const byRoot = new Map<number, Group<T>>()
  for (const [index, member] of placed.entries()) {
    const root = sets.find(index)
    const group = byRoot.get(root) ?? { members: [], ids: [] }
    byRoot.set(root, group)
    group.members.push(member)
  }
  const groups = [...byRoot.values()]
  inheritIds(groups)
  return groups
}

/** Only records that share an identifier or a match key can be one paper: no others are compared. */
function joinMatches(sets: ReturnType<typeof disjointSets>, placed: Placed[]): void {
  const byIdentifier = new Map<string, number>()
  const byKey = new Map<string, { index: number; compared: Comparable }[]>()
  for (const [index, { record, compared = comparable(record) }] of placed.entries()) {
    for (const { scheme, value } of record.identifiers) {
      const id = `${scheme}:${value}`
      const other = byIdentifier.get(id)
      if (other === undefined) byIdentifier.set(id, index)
      else sets.join(index, other)
    }
    if (compared.matchKey === null) continue
    const sameKey = byKey.get(compared.matchKey) ?? []
    for (const other of sameKey)
      if (isSamePaper(compared, other.compared)) sets.join(index, other.index)
    sameKey.push({ index, compared })
    byKey.set(compared.matchKey, sameKey)
  }
}

/**
 * A paper's id goes where most of its records stay, of equal parts to the one with the record that its fields came
 * from first. Records that move count only where none stays.
 */
function inheritIds<T extends Placed>(groups: Group<T>[]): void {
  const heirs = new Map<number, Claim>()
  for (const group of groups) {
    for (const [id, claim] of claimsOf(group)) {
      const other = heirs.get(id)
      if (!other || compareClaims(claim, other) < 0) heirs.set(id, claim)
    }
  }
  for (const [id, { group }] of heirs) group.ids.push(id)
  for (const { ids } of groups) ids.sort((a, b) => a - b)
}

interface Claim {
  group: Group<Placed>
  staying: number
  moving: number
  first: PaperRecord
}

function claimsOf(group: Group<Placed>): Map<number, Claim> {
  const claims = new Map<number, Claim>()
  for (const { record, paperId, isMoving } of group.members) {
    if (paperId === null) continue
    const claim = claims.get(paperId) ?? { group, staying: 0, moving: 0, first: record }
    claims.set(paperId, claim)
    if (isMoving) claim.moving++
    else claim.staying++
    if (byPrecedence(record, claim.first) < 0) claim.first = record
  }
  return claims
}

function compareClaims(a: Claim, b: Claim): number {
  return b.staying - a.staying || b.moving - a.moving || byPrecedence(a.first, b.first)
}

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
