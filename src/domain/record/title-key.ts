/** Maximum length of a key in characters: fits a b-tree entry with room for other columns. */
const MAX_KEY = 200

const GREEK: Record<string, string> = Object.fromEntries(
  'α alpha β beta γ gamma δ delta ε epsilon ϵ epsilon ζ zeta η eta θ theta κ kappa λ lambda μ mu ν nu ξ xi π pi ρ rho σ sigma τ tau φ phi ϕ phi χ chi ψ psi ω omega'
    .split(' ')
    .reduce<[string, string][]>((pairs, word, i, all) => {
      if (i % 2 === 0) pairs.push([word, all[i + 1] ?? word])
      return pairs
    }, []),
)

/**
 * The key by which titles are compared and ordered: lower case, without accents, LaTeX or punctuation, at
 * most 200 characters. Empty if the title has no letter or digit.
 */
export function titleKey(title: string): string {
  return keyOfSimplified(simplified(title))
}

/** The `titleKey` of a title that is already `simplified`. */
export const keyOfSimplified = (title: string): string => title.slice(0, MAX_KEY).trimEnd()

/** The key by which names are compared: like `titleKey`, with `Family, Given` reversed. */
export function nameKey(name: string): string {
  const [family, given, ...more] = name.split(',')
  const turned = given?.trim() && more.length === 0 ? `${given} ${family}` : name
  return keyOfSimplified(simplified(turned))
}

/** The last word of a name's key, which is close enough to the family name for comparing papers. */
export function familyKey(name: string): string {
  return nameKey(name).split(' ').at(-1) ?? ''
}

/** The slug of a name: lower case with hyphens. Empty if nothing remains. */
export function slugify(name: string): string {
  return simplified(name.replaceAll('+', ' plus ').replaceAll('#', ' sharp ')).replaceAll(' ', '-')
}

/**
 * Marks that are removed from keys: accents of the Latin, Greek and Cyrillic scripts, and points of Hebrew and Arabic. Vowel
 * signs of Indic and South-East Asian scripts, and the voicing of kana, count as letters.
 */
const ACCENTS =
  /(?:[\u0300-\u036f]|[\u0483-\u0489]|[\u0591-\u05c7]|[\u0610-\u061a]|[\u064b-\u065f]|\u0670|[\u06d6-\u06ed]|[\u1ab0-\u1aff]|[\u1dc0-\u1dff]|[\u20d0-\u20ff]|[\ufe00-\ufe0f]|[\ufe20-\ufe2f])+/g

/** Signs printed for the apostrophe within words. Elsewhere they are quotation marks. */
const APOSTROPHES = /(?<=\p{L})[\u00b4\u02b9-\u02bd\u2018\u201b\u2032\uff07](?=\p{L})/gu

/** Invisible characters: soft hyphens, zero-width spaces and joiners, direction marks. */
const UNSEEN = /\p{Cf}+/gu

/** Signs that NFKD would turn into letters or digits of the preceding word: trade marks, ordinals after numbers, footnotes. */
const MARKS = /[™℠]|(?<=\d)[ªº]|(?<=\p{L}{4})[⁰¹²³⁴-⁹]+(?!\p{L})/gu

/** Matches texts without accents, LaTeX and other letters, which most are. A faster path gives them the same key. */
const IS_PLAIN = /^[ -[\]-~]*$/

/**
 * The words of a text in lower case, separated by one space, without accents, LaTeX and punctuation. `search_clean` in the database
 * is a different function: it reads abstracts and queries, keeps signs such as C++ and 3.5, and is part of a generated column.
 */
export function simplified(text: string): string {
  if (IS_PLAIN.test(text))
    return text
      .toLowerCase()
      .replace(/[{}'`]/g, '')
      .replace(/[^a-z0-9]+/g, ' ')
      .trim()
  return text
    .replace(UNSEEN, '')
    .replace(APOSTROPHES, '')
    .replace(/\\ell(?![a-zA-Z])/g, 'l')
    .replace(/\\["'`^~=.]\s*\{?\\?([a-zA-Z])\}?/g, '$1')
    .replace(/\\[uvHckrbdt]\{([a-zA-Z])\}/g, '$1')
    .replace(/\\(?:text|math|emph|operatorname)[a-z]*/g, ' ')
    .replace(MARKS, ' ')
    .replace(/№/g, ' no ')
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .toLowerCase()
    .replace(/[αβγδεϵζηθκλμνξπρστφϕχψω]/g, (letter) => GREEK[letter] ?? letter)
    .replace(/[{}'’`]/g, '')
    .replace(/ß/g, 'ss')
    .replace(/ø/g, 'o')
    .replace(/ł/g, 'l')
    .replace(/[đð]/g, 'd')
    .replace(/þ/g, 'th')
    .replace(/æ/g, 'ae')
    .replace(/œ/g, 'oe')
    .replace(/ı/g, 'i')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim()
    .normalize('NFC')
}
