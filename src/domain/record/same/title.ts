import leven from 'leven'
import { simplified } from '../title-key.ts'

/** A title, prepared for being compared with others. */
export interface ComparableTitle {
  words: string[]
  /** The words without spaces: `auto-encoder`, `auto encoder` and `autoencoder` are equal. */
  squashed: string
  /** Number of words; of scripts without spaces two characters count as one. */
  size: number
  /** Whether many papers have this title, as editorials and yearly overviews do. */
  isRecurring: boolean
  /** Words of the part before the subtitle; 0 without a subtitle. */
  mainWords: number
}

/**
 * How two titles compare: `near` differ in a typo or a stop word, `subtitle` in a subtitle that one lacks, `within` in one
 * word that one lacks, `alike` share most words. `contrary` titles differ only in what distinguishes papers of a series.
 */
export type TitleVerdict =
  | 'equal'
  | 'near'
  | 'subtitle'
  | 'within'
  | 'alike'
  | 'contrary'
  | 'different'

/** What a title says with signs that a key without punctuation would lose; each becomes a word. */
const SIGNS: [RegExp, string][] = [
  [/&(?:amp|#38);/gi, '&'],
  [/&(?:lt|#60);/gi, '<'],
  [/&(?:gt|#62);/gi, '>'],
  [
    /<\/?(?:i|b|u|em|strong|sub|sup|tt|sc|scp|p|span|italic|bold|jats:\w+|mml:\w+)(?:\s[^<>]*)?>/gi,
    '',
  ],
  [/\\(?:href|url)\{[^}]*\}/g, ''],
  [/\\(?:left|right|big|Big)(?![a-zA-Z])/g, ''],
  [
    /\\(?:rightarrow|longrightarrow|leftarrow|leftrightarrow|to|mapsto)(?![a-zA-Z])|<?-+>|<-+|=>|[←→↔⇒⟶]/g,
    ' ',
  ],
  [/\\(?:leq?|leqslant)(?![a-zA-Z])|<=|[≤⩽]/g, ' le '],
  [/\\(?:geq?|geqslant)(?![a-zA-Z])|>=|[≥⩾]/g, ' ge '],
  [/\\(?:neq?|not=)(?![a-zA-Z])|≠/g, ' ne '],
  [/\\lt(?![a-zA-Z])|</g, ' lt '],
  [/\\gt(?![a-zA-Z])|>/g, ' gt '],
  [/=/g, ' eq '],
  [/\\pm(?![a-zA-Z])|±/g, ' plusminus '],
  [/\\mp(?![a-zA-Z])|∓/g, ' minusplus '],
  [/\^\s*\{?\s*(?:\\ast|\\star|\*)\s*\}?|\\(?:ast|star)(?![a-zA-Z])|⋆/g, ' star '],
  [/(?<![\p{L}\p{N}])(\p{Lu}{1,4}|\p{Ll})\*/gu, '$1 star '],
  [/\^\s*\{?\s*\\?(?:prime|')\s*\}?|[′]/g, ' prime '],
  [/\^\s*\{?\s*\\(?:dagger|dag)\s*\}?/g, ' dagger '],
  [/\^\s*\{?\s*[-−–]\s*\}?|⁻|₋|−/g, ' minus '],
  [/(?<=[\p{L}\p{N}}])-(?=[\s$)\]},.;:]*$)/gu, ' minus '],
  [/\+\s*\/\s*[-−–]|\(?\bplus or minus\b\)?/gi, ' plusminus '],
  [/\+/g, ' plus '],
  [/[⁺₊]/g, ' plus '],
  [/(?<=[\p{L}\p{N}])♯|#/gu, ' sharp '],
  [/&/g, ' and '],
  [/\\var(?=(?:epsilon|phi|theta|rho|sigma|pi|kappa)(?![a-zA-Z]))/g, '\\'],
  [/∞|\\infty(?![a-zA-Z])/g, ' infinity '],
]
const HAS_SIGN = /plus or minus|[&<>=\\±∓⋆*^′⁻₋−⁺₊+♯#∞≤≥≠⩽⩾←→↔⇒⟶]|-[\s$)\]},.;:]*$/i

/** A prefix added by an archive that is not part of the title. */
const STAMP = /^\W*(?:retracted(?:\s+article)?|withdrawn)\s*[:\-–—\]]\s*/i

/**
 * What indexes add to a title: that it is an abstract, its language, its title in another language, notes of CINAHL, and the codes
 * of a classification that a publisher printed with it.
 */
const NOTE =
  /[([](?:[^()[\]]*\b(?:abstract|panel|poster|demo|demonstration|keynote|invited|tutorial|summary only|in press|meeting|experience paper)\b[^()[\]]*|(?:in )?(?:chinese|german|french|spanish|russian|japanese|italian|portuguese|polish|korean|turkish))[)\]]|\.?\s*\[(?:erratum|comment|see comment|correction|corrected|republished|retraction|published erratum)\b[^\]]*\]?.*$|\s+LA:\s*\w+\s*$|<ORIGINAL>.*$|\s*\.{3}\s*(?:includes|including|with|see) (?:\w+ )?(?:discussions?|commentar(?:y|ies)|repl(?:y|ies))\b[^.]*\.?$|\s(?:[01]\d|2[0-2]) [a-z][a-z ,&]+ \d{4} [a-z].*$/gi

/** Who wrote it, where PubMed has that at the end of a title: `…. The Loom Study Group`. */
const COLLECTIVE =
  /(?<=\S{2}[.?!])\s+(?:\p{Lu}[\p{L}\p{N}.'’&-]*\s+(?:(?:of|for|on|in|the|and)\s+){0,2}){1,9}(?:Investigators|Collaborators|Collaboration|Trialists|Consortium|Network|(?:Study |Research |Working |Trials? |Writing )?Group|Task Force|Committee)\.?\s*$/u

/** Titles that return in every issue or year. */
const RECURRING =
  /^(?:(?:guest )?editorials?|editors? (?:note|introduction|comments?|message|foreword|preface)|preface|foreword|introduction|intro|front ?matter|back ?matter|title page|copyright(?: notice)?|table of contents|contents|index|(?:author|subject) index|list of (?:reviewers|contributors|figures)|acknowledg\w+|contributors|committees?|organi[sz]ation|program(?:me)? committee|welcome|message from|conclusions?|summary|discussion|abstracts?|in memoriam|obituary|news|letters? to the editor|correspondence|correction|corrections|corrigend\w+|errat\w+|addend\w+|retraction|book reviews?|in brief|announcements?|calendar|call for papers|invited talks?|keynotes?|tutorials?|panel|poster|untitled|unknown|no title|title|withdraw|withdrawn)(?: \w+)?$|\b(?:special|theme|themed) (?:issue|section)\b|^(?:the )?(?:guest )?editors? (?:introduction|note|column|message)\b|^(?:introduction|preface|foreword|welcome) to (?:the )?(?:\w+ )?(?:special|minitrack|mini track|proceedings|workshop|conference|issue|section|volume|track|symposium|panel)\b|^(?:an )?(?:overview|findings|report|results|summary|proceedings|introduction) (?:of|on|from|to) (?:the )?(?:\w+ ){0,4}?(?:shared tasks?|conference|workshop|challenge|competition|track|task|lab|campaign|evaluation|symposium|minitrack)\b|\bshared task\b|^(?:the )?year in review\b|^(?:annual|progress|status) report\b|^message from\b|^(?:reviewers|acknowledgement)\b/

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
/** Words that reverse what the others say. */
const TURNING = new Set(
  'not no non without never against before after pre post anti lt gt le ge ne eq plus minus plusminus minusplus star sharp prime dagger men women male female boys girls children adults north south east west left right upper lower part volume chapter lecture winter summer spring autumn'.split(
    ' ',
  ),
)

/** Prepares a title. */
export function comparableTitle(title: string): ComparableTitle {
  const whole = title.replace(/[\p{Cf}\u00ad]/gu, '').replace(STAMP, '')
  const noted = whole.replace(NOTE, ' ').replace(COLLECTIVE, '')
  const unstamped = /\p{L}/u.test(noted) ? noted : whole
  const main = /^(.{12,}?)(?:\s*[:;]\s|\s+[-–—]+\s+|[?!.]\s+(?=\p{Lu}))/u.exec(unstamped)?.[1]
  const words = wordsOf(unstamped)
  const squashed = words.join('')
  return {
    words,
    squashed,
    size: Math.max(words.length, Math.ceil(unspaced(squashed) / 2)),
    isRecurring: RECURRING.test(words.join(' ')),
    mainWords: main === undefined ? 0 : wordsOf(main).length,
  }
}

function wordsOf(printed: string): string[] {
  const title = withCommands(printed)
  const signed = HAS_SIGN.test(title)
    ? SIGNS.reduce((text, [sign, word]) => text.replace(sign, word), title.normalize('NFC'))
    : title
  const words = simplified(signed).split(' ')
  return words[0] === '' ? [] : words
}

/** A title in capitals with its LaTeX commands as LaTeX has them: `\ell` for `\ELL`. */
const withCommands = (title: string) =>
  title.includes('\\') && !/\p{Ll}/u.test(title)
    ? title.replace(/\\[A-Z]+/g, (command) => command.toLowerCase())
    : title

/** Characters of scripts that put no spaces between words. */
const unspaced = (text: string) =>
  text.match(
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu,
  )?.length ?? 0

/** Titles of fewer words need the whole byline to agree. */
export const WORDS_FOR_BYLINE = 3

/** From this on, two titles share most of their words. */
const ALIKE = 0.5
/** A main title of fewer words is that of many papers. */
const MAIN_WORDS = 3

/** Compares two titles; `different` where one of them is empty. */
export function compareTitles(a: ComparableTitle, b: ComparableTitle): TitleVerdict {
  if (a.squashed === '' || b.squashed === '') return 'different'
  if (a.squashed === b.squashed) return 'equal'
  if (aboutOf(a) !== aboutOf(b))
    return sharedWords(a.words, b.words) >= ALIKE ? 'contrary' : 'different'
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

/** Whether one title has signs that the other lacks, and no other in their place: indexes lose `<` and `>` as if they were markup. */
const isSignLost = (left: readonly string[], right: readonly string[]) =>
  left.length + right.length > 0 &&
  (left.length === 0 || right.length === 0) &&
  [...left, ...right].every((word) => word === 'lt' || word === 'gt')

/** Of shorter titles one word more is much. */
const WITHIN_WORDS = 4

/** The first letters of its words, which survive typos and changed subtitles; null of titles that are too short for that. */
export function titleInitials({ words }: ComparableTitle): string | null {
  const telling = words.filter((word) => !STOP.has(word)).slice(0, 8)
  return telling.length < MAIN_WORDS ? null : telling.map((word) => word[0]).join('')
}

const aboutOf = ({ words }: ComparableTitle): string => {
  const text = words.join(' ')
  return (ABOUT.exec(text)?.[0].trim() ?? '') + (ABOUT_END.exec(text)?.[0].trim() ?? '')
}

/** A number for a word or a Roman number. */
export const meantBy = (word: string) => ROMAN[word] ?? COUNTED[word] ?? word
const isNumber = (word: string) =>
  /\p{N}/u.test(word) || word === 'i' || word === 'v' || word === 'x'

/** Words whose difference makes another paper: numbers, single letters, signs and what turns the meaning round. */
function isTelling(word: string): boolean {
  if (isNumber(word) || TURNING.has(word)) return true
  return word.length === 1 && !STOP.has(word)
}

/** What is left of two lists of words without those that both have, typos and joined words included. */
function differenceOf(a: readonly string[], b: readonly string[]) {
  const right = partedAs(b, a)
  return differenceOfParted(partedAs(a, right), right)
}

/** The words, with pairs joined that the other list has as one word: `non immune` for `nonimmune`. */
function partedAs(words: readonly string[], like: readonly string[]): string[] {
  const known = new Set(like)
  const parted: string[] = []
  for (const word of words) {
    const last = parted.at(-1)
    if (last !== undefined && known.has(last + word) && !(known.has(last) && known.has(word)))
      parted[parted.length - 1] = last + word
    else parted.push(word)
  }
  return parted
}

function differenceOfParted(a: readonly string[], b: readonly string[]) {
  const right = [...b]
  const left: string[] = []
  for (const word of a) {
    const at = right.indexOf(word)
    if (at >= 0) right.splice(at, 1)
    else left.push(word)
  }
  const unmatched = left.filter((word) => {
    const at = right.findIndex((other) => isTypo(word, other))
    if (at >= 0) right.splice(at, 1)
    return at < 0
  })
  return { shared: a.length - unmatched.length, left: unmatched, right }
}

/** The part of their words that two lists share. */
function sharedWords(a: readonly string[], b: readonly string[]): number {
  return (2 * differenceOf(a, b).shared) / (a.length + b.length)
}

/** Prefixes that make a word its opposite. */
const OPPOSITE =
  /^(?:ab|ad|un|in|im|ir|il|dis|non|a|anti|de|re|sub|super|hyper|hypo|inter|intra|pre|post|micro|macro|mono|multi|bi|uni|over|under|semi|homo|hetero|endo|exo)/

/** Endings that tell one substance from another: `sulfate` and `sulfite`. */
const SUBSTANCE = /^(.+?)(ate|ite|ide|ine|ane|ene|yne|ase|ose)s?$/

function areSubstances(a: string, b: string): boolean {
  const [one, other] = [SUBSTANCE.exec(a), SUBSTANCE.exec(b)]
  return one !== null && other !== null && one[1] === other[1] && one[2] !== other[2]
}

const ALPHABETIC = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]+$/u

/** Whether two words of some length differ in a letter, not in a number or a prefix that turns the meaning. */
export function isTypo(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  // One sign of a script without an alphabet, or of one with short words, is another word.
  if (ALPHABETIC.test(a) && (areSwapped(a, b) || isInflected(short, long))) return true
  if (short.length < 5 || long.length - short.length > 2 || !ALPHABETIC.test(a + b)) return false
  // Who types a word wrong has its first letter right: `maternal` and `paternal` are two.
  if (a[0] !== b[0] || areSubstances(a, b)) return false
  const [opposite, other] = [OPPOSITE.exec(a)?.[0] ?? '', OPPOSITE.exec(b)?.[0] ?? '']
  if (opposite !== other && (long.endsWith(short) || (opposite && other))) return false
  return leven(a, b, { maxDistance: 3 }) <= (short.length >= 9 ? 2 : 1)
}

/** Whether a word is the other with an ending: `models` of `model`, `based` of `base`. */
const isInflected = (short: string, long: string) =>
  short.length >= 4 && ['s', 'es', 'd'].some((ending) => short + ending === long)

/** Whether two words differ in two letters that changed their places, as `form` and `from` do. */
function areSwapped(a: string, b: string): boolean {
  if (a.length !== b.length || a.length < 4) return false
  const at = [...a].findIndex((letter, i) => letter !== b[i])
  return a.slice(0, at) + a.charAt(at + 1) + a.charAt(at) + a.slice(at + 2) === b
}

/** Whether what two titles do not share are stop words, or two words of one meaning. */
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
