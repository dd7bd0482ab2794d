import { simplified } from '../title-key.ts'
import { vocabularyPhrases } from '../topic-vocabulary.ts'

/**
 * The comparison key of a keyword. Keywords with the same `key` are spellings of one subject: they differ in number, hyphens, spaces, British
 * or American spelling, or by an acronym beside the long form.
 */
export interface TopicKey {
  /** The normalised words, joined without spaces. Empty if nothing remains. */
  key: string
  /** The acronym beside the long form, or the whole keyword if it is one; null without any. */
  acronym: string | null
  /** Whether the keyword is a single word that may be an acronym. */
  isBare: boolean
}

/** Maximum length of a key, to fit into an index. */
const MOST_KEY = 200
/** Length of an acronym, in letters. */
const ACRONYM = { least: 2, most: 8 }

/** The key of a keyword, or of the slug of a topic. */
export function topicKeyOf(name: string): TopicKey {
  const words = plainWords(name)
  const { acronym, long } = withoutAcronym(words)
  const [only = ''] = words
  const isBare = words.length === 1 && isAcronymLike(only)
  return {
    key: keyOf(long),
    acronym: acronym ?? (isBare ? (spelled([only])[0] ?? null) : null),
    isBare,
  }
}

/** The key of a long form. */
export const joinedKey = (longForm: string) => keyOf(plainWords(longForm))

const keyOf = (words: readonly string[]) => spelled(expanded(words)).join('').slice(0, MOST_KEY)

/** Removes the acronym of the other words, in any position: "LLMs", "large", "language", "models". */
function withoutAcronym(words: string[]): { long: string[]; acronym: string | null } {
  for (const at of [words.length - 1, 0]) {
    const word = words[at] ?? ''
    const others = words.filter((_, i) => i !== at)
    if (others.length < 2 || !isAcronymLike(word)) continue
    const fits = isAcronymOf(word, others) || isAcronymOf(word, expanded(others.map(singular)))
    if (fits) return { long: others, acronym: singular(word) }
  }
  return { long: words, acronym: null }
}

/** Removes the acronym beside the long form: "Large Language Models (LLMs)" becomes "Large Language Models". */
export function longName(name: string): string {
  const bracketed = name.replace(/\s*\([^()]*\)\s*$/, '')
  if (bracketed !== name && topicKeyOf(bracketed).key === topicKeyOf(name).key) return bracketed
  const printed = name.split(/\s+/)
  const words = printed.map((word) => plainWords(word).join(''))
  const { long, acronym } = withoutAcronym(words)
  if (acronym === null || long.length === words.length) return name
  const rest = words[0] === long[0] ? printed.slice(0, -1) : printed.slice(1)
  return rest.join(' ').replace(/^\((.*)\)$/, '$1')
}

const isAcronymLike = (word: string) =>
  word.length >= ACRONYM.least && word.length <= ACRONYM.most + 1 && /[a-z]/.test(word)

/** Words that acronyms may leave out: "chain of thought" is CoT or CT. */
const SMALL = new Set(
  'a an and as at by for from in into of on or over per the to via with'.split(' '),
)

/**
 * Whether a word consists of the beginnings of others: the first letter of each, in order, possibly with further letters ("lora" from "low
 * rank adaptation"). A plural s is ignored.
 */
export function isAcronymOf(word: string, others: readonly string[]): boolean {
  const fits = (words: readonly string[]) =>
    fitsFrom(word, words) || (word.endsWith('s') && fitsFrom(word.slice(0, -1), words))
  return fits(others) || (others.some(isPrefix) && fits(withPrefixes(others)))
}

/** Whether a word is a prefix written with a hyphen, a space or neither: "multi modal" is one M of MLLM. */
const isPrefix = (word: string) =>
  /^(?:multi|auto|pre|non|inter|hyper|super|meta|bio|neuro|micro)$/.test(word)

function withPrefixes(words: readonly string[]): string[] {
  return words.flatMap((word, i) => {
    const before = words[i - 1]
    if (isPrefix(word) && i + 1 < words.length) return []
    return before !== undefined && isPrefix(before) ? before + word : word
  })
}

function fitsFrom(letters: string, words: readonly string[]): boolean {
  const [word, ...more] = words
  if (word === undefined) return letters === ''
  if (letters === '') return words.every((left) => SMALL.has(left))
  if (SMALL.has(word) && fitsFrom(letters, more)) return true
  const most = Math.min(word.length, letters.length, MOST_OF_WORD)
  for (let taken = 1; taken <= most && word[taken - 1] === letters[taken - 1]; taken++)
    if (fitsFrom(letters.slice(taken), more)) return true
  return false
}

