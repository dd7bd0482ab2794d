import { isCommonGiven } from './counts/common-names.ts'
import type { Place } from './evidence.ts'
import { isFamilyInPart, type NameFit, wholeFamily } from './name-fit.ts'
import { isCommon, isInitialOfCommonFamily, isOfCommonFamily } from './name-rarity.ts'
import { isShort } from './pairs/short-names.ts'
import { areLong, type Common, type Shared, shareWords, signalsOf } from './pairs/signals.ts'
import { isInitial, isJoinedPinyin, isPinyin, type PersonName } from './person-name.ts'
import { isOfVietnam } from './spelling/family-first.ts'

interface Supported extends Place {
  isSplitOff: boolean
}

interface NamesOfPlaces {
  /** The index of the name of each place among the different names. */
  nameOf: readonly number[]
  fitOf: (a: number, b: number) => NameFit | null
  /** The expected number of people with the name of a place. */
  expectedOf: (place: number) => number
}

/**
 * Thresholds of the expected people of a name. Below `RARE`, anything in common is enough, also the venue or a word; up to `FEW`, one stronger
 * thing; otherwise two independent ones, because two people called Yang Yang may share a co-author. A spelling in pinyin stands for several names in
 * characters, so that from `SELDOM_IN_PINYIN` one co-author is not enough if the papers have nothing else in common: Jia Zhou and Long Yang in two
 * fields may be four people. A name alone joins nobody. If an operator split an author, the name is not rare.
 */
const RARE = 1
const [RARE_IN_PINYIN, SELDOM_IN_PINYIN] = [0.01, 0.08]
const FEW = 4
const FEW_OF_INITIAL = 20

/** Properties of a name that decide how much its bearer must have in common with another. */
export interface Bearer {
  /** The expected number of people with the name. */
  people: number
  isInitial: boolean
  isPinyin: boolean
  /** Whether all words of the name are common. */
  isCommon: boolean
  /** Whether many people of some country have the family name, and the name is not a rare one in pinyin. */
  isOfCommonFamily: boolean
  /** Whether `isOfCommonFamily` holds and one given name alone distinguishes the bearer from others of the family. */
  isOfOneGiven: boolean
  /** Whether `isOfCommonFamily` holds and the given name is common too, also as a short form. False in pinyin, where it may be one syllable of a name. */
  isOfKnownWords: boolean
  /** The result of `wholeFamily`. */
  family: string
}

/** Whether all words of a name are common. Vietnamese given names have two or three words, all common: Van Hung Pham, Thanh Son Le. */
const hasCommonName = (name: PersonName) =>
  isOfVietnam(name.family, name.given)
    ? isOfCommonFamily(name)
    : name.given.length === 1 && isCommon(name)

/** The bearers of the names of all places in a block. */
export function bearersOf(
  places: readonly Supported[],
  { expectedOf, nameOf, fitOf }: NamesOfPlaces,
): Bearer[] {
  const splitOff = places.flatMap((place, i) => (place.isSplitOff ? (nameOf[i] ?? 0) : []))
  return places.map((place, i) => {
    const isKnownOfMore = splitOff.some((name) => fitOf(nameOf[i] ?? 0, name) !== null)
    const isOfMany =
      isOfCommonFamily(place.name) &&
      (!isJoinedPinyin(place.name) || expectedOf(i) >= SELDOM_IN_PINYIN)
    const first = place.name.given[0] ?? ''
    return {
      people: isKnownOfMore ? Math.max(RARE, expectedOf(i)) : expectedOf(i),
      isInitial: isInitial(first),
      isPinyin: isPinyin(place.name),
      isCommon: hasCommonName(place.name),
      isOfCommonFamily: isOfMany,
      isOfOneGiven: isOfMany && place.name.given.length === 1 && place.name.parts === undefined,
      isOfKnownWords: isOfMany && !isPinyin(place.name) && (isCommonGiven(first) || isShort(first)),
      family: wholeFamily(place.name),
    }
  })
}

