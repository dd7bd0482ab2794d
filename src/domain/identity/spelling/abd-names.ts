/** The Arabic article, with its l or with the sound before r, s, t, d, n and z: al, el, ul, ar, es, en. */
const ARTICLE = /^[aeiou](?:l|[rstdnz]h?)$/
/** Abd with the article in one word: Abdul, Abdel, Abdur. */
const ABD_AND_ARTICLE = /^abd[aeiou](?:l|[rstdnz]h?)$/
/** Abdulrahman, Abdelrahman and Abdurrahman; not Abdullah, which only begins with the same letters. */
const IN_ONE_WORD = /^abd[aeiou](?:l|([rstdnz]h?)(?=\1))(?!lah?$)(\p{L}{3,})$/u
/** The word after Abd once hyphens are removed: alrahman of Abd al-Rahman. */
const ARTICLE_AND_NAME = /^[aeiou](?:l|([rstdnz]h?)(?=\1))(\p{L}{3,})$/u

const ABDUL = 'abdul'

/** One spelling for all transliterations of a name after Abdul: Kareem and Karim, Razzaq and Razak, Rahmane and Rahman. */
const folded = (name: string) =>
  name
    .replaceAll('ee', 'i')
    .replaceAll(/o[ou]/g, 'u')
    .replaceAll('q', 'k')
    .replace(/(?<=[^aeiou])e$/, '')
    .replaceAll(/([^aeiou])\1/g, '$1')

/**
 * The words of a name, with one spelling of Abd and the article: Abd al-Rahman, Abdel Rahman and Abdurrahman become "abdulrahman". The family
 * name, the last word, stays separate: Omar Abdul Rahman is also Omar A. Rahman.
 */
export function withAbdNames(words: readonly string[]): string[] {
  if (!words.some((word) => word.startsWith('abd'))) return [...words]
  const found: string[] = []
  const isLast = (at: number) => at === words.length - 1
  for (let at = 0; at < words.length; at++) {
    const [word = '', next = ''] = words.slice(at)
    const [, , inOne] = IN_ONE_WORD.exec(word) ?? []
    const [, , behind] = word === 'abd' ? (ARTICLE_AND_NAME.exec(next) ?? []) : []
    if (inOne !== undefined) found.push(ABDUL + folded(inOne))
    else if (behind !== undefined) {
      found.push(ABDUL, isLast(at + 1) ? behind : folded(behind))
      at++
    } else if (word === 'abd' && ARTICLE.test(next) && at + 2 < words.length) {
      found.push(ABDUL)
      at++
    } else if ((word === 'abd' || ABD_AND_ARTICLE.test(word)) && next.length > 2) found.push(ABDUL)
    else found.push(found.at(-1) === ABDUL && !isLast(at) ? folded(word) : word)
  }
  return joined(found)
}

/** The words with Abdul joined to the given name after it, unless that is an initial. */
function joined(words: readonly string[]): string[] {
  const isBehind = (at: number) =>
    words[at - 1] === ABDUL && at + 1 < words.length && (words[at] ?? '').length > 1
  return words.flatMap((word, at) => {
    if (isBehind(at)) return []
    return [word === ABDUL && isBehind(at + 1) ? word + words[at + 1] : word]
  })
}
