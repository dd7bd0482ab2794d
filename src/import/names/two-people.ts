import { isCommonFamily, isCommonGiven } from '../../domain/identity/counts/common-names.ts'
import { isOfSyllables } from '../../domain/identity/counts/syllables.ts'
import { nameKey } from '../../domain/record/title-key.ts'
import { isGivenOrInitial, isGroupName } from '../../domain/reference/group-name.ts'

/** Words that begin family names and are also given names, as in Di Bello. */
export const BEFORE_FAMILY = /^(?:Da|De|Del|Di|Do|El|La|Le|Lo|Van|Von|Mac)(?=\s|$)/
/** As in `van der Berg`. */
const PARTICLE = /^\p{Ll}/u
const INITIALS = /^(?:\p{Lu}\.?\p{Pd}?)+$/u

/** 1 for a word that is only a family name, -1 for one that is only a given name, 0 otherwise. */
function familyOf(word: string): number {
  const key = nameKey(word)
  return Number(isCommonFamily(key)) - Number(isCommonGiven(key))
}

/** Votes needed for each reading. One vote is not enough for `one`, as it often comes from a rare or foreign name. */
const SURE = { two: 1, one: -2 }

/**
 * Decides whether two texts of two or more words are two people (`Ann Bee, Carl Dee`) or one (`Garcia Lopez, Maria Jose`); null when
 * undecided. For two people, the first word of a text is a given name and the last one a family name.
 */
export function arePeople(one: string, two: string): 'two' | 'one' | null {
  const votes = ofFirst(one) + ofSecond(two)
  return votes >= SURE.two ? 'two' : votes <= SURE.one ? 'one' : null
}

function ofFirst(text: string): number {
  const words = text.split(SPACE)
  const [first = '', last = ''] = [words[0], words.at(-1)]
  if (PARTICLE.test(first) && /\p{Lu}/u.test(text)) return -2
  if (BEFORE_FAMILY.test(first)) return -1
  const isOnlyLast = familyOf(last) > 0 && !isCommonFamily(nameKey(first))
  return -familyOf(first) + Number(isOnlyLast)
}

function ofSecond(text: string): number {
  const words = text.split(SPACE)
  const [first = '', last = ''] = [words[0], words.at(-1)]
  // No given name begins with a family name: `Wang Xin, Chen Jing`.
  const begins = familyOf(first) > 0 ? 2 : 0
  return begins + (INITIALS.test(last) ? -1 : familyOf(last))
}

const SPACE = /[\s\p{Pd}]/u

/**
 * Whether each of several texts is evidently the full name of a person, such as `Jun Guo`: its first word is a given name and its last
 * one a family name. Of three or more texts, a minority may have only one of these signs.
 */
export function areFullNames(names: readonly string[]): boolean {
  const signs = names.map(signsOfPerson)
  const whole = signs.filter((count) => count === 2).length
  return names.length > 2 ? !signs.includes(0) && whole * 2 > names.length : whole === names.length
}

function signsOfPerson(name: string): number {
  const words = nameKey(name).split(' ')
  if (words.length < 2 || words.length > 4 || isGroupName(nameKey(name))) return 0
  const [first = '', last = ''] = [words[0], words.at(-1)]
  return Number(isGivenOrInitial(first) || isOfSyllables(first)) + Number(isCommonFamily(last))
}
