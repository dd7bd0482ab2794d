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

/** Something whose papers are a feed. */
interface Holder {
  /** The reference under which it is to be read. */
  ref: string
  name: string | null
  /** Of a saved query. */
  query?: string | null
  papers: { pageInfo: PageInfo; nodes: FeedPaper[] }
}

/** Latest in the catalogue first: a paper of an earlier year that is added today is news to a reader. */
const NEWEST = ', order: { field: CREATED, direction: DESC }'

type Told = Pick<FeedSource, 'title' | 'description' | 'homePath'>

/** A kind of feed of the papers of a field of the query, `selection` with `ref` and what it is called. */
function papersOf(
  noun: string,
  {
    field,
    argument,
    selection,
    order,
    list = '',
  }: Record<'field' | 'argument' | 'selection' | 'order', string> & { list?: string },
  tell: (holder: Holder) => Told,
): FeedKind {
  const type = argument === 'id' ? 'ID!' : 'String!'
  const document = `
    query Feed($ref: ${type}, ${WINDOW}) {
      ${field}(${argument}: $ref) {
        ${selection}
        papers${list}(${WINDOW_ARGUMENTS}${order}) {
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

/** Whatever order was saved: in that, a paper of an earlier year that is added today would come far behind. */
export const saved = papersOf(
  'saved query',
  {
    ...{ field: 'savedQuery', argument: 'id', selection: 'ref: id name query' },
    ...{ list: ': newPapers', order: ', since: "0001-01-01T00:00:00Z"' },
  },
  ({ name, query }) => ({
    title: name ?? (query ? `Papers: ${query}` : 'Papers of a saved query'),
    description: query
      ? `Papers that the saved query "${query}" finds`
      : 'Papers that a saved query finds',
    homePath: query ? `/search?q=${encodeURIComponent(query)}` : '/',
  }),
)
