import { quote } from '../errors.ts'
import { count } from '../html/dates.ts'
import { institutionPath } from '../html/paths.ts'
import { pageRoute } from '../html/route.ts'
import { html, joined, safeUrl } from '../html/template.ts'
import { ask } from './parts/ask.ts'
import { type YearCount, yearBars } from './parts/bars.ts'
import { authorChips, type TopicCount, topicChips } from './parts/leading.ts'
import {
  CARD,
  LIST_VARIABLES,
  listing,
  listVariables,
  PAPERS,
  type Papers,
} from './parts/listing.ts'
import { notFound } from './parts/not-found.ts'
import { linkTo } from './parts/paging.ts'

const DOCUMENT = /* GraphQL */ `
  query Institution($ref: String!, ${LIST_VARIABLES}) {
    institution(ref: $ref) {
      slug
      name
      acronyms
      ror
      country
      paperCount
      leadingTopics(first: 12) { topic { slug name } paperCount }
      authors(first: 12) { edges { paperCount node { id name } } }
      papersPerYear { year count }
      ${PAPERS}
    }
  }
  ${CARD}
`

interface Institution {
  slug: string
  name: string
  acronyms: string[]
  ror: string | null
  country: string | null
  paperCount: number
  leadingTopics: TopicCount[]
  authors: { edges: { paperCount: number; node: { id: string; name: string } }[] }
  papersPerYear: YearCount[]
  papers: Papers
}

export const institutionRoute = pageRoute('GET', '/institutions/:slug', async (request) => {
  const { params, services } = request
  const { slug = '' } = params
  const { data, operation } = await ask<{ institution: Institution | null }>(services, DOCUMENT, {
    ref: slug,
    ...listVariables(services),
  })
  const { institution } = data
  if (!institution)
    return notFound(services, `There is no institution ${quote(slug)}.`, {
      text: slug,
      kinds: ['AUTHOR', 'TOPIC', 'VENUE'],
    })
  const path = institutionPath(institution.slug)
  const { main, head, isFirst } = listing(path, request, institution.papers)
  const authors = institution.authors.edges.map(({ node, paperCount }) => ({
    author: node,
    paperCount,
  }))
  return {
    options: {
      title: institution.name,
      description: `${count(institution.paperCount, 'paper')} by authors at ${institution.name}.`,
      canonical: isFirst ? path : undefined,
      head,
      operation,
    },
    main: html`<div class="stack">
<div class="page-head"><div><p class="eyebrow">Institution</p><h1 dir="auto">${institution.name}</h1>
<p class="quiet">${joined(factsOf(institution), ' · ')}</p></div></div>
<div class="columns">${main}
<aside class="stack" aria-label="About this institution">
${yearBars(institution.papersPerYear, (year) => linkTo(path, services.search, { year: String(year) }))}
${topicChips('Topics', institution.leadingTopics)}
${authorChips('Authors', authors)}
</aside></div></div>`,
  }
})

const factsOf = ({ acronyms, ror, country, paperCount }: Institution) => [
  acronyms.length > 0 && acronyms.join(', '),
  country,
  count(paperCount, 'paper'),
  ror !== null && html`<a href="${safeUrl(ror)}" rel="noopener">ROR</a>`,
]
