/**
 * Finds spellings of one another among names of topics, to check the keys of paperql by which spellings join: it does not use them. Names
 * are compared by Snowball stems and in pairs, not by a key.
 */

const SMALL = new Set(
  'a an and as at by for from in into of on or over per the to via with'.split(' '),
)

const wordsOf = (name) =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? []

/** Normalises British spellings by the usual lists; both names of a pair are rewritten. */
const american = (word) =>
  word
    .replace(/is(?=(?:e|ed|er|es|ing|ation|ations|able)$)/, 'iz')
    .replace(/ys(?=(?:e|ed|er|es|ing)$)/, 'yz')
    .replace(/our(?=$|s$|al$|ed$|ing$|hood$|able$|s$)/, 'or')
    .replace(/ogue(?=s?$)/, 'og')
    .replace(/([aeiou])ll(?=(?:ed|ing|er)s?$)/, '$1l')
    .replace(/(?<=[bt])re(?=s?$)/, 'er')
    .replace(/ae|oe/g, 'e')
    .replace(/ence(?=s?$)/, 'ense')
    .replace(/ysis$/, 'yses')

const plural = (word) =>
  word
    .replace(/(?<=..)ies$/, 'y')
    .replace(/(?<=[sxz]|ch|sh)es$/, '')
    .replace(/ices$/, 'ix')
    .replace(/(?<=[^s])s$/, '')

const plain = (name) => wordsOf(name).map(american).map(plural)

/** Whether letters are the initials of words, in any order: "LLM" and "MLL" of "large language model". */
function isInitials(letters, words) {
  const big = words.filter((word) => !SMALL.has(word))
  const inOrder = [words, big].some((some) => some.map((word) => word[0]).join('') === letters)
  if (inOrder) return true
  const prefixes = (rest, left) => {
    if (rest === '') return left.every((word) => SMALL.has(word))
    const [word, ...more] = left
    if (word === undefined) return false
    for (let taken = 0; taken <= 4 && taken <= word.length; taken++) {
      if (taken === 0 && !SMALL.has(word)) continue
      if (word.slice(0, taken) !== rest.slice(0, taken)) break
      if (prefixes(rest.slice(taken), more)) return true
    }
    return false
  }
  return words.length > 1 && letters.length > 1 && prefixes(letters, words)
}

/** Whether one name equals the other with an acronym for some of its words, or with an acronym added. */
function isAcronymPair(a, b) {
  for (const [short, long] of [
    [a, b],
    [b, a],
  ])
    for (const [at, word] of short.entries()) {
      if (word.length < 2 || word.length > 8 || long.includes(word)) continue
      const others = short.filter((_, i) => i !== at)
      const left = long.filter((one) => !others.includes(one))
      if (left.length < 2 || left.length !== long.length - others.length) continue
      if (isInitials(word, left) || isInitials(word, left.toReversed())) return true
      // "llms large language models" beside "large language models".
      if (others.join(' ') === long.join(' ') && isInitials(word, others)) return true
    }
  return false
}

const sorted = (words) => [...words].sort().join(' ')

/** Why two names are spellings of one another; null if they are not. */
export function spellingOf(a, b) {
  const [x, y] = [plain(a), plain(b)]
  if (x.join('') === y.join('')) return 'same letters'
  if (x.length > 1 && sorted(x) === sorted(y)) return 'same words'
  if (isAcronymPair(x, y)) return 'acronym'
  return null
}

/** Names that a reader must compare: the same stems, or letters that differ in one or two places. */
export function isNear(a, b, stems) {
  if (stems.get(a) === stems.get(b)) return true
  const [x, y] = [plain(a).join(''), plain(b).join('')]
  if (Math.min(x.length, y.length) < 7 || Math.abs(x.length - y.length) > 2) return false
  return distance(x, y) <= 2
}

function distance(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1))
    row = next
  }
  return row[b.length]
}
