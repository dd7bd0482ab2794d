import { isCommonFamily, isCommonGiven } from '../../domain/identity/counts/common-names.ts'
import { nameKey } from '../../domain/record/title-key.ts'
import { isGroupName } from '../../domain/reference/group-name.ts'
import { placesOfNames, withoutDegreeBehind } from './degrees.ts'
import {
  isDegree,
  isGroup,
  isMoreOfGiven,
  isParticle,
  isSuffix,
  personOfInverted,
  type StatedName,
} from './names.ts'
import { reportOthers, STRAYS, withoutOthers, withoutSeparators } from './strays.ts'
import { areFullNames, arePeople, BEFORE_FAMILY } from './two-people.ts'

/** How a format writes names in one field. */
export interface BylineForm {
  /** Splits a text at separators (in BibTeX only outside braces). */
  split(text: string, separator: RegExp): string[]
  /** Removes markup from a text. */
  plain(text: string): string
  /** Whether a comma belongs to a name, since the format has one name per field or separates names with "and". */
  isInverted: boolean
  /** Whether "and" always separates names, regardless of the text around it. */
  isAndSeparator: boolean
  /** Whether a text with commas is one name in a notation of the format. */
  isOneName?(part: string): boolean
  /** Separator of names in other bylines of the same column, if known. */
  separator?: Separator | null
}

export type Separator = 'comma' | 'other'

const plainSplit = (text: string, separator: RegExp) => text.split(separator)

/** For fields with one name each: before a comma is the family name. */
export const ONE_NAME: BylineForm = {
  ...{ split: plainSplit, plain: (text) => text },
  ...{ isInverted: true, isAndSeparator: false },
}

/** For cells with all names. */
export const WHOLE_BYLINE: BylineForm = { ...ONE_NAME, isInverted: false }

/** Repairs of bylines. */
export const BYLINES = {
  separated: 'names of authors that ran together were separated',
  unclear: 'a byline whose names cannot be separated reliably was left out',
  degree: 'degrees after names of authors, such as MBA and PhD, were left out',
  doubtful:
    'names with a comma between them were read as two people; they may be one, family name first',
} as const

/**
 * Splits a byline in one field into printed names, each as `Family, Given` or in spoken order. Names may be separated by semicolons,
 * bars, "and", or commas, also mixed: `A B, C D and E F`. A byline that can be read in two ways gives no names and a remark in `lost`.
 */
export function namesInByline(byline: string, form: BylineForm, lost: string[]): string[] {
  const text = withoutOthers(byline)
  reportOthers(byline, lost)
  const listed = filled(form.split(text, SEMICOLON))
  const parts = listed
    .flatMap((part) => splitAtAnd(part, form))
    .map((part) => withoutDegrees(part, form, lost))
  const areMore = byline.startsWith(',', text.length)
  const others = listed.length > 1 ? 'listed' : contextOf(parts, areMore)
  const read = parts.map((part) => namesInPart(part, form, others, lost))
  if (read.includes(null)) {
    lost.push(BYLINES.unclear)
    return []
  }
  const names = read.flatMap((found) => found ?? [])
  const expected = form.isAndSeparator ? parts : listed
  if (form.isInverted && names.length > expected.length) lost.push(BYLINES.separated)
  return names
}

const MAY_HAVE_DEGREE = /[,，]|(?:D|H|Sc|Phil)\.?$/

/** Removes degrees between commas and at the end of a text. */
export function withoutDegrees(part: string, form: BylineForm, lost: string[]): string {
  if (!MAY_HAVE_DEGREE.test(part) || form.isOneName?.(part)) return part
  const pieces = form.split(part, /[,，]/gu)
  const shown = pieces.map((piece) => form.plain(piece).trim())
  const places = placesOfNames(shown, isGiven)
  const isBare = places.length === pieces.length
  const bare = withoutDegreeBehind(isBare ? part : places.map((at) => pieces[at]).join(','))
  if (bare !== part) lost.push(BYLINES.degree)
  return bare
}

/** Form of the other names in the byline: separated by semicolons or bars, in spoken order, with a comma in each, or no others. */
type Others = 'listed' | 'spoken' | 'inverted' | 'none'

/** In `A B, C D and E F`, commas in one part only show that names are in spoken order. */
function contextOf(parts: string[], areMore: boolean): Others {
  if (parts.length < 2) return areMore ? 'spoken' : 'none'
  const withComma = parts.filter((part) => /[,，]/.test(part)).length
  return withComma > 1 || withComma === parts.length ? 'inverted' : 'spoken'
}

