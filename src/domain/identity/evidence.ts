import { expectedNamesakes, fitNames, type PersonName } from './person-name.ts'

/** What a place in a byline says about the person. */
export interface Place {
  paperId: number
  name: PersonName
  /** Other names of the byline, as `nameKey` has them. */
  coAuthors: Set<string>
  affiliation: Set<string>
  titleWords: Set<string>
  topics: Set<string>
  year: number | null
  venue: string | null
}

/**
 * Weights of a logistic model: their sum is the logarithm of the odds that two places are one person's. Fitted by `npm run
 * bench:authors -- --fit` on half of the family names of eight conference lists whose authors are known; the other half
 * measures them.
 */
export const WEIGHTS = {
  /** Odds of two places with equal names and nothing else in common, where one person of the name is expected. */
  base: -1.2,
  /** For each factor of e by which more people of the name are expected. */
  namesakes: -1.17,
  /** Any co-author in common; */
  coAuthor: 3.9,
  /** by the people expected, as co-authors tell more of common names. */
  coAuthorOfCommon: 0.8,
  /** Share of the shorter affiliation's words that both have. */
  affiliation: 2.98,
  /** Affiliations that have less than a fifth of the words in common. People move, so it is weak. */
  otherAffiliation: -1.19,
  /** For each of at most three words of the titles. */
  titleWord: 0.64,
  /** For each of at most three topics. */
  topic: 0.17,
  /** For every five years between the papers, at most 15. */
  yearsApart: -0.25,
  venue: 0.81,
  /** One name lacks the other's middle name. Not fitted, as people of the lists are printed in one way. */
  middle: -0.7,
  /** One name has an initial for the first name. Not fitted. */
  initial: -1.5,
}

export type EvidenceKind = keyof typeof WEIGHTS

/** What each kind of evidence measures between two places, before it is weighed. Null where their names cannot be one person's. */
export function measure(
  a: Place,
  b: Place,
  givenNames: number,
): Record<EvidenceKind, number> | null {
  const fit = fitNames(a.name, b.name)
  if (!fit || a.paperId === b.paperId) return null
  const namesakes = logNamesakes(a, b, givenNames)
  const isShared = Number(common(a.coAuthors, b.coAuthors) > 0)
  const affiliation = overlap(a.affiliation, b.affiliation)
  return {
    base: 1,
    namesakes,
    coAuthor: isShared,
    coAuthorOfCommon: isShared * namesakes,
    affiliation: affiliation ?? 0,
    otherAffiliation: Number(affiliation !== null && affiliation < 0.2),
    titleWord: Math.min(3, common(a.titleWords, b.titleWords)),
    topic: Math.min(3, common(a.topics, b.topics)),
    yearsApart:
      a.year === null || b.year === null ? 0 : Math.min(15, Math.abs(a.year - b.year)) / 5,
    venue: Number(a.venue !== null && a.venue === b.venue),
    middle: Number(fit === 'middle'),
    initial: Number(fit === 'initial'),
  }
}

/** Fewest people whose logarithm still tells names apart. */
const LEAST_LOG = -4

/** Of the name that says less: it may be that of somebody else. */
function logNamesakes(a: Place, b: Place, givenNames: number): number {
  const of = ({ name }: Place) => Math.max(LEAST_LOG, Math.log(expectedNamesakes(name, givenNames)))
  return Math.max(of(a), of(b))
}

/** The logarithm of the odds that two places are one person's, in parts. */
export function weighed(measured: Record<EvidenceKind, number>): Record<EvidenceKind, number> {
  const parts = { ...measured }
  for (const kind of EVIDENCE_KINDS) parts[kind] *= WEIGHTS[kind]
  return parts
}

const EVIDENCE_KINDS = Object.keys(WEIGHTS) as EvidenceKind[]

function common(a: Set<string>, b: Set<string>): number {
  let count = 0
  for (const word of a) if (b.has(word)) count++
  return count
}

/** Share of the smaller set that the other has, too; null where one is empty. */
function overlap(a: Set<string>, b: Set<string>): number | null {
  const size = Math.min(a.size, b.size)
  return size === 0 ? null : common(a, b) / size
}
