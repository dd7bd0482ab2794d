import { type EvidenceKind, measure, type Place, totalWeight } from './evidence.ts'
import { expectedNamesakes, fitNames, type NameFit, type PersonName } from './person-name.ts'
import { supporter } from './support.ts'

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
const MORE_OF_COMMON = 0.6

/** Raised with each change of who is who: catalogues are then clustered again. The weights of `evidence.ts` and the rules of `person-name.ts` are part of it. */
export const CLUSTERING_VERSION = 6

/**
 * What bounds the work for common names: a block of n authorships has n² pairs.
 */
export const CLUSTER_LIMITS = {
  /** Authorships of a block of which all pairs are compared; of larger ones those that share a name or a rare word. */
  compared: 150,
  /** Later authorships with the same word that each one is compared with. */
  neighbours: 12,
  /** Later authorships with the same word that are looked through for these. */
  looked: 400,
  /** Authorships of each cluster that its mean evidence is measured by. */
  sampled: 8,
}

/** Part of the evidence between two clusters that is of the two authorships that agree best; the rest is the mean. */
export const BY_BEST = 0.9

/** Evidence between two places is cut to this on both sides, so that one pair cannot decide alone. */
const MOST = 8

/**
 * Who is who among all authorships of one family name and initial: a pure function of what they say, whatever their order.
 * The pairs that agree best are joined first, where the best and the mean evidence between two clusters are together enough
 * and nothing contradicts it between any two of their authorships.
 */