/** Maximum number of letters that an acronym takes from one word. */
const MOST_OF_WORD = 3

/** The normalised words of a text: in lower case, each in its canonical spelling. */
export function spelledWords(text: string): string[] {
  return spelled(plainWords(text))
}

function plainWords(text: string): string[] {
  const words = simplified(text.replaceAll('+', ' plus ').replaceAll('#', ' sharp '))
  return words === '' ? [] : words.split(' ')
}

const spelled = (words: readonly string[]) => words.map(spelling)

/** Cached spellings, because texts repeat their words. */
const SPELLINGS = new Map<string, string>()
const MOST_SPELLINGS = 100_000

function spelling(word: string): string {
  const known = SPELLINGS.get(word)
  if (known !== undefined) return known
  if (SPELLINGS.size >= MOST_SPELLINGS) SPELLINGS.clear()
  const found = american(singular(word))
  SPELLINGS.set(word, found)
  return found
}

/** Expands acronyms of the vocabulary: "multimodal llm" becomes "multimodal large language model". */
function expanded(words: readonly string[]): string[] {
  return words.length === 1
    ? [...words]
    : words.flatMap((word) => longForms().get(singular(word)) ?? word)
}

let acronyms: Map<string, string[]> | null = null

/** The acronyms of the vocabulary with the words of their long forms: the topic's name, or another phrase for it. */
function longForms(): Map<string, string[]> {
  if (acronyms) return acronyms
  acronyms = new Map()
  for (const { phrases } of vocabularyPhrases())
    for (const word of phrases.filter((phrase) => !phrase.includes(' ') && isAcronymLike(phrase))) {
      const long = phrases
        .map(plainWords)
        .find((words) => words.length > 1 && isAcronymOf(word, words))
      if (long && !acronyms.has(word)) acronyms.set(singular(word), long)
    }
  return acronyms
}

const IRREGULAR = new Map(
  Object.entries({
    analyses: 'analysis',
    axes: 'axis',
    children: 'child',
    corpora: 'corpus',
    criteria: 'criterion',
    diagnoses: 'diagnosis',
    hypotheses: 'hypothesis',
    indices: 'index',
    matrices: 'matrix',
    mice: 'mouse',
    net: 'network',
    nets: 'network',
    phenomena: 'phenomenon',
    syntheses: 'synthesis',
    vertices: 'vertex',
  }),
)
const ENDS_WITH_S = /(?:ss|us|is|^bias|^gas|^atlas|^canvas|^lens)$/

/** Removes the plural ending. For comparison only: "database" and "databases" both become "databas". */
function singular(word: string): string {
  const known = IRREGULAR.get(word)
  if (known !== undefined) return known
  if (word.length <= 3 || !/^[a-z]/.test(word)) return word.length > 3 ? withoutS(word) : word
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`
  return withoutE(ENDS_WITH_S.test(word) ? word : withoutS(word))
}

const withoutS = (word: string) =>
  word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word
/** Removes a final e, because plurals in -es have singulars with and without it: "cache", "class". */
const withoutE = (word: string) => (/(?:s|x|z|ch|sh)e$/.test(word) ? word.slice(0, -1) : word)

/** British spellings and the American ones used for comparison. */
const AMERICAN: [RegExp, string][] = [
  [/(?<=..)is(ation|ing|ed|er|e|able)$/, 'iz$1'],
  [/(?<=..)ys(ing|ed|er|e)$/, 'yz$1'],
  [/^(behavi|neighb|col|fav|lab|hum|tum|hon|rum|vap|arm|harb|flav|endeav|vig)our/, '$1or'],
  [/^(mode|labe|trave|signa|channe|cance|leve|fue|tunne|equa|spira)ll(ing|ed|er)$/, '$1l$2'],
  [/^(cent|fib|lit|met|theat|calib|spect)re$/, '$1er'],
  [/(?<=...)ogue$/, 'og'],
  [/^(def|off|lic)ence$/, '$1ense'],
  [/^grey/, 'gray'],
  [/^artefact/, 'artifact'],
  [/^judgement/, 'judgment'],
  [/^ageing/, 'aging'],
  [/^programme$/, 'program'],
  [/^(s)ceptic/, '$1keptic'],
  [/^foet(al|us)/, 'fet$1'],
  [/^manoeuv(re|er)/, 'maneuver'],
  [/^paed/, 'ped'],
  [/^anaesth/, 'anesth'],
  [/^haem/, 'hem'],
  [/^oesoph/, 'esoph'],
  [/^orthopaed/, 'orthoped'],
]

function american(word: string): string {
  if (word.length < 5) return word
  for (const [british, other] of AMERICAN)
    if (british.test(word)) return word.replace(british, other)
  return word
}
