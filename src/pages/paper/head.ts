import { nameParts, type Person } from '../../bibliography/names.ts'
import { knownDay } from '../../html/dates.ts'
import type { Site } from '../../html/page.ts'
import { paperPath } from '../../html/paths.ts'
import { type Content, type Html, html, jsonIn, safeUrl } from '../../html/template.ts'
import type { Paper } from './document.ts'

/** Item types of Zotero by kind of publication. Without one, Zotero takes a page with OpenGraph tags for a newspaper article. */
const ZOTERO_TYPES: Record<string, string> = {
  BOOK: 'book',
  CHAPTER: 'bookSection',
  CONFERENCE_PAPER: 'conferencePaper',
  DEMO: 'conferencePaper',
  JOURNAL_ARTICLE: 'journalArticle',
  OTHER: 'document',
  PREPRINT: 'preprint',
  REPORT: 'report',
  THESIS: 'thesis',
  WORKSHOP_PAPER: 'conferencePaper',
}

const SCHEMA_TYPES: Record<string, string> = {
  BOOK: 'Book',
  CHAPTER: 'Chapter',
  REPORT: 'Report',
  THESIS: 'Thesis',
}

const MEETINGS = ['CONFERENCE_PAPER', 'DEMO', 'WORKSHOP_PAPER']

/** Maximum length of a description in previews. */
const LONGEST_DESCRIPTION = 300

/** The start of the abstract, for search engines and previews. */
export function descriptionOf({ tldr, abstract }: Paper): string | undefined {
  const text = (tldr ?? abstract ?? '').replace(/\s+/g, ' ').trim()
  if (text === '') return undefined
  if (text.length <= LONGEST_DESCRIPTION) return text
  return `${text.slice(0, LONGEST_DESCRIPTION).replace(/\s\S*$/, '')}…`
}

/** Metadata for reference managers, search engines and previews. */
export function paperHead(site: Site, paper: Paper): Content {
  const address = `${site.publicUrl}/${paperPath(paper)}`
  return [citationTags(paper, address), previewTags(paper, address), jsonLd(paper, address)]
}

/** `citation_` tags as required by Google Scholar and read by Zotero, Mendeley and Paperpile. */
function citationTags(paper: Paper, address: string): Html[] {
  const { publication, authorships } = paper
  const tag = (name: string, content: string | null | undefined) =>
    content ? [html`<meta name="citation_${name}" content="${content}">\n`] : []
  const identifier = (scheme: string) => identifierOf(paper, scheme)
  const [first, last] = pagesOf(publication?.pages)
  return [
    ...tag('title', paper.title),
    ...authorships.nodes.flatMap((author) => [
      ...tag('author', sortedName(author, authorships.nodes.length === 1)),
      ...tag('author_institution', author.affiliation),
    ]),
    ...dates(paper).flatMap(([name, day]) => tag(name, day)),
    ...container(paper).flatMap(([name, title]) => tag(name, title)),
    ...tag('volume', publication?.volume),
    ...tag('issue', publication?.number),
    ...tag('firstpage', first ?? publication?.articleNumber),
    ...tag('lastpage', last),
    ...tag('publisher', publication?.publisher),
    ...(publication?.issns ?? []).flatMap((issn) => tag('issn', issn)),
    ...(publication?.isbns ?? []).flatMap((isbn) => tag('isbn', isbn)),
    ...tag('doi', identifier('DOI')),
    ...tag('arxiv_id', identifier('ARXIV')),
    ...tag('pmid', identifier('PMID')),
    ...tag('abstract_html_url', address),
    ...tag('public_url', safeUrl(paper.url) ?? address),
    ...tag('pdf_url', pdfOf(paper)),
    ...tag('language', paper.language),
    ...tag('keywords', paper.topics.nodes.map(({ name }) => name).join('; ')),
    ...tag('abstract', paper.abstract),
    ...zoteroTags(paper, identifier('ARXIV')),
  ]
}

/** For preprints, Zotero stores the archive and the number in it, for which there are no `citation_` tags. */
function zoteroTags({ kind }: Paper, arxivId: string | undefined): Html[] {
  const tag = (name: string, content: string) =>
    html`<meta name="z:${name}" content="${content}">\n`
  return [
    tag('itemType', ZOTERO_TYPES[kind] ?? 'document'),
    ...(kind === 'PREPRINT' && arxivId
      ? [tag('repository', 'arXiv'), tag('archiveID', `arXiv:${arxivId}`)]
      : []),
  ]
}

/**
 * Family name first, because readers would otherwise take the last word for it, as in Vincent van Gogh. Names of groups stay as printed.
 * Zotero takes a sole name with spaces on both sides of the comma for two authors, so that one also stays as printed.
 */
function sortedName({ name: printed, familyName }: Person, isOnlyOne: boolean): string {
  const parts = nameParts(printed, familyName)
  if ('literal' in parts) return parts.literal
  // Zotero would put a space after the point of Jr.
  const suffix = parts.suffix.replace(/\.$/, '')
  const family = [parts.particle, parts.family, suffix].filter(Boolean).join(' ')
  const isTakenForTwo = isOnlyOne && family.includes(' ') && parts.given.includes(' ')
  return isTakenForTwo ? printed : `${family}, ${parts.given}`
}

const identifierOf = ({ identifiers }: Paper, scheme: string) =>
  identifiers.find((identifier) => identifier.scheme === scheme)?.value

