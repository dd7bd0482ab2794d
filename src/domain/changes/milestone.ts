/** Numbers of citations that are events when a paper reaches them. */
export const CITATION_MILESTONES = [1_000, 100, 10]

/** The highest milestone reached between two counts; null for none. */
export function milestoneBetween(before: number, now: number): number | null {
  return CITATION_MILESTONES.find((count) => before < count && now >= count) ?? null
}
