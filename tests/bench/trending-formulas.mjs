/**
 * Published formulas. Each gets the data that the catalogue has on a day: the stars counted until then, upvotes, votes of readers and
 * citations.
 */
export const FORMULAS = {
  /** Hacker News: (points - 1) / (hours + 2)^1.8. */
  'Hacker News gravity': (paper, day) => {
    const points =
      starsOf(paper, day) + upvotesOf(paper, day) + citationsOf(paper, day) + votesOf(paper, day)
    return (points - 1) / (24 * (day - paper.day) + 2) ** 1.8
  },
  /** Stars per hour, as on Papers with Code: between the last two counts. */
  'stars per hour': (paper, day) => {
    const counts = countsUntil(paper, day)
    const [last, before] = [counts.at(-1), counts.at(-2)]
    return last && before ? (last[1] - before[1]) / (24 * (last[0] - before[0])) : 0
  },
  'plain star count': starsOf,
}

const countsUntil = ({ repository }, day) =>
  repository ? [...repository.counts].filter(([on]) => on <= day) : []

function starsOf(paper, day) {
  return countsUntil(paper, day).at(-1)?.[1] ?? 0
}

const upvotesOf = ({ listing }, day) => (listing && listing.day <= day ? listing.upvotes : 0)
const votesOf = ({ votes }, day) => votes.filter((vote) => vote.day <= day).length
const citationsOf = ({ citations }, day) => citations.filter((on) => on <= day).length

/** The first papers of a day by a formula. */
export function topBy(formula, papers, day, size) {
  return papers
    .filter((paper) => paper.day <= day)
    .map((paper) => [paper, formula(paper, day)])
    .toSorted(([a, x], [b, y]) => y - x || b.day - a.day)
    .slice(0, size)
    .map(([paper]) => paper)
}
