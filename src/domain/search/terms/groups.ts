import { uniqBy } from 'es-toolkit'
import leven from 'leven'
import type { SearchTerm } from '../fields/field.ts'
import { shareOfAll } from './shares.ts'

/** Most different words that a prefix is taken to begin. */
export const MOST_CONTINUED = 20
/** Papers that have such words, up to which the index is asked for all that begin so. */
const MOST_COLLECTED = 5_000

/** What is known of the catalogue as a whole when a search is planned. */
export interface CatalogueSize {
  papers: number
  /** Papers of each tier of quality, from 0 on. */
  tiers: number[]
}

/** A term as the indexes know it. */
export interface TermGroup {
  /** As a tsquery: what a paper has to have. */
  match: string
  /** Its lexemes as alternatives in a tsquery, by which their occurrences are counted. */
  rank: string
  /** What one full occurrence counts in `rank`, as Postgres divides by the number of lexemes. */
  scale: number
  /** Whether a paper may have the lexemes and still not match. */
  isGated: boolean
  /** Share of the catalogue's papers that have it, and that have it in the title; estimated. */
  share: number
  titleShare: number
  /** Weight of the term: the logarithm of its rarity. */
  weight: number
  /** Share of those that have it itself, without what it stands for. */
  ownShare: number
  /** `match` without the alternatives; `match` where absent. */
  own?: string
  /** As a tsquery that may stand next to another term; `match` where absent. */
  adjacent?: string
  /** What counts as much as the term: an acronym for a long form, or the other way round. */
  alternatives: Alternative[]
  /** The year that it may be, which papers that came out then have as well. */
  year?: number
  /** The words that it was taken for, of a word that no paper has; or that are searched for too, of one that `isRare`. */
  correctedTo?: string[]
  /** Whether hardly any paper has a word that seems to be a misprint of common ones. */
  isRare?: boolean
  /** Whether a venue is called so, of a word that no paper has. */
  isVenue?: boolean
  /** Authors who are called so; those with most papers, behind those who are called by the next word too. */
  authors: NamedAuthor[]
}

/** Another writing of a term: how it is counted, as for the term itself. */
export interface Alternative {
  rank: string
  /** What a paper has to have for it to count; null where that is `rank`. */
  gate: string | null
  scale: number
  /** What it counts against the term itself. */
  factor: number
  /** Words of a title that it is. */
  size: number
}

export type NamedAuthor = [id: number, papers: number]

export type LexemeCount = [lexeme: string, papers: number, titles: number]
type Near = [word: string, ...LexemeCount]

export interface TermRow {
  query: string
  lexemes: LexemeCount[]
  /** Of a prefix: the words before the last, as a tsquery. */
  head: string
  last: string
  continued: LexemeCount[]
  /** Corrections of a word that occurs in no paper. */
  near: Near[]
  /** Whether a venue is called so, of a word that occurs in no paper. */
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
  // Where nothing is like it, LENIENT takes it for a name with a star in it.
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
 * A word of so few papers that is one slip from a word of so many times as many is searched for as both. Of shorter words, too many
 * are one slip from another; the first and the last letter are hardly ever wrong, but in other words and other forms of a word.
 */
export const MISPRINT = { papers: 2, timesCommoner: 100, letters: 6 }

/** What may be a misprint: not what is written as a name, or has digits. */
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

/** Alternatives, as rare as the commonest of them. */
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

/** Words in a row, or joined by a hyphen: as rare as the rarest, and a bit more telling for each other one. */
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
  // The index collects all papers of a beginning before it looks at any. What else begins so is in none or few of them.
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

/** Words that are like a pattern; a lexeme that no paper has where there are none. */
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

/** Of equally near words, one of so many times fewer papers than the commonest is not meant. */
const TIMES_FEWER = 20

/**
 * The words that somebody who wrote `text` may have meant: the nearest, without rare ones among common ones. Of these, those with
 * letters that changed places, which is the commonest slip.
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

/** The number of slips between two words; letters that changed places are one. */
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

/** How many papers authors have together; one that two of them wrote counts twice. */
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
