import { isGroupName } from '../../reference/group-name.ts'
import { simplified } from '../title-key.ts'
import { isTypo } from './word-difference.ts'

/** A byline prepared for comparison. */
export interface ComparableByline {
  names: ComparableName[]
  /** Collaborations and consortia, which some sources replace by their members. */
  groups: string[]
  /** Whether it is incomplete: it ends with "et al." or the like, or is too long to be compared whole. */
  hasOthers: boolean
}

interface ComparableName {
  /** Words of two letters or more. */
  words: string[]
  initials: string[]
  /** The last word that is not an initial, usually the family name. */
  family: string
  /** The first letter of the name; empty if the family name comes first. */
  first: string
  isLatin: boolean
}

/**
 * How two bylines compare. `same`: each name fits one of the other, in any order; `part`: all names of the shorter fit;
 * `most`: at least two names and half of the shorter fit; `some`: fewer; `none`: no name is on both; `unknown`: one has no
 * names, or they are in different scripts.
 */
export type BylineVerdict = 'same' | 'part' | 'most' | 'some' | 'none' | 'unknown'

/** Limit of names compared, from the start of a byline. */
const MOST_NAMES = 60

const NOBODY =
  /^(?:et ?al|et alii|and others|others|al|unknown|anonymous|anon|n ?a|no author|various|none|null)$/

/** Prepares the names of a byline as printed. */
export function comparableByline(printed: readonly string[]): ComparableByline {
  const byline: ComparableByline = { names: [], groups: [], hasOthers: false }
  for (const name of printed.slice(0, MOST_NAMES)) {
    const trimmed = name.replace(/[\s,;]*\b(?:et\.? ?al\b\.?|and others)\s*$/i, '')
    if (trimmed !== name) byline.hasOthers = true
    const key = simplified(trimmed)
    if (key === '' || NOBODY.test(key)) byline.hasOthers ||= key !== ''
    else if (isGroupName(key)) byline.groups.push(key)
    else {
      const comparable = comparableName(trimmed)
      if (comparable.words.length > 0) byline.names.push(comparable)
    }
  }
  byline.hasOthers ||= printed.length > MOST_NAMES
  return byline
}

/** Titles and generations, which only some sources print. */
const HONORIFIC = /^(?:dr|prof|mr|mrs|ms|jr|sr|phd|md|iii?|2nd|3rd|4th|sir)$/

