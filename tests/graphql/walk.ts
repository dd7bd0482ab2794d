import { expect } from 'vitest'
import { titleKey } from '../../src/domain/record/title-key.ts'
import type { SeededPaper } from './seeded-catalogue.ts'

export interface PageOf<Node> {
  nodes: Node[]
  edges: { cursor: string }[]
  pageInfo: {
    hasNextPage: boolean
    hasPreviousPage: boolean
    startCursor: string | null
    endCursor: string | null
  }
}

/** The arguments of a page: `first` and `after`, or `last` and `before`. */
export type PageArgs = Partial<
  Record<'first' | 'last', number> & Record<'after' | 'before', string>
>

export const PAGE =
  'edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }'
export const ARGS = 'first: $first, after: $after, last: $last, before: $before'
export const VARIABLES = '$first: Int, $after: String, $last: Int, $before: String'

export type Way = 'forward' | 'backward'
export const WAYS: Way[] = ['forward', 'backward']

const MOST_PAGES = 500

/** Reads a list page by page to its end, or from its end to its beginning, and checks the page information. */
export async function walk<Node>(
  way: Way,
  size: number,
  read: (args: PageArgs) => Promise<PageOf<Node>>,
  between: (page: PageOf<Node>) => Promise<void> = async () => {},
): Promise<Node[]> {
  const walked: Node[] = []
  let cursor: string | undefined
  for (let count = 0; count < MOST_PAGES; count++) {
    const page = await read(argsOf(way, size, cursor))
    const { nodes, edges, pageInfo } = page
    expect(edges).toHaveLength(nodes.length)
    expect(pageInfo.startCursor).toBe(edges[0]?.cursor ?? null)
    expect(pageInfo.endCursor).toBe(edges.at(-1)?.cursor ?? null)
    const isForward = way === 'forward'
    const hasMore = isForward ? pageInfo.hasNextPage : pageInfo.hasPreviousPage
    expect(isForward ? pageInfo.hasPreviousPage : pageInfo.hasNextPage).toBe(cursor !== undefined)
    if (hasMore) expect(nodes).toHaveLength(size)
    else expect(nodes.length).toBeGreaterThan(0)
    if (isForward) walked.push(...nodes)
    else walked.unshift(...nodes)
    if (!hasMore) return walked
    cursor = (isForward ? pageInfo.endCursor : pageInfo.startCursor) ?? undefined
    await between(page)
  }
  throw new Error(`no end of the list after ${MOST_PAGES} pages`)
}

function argsOf(way: Way, size: number, cursor: string | undefined): PageArgs {
  if (way === 'forward') return { first: size, ...(cursor !== undefined && { after: cursor }) }
  return { last: size, ...(cursor !== undefined && { before: cursor }) }
}

type Key = string | number

/** Rows sorted by a key, then by a number as tie-breaker, both in one direction. */
export function inOrder<Row>(
  rows: readonly Row[],
  direction: string,
  keysOf: (row: Row) => readonly Key[],
): Row[] {
  const sign = direction === 'ASC' ? 1 : -1
  return rows.toSorted((a, b) => sign * compareKeys(keysOf(a), keysOf(b)))
}

export function compareKeys(a: readonly Key[], b: readonly Key[]): number {
  for (const [i, key] of a.entries()) {
    const other = b[i] ?? ''
    if (key !== other) return key < other ? -1 : 1
  }
  return 0
}

/** The sort key of each order of papers. */
const PAPER_KEYS: Record<string, (paper: SeededPaper) => Key> = {
  PUBLISHED: ({ record }) => record.published?.on ?? '',
  CITATIONS: ({ record }) => record.citationCount ?? 0,
  STARS: ({ stars }) => stars,
  CREATED: ({ batch }) => batch,
  TITLE: ({ record }) => titleKey(record.title),
}

export const PAPER_ORDERS = Object.keys(PAPER_KEYS).flatMap((field) =>
  ['ASC', 'DESC'].map((direction) => ({ field, direction })),
)

export const paperKeys = (field: string) => (paper: SeededPaper) => [
  PAPER_KEYS[field]?.(paper) ?? '',
  paper.number,
]

/** The number in an id, used as tie-breaker. */
export const numberOf = ({ id }: { id: string }) =>
  Number(Buffer.from(id, 'base64').toString().split(':')[1])
