import { isPageOf, type Name } from './differing-ids.ts'

/** What a cluster keeps of a place. */
interface Place {
  unit: string | null
  name: Name
  year: number | null
  identifiers: readonly string[]
}

interface Names {
  /** By place: which of the different names it has. */
  nameOf: readonly number[]
}

/** Authorships that are one person's as far as is known; it grows with each join. */
export interface OpenCluster {
  members: number[]
  /** The different names of the members. */
  names: Set<number>
  /** Values of each scheme. */
  identifiers: Map<string, Set<string>>
  /** The first and the last year of the papers. */
  from: number
  to: number
  /** The least score of the joins that made it. */
  least: number | null
  /** Another one after each join. */
  version: number
}

const ACL_PAGE = 'acl:'

/** Whether an identifier is a page of the ACL Anthology that is called by the name alone. */
const isOfName = (id: string, name: Name) =>
  id.startsWith(ACL_PAGE) && isPageOf(id.slice(ACL_PAGE.length))(name)

/** The cluster of each place: one for each unit, and one for each place without. */
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

/** Joins the smaller of two clusters into the larger. `clusters` has the cluster of each place. */
export function join(
  clusters: OpenCluster[],
  one: OpenCluster,
  other: OpenCluster,
  together: number,
): void {
  const [into, from] = one.members.length >= other.members.length ? [one, other] : [other, one]
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

/** Inserts ascending places into others: most joins add one to many, which are not sorted again. */
function insert(into: number[], from: readonly number[]): void {
  let i = into.length - 1
  let j = from.length - 1
  for (const place of from) into.push(place)
  for (let at = into.length - 1; j >= 0; at--) {
    const isOwn = i >= 0 && (into[i] as number) > (from[j] as number)
    into[at] = (isOwn ? into[i--] : from[j--]) as number
  }
}
