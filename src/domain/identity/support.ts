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
  /** By place: which of the different names it has. */
  nameOf: readonly number[]
  fitOf: (a: number, b: number) => NameFit | null
  /** How many people to expect of the name of a place. */
  expectedOf: (place: number) => number
}

/**
 * People of a name that are expected: where fewer than `RARE` are, anything in common is enough, also the venue or a word; up to `FEW`, one
 * thing that says more; else two that have nothing to do with each other, as two people called Yang Yang share a co-author. Names in pinyin are
 * those of several in characters, so that from `SELDOM_IN_PINYIN` on one co-author is not enough where the papers have nothing else in common:
 * Jia Zhou and Long Yang of two fields may be four people. A name alone joins nobody. What an operator split off shows that the name is not rare.
 */
const RARE = 1
const [RARE_IN_PINYIN, SELDOM_IN_PINYIN] = [0.01, 0.08]
const FEW = 4
const FEW_OF_INITIAL = 20

/** What decides how much the bearer of a name has to have in common with another. */
export interface Bearer {
  /** People of the name that are expected. */
  people: number
  isInitial: boolean
  isPinyin: boolean
  /** Whether the name has nothing but words that many have. */
  isCommon: boolean
  /** Whether many people of some country have the family name, and the name is not a rare one in pinyin. */
  isOfCommonFamily: boolean
  /** Whether that is so and nothing but one given name tells the bearer from others of the family. */
  isOfOneGiven: boolean
  /** Whether that is so and the given name is one that many have, too, also in a short form; not in pinyin, where it is a syllable of a name. */
  isOfKnownWords: boolean
  /** As `wholeFamily` has it. */
  family: string
}

/** Whether all words are common, as those of names of Vietnam are, of which two or three make the given name: Van Hung Pham, Thanh Son Le. */
const hasCommonName = (name: PersonName) =>
  isOfVietnam(name.family, name.given)
    ? isOfCommonFamily(name)
    : name.given.length === 1 && isCommon(name)

/** Of all places of a block. */
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

/** Whether two places have enough in common that their evidence may make them one person's. */
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
  // The venue stands for the words that they do not share; not of names in pinyin, of which each venue has many.
  return (
    areCommon(...bearers) && isOfVenue && wordsOf(common, 'count') < 2 && found + HINT >= wanted
  )
}

/**
 * Whether all they share of their co-authors is one name that others have, too, as others have theirs; or one person, of long bylines and names in pinyin that
 * others may have: a head of a laboratory or a company has students and colleagues of one name.
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

/** Co-authors with an initial and a common family name, up to which two papers of different people share them by chance. */
const MOST_INITIALS = 3

/** Whether they are initials of common families and share nothing but few co-authors, all of them such initials, too. */
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
 * Whether all they share of titles, subjects and affiliations is one word, and others of the family may have the given name: it was counted by chance or not
 * at all, and a Meera Nair writes of the fatigue of bridges and another of that of nurses. A part with a hyphen makes a name rarer.
 */
const isOneWord = (common: Common, bearers: readonly [Bearer, Bearer]) =>
  wordsOf(common, 'count') + common.affiliation.count === 1 &&
  bearers.every(({ isOfOneGiven }) => isOfOneGiven)

/** What a venue or a word in common is of a thing that says more. */
const HINT = 0.5

/** Rarity of words in common, from 0 to 1 each, from which they are no chance, and from which they say enough together with the venue. */
const [LEAST_WORDS, TELLING_WORDS] = [0.3, 0.7]

const wordsOf = ({ titleWords, topics }: Common, measure: 'count' | 'total') =>
  titleWords[measure] + topics[measure]

const areCommon = (one: Bearer, other: Bearer) => one.isCommon && other.isCommon

/** Names in pinyin of which somebody else is expected: many who are called so write on one subject, also at one venue. */
const areOfManyInPinyin = (one: Bearer, other: Bearer) =>
  [one, other].every(({ isPinyin: isSpelling, people }) => isSpelling && people >= RARE)

/** Initials of common families: many A. Williams write on one subject, also at one venue. */
const areInitialsOfMany = (one: Bearer, other: Bearer) =>
  (one.isInitial || other.isInitial) && one.isOfCommonFamily && other.isOfCommonFamily

/** How many things that have nothing to do with each other two places must have in common. */
function signalsWanted(one: Bearer, other: Bearer): number {
  if (areCommon(one, other)) return 2
  const people = Math.max(one.people, other.people)
  if (one.isInitial || other.isInitial) return people <= FEW_OF_INITIAL ? 1 : 2
  if (people > FEW) return 2
  if (one.isOfKnownWords && other.isOfKnownWords) return 1
  return people < (one.isPinyin && other.isPinyin ? RARE_IN_PINYIN : RARE) ? HINT : 1
}
