import { numberText } from '../../html/dates.ts'
import { authorPath, topicPath } from '../../html/paths.ts'
import { type Content, html, safeUrl } from '../../html/template.ts'
import { starCount } from './card.ts'
import { repositoryName } from './names.ts'

export interface TopicCount {
  topic: { slug: string; name: string }
  paperCount: number
}

/** Topics with the number of all their papers. */
export const ofAllPapers = (
  topics: readonly (TopicCount['topic'] & { paperCount: number })[],
): TopicCount[] => topics.map(({ paperCount, ...topic }) => ({ topic, paperCount }))

export interface AuthorCount {
  author: { id: string; name: string }
  paperCount: number
}

/** Authors of a connection, each with the number of papers among those shown. */
export interface AuthorEdges {
  edges: { node: AuthorCount['author']; paperCount: number }[]
}

export const countsOf = ({ edges }: AuthorEdges): AuthorCount[] =>
  edges.map(({ node, paperCount }) => ({ author: node, paperCount }))

export interface RepositoryCount {
  repository: { url: string; stars: number | null; isGone: boolean }
  paperCount: number
}

export const topicChips = (heading: string, topics: readonly TopicCount[]): Content =>
  chips(
    heading,
    topics.map(
      ({ topic, paperCount }) =>
        html`<a class="chip" href="${topicPath(topic.slug)}"><bdi>${topic.name}</bdi> <span class="quiet">${numberText(paperCount)}</span></a>`,
    ),
  )

export const authorChips = (heading: string, authors: readonly AuthorCount[]): Content =>
  chips(
    heading,
    authors.map(
      ({ author, paperCount }) =>
        html`<a class="chip" href="${authorPath(author)}"><bdi>${author.name}</bdi> <span class="quiet">${numberText(paperCount)}</span></a>`,
    ),
  )

function chips(heading: string, links: readonly Content[]): Content {
  if (links.length === 0) return null
  return html`<section><h2 class="section-head">${heading}</h2><ul class="chips">${links.map((link) => html`<li>${link}</li>`)}</ul></section>`
}

export function repositoryList(repositories: readonly RepositoryCount[]): Content {
  const links = repositories.filter(({ repository }) => !repository.isGone)
  if (links.length === 0) return null
  return html`<section><h2 class="section-head">Code</h2><ul class="rows small">${links.map(
    ({ repository: { url, stars } }) =>
      html`<li><a href="${safeUrl(url)}" rel="noopener"><bdi>${repositoryName(url)}</bdi></a>${stars !== null && [' ', starCount(stars)]}</li>`,
  )}</ul></section>`
}