const filled = (parts: string[]) =>
  parts.flatMap((part) => (/[\p{L}\p{N}]/u.test(withoutSeparators(part)) ? part.trim() : []))

/** Semicolons of entities (`J&#246;rg`) and of LaTeX are not separators. */
const SEMICOLON = /(?<!&#?\w{1,10}|\\)[;；|]|、/gu
const AND = /(?:^|[\s,])(?:and|AND)(?=\s|$)/gu
const AND_IN_ANY_CASE = /(?:^|\s)and(?=\s|$)/gi
const AMPERSAND = /(?:,\s*|\s)(?:\\?&|&amp;)(?=\s|$)/gu

function splitAtAnd(text: string, form: BylineForm): string[] {
  const people = form.isAndSeparator
    ? form.split(text, AND_IN_ANY_CASE)
    : splitPeople(text, AND, form)
  return filled(
    people
      .flatMap((part) => splitPeople(part, AMPERSAND, form))
      .flatMap((part) => splitInWords(part, form)),
  )
}

/** "And" in other languages. It also occurs within names: `Ortega y Gasset`. */
const IN_WORDS = /\s(?:y|e|et|und|en|og|och)\s/g

function splitInWords(text: string, form: BylineForm): string[] {
  const sides = form.split(text, IN_WORDS)
  return sides.every((side) => /\S\s+\S/.test(side) && isGiven(form.plain(side).trim()))
    ? sides
    : [text]
}

/** Splits only if each side is the name of a person or a part of a list: `Food and Agriculture Organization` stays one name. */
function splitPeople(text: string, separator: RegExp, form: BylineForm): string[] {
  const sides = filled(form.split(text, separator)).map(withoutSeparators)
  const shown = sides.map((side) => form.plain(side).trim())
  if (shown.some(isOfGroup)) return [text]
  const areWhole = shown.every((side) => /[\s,]/.test(side))
  const isList = !form.isInverted && text.includes(',')
  const arePeople = form.isInverted ? areWhole && shown.every(hasCapital) : areWhole || isList
  const areFamilies =
    separator === AND && !form.isInverted && shown.every((side) => isCommonFamily(nameKey(side)))
  return arePeople || areFamilies ? sides : [text]
}

const isOfGroup = (text: string) => isGroup(text) || isGroupName(nameKey(text))

const hasCapital = (text: string) => /[\p{Lu}\p{Lo}]/u.test(text)

/** A word that forms one family name with the next: `St. Clair`. */
const BEFORE_FAMILY_WORD = /^(?:Ste?|Mt|Ft)\.?\s(?=\p{Lu})/u

const isSingle = (text: string) => !/\s/.test(text.replace(BEFORE_FAMILY_WORD, ''))

const INITIALS = /^(?:\p{Lu}\p{M}?\.?[\s\p{Pd}]*){1,4}$|^(?:\p{Lu}\p{Ll}?\.[\s\p{Pd}]*){1,4}$/u
const isInitials = (piece: string | undefined) => INITIALS.test(piece ?? '')
/** `Griffin DK`, `Bee A.`, and four to six initials, as in Portuguese names: `L.A.P.J.` */
const endsInInitials = (piece: string) =>
  !/ I{2,3}$/.test(piece) &&
  /\p{Ll}\S*\s+(?:(?:\p{Lu}\.?[\s\p{Pd}]?){1,3}|(?:\p{Lu}\.[\s\p{Pd}]?){4,6})$/u.test(piece)
/** `A. Bee`, but not `St. Clair`, which is a family name. */
const startsWithInitial = (piece: string) =>
  !BEFORE_FAMILY_WORD.test(piece) && /^\p{Lu}\p{Ll}?\.[\s\p{Pd}]*\p{Lu}/u.test(piece)

const isWhole = (piece: string) => !isSingle(piece) && !isInitials(piece)

const firstWord = (piece: string) => nameKey(piece.split(/[\s\p{Pd}]/u)[0] ?? '')
const isGiven = (piece = '') =>
  startsWithInitial(piece) || (isCommonGiven(firstWord(piece)) && !BEFORE_FAMILY.test(piece))
const isFamily = (piece = '') => isCommonFamily(firstWord(piece))

const belongsToName = (piece: string) => isSuffix(piece) || isDegree(piece) || isParticle(piece)

/** As in `Aubignac, abbé d', François`. */
const isLower = (piece: string) => /^\p{Ll}/u.test(piece)

/** Reads the names in a text between two separators; null when the text is ambiguous. */
function namesInPart(
  part: string,
  form: BylineForm,
  others: Others,
  lost: string[],
): string[] | null {
  const pieces = filled(form.split(part, /[,，]/gu))
  const shown = pieces.map((piece) => form.plain(piece).trim())
  const one = [withoutSeparators(part)]
  if (pieces.length < 2 || form.isOneName?.(part)) return one
  if (pieces.length === 2) return areTwo(shown, form, others, lost) ? pieces : one
  if (shown.every((piece) => EAST_ASIAN.test(piece))) return pieces
  const [family = '', given = '', last = ''] = shown
  // `Bee, A., V`: even I and V are initials here.
  const areInitials = pieces.length === 3 && isMoreOfGiven(given, last)
  if (areInitials && !isInitials(family) && (form.isInverted || others === 'listed'))
    return [`${pieces[0]}, ${pieces[1]} ${pieces[2]}`]
  // `Bee, Jr., Ann`, `Bee, Ann, PhD`, `Bee, Ann, I`; a table also has `Ann Bee, Jr., Carl Dee`.
  const isOne =
    pieces.length === 3 &&
    (shown.slice(1).some(belongsToName) || isLower(shown[1] ?? '') || shown[2] === 'I')
  if (isOne && (form.isInverted || [0, 2].some((at) => isSingle(shown[at] ?? '')))) return one
  if (form.isInverted && isOfGroup(form.plain(part))) return one
  const isListed = others === 'listed'
  if (pieces.length === 3 && (form.isInverted || isListed) && hasGivenAndInitial(shown, isListed))
    return [`${pieces[0]}, ${pieces[1]} ${pieces[2]}`]
  if (pieces.length === 3 && others === 'inverted' && !shown.every(isWhole)) return null
  return namesOfPieces(pieces, shown, lost)
}

/** `Bee, Ann, B.`; between semicolons, which separate the names, also `van Dijk, Joris, D.` */
const hasGivenAndInitial = (
  [family = '', given = '', initial = '']: string[],
  isListed: boolean,
): boolean => {
  const isName = isSingle(family) && isGiven(given) && !isFamily(given)
  return (
    isInitials(initial) && !/^[IV]\.?$/.test(initial) && (isListed ? !isInitials(given) : isName)
  )
}

/** As in 李四、王小明. */
const EAST_ASIAN = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u

/** Whether two texts with a comma between them are two names rather than one. */
function areTwo(
  [one = '', two = '']: string[],
  form: BylineForm,
  others: Others,
  lost: string[],
): boolean {
  if (others === 'listed' || isOfGroup(one) || isOfGroup(two) || belongsToName(two)) return false
  if (EAST_ASIAN.test(one + two)) return !form.isInverted && one.length > 1 && two.length > 1
  if (isInitials(two)) return false
  if (isSingle(one) || isSingle(two))
    return isSingle(one + two) && others === 'spoken' && isFamily(two) && !isGiven(two)
  const areBoth = endsInInitials(one) && endsInInitials(two)
  if (startsWithInitial(one) || (areBoth && !(form.isInverted && isGiven(two)))) return true
  // `Fish II, Sands A.`, but not `Ann Fish II, Carl Dee`.
  const words = one.split(' ')
  const hasSuffix = isSuffix(words.at(-1) ?? '')
  if (hasSuffix && (form.isInverted || words.length < 3)) return false
  if (form.isInverted) return others === 'spoken' && !endsInInitials(two) && areSpoken(one, two)
  if (others === 'inverted') return false
  const people = arePeople(hasSuffix ? words.slice(0, -1).join(' ') : one, two)
  if (people !== null || others !== 'none') return people !== 'one'
  if (!form.separator) lost.push(BYLINES.doubtful)
  return form.separator !== 'other'
}

const areSpoken = (one: string, two: string) => isGiven(one) || !isGiven(two)

/** A text between commas, with the suffixes after it. */
interface Piece {
  text: string
  printed: string[]
}

/** Reads texts between commas as three or more names, or as pairs of a family name and a given name. */
function namesOfPieces(printed: string[], shown: string[], lost: string[]): string[] | null {
  const pieces: Piece[] = []
  for (const [at, text] of shown.entries()) {
    // `V.` may also be an initial.
    const before = belongsToName(text) && text.length > 2 ? pieces.at(-1) : undefined
    if (before) before.printed.push(printed[at] ?? '')
    else pieces.push({ text, printed: [printed[at] ?? ''] })
  }
  const texts = pieces.map(({ text }) => text)
  const sizes = texts.some(isInitials) ? sizesByInitials(texts) : null
  return (
    (sizes ?? sizesByWords(texts, lost))?.map((size) => {
      const name = pieces.splice(0, size)
      return name.flatMap((piece) => piece.printed).join(', ')
    }) ?? null
  )
}

/** Number of texts in each name, decided by initials: `Bee, A., Ann Dee, Fox, G.`; null when they do not decide. */
function sizesByInitials(texts: string[]): number[] | null {
  const sizes: number[] = []
  for (let at = 0; at < texts.length; ) {
    const text = texts[at] ?? ''
    const isPair = isInitials(texts[at + 1])
    // In `LI, K.`, the first text looks like initials and is a family name.
    const mayBeFamily = !isInitials(text) || (isPair && !text.includes('.'))
    const isWhole = isPair || !isSingle(text) || at === texts.length - 1
    if (!mayBeFamily || !isWhole) return null
    sizes.push(isPair ? 2 : 1)
    at += isPair ? 2 : 1
  }
  return sizes
}

function sizesByWords(texts: string[], lost: string[]): number[] | null {
  const families = texts.filter((_, at) => at % 2 === 0)
  const givens = texts.filter((_, at) => at % 2 === 1)
  const isEven = families.length === givens.length
  const inPairs = families.map(() => 2)
  const oneByOne = texts.map(() => 1)
  const areSingle = texts.every(isSingle)
  const areWhole = texts.every(isWhole)
  if (isEven && !areWhole && (families.every(isSingle) || givens.every(isSingle))) {
    const forPairs = families.filter((family, at) => isPair(family, givens[at] ?? '')).length
    const against = families.filter((family, at) => isPair(givens[at] ?? '', family)).length
    return forPairs > against ? inPairs : null
  }
  if (areWhole && isEven && givens.every(isGiven) && !families.some(isGiven)) {
    const told = families.map((family, at) => arePeople(family, givens[at] ?? ''))
    if (told.includes('one') && !told.includes('two')) return inPairs
    if (!told.includes('two')) lost.push(BYLINES.doubtful)
  }
  const isInOrder = !texts.some((text) => isGiven(text) && !isFamily(text))
  const areMostlyWhole = texts.filter((text) => !isSingle(text)).length * 3 > texts.length * 2
  return areWhole || (areSingle && isInOrder) || areMostlyWhole ? oneByOne : null
}

/** Whether the first text is more likely a family name, or the second more likely a given name, than the reverse. */
const isPair = (family: string, given: string) =>
  (isGiven(given) && !isGiven(family)) || (isFamily(family) && !isFamily(given))

/** Splits `A. Bee C. Dee` among names such as `E. Fox`, but not `J. Carlos S. Dee`. */
function withoutComma(name: string, _: number, all: string[]): string[] {
  const [, one = '', family = '', two = ''] = WITHOUT_COMMA.exec(name) ?? []
  const areSpoken = all.some((other) => SPOKEN.test(other))
  return one !== '' && areSpoken && !isCommonGiven(nameKey(family)) ? [one, two] : [name]
}

const SPOKEN = /^(?:\p{Lu}\.[\s\p{Pd}]?){1,3}\p{Lu}\S*\p{Ll}$/u
const WITHOUT_COMMA =
  /^((?:\p{Lu}\.[\s\p{Pd}]?){1,3}(\p{Lu}\p{L}*\p{Ll})) ((?:\p{Lu}\.[\s\p{Pd}]?){1,3}\p{Lu}\p{L}*\p{Ll})$/u

/** Splits a text that a source states as one name; null unless it certainly names several people. */
export function namesInName(name: string): string[] | null {
  const names = namesInByline(name, ONE_NAME, []).flatMap(withoutComma)
  const known = names.filter((one) => isGiven(one) || one.includes(','))
  const areKnown = known.length * 2 > names.length || areFullNames(names)
  return names.length > 1 && areKnown ? names : null
}

/** Reads the names in a field that is meant for one name, but in which people write several. */
export function namesInField(text: string, lost: string[]): StatedName[] {
  if (withoutSeparators(withoutOthers(text)) !== withoutOthers(text).trim())
    lost.push(STRAYS.separator)
  return namesInByline(text, ONE_NAME, lost).flatMap((name) => personOfInverted(name, lost) ?? [])
}
