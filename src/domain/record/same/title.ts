import type { ComparableTitle } from './title-words.ts'
import { differenceOf, isTypo, sharedWords } from './word-difference.ts'

/**
 * How two titles compare. `near`: they differ in a typo or a stop word; `subtitle`: one lacks the other's subtitle; `within`: one lacks
 * one word; `alike`: they share most words; `contrary`: they differ only in words that distinguish papers of a series.
 */
export type TitleVerdict =
  | 'equal'
  | 'near'
  | 'subtitle'
  | 'within'
  | 'alike'
  | 'contrary'
  | 'different'

/** Words that distinguish a piece about another paper from that paper. */
const ABOUT =
  /^(?:(?:replication |supporting |supplement(?:al|ary) |research )?(?:data|datasets?|data sets?|code|materials?|software) (?:from|for|to|accompanying) |(?:faculty opinions|f1000 ?prime) recommendation of |decision letter (?:for|on) |expression of concern )|^(?:an? )?(?:(?:authors? |publishers? |editors? )?(?:reply|response|rejoinder|comments?|commentary|remarks?|discussion|correction|corrections|corrigend(?:um|a)|errat(?:um|a)|addend(?:um|a)|retraction|review|book review|response|supplement|supplementary material|appendix|editorial|notes? added)(?: (?:to|on|of|for|by|regarding|concerning|from) )?)/
const ABOUT_END =
  /(?: (?:reply|response|rejoinder|erratum|corrigendum|correction|addendum|retraction|comment|discussion|supplement))+$/

const ROMAN: Record<string, string> = {
  ii: '2',
  iii: '3',
  iv: '4',
  vi: '6',
  vii: '7',
  viii: '8',
  ix: '9',
  xi: '11',
  xii: '12',
  xiii: '13',
  xiv: '14',
}
const COUNTED: Record<string, string> = {
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  ten: '10',
  first: '1st',
  second: '2nd',
  third: '3rd',
  fourth: '4th',
  fifth: '5th',
  sixth: '6th',
  seventh: '7th',
  eighth: '8th',
  ninth: '9th',
  tenth: '10th',
}

const STOP = new Set(
  'a an the of on in for and to with by from at as via using towards toward its their is are de la le les des du et der die das und el los las y en'.split(
    ' ',
  ),
)
/** Words that change the meaning of a title. */
const TURNING = new Set(
  'not no non without never against before after pre post anti lt gt le ge ne eq plus minus plusminus minusplus star sharp prime dagger men women male female boys girls children adults north south east west left right upper lower part volume chapter lecture winter summer spring autumn'.split(
    ' ',
  ),
)

/** Titles with fewer words than this need the whole byline to agree. */
export const WORDS_FOR_BYLINE = 3

/** Share of words in common from which titles are alike. */
const ALIKE = 0.5
/** Main titles with fewer words than this are shared by many papers. */
const MAIN_WORDS = 3

/** Compares two titles; `different` if one of them is empty. */
export function compareTitles(a: ComparableTitle, b: ComparableTitle): TitleVerdict {
  if (a.squashed === '' || b.squashed === '') return 'different'
  if (a.squashed === b.squashed) return 'equal'
  if (aboutOf(a) !== aboutOf(b))
    return sharedWords(a.words, b.words) >= ALIKE ? 'contrary' : 'different'
  if (isOtherPiece(a, b)) return 'contrary'
  const { shared, left, right } = differenceOf(a.words, b.words)
  const likeness = (2 * shared) / (a.words.length + b.words.length)
  const [rest, other] = [left.map(meantBy), right.map(meantBy)]
  if (isSignLost(left, right) && shared >= MAIN_WORDS) return 'near'
  const telling = [...rest, ...other].some(isTelling)
  if (telling && rest.toSorted().join(' ') !== other.toSorted().join(' ')) {
    if (isSubtitled(a, b))
      return [...rest, ...other].some((word) => isNumber(word) || word === 'part')
        ? 'contrary'
        : 'subtitle'
    return likeness >= ALIKE ? 'contrary' : 'different'
  }
  if (isNear(a, b, left, right)) return 'near'
  if (isSubtitled(a, b)) return 'subtitle'
  const [lacking, added] = [left, right].map(
    (words) => words.filter((word) => !STOP.has(word)).length,
  )
  if (
    Math.min(lacking ?? 0, added ?? 0) === 0 &&
    (lacking ?? 0) + (added ?? 0) === 1 &&
    shared >= WITHIN_WORDS
  )
    return 'within'
  return likeness >= ALIKE ? 'alike' : 'different'
}

