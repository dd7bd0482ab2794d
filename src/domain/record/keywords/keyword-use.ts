import { slugify } from '../title-key.ts'
import { meaningsIn } from '../topic-meanings.ts'
import { isAcronymOf, joinedKey, spelledWords, topicKeyOf } from './topic-key.ts'

/** A keyword of a paper and its use in the paper's own text. */
export interface KeywordUse {
  slug: string
  /** As printed. */
  name: string
  /** The key shared by its spellings; for an acronym that the abstract explains, that of the long form. Null for sentences, and for words with another meaning in another field. */
  key: string | null
  /** The acronym beside the long form, or the whole keyword if it is one. */
  acronym: string | null
  /** Where the paper mentions it: 2 in its title, 1 in its abstract, 0 nowhere. */
  said: 0 | 1 | 2
}

/** Maximum size of a keyword that may be a topic; longer ones are sentences or errors. */
const MOST = { characters: 100, words: 10 }
/** Keys shorter than this match whole words only: "rag" is part of "average". */
const SHORTEST_WITHIN = 9
/** Scripts without spaces between words. */
const UNSPACED =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Khmer}\p{sc=Lao}\p{sc=Myanmar}]/u

/** The uses of a paper's keywords, each keyword once. */
export function keywordUses(
  keywords: readonly string[],
  title: string,
  abstract: string | null,
): KeywordUse[] {
  if (keywords.length === 0) return []
  const texts = [spaced(title), spaced(abstract ?? '')] as const
  const { isOther } = meaningsIn(title, abstract)
  return keywords.map((name) => {
    const slug = slugify(name)
    if (isOdd(name) || isOther(name)) return { slug, name, key: null, acronym: null, said: 0 }
    const { key, acronym, isBare } = topicKeyOf(name)
    const longForm = isBare ? longFormIn(abstract ?? '', slug) : null
    const said = whereSaid(name, key, acronym, texts)
    return { slug, name, key: (longForm ?? key) || null, acronym, said }
  })
}

const isOdd = (name: string) =>
  name.length > MOST.characters ||
  name.split(' ').length > MOST.words ||
  /^[\d\W_]+$/u.test(name) ||
  /[\\${}<>@]|https?:/.test(name)

const spaced = (text: string) => ` ${spelledWords(text).join(' ')} `

function whereSaid(
  name: string,
  key: string,
  acronym: string | null,
  [title, abstract]: readonly [string, string],
): 0 | 1 | 2 {
  const words = ` ${spelledWords(name).join(' ')} `
  const isWithin = key.length >= SHORTEST_WITHIN || (key.length > 1 && UNSPACED.test(key))
  const isIn = (text: string) =>
    text.includes(words) ||
    (acronym !== null && text.includes(` ${acronym} `)) ||
    (isWithin && text.replaceAll(' ', '').includes(key))
  return isIn(title) ? 2 : isIn(abstract) ? 1 : 0
}

/** Number of characters before "(acronym)" in which its long form is searched. */
const MOST_BEFORE = 150

/** The key of the long form before "(acronym)" in a text; null if there is none. */
function longFormIn(text: string, acronym: string): string | null {
  const letters = acronym.replaceAll('-', '')
  if (!/^[a-z0-9]+$/.test(letters)) return null
  const at = text.search(new RegExp(`\\(\\s*${letters.replace(/s$/, '')}s?\\s*[),;]`, 'i'))
  if (at < 0) return null
  const before =
    text
      .slice(Math.max(0, at - MOST_BEFORE), at)
      .split(/[.;:()]/)
      .at(-1) ?? ''
  const words = slugify(before).split('-').filter(Boolean)
  // The longest match, because "multi-modal" can count as one or two words of an acronym.
  const most = Math.min(words.length, letters.length + 4)
  for (let count = most; count >= 2; count--) {
    const long = words.slice(-count)
    if (long[0]?.[0] === letters[0] && isAcronymOf(letters, long)) return joinedKey(long.join(' '))
  }
  return null
}
