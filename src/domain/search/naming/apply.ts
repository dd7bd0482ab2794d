import { groupBy, sumBy } from 'es-toolkit'
import type { SearchTerm } from '../fields/field.ts'
import {
  type Alternative,
  type CatalogueSize,
  type LexemeCount,
  papersOf,
  rarity,
  shareOf,
  type TermGroup,
  type TermRow,
} from '../terms/groups.ts'
import { shareOfAll } from '../terms/shares.ts'
import { looksCoined, NAMED_IN_TITLE } from './definitions.ts'
import { type Run, type RunFacts, TIMES_CITED, UNUSUAL } from './lookup.ts'

/** A run with its facts. */
export interface Named extends Run {
  facts: RunFacts
}

/** Weight of a paper's long form or acronym relative to the words of the query. */
const FACTOR = 0.95
/** Rarer meanings of an acronym count less. */
const RARE = { share: 0.5, factor: 0.8 }
/** An acronym in lower case is not a name of authors if it occurs in this many times as many papers as these authors have. */
const TIMES_AUTHORS = 2

/** The facts of single-term runs, by term. */
export function namesByTerm(named: readonly Named[]): Map<SearchTerm, Named> {
  const known = named.filter(
    ({ terms, facts: { coined, longs } }) =>
      terms.length === 1 && (coined.length > 0 || longs.length > 0),
  )
  return new Map(known.flatMap((one) => (one.terms[0] ? [[one.terms[0], one]] : [])))
}

/** A term's row without readings that do not apply to an acronym: other spellings, and authors of that name. */
export function withoutOtherReadings(row: TermRow, { text, facts }: Named): TermRow {
  const papers = Math.max(0, ...row.lexemes.map((one) => one[1]))
  const isMethod =
    looksCoined(text) ||
    (/^[a-z0-9]+$/.test(text) &&
      facts.longs.length > 0 &&
      papers >= TIMES_AUTHORS * papersOf(row.authors))
  return { ...row, near: [], authors: isMethod ? [] : row.authors }
}

/** Adds long forms of acronyms, and acronyms of long forms, to the groups of the terms. */
export function addNames(
  groups: Map<SearchTerm, TermGroup | null>,
  named: readonly Named[],
  size: CatalogueSize,
): void {
  for (const one of named) {
    const { terms, facts } = one
    const longs =
      terms.length === 1 && !isCommon(one, groups, size)
        ? facts.longs.flatMap((long) => longForm(long, size) ?? [])
        : []
    const shorts = facts.shorts.map((short) => acronym(short, size))
    for (const term of terms) {
      const group = groups.get(term) ?? groupOfLong(longs[0], term, size)
      if (group && longs.length + shorts.length > 0)
        groups.set(term, withAlternatives(group, [...longs, ...shorts], size))
    }
  }
}

interface Reading {
  alternative: Alternative
  /** The tsquery for the index, which cannot find a phrase without reading rows. */
  match: string
  share: number
  titleShare: number
}

function longForm(
  [query, , share, lexemes]: RunFacts['longs'][number],
  size: CatalogueSize,
): Reading | null {
  if (!lexemes || lexemes.length < 2) return null
  const quoted = lexemes.map(([lexeme]) => `'${lexeme}'`)
  return {
    alternative: {
      rank: quoted.join(' | '),
      gate: query,
      scale: lexemes.length,
      factor: share >= RARE.share ? FACTOR : RARE.factor,
      size: lexemes.length,
    },
    match: `(${quoted.join(' & ')})`,
    ...sharesOf(lexemes, size),
  }
}

function acronym([query, , lexemes]: RunFacts['shorts'][number], size: CatalogueSize): Reading {
  return {
    alternative: { rank: query, gate: null, scale: 1, factor: FACTOR, size: 1 },
    match: query,
    ...sharesOf(lexemes ?? [], size),
  }
}

function sharesOf(lexemes: readonly LexemeCount[], size: CatalogueSize) {
  return {
    share: shareOfAll(lexemes.map(([, papers]) => shareOf(papers, size))),
    titleShare: shareOfAll(lexemes.map(([, , titles]) => shareOf(titles, size))),
  }
}

/** The group of an acronym that is too common as a word to be searched for, such as `HER`: its long form. */
function groupOfLong(
  long: Reading | undefined,
  { text }: SearchTerm,
  size: CatalogueSize,
): TermGroup | null {
  if (!long || !/^\p{Lu}{2,}$/u.test(text)) return null
  const { rank, gate, scale } = long.alternative
  const { match, share, titleShare } = long
  return {
    ...{ match, rank, scale, share, titleShare },
    ...(gate && { own: gate, adjacent: `(${gate})` }),
    isGated: true,
    ownShare: share,
    weight: rarity(share * size.papers, size),
    alternatives: [],
    authors: [],
  }
}

