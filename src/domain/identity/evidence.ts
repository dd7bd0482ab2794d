import { fitNames } from './name-fit.ts'
import { expectedNamesakes, expectedOthers, rarityOfName } from './name-rarity.ts'
import type { BylineRank } from './pairs/byline-rank.ts'
import { type Common, commonOf, logOfGroup, type Rarities, sharedOf } from './pairs/signals.ts'
import { isPinyin, type PersonName } from './person-name.ts'
import { rarityInAffiliations, rarityInTitles, rarityOfTopic } from './words.ts'

/** What a place in a byline says about the person. */
export interface Place {
  paperId: number
  name: PersonName
  /** Other names of the byline, as `nameKey` has them. */
  coAuthors: Set<string>
  affiliation: ReadonlySet<string>
  titleWords: Set<string>
  topics: Set<string>
  /** Accounts that have the paper's official code, as `tellingOwners` has them. */
  owners: Set<string>
  year: number | null
  venue: string | null
  /** Null where the place in the byline says nothing. */
  rank: BylineRank | null
}

/**
 * Weights of a logistic model: their sum is the logarithm of the odds that two places are one person's. Fitted by `npm run
 * bench:authors -- --fit` on half of the family names of eight conference lists whose authors are known, as printed and with
 * a third of the first names as initials; the other half measures them.
 */
export const WEIGHTS = {
  /** Odds of two places with equal names, where one person of the name is expected. */
  base: 0.75,
  /** For each factor of e by which more people of the name are expected. */
  namesakes: -0.99,
  /** Co-authors in common, by how rare the rarest of their names is, 0 to 1: of two Wei Zhang, each may have written with another Wei Wang; */
  coAuthor: 1.57,
  /** by the people expected, as co-authors tell more of common names; */
  coAuthorOfCommon: 0.37,
  /** for each of at most three more; */
  moreCoAuthors: 0.18,
  /**
   * by the logarithm of the co-authors of one times those of the other, from 16, and the rarity: groups that write together. Long bylines share a
   * common name by chance, and those of a company any (`logOfGroup`).
   */
  coAuthorOfMany: 0.55,
  /** Share of the shorter affiliation's names that both have, by how rare the rarest is: many are at Microsoft. */
  affiliation: 1.9,
  /** Affiliations that have less than a fifth of the names in common. People move, so it is weak. */
  otherAffiliation: -1.23,
  /** For each of at most three words of the titles; words that many titles have count less. */
  titleWord: 0.2,
  /** For each of at most three keywords, in the same way. */
  topic: 0.62,
  /**
   * The official code of both is of one account, which is mostly one group's. Not fitted: of 84 pairs on the lists with code, 5 of the 76 of
   * one person share an account, and none of the 8 of two; it weighs what a rare affiliation does.
   */
  repositoryOwner: 1.7,
  /** For every five years between the papers, at most 15. Not fitted, as the known papers are of four years. */
  yearsApart: -0.25,
  /** Both appeared at one venue, in any year. */
  venue: 1.13,
  /**
   * First in one byline and last in the other, for papers of one year; nothing from eight years on, as students become professors. Not
   * fitted: it is -3.0 on the lists of the bench and -1.9 with six more, and not all bylines are in the order of who did the work. With -1.9 the fitted
   * half has no more recall, and 0.03% more people lumped.
   */
  firstAndLast: -2.5,
  /** Neither a co-author, nor an account, nor half of the affiliation, nor two words or topics in common; */
  nothingShared: -0.87,
  /** of two names in pinyin, whose spelling is that of many names in characters. */
  nothingSharedInPinyin: -1.48,
  /**
   * One name lacks the other's middle name. Not fitted, as people of the lists are printed in one way: whatever it is from -0.7 on, the figures are
   * the same, but for the names that ACL pages give one person.
   */
  middle: -0.2,
  /** One name has a short form of the other's first name. Not fitted either. */
  short: -1,
  /**
   * One name has an initial for the first name. Not fitted, which gave -0.98: these always need something in common besides, and fit nobody else as
   * well, and half of the pairs were missed;
   */
  initial: 0,
  /** by the people expected; */
  initialOfCommon: -0.21,
  /** with a co-author in common; */
  initialCoAuthor: 1.75,
  /** and with the affiliation, by the share of its names. */
  initialAffiliation: 1.91,
  /** and with a rare family name, by the logarithm of the others of that initial that are expected, where these are fewer than one. */
  initialOfRare: -0.92,
  /** For each of at most three words and keywords, on top: with an initial they tell more. */
  initialTopic: 0.33,
}

export type EvidenceKind = keyof typeof WEIGHTS

/** Share of the affiliation's names that is the same affiliation, and one that is another. */
const SAME_AFFILIATION = 0.5
const OTHER_AFFILIATION = 0.2

export const RARITIES: Rarities = {
  coAuthors: rarityOfName,
  affiliation: rarityInAffiliations,
  titleWords: rarityInTitles,
  topics: rarityOfTopic,
  owners: () => 1,
}

/** What each kind of evidence measures between two places, before it is weighed. Null where their names cannot be one person's. */
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

/** Years in which somebody who was first is last. */
const YEARS_TO_LEAD = 8

function firstAndLast(a: Place, b: Place): number {
  if (a.rank === null || b.rank === null || a.rank === b.rank) return 0
  const years = a.year === null || b.year === null ? 0 : Math.abs(a.year - b.year)
  return Math.max(0, 1 - years / YEARS_TO_LEAD)
}

/** What the rarity of the names is of the evidence between two places. */
export function weightOfRarity(a: Place, b: Place, givenNames: number, isShared: boolean): number {
  const weight = WEIGHTS.namesakes + (isShared ? WEIGHTS.coAuthorOfCommon : 0)
  return weight * logNamesakes(a, b, givenNames)
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

/** The same, added up. Each by its name, in half the time of a loop: it is asked of all pairs of a name. */
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

/** Share of the shorter affiliation that the other has, too, rare words counting more; null where one is unknown. */
function affiliationOf(a: Place, b: Place, common: Common): number | null {
  if (a.affiliation.size === 0 || b.affiliation.size === 0) return null
  return common.affiliation.total / Math.min(weightOf(a.affiliation), weightOf(b.affiliation))
}

/** Whether the names in two affiliations speak for one person: not a small part of either. */
export function agreeInPlace(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  if (one.size === 0 || other.size === 0) return false
  const { total } = sharedOf(one, other, rarityInAffiliations)
  return total / Math.min(weightOf(one), weightOf(other)) >= OTHER_AFFILIATION
}

/** Many places have one affiliation. */
const weights = new WeakMap<ReadonlySet<string>, number>()

function weightOf(words: ReadonlySet<string>): number {
  const known = weights.get(words)
  if (known !== undefined) return known
  let total = 0
  for (const word of words) total += rarityInAffiliations(word)
  weights.set(words, total)
  return total
}
