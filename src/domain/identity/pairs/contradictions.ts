import { groupBy } from 'es-toolkit'
import { type Linked, type Links, openLinks } from './links.ts'
import type { OpenCluster } from './open-cluster.ts'

interface Place {
  paperId: number
}

interface Names {
  /** For each place, the number of its name among the different names. */
  nameOf: readonly number[]
  /** How two of the different names fit; null if they cannot belong to one person. */
  fitOf: (a: number, b: number) => string | null
}

/** Which clusters of a block cannot belong to one person. */
export interface Contradictions {
  isBetween: (one: OpenCluster, other: OpenCluster) => boolean
  /** All clusters that contradict a cluster, if only shared papers can contradict it; null if other contradictions are possible. */
  knownOf: (cluster: OpenCluster) => Linked<OpenCluster> | null
  join: Links<OpenCluster>['join']
}

/** Maximum number of years between the first and the last paper of a person. */
export const LONGEST_CAREER = 65

/** Two clusters contradict each other by a shared paper, names that do not fit, different ids of one scheme (decisions are one) or years too far apart. */
export function openContradictions(
  places: readonly Place[],
  clusters: readonly OpenCluster[],
  { nameOf, fitOf }: Names,
): Contradictions {
  const coAuthored = coAuthoredBy(places, clusters)
  const from = clusters.reduce((year, cluster) => Math.min(year, cluster.from), Infinity)
  const isLong = clusters.some(({ to }) => to - from > LONGEST_CAREER)
  const fitsAll = fitsAllReader(new Set(nameOf).size, fitOf)
  const isBetween = (one: OpenCluster, other: OpenCluster) => {
    if (Math.max(one.to, other.to) - Math.min(one.from, other.from) > LONGEST_CAREER) return true
    if (coAuthored.of(one).has(other)) return true
    for (const a of one.names) for (const b of other.names) if (fitOf(a, b) === null) return true
    return haveOtherIds(one, other)
  }
  const knownOf = (cluster: OpenCluster) => {
    if (isLong || cluster.identifiers.size > 0) return null
    for (const name of cluster.names) if (!fitsAll(name)) return null
    return coAuthored.of(cluster)
  }
  return { isBetween, knownOf, join: coAuthored.join }
}

/** Links between clusters with authorships of one paper. */
function coAuthoredBy(
  places: readonly Place[],
  clusters: readonly OpenCluster[],
): Links<OpenCluster> {
  const byPaper = groupBy([...places.keys()], (place) => places[place]?.paperId ?? 0)
  return openLinks((cluster) => {
    const found = new Map<OpenCluster, number>()
    for (const place of cluster.members)
      for (const other of byPaper[places[place]?.paperId ?? 0] ?? []) {
        const owner = clusters[other]
        if (owner && owner !== cluster) found.set(owner, 0)
      }
    return found
  })
}

/** Returns whether a name fits all other names of the block. */
function fitsAllReader(count: number, fitOf: Names['fitOf']): (name: number) => boolean {
  const known: boolean[] = []
  return (name) => {
    known[name] ??= Array.from({ length: count }, (_, other) => other).every(
      (other) => fitOf(name, other) !== null,
    )
    return known[name]
  }
}

function haveOtherIds(one: OpenCluster, other: OpenCluster): boolean {
  for (const [scheme, values] of one.identifiers) {
    const others = other.identifiers.get(scheme)
    if (others && ![...values].some((value) => others.has(value))) return true
  }
  return false
}
