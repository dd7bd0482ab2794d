import type { VisitPairs } from './agreeing.ts'
import { CLUSTER_LIMITS, sample } from './candidates.ts'

interface Group {
  members: readonly number[]
}

/** What is known of the clusters of a block. */
interface Known<C extends Group> {
  clusterOf: (place: number) => C
  visitPairs: VisitPairs
  /** As `fitNames` says of their names. */
  fitOf: (i: number, j: number) => string | null
  /** What the rarity of their names is of the evidence between two places. */
  rarityOf: (i: number, j: number) => number
  isContradicted: (one: C, other: C) => boolean
  /** Whether an operator decided on it. */
  isDecided: (one: C) => boolean
  /** Evidence between two clusters, of which this is the best pair's. */
  together: (one: C, other: C, best: number) => number
}

/** The pair of two clusters that agrees best. */
interface Closest {
  score: number
  i: number
  j: number
}

/**
 * What two equal full names say more than a short form or one without a middle name, as logarithm of the odds. Than an initial they always say more: where "Huan
 * Liu" and "H. Liu" are on one paper, another Huan Liu of the group is the first of them.
 */
const MORE_OF_EQUAL = 2.3

/** Papers that everybody may have besides: of one and of two papers, neither tells much. */
const OTHER_PAPERS = 2

/**
 * Whether two clusters that may be joined have a rival: a cluster that fits one of the two, cannot be one with the other, and is less than `margin` behind, as
 * logarithm of the odds. "Chris Berg" fits Christine Berg and Christopher Berg, who are two people. Those who have more papers are the likelier for as much.
 */
export function haveRival<C extends Group>(
  one: C,
  other: C,
  margin: number,
  known: Known<C>,
): boolean {
  const both = [closestOf(one, known), closestOf(other, known)] as const
  return (
    isRivalled(one, other, both[0], margin, known) ||
    isRivalled(other, one, both[1], margin, known) ||
    areOfTwo(one, other, both, margin, known) ||
    isBetween(one, other, both[0], margin, known) ||
    isBetween(other, one, both[1], margin, known)
  )
}

/** The clusters that agree with one, and the pair that agrees best with each. */
type Agreeing<C> = ReadonlyMap<C, Closest>

function isRivalled<C extends Group>(
  own: C,
  joined: C,
  closest: Agreeing<C>,
  margin: number,
  known: Known<C>,
): boolean {
  const best = closest.get(joined)
  if (!best) return false
  const claim = claimOf(own, joined, best, known)
  for (const [rival, found] of closest) {
    if (rival === joined || !known.isContradicted(rival, joined)) continue
    if (known.isContradicted(rival, own)) continue
    const fit = known.fitOf(found.i, found.j)
    if (claim.fit === 'equal' && fit === 'initial') continue
    if (claim.fit === 'initial' && fit === 'equal') return true
    if (claimOf(own, rival, found, known).odds > claim.odds - margin) return true
  }
  return false
}

/**
 * Whether each of two fits another of two people better than it fits the other one of the two: of four papers called John Smith, two of people who are known to be two, the
 * others, which resemble one of these each, are not a third person.
 */
function areOfTwo<C extends Group>(
  one: C,
  other: C,
  [ofOne, ofOther]: readonly [Agreeing<C>, Agreeing<C>],
  margin: number,
  known: Known<C>,
): boolean {
  const first = nearestOf(one, other, ofOne, ofOther, known)
  const second = nearestOf(other, one, ofOther, ofOne, known)
  if (!first || !second || !known.isContradicted(first, second)) return false
  const odds = (own: C, closest: Agreeing<C>, cluster: C) => {
    const pair = closest.get(cluster)
    return pair ? claimOf(own, cluster, pair, known).odds : 0
  }
  const ahead = odds(one, ofOne, first) - odds(one, ofOne, second)
  const otherAhead = odds(other, ofOther, second) - odds(other, ofOther, first)
  return ahead > 0 && otherAhead > 0 && ahead + otherAhead >= margin
}

/** Of the clusters that agree better with `own` than the one it may be joined with does, that which agrees so much less with that one. */
function nearestOf<C extends Group>(
  own: C,
  joined: C,
  closest: Agreeing<C>,
  others: Agreeing<C>,
  { isContradicted }: Known<C>,
): C | null {
  const least = closest.get(joined)?.score ?? 0
  let [nearest, most]: [C | null, number] = [null, 0]
  for (const [cluster, { score }] of closest) {
    const ahead = score - (others.get(cluster)?.score ?? 0)
    if (cluster === joined || score <= least || ahead <= most) continue
    if (!isContradicted(own, cluster)) [nearest, most] = [cluster, ahead]
  }
  return nearest
}

/**
 * Whether a cluster fits two people whom an operator split about as well as the one it may be joined with: what it has in common with all of them tells nobody from another.
 */
function isBetween<C extends Group>(
  own: C,
  joined: C,
  closest: Agreeing<C>,
  margin: number,
  known: Known<C>,
): boolean {
  const best = closest.get(joined)
  if (!best) return false
  const { odds } = claimOf(own, joined, best, known)
  const near = [...closest].filter(
    ([cluster, pair]) =>
      known.isDecided(cluster) &&
      cluster !== joined &&
      !known.isContradicted(cluster, own) &&
      claimOf(own, cluster, pair, known).odds > odds - margin,
  )
  return near.some(([one]) => near.some(([other]) => known.isContradicted(one, other)))
}

/** What speaks for one of several people who may be meant, as logarithm of the odds: without the rarity of the names, as Patricia is no likelier than Patrick to be Pat because she is rarer. */
export function claimOdds(
  { score, rarity, fit }: { score: number; rarity: number; fit: string | null },
  papers: number,
): number {
  return score - rarity + Math.log(papers + OTHER_PAPERS) + (fit === 'equal' ? MORE_OF_EQUAL : 0)
}

function claimOf<C extends Group>(own: C, other: C, { score, i, j }: Closest, known: Known<C>) {
  const fit = known.fitOf(i, j)
  const together = known.together(own, other, score - known.rarityOf(i, j))
  return { fit, odds: claimOdds({ score: together, rarity: 0, fit }, other.members.length) }
}

/**
 * The clusters that agree with this one. Of two pairs of places of the same two clusters, the worse will never be asked for again, nor one inside of a cluster, as
 * clusters only grow; but of a cluster too large to look through, another place may be asked next time.
 */
function closestOf<C extends Group>(own: C, { clusterOf, visitPairs }: Known<C>): Map<C, Closest> {
  const closest = new Map<C, Closest>()
  const places = sample(own.members, CLUSTER_LIMITS.rivalled)
  const isAll = places.length === own.members.length
  for (const i of places)
    visitPairs(i, (j, score) => {
      const cluster = clusterOf(j)
      if (cluster === own) return false
      if (score <= (closest.get(cluster)?.score ?? Number.NEGATIVE_INFINITY)) return !isAll
      closest.set(cluster, { score, i, j })
      return true
    })
  return closest
}
