import { isOfDecision } from './fields/decisions.ts'
import type { SearchTerm } from './fields/field.ts'
import { meaningOf } from './fields/fields.ts'
import { type Run, runsOf } from './naming/lookup.ts'
import type { SearchNode } from './query.ts'
import type { TermFacts } from './terms.ts'
import type { FieldLeaf } from './tokens.ts'

/** The terms of a query whose facts are looked up. */
export function termsOf(node: SearchNode | null): SearchTerm[] {
  if (node === null) return []
  switch (node.kind) {
    case 'word':
    case 'prefix':
    case 'pattern':
    case 'phrase':
      return [node]
    case 'text':
      return [node.term]
    case 'and':
    case 'or':
      return node.nodes.flatMap(termsOf)
    case 'not':
      return termsOf(node.node)
    case 'field':
      return []
  }
}

/** The parts of a query that a paper must all meet. */
export function requiredOf(root: SearchNode | null): readonly SearchNode[] {
  if (root === null) return []
  return root.kind === 'and' ? root.nodes : [root]
}

/** Runs of top-level neighbours that may be names, acronyms or their long forms. */
export function namingRunsOf(root: SearchNode | null): Run[] {
  const nodes = requiredOf(root)
  const sequences: SearchTerm[][] = [[]]
  for (const node of nodes) {
    if (node.kind === 'word' || node.kind === 'phrase') sequences.at(-1)?.push(node)
    else sequences.push([])
  }
  return runsOf(sequences)
}

/** The fields of a query that link to papers by another table. */
export function linksOf(node: SearchNode | null): FieldLeaf[] {
  if (node === null) return []
  if ('nodes' in node) return node.nodes.flatMap(linksOf)
  if (node.kind === 'not') return linksOf(node.node)
  return node.kind === 'field' && 'from' in meaningOf(node) ? [node] : []
}

/** Lists of these fields, of each of which a paper must meet at least one. */
export function requiredLinksOf(root: SearchNode | null): FieldLeaf[][] {
  const nodes = requiredOf(root)
  return nodes.flatMap((node) => {
    const choices = node.kind === 'or' ? node.nodes : [node]
    const links = choices.flatMap((one) => (one.kind === 'field' ? linksOf(one) : []))
    return links.length === choices.length ? [links] : []
  })
}

/** Upper bound of the share of papers that meet the query: the share that required fields link to, if known. */
export function shareOfLinked(required: readonly FieldLeaf[][], facts: TermFacts): number {
  const shares = required.flatMap((choices) => {
    const linked = choices.map((leaf) => facts.linkedOf(leaf))
    const ids = linked.flatMap((ids) => ids ?? [])
    return linked.every((ids) => ids) ? [ids.length / Math.max(1, facts.size.papers)] : []
  })
  return Math.min(1, ...shares)
}

/** Adjacent required terms, which may also be written as one word. */
export function neighboursOf(node: SearchNode | null): [SearchTerm, SearchTerm][] {
  if (node === null) return []
  if (node.kind === 'or') return node.nodes.flatMap(neighboursOf)
  if (node.kind !== 'and') return []
  return node.nodes.flatMap((one, i): [SearchTerm, SearchTerm][] => {
    const next = node.nodes[i + 1]
    return one.kind === 'word' && next?.kind === 'word' ? [[one, next]] : neighboursOf(one)
  })
}

/**
 * Attaches a venue to the decisions beside it: `venue:iclr is:rejected` asks for papers that ICLR rejected, wherever they appeared later.
 */
export function withVenuesOfDecisions(node: SearchNode): SearchNode {
  if (!('nodes' in node)) return node
  const nodes = node.nodes.map(withVenuesOfDecisions)
  const venues = nodes.filter((one) => one.kind === 'field' && one.field === 'venue')
  const [venue] = venues
  const isDecision = (one: SearchNode) => one.kind === 'field' && isOfDecision(one.field, one.value)
  if (
    node.kind !== 'and' ||
    venue?.kind !== 'field' ||
    venues.length > 1 ||
    !nodes.some(isDecision)
  )
    return { ...node, nodes }
  return {
    ...node,
    nodes: nodes.flatMap((one): SearchNode[] => {
      if (one === venue) return []
      return [isDecision(one) ? ({ ...one, venue: venue.value as SearchTerm } as SearchNode) : one]
    }),
  }
}

/** Whether a part of a query is a term: words in any form. */
export const isTerm = (node: SearchNode): node is SearchTerm =>
  ['word', 'prefix', 'pattern', 'phrase'].includes(node.kind)
