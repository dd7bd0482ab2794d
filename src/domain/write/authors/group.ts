import { decisionIn, isDecision, isSplitOff } from '../../identity/decided/decision-id.ts'

/** An authorship: a place in the byline of a paper. */
export interface Slot {
  paperId: number
  position: number
  name: string
  /** The family name as a source states it; null if none does. */
  familyName: string | null
  affiliation: string | null
  /** Identifiers of the person, each as `scheme:value`; operators' decisions count as identifiers. */
  identifiers: string[]
  /** Identifiers before this write; absent if the authorship is not written. */
  before?: string[]
  /** The name block, from `nameBlock`. */
  nameBlock: string
  /** The same number for authorships that evidence joins; null if it joins none. */
  person: number | null
  /** Authors whose id the person may keep. */
  authorIds: number[]
  /** The papers that each of them had, also papers merged into this one; only for authorships being written. */
  had?: { authorId: number; paperId: number }[]
  /** Whether it belongs to a byline being written; otherwise it is unchanged and has one author. */
  isWritten: boolean
}

/** All authorships of one person, with identifiers that only this person has and those shared with others. */
export interface Person {
  slots: Slot[]
  identifiers: string[]
  contested: string[]
}

/**
 * Groups authorships into people: those that share an identifier belong to one person. An identifier that would join people with different
 * ORCID iDs, or two authors of one paper, is ambiguous: it joins only authorships that no earlier identifier has joined with others.
 * Identifiers are applied in a fixed order, so that the order of imports does not matter: operators' decisions, ORCID iDs, other
 * identifiers, and evidence last. If records give one identifier to people whom decisions keep apart, the first of them gets it, with all
 * authorships that nothing else joins; people who were split off come last, older decisions first. `slots` must include all authorships that
 * any identifier connects. Names join nobody: an authorship without identifiers is a separate person.
 */
export function groupSlots(slots: Slot[]): Person[] {
  const groups = openGroups(slots)
  const byIdentifier = linksOf(slots)
  const owners = new Map<string, number>()
  for (const [order, id] of [...byIdentifier.keys()].sort(compareIdentifiers).entries()) {
    const places = byIdentifier.get(id) ?? []
    const free = places.filter((place) => groups.orderOf(place) === null)
    const decided = groups.decidedOf(places)
    if (groups.unite(places, order, isDecision(id))) owners.set(id, places[0] ?? 0)
    else if (decided.length > 1) {
      const host = decided.find((place) => groups.unite([place, ...free], order))
      owners.set(id, host ?? decided[0] ?? 0)
      if (host === undefined) groups.unite(free, order)
    } else {
      groups.unite(free, order)
      owners.set(id, free[0] ?? groups.firstOf(places))
    }
  }
  return peopleOf(slots, groups.rootOf, owners)
}

const ORCID = 'orcid:'
/** The scheme of links by evidence, which no record states. */
const PERSON = 'person:'

/** Whether an identifier comes from records. */
export const isStated = (id: string) => !isDecision(id) && !id.startsWith(PERSON)

/** The `person` of a slot in a link by evidence; empty for other identifiers. */
export function personIn(id: string): number[] {
  return id.startsWith(PERSON) ? [Number(id.slice(PERSON.length))] : []
}

export function compareIdentifiers(a: string, b: string): number {
  return rankOf(a) - rankOf(b) || (a < b ? -1 : a > b ? 1 : 0)
}

/** Operators' decisions come first, evidence last. */
const RANKS = [isDecision, (id: string) => id.startsWith(ORCID), isStated]

function rankOf(id: string): number {
  const rank = RANKS.findIndex((is) => is(id))
  return rank < 0 ? RANKS.length : rank
}

const linksOfSlot = ({ identifiers, person }: Slot) =>
  person === null ? identifiers : [...identifiers, `${PERSON}${person}`]

