import { DECISION } from './decided/decision-id.ts'
import {
  type EvidenceKind,
  measure,
  type Place,
  RARITIES,
  totalWeight,
  weightOfRarity,
} from './evidence.ts'
import { familyKey, fitNames, type NameFit } from './name-fit.ts'
import { expectedNamesakes } from './name-rarity.ts'
import { openAgreeing, type Ranked, ranksByPlace } from './pairs/agreeing.ts'
import { sample, visitCandidates } from './pairs/candidates.ts'
import { type Contradictions, openContradictions } from './pairs/contradictions.ts'
import { keepLower, openLinks } from './pairs/links.ts'
import { join, type OpenCluster, startingClusters } from './pairs/open-cluster.ts'
import { pairMemo } from './pairs/pair-memo.ts'
import { haveRival } from './pairs/rivals.ts'
import { type Common, commonReader } from './pairs/signals.ts'
import type { PersonName } from './person-name.ts'
import { type Bearer, bearersOf, isSupported } from './support.ts'

/** An authorship with everything that decides which person it belongs to. */
export interface Authorship extends Place {
  /** Sort key, independent of the order of imports: authorships are compared and joined in this order. */
  key: string
  /** Second sort key, for authorships with equal keys, such as those of two unmerged copies of a paper. */
  tie: string
  /** Authorships with the same unit belong to one person by an identifier or a decision; null without either. */
  unit: string | null
  /** As `scheme:value`. People with different identifiers of one scheme stay separate. */
  identifiers: readonly string[]
  /** Whether an operator split it off, which shows that several people have the name. */
  isSplitOff: boolean
}

/** Authorships of one person, in the order of their keys. */
export interface Cluster<T extends Authorship> {
  members: T[]
  /** Probability that the least certain of its joins is right; null if no evidence was needed. */
  confidence: number | null
}

/** Minimum log-odds for joining two clusters: a probability of about 0.91. A higher value splits more people, a lower one lumps more. */
const LEAST = 2.3
/** Additional log-odds required for each factor of e by which more than one person is expected to have the fuller name. */
const MORE_OF_COMMON = 0.5
/** Log-odds required less if at least two co-authors are shared whose names together are as rare as a name of one person. */
const LESS_OF_TWO = 0.4

/** Raise this with each change of the outcome, including the weights of `evidence.ts` and the rules of `person-name.ts`, so that existing catalogues are clustered again. */
export const CLUSTERING_VERSION = 32

/** Weight of the best pair in the evidence between two clusters; the rest is the weight of the mean. */
export const BY_BEST = 0.9

/** Bound of the evidence between two authorships in both directions, so that no single pair decides alone. */
const MOST = 8

/**
 * Groups all authorships with one family name and initial into people. The result depends only on their contents, not on their order.
 * The pairs that agree best are joined first, if the best and the mean evidence between the two clusters are together sufficient
 * and no two of their authorships contradict each other. An authorship that fits two different people equally well joins neither.
 */
export function clusterAuthorships<T extends Authorship>(block: readonly T[]): Cluster<T>[] {
  const places = block.toSorted((a, b) => compare(a.key, b.key) || compare(a.tie, b.tie))
  const names = namesOf(places)
  const commonOfPair = commonReader(places, RARITIES)
  const score = scorer(places, names, commonOfPair)
  const bearers = bearersOf(places, names)
  const agreeing = openAgreeing(places.length)
  visitCandidates(places, names.nameOf, areFit(places, names), (i, j) => {
    const [one, other] = [places[i] as T, places[j] as T]
    const both = [bearers[i] as Bearer, bearers[j] as Bearer] as const
    // Most pairs share nothing, and this check is cheaper than weighing all evidence.
    if (!isSupported([one, other], commonOfPair(i, j), both)) return
    const found = score(i, j)
    if (found > LEAST / 2) agreeing.add({ i, j, score: found })
  })
  const rarityOf = (i: number, j: number) => {
    const givenNames = Math.min(names.givenNamesOf(i), names.givenNamesOf(j))
    const isShared = commonOfPair(i, j).coAuthors.count > 0
    return weightOfRarity(places[i] as T, places[j] as T, givenNames, isShared)
  }
  const leastOf = (i: number, j: number) =>
    leastOfNames(names.expectedOf(i), names.expectedOf(j)) -
    (shareTwo(commonOfPair(i, j)) ? LESS_OF_TWO : 0)
  const clusters = startingClusters(places, names)
  joinAgreeing(clusters, agreeing.ranked(), {
    rarityOf,
    leastOf,
    fitOf: (i, j) => names.fitOf(names.nameOf[i] ?? 0, names.nameOf[j] ?? 0),
    together: (one, other, best) => BY_BEST * best + (1 - BY_BEST) * mean(one, other, score),
    contradictions: openContradictions(places, clusters, names),
  })
  return [...new Set(clusters)].map(({ members, least }) => ({
    members: members.map((i) => places[i] as T),
    confidence: least === null ? null : 1 / (1 + Math.exp(-least)),
  }))
}

