import { sum } from 'es-toolkit'
import type { Database } from '../../db/client.ts'
import { alias, raw, sql } from '../../db/sql.ts'
import { authors } from '../../db/tables/papers.ts'
import { BY_BEST } from './cluster.ts'
import { type Doubt, doubtfulPlaces, isCatchAll } from './doubts.ts'
import { measure, weighed } from './evidence.ts'
import { indexedBlock } from './name-block.ts'
import { describeRarity, parsePersonName } from './person-name.ts'
import { type PrintedPlace, type Profile, readProfiles } from './profiles.ts'

/** Why the bylines of an author are taken for one person's. */
export interface AuthorIdentity {
  authorId: number
  /** How likely they all are, from 0 to 1; 1 where identifiers or an operator say so of all. */
  confidence: number
  evidence: IdentityReason[]
  /** Bylines that are not surely of the author, the least certain first. */
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
] as const

export interface IdentityReason {
  kind: (typeof REASONS)[number]
  detail: string
  /** Papers of the author that have it. */
  papers: number
}

export interface UnverifiedByline {
  paperId: number
  name: string
  confidence: number
  doubt: Doubt
}

/** Below this a byline is shown as unverified: of those that evidence joins, 1 in 20 may be wrong. */
const SURE = 0.95
/** Names, words and identifiers shown of each kind, those of most papers first. */
const MOST_SHOWN = 3
/** Names of one family name and initial that are read. */
const NAMES = raw('1000')

const a = alias(authors, 'a')
const c = alias(authors, 'c')

/** Why each author is one person, by their newest papers and by these `paperIds`: two statements for all. */
export async function readIdentities(
  db: Database,
  authorIds: readonly number[],
  paperIds: readonly number[] = [],
): Promise<Map<number, AuthorIdentity>> {
  const profiles = await readProfiles(db, [...authorIds], paperIds)
  const givenNames = await readGivenNames(db, authorIds)
  return new Map(
    [...profiles].map(([id, profile]) => [id, identityOf(profile, givenNames.get(id) ?? 1)]),
  )
}

/** How many given names there are of the author's family name and initial. */
async function readGivenNames(
  db: Database,
  authorIds: readonly number[],
): Promise<Map<number, number>> {
  const rows = await db.query<{ id: number; names: string[] }>(sql`
    select ${a.id}, array(select ${c.name} from ${c} where ${indexedBlock(c)} = ${indexedBlock(a)}
      order by ${c.paperCount} desc, ${c.id} limit ${NAMES}) as names
    from ${a} where ${a.id} = any(${[...authorIds]}::bigint[])`)
  return new Map(
    rows.map(({ id, names }) => {
      const given = names.map((name) => parsePersonName(name)?.given.join('') ?? '')
      return [id, new Set(given.filter((one) => one.length > 1)).size]
    }),
  )
}

/** A byline of an author. */
export interface Byline {
  authorId: number
  paperId: number
}

/** How likely each byline is of its author; undefined for names that are not a person's. Two statements for all. */
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

function identityOf(profile: Profile, givenNames: number): AuthorIdentity {
  const units = unitsOf(profile.places)
  const joined = units.slice(1).map((unit) => {
    const others = profile.places.filter((place) => !unit.includes(place))
    return { unit, confidence: confidenceOf(unit, others, givenNames) }
  })
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
  return {
    authorId: profile.id,
    confidence: Math.min(1, ...[...joined, ...doubtful].map(({ confidence }) => confidence)),
    evidence: profile.paperCount > 1 ? reasonsOf(profile, givenNames) : [],
    unverified: unverified.sort((x, y) => x.confidence - y.confidence || x.paperId - y.paperId),
    isCatchAll: isCatchAll(doubtful, profile.places),
  }
}

/** Places that identifiers or decisions connect, those of most places first, then the oldest. */
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
  return [...new Set(unitOf.values())].sort((x, y) => y.length - x.length || oldest(x) - oldest(y))
}

/** As two clusters are joined: by the best and the mean evidence between them. */
function confidenceOf(unit: PrintedPlace[], others: PrintedPlace[], givenNames: number): number {
  const scores = unit.flatMap((x) =>
    others.flatMap((y) => {
      const measured = measure(x, y, givenNames)
      return measured ? sum(Object.values(weighed(measured))) : []
    }),
  )
  if (scores.length === 0) return 0
  const score = BY_BEST * Math.max(...scores) + ((1 - BY_BEST) * sum(scores)) / scores.length
  return 1 / (1 + Math.exp(-score))
}

function reasonsOf({ places, printed, name }: Profile, givenNames: number): IdentityReason[] {
  const years = places.flatMap(({ year }) => year ?? [])
  const identifiers = sharedBy(places, (place) => place.identifiers)
  const isDecision = ({ detail }: Shared) => detail.startsWith('decision:')
  const all = (kind: IdentityReason['kind'], found: Shared[]) =>
    found.slice(0, MOST_SHOWN).map((one) => ({ kind, ...one }))
  const together = (kind: IdentityReason['kind'], found: Shared[]): IdentityReason[] => {
    const shown = found.slice(0, MOST_SHOWN)
    if (shown.length === 0) return []
    const papers = new Set(found.flatMap((one) => one.places)).size
    return [{ kind, detail: shown.map(({ detail }) => detail).join(', '), papers }]
  }
  const reasons = [
    ...all('decision', identifiers.filter(isDecision)).map((one) => ({
      ...one,
      detail: `Decision ${one.detail.slice('decision:'.length).split('.')[0]} of an operator`,
    })),
    ...all(
      'identifier',
      identifiers.filter((one) => !isDecision(one)),
    ),
    {
      kind: 'name' as const,
      detail: describeRarity(name, printed, givenNames),
      papers: places.length,
    },
    ...together(
      'co_authors',
      sharedBy(places, (place) => place.coAuthorNames),
    ),
    ...together(
      'affiliation',
      sharedBy(places, (place) => [place.affiliationText ?? '']),
    ),
    ...together(
      'title_words',
      sharedBy(places, (place) => [...place.titleWords]),
    ),
    ...together(
      'topics',
      sharedBy(places, (place) => place.topicNames),
    ),
    ...together(
      'repository_owner',
      sharedBy(places, (place) => [...place.owners]),
    ),
    ...together(
      'venue',
      sharedBy(places, (place) => [place.venue ?? '']),
    ),
    ...(years.length > 1
      ? [
          {
            kind: 'years' as const,
            detail: `${Math.min(...years)} to ${Math.max(...years)}`,
            papers: years.length,
          },
        ]
      : []),
  ]
  return reasons.map(({ kind, detail, papers }) => ({ kind, detail, papers }))
}

interface Shared {
  detail: string
  papers: number
  places: PrintedPlace[]
}

/** What two places or more have, that of most places first. */
function sharedBy(
  places: PrintedPlace[],
  read: (place: PrintedPlace) => readonly string[],
): Shared[] {
  const byText = new Map<string, PrintedPlace[]>()
  for (const place of places)
    for (const text of new Set(read(place)))
      if (text !== '') byText.set(text, [...(byText.get(text) ?? []), place])
  return [...byText]
    .flatMap(([detail, own]) =>
      own.length > 1 ? [{ detail, papers: own.length, places: own }] : [],
    )
    .sort((x, y) => y.papers - x.papers || (x.detail < y.detail ? -1 : 1))
}