export function clusterAuthorships<T extends Authorship>(block: readonly T[]): Cluster<T>[] {
  const places = block.toSorted((a, b) => compare(a.key, b.key) || compare(a.tie, b.tie))
  const names = namesOf(places)
  const score = scorer(places, names)
  const isSupported = supporter(places, names)
  const leastOf = (i: number, j: number) => {
    const people = Math.min(names.expectedOf(i), names.expectedOf(j))
    return LEAST + MORE_OF_COMMON * Math.log(Math.max(1, people))
  }
  const edges: Edge[] = []
  visitCandidates(places, names, (i, j) => {
    // Most pairs have nothing in common, which is found sooner than what everything weighs.
    const found = isSupported(i, j) ? score(i, j) : null
    if (found !== null && found > LEAST / 2) edges.push([found, i, j])
  })
  edges.sort(([s, i, j], [t, k, l]) => t - s || i - k || j - l)
  const clusters = startingClusters(places, names)
  const refused = new Set<string>()
  for (const [best, i, j] of edges) {
    const [one, other] = [clusters[i], clusters[j]]
    if (!one || !other || one === other) continue
    const attempt = `${one.version} ${other.version}`
    if (refused.has(attempt)) continue
    const together = isContradicted(one, other, names)
      ? null
      : BY_BEST * best + (1 - BY_BEST) * mean(one, other, score)
    if (together === null || together < leastOf(i, j)) refused.add(attempt)
    else join(clusters, one, other, together)
  }
  return [...new Set(clusters)].map(({ members, least }) => ({
    members: members.map((i) => places[i] as T),
    confidence: least === null ? null : 1 / (1 + Math.exp(-least)),
  }))
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

type Edge = [score: number, i: number, j: number]
type Score = (i: number, j: number) => number | null

interface Names {
  /** By place: which of the different names it has. */
  nameOf: number[]
  /** How two of the different names fit; null where they cannot be one person's. */
  fitOf: (a: number, b: number) => NameFit | null
  /** How many people to expect of the name of a place. */
  expectedOf: (place: number) => number
  /** Different given names of the block. */
  givenNames: number
}

function namesOf(places: readonly Authorship[]): Names {
  const numbers = new Map<string, number>()
  const all: PersonName[] = []
  const nameOf = places.map(({ name }) => {
    const text = `${name.given.join(' ')} ${name.family}`
    const known = numbers.get(text) ?? all.push(name) - 1
    numbers.set(text, known)
    return known
  })
  const fits: (NameFit | null)[][] = all.map(() => [])
  const fitOf = (a: number, b: number) => {
    const [one, other] = a < b ? [a, b] : [b, a]
    const row = fits[one] ?? []
    const known = row[other]
    if (known !== undefined) return known
    const [x, y] = [all[one], all[other]]
    const fit = x && y ? fitNames(x, y) : null
    row[other] = fit
    return fit
  }
  const given = new Set(all.map((name) => name.given.join('')).filter((one) => one.length > 1))
  const expected = all.map((name) => expectedNamesakes(name, given.size))
  const expectedOf = (place: number) => expected[nameOf[place] ?? 0] ?? 1
  return { nameOf, fitOf, expectedOf, givenNames: given.size }
}

/** Visits the pairs worth comparing, each once: the lower place first. */
function visitCandidates(
  places: readonly Authorship[],
  { nameOf, fitOf }: Names,
  visit: (i: number, j: number) => void,
): void {
  const areFit = (i: number, j: number) =>
    places[i]?.paperId !== places[j]?.paperId && fitOf(nameOf[i] ?? 0, nameOf[j] ?? 0) !== null
  if (places.length <= CLUSTER_LIMITS.compared) {
    for (let i = 0; i < places.length; i++)
      for (let j = i + 1; j < places.length; j++) if (areFit(i, j)) visit(i, j)
    return
  }
  const seen = new Set<number>()
  for (const sharing of placesByWord(places, nameOf).values())
    for (const [at, i] of sharing.entries()) {
      let neighbours = 0
      const end = Math.min(sharing.length, at + 1 + CLUSTER_LIMITS.looked)
      for (let k = at + 1; k < end && neighbours < CLUSTER_LIMITS.neighbours; k++) {
        const j = sharing[k] as number
        if (!areFit(i, j)) continue
        neighbours++
        const pair = i * places.length + j
        if (seen.has(pair)) continue
        seen.add(pair)
        visit(i, j)
      }
    }
}

/** Places by what two of one person tend to share: a name, a co-author, a word of the affiliation or of the title. */
function placesByWord(places: readonly Authorship[], nameOf: number[]): Map<string, number[]> {
  const byWord = new Map<string, number[]>()
  const add = (word: string, place: number) => {
    const own = byWord.get(word)
    if (own) own.push(place)
    else byWord.set(word, [place])
  }
  for (const [place, { coAuthors, affiliation, titleWords }] of places.entries()) {
    add(`n ${nameOf[place]}`, place)
    for (const name of coAuthors) add(`c ${name}`, place)
    for (const word of affiliation) add(`a ${word}`, place)
    for (const word of titleWords) add(`t ${word}`, place)
  }
  return byWord
}

function scorer(places: readonly Authorship[], { nameOf, fitOf, givenNames }: Names): Score {
  const known: (number | null)[][] = places.map(() => [])
  return (a, b) => {
    const [i, j] = a < b ? [a, b] : [b, a]
    const row = known[i] ?? []
    const before = row[j]
    if (before !== undefined) return before
    const [x, y] = [places[i], places[j]]
    const fit = fitOf(nameOf[i] ?? 0, nameOf[j] ?? 0)
    const measured = x && y ? measure(x, y, givenNames, fit) : null
    const found = measured ? totalOf(measured) : null
    row[j] = found
    return found
  }
}

function totalOf(measured: Record<EvidenceKind, number>): number {
  return Math.max(-MOST, Math.min(MOST, totalWeight(measured)))
}

function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let count = 0
  for (const word of a) if (b.has(word)) count++
  return count
}

interface OpenCluster {
  members: number[]
  papers: Set<number>
  /** The different names of the members. */
  names: Set<number>
  /** Values of each scheme. */
  identifiers: Map<string, Set<string>>
  isSplitOff: boolean
  /** The first and the last year of the papers. */
  from: number
  to: number
  /** The least score of the joins that made it. */
  least: number | null
  /** Another one after each join. */
  version: number
}

