import { legalText } from '../html/legal-text.ts'
import { type CatalogueIdentity, feedId } from './identity.ts'
import { legalHtml, oneLine, webLink } from './text.ts'

/** A feed entry, independent of the format. */
export interface Entry {
  id: string
  url: string
  title: string
  /** When it was added to the list. */
  publishedAt: Date
  updatedAt: Date
  authors: { name: string; url: string }[]
  /** Plain text; null if there is no abstract. */
  summary: string | null
  html: string
  topics: { slug: string; name: string }[]
  doi: string | null
}

/** A paper as selected by `ENTRY_FRAGMENT`. */
export interface FeedPaper {
  id: string
  title: string
  abstract: string | null
  createdAt: string
  updatedAt: string
  publishedOn: string | null
  publishedPrecision: 'YEAR' | 'MONTH' | 'DAY' | null
  isRetracted: boolean
  url: string | null
  pdfUrl: string | null
  authorCount: number
  hasMoreAuthors: boolean
  authorships: { nodes: { name: string; author: { id: string } }[] }
  identifiers: { scheme: string; value: string }[]
  topics: { nodes: { slug: string; name: string }[] }
  venue: { name: string } | null
  repositories: { nodes: { url: string }[] }
}

/** Longer bylines end with the number of remaining authors, if it is known. */
const AUTHORS_SHOWN = 10

/** The data of an entry. Star and citation counts are left out: they change every day, and some readers show a changed entry as new. */
export const ENTRY_FRAGMENT = /* GraphQL */ `
  fragment Entry on Paper {
    id
    title
    abstract
    createdAt
    updatedAt
    publishedOn
    publishedPrecision
    isRetracted
    url
    pdfUrl
    authorCount
    hasMoreAuthors
    authorships(first: ${AUTHORS_SHOWN}) {
      nodes {
        name
        author {
          id
        }
      }
    }
    identifiers(schemes: [DOI]) {
      scheme
      value
    }
    topics(first: 10) {
      nodes {
        slug
        name
      }
    }
    venue {
      name
    }
    repositories(first: 1) {
      nodes {
        url
      }
    }
  }
`

interface EntryScope {
  identity: CatalogueIdentity
  publicUrl: string
}

/** Converts a paper to an entry. `more` is what the list adds: the reasons, and the date since which it is listed. */
export function entryOf(
  paper: FeedPaper,
  { identity, publicUrl }: EntryScope,
  more: { reasons?: readonly string[]; listedAt?: Date } = {},
): Entry {
  const title = oneLine(paper.title)
  const publishedAt = more.listedAt ?? new Date(paper.createdAt)
  const changedAt = new Date(paper.updatedAt)
  return {
    id: feedId(identity, paper.id),
    url: `${publicUrl}/papers/${encodeURIComponent(paper.id)}`,
    title: paper.isRetracted ? `Retracted: ${title}` : title,
    publishedAt,
    updatedAt: changedAt > publishedAt ? changedAt : publishedAt,
    authors: paper.authorships.nodes.map(({ name, author }) => ({
      name: oneLine(name),
      url: `${publicUrl}/authors/${encodeURIComponent(author.id)}`,
    })),
    summary: paper.abstract === null ? null : legalText(paper.abstract).trim(),
    html: htmlOf(paper, more.reasons ?? []),
    topics: paper.topics.nodes.map(({ slug, name }) => ({ slug, name: oneLine(name) })),
    doi: paper.identifiers[0]?.value ?? null,
  }
}

function htmlOf(paper: FeedPaper, reasons: readonly string[]): string {
  const { authorships, authorCount, hasMoreAuthors, abstract, repositories, url, pdfUrl } = paper
  const others = authorCount - authorships.nodes.length
  const names = authorships.nodes.map(({ name }) => legalHtml(oneLine(name)))
  if (hasMoreAuthors) names.push('et al.')
  else if (others > 0) names.push(others === 1 ? '1 other author' : `${others} other authors`)
  const links = [
    ['Source', url],
    ['PDF', pdfUrl],
    ['Code', repositories.nodes[0]?.url],
  ].flatMap(([label, target]) => {
    const href = webLink(target)
    return href ? `<a href="${legalHtml(href)}">${label}</a>` : []
  })
  return [
    reasons.length > 0 ? `<p><em>${reasons.map(legalHtml).join('. ')}</em></p>` : '',
    names.length > 0 ? `<p>${names.join(', ')}</p>` : '',
    publishedIn(paper),
    ...paragraphsOf(abstract ?? ''),
    links.length > 0 ? `<p>${links.join(' · ')}</p>` : '',
  ].join('')
}

const LENGTHS = { YEAR: 4, MONTH: 7, DAY: 10 }

function publishedIn({ venue, publishedOn, publishedPrecision }: FeedPaper): string {
  const day = publishedOn?.slice(0, LENGTHS[publishedPrecision ?? 'DAY'])
  const parts = [venue && oneLine(venue.name), day].filter(Boolean)
  return parts.length > 0 ? `<p>${legalHtml(parts.join(', '))}</p>` : ''
}

const paragraphsOf = (text: string) =>
  text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter(Boolean)
    .map((paragraph) => `<p>${legalHtml(paragraph)}</p>`)
