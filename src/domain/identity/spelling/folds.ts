import { isOfSyllables, isSyllable } from '../counts/syllables.ts'

/**
 * Ways in which the systems of transliteration differ, each as one of them has it. Two names are the same where all that differs is folded, in a
 * name that is known to be of that language: "Yi" and "Ji", "Ho" and "Hou" are other names elsewhere.
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
/** Further ones of Ukraine, of which some are of Japan, too: Kaneko. */
const UKRAINIAN_FAMILY = /(?:ko|ets|n[iy]k|[iy]ak)$/
const GREEK_FAMILY =
  /(?:p[ou]+l(?:os|ou)|[iy](?:a?d[ie]s|a?dou)|ak(?:[ie]s|i)|oglou|georgiou|iannou)$/

/** Bhattacharya and Bhattacharyya. */
const INDIAN_FAMILY = /acharyy?a$/

/** Shorter words are endings alone, or of other languages: Lin, Chin, Ric. */
const SHORTEST = 5

const KANA =
  '(?:(?:[kgnhbmrzst]y|sh?|ch|ts|[kgzjtdnhfbpmryw]|(?:kk|pp|tt|ss|tch))?[aiueo]h?|n(?![aiueoy])|m(?=[bmp]))'
const ROMAJI = new RegExp(`^${KANA}+$`)
/** Family names of Korea and China are of one syllable: Koh, Noh, Yoo, Hou, Dai. */
const OF_TWO_MORAE = /[aiueo].*[aiueo]/

interface Name {
  family: string
  given: readonly string[]
}

type Language = 'slavic' | 'greek' | 'japanese' | 'indian'

/** Whether two names are of Eastern Europe, where initials differ with the transliteration. */
export const areSlavic = (one: Name, other: Name): boolean =>
  languageOf(one) === 'slavic' && languageOf(other) === 'slavic'

/** Whether words of two names are the same as they are folded; null where the names are not known to be of one language. */
export function foldOf(one: Name, other: Name): ((a: string, b: string) => boolean) | null {
  const language = languageOf(one)
  if (language === null || language !== languageOf(other)) return null
  const folds = language === 'slavic' ? [foldSlavic, foldUkrainian] : [FOLDS[language]]
  return (a, b) => folds.some((fold) => fold(a) === fold(b))
}

/** Asked of all pairs of a block. */
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

/** A family name as all spellings of it are folded, by which names are looked up and grouped before they are compared. */
export function foldFamily(family: string): string {
  if (isRomajiFamily(family)) return foldJapanese(family)
  if (isSlavic(family)) return foldSlavic(family)
  const ending = endingOf(family)
  return ending === null ? family : FOLDS[ending](family)
}

/** Whether there are other spellings of a family name than those of accents. */
export const isFolded = (family: string): boolean =>
  isRomajiFamily(family) || isSlavic(family) || endingOf(family) !== null

/** 吕 (Lü), as passports and keyboards without ü have it. Lu is another name. */
export const LU: ReadonlySet<string> = new Set(['lv', 'lyu', 'lue'])

const folded = (fold: Fold) => (word: string) =>
  fold.reduce((text, [found, by]) => text.replace(found, by), word)

const foldSlavic = folded(SLAVIC)
/** Г is H in Ukraine, and G to those who read it as in Russia: Hnatenko is Gnatenko, while Khromov is another name than Gromov. */
const foldUkrainian = (word: string) => foldSlavic(word.replaceAll('kh', 'q')).replaceAll('g', 'h')
const foldGreek = folded(GREEK)
export const foldJapanese = folded(JAPANESE)
const FOLDS: Record<Language, (word: string) => string> = {
  slavic: foldSlavic,
  greek: foldGreek,
  japanese: foldJapanese,
  indian: (word) => word.replace(/yy(?=a$)/, 'y'),
}

/** Whether it is a family name of Eastern Europe by its ending. */
export const isSlavic = (family: string): boolean =>
  family.length >= SHORTEST &&
  (SLAVIC_FAMILY.test(family) || (UKRAINIAN_FAMILY.test(family) && !isRomajiFamily(family))) &&
  !isOfSyllables(family)

/** Letters by which the names of Eastern Europe begin, as transliterations differ: Є is Ye, Ie or E, Ю Yu or Iu, Г H or G. */
const SLAVIC_LETTERS: Record<string, string> = { g: 'h', y: 'i', e: 'i' }

/** A family name and the letter of a given name as all transliterations have them, by which names are grouped. */
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

/** Whether it is of the syllables of Japan, and longer than one. */
export const isRomajiFamily = (family: string) =>
  ROMAJI.test(family) && OF_TWO_MORAE.test(foldJapanese(family)) && !isSyllable(family)

/** What stands for each other in spellings of one name, by which the others are looked up: Shcherbakov, Scherbakov and Sherbakov. */
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

/** Most spellings of a name that are looked up. */
const MOST_SPELLINGS = 48

/** Family names that may be the same one in another spelling, the given one first. */
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

/** A word with one of the swaps at one place. */
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
