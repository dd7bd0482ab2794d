import { memoize, sum, uniqBy } from 'es-toolkit'
import type { Database } from '../../../db/client.ts'
import { nameWithDetail, type Profile, readProfiles } from '../profiles.ts'
import { type Apart, readApart } from './apart.ts'
import { type Comparison, compareAuthors, excludeEachOther } from './compare.ts'
import { readNamesakes } from './namesakes.ts'
import type { IdentityEvidence } from './wording.ts'

/** Another author whose name fits. */
export interface SimilarAuthor {
  authorId: number
  /** Probability that both are one person, from 0 to 1; 0 if something contradicts it. For authors who exclude one another, the sum is at most 1. */
  confidence: number
  /** Evidence for and against, the strongest first. */
  evidence: IdentityEvidence[]
  /** Whether the evidence between the two alone makes it likely; rivals may still lower the confidence. */
  isPossiblySame: boolean
  paperCount: number
}

/** An author and others whose names fit, each compared by their papers. */
export interface Compared {
  own: Profile
  others: (Comparison & { profile: Profile })[]
}

/** Another candidate for the same person, with the odds. */
interface Rival {
  /** The name with a detail that distinguishes namesakes. */
  printed: string
  odds: number
}

/** Rivals by the ids of an author and another: people whom the other may be, and the author cannot be. */
export type Rivals = Map<string, Rival[]>

const keyOf = (own: Profile, other: Profile) => `${own.id} ${other.id}`

/** Odds from which two authors are more likely one person than not. */
const EVEN = 1
/** Minimum confidence for possibly the same: if ten fit equally well, none is. */
const LEAST_SHARE = 0.1
/** Odds that are too small to change the confidence of others. */
const LEAST_ODDS = 0.01
/**
 * Who else each of the others may be: "J. Smith" may be John or Jane Smith, not only John. Rivals are looked up from each of the others in the same way as
 * from a requested author, so that two authors have the same confidence from both sides. Three statements for all, or none.
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
        return odds > LEAST_ODDS ? [{ printed: nameWithDetail(profile), odds }] : []
      })
      return [keyOf(own, other), rivals]
    }),
  )
}

/**
 * The others with their confidence after rivals, the likeliest first. At most one of those who exclude one another is the author, and each of the others is
 * at most one of the people that it may be.
 */
export function shareOut({ own, others }: Compared, rivals: Rivals, apart: Apart): SimilarAuthor[] {
  const weighty = others.filter(({ odds }) => odds > LEAST_ODDS)
  const list = others.map((other): SimilarAuthor => {
    const { profile, odds, evidence, isByInitialAlone } = other
    // Rivals of such unlikely others are not read from either side.
    const excluded =
      odds <= LEAST_ODDS
        ? []
        : weighty.filter((one) => one !== other && excludeEachOther(one.profile, profile, apart))
    const against = [
      ...excluded.map((one): Rival => ({ printed: nameWithDetail(one.profile), odds: one.odds })),
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

/** Minimum effect of rivals on the logarithm of the odds to be shown, and the limit of rivals shown. */
const [LEAST_SHOWN, MOST_SHOWN] = [0.05, 3]

/** The evidence with the rivals: they divide the odds of the two by 1 plus the odds of all rivals. */
function withRivals(
  evidence: readonly IdentityEvidence[],
  odds: number,
  rivals: readonly Rival[],
): IdentityEvidence[] {
  const weight = -Math.log(1 + sum(rivals.map((one) => one.odds)))
  if (odds === 0 || weight > -LEAST_SHOWN) return [...evidence]
  const best = rivals.toSorted((x, y) => y.odds - x.odds).map(({ printed }) => printed)
  const detail = [...new Set(best)].slice(0, MOST_SHOWN).join(', ')
  return [...evidence, { kind: 'rivals' as const, detail, weight }].sort(
    (x, y) => Math.abs(y.weight ?? 0) - Math.abs(x.weight ?? 0),
  )
}
