import { areCommonTogether, isCommonFamily } from './counts/common-names.ts'
import { countOfGiven, FAMILY_NAMES, GIVEN_NAMES, NAMES_COUNTED } from './counts/names.ts'
import {
  EAST_ASIAN,
  isInitial,
  isJoinedPinyin,
  isPinyin,
  type PersonName,
  parsePersonName,
} from './person-name.ts'

/** Counted given names by their first letter. */
const BY_LETTER = new Map<string, number>()
for (const [word, count] of GIVEN_NAMES)
  BY_LETTER.set(word[0] ?? '', (BY_LETTER.get(word[0] ?? '') ?? 0) + count)

/** Minimum count for a first letter, so that a given name missing from the table has at most 1/20 of its letter. */
const LEAST_LETTER = 20
/** Probability that two middle names have the same initial by chance. */
const MIDDLE_INITIAL = 0.1

/**
 * How many people with this name to expect in a catalogue that has `givenNames` different given names with the same
 * family name and initial. A small catalogue shows fewer names than exist, so that the fixed counts set the minimum.
 */
export function expectedNamesakes(name: PersonName, givenNames: number): number {
  const { family, second } = name
  const [first = '', ...middle] = second === undefined ? name.given : [...name.given, second]
  if (EAST_ASIAN.test(family))
    return [...first].length === 1 ? OF_ONE_CHARACTER : OF_MORE_CHARACTERS
  const ofLetter = Math.max(BY_LETTER.get(first[0] ?? '') ?? 0, LEAST_LETTER)
  const counted = (FAMILY_NAMES.get(family) ?? 0) * (ofLetter / NAMES_COUNTED)
  const ofFamily = Math.max(givenNames, COUNTED_FACTOR * counted, 1)
  const people = ofFamily * (isInitial(first) ? 1 : countOfGiven(first) / ofLetter)
  return middle.reduce(
    (share, word) =>
      share *
      (isInitial(word) ? MIDDLE_INITIAL : (GIVEN_NAMES.get(word) ?? 1) / (NAMES_COUNTED / 3)),
    hasCommonWords(name) ? Math.max(OF_COMMON_WORDS, people) : people,
  )
}

/** Minimum number of people expected of a name whose words are both common. A middle name makes it rarer. */
const OF_COMMON_WORDS = 1

/**
 * Whether family and given name are both common in one country or its neighbours. The counts come from one field and treat the two words as
 * independent, so that Rajesh Kumar would be expected in one of a hundred catalogues. For names in pinyin the counts suffice: most counted names are.
 */
export const isCommon = (name: PersonName): boolean =>
  name.second === undefined && hasCommonWords(name)

const hasCommonWords = (name: PersonName): boolean =>
  areCommonTogether(name.family, name.given[0] ?? '') && !isPinyin(name)

/** Whether many people of some country have the family name, including one of two words: de Jong. */
export const isOfCommonFamily = ({ family, given }: PersonName): boolean =>
  isCommonFamily(family) || isCommonFamily((given.at(-1) ?? '') + family)

/** Whether a `nameKey` is one initial and a family name that many people of some country have. */
export function isInitialOfCommonFamily(key: string): boolean {
  const name = parsePersonName(key)
  return name?.given.length === 1 && isInitial(name.given[0] ?? '') && isOfCommonFamily(name)
}

/** How many people are expected to have a name, in words. */
export function describeRarity(name: PersonName, printed: string, givenNames: number): string {
  const isOfMany = isOfCommonFamily(name)
  if (isCommon(name) || (isOfMany && isInitial(name.given[0] ?? '')))
    return `Many people have the name ${printed}`
  const people = Math.round(expectedNamesakes(name, givenNames))
  if (people < 1)
    return isOfMany ? `Few people named ${printed} are expected here` : `${printed} is a rare name`
  const count = people === 1 ? '1 person' : `${people} people`
  return `About ${count} named ${printed} ${people === 1 ? 'is' : 'are'} expected here`
}

/** People expected of a name in characters, which the table lacks. More than four, so that one thing in common is never enough. */
const [OF_ONE_CHARACTER, OF_MORE_CHARACTERS] = [20, 5]

/** People in the literature for each one counted. With 3, weights fitted on 17,900 papers also hold for small catalogues. */
const COUNTED_FACTOR = 3

/** The expected number of other people with the same family name and initial. */
export function expectedOthers({ family, given }: PersonName, givenNames: number): number {
  const letter = given[0]?.[0] ?? ''
  const ofLetter = Math.max(BY_LETTER.get(letter) ?? 0, LEAST_LETTER)
  const counted = Math.max(1, FAMILY_NAMES.get(family) ?? 0) * (ofLetter / NAMES_COUNTED)
  return Math.max(0, givenNames - 1) + COUNTED_FACTOR * counted
}

/** Expected people of a name at which a co-author of that name in common says nothing, and at which it says most. */
const [MANY_OF_NAME, FEW_OF_NAME] = [5, 0.05]
/** Maximum rarity of a name with a family name common in some country, whose given names are few and seldom counted. */
const MOST_OF_COMMON_FAMILY = 0.995
/** Limit of cached rarities: those of co-authors are needed again and again. */
const MOST_REMEMBERED = 50_000
const rarities = new Map<string, number>()

/** How much an author with this `nameKey` says if two papers share it: 0 for Wei Zhang, 1 for a name expected in one of 20 catalogues. */
export function rarityOfName(key: string): number {
  const known = rarities.get(key)
  if (known !== undefined) return known
  const name = parsePersonName(key)
  const people = name === null ? 1 : expectedNamesakes(name, 1)
  const share = Math.log(MANY_OF_NAME / people) / Math.log(MANY_OF_NAME / FEW_OF_NAME)
  const most =
    name !== null && isOfCommonFamily(name) && !isJoinedPinyin(name) ? MOST_OF_COMMON_FAMILY : 1
  const rarity = Math.min(most, Math.max(0, share))
  if (rarities.size >= MOST_REMEMBERED) rarities.clear()
  rarities.set(key, rarity)
  return rarity
}
