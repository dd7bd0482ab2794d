import { columns, sql } from '../../../db/sql.ts'
import { identityChanges } from '../../../db/tables/people.ts'
import type { Transaction } from '../../../db/transaction.ts'
import type { IdentityChangeKind } from '../../identity/change-kinds.ts'
import { isDecision } from '../../identity/decided/decision-id.ts'
import { compareIdentifiers, groupSlots, isStated, type Person, type Slot } from './group.ts'

/** The effect of an identifier on an existing author. */
interface Verdict {
  kind: IdentityChangeKind
  identifier: string
  authorId: number
  /** The author who was joined, split off, or is the same person by the identifier alone. */
  otherId: number | null
  name: string
}

/** Records the effects of identifiers on authors; `holders` has the author who had each identifier before. */
export async function writeVerdicts(
  tx: Transaction,
  people: readonly Person[],
  ids: ReadonlyMap<Person, number>,
  holders: ReadonlyMap<string, number>,
): Promise<void> {
  const verdicts = verdictsOf(people, ids, holders)
  if (verdicts.length === 0) return
  const rows = verdicts.map(({ kind, identifier, authorId, otherId, name }) => {
    return { kind, identifier, author_id: authorId, other_id: otherId, name }
  })
  await tx.query(sql`
    insert into ${identityChanges} (${columns(identityChanges, 'kind', 'identifier', 'authorId', 'otherId', 'name')})
    select kind, identifier, author_id, other_id, name from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
      as r(kind text, identifier text, author_id bigint, other_id bigint, name text)`)
}

/**
 * The authors that identifiers confirmed, joined, split or moved to another, with the current ids of the people, and the operators' decisions
 * that identifiers contradict. Effects of the decisions themselves are not included.
 */
function verdictsOf(
  people: readonly Person[],
  ids: ReadonlyMap<Person, number>,
  holders: ReadonlyMap<string, number>,
): Verdict[] {
  const undecided = people.filter(({ slots }) => !slots.some(isDecided))
  const standing = new Set(ids.values())
  return [
    ...undecided.flatMap((person) => joinedOrConfirmed(person, ids.get(person) ?? 0, standing)),
    ...splits(undecided, ids, holders),
    ...moves(undecided, ids, holders),
    ...contradictions(
      people.filter(({ slots }) => slots.some(isDecidedNow)),
      ids,
    ),
  ]
}

const isDecided = ({ identifiers, before = [] }: Slot) =>
  [...identifiers, ...before].some(isDecision)
const isDecidedNow = ({ identifiers }: Slot) => identifiers.some(isDecision)
const wasThere = ({ authorIds }: Slot) => authorIds.length > 0
/** The identifiers of an authorship before this write. */
const knownOf = ({ before, identifiers }: Slot) => before ?? identifiers

/** The authors whom a new identifier joined with this person, or its confirmation of the person. An author who lost only some papers was split. */
function joinedOrConfirmed(
  person: Person,
  authorId: number,
  standing: ReadonlySet<number>,
): Verdict[] {
  const old = person.slots.filter(wasThere)
  if (old.length < 2) return []
  const former = new Set(old.flatMap(({ authorIds }) => authorIds))
  former.delete(authorId)
  const others = [...former].filter((id) => !standing.has(id))
  if (others.length < former.size && others.length === 0) return []
  const identifier = newLinks(person.slots).find((id) => others.length > 0 || connects(id, old))
  if (identifier === undefined) return []
  const name = nameOf(person)
  return others.length === 0
    ? [{ kind: 'confirmed', identifier, authorId, otherId: null, name }]
    : others.map((otherId) => ({ kind: 'joined', identifier, authorId, otherId, name }))
}

/** Identifiers shared by several authorships, at least one of which is new to it; ORCID iDs first. */
function newLinks(slots: readonly Slot[]): string[] {
  const fresh = slots.flatMap((slot) =>
    slot.isWritten
      ? slot.identifiers.filter((id) => isStated(id) && !slot.before?.includes(id))
      : [],
  )
  return [...new Set(fresh)]
    .filter((id) => slots.filter(({ identifiers }) => identifiers.includes(id)).length > 1)
    .sort(compareIdentifiers)
}

/** Whether an identifier connects authorships that only evidence connected before. */
function connects(identifier: string, old: readonly Slot[]): boolean {
  const before = old.map((slot): Slot => ({ ...slot, identifiers: knownOf(slot), person: null }))
  const holders = new Set(before.filter((_, i) => old[i]?.identifiers.includes(identifier)))
  const units = groupSlots(before).filter(({ slots }) => slots.some((slot) => holders.has(slot)))
  return units.length > 1
}

/**
 * Authors whose authorships belong to several people now, because these have different identifiers of one scheme, or because the author's
 * identifier went with some of the authorships only: the others fit equally well the papers of somebody else with another identifier.
 */
