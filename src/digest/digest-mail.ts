import type { DigestItem } from '../domain/digest/content.ts'
import type { DigestPaper } from '../domain/digest/papers.ts'
import { count, dayText } from '../html/dates.ts'
import { paperPath, topicPath } from '../html/paths.ts'
import { type Content, html, joined, safeUrl } from '../html/template.ts'
import { globalId } from '../sql/global-id.ts'
import { beginningOf } from './describe.ts'
import type { MailLinks } from './links.ts'
import { block, QUIET, renderMjml, rule } from './mjml.ts'

/** The content of a digest. */
export interface Digest {
  /** The day in the subscriber's time zone, as YYYY-MM-DD. */
  day: string
  frequency: 'daily' | 'weekly'
  /** The subscription in words, such as `new papers, every day at 08:00 (UTC)`. */
  about: string
  items: readonly DigestItem[]
  /** By item id. */
  papers: ReadonlyMap<number, DigestPaper>
  /** Number of papers beyond the subscriber's limit for one mail. */
  moreCount: number
  links: MailLinks
  publicUrl: string
}

export interface RenderedMail {
  subject: string
  html: string
  text: string
}

/** Gmail truncates mails after 102 kB, and with them the link to unsubscribe. */
const MOST_BYTES = 98_000
/** Maximum length of abstracts in characters; the next shorter one is used if the mail gets too large. */
const ABSTRACTS = [320, 160, 0]

/** Renders a digest with abstracts as long as fit. */
export function renderDigest(digest: Digest): RenderedMail {
  const entries = entriesOf(digest)
  return {
    subject: subjectOf(digest, entries),
    html: renderFitting(digest, entries),
    text: renderText(digest, entries),
  }
}

function renderFitting(digest: Digest, entries: Entry[]): string {
  const fits = (markup: string) => Buffer.byteLength(markup) <= MOST_BYTES
  let markup = ''
  for (const characters of ABSTRACTS) {
    markup = renderHtml(digest, entries, characters)
    if (fits(markup)) return markup
  }
  for (let shown = entries.length - 1; shown > 0 && !fits(markup); shown--)
    markup = renderHtml(digest, entries.slice(0, shown), 0)
  return markup
}

interface Entry {
  paper: DigestPaper
  url: string
  reasons: string[]
}

function entriesOf({ items, papers, publicUrl }: Digest): Entry[] {
  const shown = new Set<number>()
  return items.flatMap(({ paperId, reasons }) => {
    const paper = papers.get(paperId)
    // Two papers of a mail may have been merged since.
    if (!paper || shown.has(paper.id)) return []
    shown.add(paper.id)
    const { identifiers } = paper
    const path = paperPath({ id: globalId('Paper', paper.id), identifiers })
    return [{ paper: withoutOverrides(paper), url: `${publicUrl}/${path}`, reasons }]
  })
}

/** Reasons are sentences, some of which end with a full stop. */
const whyText = (reasons: readonly string[]) =>
  `Why: ${reasons.map((reason) => reason.replace(/\.$/, '')).join(' · ')}`

/** Characters that change the direction of the text after them, including our own words after a name. */
const OVERRIDES = /[\u202a-\u202e\u2066-\u2069]/g

function withoutOverrides(paper: DigestPaper): DigestPaper {
  const clean = (text: string) => text.replace(OVERRIDES, '')
  return {
    ...paper,
    title: clean(paper.title),
    abstract: paper.abstract && clean(paper.abstract),
    authors: paper.authors.map(clean),
    topics: paper.topics.map((topic) => ({ ...topic, name: clean(topic.name) })),
  }
}

function subjectOf({ day }: Digest, [first, ...others]: Entry[]): string {
  if (!first) return `No new papers, ${dayText(day)}`
  const title = beginningOf(first.paper.title, 90)
  return others.length === 0 ? title : `${title} and ${count(others.length, 'more paper')}`
}

const headingOf = ({ day, frequency }: Digest) =>
  frequency === 'daily' ? `Papers of ${dayText(day)}` : `Papers of the week to ${dayText(day)}`

const NOTHING = 'There are no new papers for you this time.'
const leftOut = (number: number) => `${count(number, 'more paper')} did not fit into this mail.`
const whyYou = (about: string) => `This address is subscribed to ${about}.`

