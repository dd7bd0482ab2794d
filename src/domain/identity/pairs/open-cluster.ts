import { isPageOf, type Name } from './differing-ids.ts'

/** The parts of an authorship that a cluster needs. */
interface Place {
  unit: string | null
  name: Name
  year: number | null
  identifiers: readonly string[]
}

interface Names {
  /** For each place, the number of its name among the different names. */
  nameOf: readonly number[]
}

/** Authorships grouped as one person so far. */
export interface OpenCluster {
  members: number[]
  /** The numbers of the members' different names. */
  names: Set<number>
  /** Identifiers by scheme. */
  identifiers: Map<string, Set<string>>
  /** The first and the last year of the papers. */
  from: number
  to: number
  /** The lowest score of its joins; null without joins. */
  least: number | null
  /** Changes with each join. */
  version: number
}

const ACL_PAGE = 'acl:'

/** Whether an identifier is an ACL Anthology page named after the name alone. */
const isOfName = (id: string, name: Name) =>
  id.startsWith(ACL_PAGE) && isPageOf(id.slice(ACL_PAGE.length))(name)

/** The cluster of each place: one per unit, and one per place without a unit. */
export function startingClusters(places: readonly Place[], { nameOf }: Names): OpenCluster[] {
  const byUnit = new Map<string, OpenCluster>()
  return places.map((place, i) => {
    const known = place.unit === null ? undefined : byUnit.get(place.unit)
    const own: OpenCluster = known ?? {
      members: [],
      names: new Set(),
      identifiers: new Map(),
      from: Number.POSITIVE_INFINITY,
      to: Number.NEGATIVE_INFINITY,
      least: null,
      version: i,
    }
    if (place.unit !== null) byUnit.set(place.unit, own)
    own.members.push(i)
    own.names.add(nameOf[i] ?? 0)
    own.from = Math.min(own.from, place.year ?? own.from)
    own.to = Math.max(own.to, place.year ?? own.to)
    for (const id of place.identifiers) {
      if (isOfName(id, place.name)) continue
      const scheme = id.slice(0, id.indexOf(':'))
      own.identifiers.set(scheme, (own.identifiers.get(scheme) ?? new Set()).add(id))
    }
    return own
  })
}

/** Moves the members of `from` into `into`. `clusters` holds the cluster of each place. */
export function join(
  clusters: OpenCluster[],
  into: OpenCluster,
  from: OpenCluster,
  together: number,
): void {
  for (const place of from.members) clusters[place] = into
  insert(into.members, from.members)
  for (const name of from.names) into.names.add(name)
  for (const [scheme, values] of from.identifiers) {
    const own = into.identifiers.get(scheme) ?? new Set()
    for (const value of values) own.add(value)
    into.identifiers.set(scheme, own)
  }
  into.from = Math.min(into.from, from.from)
  into.to = Math.max(into.to, from.to)
  into.least = Math.min(into.least ?? together, from.least ?? together, together)
  into.version = Math.max(into.version, from.version) + clusters.length
}

/** Merges two ascending lists of places. Most joins add one place to many, so that sorting again would be wasteful. */
function insert(into: number[], from: readonly number[]): void {
  let i = into.length - 1
  let j = from.length - 1
  for (const place of from) into.push(place)
  for (let at = into.length - 1; j >= 0; at--) {
    const isOwn = i >= 0 && (into[i] as number) > (from[j] as number)
    into[at] = (isOwn ? into[i--] : from[j--]) as number
  }
}
