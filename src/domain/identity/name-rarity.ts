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

/** Share of a given name that is not a word of the table among those with its first letter. */
const LEAST_LETTER = 20
/** Share of people with a middle name whose initial is the same by chance. */
const MIDDLE_INITIAL = 0.1

/**
 * How many people with this name to expect in a catalogue that has `givenNames` different given names with the same
 * family name and initial. A small catalogue shows fewer than there are: the words of names counted elsewhere say so.
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

/** People, at least, of a name whose words are both common, so that the name itself says nothing for one person: a middle name makes it rarer. */
const OF_COMMON_WORDS = 1

/**
 * Whether family and given name are both common in one country or its neighbours. The counted names are of one field, and take the two for words that have
 * nothing to do with each other, as if Rajesh Kumar were one of a hundred catalogues. Of names in pinyin the counts suffice, as most of the counted are.
 */
export const isCommon = (name: PersonName): boolean =>
  name.second === undefined && hasCommonWords(name)

const hasCommonWords = (name: PersonName): boolean =>
  areCommonTogether(name.family, name.given[0] ?? '') && !isPinyin(name)

/** Whether many people of some country have the family name, also one of two words: de Jong. */
export const isOfCommonFamily = ({ family, given }: PersonName): boolean =>
  isCommonFamily(family) || isCommonFamily((given.at(-1) ?? '') + family)

/** Whether a name, as `nameKey` has it, is one initial and a family name that many people of some country have. */
export function isInitialOfCommonFamily(key: string): boolean {
  const name = parsePersonName(key)
  return name?.given.length === 1 && isInitial(name.given[0] ?? '') && isOfCommonFamily(name)
}

/** How many people a name is of, in words. */
export function describeRarity(name: PersonName, printed: string, givenNames: number): string {
  const isOfMany = isOfCommonFamily(name)
  if (isCommon(name) || (isOfMany && isInitial(name.given[0] ?? '')))
    return `Many people have the name ${printed}`
  const people = Math.round(expectedNamesakes(name, givenNames))
  if (people < 1)
    return isOfMany
      ? `Few people of the name ${printed} expected here`
      : `${printed} is a rare name`
  return `About ${people === 1 ? '1 person' : `${people} people`} of the name ${printed} expected here`
}

/** People of a name in characters, which the table does not have: more than four, so that no one thing in common is enough. */
const [OF_ONE_CHARACTER, OF_MORE_CHARACTERS] = [20, 5]

/** People in the literature for each one of the table: with 3, weights fitted on 17,900 papers hold for small catalogues too. */
const COUNTED_FACTOR = 3

/** How many others with the same family name and initial to expect. */
export function expectedOthers({ family, given }: PersonName, givenNames: number): number {
  const letter = given[0]?.[0] ?? ''
  const ofLetter = Math.max(BY_LETTER.get(letter) ?? 0, LEAST_LETTER)
  const counted = Math.max(1, FAMILY_NAMES.get(family) ?? 0) * (ofLetter / NAMES_COUNTED)
  return Math.max(0, givenNames - 1) + COUNTED_FACTOR * counted
}

/** People of a name from which on sharing a co-author of that name says least, and fewer than which say no more. */
const [MANY_OF_NAME, FEW_OF_NAME] = [5, 0.05]
/** Most that a co-author says whose family name is common in some country: given names there are few, and seldom counted. */
const MOST_OF_COMMON_FAMILY = 0.995
/** Names whose rarity is remembered: that of co-authors is asked for again and again. */
const MOST_REMEMBERED = 50_000
const rarities = new Map<string, number>()

/** How much it says that two papers have an author of this name, as `nameKey` has it: 0 for Wei Zhang, 1 for a name of one in 20 catalogues. */
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