/** The indexes of authorships by identifier; of two on one paper, only the first. */
function linksOf(slots: Slot[]): Map<string, number[]> {
  const firsts = new Map<string, Map<number, number>>()
  for (const [place, slot] of slots.entries()) {
    const { paperId, position } = slot
    for (const id of linksOfSlot(slot)) {
      const ofPapers = firsts.get(id) ?? new Map<number, number>()
      firsts.set(id, ofPapers)
      const other = slots[ofPapers.get(paperId) ?? -1]
      if (!other || position < other.position) ofPapers.set(paperId, place)
    }
  }
  return new Map([...firsts].map(([id, places]) => [id, [...places.values()]]))
}

interface GroupOfSlots {
  places: number[]
  /** Position, in the order of all identifiers, of the first that joined any of them; null before that. */
  order: number | null
  papers: Set<number>
  orcids: Set<string>
  decisions: Set<string>
}

interface Rank {
  isOff: number
  first: number
}

function openGroups(slots: Slot[]) {
  const groups = slots.map(
    ({ paperId, identifiers }, place): GroupOfSlots => ({
      places: [place],
      order: null,
      papers: new Set([paperId]),
      orcids: new Set(identifiers.filter((id) => id.startsWith(ORCID))),
      decisions: new Set(identifiers.filter(isDecision)),
    }),
  )
  const groupOf = [...groups]
  const of = (place: number) => groupOf[place] as GroupOfSlots
  return {
    rootOf: (place: number) => of(place).places[0] ?? place,
    orderOf: (place: number) => of(place).order,
    /** An authorship of each person that operators decided on; those that may get a shared identifier come first. */
    decidedOf: (places: number[]) =>
      [...new Map(places.map((place) => [of(place), place]))]
        .filter(([{ decisions }]) => decisions.size > 0)
        .sort(([a], [b]) => compareDecisions(a, b))
        .map(([, place]) => place),
    firstOf: (places: number[]) =>
      places.toSorted((a, b) => (of(a).order ?? 0) - (of(b).order ?? 0))[0] ?? 0,
    /** Joins the people of the authorships if possible; returns whether they are one person now. */
    unite(places: number[], order: number, isDecided = false): boolean {
      const [one, ...others] = [...new Set(places.map(of))].sort(
        (a, b) => b.places.length - a.places.length,
      )
      if (!one) return false
      one.order ??= order
      if (others.length === 0) return true
      const all = [one, ...others]
      const papers = all.reduce((sum, group) => sum + group.papers.size, 0)
      if (new Set(all.flatMap((group) => [...group.papers])).size < papers) return false
      if (!isDecided && differ(all.map(({ orcids }) => orcids))) return false
      if (differ(all.map(({ decisions }) => decisions))) return false
      for (const other of others) {
        one.order = Math.min(one.order, other.order ?? order)
        one.places.push(...other.places)
        for (const paper of other.papers) one.papers.add(paper)
        for (const orcid of other.orcids) one.orcids.add(orcid)
        for (const decision of other.decisions) one.decisions.add(decision)
        for (const place of other.places) groupOf[place] = one
      }
      return true
    },
  }
}

function compareDecisions(a: GroupOfSlots, b: GroupOfSlots): number {
  const [one, other] = [a, b].map(({ decisions }) => ({
    isOff: Number(isSplitOff([...decisions])),
    first: Math.min(...[...decisions].map(decisionIn)),
  })) as [Rank, Rank]
  return one.isOff - other.isOff || one.first - other.first
}

/** Whether any set has an element that the largest set lacks: an operator may give one person two ORCID iDs. */
function differ(sets: Set<string>[]): boolean {
  const most = Math.max(...sets.map(({ size }) => size))
  return new Set(sets.flatMap((set) => [...set])).size > most
}

function peopleOf(
  slots: Slot[],
  rootOf: (place: number) => number,
  owners: Map<string, number>,
): Person[] {
  const people = new Map<number, Person>()
  for (const [place, slot] of slots.entries()) {
    const root = rootOf(place)
    const person = people.get(root) ?? { slots: [], identifiers: [], contested: [] }
    people.set(root, person)
    person.slots.push(slot)
    for (const id of linksOfSlot(slot)) {
      const isOwn = rootOf(owners.get(id) ?? place) === root
      const list = isOwn ? person.identifiers : person.contested
      if (!list.includes(id)) list.push(id)
    }
  }
  return [...people.values()]
}
