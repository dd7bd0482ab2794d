import { raw, type Sql } from '../../../db/sql.ts'

/** Limits of what is read for one paper, independent of the size of the catalogue. */
export const RELATED_LIMITS = {
  /** Number of its rarest topics, and of the newest papers of each. */
  topics: 5,
  topicPapers: 60,
  /** Number of its first authors, and of the newest papers of each. */
  authors: 12,
  authorPapers: 20,
  /** Number of the rarest words of its title, and the maximum number of titles that have such a word. */
  words: 8,
  wordPapers: 300,
  /** Number of the most significant words of its abstract that its title lacks. */
  told: 24,
  /** Number of the rarest of all these, by which papers are found. */
  hits: 14,
  /** Number of pairs of neighbours among them, and the maximum number of titles that have a pair. */
  pairs: 4,
  pairTitles: 1_500,
  /** Maximum number of papers with a compound for it to count as a name that one of them coined. */
  coined: 2,
  /** Number of the newest citing papers, of its least cited references, and of papers reached through these. */
  citations: 30,
  /** Number of candidates compared in full, and of the best of them, whose words count more. */
  compared: 100,
  best: 10,
} as const

/**
 * Maximum total weight of the reasons of each kind: topics are shared by many papers, words and citations are not. `shared` is the additional
 * factor for a word that all the best candidates have.
 */
const WEIGHTS = { topic: 0.8, author: 0.4, text: 2, common: 1, cites: 0.4, shared: 4 } as const

export const LIMIT = Object.fromEntries(
  Object.entries(RELATED_LIMITS).map(([name, limit]) => [name, raw(String(limit))]),
) as Record<keyof typeof RELATED_LIMITS, Sql>
export const WEIGHT = Object.fromEntries(
  Object.entries(WEIGHTS).map(([name, weight]) => [name, raw(`${weight}::float8`)]),
) as Record<keyof typeof WEIGHTS, Sql>
