import { countBy, sortBy, sum } from 'es-toolkit'
import type { Database } from '../../../db/client.ts'
import { nameKey } from '../../record/title-key.ts'
import { agreementOf } from '../agreement.ts'
import { boundedWeight } from '../cluster.ts'
import { decisionIn, isDecision } from '../decided/decision-id.ts'
import { agreeInPlace } from '../evidence.ts'
import { describeRarity } from '../name-rarity.ts'
import {
  affiliationsInCommon,
  connecting,
  type InCommon,
  inCommon,
  inGroups,
  placesOf,
} from '../pairs/in-common.ts'
import { nameWithDetail, type PrintedPlace, type Profile, readProfiles } from '../profiles.ts'
import { topicOf } from '../words.ts'
import { type Doubt, doubtfulPlaces, isCatchAll } from './doubts.ts'
import { readNamesakes } from './namesakes.ts'
import { rivalsOf, type UnitRival } from './rivals.ts'

/** Why the bylines of an author are treated as one person. */
export interface AuthorIdentity {
  authorId: number
  /** Probability that all bylines belong to the author, from 0 to 1; 1 if identifiers or an operator assign all of them. */
  confidence: number
  evidence: IdentityReason[]
  /** Bylines that may belong to somebody else, the least certain first. */
  unverified: UnverifiedByline[]
  /** Whether an identifier collects papers of several people. */
  isCatchAll: boolean
}

/** Kinds of reasons, in the order of the schema. */
export const REASONS = [
  'decision',
  'identifier',
  'name',
  'co_authors',
  'affiliation',
  'title_words',
  'topics',
  'repository_owner',
  'venue',
  'years',
  'rivals',
] as const

export interface IdentityReason {
  kind: (typeof REASONS)[number]
  detail: string
  /** Papers of the author for which the reason holds. For something in common, those that share it with another paper. */
  papers: number
}

export interface UnverifiedByline {
  paperId: number
  name: string
  confidence: number
  doubt: Doubt
}

/** Confidence below which a byline is unverified, so that at most 1 in 20 of the others is expected to be wrong. */
export const SURE = 0.95
/** Limit of names, words and identifiers shown for each kind, those with the most papers first. */
const MOST_SHOWN = 3
/** Why each author is one person, from their newest papers and from `paperIds`. Two statements for all. */
export async function readIdentities(
  db: Database,
  authorIds: readonly number[],
  paperIds: readonly number[] = [],
): Promise<Map<number, AuthorIdentity>> {
  const namesakes = await readNamesakes(db, authorIds)
  const wanted = new Set([...authorIds, ...[...namesakes.values()].flatMap(({ rivals }) => rivals)])
  const profiles = await readProfiles(db, [...wanted], paperIds)
  return new Map(
    authorIds.flatMap((id) => {
      const profile = profiles.get(id)
      const { givenNames = 1, rivals = [] } = namesakes.get(id) ?? {}
      const others = rivals.flatMap((rival) => profiles.get(rival) ?? [])
      return profile ? [[id, identityOf(profile, others, givenNames)]] : []
    }),
  )
}

/** A byline of an author. */
export interface Byline {
  authorId: number
  paperId: number
}

/** Probability that each byline belongs to its author; undefined for names that are not a person's. Two statements for all. */
export async function readConfidences(
  db: Database,
  bylines: readonly Byline[],
): Promise<(number | undefined)[]> {
  const authorIds = [...new Set(bylines.map(({ authorId }) => authorId))]
  const paperIds = [...new Set(bylines.map(({ paperId }) => paperId))]
  const identities = await readIdentities(db, authorIds, paperIds)
  return bylines.map(({ authorId, paperId }) => {
    const identity = identities.get(authorId)
    return identity && (identity.unverified.find((one) => one.paperId === paperId)?.confidence ?? 1)
  })
}

