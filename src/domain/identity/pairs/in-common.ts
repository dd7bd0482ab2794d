/** A value that several places share. */
export interface InCommon<Place> {
  /** The displayed form: the one that most places print. */
  printed: string
  places: Place[]
}

/** A value of a place: the key for comparing it with those of other places, and its printed form. */
type Named = readonly [key: string, printed: string]

/** The values that at least two places share, the most shared first. */
export function inCommon<Place>(
  places: readonly Place[],
  read: (place: Place) => readonly Named[],
): InCommon<Place>[] {
  const byKey = new Map<string, InCommon<Place>>()
  for (const place of places)
    for (const [key, printed] of new Map(read(place))) {
      const known = byKey.get(key)
      if (known) known.places.push(place)
      else if (key !== '') byKey.set(key, { printed, places: [place] })
    }
  return mostFirst([...byKey.values()].filter((one) => one.places.length > 1))
}

const mostFirst = <Place>(found: InCommon<Place>[]): InCommon<Place>[] =>
  found.sort((x, y) => y.places.length - x.places.length || (x.printed < y.printed ? -1 : 1))

/** Shared values in groups, so that places of different groups share nothing; the groups with the most places first. */
export function inGroups<Place>(found: readonly InCommon<Place>[]): InCommon<Place>[][] {
  const groups = new Map<Place, InCommon<Place>[]>()
  for (const one of found) {
    const before = one.places.map((place) => groups.get(place)).filter((own) => own !== undefined)
    const [group = [], ...others] = new Set(before)
    const added = [...others.flat(), one]
    group.push(...added)
    for (const place of placesOf(added)) groups.set(place, group)
  }
  return largestFirst([...new Set(groups.values())])
}

/** The places of a group. */
export const placesOf = <Place>(group: readonly InCommon<Place>[]): Set<Place> =>
  new Set(group.flatMap(({ places }) => places))

const largestFirst = <Place>(groups: InCommon<Place>[][]): InCommon<Place>[][] =>
  groups
    .map((group) => ({ group: mostFirst(group), size: placesOf(group).size }))
    .sort((x, y) => y.size - x.size || (printedFirst(x.group) < printedFirst(y.group) ? -1 : 1))
    .map(({ group }) => group)

const printedFirst = (group: readonly InCommon<unknown>[]) => group[0]?.printed ?? ''

interface Affiliated {
  affiliation: ReadonlySet<string>
  affiliationText: string | null
}

/**
 * Affiliations that join places by evidence. One affiliation is usually printed in several ways, such as "Harvard University" and "School of
 * Engineering, Harvard University", which form one group; affiliations that do not agree are in different groups.
 */
export function affiliationsInCommon<Place extends Affiliated>(
  places: readonly Place[],
  agree: (one: Place['affiliation'], other: Place['affiliation']) => boolean,
): InCommon<Place>[][] {
  const byText = new Map<string, Place[]>()
  for (const place of places)
    if (place.affiliationText !== null)
      byText.set(place.affiliationText, [...(byText.get(place.affiliationText) ?? []), place])
  const all = [...byText].map(([printed, own]) => ({ printed, places: own }))
  const doAgree = (one: InCommon<Place>, other: InCommon<Place>) => {
    const [x, y] = [one.places[0], one === other ? one.places[1] : other.places[0]]
    return x !== undefined && y !== undefined && agree(x.affiliation, y.affiliation)
  }
  const groups: InCommon<Place>[][] = []
  for (const one of all.filter((own) => all.some((other) => doAgree(own, other)))) {
    const own = groups.filter((group) => group.some((other) => doAgree(one, other)))
    for (const group of own) groups.splice(groups.indexOf(group), 1)
    groups.push([...own.flat(), one])
  }
  return largestFirst(groups)
}

/** The values that connect places which the values before them do not connect. */
export function connecting<Place>(found: readonly InCommon<Place>[]): InCommon<Place>[] {
  const groups = new Map<Place, Set<Place>>()
  return found.filter(({ places }) => {
    const before = places.map((place) => groups.get(place) ?? new Set([place]))
    if (new Set(before).size === 1) return false
    const joined = new Set(before.flatMap((group) => [...group]))
    for (const place of joined) groups.set(place, joined)
    return true
  })
}