function comparableName(printed: string): ComparableName {
  const hasLower = /\p{Ll}/u.test(printed)
  // PubMed writes initials without points: `Li ZM`.
  const spaced = decoded(printed)
    .replace(/\p{Lu}\.(?=\p{Lu})/gu, '$& ')
    .replace(/(?<![\p{L}'’-])\p{Lu}{2,3}(?![\p{L}'’-])/gu, (letters) =>
      hasLower ? [...letters].join(' ') : letters,
    )
  const [family, given, ...more] = spaced.split(',')
  const turned = given?.trim() && more.length === 0 ? `${given} ${family}` : spaced
  const all = simplified(turned.replace(/['’`]/g, ''))
    .split(' ')
    .filter((word) => !HONORIFIC.test(word))
  const words = all.filter((word) => word.length > 1 || !/[a-z]/.test(word))
  return {
    words,
    initials: all.filter((word) => word.length === 1 && /[a-z]/.test(word)),
    family: words.at(-1) ?? '',
    first: all.length > 1 ? (all[0]?.[0] ?? '') : '',
    isLatin: /[a-z]/.test(all.join('')),
  }
}

const decoded = (text: string) =>
  text.includes('&#')
    ? text.replace(/&#(\d{2,6});/g, (_, code) => String.fromCodePoint(Number(code)))
    : text

/**
 * Family names with an initial, in alphabetical order: a key for finding records with the same byline. Null for fewer
 * than two names, and for incomplete bylines.
 */
export function bylineKey({ names, hasOthers }: ComparableByline): string | null {
  if (names.length < 2 || hasOthers) return null
  return names
    .map(({ family, first }) => `${family} ${first}`)
    .sort()
    .join(',')
}

/** Compares two bylines. */
export function compareBylines(a: ComparableByline, b: ComparableByline): BylineVerdict {
  if (a.names.length === 0 || b.names.length === 0) return compareGroups(a, b)
  if (a.names.some((x) => x.isLatin) !== b.names.some((x) => x.isLatin)) return 'unknown'
  const matched = countMatches(a.names, b.names)
  const [fewer, more] = [a.names.length, b.names.length].sort((x, y) => x - y) as [number, number]
  if (matched === 0) return isRunTogether(a, b) || isRunTogether(b, a) ? 'part' : 'none'
  if (matched === more) return 'same'
  if (matched === fewer) return 'part'
  return matched > 1 && matched * 2 >= fewer ? 'most' : 'some'
}

function compareGroups(a: ComparableByline, b: ComparableByline): BylineVerdict {
  if (a.names.length > 0 || b.names.length > 0) return 'unknown'
  if (a.groups.length === 0 || b.groups.length === 0) return 'unknown'
  return a.groups.some((group) => b.groups.includes(group)) ? 'same' : 'unknown'
}

function countMatches(a: ComparableName[], b: ComparableName[]): number {
  const left = new Set(b)
  let matched = 0
  // Equal names are matched first, so that none of them is matched with a name that only fits.
  const rest = a.filter((name) => {
    const equal = [...left].find((other) => isEqualName(name, other))
    if (!equal) return true
    left.delete(equal)
    matched++
    return false
  })
  for (const name of rest) {
    const fitting = [...left].find((other) => fits(name, other))
    if (!fitting) continue
    left.delete(fitting)
    matched++
  }
  return matched
}

const isEqualName = (a: ComparableName, b: ComparableName) =>
  a.words.length === b.words.length &&
  a.initials.length === b.initials.length &&
  a.words.every((word, i) => word === b.words[i]) &&
  a.initials.every((initial, i) => initial === b.initials[i])

/**
 * Whether two names may be one person's: they have a word in common, and their other words fit: `W.` fits `Wei`, but `Wei`
 * does not fit `Xin`. Words that only one of them has are ignored.
 */
function fits(a: ComparableName, b: ComparableName): boolean {
  if (a.words.join('') === b.words.join('') && a.words.length > 0)
    return initialsFit(a.initials, b.initials)
  const { rest, other, shared } = unshared(a.words, b.words)
  if (shared === 0) return false
  const left = rest.filter((word) => !takeInitial(word, b.initials))
  const right = other.filter((word) => !takeInitial(word, a.initials))
  const [ownLeft, othersLeft] = [unfitting(left, right), unfitting(right, left)]
  if (ownLeft.length > 0 && othersLeft.length > 0) return false
  const [freeA, freeB] = [freeInitials(a.initials, other), freeInitials(b.initials, rest)]
  if (freeA.length > 0 && othersLeft.length > 0) return false
  if (freeB.length > 0 && ownLeft.length > 0) return false
  return initialsFit(freeA, freeB)
}

const unfitting = (words: string[], others: string[]) =>
  words.filter((word) => !others.some((other) => isShortFor(word, other)))

const takeInitial = (word: string, initials: string[]) =>
  initials.some((initial) => word.startsWith(initial))

const freeInitials = (initials: string[], words: string[]) =>
  initials.filter((initial) => !words.some((word) => word.startsWith(initial)))

const initialsFit = (a: string[], b: string[]) =>
  a.length === 0 || b.length === 0 || a.some((initial) => b.includes(initial))

/** The words of two names without those that both have, also with typos or joined. */
function unshared(a: string[], b: string[]) {
  const other = [...b]
  const rest: string[] = []
  let shared = 0
  for (const word of a) {
    const at = other.findIndex((one) => one === word || isTypoOfName(one, word))
    if (at < 0) rest.push(word)
    else {
      other.splice(at, 1)
      shared++
    }
  }
  if (rest.length !== 0 && other.length !== 0 && rest.join('') === other.join(''))
    return { rest: [], other: [], shared: shared + 1 }
  return { rest, other, shared }
}

/** One letter is a typo only in long names: `Zhang` and `Zheng` are different families. */
const isTypoOfName = (a: string, b: string) => Math.min(a.length, b.length) >= 7 && isTypo(a, b)

const SHORT_NAMES = new Set(
  'bob robert,bill william,will william,dick richard,rick richard,jim james,mike michael,tom thomas,tony anthony,kate katherine,liz elizabeth,beth elizabeth,peggy margaret,meg margaret,ted edward,ned edward,jack john,hank henry,harry henry,chuck charles,charlie charles,jeff geoffrey,steve stephen,steve steven,andy andrew,dave david,joe joseph,sue susan,kathy katherine,kathy catherine,cathy catherine,larry lawrence,greg gregory,ron ronald,don donald,ken kenneth,al albert,alex alexander,sandy alexander,fred frederick,fred frederic,jeff jeffrey,stan stanley,avi abraham,phil phillip,gene eugene,jerry gerald,jerry jerome,pete peter,phil philip,rob robert,sam samuel,vicky victoria,nick nicholas,ben benjamin,dan daniel,matt matthew,chris christopher,chris christian,pat patrick,pat patricia,tim timothy,ed edward,doug douglas,hans johannes,misha mikhail,sasha alexander'.split(
    ',',
  ),
)

/** Whether one given name is a known short form of the other. A common beginning is not enough: `Jian` is not `Jianguo`. */
const isShortFor = (a: string, b: string) =>
  SHORT_NAMES.has(`${a} ${b}`) || SHORT_NAMES.has(`${b} ${a}`)

/** Whether a byline is printed as a single name that contains the family names of the other: `Tan A.Schulze A.Davis P. G.`. */
function isRunTogether(one: ComparableByline, several: ComparableByline): boolean {
  const [name, ...more] = one.names
  if (
    !name ||
    more.length > 0 ||
    several.names.length < 2 ||
    name.words.length < several.names.length
  )
    return false
  return several.names.every(({ family }) => name.words.includes(family))
}