function identityOf(
  profile: Profile,
  rivals: readonly Profile[],
  givenNames: number,
): AuthorIdentity {
  const ordered = { ...profile, places: inOrder(profile.places) }
  const [first = [], ...units] = unitsOf(ordered.places)
  const joined = units.map((unit) => joinOf(unit, first, { profile: ordered, rivals, givenNames }))
  const doubtful = doubtfulPlaces(profile, givenNames)
  const known = new Set(doubtful.map(({ place }) => place))
  const unsure = joined.flatMap(({ unit, confidence }) =>
    confidence < SURE
      ? unit.flatMap((place) =>
          known.has(place) ? [] : { place, confidence, doubt: 'evidence' as const },
        )
      : [],
  )
  const unverified = [...doubtful, ...unsure].map(({ place, confidence, doubt }) => {
    return { paperId: place.paperId, name: place.printedName, confidence, doubt }
  })
  const reasons = profile.paperCount > 1 ? reasonsOf(profile, givenNames) : []
  return {
    authorId: profile.id,
    confidence: Math.min(1, ...[...joined, ...doubtful].map(({ confidence }) => confidence)),
    evidence: [...reasons, ...rivalReason(joined)],
    unverified: unverified.sort((x, y) => x.confidence - y.confidence || x.paperId - y.paperId),
    isCatchAll: isCatchAll(doubtful, profile.places),
  }
}

/** Papers that evidence joined to the others of an author, and who may have written them instead. */
interface Join {
  unit: PrintedPlace[]
  confidence: number
  rivals: UnitRival[]
}

function joinOf(
  unit: PrintedPlace[],
  first: PrintedPlace[],
  {
    profile,
    rivals,
    givenNames,
  }: { profile: Profile; rivals: readonly Profile[]; givenNames: number },
): Join {
  const rest = profile.places.filter((place) => !unit.includes(place))
  const agreement = agreementOf(unit, rest, { givenNames, weigh: boundedWeight })
  if (!agreement) return { unit, confidence: 0, rivals: [] }
  const found = [
    ...rivalsOf(unit, rest, { rivals, givenNames, papers: profile.paperCount - unit.length }),
    // The J. Smith of most papers may be Jane Smith, and not the John Smith of this unit.
    ...rivalsOf(first, unit, { rivals, givenNames, papers: unit.length }),
  ]
  const odds = Math.exp(agreement.score)
  const shared = odds * (1 + sum(found.map((one) => one.odds)))
  return { unit, confidence: odds / (1 + shared), rivals: found }
}

/** The rivals of all joins as one reason, the likeliest first, each with a detail that distinguishes namesakes. */
function rivalReason(joined: readonly Join[]): IdentityReason[] {
  const rivalled = joined.filter(({ rivals }) => rivals.length > 0)
  if (rivalled.length === 0) return []
  const all = rivalled.flatMap(({ rivals }) => rivals).sort((x, y) => y.odds - x.odds)
  const names = all.map(({ profile }) => nameWithDetail(profile))
  return [
    {
      kind: 'rivals',
      detail: [...new Set(names)].slice(0, MOST_SHOWN).join(', '),
      papers: sum(rivalled.map(({ unit }) => unit.length)),
    },
  ]
}

/** Places sorted by content. Ids depend on the order of imports, and the order of places affects sums and ties. */
const inOrder = (places: readonly PrintedPlace[]) => sortBy(places, [contentOf])
const contentOf = (place: PrintedPlace) =>
  JSON.stringify([
    ...[place.year, place.printedName, [...place.titleWords], place.coAuthorNames],
    ...[place.affiliationText, place.venue, [...place.topics].sort(), [...place.owners].sort()],
    [...place.identifiers].sort(),
  ])

/** Groups of places connected by identifiers or decisions: the largest first, then those with the fullest name, then the oldest. */
function unitsOf(places: PrintedPlace[]): PrintedPlace[][] {
  const unitOf = new Map<PrintedPlace, PrintedPlace[]>(places.map((place) => [place, [place]]))
  const firsts = new Map<string, PrintedPlace>()
  for (const place of places)
    for (const id of place.identifiers) {
      const [own, first] = [unitOf.get(place) ?? [], firsts.get(id) ?? place]
      firsts.set(id, first)
      const other = unitOf.get(first) ?? []
      if (own === other) continue
      other.push(...own)
      for (const one of own) unitOf.set(one, other)
    }
  const oldest = (unit: PrintedPlace[]) => Math.min(...unit.map(({ year }) => year ?? 9999))
  const fullest = (unit: PrintedPlace[]) =>
    Math.max(...unit.map(({ name: { given } }) => given.join('').length))
  return [...new Set(unitOf.values())].sort(
    (x, y) => y.length - x.length || fullest(y) - fullest(x) || oldest(x) - oldest(y),
  )
}

