/**
 * Constants of the search score, in points, shared by the functions of the database, the statements and the descriptions.
 * src/domain/search/score.md says how to change one.
 */

/** Points for each factor of e in 1 + citations: ten citations are worth 0.7 points, a thousand 2.1. */
export const CITATION_POINTS = 0.3
/** Points for each year since `FRESHNESS_EPOCH`. */
export const FRESHNESS_POINTS = 0.04
/** Maximum number of years that count. */
export const FRESHNESS_YEARS = 60
/** A fixed day, so that scores change neither from page to page nor overnight. */
export const FRESHNESS_EPOCH = '1990-01-01'

/** Points of a paper whose title has every term of the query once and whose abstract has none. */
export const TEXT = 10
/** Weight of an occurrence in the abstract; one in the title has 1. */
export const ABSTRACT = 0.5
/** Weight of an occurrence in the keywords. */
export const KEYWORD = 0.3
/** Maximum weight of one term; an occurrence in the title has 1. The fifth occurrence says little more than the fourth. */
export const MOST_OF_TERM = 1.3
/** Part of the weight of a pair of terms that is added if they are neighbours in the title; half of it if they are neighbours only in other text. */
export const PAIR = 0.5
/**
 * Part of TEXT that is added to a paper with all terms if some are names of authors. It is about the maximum that other papers reach with
 * the terms they have, so that an author's papers on a subject come first. It is lower if the name is only a word of the text, because many
 * words are also names.
 */
export const COMPLETE = { byAuthors: 2, inText: 1.5 } as const
/**
 * Points of a title that has all terms of the query and no other words; else times matched² ÷ (words of the query × words of the title).
 */
export const FOCUS = 4

/** Maximum number of terms with which citations and freshness count in full; with more, they would outweigh a term. */
export const FULL_QUALITY_TERMS = 4
/** Number of terms from which a query is a sentence, and the weight of an occurrence in the abstract then. */
export const SENTENCE_TERMS = 7
export const ABSTRACT_OF_SENTENCE = 0.8
/**
 * The points of a sentence are divided by the square root of the length of the text relative to `mean`, of which `part` counts. The length
 * is the number of different words, at least `least`; a shorter text lacks an abstract.
 */
export const LENGTH_OF_SENTENCE = { mean: 90, least: 50, part: 0.6 } as const
