import { isOfSyllables, isSyllable } from '../counts/syllables.ts'

/**
 * Differences between transliteration systems, each replaced by the form of one system. Two names of a language are equal if they are equal once folded.
 * In other languages "Yi" and "Ji", or "Ho" and "Hou", are different names.
 */
type Fold = readonly (readonly [RegExp, string])[]

/** Russian, Ukrainian, Bulgarian and the South Slavic languages: Shcherbakov and Scherbakov, Solovyov and Soloviev, Djordjevic and Dordevic. */
const SLAVIC: Fold = [
  [/zgh/g, 'zg'],
  [/tch/g, 'ch'],
  [/sh?ch/g, 'sh'],
  [/kh/g, 'h'],
  [/x/g, 'ks'],
  [/t[sz](?!h)/g, 'c'],
  [/dj/g, 'd'],
  [/(?<=[bcfghklmnprstvz])j(?=[aeu])/g, 'y'],
  [/(?<=[oe])ff$/g, 'v'],
  [/(?<=[b-df-hj-np-tv-xz])[iy]o(?=[kl-nr-tv])/g, 'e'],
  [/[iy]{1,2}e/g, 'e'],
  [/y/g, 'i'],
  [/ii+/g, 'i'],
]

/** Greek: Stefanidou and Stephanidou, Chatzigeorgiou and Hatzigeorgiou. */
const GREEK: Fold = [
  [/ph/g, 'f'],
  [/ch/g, 'h'],
  [/[eo]i|y/g, 'i'],
  [/gk/g, 'g'],
  [/gg/g, 'ng'],
  [/ks/g, 'x'],
  [/ii+/g, 'i'],
]

/** Long vowels of Japanese, which may be left out, doubled or written with an h; n before b, m and p; and Satosi for Satoshi. */
const JAPANESE: Fold = [
  [/tch/g, 'cch'],
  [/sh(?=i)/g, 's'],
  [/ts/g, 't'],
  [/ch(?=i)/g, 't'],
  [/j(?=i)/g, 'z'],
  [/sh/g, 'sy'],
  [/ch/g, 'ty'],
  [/j/g, 'zy'],
  [/f/g, 'h'],
  [/o(?:[ou]+|h(?![aeiouy]))/g, 'o'],
  [/u+(?:h(?![aeiouy]))?/g, 'u'],
  [/n(?=[bmp])/g, 'm'],
]

const SLAVIC_FAMILY =
  /(?:[oe](?:v|va|ff)|sk(?:[iy]{1,2}|a|a[iyj]a)|[tc]ki|enko|chuk|[iy]uk|[iy]ch|ic|[^aeiou][iy]na?|n(?:y|[iy]{2}|a[iy]a)|[a-z]{3}[iy]an)$/
/** Further endings of Ukrainian family names, some of which also occur in Japan: Kaneko. */
const UKRAINIAN_FAMILY = /(?:ko|ets|n[iy]k|[iy]ak)$/
const GREEK_FAMILY =
  /(?:p[ou]+l(?:os|ou)|[iy](?:a?d[ie]s|a?dou)|ak(?:[ie]s|i)|oglou|georgiou|iannou)$/

/** Bhattacharya and Bhattacharyya. */
const INDIAN_FAMILY = /acharyy?a$/

/** Minimum length: shorter words consist of the ending only, or belong to other languages: Lin, Chin, Ric. */
const SHORTEST = 5

const KANA =
  '(?:(?:[kgnhbmrzst]y|sh?|ch|ts|[kgzjtdnhfbpmryw]|(?:kk|pp|tt|ss|tch))?[aiueo]h?|n(?![aiueoy])|m(?=[bmp]))'
const ROMAJI = new RegExp(`^${KANA}+$`)
/** At least two syllables, unlike family names of Korea and China: Koh, Noh, Yoo, Hou, Dai. */
const OF_TWO_MORAE = /[aiueo].*[aiueo]/

interface Name {
  family: string
  given: readonly string[]
}

type Language = 'slavic' | 'greek' | 'japanese' | 'indian'

/** Whether both names are of Eastern Europe, where initials differ with the transliteration. */
export const areSlavic = (one: Name, other: Name): boolean =>
  languageOf(one) === 'slavic' && languageOf(other) === 'slavic'

/** A function that tests whether words of two names are equal once folded; null if the names are not known to be of one language. */
export function foldOf(one: Name, other: Name): ((a: string, b: string) => boolean) | null {
  const language = languageOf(one)
  if (language === null || language !== languageOf(other)) return null
  const folds = language === 'slavic' ? [foldSlavic, foldUkrainian] : [FOLDS[language]]
  return (a, b) => folds.some((fold) => fold(a) === fold(b))
}

/** Cached, because it is needed for all pairs of a block. */
const languages = new WeakMap<Name, Language | null>()

function languageOf(name: Name): Language | null {
  const known = languages.get(name)
  if (known !== undefined) return known
  const found = isJapanese(name) ? 'japanese' : isSlavic(name.family) ? 'slavic' : null
  const language = found ?? endingOf(name.family)
  languages.set(name, language)
  return language
}

const endingOf = (family: string): Language | null =>
  GREEK_FAMILY.test(family) ? 'greek' : INDIAN_FAMILY.test(family) ? 'indian' : null

/** The folded form of a family name, equal for all its spellings. Names are looked up and grouped by it before they are compared. */
export function foldFamily(family: string): string {
  if (isRomajiFamily(family)) return foldJapanese(family)
  if (isSlavic(family)) return foldSlavic(family)
  const ending = endingOf(family)
  return ending === null ? family : FOLDS[ending](family)
}

