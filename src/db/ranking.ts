/** What citations and age add to the score of a search, in points: for the functions of the database, and for what describes them. */

/** Points for each factor of e in 1 + citations: ten citations are worth 0.7 points, a thousand 2.1. */
export const CITATION_POINTS = 0.3
/** Points for each year since `FRESHNESS_EPOCH`. */
export const FRESHNESS_POINTS = 0.04
/** Most years that count. */
export const FRESHNESS_YEARS = 60
/** From a fixed day, so that a score does not change from one page to the next, or overnight. */
export const FRESHNESS_EPOCH = '1990-01-01'
