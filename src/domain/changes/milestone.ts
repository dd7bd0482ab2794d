/** Numbers of citations that are worth telling when a paper reaches them. */
export const CITATION_MILESTONES = [1_000, 100, 10]

/** The highest milestone that was reached on the way from one count to another; null where none was. */
export function milestoneBetween(before: number, now: number): number | null {
  return CITATION_MILESTONES.find((count) => before < count && now >= count) ?? null
}
