import { raw, type Sql } from '../../../db/sql.ts'

/** Limits of what is read for one paper, independent of the size of the catalogue. */
export const RELATED_LIMITS = {
  /** Its rarest topics, and the newest papers of each. */
  topics: 5,
  topicPapers: 60,
  /** Its first authors, and the newest papers of each. */
  authors: 12,
  authorPapers: 20,
  /** The rarest words of its title, of those that so few titles have. */
  words: 8,
  wordPapers: 300,
  /** The words of its abstract that say most and that its title lacks. */
  told: 24,
  /** The rarest of all these, by which papers are found. */
  hits: 14,
  /** Pairs of neighbours among them, and most titles that may have a pair. */
  pairs: 4,
  pairTitles: 1_500,
  /** Most papers with a compound that is taken for a name that one of them coined. */
  coined: 2,
  /** The newest that cite it, its least cited references, and what those lead to. */
  citations: 30,
  /** Candidates that are compared in full, and the best of them, whose words count more. */
  compared: 100,
  best: 10,
} as const

/**
 * How much reasons of a kind may add together: a topic is shared by many, words and citations are not. `shared` is by how much more a word
 * counts that all the best candidates have.
 */
const WEIGHTS = { topic: 0.8, author: 0.4, text: 2, common: 1, cites: 0.4, shared: 4 } as const

export const LIMIT = Object.fromEntries(
  Object.entries(RELATED_LIMITS).map(([name, limit]) => [name, raw(String(limit))]),
) as Record<keyof typeof RELATED_LIMITS, Sql>
export const WEIGHT = Object.fromEntries(
  Object.entries(WEIGHTS).map(([name, weight]) => [name, raw(`${weight}::float8`)]),
) as Record<keyof typeof WEIGHTS, Sql>
