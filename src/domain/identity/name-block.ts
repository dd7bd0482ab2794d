import { LRUCache } from 'lru-cache'
import { alias, type Sql, sql } from '../../db/sql.ts'
import { authors } from '../../db/tables/authors.ts'
import { nameKey } from '../record/title-key.ts'
import { blockOfCollaboration } from './collaboration.ts'
import { syllablesOf } from './counts/syllables.ts'
import { familyKey, fitNames, withoutUmlauts } from './name-fit.ts'
import { letterOf, lettersOf } from './pairs/short-names.ts'
import {
  isInitial,
  joinedNames,
  ownInPinyin,
  type PersonName,
  parsePersonName,
} from './person-name.ts'
import { isInCapitals, isNameInCapitals } from './spelling/capitals.ts'
import {
  isMiddleInVietnam,
  isOfVietnam,
  LETTERS_IN_VIETNAM,
  OF_TWO_SYLLABLES,
} from './spelling/family-first.ts'
import {
  groupedLike,
  isFolded,
  isSlavic,
  LU,
  slavicLettersOf,
  spellingsOf,
} from './spelling/folds.ts'
import { takeNickname } from './spelling/nicknames.ts'
import { isNobody, isPlace } from './spelling/nobody.ts'
import { isAfterApostrophe, PARTICLE_AT_START } from './spelling/particles.ts'
import { isOfSpain } from './spelling/two-families.ts'

/** Limit of names in a byline. On longer ones co-authors do not know each other, so that only identifiers distinguish people. */
export const LONGEST_BYLINE = 100

/** Names of companies, such as Meta AI. Case matters: "Ai" is also a family name. */
const COMPANY =
  /\p{Ll}.*[ .-](?:AI|AGI)$|^(?:AI|AGI|Alibaba|Amazon|Baidu|ByteDance|DeepMind|Facebook|Google|Hugging|Kuaishou|Microsoft|NVIDIA|Nvidia|OpenAI|Tencent)[ -]|[ -](?:Commission|Intelligence|Robotics|Technolog(?:y|ies)|Telescope)$/u
