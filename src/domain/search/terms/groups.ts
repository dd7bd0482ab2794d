import { uniqBy } from 'es-toolkit'
import leven from 'leven'
import type { SearchTerm } from '../fields/field.ts'
import { shareOfAll } from './shares.ts'

/** Maximum number of different words that a prefix stands for. */
export const MOST_CONTINUED = 20
/** Maximum number of papers with such words for which the index is searched for the whole prefix. */
const MOST_COLLECTED = 5_000

/** Facts about the whole catalogue for planning a search. */
export interface CatalogueSize {
  papers: number
  /** Number of papers by tier of quality, from tier 0. */
  tiers: number[]
}

/** A term in the form of the indexes. */
export interface TermGroup {
  /** The tsquery that a paper must meet. */
  match: string
  /** Its lexemes as alternatives in a tsquery, to count their occurrences. */
  rank: string
  /** The factor for one full occurrence in `rank`, because PostgreSQL divides by the number of lexemes. */
  scale: number
  /** Whether a paper with the lexemes may still not match. */
  isGated: boolean
  /** Estimated share of the catalogue's papers that have it. */
  share: number
  /** Estimated share of those that have it in the title. */
  titleShare: number
  /** Weight of the term: the logarithm of its rarity. */
  weight: number
  /** Share of papers that have the term itself, without its alternatives. */
  ownShare: number
  /** `match` without the alternatives; `match` where absent. */
  own?: string
  /** The tsquery for adjacency with another term; `match` if absent. */
  adjacent?: string
  /** Other writings that count like the term: an acronym for a long form, or the reverse. */
  alternatives: Alternative[]
  /** The year that it may be; papers published in that year also have the term. */
  year?: number
  /** Corrections: used instead of a word that no paper has, or in addition to one that `isRare`. */
  correctedTo?: string[]
  /** Whether hardly any paper has the word, and it looks like a typo of a common one. */
  isRare?: boolean
  /** Whether a word that no paper has is the name of a venue. */
  isVenue?: boolean
  /** Authors with this name, those who also have the next word as a name first, then by number of papers. */
  authors: NamedAuthor[]
}

/** Another writing of a term, with the same properties for counting. */
export interface Alternative {
  rank: string
  /** What a paper must meet for it to count; null for `rank`. */
  gate: string | null
  scale: number
  /** Its weight relative to the term itself. */
  factor: number
  /** Its number of words in a title. */
  size: number
}

export type NamedAuthor = [id: number, papers: number]

export type LexemeCount = [lexeme: string, papers: number, titles: number]
type Near = [word: string, ...LexemeCount]

export interface TermRow {
  query: string
  lexemes: LexemeCount[]
  /** For a prefix: the words before the last, as a tsquery. */
  head: string
  last: string
  continued: LexemeCount[]
  /** Corrections of a word that occurs in no paper. */
  near: Near[]
  /** Whether a word that occurs in no paper is the name of a venue. */
  venue: boolean
  authors: NamedAuthor[]
}

export function groupOf(
  term: SearchTerm,
  row: TermRow,
  size: CatalogueSize,
  isLenient: boolean,
): TermGroup | null {
  if (term.kind === 'prefix' && row.last) return prefixGroup(row, size, isLenient)
  // If nothing matches it, LENIENT reads it as a name that contains a star.
  if (term.kind === 'pattern' && (row.continued.length > 0 || !isLenient))
    return patternGroup(term, row, size)
  if (row.query === '' || row.lexemes.length === 0) return null
  const own = lexemesIn(row.query)
  if (row.lexemes.length > 1) {
    const group = compoundGroup(row, own, size)
    return row.authors.length > 0 ? { ...group, authors: row.authors } : group
  }
  const [lexeme] = row.lexemes as [LexemeCount]
  const { authors } = row
  if (authors.length > 0) {
    const papers = Math.max(lexeme[1], papersOf(authors))
    return { ...groupOfAny([lexeme], size), weight: rarity(papers, size), authors }
  }
  if (row.venue) return { ...groupOfAny([lexeme], size), isVenue: true }
  const isRare = lexeme[1] > 0
  const near = isRare ? row.near.filter((one) => isMisprintOf(term.text, one, lexeme)) : row.near
  const meant = nearest(term.text, near)
  if (meant.length === 0) return groupOfAny([lexeme], size)
  const counts = meant.map(([, ...count]) => count)
  const correctedTo = meant.map(([word]) => word)
  return {
    ...groupOfAny([...counts, lexeme], size),
    ...{ correctedTo, ...(isRare && { isRare }) },
  }
}

/**
 * A word in at most `papers` papers that is one typo away from a word in `timesCommoner` times as many is searched for as both. Too many shorter
 * words are one typo away from another. The first and last letters must agree: they rarely differ in typos, but often in other words and forms.
 */
export const MISPRINT = { papers: 2, timesCommoner: 100, letters: 6 }

/** Whether a word may be a typo: not if it is written like a name, or has digits. */
export const mayBeMisprint = (text: string): boolean =>
  text.length >= MISPRINT.letters && /^\p{L}\p{Ll}+$/u.test(text)

function isMisprintOf(text: string, [word, lexeme, papers]: Near, own: LexemeCount): boolean {
  const written = text.toLowerCase()
  return (
    lexeme !== own[0] &&
    papers >= MISPRINT.timesCommoner * own[1] &&
    word[0] === written[0] &&
    word.at(-1) === written.at(-1) &&
    distanceOf(written, word) === 1
  )
}

