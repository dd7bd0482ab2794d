import { decisionIn, isDecision, isSplitOff } from '../../identity/decided/decision-id.ts'

/** A place in the byline of a paper. */
export interface Slot {
  paperId: number
  position: number
  name: string
  /** As a source states it; null where none does. */
  familyName: string | null
  affiliation: string | null
  /** Identifiers of the person, each as `scheme:value`; a decision of an operator is one, too. */
  identifiers: string[]
  /** Identifiers that the place had before it was written anew; absent where it is not. */
  before?: string[]
  /** As `nameBlock` tells it. */
  nameBlock: string
  /** The same for places that evidence makes one person's; null where none does. */
  person: number | null
  /** Authors whose id the person may keep. */
  authorIds: number[]
  /** On which papers each of them was, of a place that is written: also on those merged into this one. */
  had?: { authorId: number; paperId: number }[]
  /** Whether it belongs to a byline being written; otherwise it is unchanged and has one author. */
  isWritten: boolean
}

/** All authorships of one person, with identifiers of their own and those shared with others. */
export interface Person {
  slots: Slot[]
  identifiers: string[]
  contested: string[]
}

/**
 * Tells who is who: places that share an identifier are one person's. An identifier that would make people one who have
 * different ORCID iDs, or who are on one paper, is ambiguous: it joins only authorships that no identifier before it has
 * joined to others. Identifiers come in a fixed order, so that all orders of import agree: decisions of operators, ORCID iDs, others, and
 * last what evidence says. Of people whom decisions keep apart and records give one identifier, the first has it, with all whom nothing else
 * joins: those who were split off come last, older decisions first. `slots` must have all places that any of these connects. Nobody is known by their name: a place without any is
 * a person.
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
/** The scheme of what evidence says, which no authorship states. */
const PERSON = 'person:'

/** Whether records state it. */
export const isStated = (id: string) => !isDecision(id) && !id.startsWith(PERSON)

/** The `person` of a slot, where that is what it says. */
export function personIn(id: string): number[] {
  return id.startsWith(PERSON) ? [Number(id.slice(PERSON.length))] : []
}

export function compareIdentifiers(a: string, b: string): number {
  return rankOf(a) - rankOf(b) || (a < b ? -1 : a > b ? 1 : 0)
}

/** What operators decided comes first, what evidence says last. */
const RANKS = [isDecision, (id: string) => id.startsWith(ORCID), isStated]

function rankOf(id: string): number {
  const rank = RANKS.findIndex((is) => is(id))
  return rank < 0 ? RANKS.length : rank
}

const linksOfSlot = ({ identifiers, person }: Slot) =>
  person === null ? identifiers : [...identifiers, `${PERSON}${person}`]

/** The authorships with each identifier, by index; of two on one paper, the first. */
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
  /** Place of the first identifier that joined any of them in the order of all; null before. */
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
    /** A place of each person of whom operators decided, those first who may have what several claim. */
    decidedOf: (places: number[]) =>
      [...new Map(places.map((place) => [of(place), place]))]
        .filter(([{ decisions }]) => decisions.size > 0)
        .sort(([a], [b]) => compareDecisions(a, b))
        .map(([, place]) => place),
    firstOf: (places: number[]) =>
      places.toSorted((a, b) => (of(a).order ?? 0) - (of(b).order ?? 0))[0] ?? 0,
    /** Joins the persons of the authorships if possible; returns whether they are one now. */
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

/** Whether any has one that the fullest has not: an operator may say that one person has two ORCID iDs. */
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