function withAlternatives(
  group: TermGroup,
  readings: readonly Reading[],
  size: CatalogueSize,
): TermGroup {
  const alternatives = readings.map(({ alternative }) => alternative)
  const sum = (key: 'share' | 'titleShare') =>
    Math.min(
      1,
      readings.reduce((total, one) => total + one[key], group[key]),
    )
  const phrases = alternatives.map(({ gate, rank }) => `(${gate ?? rank})`)
  return {
    ...group,
    own: group.own ?? group.match,
    match: [group.match, ...readings.map(({ match }) => match)].join(' | '),
    adjacent: [group.adjacent ?? group.match, ...phrases].join(' | '),
    alternatives: [...group.alternatives, ...alternatives],
    share: sum('share'),
    titleShare: sum('titleShare'),
    // An acronym that hardly any text has is as rare as its long form.
    weight: group.share > 0 ? group.weight : rarity(sum('share') * size.papers, size),
  }
}

/** A paper that coined a name in the query, and what that adds to its score. */
export interface Coined {
  paperId: number
  /** Minimum text score, as if the title were the name alone. */
  least: number
  points: number
  /** Whether the query is this name and nothing else. */
  isAll: boolean
}

/** In points of the text score. */
const POINTS = { least: 13, first: 5, others: 2.5 }
/** A word not written as a name is not an acronym if it occurs in this many times as many papers as explain it as one. */
const TIMES_EXPLAINED = 50

/** The papers that coined names in a query of these terms. The more other words the query has, the less this counts. */
export function coinedBy(
  named: readonly Named[],
  groups: ReadonlyMap<SearchTerm, TermGroup | null>,
  size: CatalogueSize,
): Coined[] {
  const total = weightOf([...groups.keys()], groups)
  const longestFirst = [...named].sort((a, b) => b.terms.length - a.terms.length)
  const taken = new Set<SearchTerm>()
  const coined = longestFirst.flatMap((one) => {
    if (one.facts.coined.length === 0 || one.terms.some((term) => taken.has(term))) return []
    if (one.terms.length === 1 && isCommon(one, groups, size)) return []
    for (const term of one.terms) taken.add(term)
    const part = total > 0 ? weightOf(one.terms, groups) / total : 1
    return claimsOf(one, part)
  })
  return Object.values(groupBy(coined, ({ paperId }) => paperId)).map(asOne)
}

/** Merges the claims of one paper, which may have coined several names of a query, such as an acronym and its long form. */
const asOne = (claims: readonly Coined[]): Coined => ({
  paperId: claims[0]?.paperId ?? 0,
  least: Math.max(...claims.map(({ least }) => least)),
  points: sumBy(claims, ({ points }) => points),
  isAll: claims.some(({ isAll }) => isAll),
})

function isCommon(
  { text, terms: [term], facts }: Named,
  groups: ReadonlyMap<SearchTerm, TermGroup | null>,
  size: CatalogueSize,
): boolean {
  const papers = ((term && groups.get(term)?.ownShare) ?? 0) * size.papers
  const cites = Math.max(0, ...facts.coined.map(([, , , citations]) => citations))
  return (
    !looksCoined(text) &&
    papers > TIMES_EXPLAINED * explainedBy(facts) &&
    cites <= TIMES_CITED * papers
  )
}

/** Number of papers that explain an acronym, at least 1. */
const explainedBy = ({ longs }: RunFacts) => longs.reduce((sum, [, papers]) => sum + papers, 1)

/** Minimum share that a meaning is assumed to have among the papers that explain a name. */
const LEAST_MEANT = 0.01

/** Whether a title begins with the name in capitals only, such as `REACT` for `ReAct`, which is another acronym. */
function isOtherName(text: string, title: string): boolean {
  const head = title.slice(0, text.length)
  const isMixed = /^\p{Lu}.*\p{Ll}.*\p{Lu}/u.test(text)
  return isMixed && head.toLowerCase() === text.toLowerCase() && /^[\p{Lu}\p{N}-]+$/u.test(head)
}

function claimsOf({ text, facts }: Named, part: number): Coined[] {
  const claims = facts.coined
  const usual = Math.max(0, ...facts.longs.map(([, , share]) => share))
  // A meaning that is n times rarer needs n times as many citations to be the one that people search for.
  const least = (share: number) =>
    TIMES_CITED * explainedBy(facts) * Math.max(1, usual / Math.max(share, LEAST_MEANT))
  const earliest = Math.min(...claims.map(([, , , , year]) => year))
  const rated = claims
    .map(([paperId, strength, share, citations, year, title]) => ({
      paperId,
      strength,
      isUsual: citations > least(share) || (share >= UNUSUAL && !isOtherName(text, title)),
      value:
        strength / 2 + 4 * share + Math.log1p(citations) / 3 - Math.min(4, (year - earliest) / 4),
    }))
    .sort((a, b) => b.value - a.value || a.paperId - b.paperId)
  const isAll = part > 0.99
  return rated.flatMap(({ paperId, strength, isUsual }, i) => {
    const isFirst = i === 0 && isUsual
    if (!isFirst && (strength < NAMED_IN_TITLE || !isUsual)) return []
    const points = (isFirst ? POINTS.first : POINTS.others) * part ** 2
    return [
      { paperId, least: isFirst && isAll ? POINTS.least : 0, points, isAll: isFirst && isAll },
    ]
  })
}

function weightOf(
  terms: readonly SearchTerm[],
  groups: ReadonlyMap<SearchTerm, TermGroup | null>,
): number {
  return terms.reduce((sum, term) => sum + (groups.get(term)?.weight ?? 0), 0)
}
