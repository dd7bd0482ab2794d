import { expectedNamesakes, fitNames, isPinyin, type PersonName } from './person-name.ts'

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
 * bench:authors -- --fit` on half of the family names of eight conference lists whose authors are known, as printed and with
 * a third of the first names as initials; the other half measures them.
 */
export const WEIGHTS = {
  /** Odds of two places with equal names, where one person of the name is expected. */
  base: 0.43,
  /** For each factor of e by which more people of the name are expected. */
  namesakes: -1.11,
  /** Any co-author in common; */
  coAuthor: 1.56,
  /** by the people expected, as co-authors tell more of common names; */
  coAuthorOfCommon: 0.46,
  /** for each of at most three more; */
  moreCoAuthors: 0.35,
  /** by the logarithm of the co-authors of one times those of the other, from 16: groups that write together. */
  coAuthorOfMany: 0.47,
  /** Share of the shorter affiliation's words that both have. */
  affiliation: 1.31,
  /** Affiliations that have less than a fifth of the words in common. People move, so it is weak. */
  otherAffiliation: -1.25,
  /** For each of at most three words of the titles. */
  titleWord: 0.41,
  /** For each of at most three topics. */
  topic: 0.55,
  /** For every five years between the papers, at most 15. Not fitted, as the known papers are of four years. */
  yearsApart: -0.25,
  venue: 1.12,
  /** Neither a co-author, nor half of the affiliation, nor two words or topics in common; */
  nothingShared: -0.5,
  /** of two names in pinyin, whose spelling is that of many names in characters. */
  nothingSharedInPinyin: -1.35,
  /** One name lacks the other's middle name. Not fitted, as people of the lists are printed in one way. */
  middle: -0.7,
  /** One name has a short form of the other's first name. Not fitted either. */
  short: -1,
  /** One name has an initial for the first name; */
  initial: -0.53,
  /** by the people expected; */
  initialOfCommon: -0.24,
  /** with a co-author in common; */
  initialCoAuthor: 1.49,
  /** and with the affiliation, by the share of its words. */
  initialAffiliation: 2.03,
}

export type EvidenceKind = keyof typeof WEIGHTS

/** Co-authors of one times those of the other, from which a shared one is one of a group. */
const FEW_PAIRS = 16
/** Share of the affiliation's words that is the same affiliation, and one that is another. */
const SAME_AFFILIATION = 0.5
const OTHER_AFFILIATION = 0.2

/** What each kind of evidence measures between two places, before it is weighed. Null where their names cannot be one person's. */
export function measure(
  a: Place,
  b: Place,
  givenNames: number,
  fit = fitNames(a.name, b.name),
): Record<EvidenceKind, number> | null {
  if (!fit || a.paperId === b.paperId) return null
  const namesakes = logNamesakes(a, b, givenNames)
  const coAuthors = common(a.coAuthors, b.coAuthors)
  const isShared = Number(coAuthors > 0)
  const affiliation = overlap(a.affiliation, b.affiliation)
  const words = common(a.titleWords, b.titleWords)
  const topics = common(a.topics, b.topics)
  const nothing =
    coAuthors === 0 && (affiliation ?? 0) < SAME_AFFILIATION && Math.min(3, words) + topics < 2
  const isInitial = Number(fit === 'initial')
  return {
    base: 1,
    namesakes,
    coAuthor: isShared,
    coAuthorOfCommon: isShared * namesakes,
    moreCoAuthors: Math.min(3, Math.max(0, coAuthors - 1)),
    coAuthorOfMany:
      isShared * Math.log(Math.max(1, (a.coAuthors.size * b.coAuthors.size) / FEW_PAIRS)),
    affiliation: affiliation ?? 0,
    otherAffiliation: Number(affiliation !== null && affiliation < OTHER_AFFILIATION),
    titleWord: Math.min(3, words),
    topic: Math.min(3, topics),
    yearsApart:
      a.year === null || b.year === null ? 0 : Math.min(15, Math.abs(a.year - b.year)) / 5,
    venue: Number(a.venue !== null && a.venue === b.venue),
    nothingShared: Number(nothing),
    nothingSharedInPinyin: Number(nothing && isPinyin(a.name) && isPinyin(b.name)),
    middle: Number(fit === 'middle'),
    short: Number(fit === 'short'),
    initial: isInitial,
    initialOfCommon: isInitial * namesakes,
    initialCoAuthor: isInitial * isShared,
    initialAffiliation: isInitial * (affiliation ?? 0),
  }
}

/** Fewest people whose logarithm still tells names apart. */
const LEAST_LOG = -4

/** Of the name that says less: it may be that of somebody else. */
function logNamesakes(a: Place, b: Place, givenNames: number): number {
  return Math.max(logExpected(a.name, givenNames), logExpected(b.name, givenNames))
}

/** The last answer for each name: all places of a block are asked with the same number. */
const expected = new WeakMap<PersonName, { givenNames: number; log: number }>()

function logExpected(name: PersonName, givenNames: number): number {
  const known = expected.get(name)
  if (known?.givenNames === givenNames) return known.log
  const log = Math.max(LEAST_LOG, Math.log(expectedNamesakes(name, givenNames)))
  expected.set(name, { givenNames, log })
  return log
}

/** The logarithm of the odds that two places are one person's, in parts. */
export function weighed(measured: Record<EvidenceKind, number>): Record<EvidenceKind, number> {
  const parts = { ...measured }
  for (const kind of EVIDENCE_KINDS) parts[kind] *= WEIGHTS[kind]
  return parts
}

/** The same, added up. */
export function totalWeight(measured: Record<EvidenceKind, number>): number {
  let total = 0
  for (const kind of EVIDENCE_KINDS) total += measured[kind] * WEIGHTS[kind]
  return total
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
