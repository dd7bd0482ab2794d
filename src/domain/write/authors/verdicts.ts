import { columns, sql } from '../../../db/sql.ts'
import { identityChanges } from '../../../db/tables/people.ts'
import type { Transaction } from '../../../db/transaction.ts'
import type { IdentityChangeKind } from '../../identity/change-kinds.ts'
import { isDecision } from '../../identity/decided/decision-id.ts'
import { compareIdentifiers, groupSlots, isStated, type Person, type Slot } from './group.ts'

/** What an identifier made, or says, of an author who was there before. */
interface Verdict {
  kind: IdentityChangeKind
  identifier: string
  authorId: number
  /** Who was joined to the author, split off, or is one with the author by the identifier alone. */
  otherId: number | null
  name: string
}

/** Keeps what identifiers made of authors; `holders` is who had each of them before. */
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
 * Whom identifiers confirmed, joined or split, or left for another, with the ids that the people have now, and whom they contradict of those of whom operators
 * decided. What these decide or undo is itself no change.
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
/** Identifiers of a place before it was written anew. */
const knownOf = ({ before, identifiers }: Slot) => before ?? identifiers

/** An author of whom only some papers came is not joined: that author was split. */
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

/** Identifiers that several places have, one of which has it only now: ORCID iDs first. */
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

/** Whether an identifier is of places that only evidence had connected. */
function connects(identifier: string, old: readonly Slot[]): boolean {
  const before = old.map((slot): Slot => ({ ...slot, identifiers: knownOf(slot), person: null }))
  const holders = new Set(before.filter((_, i) => old[i]?.identifiers.includes(identifier)))
  const units = groupSlots(before).filter(({ slots }) => slots.some((slot) => holders.has(slot)))
  return units.length > 1
}

/**
 * Authors whose places are of several people now, as these have different identifiers of one scheme; or as the identifier that an author had went with some
 * of the places, since somebody else whose papers fit as well has another one.
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
    // Once for all: a common name falls apart into thousands.
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

/** Whether the person has the id of an author of some of the places: papers went there from another author. */
const wasOther = (person: Person, ids: ReadonlyMap<Person, number>): boolean =>
  person.slots.some(({ authorIds }) => authorIds.includes(ids.get(person) ?? 0))

/** Identifiers that one author had and another has now, whose papers are their own as before: records had them wrong, or have them wrong now. */
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

/** People of whom operators decided, and identifiers that say otherwise since. */
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

/** An identifier that is new on a place of which an operator decided, and that the other places of the person have another of. */
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

/** Of the identifiers of another person, one in a scheme of which the first has only different ones. */
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

/** The longest name printed. */
const nameOf = ({ slots }: Person) =>
  slots.map(({ name }) => name).reduce((a, b) => (b.length > a.length ? b : a), '')
