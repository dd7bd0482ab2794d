import { count, dayText, knownDay, numberText } from '../../html/dates.ts'
import { richText } from '../../html/math.ts'
import { authorPath, PATH_SCHEMES, paperPath, topicPath, venuePath } from '../../html/paths.ts'
import { type Content, type Html, html, joined } from '../../html/template.ts'
import { repositoryName } from './names.ts'
import { VOTE, type VoteButton, type Voted } from './vote.ts'

/** The fields of a list entry. */
export const CARD = /* GraphQL */ `
  fragment Card on Paper {
    id
    title
    publishedOn
    publishedPrecision
    isRetracted
    abstract
    tldr
    authorCount
    hasMoreAuthors
    authorships(first: 4) { nodes { name author { id } } }
    venue { slug name acronym }
    eventYear
    citationCount
    identifiers(schemes: [${PATH_SCHEMES.join(', ')}]) { scheme value }
    repositoryCount
    repositories(first: 1) { nodes { url stars isGone } }
    topics(first: 4) { nodes { slug name } }
    ${VOTE}
  }
`

export interface Dated {
  publishedOn: string | null
  publishedPrecision: 'DAY' | 'MONTH' | 'YEAR' | null
}

export interface Card extends Dated, Voted {
  isRetracted: boolean
  abstract: string | null
  tldr: string | null
  authorCount: number
  hasMoreAuthors: boolean
  authorships: { nodes: { name: string; author: { id: string } }[] }
  venue: { slug: string; name: string; acronym: string | null } | null
  eventYear: number | null
  citationCount: number
  identifiers: { scheme: string; value: string }[]
  repositoryCount: number
  repositories: {
    nodes: { url: string; stars: number | null; isGone: boolean }[]
  }
  topics: { nodes: { slug: string; name: string }[] }
}

/** Maximum length of the start of an abstract in a list entry; the stylesheet shows its first lines. */
const LONGEST_TEASER = 420

interface CardOptions {
  /** Position in a ranking. */
  rank?: number | undefined
  /** Shown below the rank. */
  note?: Content
  /** Title and teaser with marked words, from `highlights`. */
  title?: Content
  teaser?: Content
  /** Sentences that explain why the paper is in the list. */
  reasons?: readonly string[]
  /** Creates the upvote button. */
  vote?: VoteButton
}

/** A paper in a list. */
export function paperCard(paper: Card, options: CardOptions = {}): Html {
  const { rank, note, title = titleText(paper.title), reasons = [], vote } = options
  const teaser = options.teaser ?? teaserOf(paper)
  return html`<article class="paper">
${rank !== undefined && html`<p class="rank"><span class="visually-hidden">Rank </span>${rank}${note && html`<span class="small">${note}</span>`}</p>`}
<h2 dir="auto"><a href="${paperPath(paper)}">${title}</a></h2>
<p class="names">${joined([byline(paper), ...venueAndDate(paper, published)], ' · ')}</p>
${teaser && html`<p class="teaser" dir="auto">${teaser}</p>`}
${reasons.length > 0 && html`<p class="why">${reasons.join(' · ')}</p>`}
<div class="facts">${vote?.(paper)}${facts(paper)}</div>
</article>`
}

export const paperList = (papers: readonly Html[], isRanked = false): Html =>
  html`<ol class="papers${isRanked && ' ranked'}">${papers.map((paper) => html`<li>${paper}</li>`)}</ol>`

/** The title, or a placeholder: sources may lack one. */
export const titleText = (title: string): Content => richText(title.trim() || 'Untitled')

/** The first authors as links, and the number of further authors, if it is known. */
function byline({ authorships: { nodes }, authorCount, hasMoreAuthors }: Card): Content {
  const more = authorCount - nodes.length
  const names = nodes.map(
    ({ name, author }) => html`<a href="${authorPath(author)}"><bdi>${name}</bdi></a>`,
  )
  if (names.length === 0) return null
  if (hasMoreAuthors) return [joined(names, ', '), ', et al.']
  return [joined(names, ', '), more > 0 && ` and ${count(more, 'other')}`]
}

export function venueLink({ venue, eventYear }: Pick<Card, 'venue' | 'eventYear'>): Content {
  if (!venue) return null
  const name = venue.acronym ?? venue.name
  return html`<a href="${venuePath(venue.slug)}" title="${venue.name}"><bdi>${name}</bdi></a>${eventYear && ` ${eventYear}`}`
}

/** The venue with its year, and the publication date unless it only repeats that year. */
export function venueAndDate<P extends Dated & Pick<Card, 'venue' | 'eventYear'>>(
  paper: P,
  dateOf: (paper: P) => Content,
): Content[] {
  const { publishedOn, publishedPrecision, venue, eventYear } = paper
  const isYear = publishedPrecision === 'YEAR' || publishedPrecision === null
  const isSaid = venue !== null && isYear && Number(publishedOn?.slice(0, 4)) === eventYear
  return [venueLink(paper), isSaid ? null : dateOf(paper)]
}

/** Publication date of a paper in a list. It does not use `<time>`, where Zotero looks for the date of a page that has none. */
export const publishedText = ({ publishedOn, publishedPrecision }: Dated): Content =>
  publishedOn !== null &&
  html`<span class="when">${dayText(publishedOn, publishedPrecision)}</span>`

export function published({ publishedOn, publishedPrecision }: Dated): Content {
  if (publishedOn === null) return null
  const known = knownDay(publishedOn, publishedPrecision)
  return html`<time datetime="${known}">${dayText(publishedOn, publishedPrecision)}</time>`
}

function teaserOf({ tldr, abstract }: Card): Content {
  const text = tldr ?? abstract
  if (!text) return null
  return richText(text.length > LONGEST_TEASER ? `${cutAtWord(text)} …` : text)
}

function cutAtWord(text: string): string {
  const cut = text.slice(0, LONGEST_TEASER).replace(/[\uD800-\uDBFF]$/, '')
  const space = cut.lastIndexOf(' ')
  return space > LONGEST_TEASER / 2 ? cut.slice(0, space) : cut
}

function facts(paper: Card): Content {
  const [repository] = paper.repositories.nodes
  const others = paper.repositoryCount - 1
  const entries = [
    paper.isRetracted && html`<li class="is-retracted">Retracted</li>`,
    repository && html`<li>${repositoryLink(repository)}${others > 0 && ` +${others}`}</li>`,
    paper.citationCount > 0 && html`<li>${count(paper.citationCount, 'citation')}</li>`,
  ].filter(Boolean)
  return [entries.length > 0 && html`<ul class="fact-list">${entries}</ul>`, topicChips(paper)]
}

function repositoryLink({ url, stars, isGone }: Repository): Content {
  const label = html`<bdi>${repositoryName(url)}</bdi>`
  const link = isGone ? label : html`<a href="${url}" rel="noopener">${label}</a>`
  return [stars !== null && [starCount(stars), ' '], link, isGone && ' (gone)']
}

/** The stars of a repository. The word is for screen readers only. */
export const starCount = (stars: number): Html =>
  html`<span class="fact-star"><span aria-hidden="true">★</span> ${numberText(stars)}<span class="visually-hidden"> stars</span></span>`

type Repository = Card['repositories']['nodes'][number]

function topicChips({ topics: { nodes } }: Card): Content {
  if (nodes.length === 0) return null
  return html`<ul class="chips">${nodes.map(
    ({ slug, name }) =>
      html`<li><a class="chip" href="${topicPath(slug)}"><bdi>${name}</bdi></a></li>`,
  )}</ul>`
}
