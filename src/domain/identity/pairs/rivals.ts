import type { Agreeing } from './agreeing.ts'
import type { Linked } from './links.ts'

interface Group {
  members: readonly number[]
}

/** The facts about the clusters of a block that rivals are found by. */
interface Known<C extends Group> {
  /** The clusters that agree with a cluster, each with the rank of the best pair. */
  closestOf: (cluster: C) => Linked<C>
  /** The agreeing clusters that a cluster was not joined with. */
  refusedBy: (cluster: C) => Linked<C>
  /** The pair with a rank. */
  pairAt: (rank: number) => Agreeing
  /** The result of `fitNames` for the names of two places. */
  fitOf: (i: number, j: number) => string | null
  /** The part of the evidence between two places that comes from the rarity of their names. */
  rarityOf: (i: number, j: number) => number
  isContradicted: (one: C, other: C) => boolean
  /** All clusters that contradict a cluster; null if each has to be checked. */
  contradicting: (one: C) => Linked<C> | null
  /** The clusters with a decision of an operator. */
  decided: () => ReadonlySet<C>
  /** Evidence between two clusters, given that of their best pair. */
  together: (one: C, other: C, best: number) => number
}

/**
 * Additional log-odds of two equal full names compared with a short form or a missing middle name. Compared with an initial, equal full names always win: if
 * "Huan Liu" and "H. Liu" are on one paper, another Huan Liu of the group is the first of them.
 */
const MORE_OF_EQUAL = 2.3

/** Papers added to everybody's number, so that one and two papers hardly differ. */
const OTHER_PAPERS = 2

/**
 * Whether two clusters that may be joined have a rival: a cluster that fits one of the two, contradicts the other, and has at most `margin` log-odds
 * less. "Chris Berg" fits Christine Berg and Christopher Berg, who are two people. People with more papers are proportionally more likely.
 */
export function haveRival<C extends Group>(
  one: C,
  other: C,
  margin: number,
  known: Known<C>,
): boolean {
  const both = [known.closestOf(one), known.closestOf(other)] as const
  return (
    isRivalled(one, other, both[0], margin, known) ||
    isRivalled(other, one, both[1], margin, known) ||
    areOfTwo(one, other, both, margin, known) ||
    isBetween(one, other, both[0], margin, known) ||
    isBetween(other, one, both[1], margin, known)
  )
}

function isRivalled<C extends Group>(
  own: C,
  joined: C,
  closest: Linked<C>,
  margin: number,
  known: Known<C>,
): boolean {
  const best = closest.get(joined)
  if (best === undefined) return false
  const claim = claimOf(own, joined, best, known)
  for (const [rival, found] of contradictedIn(closest, joined, known)) {
    if (rival === joined || known.isContradicted(rival, own)) continue
    const { i, j } = known.pairAt(found)
    const fit = known.fitOf(i, j)
    if (claim.fit === 'equal' && fit === 'initial') continue
    if (claim.fit === 'initial' && fit === 'equal') return true
    if (claimOf(own, rival, found, known).odds > claim.odds - margin) return true
  }
  return false
}

/** The clusters that agree with one cluster and contradict `joined`. */
function* contradictedIn<C extends Group>(
  closest: Linked<C>,
  joined: C,
  { contradicting, isContradicted }: Known<C>,
): Iterable<[C, number]> {
  const all = contradicting(joined)
  if (all === null) {
    for (const found of closest) if (isContradicted(found[0], joined)) yield found
    return
  }
  const [few, many] = all.size < closest.size ? [all, closest] : [closest, all]
  for (const cluster of few.keys())
    if (many.has(cluster)) yield [cluster, closest.get(cluster) as number]
}

/**
 * Whether the two clusters fit two different people better than each other. Example: of four papers by John Smith, two are known to be by different people; the
 * other two, each of which resembles one of these, are not by a third person.
 */
function areOfTwo<C extends Group>(
  one: C,
  other: C,
  [ofOne, ofOther]: readonly [Linked<C>, Linked<C>],
  margin: number,
  known: Known<C>,
): boolean {
  const first = nearestOf(one, other, ofOne, ofOther, known)
  const second = nearestOf(other, one, ofOther, ofOne, known)
  if (!first || !second || !known.isContradicted(first, second)) return false
  const odds = (own: C, closest: Linked<C>, cluster: C) => {
    const pair = closest.get(cluster)
    return pair === undefined ? 0 : claimOf(own, cluster, pair, known).odds
  }
  const ahead = odds(one, ofOne, first) - odds(one, ofOne, second)
  const otherAhead = odds(other, ofOther, second) - odds(other, ofOther, first)
  return ahead > 0 && otherAhead > 0 && ahead + otherAhead >= margin
}

/** Among the clusters that agree better with `own` than `joined` does, the one that is furthest ahead of its agreement with `joined`. */
function nearestOf<C extends Group>(
  own: C,
  joined: C,
  closest: Linked<C>,
  others: Linked<C>,
  { isContradicted, pairAt, refusedBy }: Known<C>,
): C | null {
  const scoreOf = (rank: number | undefined) => (rank === undefined ? 0 : pairAt(rank).score)
  const least = scoreOf(closest.get(joined))
  let [nearest, most]: [C | null, number] = [null, 0]
  // Pairs are visited by rank, so that every cluster that agrees better was refused before.
  for (const cluster of refusedBy(own).keys()) {
    const score = scoreOf(closest.get(cluster))
    const ahead = score - scoreOf(others.get(cluster))
    if (cluster === joined || score <= least || ahead <= most) continue
    if (!isContradicted(own, cluster)) [nearest, most] = [cluster, ahead]
  }
  return nearest
}

/**
 * Whether a cluster fits two people whom an operator separated about as well as the cluster it may be joined with: the shared evidence then distinguishes none of them.
 */
function isBetween<C extends Group>(
  own: C,
  joined: C,
  closest: Linked<C>,
  margin: number,
  known: Known<C>,
): boolean {
  const best = closest.get(joined)
  const decided = known.decided()
  if (best === undefined || decided.size === 0) return false
  const { odds } = claimOf(own, joined, best, known)
  const near = [...decided].filter((cluster) => {
    const pair = closest.get(cluster)
    return (
      pair !== undefined &&
      cluster !== joined &&
      !known.isContradicted(cluster, own) &&
      claimOf(own, cluster, pair, known).odds > odds - margin
    )
  })
  return near.some((one) => near.some((other) => known.isContradicted(one, other)))
}

/** Log-odds for one of several possible people. Excludes the rarity of the names: a rarer name does not make Patricia more likely than Patrick to be Pat. */
export function claimOdds(
  { score, rarity, fit }: { score: number; rarity: number; fit: string | null },
  papers: number,
): number {
  return score - rarity + Math.log(papers + OTHER_PAPERS) + (fit === 'equal' ? MORE_OF_EQUAL : 0)
}

function claimOf<C extends Group>(own: C, other: C, rank: number, known: Known<C>) {
  const { score, i, j } = known.pairAt(rank)
  const fit = known.fitOf(i, j)
  const together = known.together(own, other, score - known.rarityOf(i, j))
  return { fit, odds: claimOdds({ score: together, rarity: 0, fit }, other.members.length) }
}
