import type { PaperRecord } from '../../record/paper-record.ts'
import { byPrecedence } from '../../record/precedence.ts'
import { type Comparable, comparable } from '../../record/same/comparable.ts'
import { type MatchHashes, MOST_COMPARED, matchHashes } from '../../record/same/match-hashes.ts'
import { isSamePaper, type Judgement, judge } from '../../record/same/paper.ts'
import { clusterMatches, disjointSets, type Judged, type Match, type Sets } from './cluster.ts'

/** A record and its previous paper. */
export interface Placed {
  record: PaperRecord
  /** The record prepared for comparison, if already computed. */
  compared?: Comparable
  hashes?: MatchHashes
  /** The paper that it belonged to; null if it is new or waits. */
  paperId: number | null
  /** The paper id that was first assigned for this record and follows it; null if none was. */
  mintedId: number | null
  /** Number of the decided paper that it belongs to; null without a decision. Lower numbers come first. */
  decided: number | null
  /** Whether it is new or changed. Unchanged records have priority for the paper's id. */
  isMoving: boolean
  /** Whether an operator splits it off its paper, whose id stays with the others. */
  isSplitOff: boolean
}

/** The records of one paper, and the paper ids that it keeps, of which the lowest is its own. */
export interface Group<T extends Placed> {
  members: T[]
  ids: number[]
  /** Equal for groups that are different papers but whose records are connected; null for all others. */
  tangle: number | null
}

/**
 * Groups records into papers. Records with operators' decisions form papers as decided. The others are clustered by `judge`, see
 * `clusterMatches`; a cluster that matches a decided paper joins it (the first, if it matches several). The groups depend only on the records
 * and the decisions, not on the order or the steps in which these came.
 */
export function groupRecords<T extends Placed>(
  placed: T[],
  index: Index = indexRecords(placed),
  common: ReadonlySet<string> = new Set(),
): Group<T>[] {
  const sets = disjointSets(placed.length)
  const tangles = joinMatches(sets, placed, index, common)
  joinDecided(sets, placed, index)
  const byRoot = new Map<number, Group<T>>()
  for (const [i, member] of placed.entries()) {
    const root = sets.find(i)
    const group = byRoot.get(root) ?? { members: [], ids: [], tangle: null }
    byRoot.set(root, group)
    group.members.push(member)
  }
  for (const [tangle, places] of tangles.entries()) {
    const groups = new Set(places.map((place) => byRoot.get(sets.find(place))))
    if (groups.size > 1) for (const group of groups) if (group) group.tangle = tangle
  }
  const groups = [...byRoot.values()]
  inheritIds(groups)
  return groups
}

/** An index of records by identifiers and hashes: only records that share one can be the same paper. */
export interface Index {
  /** Records without a decision. */
  compared: Map<number, Comparable>
  byKey: Map<string, number[]>
  /** Number of records with a decision by key. */
  decided: Map<string, number>
}

export function indexRecords(placed: readonly Placed[]): Index {
  const index: Index = { compared: new Map(), byKey: new Map(), decided: new Map() }
  for (const [place, { record, hashes, decided, ...given }] of placed.entries()) {
    const { compared = comparable(record) } = given
    if (decided === null) index.compared.set(place, compared)
    for (const key of keysOf(compared, hashes)) {
      const places = index.byKey.get(key)
      if (decided !== null) index.decided.set(key, (index.decided.get(key) ?? 0) + 1)
      else if (places) places.push(place)
      else index.byKey.set(key, [place])
    }
  }
  return index
}

function joinMatches(
  sets: Sets,
  placed: Placed[],
  index: Index,
  common: ReadonlySet<string>,
): number[][] {
  const judged = judgements(placed, index.compared)
  const { clusters, tangles } = clusterMatches(matchesOf(index, judged, common), judged)
  for (const cluster of clusters) for (const place of cluster) sets.join(place, cluster[0] ?? place)
  return tangles
}

/** The keys of a record, the same as in `loadCandidates`: with more keys, records of one batch would find more matches than stored ones. */
function keysOf(compared: Comparable, hashes = matchHashes(compared)): string[] {
  const { title, byline, initials } = hashes
  const known = [title, byline, initials].filter((hash) => hash !== null)
  return [...known, ...compared.identifiers.map(({ scheme, value }) => `${scheme} ${value}`)]
}

/** Judgements of pairs of records, each computed once. */
function judgements(placed: Placed[], compared: Map<number, Comparable>) {
  const known = new Map<number, Judgement>()
  return {
    of(a: number, b: number): Judgement {
      const pair = a < b ? a * placed.length + b : b * placed.length + a
      const judgement =
        known.get(pair) ?? judge(compared.get(a) as Comparable, compared.get(b) as Comparable)
      known.set(pair, judgement)
      return judgement
    },
    nameOf: (place: number) => recordName(placed[place]),
  }
}

const recordName = (placed: Placed | undefined) => `${placed?.record.source}\n${placed?.record.key}`

/** All matches. `common` are the keys that too many stored records have, whether all of them are loaded or not. */
function matchesOf(
  { byKey, decided }: Index,
  judged: Judged,
  common: ReadonlySet<string>,
): Match[] {
  const matches = new Map<string, Match>()
  for (const [key, places] of byKey) {
    if (places.length + (decided.get(key) ?? 0) > MOST_COMPARED || common.has(key)) continue
    for (const [i, b] of places.entries())
      for (const a of places.slice(0, i)) {
        const pair = `${a} ${b}`
        if (matches.has(pair)) continue
        const judgement = judged.of(a, b)
        if (judgement.strength > 0) matches.set(pair, { a, b, ...judgement })
      }
  }
  return [...matches.values()]
}

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

function findMatches({ compared, byKey }: Index, record: PaperRecord): number[] {
  const own = comparable(record)
  const places = new Set(keysOf(own).flatMap((key) => byKey.get(key) ?? []))
  return [...places].filter((place) => isSamePaper(own, compared.get(place) as Comparable))
}

/**
 * Assigns the ids of papers to groups. A paper's id follows the record that it was first assigned for; if that is gone, it goes to the part
 * with most of the paper's records, then to the part with the record that the paper's fields come from. A part without an id gets back one
 * that was assigned for its records before they were merged, so that undoing a merge leaves no trace.
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