/** Words after the title of a paper in the title of a part of it, or of a text about it. */
const PIECE =
  /^(?:(?:parts?|volumes?|vol|chapter|lecture|section|book|teil|band|partie|tome|parte) (?:\p{N}|[ivx]+\b|one\b|two\b|three\b)|\p{N}+(?: |$)|(?:ii|iii|iv|vi|vii|viii|ix)(?: |$)|(?:(?:an?|the) )?(?:(?:authors?|publishers?|editors?) )?(?:repl(?:y|ies)|responses? to|response$|rejoinder|comments? (?:on|to|by|from)|comments?$|commentary on|remarks on|discussion (?:of|by)|corrections?(?: to| of|$)|corrigend(?:um|a)|errat(?:um|a)|addend(?:um|a)|retraction|supplement$|supplement(?:al|ary)? (?:to|for|materials?|information|data)|supporting information|appendi(?:x|ces)|notes? added)\b)/u

/** Whether one title continues the other with words that make it a different text. */
export function isOtherPiece(
  { words: a }: ComparableTitle,
  { words: b }: ComparableTitle,
): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  const isBegun = short.every((word, i) => word === long[i])
  return isBegun && PIECE.test(long.slice(short.length).join(' '))
}

/** Whether one title only lacks signs of the other: indexes lose `<` and `>` as if they were markup. */
const isSignLost = (left: readonly string[], right: readonly string[]) =>
  left.length + right.length > 0 &&
  (left.length === 0 || right.length === 0) &&
  [...left, ...right].every((word) => word === 'lt' || word === 'gt')

/** Minimum number of words of titles that may differ in one added word. */
const WITHIN_WORDS = 4

/** The first letters of a title's words, which survive typos and changed subtitles; null for titles that are too short. */
export function titleInitials({ words }: ComparableTitle): string | null {
  const telling = words.filter((word) => !STOP.has(word)).slice(0, 8)
  return telling.length < MAIN_WORDS ? null : telling.map((word) => word[0]).join('')
}

/**
 * The number of content words that two titles share, and that only one of them has. Words with the same beginning are equal:
 * `treatm` and `treatment`, or `effusing`, a misprint of `effusions`.
 */
export function ownWords(a: ComparableTitle, b: ComparableTitle) {
  const [one, other] = [a, b].map(({ words }) => words.filter((word) => !STOP.has(word)))
  const { shared, left, right } = differenceOf(one ?? [], other ?? [])
  const rest = left.filter((word) => {
    const at = right.findIndex((its) => isBeginning(word, its))
    if (at >= 0) right.splice(at, 1)
    return at < 0
  })
  return { shared: shared + left.length - rest.length, left: rest.length, right: right.length }
}

/** Minimum number of letters of a common beginning, and its minimum share of the shorter word. */
const BEGINNING = 4
const ALIKE_BEGINNING = 0.75

function isBeginning(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length)
  const differing = [...a].findIndex((letter, i) => letter !== b[i])
  const alike = differing < 0 ? shorter : Math.min(differing, shorter)
  return alike >= BEGINNING && alike >= ALIKE_BEGINNING * shorter
}

const aboutOf = ({ words }: ComparableTitle): string => {
  const text = words.join(' ')
  return (ABOUT.exec(text)?.[0].trim() ?? '') + (ABOUT_END.exec(text)?.[0].trim() ?? '')
}

/** The number for a number word or a Roman numeral; other words unchanged. */
export const meantBy = (word: string) => ROMAN[word] ?? COUNTED[word] ?? word
const isNumber = (word: string) =>
  /\p{N}/u.test(word) || word === 'i' || word === 'v' || word === 'x'

/** Whether a difference in this word makes another paper: numbers, single letters, signs and words that change the meaning. */
function isTelling(word: string): boolean {
  if (isNumber(word) || TURNING.has(word)) return true
  return word.length === 1 && !STOP.has(word)
}

/** Whether the words that two titles do not share are stop words, or equal in meaning. */
function isNear(a: ComparableTitle, b: ComparableTitle, left: string[], right: string[]): boolean {
  if (Math.min(a.words.length, b.words.length) < MAIN_WORDS) return false
  const [one = '', other = ''] = [left, right].map((words) =>
    words.filter((word) => !STOP.has(word)).join(''),
  )
  return one === other || isTypo(one, other)
}

/** Whether one title is the other without its subtitle. */
function isSubtitled(a: ComparableTitle, b: ComparableTitle): boolean {
  const [short, long] = a.words.length <= b.words.length ? [a, b] : [b, a]
  if (short.words.length < MAIN_WORDS || short.isRecurring || long.isRecurring) return false
  return (
    long.mainWords === short.words.length && short.words.every((word, i) => word === long.words[i])
  )
}
