import { zip } from 'es-toolkit'

/** Transliterates Cyrillic and Greek letters: "Дмитрий Заболотный" is also printed Dmitry Zabolotny. */
export function inLatin(printed: string): string {
  if (LATIN.test(printed)) return printed
  if (CYRILLIC.test(printed)) return transliterated(printed, lettersOf(printed))
  return GREEK.test(printed) ? transliterated(withGreekPairs(printed), FROM_GREEK) : printed
}

const LATIN = /\p{Script=Latin}/u
const CYRILLIC = /\p{Script=Cyrillic}/u
const GREEK = /\p{Script=Greek}/u

const pairsOf = (letters: string, latin: string) =>
  new Map(zip([...letters], latin.split(' ')).map(([one, other]) => [one, other ?? '']))

/** Transliteration of passports and BGN/PCGN. `folds.ts` folds the differences to other systems. */
const FROM_RUSSIAN = pairsOf(
  'абвгдежзийклмнопрстуфхцчшщыэюяёўіїєґ',
  'a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch y e yu ya yo u i i ye g',
)
const OF_UKRAINE = /[іїєґ]/iu
const FROM_UKRAINIAN = new Map([...FROM_RUSSIAN, ...pairsOf('гий', 'h y i')])
const OF_THE_BALKANS = /[јљњћђџѓќѕ]/iu
const FROM_BALKAN = new Map([
  ...FROM_RUSSIAN,
  ...pairsOf('жчшхцјљњћђџѓќѕ', 'z c s h c j lj nj c đ dz gj kj dz'),
])
const FROM_GREEK = pairsOf(
  'αβγδεζηθικλμνξοπρσςτυφχψω',
  'a v g d e z i th i k l m n x o p r s s t y f ch ps o',
)

const lettersOf = (printed: string) =>
  OF_THE_BALKANS.test(printed)
    ? FROM_BALKAN
    : OF_UKRAINE.test(printed)
      ? FROM_UKRAINIAN
      : FROM_RUSSIAN

function transliterated(printed: string, letters: ReadonlyMap<string, string>): string {
  return printed
    .normalize('NFC')
    .replace(/[ьъ]/giu, '')
    .replace(/(?<!\p{L})\p{L}(?!\p{L})/gu, (letter) => inLetters(letter, letters).charAt(0))
    .replace(/\p{L}/gu, (letter) => inLetters(letter, letters))
}

/** Initials of several Latin letters: Yu. V. Ivanov, also printed Y. V. Ivanov, and Ch. Papadopoulos. */
const LONG_INITIALS =
  /(?<!\p{L})(Shch|Dzh|Chr|[YI][aeou]|J[aeu]|[CKPSTZ]h|Ts)\.(?=[\s\p{Pd}]*\p{L})/gu

/** A name with one letter for each initial. */
export const withShortInitials = (printed: string): string =>
  printed.replace(LONG_INITIALS, (initial) => `${initial.charAt(0)}.`)

function inLetters(letter: string, letters: ReadonlyMap<string, string>): string {
  const lower = letter.toLowerCase()
  const latin = letters.get(lower)
  if (latin === undefined || letter === lower) return latin ?? letter
  return latin.charAt(0).toUpperCase() + latin.slice(1)
}

/** Transliterates pairs of Greek letters that are one sound: ευ as ev or ef, μπ at the beginning as b. */
function withGreekPairs(printed: string): string {
  return printed
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/ου/giu, (pair) => `${pair[0]}u`)
    .replace(/([αε])υ(?=[αεηιουωβγδζλμνρ])/giu, '$1v')
    .replace(/([αε])υ/giu, '$1f')
    .replace(/(?<!\p{L})μπ/giu, (pair) => (pair[0] === 'Μ' ? 'B' : 'b'))
    .replace(/γ(?=[γξχ])/giu, 'n')
}
