import { sum } from 'es-toolkit'
import type { Database } from '../../../db/client.ts'
import { fitNames } from '../name-fit.ts'
import { type Apart, readApart } from '../pairs/apart.ts'
import type { PersonName } from '../person-name.ts'
import { type Profile, readProfiles } from '../profiles.ts'
import { type Comparison, compareAuthors, excludeEachOther } from './compare.ts'
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
  givenNames: number
  /** Authors of the family name and initial, also those whose names do not fit. */
  named: readonly { id: number; name: PersonName }[]
}

/** Somebody else who may be meant, and the odds. */
interface Rival {
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
/** Others of an author whose rivals are read, the likeliest first, and most rivals of each, those with most papers first. */
const MOST = { others: 10, rivals: 20 }

/**
 * Who else each of the likeliest others may be: "J. Smith" may be John or Jane Smith, so that it is not John's alone. Two statements for
 * all, or none.
 */
export async function readRivals(
  db: Database,
  compared: readonly Compared[],
  known: ReadonlyMap<number, Profile>,
  apart: Apart,
): Promise<Rivals> {
  const wanted = compared.flatMap((one) => wantedOf(one, apart))
  const fresh = new Set(wanted.flatMap(({ ids }) => ids.filter((id) => !known.has(id))))
  const read = fresh.size > 0 ? await readProfiles(db, [...fresh]) : new Map<number, Profile>()
  const all = [...new Set(wanted.flatMap(({ other, ids }) => [other.id, ...ids]))]
  const apartOfAll = fresh.size > 0 ? await readApart(db, all) : apart
  return new Map(
    wanted.map(({ own, other, ids, givenNames }) => {
      const rivals = ids.flatMap((id): Rival[] => {
        const profile = known.get(id) ?? read.get(id)
        if (!profile) return []
        const { odds } = compareAuthors(other, profile, givenNames, apartOfAll)
        return odds > LEAST_ODDS ? [{ printed: profile.printed, odds }] : []
      })
      return [keyOf(own, other), rivals]
    }),
  )
}

interface Wanted {
  own: Profile
  other: Profile
  ids: number[]
  givenNames: number
}

function wantedOf({ own, others, named, givenNames }: Compared, apart: Apart): Wanted[] {
  const fitting = new Map(others.map(({ profile }) => [profile.id, profile]))
  const likely = others.filter(({ odds }) => odds > LEAST_ODDS).sort((x, y) => y.odds - x.odds)
  return likely.slice(0, MOST.others).flatMap(({ profile: other }) => {
    const ids = named.flatMap(({ id, name }) => {
      if (id === other.id || fitNames(other.name, name) === null) return []
      const profile = fitting.get(id)
      const isOther = profile
        ? excludeEachOther(own, profile, apart)
        : fitNames(own.name, name) === null
      return isOther ? id : []
    })
    return ids.length > 0 ? [{ own, other, ids: ids.slice(0, MOST.rivals), givenNames }] : []
  })
}

/**
 * The others with the confidence that rivals leave, the likeliest first: of those who exclude one another one at most is the author, and
 * another is one at most of those who may be meant.
 */
export function shareOut({ own, others }: Compared, rivals: Rivals, apart: Apart): SimilarAuthor[] {
  const weighty = others.filter(({ odds }) => odds > LEAST_ODDS)
  const list = others.map((other): SimilarAuthor => {
    const { profile, odds, evidence, isByInitialAlone } = other
    const excluded =
      odds === 0
        ? []
        : weighty.filter((one) => one !== other && excludeEachOther(one.profile, profile, apart))
    const against = [
      ...excluded.map((one): Rival => ({ printed: one.profile.printed, odds: one.odds })),
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
