import { UNNAMED_AWARD } from '../decision.ts'
import type { DecisionClaim, PaperRecord } from '../paper-record.ts'
import { bySource, compare } from '../precedence.ts'

/** The decision of one venue on a paper, merged from all sources that agree on it. */
export interface MergedDecision extends DecisionClaim {
  /** Sorted by name, without duplicates. */
  sources: string[]
}

/**
 * All decisions on a paper, those of the latest year first. Claims about one venue and year are one decision, unless they
 * contradict each other: then both are kept, with their sources.
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

/** A claim without absent values, so that it can be laid over another. */
const withoutAbsent = (claim: MergedDecision) =>
  Object.fromEntries(Object.entries(claim).filter(([, value]) => value != null)) as MergedDecision

/** The award, by its name if one of the claims has it. */
const namedAward = (...claims: DecisionClaim[]): Pick<DecisionClaim, 'award'> => {
  const awards = claims.flatMap(({ award }) => award ?? [])
  const award = awards.find((one) => one !== UNNAMED_AWARD) ?? awards[0]
  return award === undefined ? {} : { award }
}

const STATED = ['outcome', 'presentation', 'award', 'session', 'area'] as const

/** Maximum difference between a mean and the same mean rounded. */
const ROUNDING = 0.051

function agree(a: DecisionClaim, b: DecisionClaim): boolean {
  if (a.venue?.slug !== b.venue?.slug) return false
  // A claim may name the venue without its year.
  const isOfOne = a.year === b.year || (a.venue !== null && (a.year === null || b.year === null))
  if (!isOfOne) return false
  const isSame = STATED.every((name) => {
    const [one, other] = [a[name], b[name]]
    if (one === undefined || other === undefined) return true
    // One source may name the award, the other only state that there was one.
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

/** The highest mean of ratings, by which papers are ordered; -1 if none is known. */
export const highestRating = (decisions: readonly DecisionClaim[]): number =>
  Math.max(-1, ...decisions.flatMap(({ rating }) => rating?.mean ?? []))