/** Joins the clusters of each pair, the best pairs first, unless something contradicts it or a rival fits nearly as well. */
function joinAgreeing(clusters: OpenCluster[], ranked: Ranked, known: Known): void {
  const { together, leastOf, contradictions } = known
  const closest = openLinks(pairReader(clusters, ranked))
  const refusals = openLinks<OpenCluster>(() => new Map())
  const decided = clusters.flatMap(({ identifiers, members: [first = 0] }) =>
    identifiers.has(DECISION) ? first : [],
  )
  const context = {
    ...known,
    closestOf: closest.of,
    pairAt: ranked.at,
    refusedBy: refusals.of,
    isContradicted: contradictions.isBetween,
    contradicting: contradictions.knownOf,
    decided: () => new Set(decided.map((place) => clusters[place] as OpenCluster)),
  }
  const refused = new Set<string>()
  for (let rank = 0; rank < ranked.size; rank++) {
    const { i, j, score: best } = ranked.at(rank)
    const [one, other] = [clusters[i], clusters[j]]
    if (!one || !other || one === other) continue
    const attempt = `${one.version} ${other.version}`
    const rivalry = `${growthOf(one)} and ${growthOf(other)}`
    if (refused.has(attempt) || refused.has(rivalry)) continue
    const odds = contradictions.isBetween(one, other) ? null : together(one, other, best)
    const isWeak = odds === null || odds < leastOf(i, j)
    if (isWeak || haveRival(one, other, LEAST, context)) {
      refused.add(isWeak ? attempt : rivalry)
      refusals.add(one, other, rank)
      continue
    }
    const [into, from] = one.members.length >= other.members.length ? [one, other] : [other, one]
    for (const links of [closest, refusals, contradictions]) links.join(into, from)
    join(clusters, into, from, odds)
  }
}

/** Returns a reader of the clusters that agree with a cluster, each with the lowest rank of their pairs. */
function pairReader(clusters: readonly OpenCluster[], ranked: Ranked) {
  const ranksOf = ranksByPlace(clusters.length, ranked)
  return (cluster: OpenCluster) => {
    const found = new Map<OpenCluster, number>()
    for (const place of cluster.members)
      for (const rank of ranksOf(place)) {
        const { i, j } = ranked.at(rank)
        const other = clusters[i === place ? j : i]
        if (other && other !== cluster) keepLower(found, other, rank)
      }
    return found
  }
}

/** A key that changes each time a cluster doubles: only then are its rivals checked again. */
const growthOf = ({ members }: OpenCluster) =>
  `${members[0]} ${Math.floor(Math.log2(members.length))}`

const leastOfNames = (expected: number, other: number) =>
  LEAST + MORE_OF_COMMON * Math.log(Math.max(1, Math.min(expected, other)))

const shareTwo = ({ coAuthors }: Common) => coAuthors.count > 1 && coAuthors.total >= 1

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

type Score = (i: number, j: number) => number

interface Known {
  fitOf: (i: number, j: number) => NameFit | null
  rarityOf: Score
  /** Minimum evidence for joining two clusters, by the pair that agrees best. */
  leastOf: Score
  /** Evidence between two clusters, given that of their best pair. */
  together: (one: OpenCluster, other: OpenCluster, best: number) => number
  contradictions: Contradictions
}