/** Whether two places have enough in common for their evidence to join them. */
export function isSupported(
  [one, other]: readonly [Place, Place],
  common: Common,
  bearers: readonly [Bearer, Bearer],
): boolean {
  const isOfOneFamilyName =
    (one.name.second === undefined) === (other.name.second === undefined) &&
    !isFamilyInPart(bearers[0].family, bearers[1].family)
  const wanted = isOfOneFamilyName ? signalsWanted(...bearers) : 2
  const isOfVenue = one.venue !== null && one.venue === other.venue
  const words = wordsOf(common, 'total')
  const isHinted =
    isOfVenue || (words + common.affiliation.total >= LEAST_WORDS && !isOneWord(common, bearers))
  const areManyOfSubject = areOfManyInPinyin(...bearers) || areInitialsOfMany(...bearers)
  const signals = signalsOf(one, other, common) - Number(areManyOfSubject && shareWords(common))
  if (signals === 1 && !isHinted && isByChance(common.coAuthors, bearers, areLong(one, other)))
    return false
  if (signals === common.coAuthors.count && !isHinted && areByInitials([one, other], bearers))
    return false
  const found = signals + (isHinted ? HINT : 0)
  if (found >= wanted) return true
  if (wanted < 2) return isOfVenue && words >= TELLING_WORDS && !areManyOfSubject
  // The venue replaces words in common. Not for names in pinyin, many of which appear at each venue.
  return (
    areCommon(...bearers) && isOfVenue && wordsOf(common, 'count') < 2 && found + HINT >= wanted
  )
}

/**
 * Whether a single co-author in common may be chance: if the co-author's name and their own are frequent, or if the bylines are long and their
 * names are in pinyin and may belong to others. The head of a laboratory or a company may have students and colleagues with the same name.
 */
function isByChance(
  { count, rarest }: Shared,
  bearers: readonly [Bearer, Bearer],
  isOfLong: boolean,
): boolean {
  if (count !== 1) return false
  if (rarest < 1 && bearers.every(({ isOfCommonFamily }) => isOfCommonFamily)) return true
  const areOfMany = bearers.every((one) => one.isPinyin && one.people >= SELDOM_IN_PINYIN)
  return isOfLong && areOfMany
}

/** Maximum number of co-authors with an initial and a common family name that two papers of different people share by chance. */
const MOST_INITIALS = 3

/** Whether both have common family names, one has an initial, and all co-authors in common are few and have an initial and a common family name. */
function areByInitials(
  [one, other]: readonly [Place, Place],
  bearers: readonly [Bearer, Bearer],
): boolean {
  if (!bearers.some(({ isInitial }) => isInitial)) return false
  if (!bearers.every(({ isOfCommonFamily }) => isOfCommonFamily)) return false
  const shared = [...one.coAuthors].filter((name) => other.coAuthors.has(name))
  return shared.length <= MOST_INITIALS && shared.every(isInitialOfCommonFamily)
}

/**
 * Whether they share only one word of titles, subjects and affiliations, and others of the family may have the given name, which was counted by
 * chance or not at all: one Meera Nair writes about the fatigue of bridges, another about that of nurses. A hyphenated given name is rarer.
 */
const isOneWord = (common: Common, bearers: readonly [Bearer, Bearer]) =>
  wordsOf(common, 'count') + common.affiliation.count === 1 &&
  bearers.every(({ isOfOneGiven }) => isOfOneGiven)

/** Value of a venue or a word in common; a stronger thing counts 1. */
const HINT = 0.5

/** Total rarity of the words in common, each from 0 to 1, from which they are not chance, and from which they are enough together with the venue. */
const [LEAST_WORDS, TELLING_WORDS] = [0.3, 0.7]

const wordsOf = ({ titleWords, topics }: Common, measure: 'count' | 'total') =>
  titleWords[measure] + topics[measure]

const areCommon = (one: Bearer, other: Bearer) => one.isCommon && other.isCommon

/** Names in pinyin of which another person is expected: many people with such a name write on one subject, also at one venue. */
const areOfManyInPinyin = (one: Bearer, other: Bearer) =>
  [one, other].every(({ isPinyin: isSpelling, people }) => isSpelling && people >= RARE)

/** Initials with common family names: many people called A. Williams write on one subject, also at one venue. */
const areInitialsOfMany = (one: Bearer, other: Bearer) =>
  (one.isInitial || other.isInitial) && one.isOfCommonFamily && other.isOfCommonFamily

/** How many independent things two places must have in common. */
function signalsWanted(one: Bearer, other: Bearer): number {
  if (areCommon(one, other)) return 2
  const people = Math.max(one.people, other.people)
  if (one.isInitial || other.isInitial) return people <= FEW_OF_INITIAL ? 1 : 2
  if (people > FEW) return 2
  if (one.isOfKnownWords && other.isOfKnownWords) return 1
  return people < (one.isPinyin && other.isPinyin ? RARE_IN_PINYIN : RARE) ? HINT : 1
}
