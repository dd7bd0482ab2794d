import { ENTRY_FRAGMENT, type FeedPaper } from './entry.ts'

/** A page of a list of papers. */
export interface FeedPage {
  pageInfo: {
    hasNextPage: boolean
    hasPreviousPage: boolean
    startCursor: string | null
    endCursor: string | null
  }
  entries: { paper: FeedPaper; reasons?: readonly string[]; listedOn?: string }[]
}

/** What a kind of feed found for a path. */
export interface FeedSource {
  /** The reference under which it is to be read; another one is redirected to it. */
  ref: string
  title: string
  description: string
  page: FeedPage
}

/** A kind of feed: `/feeds/<name>/<ref>.atom`. */
interface FeedKind {
  /** What a message calls it. */
  noun: string
  /** Reads a page with the variables `ref`, `first`, `after`, `last` and `before`. */
  document: string
  /** The feed in the answer; null where there is none of this name. */
  read(data: never): FeedSource | null
}

const PAGE = 'first: $first, after: $after, last: $last, before: $before'

/** Latest in the catalogue first: a paper of an earlier year that is added today is news to a reader. */
const NEWEST = 'order: { field: CREATED, direction: DESC }'

function documentOf(variable: string, field: string, own: string): string {
  return /* GraphQL */ `
    query Feed($ref: String!, $first: Int, $after: String, $last: Int, $before: String) {
      ${field}(${variable}: $ref) {
        ${own}
        name
        papers(${PAGE}, ${NEWEST}) {
          pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
          nodes { ...Entry }
        }
      }
    }
    ${ENTRY_FRAGMENT}
  `
}

interface Holder {
  name: string
  papers: { pageInfo: FeedPage['pageInfo']; nodes: FeedPaper[] }
}

const newestOf = ({ papers }: Holder): FeedPage => ({
  pageInfo: papers.pageInfo,
  entries: papers.nodes.map((paper) => ({ paper })),
})

/** By the first part of their path, which is also that of the page for people. */
export const KINDS = {
  topics: {
    noun: 'topic',
    document: documentOf('slug', 'topic', 'slug'),
    read: ({ topic }: { topic: (Holder & { slug: string }) | null }) =>
      topic && {
        ref: topic.slug,
        title: `New papers: ${topic.name}`,
        description: `Papers on the topic ${topic.name}, latest in this catalogue first`,
        page: newestOf(topic),
      },
  },
  authors: {
    noun: 'author',
    document: documentOf('ref', 'author', 'id'),
    read: ({ author }: { author: (Holder & { id: string }) | null }) =>
      author && {
        ref: author.id,
        title: `New papers: ${author.name}`,
        description: `Papers by ${author.name}, latest in this catalogue first`,
        page: newestOf(author),
      },
  },
  venues: {
    noun: 'venue',
    document: documentOf('slug', 'venue', 'slug'),
    read: ({ venue }: { venue: (Holder & { slug: string }) | null }) =>
      venue && {
        ref: venue.slug,
        title: `New papers: ${venue.name}`,
        description: `Papers of ${venue.name}, latest in this catalogue first`,
        page: newestOf(venue),
      },
  },
} satisfies Record<string, FeedKind>

export type FeedKindName = keyof typeof KINDS
