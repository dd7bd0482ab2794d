import { matchAt } from '../../match-at.ts'

/** Parsed parts of a reference string. */
export interface ReferenceClaim {
  /** Possible titles: one, or several parts of a text. */
  titles: { text: string; authors: string[]; hasOthers: boolean }[]
  /** Possible years. */
  years: number[]
}

const YEAR = /\b(?:19|20)\d{2}(?=[a-z]?\b)/g
const ADDRESS = /\b(?:https?:\/\/|doi:|arxiv:)\S+/gi
/** The end of a part: a stop, or a year in brackets or between stops. */
const END = /[.?!](?=\s|$)|\((?:19|20)\d{2}[a-z]?\)[.,:]?|(?<=[.,]\s)(?:19|20)\d{2}[a-z]?[.,:]/g
/** Abbreviations whose full stop does not end a sentence. */
const ABBREVIATION =
  /(?:^|[\s.(-])(?:\p{L}|al|eds?|jr|sr|st|vol|no|pp|proc|conf|int|intl|trans|univ|dept)$/iu
/** Text around titles: venue, publisher, pages. */
const SURROUNDINGS =
  /^(?:in:?\s+)?(?:proceedings|proc|advances in|journal|transactions|trans|conference|international conference|annual meeting|workshop|findings of|arxiv|corr|preprint|technical report|vol|pp|pages|url|available|retrieved)\b/i
const MOST_PARTS = 8
const LEAST_WORDS = 2
const MOST_NAMES = 100

/**
 * Splits a printed reference into possible titles, with the names before each, and years. Citation styles differ, so several parts may be the
 * title; comparison with papers decides.
 */
export function splitReference(reference: string): ReferenceClaim {
  const text = reference
    .replace(ADDRESS, ' ')
    .replace(/^\s*(?:\[[^\]]{1,12}\]|\(?\d{1,3}[.)])\s*/, '')
    .replace(/\s+/g, ' ')
    .trim()
  const parts = [...quoted(text), ...sentences(text), ...clauses(text)].filter(
    ({ text }) => wordCount(text) >= LEAST_WORDS && !SURROUNDINGS.test(text),
  )
  const seen = new Set<string>()
  const titles = parts
    .filter(({ text }) => !seen.has(text) && seen.add(text))
    .slice(0, MOST_PARTS)
    .map(({ text: title, start }) => {
      const before = text.slice(0, start)
      const names = /\p{L}{2}/u.test(before) ? before : text.slice(start + title.length)
      return {
        text: title,
        authors: splitNames(names),
        hasOthers: /\bet\.? al\b|\bothers\b/i.test(names),
      }
    })
  const years = [...text.matchAll(YEAR)].map(([year]) => Number(year))
  return { titles, years: [...new Set(years)] }
}

interface Part {
  text: string
  start: number
}

const wordCount = (text: string) => text.split(/\s+/).filter((word) => /\p{L}/u.test(word)).length

function quoted(text: string): Part[] {
  return [...text.matchAll(/["“”«]([^"“”«»]{8,})["”“»]/g)].map(({ 1: inner = '', index }) =>
    part(inner, index + 1),
  )
}

/**
 * Parts that end with a full stop, a question mark or a year. A stop after an initial or `et al` is ambiguous, so both readings are returned.
 */
function sentences(text: string): Part[] {
  const names = endOfNames(text)
  const ends = [...text.matchAll(END)].map(({ 0: end, index }) => ({
    index,
    next: index + end.length,
    isSure: end !== '.' || !ABBREVIATION.test(text.slice(0, index)),
  }))
  if (names > 0) ends.unshift({ index: names, next: names, isSure: true })
  const between = (stops: typeof ends) => {
    const starts = [0, ...stops.map(({ next }) => next)]
    return starts.map((start, i) => part(text.slice(start, stops[i]?.index), start))
  }
  ends.sort((a, b) => a.index - b.index)
  const unsure = between(ends).filter(({ text }) => wordCount(text) > LEAST_WORDS)
  return [...between(ends.filter(({ isSure }) => isSure)), ...unsure]
}

/** A family name followed by initials: `He K`, `van der Maaten LJP`, `He, K.`, `Zhu, J.-Y.`. */
const INVERTED =
  /[\p{L}\p{M}'’-]{2,}(?: [\p{L}\p{M}'’-]{2,}){0,3}(?:,? (?:\p{Lu}\.[ -]?){1,4}(?<! )| \p{Lu}{1,3}(?:-\p{Lu})?)(?: (?:[JS]r|I{2,3}|\d(?:nd|rd|th)))?/uy
const BETWEEN_NAMES = /,? (?:and|&) |[,;] /y
const BEHIND_NAMES = /(?:[,;]? (?:et\.? al|and others)\.?)?(?:(?<=\.)|[.:])(?=[\s:])/y

/** The end of a list of inverted names at the beginning of a text; 0 if there is none. */
function endOfNames(text: string): number {
  let [at, end] = [0, 0]
  for (let names = 0; names < MOST_NAMES; names++) {
    const name = matchAt(INVERTED, text, at)?.[0]
    if (!name) break
    at += name.length
    const stop = matchAt(BEHIND_NAMES, text, at)?.[0]
    if (stop !== undefined) end = at + stop.length
    const between = matchAt(BETWEEN_NAMES, text, at)?.[0]
    if (!between) break
    at += between.length
  }
  return end
}

/** Parts between commas, because some styles separate titles by commas. */
function clauses(text: string): Part[] {
  const found: Part[] = []
  let start = 0
  for (const clause of text.split(',')) {
    if (wordCount(clause) > LEAST_WORDS) found.push(part(clause, start))
    start += clause.length + 1
  }
  return found
}

/** Trims a part, and moves its start accordingly. */
function part(text: string, start: number): Part {
  const lead = /^[\s.,:;)\]]*/.exec(text)?.[0].length ?? 0
  return { text: text.slice(lead).replace(/[\s.,:;]+$/, ''), start: start + lead }
}

/** Splits a printed list of names: `Family, G.`, `G. Family`, `Given Family`. */
function splitNames(text: string): string[] {
  const bare = text.replace(/\bet\.? al\b\.?|\bothers\b/gi, ' ').replace(YEAR, ' ')
  return bare
    .split(/,|;|&|\band\b|\bund\b|\by\b/)
    .map((name) => name.replace(/[^\p{L}\p{M}\s.'’-]/gu, ' ').replace(/^[\s.]+|[\s.]+$/g, ''))
    .filter((name) => /\p{L}{2}/u.test(name))
    .slice(0, MOST_NAMES)
}
