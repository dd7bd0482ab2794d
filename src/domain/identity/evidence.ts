import { fitNames } from './name-fit.ts'
import { expectedNamesakes, expectedOthers, rarityOfName } from './name-rarity.ts'
import type { BylineRank } from './pairs/byline-rank.ts'
import { type Common, commonOf, logOfGroup, type Rarities, sharedOf } from './pairs/signals.ts'
import { isPinyin, type PersonName } from './person-name.ts'
import { rarityInAffiliations, rarityInTitles, rarityOfTopic } from './words.ts'

/** What one position in a byline says about the person. */
export interface Place {
  paperId: number
  name: PersonName
  /** The `nameKey` of the other names in the byline. */
  coAuthors: Set<string>
  affiliation: ReadonlySet<string>
  titleWords: Set<string>
  topics: Set<string>
  /** Accounts that have the paper's official code, selected by `identifyingOwners`. */
  owners: Set<string>
  year: number | null
  venue: string | null
  /** Null if the position in the byline says nothing about the role. */
  rank: BylineRank | null
}

/**
 * Weights of a logistic model: the weighted sum is the logarithm of the odds that two places are one person. Fitted by `npm run
 * bench:authors -- --fit` on half of the family names of eight conference lists whose authors are known, as printed and with
 * a third of the first names as initials. The other half measures the result.
 */
export const WEIGHTS = {
  /** Logarithm of the odds for two places with equal names, if one person of the name is expected. */
  base: 0.75,
  /** For each factor of e by which more people of the name are expected. */
  namesakes: -0.99,
  /** A co-author in common, by the rarity of the rarest name, 0 to 1: two people called Wei Zhang may each have written with a different Wei Wang. */
  coAuthor: 1.57,
  /** A co-author in common, by the number of people expected: co-authors distinguish people with a common name better. */
  coAuthorOfCommon: 0.37,
  /** For each further co-author in common, at most three. */
  moreCoAuthors: 0.18,
  /**
   * A co-author in common on long bylines, by the rarity and `logOfGroup`: the logarithm of the product of both numbers of co-authors, from 16.
   * Groups write together, but long bylines share a common name by chance, and those of a company share any name.
   */
  coAuthorOfMany: 0.55,
  /** Share of the shorter affiliation's names that both have, by the rarity of the rarest: many people are at Microsoft. */
  affiliation: 1.9,
  /** Affiliations that have less than a fifth of the names in common. Weak, because people move. */
  otherAffiliation: -1.23,
  /** For each title word in common, at most three; words that many titles have count less. */
  titleWord: 0.2,
  /** For each keyword in common, at most three; frequent ones count less. */
  topic: 0.62,
  /**
   * One account has the official code of both papers; most accounts belong to one group. Not fitted: of 84 pairs on the lists with code, 5 of the 76 of
   * one person share an account, and none of the 8 of two people. The weight is about that of a rare affiliation.
   */
  repositoryOwner: 1.7,
  /** For every five years between the papers, at most 15 years. Not fitted, because the known papers span four years. */
  yearsApart: -0.25,
  /** Both appeared at one venue, in any year. */
  venue: 1.13,
  /**
   * First in one byline and last in the other. Full weight for papers of one year, falling to none at eight years, because students become professors.
   * Not fitted: the fit gives -3.0 on the lists of the bench and -1.9 with six more, and not all bylines are ordered by contribution. With -1.9 the
   * fitted half has no more recall, and 0.03% more people are lumped.
   */
  firstAndLast: -2.5,
  /** Not in common: any co-author or account, half of the affiliation, or two words or topics. */
  nothingShared: -0.87,
  /** The same for two names in pinyin, of which one spelling stands for many names in characters. */
  nothingSharedInPinyin: -1.48,
  /**
   * One name lacks the other's middle name. Not fitted, because the lists print each person in one way: for any weight from -0.7 up, the figures are
   * the same, except for the names that ACL pages give one person.
   */
  middle: -0.2,
  /** One name has a short form of the other's first name. Not fitted either. */
  short: -1,
  /**
   * One name has an initial for the first name. Not the fitted -0.98, with which half of the pairs were missed: such names always need something
   * else in common, and must not fit anybody else as well.
   */
  initial: 0,
  /** An initial, by the number of people expected. */
  initialOfCommon: -0.21,
  /** An initial with a co-author in common. */
  initialCoAuthor: 1.75,
  /** An initial with an affiliation in common, by the share of its names. */
  initialAffiliation: 1.91,
  /** An initial with a rare family name: by the logarithm of the number of others expected with that initial, if fewer than one. */
  initialOfRare: -0.92,
  /** An initial, for each word or keyword in common, at most three, in addition to `titleWord` and `topic`. */
  initialTopic: 0.33,
}

