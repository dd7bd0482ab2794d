import { memoize, sum, uniqBy } from 'es-toolkit'
import type { Database } from '../../../db/client.ts'
import { type Apart, readApart } from '../decided/apart.ts'
import { nameApart, type Profile, readProfiles } from '../profiles.ts'
import { type Comparison, compareAuthors, excludeEachOther } from './compare.ts'
import { readNamesakes } from './namesakes.ts'
import type { IdentityEvidence } from './wording.ts'

/** Another author of a name that fits. */
export interface SimilarAuthor {
  authorId: number
  /** How likely both are one person, from 0 to 1; 0 where something contradicts it. Of those of whom one at most can be, the sum is 1 at most. */
  confidence: number
  /** What speaks for it and against it, the strongest first. */
  evidence: IdentityEvidence[]
  /** Whether what the two have in common makes it likely, although others may be meant. */
  isPossiblySame: boolean
  paperCount: number
}

/** An author and others whose names fit, with what the papers of two say. */
export interface Compared {
  own: Profile
  others: (Comparison & { profile: Profile })[]
}

/** Somebody else who may be meant, and the odds. */
interface Rival {
  /** With what tells them apart. */
  printed: string
  odds: number
}

/** By the ids of an author and another: who else that other may be, of those who cannot be the author. */
export type Rivals = Map<string, Rival[]>

const keyOf = (own: Profile, other: Profile) => `${own.id} ${other.id}`

/** Odds from which two authors are more likely one person than not. */
const EVEN = 1
/** Least confidence of one who is possibly the same: where ten fit equally well, each says nothing. */
const LEAST_SHARE = 0.1
/** Odds that are too small to change the confidence of others. */
const LEAST_ODDS = 0.01
/**
 * Who else each of the others may be: "J. Smith" may be John or Jane Smith, so that it is not John's alone. They are found from each of the
 * others as from an author who is asked for, so that two who fit have the same confidence from both sides. Three statements for all, or
 * none.
 */
export async function readRivals(
  db: Database,
  compared: readonly Compared[],
  known: ReadonlyMap<number, Profile>,
  apart: Apart,
): Promise<Rivals> {
  const pairs = compared.flatMap(({ own, others }) => {
    const likely = others.filter(({ odds }) => odds > LEAST_ODDS)
    return likely.map(({ profile: other }) => ({ own, other }))
  })
  if (pairs.length === 0) return new Map()
  const { othersOf, givenNamesOf } = await readNamesakes(
    db,
    uniqBy(
      pairs.map(({ other }) => other),
      ({ id }) => id,
    ),
  )
  const wanted = [...new Set([...othersOf].flatMap(([id, others]) => [id, ...others]))]
  const fresh = wanted.filter((id) => !known.has(id))
  const read = fresh.length > 0 ? await readProfiles(db, fresh) : new Map<number, Profile>()
  const apartOfAll = fresh.length > 0 ? await readApart(db, [...known.keys(), ...fresh]) : apart
  const oddsOf = memoize(
    ([one, other]: readonly [Profile, Profile]) => {
      return compareAuthors(one, other, givenNamesOf(one, other), apartOfAll).odds
    },
    { getCacheKey: ([one, other]) => keyOf(one, other) },
  )
  return new Map(
    pairs.map(({ own, other }) => {
      const rivals = (othersOf.get(other.id) ?? []).flatMap((id): Rival[] => {
        const profile = known.get(id) ?? read.get(id)
        if (!profile || id === own.id || !excludeEachOther(own, profile, apartOfAll)) return []
        const odds = oddsOf([other, profile])
        return odds > LEAST_ODDS ? [{ printed: nameApart(profile), odds }] : []
      })
      return [keyOf(own, other), rivals]
    }),
  )
}

/**
 * The others with the confidence that rivals leave, the likeliest first: of those who exclude one another one at most is the author, and
 * another is one at most of those who may be meant.
 */
export function shareOut({ own, others }: Compared, rivals: Rivals, apart: Apart): SimilarAuthor[] {
  const weighty = others.filter(({ odds }) => odds > LEAST_ODDS)
  const list = others.map((other): SimilarAuthor => {
    const { profile, odds, evidence, isByInitialAlone } = other
    // Of others so unlikely, rivals are read from neither side.
    const excluded =
      odds <= LEAST_ODDS
        ? []
        : weighty.filter((one) => one !== other && excludeEachOther(one.profile, profile, apart))
    const against = [
      ...excluded.map((one): Rival => ({ printed: nameApart(one.profile), odds: one.odds })),
      ...(rivals.get(keyOf(own, profile)) ?? []),
    ]
    const confidence = odds / (1 + odds + sum(against.map((one) => one.odds)))
    return {
      authorId: profile.id,
      confidence,
      evidence: withRivals(evidence, odds, against),
      isPossiblySame: odds > EVEN && confidence >= LEAST_SHARE && !isByInitialAlone,
      paperCount: profile.paperCount,
    }
  })
  return list.sort(
    (a, b) => b.confidence - a.confidence || b.paperCount - a.paperCount || a.authorId - b.authorId,
  )
}

/** Rivals that change the logarithm of the odds by less are not told, and most of them that are. */
const [LEAST_TOLD, MOST_TOLD] = [0.05, 3]

/** The odds are those of the two alone, divided by one and those of all rivals. */
function withRivals(
  evidence: readonly IdentityEvidence[],
  odds: number,
  rivals: readonly Rival[],
): IdentityEvidence[] {
  const weight = -Math.log(1 + sum(rivals.map((one) => one.odds)))
  if (odds === 0 || weight > -LEAST_TOLD) return [...evidence]
  const best = rivals.toSorted((x, y) => y.odds - x.odds).map(({ printed }) => printed)
  const detail = [...new Set(best)].slice(0, MOST_TOLD).join(', ')
  return [...evidence, { kind: 'rivals' as const, detail, weight }].sort(
    (x, y) => Math.abs(y.weight ?? 0) - Math.abs(x.weight ?? 0),
  )
}