/** URL of the PDF: as a source states it, otherwise at arXiv, which has one for every paper by its number. */
export function pdfOf({ pdfUrl, identifiers, isRetracted }: Paper): string | null {
  const stated = safeUrl(pdfUrl)
  const number = identifiers.find(({ scheme }) => scheme === 'ARXIV')?.value
  if (stated !== null || number === undefined || isRetracted) return stated
  return safeUrl(`https://arxiv.org/pdf/${number}`)
}

/** First and last page of `123--130`, `123–130` or a single page. */
function pagesOf(pages: string | null | undefined): (string | undefined)[] {
  const range = /^\s*(\S+?)\s*[-\u2010-\u2015\u2212]+\s*(\S+)\s*$/.exec(pages ?? '')
  return range ? range.slice(1) : [pages?.trim() || undefined, undefined]
}

/** The date of the cited version, and the date of its preprint if different. */
function dates({ publication, publishedOn, publishedPrecision }: Paper): [string, string][] {
  const known = publishedOn && knownDay(publishedOn, publishedPrecision).replaceAll('-', '/')
  if (publication?.year) {
    const online: [string, string][] = known ? [['online_date', known]] : []
    return [['publication_date', String(publication.year)], ...online]
  }
  return known ? [['publication_date', known]] : []
}

/** What the paper is part of. The name of the tag states the kind of work. */
function container({ kind, publication, venue }: Paper): [string, string | null | undefined][] {
  const title = publication?.container ?? venue?.name
  if (kind === 'JOURNAL_ARTICLE') return [['journal_title', title]]
  // The second tag states the kind of work; without the first, Zotero has no title of the proceedings.
  if (MEETINGS.includes(kind))
    return [
      ['inbook_title', title],
      ['conference_title', venue?.name ?? title],
    ]
  if (kind === 'CHAPTER') return [['inbook_title', title]]
  const institution = publication?.institution ?? publication?.publisher
  if (kind === 'THESIS') return [['dissertation_institution', institution]]
  if (kind === 'REPORT')
    return [
      ['technical_report_institution', institution],
      ['technical_report_number', publication?.reportNumber],
    ]
  return []
}

function previewTags(paper: Paper, address: string): Html {
  // No tag without a description: Zotero would take any text for the abstract.
  const description = descriptionOf(paper)
  return html`<meta property="og:type" content="article">
<meta property="og:site_name" content="paperql">
<meta property="og:title" content="${paper.title}">
<meta property="og:url" content="${address}">
${description !== undefined && html`<meta property="og:description" content="${description}">`}
${paper.publishedOn && html`<meta property="article:published_time" content="${paper.publishedOn}">`}
<meta name="twitter:card" content="summary">
`
}

function jsonLd(paper: Paper, address: string): Html {
  return html`<script type="application/ld+json">${jsonIn(schemaOf(paper, address))}</script>`
}

/** The paper as schema.org structured data. */
function schemaOf(paper: Paper, address: string): object {
  const { publication, venue, url, abstract, language, publishedOn } = paper
  const pdfUrl = pdfOf(paper)
  const title = publication?.container ?? venue?.name
  const pages = pagesOf(publication?.pages)
  return {
    '@context': 'https://schema.org',
    '@type': SCHEMA_TYPES[paper.kind] ?? 'ScholarlyArticle',
    '@id': address,
    url: address,
    name: paper.title,
    headline: paper.title,
    author: paper.authorships.nodes.map(({ name, affiliation }) => ({
      '@type': 'Person',
      name,
      ...(affiliation && { affiliation: { '@type': 'Organization', name: affiliation } }),
    })),
    ...(publishedOn && { datePublished: knownDay(publishedOn, paper.publishedPrecision) }),
    ...(abstract && { abstract }),
    ...(language && { inLanguage: language }),
    ...(title && { isPartOf: partOf(paper, title) }),
    ...(pages[0] && { pageStart: pages[0] }),
    ...(pages[1] && { pageEnd: pages[1] }),
    ...(publication?.publisher && {
      publisher: { '@type': 'Organization', name: publication.publisher },
    }),
    identifier: paper.identifiers.map(({ scheme, value }) => ({
      '@type': 'PropertyValue',
      propertyID: scheme.toLowerCase(),
      value,
    })),
    sameAs: [url, ...paper.identifiers.map((identifier) => identifier.url)].filter(
      (link, at, all) => safeUrl(link) !== null && all.indexOf(link) === at,
    ),
    ...(pdfUrl && {
      encoding: { '@type': 'MediaObject', contentUrl: pdfUrl, encodingFormat: 'application/pdf' },
    }),
    keywords: paper.topics.nodes.map(({ name }) => name),
  }
}

function partOf({ kind, publication }: Paper, name: string): object {
  const isJournal = kind === 'JOURNAL_ARTICLE'
  const { issns: [issn] = [], isbns: [isbn] = [], volume, number } = publication ?? {}
  return {
    '@type': isJournal ? 'Periodical' : kind === 'CHAPTER' ? 'Book' : 'CreativeWork',
    name,
    ...(issn && isJournal && { issn }),
    ...(isbn && kind === 'CHAPTER' && { isbn }),
    ...(volume && { volumeNumber: volume }),
    ...(number && isJournal && { issueNumber: number }),
  }
}
