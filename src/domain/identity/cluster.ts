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

/** An authorship with what decides whose it is. */
export interface Authorship extends Place {
  /** Its place in an order that does not depend on when records came: places are compared and joined in this order. */
  key: string
  /** Tells those of equal keys apart, as those of two papers that nobody merged. */
  tie: string
  /** Authorships of one unit are one person's, as identifiers or operators say; null for those nobody placed. */
  unit: string | null
  /** As `scheme:value`: people with different ones of a scheme stay apart. */
  identifiers: readonly string[]
  /** Whether an operator split it off, and so said that there are others of the name. */
  isSplitOff: boolean
}

/** Authorships of one person, in the order of their keys. */
export interface Cluster<T extends Authorship> {
  members: T[]
  /** How likely the least certain of the joins that made it is right; null where no evidence was needed. */
  confidence: number | null
}

/** The logarithm of the odds from which two clusters are one: about 0.91. Higher leaves more people split, lower lumps more. */
const LEAST = 2.3
/** What is wanted on top for each factor of e by which more than one person is expected of the fuller name: frequent names need more. */
const MORE_OF_COMMON = 0.5
/** What is wanted less where two co-authors or more are shared, who are together as rare as a name of one person: either would be a sign without the other. */
const LESS_OF_TWO = 0.4

/** Raised with each change of who is who: catalogues are then clustered again. The weights of `evidence.ts` and the rules of `person-name.ts` are part of it. */
export const CLUSTERING_VERSION = 32

/** Part of the evidence between two clusters that is of the two authorships that agree best; the rest is the mean. */
export const BY_BEST = 0.9

/** Evidence between two places is cut to this on both sides, so that one pair cannot decide alone. */
const MOST = 8

/**
 * Who is who among all authorships of one family name and initial: a pure function of what they say, whatever their order.
 * The pairs that agree best are joined first, where the best and the mean evidence between two clusters are together enough
 * and nothing contradicts it between any two of their authorships. What fits two equally well who cannot be one stays apart from both.
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
    // Most pairs have nothing in common, which is found sooner than what everything weighs.
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

/** Joins the clusters of the pairs, the best first, where nothing contradicts it and no rival fits nearly as well. */
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

/** Reads the clusters that agree with one, and the lowest rank of the pairs with each. */
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

/** Another one whenever a cluster is twice as large: only then rivals are looked at again. */
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
  /** The least evidence between two clusters that joins them, by the pair that agrees best. */
  leastOf: Score
  /** Evidence between two clusters, of which this is the best pair's. */
  together: (one: OpenCluster, other: OpenCluster, best: number) => number
  contradictions: Contradictions
}

interface Names {
  /** By place: which of the different names it has. */
  nameOf: number[]
  /** How two of the different names fit; null where they cannot be one person's. */
  fitOf: (a: number, b: number) => NameFit | null
  /** How many people to expect of the name of a place. */
  expectedOf: (place: number) => number
  /** Different given names of the family name of a place. */
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
    // Without lists to take apart, as all pairs of the block pass here.
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

/** Of each name: how many different given names, without initials, its family name has. A block has those that are printed as one word, too. */
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

/** Whether two places may be of one person by their names: those of one paper are not. */
function areFit(places: readonly Authorship[], { nameOf, fitOf }: Names) {
  return (i: number, j: number) =>
    places[i]?.paperId !== places[j]?.paperId && fitOf(nameOf[i] ?? 0, nameOf[j] ?? 0) !== null
}

/** Evidence between two places; the least there is where they cannot be one person's. */
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

/** Evidence between two places, within its bounds. */
export function boundedWeight(measured: Record<EvidenceKind, number>): number {
  return Math.max(-MOST, Math.min(MOST, totalWeight(measured)))
}

/** Mean evidence between some members of each, which are spread evenly over all. */
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