export type EvidenceKind = keyof typeof WEIGHTS

/** Share of an affiliation's names from which two affiliations count as the same, and below which they count as different. */
const SAME_AFFILIATION = 0.5
const OTHER_AFFILIATION = 0.2

export const RARITIES: Rarities = {
  coAuthors: rarityOfName,
  affiliation: rarityInAffiliations,
  titleWords: rarityInTitles,
  topics: rarityOfTopic,
  owners: () => 1,
}

/** The measure of each kind of evidence between two places, unweighted. Null if the names cannot be one person's, or both are on one paper. */
export function measure(
  a: Place,
  b: Place,
  givenNames: number,
  fit = fitNames(a.name, b.name),
  common = commonOf(a, b, RARITIES),
): Record<EvidenceKind, number> | null {
  if (!fit || a.paperId === b.paperId) return null
  const namesakes = logNamesakes(a, b, givenNames)
  const { coAuthors, titleWords: words, topics, owners } = common
  const isShared = Number(coAuthors.count > 0)
  const affiliation = affiliationOf(a, b, common)
  const nothing =
    coAuthors.count === 0 &&
    owners.count === 0 &&
    (affiliation ?? 0) < SAME_AFFILIATION &&
    Math.min(3, words.count) + topics.count < 2
  const isInitial = Number(fit === 'initial')
  return {
    base: 1,
    namesakes,
    coAuthor: coAuthors.rarest,
    coAuthorOfCommon: isShared * namesakes,
    moreCoAuthors: Math.min(3, Math.max(0, coAuthors.count - 1)),
    coAuthorOfMany: isShared && coAuthors.rarest * logOfGroup(a, b, coAuthors.count),
    affiliation: (affiliation ?? 0) * common.affiliation.rarest,
    otherAffiliation: Number(affiliation !== null && affiliation < OTHER_AFFILIATION),
    titleWord: Math.min(3, words.total),
    topic: Math.min(3, topics.total),
    repositoryOwner: Number(owners.count > 0),
    yearsApart:
      a.year === null || b.year === null ? 0 : Math.min(15, Math.abs(a.year - b.year)) / 5,
    venue: Number(a.venue !== null && a.venue === b.venue),
    firstAndLast: firstAndLast(a, b),
    nothingShared: Number(nothing),
    nothingSharedInPinyin: Number(nothing && isPinyin(a.name) && isPinyin(b.name)),
    middle: Number(fit === 'middle'),
    short: Number(fit === 'short'),
    initial: isInitial,
    initialOfCommon: isInitial * namesakes,
    initialCoAuthor: isInitial * isShared,
    initialAffiliation: isInitial * (affiliation ?? 0),
    initialOfRare: isInitial * Math.min(0, Math.log(expectedOthers(a.name, givenNames))),
    initialTopic: isInitial * Math.min(3, words.total + topics.total),
  }
}

/** Years after which a first author is expected to be a last author. */
const YEARS_TO_LEAD = 8

function firstAndLast(a: Place, b: Place): number {
  if (a.rank === null || b.rank === null || a.rank === b.rank) return 0
  const years = a.year === null || b.year === null ? 0 : Math.abs(a.year - b.year)
  return Math.max(0, 1 - years / YEARS_TO_LEAD)
}

/** The part of the evidence between two places that comes from the rarity of the names. */
export function weightOfRarity(a: Place, b: Place, givenNames: number, isShared: boolean): number {
  const weight = WEIGHTS.namesakes + (isShared ? WEIGHTS.coAuthorOfCommon : 0)
  return weight * logNamesakes(a, b, givenNames)
}

