/**
 * Constants of the score of a search, in points: for the functions of the database, for statements, and for what describes them. How
 * to change one is in src/domain/search/score.md.
 */

/** Points for each factor of e in 1 + citations: ten citations are worth 0.7 points, a thousand 2.1. */
export const CITATION_POINTS = 0.3
/** Points for each year since `FRESHNESS_EPOCH`. */
export const FRESHNESS_POINTS = 0.04
/** Most years that count. */
export const FRESHNESS_YEARS = 60
/** From a fixed day, so that a score does not change from one page to the next, or overnight. */
export const FRESHNESS_EPOCH = '1990-01-01'

/** Points of a paper whose title has every term of the query once, and its abstract none. */
export const TEXT = 10
/** What an occurrence in the abstract counts, against one in the title. */
export const ABSTRACT = 0.5
/** What an occurrence in the keywords counts. */
export const KEYWORD = 0.3
/** Most that one term counts, against one occurrence in the title: the fifth occurrence says little more than the fourth. */
export const MOST_OF_TERM = 1.3
/** Of the weight of a pair of terms, what is added when they are neighbours in the title; half of it elsewhere. */
export const PAIR = 0.5
/**
 * Of TEXT, what is added to a paper that has all terms, where some are names of authors: about what others reach at most with the terms that
 * they have, so that an author's papers on a subject come first. Less where the name is a word of the text, as words are names too.
 */
export const COMPLETE = { byAuthors: 2, inText: 1.5 } as const
/** Points of a title that has all terms of the query and no other; by the square for each side that has more. */
export const FOCUS = 4

/** Most terms of a query for which citations and freshness count in full; with more, a term is worth less than they would be. */
export const FULL_QUALITY_TERMS = 4
/** Terms of a query from which on it is a sentence, and what an occurrence in the abstract counts then. */
export const SENTENCE_TERMS = 7
export const ABSTRACT_OF_SENTENCE = 0.8
/**
 * What a sentence finds counts less in a text of more different words than the mean, and more in a shorter one: by the square root of
 * the ratio, of which this part counts. Fewer words than the least are a text without an abstract.
 */
export const LENGTH_OF_SENTENCE = { mean: 90, least: 50, part: 0.6 } as const
