import type { Judgement } from '../../record/same/paper.ts'

/** Two records (indexes) judged to be the same paper. */
export interface Match extends Judgement {
  a: number
  b: number
}

/** Judgements of pairs of records, and a text that orders records independently of their indexes. */
export interface Judged {
  of(a: number, b: number): Judgement
  nameOf(place: number): string
}

/**
 * Clusters records by their matches. If matches connect records of different papers, the surest matches win, and no cluster has two such
 * records; a record joined to several of these clusters by its title alone stays apart. The result does not depend on the order of records.
 */
export function clusterMatches(matches: Match[], judged: Judged): Clustered {
  const clustered: Clustered = { clusters: [], tangles: [] }
  for (const component of componentsOf(matches)) {
    const clusters = component.places.length === 2 ? [component.places] : split(component, judged)
    clustered.clusters.push(...clusters)
    if (clusters.length > 1) clustered.tangles.push(component.places)
  }
  return clustered
}

export interface Clustered {
  clusters: number[][]
  /** Sets of records that matches connect but that form more than one cluster. */
  tangles: number[][]
}

interface Component {
  places: number[]
  matches: Match[]
}

function componentsOf(matches: Match[]): Component[] {
  const sets = setsOf(matches.flatMap(({ a, b }) => [a, b]))
  for (const { a, b } of matches) sets.join(a, b)
  const components = new Map<number, Component>()
  for (const place of new Set(matches.flatMap(({ a, b }) => [a, b]))) {
    const root = sets.find(place)
    const component = components.get(root) ?? { places: [], matches: [] }
    components.set(root, component)
    component.places.push(place)
  }
  for (const match of matches) components.get(sets.find(match.a))?.matches.push(match)
  return [...components.values()]
}

function split({ places, matches }: Component, judged: Judged): number[][] {
  const clusters = new Map(places.map((place) => [place, [place]]))
  const join = (a: number[], b: number[]) => {
    a.push(...b)
    for (const place of b) clusters.set(place, a)
  }
  for (const { a, b } of firmFirst(matches, judged)) {
    const [one, other] = [clusters.get(a), clusters.get(b)]
    if (one && other && one !== other && !areApart(one, other, judged)) join(one, other)
  }
  for (const linked of loosely(matches, clusters, judged)) {
    const [first, ...others] = linked
    if (first) for (const other of others) join(first, other)
  }
  return [...new Set(clusters.values())]
}

/** The matches based on more than a title, the surest first. */
function firmFirst(matches: Match[], judged: Judged): Match[] {
  const name = ({ a, b }: Match) => [judged.nameOf(a), judged.nameOf(b)].sort().join('\n')
  return matches
    .filter(({ isFirm }) => isFirm)
    .map((match) => ({ match, name: name(match) }))
    .sort((x, y) => y.match.strength - x.match.strength || (x.name < y.name ? -1 : 1))
    .map(({ match }) => match)
}

const areApart = (one: number[], other: number[], judged: Judged) =>
  one.some((a) => other.some((b) => judged.of(a, b).isApart))

/** Clusters joined by titles alone, if there is no doubt: none of their records are judged to be different papers. */
function loosely(matches: Match[], clusters: Map<number, number[]>, judged: Judged): number[][][] {
  const roots = [...new Set(clusters.values())]
  const rank = new Map(roots.map((cluster, i) => [cluster, i]))
  const sets = setsOf(roots.keys())
  const rankOf = (place: number) => rank.get(clusters.get(place) ?? []) ?? 0
  for (const { a, b, isFirm } of matches) if (!isFirm) sets.join(rankOf(a), rankOf(b))
  const linked = new Map<number, number[][]>()
  for (const [i, cluster] of roots.entries()) {
    const root = sets.find(i)
    linked.set(root, [...(linked.get(root) ?? []), cluster])
  }
  return [...linked.values()].filter(
    (several) => several.length > 1 && isBeyondDoubt(several, judged),
  )
}

/** Whether no two records of these clusters are judged to be different papers or unrelated. */
function isBeyondDoubt(several: number[][], judged: Judged): boolean {
  return several.every((one, i) =>
    several
      .slice(0, i)
      .every(
        (other) =>
          !areApart(one, other, judged) &&
          one.some((a) => other.some((b) => judged.of(a, b).strength > 0)),
      ),
  )
}

export type Sets = ReturnType<typeof disjointSets>

/** A union-find structure over the numbers below `size`. */
export function disjointSets(size: number) {
  return setsOf(Array.from({ length: size }, (_, i) => i))
}

function setsOf(members: Iterable<number>) {
  const parents = new Map<number, number>()
  for (const member of members) parents.set(member, member)
  const find = (node: number): number => {
    const parent = parents.get(node) ?? node
    if (parent === node) return node
    const root = find(parent)
    parents.set(node, root)
    return root
  }
  const join = (a: number, b: number) => {
    parents.set(find(a), find(b))
  }
  return { find, join }
}