/** Logarithm of the expected people below which rarer names are treated alike. */
const LEAST_LOG = -4

/** For the more frequent of the two names, because it may be somebody else's. */
function logNamesakes(a: Place, b: Place, givenNames: number): number {
  return Math.max(logExpected(a.name, givenNames), logExpected(b.name, givenNames))
}

/** The last result for each name: all places of a block have the same `givenNames`. */
const expected = new WeakMap<PersonName, { givenNames: number; log: number }>()

function logExpected(name: PersonName, givenNames: number): number {
  const known = expected.get(name)
  if (known?.givenNames === givenNames) return known.log
  const log = Math.max(LEAST_LOG, Math.log(expectedNamesakes(name, givenNames)))
  expected.set(name, { givenNames, log })
  return log
}

/** The logarithm of the odds that two places are one person, by kind of evidence. */
export function weighed(measured: Record<EvidenceKind, number>): Record<EvidenceKind, number> {
  const parts = { ...measured }
  for (const kind of EVIDENCE_KINDS) parts[kind] *= WEIGHTS[kind]
  return parts
}

/** The sum of `weighed`. Written out, which takes half the time of a loop: it runs for all pairs of a name. */
export function totalWeight(measured: Record<EvidenceKind, number>): number {
  return (
    measured.base * WEIGHTS.base +
    measured.namesakes * WEIGHTS.namesakes +
    measured.coAuthor * WEIGHTS.coAuthor +
    measured.coAuthorOfCommon * WEIGHTS.coAuthorOfCommon +
    measured.moreCoAuthors * WEIGHTS.moreCoAuthors +
    measured.coAuthorOfMany * WEIGHTS.coAuthorOfMany +
    measured.affiliation * WEIGHTS.affiliation +
    measured.otherAffiliation * WEIGHTS.otherAffiliation +
    measured.titleWord * WEIGHTS.titleWord +
    measured.topic * WEIGHTS.topic +
    measured.repositoryOwner * WEIGHTS.repositoryOwner +
    measured.yearsApart * WEIGHTS.yearsApart +
    measured.venue * WEIGHTS.venue +
    measured.firstAndLast * WEIGHTS.firstAndLast +
    measured.nothingShared * WEIGHTS.nothingShared +
    measured.nothingSharedInPinyin * WEIGHTS.nothingSharedInPinyin +
    measured.middle * WEIGHTS.middle +
    measured.short * WEIGHTS.short +
    measured.initial * WEIGHTS.initial +
    measured.initialOfCommon * WEIGHTS.initialOfCommon +
    measured.initialCoAuthor * WEIGHTS.initialCoAuthor +
    measured.initialAffiliation * WEIGHTS.initialAffiliation +
    measured.initialOfRare * WEIGHTS.initialOfRare +
    measured.initialTopic * WEIGHTS.initialTopic
  )
}

const EVIDENCE_KINDS = Object.keys(WEIGHTS) as EvidenceKind[]

/** Share of the shorter affiliation that the other has too, rare words counting more; null if one is unknown. */
function affiliationOf(a: Place, b: Place, common: Common): number | null {
  if (a.affiliation.size === 0 || b.affiliation.size === 0) return null
  return common.affiliation.total / Math.min(weightOf(a.affiliation), weightOf(b.affiliation))
}

/** Whether two affiliations agree: they share at least a fifth of the shorter one. */
export function agreeInPlace(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  if (one.size === 0 || other.size === 0) return false
  const { total } = sharedOf(one, other, rarityInAffiliations)
  return total / Math.min(weightOf(one), weightOf(other)) >= OTHER_AFFILIATION
}

/** Cached, because many places have the same affiliation. */
const weights = new WeakMap<ReadonlySet<string>, number>()

function weightOf(words: ReadonlySet<string>): number {
  const known = weights.get(words)
  if (known !== undefined) return known
  let total = 0
  for (const word of words) total += rarityInAffiliations(word)
  weights.set(words, total)
  return total
}