/** The group of alternatives, as rare as the most common of them. */
function groupOfAny(lexemes: readonly LexemeCount[], size: CatalogueSize): TermGroup {
  const match = lexemes.map(([lexeme]) => quoted(lexeme)).join(' | ')
  const papers = Math.max(...lexemes.map((one) => one[1]))
  const titles = Math.max(...lexemes.map((one) => one[2]))
  return {
    match,
    rank: match,
    scale: lexemes.length,
    isGated: false,
    share: shareOf(papers, size),
    ownShare: shareOf(papers, size),
    titleShare: shareOf(titles, size),
    weight: rarity(papers, size),
    alternatives: [],
    authors: [],
  }
}

/** The group of a phrase or a hyphenated compound: as rare as its rarest word, with a little more weight for each other word. */
function compoundGroup(row: TermRow, own: string[], size: CatalogueSize): TermGroup {
  const { lexemes } = row
  const weights = lexemes.map(([, papers]) => rarity(papers, size)).sort((a, b) => b - a)
  const [first = 0, ...others] = weights
  return {
    match: row.query,
    rank: own.join(' | '),
    scale: own.length > lexemes.length ? own.length / 2 : 1,
    isGated: true,
    share: shareOfAll(lexemes.map(([, papers]) => shareOf(papers, size))),
    ownShare: shareOfAll(lexemes.map(([, papers]) => shareOf(papers, size))),
    titleShare: shareOfAll(lexemes.map(([, , titles]) => shareOf(titles, size))),
    weight: first + others.reduce((sum, weight) => sum + weight, 0) / 2,
    alternatives: [],
    authors: [],
  }
}

function prefixGroup(row: TermRow, size: CatalogueSize, isLenient: boolean): TermGroup {
  const continued = row.continued.map(([lexeme]) => quoted(lexeme))
  const sum = (at: 1 | 2) => row.continued.reduce((total, one) => total + one[at], 0)
  // The index collects all papers of a prefix before it checks any. Further words with the prefix are in none or few of them.
  const isRare = row.continued.length < MOST_CONTINUED && sum(1) <= MOST_COLLECTED
  const any = isRare || !isLenient ? [`${quoted(row.last)}:*`] : []
  const alternatives = [...new Set([...continued, ...any])].join(' | ')
  return {
    match: row.head ? `(${row.head}) <-> (${alternatives})` : alternatives,
    rank: alternatives,
    scale: continued.length + any.length,
    isGated: row.head !== '',
    share: shareOf(sum(1), size),
    ownShare: shareOf(sum(1), size),
    titleShare: shareOf(sum(2), size),
    weight: rarity(sum(1), size),
    alternatives: [],
    authors: [],
  }
}

/** The group of words that match a pattern; a lexeme that no paper has if there are none. */
function patternGroup(
  { text }: SearchTerm,
  { continued }: TermRow,
  size: CatalogueSize,
): TermGroup {
  const papers = continued.reduce((sum, [, count]) => sum + count, 0)
  const titles = continued.reduce((sum, [, , count]) => sum + count, 0)
  const group = groupOfAny(continued.length > 0 ? continued : [[text, 0, 0]], size)
  const share = shareOf(papers, size)
  return {
    ...group,
    ...{ share, ownShare: share, titleShare: shareOf(titles, size), weight: rarity(papers, size) },
  }
}

/** Of equally similar words, one with this many times fewer papers than the most common is not meant. */
const TIMES_FEWER = 20

/**
 * The words that `text` may be a typo of: the most similar, without rare ones among common ones. If some differ by swapped letters, the most
 * common typo, only these.
 */
function nearest(text: string, near: readonly Near[]): Near[] {
  const word = text.toLowerCase()
  const most = word.length < 6 ? 1 : 2
  const candidates = near
    .map((one) => ({ distance: distanceOf(word, one[0]), one }))
    .filter(({ distance }) => distance <= most)
  const least = Math.min(...candidates.map(({ distance }) => distance))
  const best = candidates.flatMap(({ distance, one }) => (distance === least ? [one] : []))
  const papers = Math.max(...best.map((one) => one[2]))
  const common = best
    .filter((one) => one[2] * TIMES_FEWER >= papers)
    .sort((a, b) => b[2] - a[2] || b[3] - a[3])
  const turned = common.filter(([other]) => isTurned(word, other))
  return uniqBy(turned.length > 0 ? turned : common, ([, lexeme]) => lexeme).slice(0, 3)
}

/** The edit distance of two words; swapped letters count as one. */
function distanceOf(a: string, b: string): number {
  const distance = leven(a, b)
  return distance === 2 && isTurned(a, b) ? 1 : distance
}

/** Whether the letters of two words are the same in another order. */
const isTurned = (a: string, b: string) =>
  a !== b && a.length === b.length && sorted(a) === sorted(b)

const sorted = (word: string) => [...word].sort().join('')

const LEXEME = /'(?:[^'\\]|''|\\.)*'/g
const lexemesIn = (query: string): string[] => [...new Set(query.match(LEXEME) ?? [])]
export const quoted = (lexeme: string) => `'${lexeme.replace(/[\\']/g, '$&$&')}'`

/** Total number of papers of authors; a paper by two of them counts twice. */
export function papersOf(authors: readonly NamedAuthor[]): number {
  return authors.reduce((sum, [, papers]) => sum + papers, 0)
}

export function shareOf(papers: number, size: CatalogueSize): number {
  return Math.min(1, papers / Math.max(1, size.papers))
}

/** BM25 weight of a term with this document frequency. */
export function rarity(papers: number, size: CatalogueSize): number {
  const others = Math.max(0, size.papers - papers)
  return Math.log(1 + (others + 0.5) / (papers + 0.5))
}
