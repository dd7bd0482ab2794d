import { quote } from '../errors.ts'
import { count } from '../html/dates.ts'
import { venuePath } from '../html/paths.ts'
import { pageRoute } from '../html/route.ts'
import { html } from '../html/template.ts'
import { ask } from './parts/ask.ts'
import { type YearCount, yearBars } from './parts/bars.ts'
import { feedLinks } from './parts/feed-links.ts'
import { followCard } from './parts/follow.ts'
import { type AuthorCount, authorChips, type TopicCount, topicChips } from './parts/leading.ts'
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
  query Venue($slug: String!, ${LIST_VARIABLES}) {
    venue(slug: $slug) {
      slug
      name
      acronym
      kind
      paperCount
      leadingTopics(first: 12) { topic { slug name } paperCount }
      leadingAuthors(first: 10) { author { id name } paperCount }
      papersPerYear { year count }
      ${PAPERS}
    }
  }
  ${CARD}
`

interface Venue {
  slug: string
  name: string
  acronym: string | null
  kind: string
  paperCount: number
  leadingTopics: TopicCount[]
  leadingAuthors: AuthorCount[]
  papersPerYear: YearCount[]
  papers: Papers
}

export const venueRoute = pageRoute('GET', '/venues/:slug', async (request) => {
  const { params, services } = request
  const { slug = '' } = params
  const { search } = services
  const { data, operation } = await ask<{ venue: Venue | null }>(services, DOCUMENT, {
    slug,
    ...listVariables(services),
  })
  const { venue } = data
  if (!venue)
    return notFound(services, `No venue has the slug ${quote(slug)}.`, {
      text: slug,
      kinds: ['VENUE'],
    })
  const path = venuePath(venue.slug)
  const feeds = feedLinks(services, 'venues', venue.slug)
  const { main, head, isFirst } = listing(path, request, venue.papers)
  const title = venue.acronym ?? venue.name
  return {
    options: {
      title,
      description: `${count(venue.paperCount, 'paper')} of ${venue.name}.`,
      canonical: isFirst ? path : undefined,
      head: [head, feeds.head],
      operation,
    },
    main: html`<div class="stack">
<div class="page-head"><div><p class="eyebrow">${nameOf(venue.kind)}</p><h1 dir="auto">${title}</h1>
<p class="quiet">${venue.acronym !== null && html`<bdi>${venue.name}</bdi> · `}${count(venue.paperCount, 'paper')}</p></div></div>
<div class="columns">${main}
<aside class="stack" aria-label="About this venue">
${yearBars(venue.papersPerYear, (year) => linkTo(path, search, { year: String(year) }))}
${topicChips('Topics', venue.leadingTopics)}
${authorChips('Authors', venue.leadingAuthors)}
${followCard('venue', venue.slug, 'New papers')}
${feeds.line}
</aside></div></div>`,
  }
})
