import { alias, type Sql, sql } from '../../../db/sql.ts'
import { papers } from '../../../db/tables/papers.ts'
import type { SearchNode } from '../query.ts'

const p = alias(papers, 'p')

const YEAR = /^\(?((?:19|20)\d\d)[a-z]?[),.;:]*$/

/** The year that a word of a query may be, also as references have it: `2017`, `(2017)`, `2017a,`. */
export function yearIn(word: string): number | null {
  const [, year] = YEAR.exec(word) ?? []
  return year === undefined ? null : Number(year)
}

/** Share of the papers that a year is taken to have. */
export const SHARE_OF_YEAR = 0.05

/** Whether the paper `p` came out in one of these years. */
export const isOfYears = (years: readonly number[]): Sql =>
  sql`extract(year from ${p.publishedOn}) = any(${years}::int[])`

/** A query without the `et al.` behind a name, which says nothing of the paper. */
export function withoutEtAl(root: SearchNode | null): SearchNode | null {
  if (root?.kind !== 'and') return root
  const isEt = (at: number) =>
    at > 0 && isWord(root.nodes[at], /^et$/i) && isWord(root.nodes[at + 1], /^al[.,;:)]*$/i)
  const nodes = root.nodes.filter((_, at) => !isEt(at) && !isEt(at - 1))
  return nodes.length > 1 ? { kind: 'and', nodes } : (nodes[0] ?? null)
}

const isWord = (node: SearchNode | undefined, pattern: RegExp): boolean =>
  node?.kind === 'word' && pattern.test(node.text)
