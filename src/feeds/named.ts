import { ENTRY_FRAGMENT, type FeedPaper } from './entry.ts'
import {
  type FeedKind,
  type FeedSource,
  PAGE_INFO,
  type PageInfo,
  pagesOf,
  WINDOW,
  WINDOW_ARGUMENTS,
  windowOf,
} from './source.ts'

/** An entity or saved query whose papers form a feed. */
interface Holder {
  /** The canonical reference. */
  ref: string
  name: string | null
  papers: { pageInfo: PageInfo; nodes: FeedPaper[] }
}

/** Most recently added first: a paper from an earlier year that is added today is news to a reader. */
const NEWEST = ', order: { field: CREATED, direction: DESC }'

type Told = Pick<FeedSource, 'title' | 'description' | 'homePath'>

/** A feed of the papers of a query field. `selection` contains `ref` and the name. */
function papersOf(
  noun: string,
  {
    field,
    argument,
    selection,
    order,
  }: Record<'field' | 'argument' | 'selection' | 'order', string>,
  tell: (holder: Holder) => Told,
): FeedKind {
  const document = `
    query Feed($ref: String!, ${WINDOW}) {
      ${field}(${argument}: $ref) {
        ${selection}
        papers(${WINDOW_ARGUMENTS}${order}) {
          ${PAGE_INFO}
          nodes { ...Entry }
        }
      }
    }
    ${ENTRY_FRAGMENT}`
  return {
    noun,
    isNamed: true,
    async load(ask, ref, search) {
      const data = await ask<Record<string, Holder | null>>(document, {
        ref,
        ...windowOf(search),
      })
      const holder = data[field]
      if (!holder) return null
      return {
        ref: holder.ref,
        ...tell(holder),
        entries: holder.papers.nodes.map((paper) => ({ paper })),
        pages: pagesOf(search, holder.papers.pageInfo),
      }
    },
  }
}

const pathOf = (kind: string, ref: string) => `/${kind}/${encodeURIComponent(ref)}`

export const topics = papersOf(
  'topic',
  { field: 'topic', argument: 'slug', selection: 'ref: slug name', order: NEWEST },
  ({ ref, name }) => ({
    title: `New papers: ${name}`,
    description: `Papers on the topic ${name}, latest in this catalogue first`,
    homePath: pathOf('topics', ref),
  }),
)

export const authors = papersOf(
  'author',
  { field: 'author', argument: 'ref', selection: 'ref: id name', order: NEWEST },
  ({ ref, name }) => ({
    title: `New papers: ${name}`,
    description: `Papers by ${name}, latest in this catalogue first`,
    homePath: pathOf('authors', ref),
  }),
)

export const venues = papersOf(
  'venue',
  { field: 'venue', argument: 'slug', selection: 'ref: slug name', order: NEWEST },
  ({ ref, name }) => ({
    title: `New papers: ${name}`,
    description: `Papers of ${name}, latest in this catalogue first`,
    homePath: pathOf('venues', ref),
  }),
)

const SAVED = `
  query Feed($ref: ID!, ${WINDOW}) {
    savedQuery(id: $ref) {
      name
      query
      latest(${WINDOW_ARGUMENTS}) {
        ${PAGE_INFO}
        edges { cameAt node { ...Entry } }
      }
    }
  }
  ${ENTRY_FRAGMENT}`

interface SavedHolder extends Omit<Holder, 'papers' | 'ref'> {
  query: string | null
  latest: { pageInfo: PageInfo; edges: { cameAt: string; node: FeedPaper }[] }
}

/** Ignores the saved order, which would place a paper from an earlier year that is added today, or gets its first code, far down. */
export const saved: FeedKind = {
  noun: 'saved query',
  isNamed: true,
  async load(ask, ref, search) {
    const { savedQuery } = await ask<{ savedQuery: SavedHolder | null }>(SAVED, {
      ref,
      ...windowOf(search),
    })
    if (!savedQuery) return null
    const { name, query, latest } = savedQuery
    return {
      // Not the id of the saved query that it equals since a merge: a feed reader stores a redirect, even if the merge is undone.
      ref: ref.trim().toLowerCase(),
      title: name ?? (query ? `Papers: ${query}` : 'Papers of a saved query'),
      description: query
        ? `Papers that the saved query "${query}" finds`
        : 'Papers that a saved query finds',
      homePath: query ? `/search?q=${encodeURIComponent(query)}` : '/',
      updatedAt: latest.edges[0]?.cameAt ?? null,
      entries: latest.edges.map(({ cameAt, node }) => ({ paper: node, listedOn: cameAt })),
      pages: pagesOf(search, latest.pageInfo),
    }
  },
}