/** Whether a family name may have other spellings, apart from accents. */
export const isFolded = (family: string): boolean =>
  isRomajiFamily(family) || isSlavic(family) || endingOf(family) !== null

/** 吕 (Lü) in passports and on keyboards without ü. Lu is a different name. */
export const LU: ReadonlySet<string> = new Set(['lv', 'lyu', 'lue'])

const folded = (fold: Fold) => (word: string) =>
  fold.reduce((text, [found, by]) => text.replace(found, by), word)

const foldSlavic = folded(SLAVIC)
/** Г is H in Ukrainian and G in Russian transliteration: Hnatenko equals Gnatenko, but Khromov is not Gromov. */
const foldUkrainian = (word: string) => foldSlavic(word.replaceAll('kh', 'q')).replaceAll('g', 'h')
const foldGreek = folded(GREEK)
export const foldJapanese = folded(JAPANESE)
const FOLDS: Record<Language, (word: string) => string> = {
  slavic: foldSlavic,
  greek: foldGreek,
  japanese: foldJapanese,
  indian: (word) => word.replace(/yy(?=a$)/, 'y'),
}

/** Whether a family name is of Eastern Europe, by its ending. */
export const isSlavic = (family: string): boolean =>
  family.length >= SHORTEST &&
  (SLAVIC_FAMILY.test(family) || (UKRAINIAN_FAMILY.test(family) && !isRomajiFamily(family))) &&
  !isOfSyllables(family)

/** First letters that transliterations of one name may differ in: Є is Ye, Ie or E, Ю is Yu or Iu, Г is H or G. */
const SLAVIC_LETTERS: Record<string, string> = { g: 'h', y: 'i', e: 'i' }

/** A family name and the first letter of a given name, equal for all transliterations. Names are grouped by them. */
export function groupedLike(family: string, letter: string): [family: string, letter: string] {
  const own = foldFamily(family)
  return isSlavic(family) && !isRomajiFamily(family)
    ? [own.replaceAll('g', 'h'), SLAVIC_LETTERS[letter] ?? letter]
    : [own, letter]
}

/** The first letters of a given name of Eastern Europe in all transliterations, its own first. */
export function slavicLettersOf(given: string): string[] {
  const [first = ''] = given
  const found = SLAVIC_STARTS.find(([start]) => start.test(given))?.[1] ?? first
  return [...new Set(first + found)]
}

const SLAVIC_STARTS: [RegExp, string][] = [
  [/^(?:[iy]e|e)/, 'yie'],
  [/^[iy][aou]/, 'yi'],
  [/^[gh]/, 'gh'],
]

function isJapanese({ family, given: [first = ''] }: Name): boolean {
  return isRomajiFamily(family) && (first.length === 1 || ROMAJI.test(first))
}

/** Whether a family name consists of two or more syllables of Japanese. */
export const isRomajiFamily = (family: string) =>
  ROMAJI.test(family) && OF_TWO_MORAE.test(foldJapanese(family)) && !isSyllable(family)

/** Letters that replace one another in spellings of one name: Shcherbakov, Scherbakov and Sherbakov. Used to look up the other spellings. */
const SLAVIC_SWAPS = [
  'g h',
  'ye ie e',
  'shch sch sh',
  'kh h',
  'x ks',
  'ts tz c',
  'dj d',
  'sky skii skiy skyi skyy ski skij',
  'yev iev jev ev',
  'yov iov ov ev',
  'ov off',
  'ev eff',
  'ya ia ja',
  'yu iu ju',
  'yan ian',
  'ny nyi nyy nii',
  'yn in',
]
const GREEK_SWAPS = ['ph f', 'ch h', 'y i', 'ei i', 'oi i', 'gk g', 'ks x', 'gg ng']
const ENDING_SWAPS: Record<string, string[]> = { greek: GREEK_SWAPS, indian: ['yya ya'] }
const JAPANESE_SWAPS = ['o ou oh oo', 'u uu', 'n m', 'shi si', 'chi ti', 'tsu tu', 'fu hu', 'ji zi']

/** Limit of spellings looked up for each name. */
const MOST_SPELLINGS = 48

/** The spellings that a family name may have, the given one first. */
export function spellingsOf(family: string): string[] {
  if (LU.has(family)) return [family, ...LU, 'lu']
  const swaps = isRomajiFamily(family)
    ? JAPANESE_SWAPS
    : isSlavic(family)
      ? SLAVIC_SWAPS
      : (ENDING_SWAPS[endingOf(family) ?? ''] ?? [])
  const own = foldFamily(family)
  const found = new Set([family, own])
  for (const from of found) {
    if (found.size >= MOST_SPELLINGS) break
    for (const one of swapped(from, swaps)) if (isFoldedAs(one, own)) found.add(one)
  }
  return [...found].slice(0, MOST_SPELLINGS)
}

const isFoldedAs = (family: string, own: string) =>
  foldFamily(family) === own ||
  (isSlavic(family) && isSlavic(own) && foldUkrainian(family) === foldUkrainian(own))

/** All words that differ from a word by one swap. */
function swapped(word: string, swaps: readonly string[]): string[] {
  return swaps.flatMap((line) => {
    const forms = line.split(' ')
    return forms.flatMap((form) =>
      [...word.matchAll(new RegExp(form, 'g'))].flatMap(({ index }) =>
        forms
          .filter((other) => other !== form)
          .map((other) => word.slice(0, index) + other + word.slice(index + form.length)),
      ),
    )
  })
}