function splits(
  people: readonly Person[],
  ids: ReadonlyMap<Person, number>,
  holders: ReadonlyMap<string, number>,
): Verdict[] {
  const byAuthor = new Map<number, Person[]>()
  for (const person of people)
    for (const id of new Set(person.slots.flatMap(({ authorIds }) => authorIds))) {
      const own = byAuthor.get(id)
      if (own) own.push(person)
      else byAuthor.set(id, [person])
    }
  return [...byAuthor].flatMap(([authorId, own]) => {
    const heir = own.find((person) => ids.get(person) === authorId) ?? own[0]
    if (!heir || own.length < 2) return []
    // Computed once: a common name is split into thousands.
    const stated = statedOf(heir)
    const told = { authorId: ids.get(heir) ?? authorId, name: nameOf(heir) }
    return own.flatMap((other): Verdict[] => {
      if (other === heir) return []
      const identifier =
        stated.length === 0
          ? statedOf(other).find((id) => holders.get(id) === authorId)
          : conflict(stated, statedOf(other))
      return identifier === undefined
        ? []
        : [
            {
              ...told,
              kind: wasOther(other, ids) ? 'moved' : 'split',
              identifier,
              otherId: ids.get(other) ?? null,
            },
          ]
    })
  })
}

/** Whether the person keeps the id of a former author of its authorships: then the others moved to it from another author. */
const wasOther = (person: Person, ids: ReadonlyMap<Person, number>): boolean =>
  person.slots.some(({ authorIds }) => authorIds.includes(ids.get(person) ?? 0))

/** Identifiers that moved from one author to another while the papers of both stayed: records had them wrong, or have them wrong now. */
function moves(
  people: readonly Person[],
  ids: ReadonlyMap<Person, number>,
  holders: ReadonlyMap<string, number>,
): Verdict[] {
  const standing = new Set(people.map((person) => ids.get(person)))
  return people.flatMap((person) => {
    const authorId = ids.get(person) ?? 0
    const fresh = person.slots.flatMap((slot) =>
      slot.isWritten && slot.authorIds.includes(authorId)
        ? slot.identifiers.filter((id) => isStated(id) && !slot.before?.includes(id))
        : [],
    )
    return [...new Set(fresh)].flatMap((identifier): Verdict[] => {
      const otherId = holders.get(identifier)
      const isMoved = otherId !== authorId && standing.has(otherId)
      return otherId !== undefined && isMoved && person.identifiers.includes(identifier)
        ? [{ kind: 'moved', identifier, authorId, otherId, name: nameOf(person) }]
        : []
    })
  })
}

/** People that operators decided on, with later identifiers that contradict the decision. */
function contradictions(people: readonly Person[], ids: ReadonlyMap<Person, number>): Verdict[] {
  const told = (person: Person, identifier: string, other?: Person): Verdict => ({
    ...{ kind: 'contradicted', identifier, authorId: ids.get(person) ?? 0, name: nameOf(person) },
    otherId: other ? (ids.get(other) ?? null) : null,
  })
  return people.flatMap((person, place) => {
    const identifier = differingOf(person)
    const within = identifier === undefined ? [] : [told(person, identifier)]
    const stated = new Set(statedOf(person))
    const across = people.slice(0, place).flatMap((other) => {
      const shared = statedOf(other).filter((id) => stated.has(id))
      const fresh = shared.find((id) => ![person, other].every((one) => hadBefore(one, id)))
      return fresh === undefined ? [] : [told(other, fresh, person)]
    })
    return [...within, ...across]
  })
}

const hadBefore = ({ slots }: Person, id: string) =>
  slots.some((slot) => knownOf(slot).includes(id))

/** A new identifier of an authorship that an operator decided on, if the person's other authorships have a different one of its scheme. */
function differingOf({ slots }: Person): string | undefined {
  return slots
    .flatMap((slot) => {
      if (!slot.isWritten || !isDecidedNow(slot) || !wasThere(slot)) return []
      const others = slots.filter((other) => other !== slot)
      const own = others.flatMap(({ identifiers }) => identifiers.filter(isStated))
      const found = conflict(own, slot.identifiers.filter(isStated))
      return found === undefined || knownOf(slot).includes(found) ? [] : found
    })
    .sort(compareIdentifiers)[0]
}

/** An identifier of `theirs` in a scheme in which `own` has only different ones. */
function conflict(own: string[], theirs: string[]): string | undefined {
  const schemeOf = (id: string) => id.slice(0, id.indexOf(':'))
  const shared = new Set(theirs.filter((id) => own.includes(id)).map(schemeOf))
  const schemes = new Set(own.map(schemeOf))
  return theirs.find((id) => schemes.has(schemeOf(id)) && !shared.has(schemeOf(id)))
}

const statedOf = ({ slots }: Person) =>
  [...new Set(slots.flatMap(({ identifiers }) => identifiers.filter(isStated)))].sort(
    compareIdentifiers,
  )

/** The longest printed name. */
const nameOf = ({ slots }: Person) =>
  slots.map(({ name }) => name).reduce((a, b) => (b.length > a.length ? b : a), '')
