/** The clusters linked with a cluster, each with the lowest number of its links. */
export type Linked<C> = ReadonlyMap<C, number>

/** Numbered links between clusters, kept up to date when clusters are joined. */
export interface Links<C> {
  of: (cluster: C) => Linked<C>
  add: (one: C, other: C, value: number) => void
  join: (into: C, from: C) => void
}

/**
 * `read` returns the links of a cluster when it is first needed. Each join updates only the clusters linked with the joined ones, instead of
 * reading all pairs of a large cluster again.
 */
export function openLinks<C>(read: (cluster: C) => Map<C, number>): Links<C> {
  const known = new Map<C, Map<C, number>>()
  const of = (cluster: C) => {
    const found = known.get(cluster) ?? read(cluster)
    known.set(cluster, found)
    return found
  }
  return {
    of,
    add: (one, other, value) => {
      keepLower(of(one), other, value)
      keepLower(of(other), one, value)
    },
    join: (into, from) => {
      const joined = of(into)
      for (const [other, value] of of(from)) {
        if (other === into) continue
        keepLower(joined, other, value)
        const links = known.get(other)
        if (!links) continue
        links.delete(from)
        keepLower(links, into, value)
      }
      joined.delete(from)
      known.delete(from)
    },
  }
}

/** Sets the number of a link, unless it is lower already. */
export function keepLower<C>(links: Map<C, number>, cluster: C, value: number): void {
  const lowest = links.get(cluster)
  if (lowest === undefined || value < lowest) links.set(cluster, value)
}