function reasonsOf({ places, printed, name }: Profile, givenNames: number): IdentityReason[] {
  const years = places.flatMap(({ year }) => year ?? [])
  const reasons: (IdentityReason | null)[] = [
    ...decisionsOf(places),
    ...identifiersOf(places),
    {
      kind: 'name',
      detail: describeRarity(name, printed, givenNames),
      papers: places.length,
    },
    ...together('co_authors', inGroups(inCommon(places, coAuthorsOf))),
    ...together('affiliation', affiliationsInCommon(places, agreeInPlace), ' / '),
    ...together('title_words', inGroups(inCommon(places, wordsOf))),
    ...together('topics', inGroups(inCommon(places, topicsOf))),
    ...together('repository_owner', inGroups(inCommon(places, ownersOf))),
    ...together('venue', inGroups(inCommon(places, venueOf))),
    years.length < 2
      ? null
      : {
          kind: 'years',
          detail: `${Math.min(...years)} to ${Math.max(...years)}`,
          papers: years.length,
        },
  ]
  return reasons.filter((one) => one !== null)
}

const itself = (text: string) => [text, text] as const
const coAuthorsOf = (place: PrintedPlace) =>
  place.coAuthorNames.map((name) => [nameKey(name), name] as const)
const wordsOf = (place: PrintedPlace) => [...place.titleWords].map(itself)
const ownersOf = (place: PrintedPlace) => [...place.owners].map(itself)
const venueOf = ({ venue }: PrintedPlace) => (venue === null ? [] : [itself(venue)])
/** Keywords, by which places are compared, and topics under the same keys, so that a keyword is shown by the name of its topic. */
const topicsOf = ({ topics, topicNames }: PrintedPlace) =>
  [...[...topics].map((slug) => slug.replaceAll('-', ' ')), ...topicNames].map(
    (name) => [topicOf(nameKey(name)), name] as const,
  )

/** A reason for each group of papers connected by things in common, the largest groups first. Papers of different groups share nothing of this kind. */
const together = (
  kind: IdentityReason['kind'],
  groups: readonly InCommon<PrintedPlace>[][],
  separator = ', ',
): IdentityReason[] =>
  groups.slice(0, MOST_SHOWN).map((group) => {
    const shown = group.slice(0, MOST_SHOWN).map(({ printed }) => printed)
    return { kind, detail: shown.join(separator), papers: placesOf(group).size }
  })

/** Decisions, including those on a single paper: they moved it to this author or kept it here. */
function decisionsOf(places: readonly PrintedPlace[]): IdentityReason[] {
  const papers = countBy(
    places.flatMap(({ identifiers }) => identifiers.filter(isDecision)),
    decisionIn,
  )
  return Object.entries(papers)
    .sort(([x, ofX], [y, ofY]) => ofY - ofX || Number(x) - Number(y))
    .slice(0, MOST_SHOWN)
    .map(([decision, count]) => {
      return { kind: 'decision', detail: `Decision ${decision} of an operator`, papers: count }
    })
}

/** The identifiers with the most papers, and all that are needed to connect the papers. */
function identifiersOf(places: readonly PrintedPlace[]): IdentityReason[] {
  const found = inCommon(places, ({ identifiers }) =>
    identifiers.filter((id) => !isDecision(id)).map(itself),
  )
  const needed = new Set(connecting(found))
  return found
    .filter((one, at) => at < MOST_SHOWN || needed.has(one))
    .map(({ printed, places: own }) => {
      return { kind: 'identifier', detail: printed, papers: own.length }
    })
}
