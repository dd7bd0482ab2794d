import leven from 'leven'

/** The words of two lists without those that both have, also with typos or joined. */
export function differenceOf(a: readonly string[], b: readonly string[]) {
  const right = partedAs(b, a)
  return differenceOfParted(partedAs(a, right), right)
}

/** The words, with pairs joined that are one word in the other list: `non immune` becomes `nonimmune`. */
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

/** The share of words that two lists have in common, from 0 to 1. */
export function sharedWords(a: readonly string[], b: readonly string[]): number {
  return (2 * differenceOf(a, b).shared) / (a.length + b.length)
}

/** Prefixes that change the meaning of a word. */
const OPPOSITE =
  /^(?:ab|ad|un|in|im|ir|il|dis|non|a|anti|de|re|sub|super|hyper|hypo|inter|intra|pre|post|micro|macro|mono|multi|bi|uni|over|under|semi|homo|hetero|endo|exo)/

/** Endings that distinguish substances: `sulfate` and `sulfite`. */
const SUBSTANCE = /^(.+?)(ate|ite|ide|ine|ane|ene|yne|ase|ose)s?$/

function areSubstances(a: string, b: string): boolean {
  const [one, other] = [SUBSTANCE.exec(a), SUBSTANCE.exec(b)]
  return one !== null && other !== null && one[1] === other[1] && one[2] !== other[2]
}

const ALPHABETIC = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]+$/u

/** Whether two words differ by a typo: not in a number, or in a prefix that changes the meaning. */
export function isTypo(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  // In scripts without an alphabet, or with short words, another character is another word.
  if (ALPHABETIC.test(a) && (areSwapped(a, b) || isInflected(short, long))) return true
  if (short.length < 5 || long.length - short.length > 2 || !ALPHABETIC.test(a + b)) return false
  // Typos keep the first letter: `maternal` and `paternal` are two words.
  if (a[0] !== b[0] || areSubstances(a, b)) return false
  const [opposite, other] = [OPPOSITE.exec(a)?.[0] ?? '', OPPOSITE.exec(b)?.[0] ?? '']
  if (opposite !== other && (long.endsWith(short) || (opposite && other))) return false
  return leven(a, b, { maxDistance: 3 }) <= (short.length >= 9 ? 2 : 1)
}

/** Whether the longer word is the shorter with an ending: `model` and `models`, `base` and `based`. */
const isInflected = (short: string, long: string) =>
  short.length >= 4 && ['s', 'es', 'd'].some((ending) => short + ending === long)

/** Whether two words differ in two swapped letters, such as `form` and `from`. */
function areSwapped(a: string, b: string): boolean {
  if (a.length !== b.length || a.length < 4) return false
  const at = [...a].findIndex((letter, i) => letter !== b[i])
  return a.slice(0, at) + a.charAt(at + 1) + a.charAt(at) + a.slice(at + 2) === b
}
