import type { Agreeing } from './agreeing.ts'
import type { Linked } from './links.ts'

interface Group {
  members: readonly number[]
}

/** What is known of the clusters of a block. */
interface Known<C extends Group> {
  /** The clusters that agree with one, and the rank of the pair of places that agrees best with each. */
  closestOf: (cluster: C) => Linked<C>
  /** The clusters that one was not joined with although they agree. */
  refusedBy: (cluster: C) => Linked<C>
  /** The pair of a rank. */
  pairAt: (rank: number) => Agreeing
  /** As `fitNames` says of their names. */
  fitOf: (i: number, j: number) => string | null
  /** What the rarity of their names is of the evidence between two places. */
  rarityOf: (i: number, j: number) => number
  isContradicted: (one: C, other: C) => boolean
  /** All clusters that contradict one; null where each has to be asked for. */
  contradicting: (one: C) => Linked<C> | null
  /** The clusters that an operator decided on. */
  decided: () => ReadonlySet<C>
  /** Evidence between two clusters, of which this is the best pair's. */
  together: (one: C, other: C, best: number) => number
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

/** The clusters that agree with one and contradict another. */
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
 * Whether each of two fits another of two people better than it fits the other one of the two: of four papers called John Smith, two of people who are known to be two, the
 * others, which resemble one of these each, are not a third person.
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

/** Of the clusters that agree better with `own` than the one it may be joined with does, that which agrees so much less with that one. */
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
  // Pairs are taken in the order of their ranks: what agrees better was refused before.
  for (const cluster of refusedBy(own).keys()) {
    const score = scoreOf(closest.get(cluster))
    const ahead = score - scoreOf(others.get(cluster))
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

/** What speaks for one of several people who may be meant, as logarithm of the odds: without the rarity of the names, as Patricia is no likelier than Patrick to be Pat because she is rarer. */
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