/** The cluster of each place: one for each unit, and one for each place without. */
function startingClusters(places: readonly Authorship[], { nameOf }: Names): OpenCluster[] {
  const byUnit = new Map<string, OpenCluster>()
  return places.map((place, i) => {
    const known = place.unit === null ? undefined : byUnit.get(place.unit)
    const own: OpenCluster = known ?? {
      members: [],
      papers: new Set(),
      names: new Set(),
      identifiers: new Map(),
      isSplitOff: false,
      from: Number.POSITIVE_INFINITY,
      to: Number.NEGATIVE_INFINITY,
      least: null,
      version: i,
    }
    if (place.unit !== null) byUnit.set(place.unit, own)
    own.members.push(i)
    own.papers.add(place.paperId)
    own.isSplitOff ||= place.isSplitOff
    own.names.add(nameOf[i] ?? 0)
    own.from = Math.min(own.from, place.year ?? own.from)
    own.to = Math.max(own.to, place.year ?? own.to)
    for (const id of place.identifiers) {
      const scheme = id.slice(0, id.indexOf(':'))
      own.identifiers.set(scheme, (own.identifiers.get(scheme) ?? new Set()).add(id))
    }
    return own
  })
}

/** Years from the first to the last paper that nobody's career has. */
export const LONGEST_CAREER = 70

/**
 * Whether two clusters cannot be one person's: a paper of both, names that do not fit, different ids of one scheme, years too far apart. What
 * an operator split off is another person than those whom identifiers name; who knows better merges them.
 */
function isContradicted(one: OpenCluster, other: OpenCluster, { fitOf }: Names): boolean {
  if (Math.max(one.to, other.to) - Math.min(one.from, other.from) > LONGEST_CAREER) return true
  for (const paper of one.papers) if (other.papers.has(paper)) return true
  for (const a of one.names) for (const b of other.names) if (fitOf(a, b) === null) return true
  if (one.isSplitOff && other.identifiers.size > 0) return true
  if (other.isSplitOff && one.identifiers.size > 0) return true
  for (const [scheme, values] of one.identifiers) {
    const others = other.identifiers.get(scheme)
    if (others && shared(values, others) === 0) return true
  }
  return false
}

/** Mean evidence between some members of each, which are spread evenly over all. */
function mean(one: OpenCluster, other: OpenCluster, score: Score): number {
  let total = 0
  let count = 0
  for (const i of sample(one.members))
    for (const j of sample(other.members)) {
      total += score(i, j) ?? -MOST
      count++
    }
  return total / count
}

function sample(members: number[]): number[] {
  const { sampled } = CLUSTER_LIMITS
  if (members.length <= sampled) return members
  return Array.from(
    { length: sampled },
    (_, k) => members[Math.floor((k * members.length) / sampled)] as number,
  )
}

function join(
  clusters: OpenCluster[],
  one: OpenCluster,
  other: OpenCluster,
  together: number,
): void {
  const [into, from] = one.members.length >= other.members.length ? [one, other] : [other, one]
  for (const place of from.members) clusters[place] = into
  into.members = [...into.members, ...from.members].sort((a, b) => a - b)
  for (const paper of from.papers) into.papers.add(paper)
  for (const name of from.names) into.names.add(name)
  for (const [scheme, values] of from.identifiers) {
    const own = into.identifiers.get(scheme) ?? new Set()
    for (const value of values) own.add(value)
    into.identifiers.set(scheme, own)
  }
  into.isSplitOff ||= from.isSplitOff
  into.from = Math.min(into.from, from.from)
  into.to = Math.max(into.to, from.to)
  into.least = Math.min(into.least ?? together, from.least ?? together, together)
  into.version = Math.max(into.version, from.version) + clusters.length
}
