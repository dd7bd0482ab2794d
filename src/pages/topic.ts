import { quote } from '../errors.ts'
import { count } from '../html/dates.ts'
import { topicPath } from '../html/paths.ts'
import { pageRoute } from '../html/route.ts'
import { type Content, html, joined } from '../html/template.ts'
import { ask } from './parts/ask.ts'
import { type YearCount, yearBars } from './parts/bars.ts'
import { feedLinks } from './parts/feed-links.ts'
import { followCard } from './parts/follow.ts'
import {
  type AuthorCount,
  authorChips,
  type RepositoryCount,
  repositoryList,
  type TopicCount,
  topicChips,
} from './parts/leading.ts'
import {
  CARD,
  LIST_VARIABLES,
  listing,
  listVariables,
  PAPERS,
  type Papers,
} from './parts/listing.ts'
import { nameOf } from './parts/names.ts'
import { notFound } from './parts/not-found.ts'
import { linkTo } from './parts/paging.ts'

const DOCUMENT = /* GraphQL */ `
  query Topic($slug: String!, ${LIST_VARIABLES}) {
    topic(slug: $slug) {
      slug
      name
      kind
      description
      paperCount
      ancestors { slug name }
      children(first: 20) { nodes { slug name paperCount } }
      coOccurring(first: 12) { topic { slug name } paperCount }
      leadingAuthors(first: 10) { author { id name } paperCount }
      leadingRepositories(first: 6) { repository { url stars isGone } paperCount }
      papersPerYear { year count }
      ${PAPERS}
    }
  }
  ${CARD}
`

interface Topic {
  slug: string
  name: string
  kind: string
  description: string | null
  paperCount: number
  ancestors: { slug: string; name: string }[]
  children: { nodes: { slug: string; name: string; paperCount: number }[] }
  coOccurring: TopicCount[]
  leadingAuthors: AuthorCount[]
  leadingRepositories: RepositoryCount[]
  papersPerYear: YearCount[]
  papers: Papers
}

export const topicRoute = pageRoute('GET', '/topics/:slug', async (request) => {
  const { params, services } = request
  const { slug = '' } = params
  const { search } = services
  const { data, operation } = await ask<{ topic: Topic | null }>(services, DOCUMENT, {
    slug,
    ...listVariables(services),
  })
  const { topic } = data
  if (!topic)
    return notFound(services, `No topic has the slug ${quote(slug)}.`, {
      text: slug,
      kinds: ['TOPIC'],
    })
  const path = topicPath(topic.slug)
  const feeds = feedLinks(services, 'topics', topic.slug)
  const { main, head, isFirst } = listing(path, request, topic.papers)
  return {
    options: {
      title: topic.name,
      description: topic.description ?? `${count(topic.paperCount, 'paper')} on ${topic.name}.`,
      canonical: isFirst ? path : undefined,
      head: [head, feeds.head],
      operation,
    },
    main: html`<div class="stack">
<div class="page-head"><div>${crumbs(topic)}<h1 dir="auto">${topic.name}</h1><p class="quiet">${count(topic.paperCount, 'paper')}</p></div></div>
${topic.description && html`<p class="lead" dir="auto">${topic.description}</p>`}
<div class="columns">${main}
<aside class="stack" aria-label="About this topic">
${yearBars(topic.papersPerYear, (year) => linkTo(path, search, { year: String(year) }))}
${topicChips(
  'Narrower topics',
  topic.children.nodes.map(({ paperCount, ...child }) => ({ topic: child, paperCount })),
)}
${topicChips('Often together with', topic.coOccurring)}
${authorChips('Authors', topic.leadingAuthors)}
${repositoryList(topic.leadingRepositories)}
${followCard('topic', topic.slug, 'New papers')}
${feeds.line}
</aside></div></div>`,
  }
})

const crumbs = ({ kind, ancestors }: Topic): Content =>
  html`<p class="eyebrow">${joined([nameOf(kind), ...ancestors.map(({ slug, name }) => html`<a href="${topicPath(slug)}"><bdi>${name}</bdi></a>`)], ' › ')}</p>`
