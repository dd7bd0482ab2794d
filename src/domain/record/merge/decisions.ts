import { UNNAMED_AWARD } from '../decision.ts'
import type { DecisionClaim, PaperRecord } from '../paper-record.ts'
import { bySource, compare } from '../precedence.ts'

/** What became of a paper at one venue, as all sources that agree on it say together. */
export interface MergedDecision extends DecisionClaim {
  /** By name, without doubles. */
  sources: string[]
}

/**
 * All decisions on a paper, those of the latest year first. Claims of one venue and year are one decision unless they
 * contradict each other: then each is kept, with its sources.
 */
export function mergeDecisions(records: readonly PaperRecord[]): MergedDecision[] {
  const claims = records
    .toSorted((a, b) => bySource('facts')(a, b) || compare(a.key, b.key))
    .flatMap(({ source, decisions = [] }) => decisions.map((claim) => ({ source, claim })))
  const merged: MergedDecision[] = []
  for (const { source, claim } of claims) {
    const same = merged.findIndex((one) => agree(one, claim))
    const one = merged[same]
    if (one === undefined) merged.push({ ...claim, sources: [source] })
    else
      merged[same] = {
        ...{ ...claim, ...withoutAbsent(one), venue: one.venue, ...namedAward(one, claim) },
        sources: [...new Set([...one.sources, source])].sort(compare),
      }
  }
  return merged.toSorted(byYear)
}

/** A claim may leave out what the other says. */
const withoutAbsent = (claim: MergedDecision) =>
  Object.fromEntries(Object.entries(claim).filter(([, value]) => value != null)) as MergedDecision

/** The award by its name, if one of two that agree has it. */
const namedAward = (...claims: DecisionClaim[]): Pick<DecisionClaim, 'award'> => {
  const awards = claims.flatMap(({ award }) => award ?? [])
  const award = awards.find((one) => one !== UNNAMED_AWARD) ?? awards[0]
  return award === undefined ? {} : { award }
}

const STATED = ['outcome', 'presentation', 'award', 'session', 'area'] as const

/** A mean that is rounded is the same. */
const ROUNDING = 0.051

function agree(a: DecisionClaim, b: DecisionClaim): boolean {
  if (a.venue?.slug !== b.venue?.slug) return false
  // A note may name the venue without its year.
  const isOfOne = a.year === b.year || (a.venue !== null && (a.year === null || b.year === null))
  if (!isOfOne) return false
  const isSame = STATED.every((name) => {
    const [one, other] = [a[name], b[name]]
    if (one === undefined || other === undefined) return true
    // One source says which award it was, the other only that there was one.
    const isUnnamed = name === 'award' && [one, other].includes(UNNAMED_AWARD)
    return isUnnamed || one.toLowerCase() === other.toLowerCase()
  })
  const isRatedSame = !a.rating || !b.rating || Math.abs(a.rating.mean - b.rating.mean) < ROUNDING
  return isSame && isRatedSame
}

function byYear(a: MergedDecision, b: MergedDecision): number {
  return (
    (b.year ?? 0) - (a.year ?? 0) ||
    compare(a.venue?.slug ?? '~', b.venue?.slug ?? '~') ||
    compare(a.sources.join(' '), b.sources.join(' ')) ||
    compare(JSON.stringify(a), JSON.stringify(b))
  )
}

/** The highest mean of ratings, by which papers are ordered; -1 where none is known. */
export const highestRating = (decisions: readonly DecisionClaim[]): number =>
  Math.max(-1, ...decisions.flatMap(({ rating }) => rating?.mean ?? []))
