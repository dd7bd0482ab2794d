import { alias, join, type Sql, sql } from '../../db/sql.ts'
import { papers } from '../../db/tables/papers.ts'
import { isTerm, requiredOf, termsOf } from './asked.ts'
import { conditionOf as conditionOfMeaning, type SearchTerm } from './fields/field.ts'
import { meaningOf } from './fields/fields.ts'
import type { Coined } from './naming/apply.ts'
import type { SearchNode } from './query.ts'
import type { TermGroup } from './terms/groups.ts'
import { shareOfAll, shareOfAny } from './terms/shares.ts'
import type { TermFacts } from './terms.ts'

const p = alias(papers, 'p')

/** A query, compiled for PostgreSQL. */
export interface SearchPlan {
  /** A tsquery that every result meets; null if the query has no words. */
  text: string | null
  /** Other conditions on a result, on the alias `p`. */
  conditions: Sql[]
  /** Estimated share of the catalogue that meets everything. */
  share: number
  titleShare: number
  /** The terms that count for the score. */
  groups: TermGroup[]
  /** Pairs of adjacent terms of the query, as indexes of `groups`. */
  pairs: [number, number][]
  /** Papers that coined names of the query. */
  coined: readonly Coined[]
  /** Terms that LENIENT may leave out, and a tsquery of those it may not. */
  optional: { groups: TermGroup[]; required: string | null } | null
}

type Facts = Pick<TermFacts, 'groupOf' | 'linkedOf' | 'coined'>

/** A part of a query: a tsquery, another condition, or nothing, for a term too common to search for. */
type Part =
  | { kind: 'text'; query: string; share: number; titleShare: number; isPositive: boolean }
  | { kind: 'condition'; condition: Sql; share: number }
  | null

/** The conditions of a tree that do not involve terms, on the alias `p`. */
export function conditionsWithoutTerms(root: SearchNode | null): Sql[] {
  const nodes = requiredOf(root)
  return nodes
    .filter((node) => termsOf(node).length === 0)
    .map((node) => compileNode(node, { groupOf: () => null, linkedOf: () => null, coined: [] }))
    .flatMap((part) => (part?.kind === 'condition' ? [part.condition] : []))
}

/** Compiles a tree to SQL. Ignores terms that are too common to search for. */
export function compileSearch(root: SearchNode | null, facts: Facts): SearchPlan {
  const nodes = requiredOf(root)
  const parts = nodes.map((node) => compileNode(node, facts))
  const texts = parts.flatMap((part) => (part?.kind === 'text' ? [part] : []))
  // An index cannot look up a negation alone.
  const usesText = texts.some(({ isPositive }) => isPositive)
  const conditions = parts.flatMap((part) => {
    if (part?.kind === 'condition') return [part.condition]
    return part?.kind === 'text' && !usesText ? [conditionOf(part)] : []
  })
  const optional = optionalOf(nodes, parts, facts)
  const groups = rankedOf(nodes, facts)
  // A repeated word does not reduce the share.
  const once = [...new Map(texts.map((part) => [part.query, part])).values()]
  const others = parts.filter((part) => part?.kind === 'condition')
  return {
    text: usesText ? conjunction(once.map(({ query }) => query)) : null,
    conditions,
    share: shareOfAll([...once, ...others].map(({ share }) => share)),
    titleShare: shareOfAll(once.map(({ titleShare }) => titleShare)),
    ...groups,
    coined: facts.coined,
    optional,
  }
}

/** Compiles a node. `isChoice` marks a part of an OR, for which an index must find all papers, as for the other parts. */
function compileNode(node: SearchNode, facts: Facts, isChoice = false): Part {
  switch (node.kind) {
    case 'word':
    case 'prefix':
    case 'pattern':
    case 'phrase':
      return compileTerm(node, facts)
    case 'text':
      return compileText(node, facts)
    case 'field': {
      const meaning = meaningOf(node)
      return condition(conditionOfMeaning(meaning, facts.linkedOf(node), isChoice))
    }
    case 'and':
    case 'or':
      return combine(
        node.kind,
        node.nodes.map((one) => compileNode(one, facts, isChoice || node.kind === 'or')),
      )
    case 'not':
      return negated(compileNode(node.node, facts))
  }
}

function compileTerm(term: SearchTerm, facts: Facts): Part {
  const group = facts.groupOf(term)
  if (!group) return null
  const { match: query, share, titleShare } = group
  return { kind: 'text', query, share, titleShare, isPositive: true }
}

/** Negates a part; an unknown value counts as false. */
function negated(part: Part): Part {
  if (part?.kind !== 'text') return part && condition(sql`not coalesce(${part.condition}, false)`)
  const isPositive = !part.isPositive
  return { kind: 'text', query: `!(${part.query})`, share: 1, titleShare: 1, isPositive }
}