function renderHtml(digest: Digest, entries: readonly Entry[], abstract: number): string {
  const { links, about, moreCount, publicUrl, papers } = digest
  const more = moreCount + papers.size - entries.length
  const heading = html`<h1 style="margin:0;font-size:22px;line-height:1.3">${headingOf(digest)}</h1>`
  return renderMjml({
    title: headingOf(digest),
    preview: entries
      .slice(1, 4)
      .map(({ paper }) => paper.title)
      .join(' · '),
    blocks: [
      block(heading),
      entries.flatMap((entry) => [rule, paperBlock(entry, abstract, publicUrl)]),
      entries.length === 0 && block(NOTHING),
      more > 0 && [rule, block(quiet(leftOut(more)))],
    ],
    foot: html`${whyYou(about)}<br>
<a href="${links.unsubscribe}">Unsubscribe</a> · <a href="${links.preferences}">Change what you get</a> · <a href="${links.web}">Read this in a browser</a>`,
  })
}

const quiet = (content: Content): Content =>
  html`<p class="quiet" style="margin:4px 0 0;font-size:13px;${QUIET}">${content}</p>`

function paperBlock({ paper, url, reasons }: Entry, abstract: number, publicUrl: string): Content {
  const topics = paper.topics.map(
    ({ slug, name }) => html`<a href="${publicUrl}/${topicPath(slug)}">${name}</a>`,
  )
  const text = abstract > 0 && paper.abstract ? beginningOf(paper.abstract, abstract) : ''
  return block(html`<h2 class="title" dir="auto" style="margin:0;font-size:17px;line-height:1.35"><a href="${url}">${paper.title}</a></h2>
${quiet([paper.isRetracted && html`<strong>Retracted.</strong> `, bylineOf(paper)])}
${text && html`<p dir="auto" style="margin:8px 0 0">${text}</p>`}
${topics.length > 0 && quiet(['Topics: ', joined(topics, ', ')])}
${paper.repositories.length > 0 && quiet(['Code: ', joined(paper.repositories.map(repositoryOf), ', ')])}
${reasons.length > 0 && quiet(whyText(reasons))}`)
}

function bylineOf({ authors, authorCount, hasMoreAuthors, ...paper }: DigestPaper): string {
  const more = authorCount - authors.length
  const others = hasMoreAuthors ? ', et al.' : more > 0 ? ` and ${more} more` : ''
  const names = authors.join(', ') + others
  const published = paper.publishedOn && dayText(paper.publishedOn, paper.publishedPrecision)
  return [names, published].filter(Boolean).join(' · ')
}

function repositoryOf({ url, name, stars }: DigestPaper['repositories'][number]): Content {
  const href = safeUrl(url)
  const label = href ? html`<a href="${href}">${name}</a>` : name
  return html`${label}${stars !== null && ` (${count(stars, 'star')})`}`
}

function renderText(digest: Digest, entries: readonly Entry[]): string {
  const { links, about, moreCount } = digest
  const papers = entries.map((entry, at) => paperText(entry, at + 1))
  const parts = [
    headingOf(digest),
    ...(papers.length > 0 ? papers : [NOTHING]),
    ...(moreCount > 0 ? [leftOut(moreCount)] : []),
    whyYou(about),
    `Unsubscribe: ${links.unsubscribe}\nChange what you get: ${links.preferences}\nRead this in a browser: ${links.web}`,
  ]
  return `${parts.join('\n\n')}\n`
}

function paperText({ paper, url, reasons }: Entry, number: number): string {
  const lines = [
    `${number}. ${beginningOf(paper.title, 500)}`,
    paper.isRetracted && 'Retracted.',
    bylineOf(paper),
    paper.abstract && beginningOf(paper.abstract, ABSTRACTS[0] ?? 0),
    paper.topics.length > 0 && `Topics: ${paper.topics.map(({ name }) => name).join(', ')}`,
    ...paper.repositories.map(
      ({ url, stars }) => `Code: ${url}${stars === null ? '' : ` (${count(stars, 'star')})`}`,
    ),
    reasons.length > 0 && whyText(reasons),
    url,
  ]
  return lines.filter(Boolean).join('\n')
}
