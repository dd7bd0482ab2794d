import { generateAtomFeed, generateJsonFeed, generateRssFeed } from 'feedsmith'
import type { Entry } from './entry.ts'

/** A page of a feed, independent of the format. */
export interface Feed {
  id: string
  title: string
  description: string
  /** The web page with the same content. */
  homeUrl: string
  updatedAt: Date
  entries: Entry[]
  links: FeedLinks
  /** Base of category schemes. */
  publicUrl: string
}

/** URLs of the pages of a feed (RFC 5005, section 3). */
export interface FeedLinks {
  self: string
  first: string
  next: string | null
  previous: string | null
}

interface Format {
  /** Content-Type of the response. */
  contentType: string
  /** Media type in autodiscovery. */
  mediaType: string
  label: string
  write(feed: Feed): string
}

/** By file extension. */
export const FORMATS = {
  atom: {
    contentType: 'application/atom+xml; charset=utf-8',
    mediaType: 'application/atom+xml',
    label: 'Atom',
    write: writeAtom,
  },
  rss: {
    contentType: 'application/rss+xml; charset=utf-8',
    mediaType: 'application/rss+xml',
    label: 'RSS',
    write: writeRss,
  },
  json: {
    contentType: 'application/feed+json; charset=utf-8',
    mediaType: 'application/feed+json',
    label: 'JSON Feed',
    write: writeJson,
  },
} satisfies Record<string, Format>

export type FeedFormat = keyof typeof FORMATS

const GENERATOR = 'paperql'

/** Required for an entry without authors. */
const UNKNOWN_AUTHOR = { name: 'Authors not stated' }

function linksOf({ links }: Feed, type: string) {
  const { self, first, next, previous } = links
  const all = { self, first, next, previous }
  return Object.entries(all).flatMap(([rel, href]) => (href ? { rel, href, type } : []))
}

/** Marked as plain text, because titles and abstracts contain text that looks like HTML. */
const plain = (value: string) => ({ type: 'text', value })

function writeAtom(feed: Feed): string {
  const { id, title, description, homeUrl, updatedAt, publicUrl } = feed
  return generateAtomFeed({
    id,
    title: plain(title),
    subtitle: plain(description),
    updated: updatedAt,
    generator: { text: GENERATOR },
    links: [
      { rel: 'alternate', href: homeUrl, type: 'text/html' },
      ...linksOf(feed, FORMATS.atom.mediaType),
    ],
    entries: feed.entries.map((entry) => ({
      id: entry.id,
      title: plain(entry.title),
      links: [{ rel: 'alternate', href: entry.url, type: 'text/html' }],
      published: entry.publishedAt,
      updated: entry.updatedAt,
      authors:
        entry.authors.length > 0
          ? entry.authors.map(({ name, url }) => ({ name, uri: url }))
          : [UNKNOWN_AUTHOR],
      categories: entry.topics.map(({ slug, name }) => ({
        term: slug,
        label: name,
        scheme: `${publicUrl}/topics/`,
      })),
      ...(entry.summary && { summary: plain(entry.summary) }),
      content: { type: 'html', value: entry.html },
    })),
  })
}

function writeRss(feed: Feed): string {
  const { title, description, homeUrl, updatedAt } = feed
  return generateRssFeed({
    title,
    description,
    link: homeUrl,
    lastBuildDate: updatedAt,
    generator: GENERATOR,
    docs: 'https://www.rssboard.org/rss-specification',
    atom: { links: linksOf(feed, FORMATS.rss.mediaType) },
    items: feed.entries.map((entry) => ({
      title: entry.title,
      link: entry.url,
      guid: { value: entry.id, isPermaLink: false },
      pubDate: entry.publishedAt,
      description: entry.html,
      categories: entry.topics.map(({ name }) => ({ name })),
      dc: { creators: entry.authors.map(({ name }) => name) },
    })),
  })
}

function writeJson(feed: Feed): string {
  const { title, description, homeUrl, links } = feed
  const { next } = links
  const items = feed.entries.map((entry) => ({
    id: entry.id,
    url: entry.url,
    title: entry.title,
    content_html: entry.html,
    ...(entry.summary && { summary: entry.summary }),
    date_published: entry.publishedAt,
    date_modified: entry.updatedAt,
    authors: entry.authors,
    tags: entry.topics.map(({ name }) => name),
  }))
  const generated = generateJsonFeed({
    title,
    description,
    home_page_url: homeUrl,
    feed_url: links.self,
    ...(next && { next_url: next }),
    items,
  })
  // The library omits an empty list, which the format requires.
  return JSON.stringify({
    ...(generated as object),
    items: items.length > 0 ? (generated as { items: unknown }).items : [],
  })
}