function compileText({ field, term }: Extract<SearchNode, { kind: 'text' }>, facts: Facts): Part {
  const group = facts.groupOf(term)
  if (!group) return null
  return field === 'title'
    ? condition(sql`${p.titleSearch} @@ ${group.match}::tsquery`, group.titleShare)
    : condition(sql`${p.search} @@ ${inAbstract(group.match)}::tsquery`, group.share)
}

const condition = (condition: Sql, share = 1): Part => ({ kind: 'condition', condition, share })

/** Restricts each lexeme of a tsquery to the weight of abstracts. */
function inAbstract(query: string): string {
  return query.replace(/('(?:[^'\\]|''|\\.)*')(:\*)?/g, (_, lexeme, star) =>
    star ? `${lexeme}:*B` : `${lexeme}:B`,
  )
}

function combine(kind: 'and' | 'or', parts: Part[]): Part {
  const present = parts.filter((part) => part !== null)
  const [only] = present
  if (only === undefined || present.length === 1) return only ?? null
  const shares = present.map(({ share }) => share)
  const share = kind === 'and' ? shareOfAll(shares) : shareOfAny(shares)
  const texts = present.flatMap((part) => (part.kind === 'text' ? [part] : []))
  if (texts.length < present.length) {
    const operator = kind === 'and' ? ' and ' : ' or '
    return condition(sql`(${join(present.map(conditionOf), operator)})`, share)
  }
  const titleShares = texts.map(({ titleShare }) => titleShare)
  const positive = texts.filter(({ isPositive }) => isPositive).length
  return {
    kind: 'text',
    query: texts.map(({ query }) => `(${query})`).join(kind === 'and' ? ' & ' : ' | '),
    share,
    titleShare: kind === 'and' ? shareOfAll(titleShares) : shareOfAny(titleShares),
    isPositive: kind === 'and' ? positive > 0 : positive === texts.length,
  }
}

function conditionOf(part: NonNullable<Part>): Sql {
  return part.kind === 'condition' ? part.condition : sql`${p.search} @@ ${part.query}::tsquery`
}

export function conjunction(queries: readonly string[]): string | null {
  return queries.length === 0 ? null : queries.map((query) => `(${query})`).join(' & ')
}

/** The terms that count for the score, without those under a NOT; neighbours in an AND form pairs. */
function rankedOf(
  nodes: readonly SearchNode[],
  facts: Facts,
): Pick<SearchPlan, 'groups' | 'pairs'> {
  const groups: TermGroup[] = []
  const pairs: [number, number][] = []
  const add = (term: SearchTerm) => {
    const group = facts.groupOf(term)
    if (group) groups.push(group)
    return group !== null
  }
  const visit = (siblings: readonly SearchNode[], areNeighbours: boolean) => {
    let previous = -1
    for (const node of siblings) {
      if (node.kind === 'and' || node.kind === 'or') visit(node.nodes, node.kind === 'and')
      else if (node.kind === 'text') add(node.term)
      else if (isTerm(node)) {
        if (!add(node)) continue
        const place = groups.length - 1
        if (areNeighbours && previous >= 0) pairs.push([previous, place])
        previous = place
        continue
      }
      previous = -1
    }
  }
  visit(nodes, true)
  return heaviest(groups, pairs)
}

/** Maximum number of terms counted in the texts of papers; a whole abstract as a query has more. */
const MOST_RANKED = 32

function heaviest(
  all: readonly TermGroup[],
  allPairs: readonly [number, number][],
): Pick<SearchPlan, 'groups' | 'pairs'> {
  // Words that hardly any paper has weigh most but find nothing.
  const value = ({ share, weight }: TermGroup) => (share > 0 ? weight : 0)
  const kept = new Set([...all].sort((a, b) => value(b) - value(a)).slice(0, MOST_RANKED))
  const groups = all.filter((group) => kept.has(group))
  const places = all.map((group) => groups.indexOf(group))
  const pairs = allPairs.flatMap(([a, b]): [number, number][] => {
    const [one = -1, other = -1] = [places[a], places[b]]
    return one < 0 || other < 0 ? [] : [[one, other]]
  })
  return { groups, pairs }
}

/** Only bare top-level words are optional; everything else in a query is required. */
function optionalOf(
  nodes: readonly SearchNode[],
  parts: readonly Part[],
  facts: Facts,
): SearchPlan['optional'] {
  const groups: TermGroup[] = []
  const required: string[] = []
  for (const [i, node] of nodes.entries()) {
    const part = parts[i]
    const group = isBareWord(node) ? facts.groupOf(node) : null
    if (!group) {
      if (part?.kind === 'text') required.push(part.query)
    } else if (!groups.some(({ match }) => match === group.match)) groups.push(group)
  }
  const isLong = groups.length > 1 || groups.some(({ authors }) => authors.length > 0)
  return isLong ? { groups, required: conjunction(required) } : null
}

const isBareWord = (node: SearchNode): node is SearchTerm =>
  node.kind === 'word' ||
  node.kind === 'pattern' ||
  // In quotes a prefix is a phrase.
  (node.kind === 'prefix' && !/\s/.test(node.text))
