import type { ComparableTitle } from './title-words.ts'

/** Words that occur in most titles of a language and not in the other languages. */
const FUNCTION_WORDS = Object.entries({
  en: 'the of and for with by from on to as an its their',
  de: 'der die das und im von vom bei mit zur zum eine einer eines den dem auf fur uber',
  fr: 'le les des du et une dans sur chez par avec aux',
  es: 'el los las y del con una por',
  pt: 'os uma dos das em no na nos nas pela pelo',
  it: 'il gli di della dello nel nella nei delle degli',
  nl: 'het een van voor bij tussen',
}).map(([language, words]) => [language, new Set(words.split(' '))] as const)

/** The language of most function words in a title; `other` for a title without Latin letters; null if uncertain. */
function languageOf({ words, squashed }: ComparableTitle): string | null {
  if (!/\p{Script=Latin}/u.test(squashed)) return 'other'
  const counts = FUNCTION_WORDS.map(([language, known]) => ({
    language,
    count: words.filter((word) => known.has(word)).length,
  })).toSorted((a, b) => b.count - a.count)
  const [most, next] = counts
  return most && next && most.count > next.count ? most.language : null
}

/** Whether two titles are in different languages. */
export function areInTwoLanguages(a: ComparableTitle, b: ComparableTitle): boolean {
  const [one, other] = [languageOf(a), languageOf(b)]
  return one !== null && other !== null && one !== other
}