interface Names {
  /** For each authorship, the number of its name among the different names. */
  nameOf: number[]
  /** How two of the different names fit; null if they cannot belong to one person. */
  fitOf: (a: number, b: number) => NameFit | null
  /** The expected number of people with the name of an authorship. */
  expectedOf: (place: number) => number
  /** The number of different given names with the family name of an authorship. */
  givenNamesOf: (place: number) => number
}

function namesOf(places: readonly Authorship[]): Names {
  const numbers = new Map<string, number>()
  const all: PersonName[] = []
  const nameOf = places.map(({ name }) => {
    const spelt = name.spelt ? [...name.spelt.values()].join(' ') : ''
    const { given, family, second = '', familyEnd = '', suffix = '', nickname = '' } = name
    const text = `${given.join(' ')} ${family} ${second} / ${familyEnd} / ${suffix} / ${nickname} / ${spelt} / ${name.parts ?? ''}`
    const known = numbers.get(text) ?? all.push(name) - 1
    numbers.set(text, known)
    return known
  })
  const fits: (NameFit | null)[][] = all.map(() => [])
  const fitOf = (a: number, b: number) => {
    // No array destructuring: this runs for every pair of the block.
    const one = Math.min(a, b)
    const other = Math.max(a, b)
    const row = fits[one] as (NameFit | null)[]
    const known = row[other]
    if (known !== undefined) return known
    const fit = fitNames(all[one] as PersonName, all[other] as PersonName)
    row[other] = fit
    return fit
  }
  const counts = givenNamesByFamily(all)
  const expected = all.map((name, at) => expectedNamesakes(name, counts[at] ?? 0))
  const expectedOf = (place: number) => expected[nameOf[place] ?? 0] ?? 1
  const givenNamesOf = (place: number) => counts[nameOf[place] ?? 0] ?? 0
  return { nameOf, fitOf, expectedOf, givenNamesOf }
}

/** For each name, the number of different given names, without initials, that occur with its family name. */
function givenNamesByFamily(names: readonly PersonName[]): number[] {
  const byFamily = new Map<string, Set<string>>()
  for (const { family, given } of names) {
    const own = byFamily.get(familyKey(family)) ?? new Set()
    byFamily.set(familyKey(family), own)
    const all = given.join('')
    if (all.length > 1) own.add(all)
  }
  return names.map(({ family }) => byFamily.get(familyKey(family))?.size ?? 0)
}

/** Returns whether two authorships may belong to one person by their names; two of one paper never do. */
function areFit(places: readonly Authorship[], { nameOf, fitOf }: Names) {
  return (i: number, j: number) =>
    places[i]?.paperId !== places[j]?.paperId && fitOf(nameOf[i] ?? 0, nameOf[j] ?? 0) !== null
}

/** Returns the evidence between two authorships; the lower bound if they cannot belong to one person. */
function scorer(
  places: readonly Authorship[],
  { nameOf, fitOf, givenNamesOf }: Names,
  commonOfPair: (i: number, j: number) => Common,
): Score {
  return pairMemo(places.length, (i, j) => {
    const fit = fitOf(nameOf[i] as number, nameOf[j] as number)
    const [x, y] = [places[i] as Authorship, places[j] as Authorship]
    if (fit === null) return -MOST
    const givenNames = Math.min(givenNamesOf(i), givenNamesOf(j))
    const measured = measure(x, y, givenNames, fit, commonOfPair(i, j))
    return measured ? boundedWeight(measured) : -MOST
  })
}

/** The evidence between two authorships, cut to its bounds. */
export function boundedWeight(measured: Record<EvidenceKind, number>): number {
  return Math.max(-MOST, Math.min(MOST, totalWeight(measured)))
}

/** Mean evidence between evenly spread members of both clusters. */
function mean(one: OpenCluster, other: OpenCluster, score: Score): number {
  let total = 0
  let count = 0
  for (const i of sample(one.members))
    for (const j of sample(other.members)) {
      total += score(i, j)
      count++
    }
  return total / count
}
