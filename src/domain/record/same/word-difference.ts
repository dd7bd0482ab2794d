import leven from 'leven'

/** What is left of two lists of words without those that both have, typos and joined words included. */
export function differenceOf(a: readonly string[], b: readonly string[]) {
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
export function sharedWords(a: readonly string[], b: readonly string[]): number {
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
