/** The clusters that one is linked with, and the lowest number of each link. */
export type Linked<C> = ReadonlyMap<C, number>

/** Numbered links between clusters, which follow joins. */
export interface Links<C> {
  of: (cluster: C) => Linked<C>
  add: (one: C, other: C, value: number) => void
  join: (into: C, from: C) => void
}

/**
 * Links that `read` finds when a cluster is first asked for. A join then updates only the clusters that are linked with those joined, instead of
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

/** Keeps the lower one of the number of a link and another one. */
export function keepLower<C>(links: Map<C, number>, cluster: C, value: number): void {
  const lowest = links.get(cluster)
  if (lowest === undefined || value < lowest) links.set(cluster, value)
}