/** "Wei Zhang, MD" has a degree, "García Márquez, M.D." initials: the form does not show which. */
const DEGREE_OR_INITIALS = /^\p{Lu}\S* .*, *M\.? ?[DS]\.?$/u
/** Signs of addresses, numbers, remarks in brackets and lists of names: such a text may include somebody else. */
const NOT_OF_NAMES = /[@:/\\|<>=_#*†‡§¶\d()[\]{};&]|\p{No}|\band\b|,.*,/u
const LATIN = /\p{Script=Latin}/u
/** Letters of other scripts. The apostrophe ʼ (U+02BC) counts as a letter of script Common, and is allowed. */
const OTHER_LETTERS = /[^\P{L}\p{Script=Latin}\p{Script=Common}]/u

/** Whether a name may be a person's: not a placeholder, a company or a place. */
export const mayBePerson = (printed: string): boolean =>
  !isNobody(printed) && !COMPANY.test(printed) && !isPlace(printed)

/**
 * The name by which evidence may identify a person; null for groups, single words, two scripts in one field, lists, names with numbers,
 * addresses or brackets, and capitals that may be initials.
 */
function personNameIn(printed: string): PersonName | null {
  const { name: plain } = takeNickname(printed)
  if (!mayBePerson(plain) || NOT_OF_NAMES.test(plain)) return null
  if (DEGREE_OR_INITIALS.test(printed)) return null
  if (LATIN.test(printed)) {
    if (OTHER_LETTERS.test(printed)) return null
    if (isInCapitals(printed) && !isPersonInCapitals(printed)) return null
  }
  return parsePersonName(printed)
}

const COMPANY_IN_CAPITALS = new RegExp(COMPANY, 'iu')

const isPersonInCapitals = (printed: string) =>
  isNameInCapitals(printed) && !COMPANY_IN_CAPITALS.test(printed)

/** Cached, because an import reads most names several times. */
const known = new LRUCache<string, string>({
  max: 20_000,
  memoMethod: (printed) => {
    const name = personNameIn(printed)
    return name === null ? '' : blockOf(name)
  },
})

/**
 * Family name and initial, or the name of a collaboration: authorships of different blocks are never compared. Empty for other texts for which
 * `personNameIn` is null, and for people in bylines of more than 100.
 */
export function nameBlock(printed: string, bylineLength: number): string {
  const group = blockOfCollaboration(printed)
  if (group !== null) return group
  if (bylineLength > LONGEST_BYLINE) return ''
  return known.memo(printed)
}

export function blockOf(name: PersonName): string {
  const { family, familyEnd } = name
  const given = ownInPinyin(name) ?? name.given
  return blockOfParts(familyEnd ?? family, firstLetter(family, given))
}

function blockOfParts(family: string, first: string): string {
  const [own, letter] = groupedLike(LU.has(family) ? 'lu' : (firstOfTwo(family) ?? family), first)
  return `${familyKey(endsOf(own).at(-1) ?? own)} ${letter}`
}

/** García of "Garcialopez", which is García López. */
const firstOfTwo = (family: string): string | undefined =>
  partedAnywhere(family).find((both) => both.every(isOfSpain))?.[0]

const partedAnywhere = (word: string): [string, string][] =>
  [...word].map((_, at) => [word.slice(0, at), word.slice(at)])

/** The `blockOf` of all names that may fit this one. */
function fittingBlocks(name: PersonName): string[] {
  const { family, given, second, familyEnd } = name
  const [before = '', last = ''] = given.slice(1).slice(-2)
  const parts = [family, familyEnd, second, family.slice(0, -(familyEnd?.length ?? 0))]
  const joined = [last, before + last, before].filter(Boolean).map((word) => word + family)
  const glued = partedAnywhere(family)
    .filter(([first]) => isOfSpain(first))
    .flat()
  const all = [...parts, ...joined, ...glued, second && family + second]
  const families = new Set(all.flatMap((one) => one || []))
  const letters = new Set(fittingLetters(name))
  const blocks = [...families].flatMap((one) =>
    [...letters].map((letter) => blockOfParts(one, letter)),
  )
  return [...new Set(blocks)]
}

/** First letters of all forms of a given name; in all transliterations if the family name is of Eastern Europe. */
const lettersIn = (family: string) => (given: string) =>
  isSlavic(family) ? [...lettersOf(given), ...slavicLettersOf(given)] : lettersOf(given)

/** First letters of given names that may fit; in Vietnam also those of names before the given name, which others leave out. */
function fittingLetters(name: PersonName): string[] {
  const { family, given, nickname = '' } = name
  if (!isOfVietnam(family, given)) {
    const own =
      ownInPinyin(name)?.slice(0, 1) ?? given.filter((one, at) => at === 0 || isInitial(one))
    return [given[0] ?? '', nickname, ...own].filter(Boolean).flatMap(lettersIn(family))
  }
  return given.length > 1 ? given.map((one) => [...one][0] ?? '') : LETTERS_IN_VIETNAM
}

/** First letter of the given name. In Vietnam it may follow a middle name that many have: Khanh of Quoc Khanh, also printed Khanh Quoc. */
function firstLetter(family: string, given: readonly string[]): string {
  const isTurned = isMiddleInVietnam(given[0] ?? '') || given.length > 2
  if (!isTurned || !isOfVietnam(family, given)) return letterOf(given[0] ?? '')
  const own = given.filter((word) => !isMiddleInVietnam(word))
  const [first = given[0] ?? ''] = given.length > 2 ? own.toSorted() : own
  return letterOf(first)
}

/** A family name and the same without beginnings that may be printed apart, the shortest last: mcdonald, donald, nald. */
function endsOf(family: string): string[] {
  const end = OF_TWO_SYLLABLES.has(family)
    ? (syllablesOf(family)?.[1] ?? family)
    : isAfterApostrophe(family)
      ? family.slice(1)
      : family.replace(PARTICLE_AT_START, '')
  return end === family ? [family] : [family, ...endsOf(end)]
}

const a = alias(authors, 'a')

/** The key of `authors_name_block_idx`: the last word of a name and its first letter. */
export const indexedBlock = (t: Pick<typeof a, 'nameKey'>): Sql =>
  sql`(split_part(${t.nameKey}, ' ', -1) || ' ' || left(${t.nameKey}, 1))`

/** The keys of a printed name in `authors_name_block_idx` and `authorships_name_block_idx`; a nickname is found by a key of words. */
export function keysOf(printed: string): string[] {
  const name = parsePersonName(printed)
  const own = blockOfKey(nameKey(printed).split(' '))
  if (!name) return [own]
  const { family, nickname } = name
  return [own, blockOf(name), ...(nickname === undefined ? [] : [wordsKey(nickname, family)])]
}

/** The key of all names that contain two words: Mark and Zhang of Zhongfei (Mark) Zhang. */
const wordsKey = (given: string, family: string) => `'${given}' & '${family}'`
export const isWordsKey = (key: string): boolean => key.includes('&')

/**
 * The keys of these two indexes for all names that may fit a printed one: its last word with its first letter, and the same for forms with
 * the family name joined to the words before it or apart from them, first or last, and for short forms that begin with other letters.
 */
export function printedBlocks(printed: string): string[] {
  const words = nameKey(printed).split(' ')
  const own = [words, [joinedNames(words.join(' '))]].map((key) => blockOfKey(key))
  const turned = blockOfKey([words.at(-1) ?? '', ...words.slice(0, -1)])
  const name = parsePersonName(printed)
  const ofName = name ? [...blocksOfForms(name), ...fittingBlocks(name), ...calledBy(name)] : []
  return [...new Set([...own, turned, ...ofName])]
}

/** The key of names of which the given name may be the nickname. */
const calledBy = ({ given: [first = ''], family }: PersonName) =>
  isInitial(first) ? [] : [wordsKey(first, family)]

const blockOfKey = (words: readonly string[]) => `${words.at(-1)} ${[...(words[0] ?? '')][0] ?? ''}`

function blocksOfForms(name: PersonName): string[] {
  const { family, given, second = '', familyEnd = family } = name
  const [first = '', ...middle] = given
  const own = ownInPinyin(name)?.slice(0, 1) ?? []
  const [before = '', last = ''] = middle.slice(-2)
  const joined = middle.length > 1 ? [last + family, before + last + family] : [before + family]
  const start = family.slice(0, family.length - (name.familyEnd?.length ?? 0))
  const families = [family, familyKey(family), ...endsOf(familyEnd), ...joined, start]
  const spelt = name.spelt?.get(family) ?? family
  families.push(
    ...spellingsOf(LU.has(spelt) ? spelt : family),
    ...(second === '' ? [] : [second, family + second]),
  )
  const called = name.nickname === undefined ? [] : [name.nickname]
  const firsts = isOfVietnam(family, given) ? given : [first, ...own, ...called]
  const letters = [...new Set(firsts.flatMap(lettersIn(family)))]
  const blocks = families.flatMap((one) => letters.map((letter) => `${one} ${letter}`))
  return [...blocks, ...[given.at(-1), given.join('')].map((one) => `${one} ${[...family][0]}`)]
}

/**
 * The different given names of each family name, by `familyKey`, without initials. The more there are, the more people of a name are expected.
 */
export function givenNamesByFamily(names: readonly PersonName[]): Map<string, Set<string>> {
  const byFamily = new Map<string, Set<string>>()
  for (const { family, given } of names) {
    const all = given.join('')
    const key = familyKey(family)
    if (all.length > 1) byFamily.set(key, (byFamily.get(key) ?? new Set()).add(all))
  }
  return byFamily
}

/** Limit of first names in a block up to which all pairs are compared, to find those that fit no other. */
const MOST_COMPARED = 50

/** Whether a first name may be another joined with the name after it: Hans of Hans Jürgen, and Hansjuergen. */
const areInOneWord = (one: PersonName, other: PersonName) => {
  const [a, b] = [one, other].map(({ given: [first = ''] }) => withoutUmlauts(first))
  return a !== undefined && b !== undefined && (a.startsWith(b) || b.startsWith(a))
}

/** Whether a name of a block may fit another name in it, or occurs more than once. False only if `fitNames` is null for all others. */
export function likeNames(block: readonly PersonName[]): (name: PersonName) => boolean {
  const byFirst = new Map<string, PersonName>()
  const counts = new Map<string, number>()
  const count = (key: string) => counts.set(key, (counts.get(key) ?? 0) + 1)
  const family = block.find((name) => isFolded(name.family))?.family ?? ''
  const ownOf = (name: PersonName) => ownInPinyin(name)?.join('')
  for (const name of block) {
    const { given, spelt } = name
    const first = given[0] ?? ''
    count(`${first} `)
    count(given.join(''))
    count(ownOf(name) ?? '')
    const known = byFirst.get(first)
    if (!known?.spelt) byFirst.set(first, { family, given: [first], ...(spelt && { spelt }) })
  }
  const firsts = [...byFirst.values()]
  const like = new Set(
    firsts
      .filter(
        (one) =>
          firsts.length > MOST_COMPARED ||
          firsts.some(
            (other) => other !== one && (areInOneWord(one, other) || fitNames(one, other) !== null),
          ),
      )
      .map(({ given }) => given[0]),
  )
  return (name) =>
    like.has(name.given[0]) ||
    (counts.get(`${name.given[0]} `) ?? 0) > 1 ||
    [name.given.join(''), ownOf(name)].some((all) => all && (counts.get(all) ?? 0) > 1) ||
    isOfVietnam(name.family, name.given)
}
