import { PAPER_KINDS } from '../db/tables/vocabulary.ts'
import { PAGE_INFO, type PageInfo, WINDOW_ARGUMENTS } from '../feeds/source.ts'
import { count, numberText } from '../html/dates.ts'
import { baseOf } from '../html/page.ts'
import { PATH_SCHEMES, paperPath } from '../html/paths.ts'
import { type PageAnswer, type PageRequest, pageRoute } from '../html/route.ts'
import { type Content, type Html, html } from '../html/template.ts'
import { ask } from './parts/ask.ts'
import { CARD, type Card, paperCard, paperList } from './parts/card.ts'
import { subscribePath } from './parts/follow.ts'
import { markedText } from './parts/marked.ts'
import { nameOf } from './parts/names.ts'
import { type Suggestion, suggestionChips } from './parts/not-found.ts'
import {
  choiceIn,
  isFirstPage,
  linkTo,
  PAGE_VARIABLES,
  pager,
  pageVariables,
  yearIn,
} from './parts/paging.ts'
import { voteButtons } from './parts/vote.ts'

const FACET = 'label value count'

const DOCUMENT = /* GraphQL */ `
  query Search($query: String!, $prefix: String!, ${PAGE_VARIABLES}, $order: PaperOrder, $filter: PaperFilter) {
    search(query: $query, ${WINDOW_ARGUMENTS}, order: $order, filter: $filter) {
      totalCount
      warnings { message }
      edges { highlights { title abstract } node { ...Card } }
      ${PAGE_INFO}
      facets {
        years(first: 8, ignoreOwnFilter: true) { ${FACET} }
        topics(first: 10) { ${FACET} }
        venues(first: 8, ignoreOwnFilter: true) { ${FACET} venue { acronym } }
        kinds(ignoreOwnFilter: true) { ${FACET} }
        hasRepository(ignoreOwnFilter: true) { ${FACET} }
        repositoryLanguages(first: 6, ignoreOwnFilter: true) { ${FACET} }
      }
    }
    suggest(prefix: $prefix, first: 6, kinds: [AUTHOR, TOPIC, VENUE, INSTITUTION]) { kind label value detail }
  }
  ${CARD}
`

interface Facet {
  label: string
  value: string | number | boolean
  count: number
  venue?: { acronym: string | null }
}

type FacetName = 'years' | 'topics' | 'venues' | 'kinds' | 'hasRepository' | 'repositoryLanguages'

interface Data {
  search: {
    totalCount: number
    warnings: { message: string }[]
    edges: { highlights: { title: string; abstract: string | null }; node: Card }[]
    pageInfo: PageInfo
    facets: Record<FacetName, Facet[]>
  }
  suggest: Suggestion[]
}

/** Facets with their URL parameters and headings. */
const FACETS: { name: FacetName; parameter: string; heading: string }[] = [
  { name: 'hasRepository', parameter: 'code', heading: 'Code' },
  { name: 'years', parameter: 'year', heading: 'Year' },
  { name: 'topics', parameter: 'topic', heading: 'Topic' },
  { name: 'venues', parameter: 'venue', heading: 'Venue' },
  { name: 'kinds', parameter: 'kind', heading: 'Kind' },
  { name: 'repositoryLanguages', parameter: 'language', heading: 'Language of the code' },
]

const ORDERS = [
  { name: null, label: 'Best match', order: null },
  { name: 'newest', label: 'Newest', order: { field: 'PUBLISHED' } },
  { name: 'cited', label: 'Most cited', order: { field: 'CITATIONS' } },
  { name: 'stars', label: 'Most stars', order: { field: 'STARS' } },
]

/** Maximum length of a text for which suggestions are requested. */
const LONGEST_PREFIX = 200

export const searchRoute = pageRoute('GET', '/search', async (request): Promise<PageAnswer> => {
  const { services } = request
  const { search } = services
  const query = (search.get('q') ?? '').trim().toWellFormed()
  const known = await knownPaper(request, query)
  if (known) return known
  const { data, operation } = await ask<Data>(services, DOCUMENT, {
    query,
    prefix: query.length <= LONGEST_PREFIX ? query : '',
    ...pageVariables(services),
    order: chosenOrder(search).order,
    filter: filterOf(search),
  })
  const { links, head } = pager('search', search, data.search.pageInfo)
  return {
    options: {
      title: query ? `Search: ${beginningOf(query)}` : 'All papers',
      isPrivate: query !== '',
      canonical: query === '' && search.size === 0 ? 'search' : undefined,
      current: 'search',
      search: query,
      head,
      operation,
    },
    main: html`<div class="stack">
${resultHead(query, data)}
<div class="columns">${results(request, data, links)}
<aside class="stack" aria-label="Filters">${FACETS.map(({ name, parameter, heading }) => facet(search, data.search.facets[name], parameter, heading))}</aside>
</div></div>`,
  }
})

const REFERENCE = /* GraphQL */ `
  query Reference($refs: [String!]!) {
    resolvePapers(refs: $refs) {
      ... on PaperFound { paper { id identifiers(schemes: [${PATH_SCHEMES.join(', ')}]) { scheme value } } }
    }
  }
`

/** Matches text like an identifier or URL: no spaces, at least one digit. */
const LIKE_REFERENCE = /^(?=\S*\d)\S{4,500}$/

/** Redirects to the paper whose identifier or URL is searched for. */
async function knownPaper({ services, site }: PageRequest, query: string): Promise<PageAnswer> {
  if (!LIKE_REFERENCE.test(query)) return undefined
  const { data } = await ask<{ resolvePapers: { paper?: Pick<Card, 'id' | 'identifiers'> }[] }>(
    services,
    REFERENCE,
    { refs: [query] },
  )
  const paper = data.resolvePapers[0]?.paper
  return paper && { redirectTo: `${baseOf(site)}${paperPath(paper)}`, status: 303 }
}

const chosenOrder = (search: URLSearchParams) =>
  ORDERS.find(({ name }) => name === orderIn(search)) ?? (ORDERS[0] as (typeof ORDERS)[0])

const orderIn = (search: URLSearchParams): string | null =>
  choiceIn(
    search,
    'order',
    ORDERS.flatMap(({ name }) => name ?? []),
  )

/** GraphQL's names of the kinds. */
const KINDS = PAPER_KINDS.map((kind) => kind.toUpperCase())

/** The filter that the URL states. */
function filterOf(search: URLSearchParams): Record<string, unknown> {
  const year = yearIn(search)
  const code = choiceIn(search, 'code', ['true', 'false', '1'])
  const kind = choiceIn(search, 'kind', KINDS)
  const [topic, venue, language] = ['topic', 'venue', 'language'].map((name) =>
    search.get(name)?.slice(0, 200).toWellFormed(),
  )
  return {
    ...(code && { hasRepository: code !== 'false' }),
    ...(year !== null && { year: [year] }),
    ...(topic && { topics: [topic] }),
    ...(venue && { venues: [venue] }),
    ...(kind && { kind: [kind] }),
    ...(language && { repositoryLanguage: [language] }),
  }
}

function resultHead(query: string, { search: { totalCount, warnings }, suggest }: Data): Html {
  const found =
    totalCount >= MOST_COUNTED
      ? `${numberText(MOST_COUNTED)} papers or more`
      : count(totalCount, 'paper')
  return html`<div class="page-head"><div><h1>${query ? html`Results for <bdi class="query">${beginningOf(query)}</bdi>` : 'All papers'}</h1><p class="quiet">${found}</p></div></div>
${warnings.length > 0 && html`<div class="notice" role="status">${warnings.map(({ message }) => html`<p dir="auto">${sentenceOf(message)}</p>`)}</div>`}
${query !== '' && html`<p class="small"><a href="${subscribePath('q', query)}">New results by mail</a></p>`}
${query !== '' && suggest.length > 0 && suggestionChips(suggest)}`
}

/** A warning without the position, which readers need not count. */
function sentenceOf(warning: string): string {
  const [first = '', ...others] = warning.replace(/^query, character \d+: /, '')
  return first.toUpperCase() + others.join('')
}

/** A search box accepts whole pages of text; a heading does not. */
const LONGEST_HEADING = 200

const beginningOf = (query: string): string =>
  query.length > LONGEST_HEADING ? `${query.slice(0, LONGEST_HEADING).toWellFormed()}…` : query

/** Results are counted up to this number. */
const MOST_COUNTED = 10_000

function results(request: PageRequest, { search: { edges } }: Data, links: Content): Html {
  const { search } = request.services
  const vote = voteButtons(request)
  const chosen = chosenOrder(search)
  if (edges.length === 0)
    return html`<section aria-label="Results">${nothingFound(search)}${links}</section>`
  const cards = edges.map(({ node, highlights: { title, abstract } }) =>
    paperCard(node, {
      vote,
      title: markedText(title),
      teaser: abstract === null ? undefined : markedText(abstract),
    }),
  )
  return html`<section aria-label="Results">
<div class="list-tools"><nav class="tabs" aria-label="Order">${ORDERS.map(
    ({ name, label }) =>
      html`<a href="${linkTo('search', search, { order: name })}"${chosen.name === name && html` aria-current="true"`}>${label}</a>`,
  )}</nav></div>
${paperList(cards)}
${links}</section>`
}

function nothingFound(search: URLSearchParams): Html {
  const isFiltered = FACETS.some(({ parameter }) => search.has(parameter))
  const all = linkTo('search', new URLSearchParams({ q: search.get('q') ?? '' }), {})
  if (!isFirstPage(search))
    return html`<p class="notice">The results end here. <a href="${linkTo('search', search, {})}">Back to the first page</a></p>`
  return html`<div class="notice"><p>No papers match.</p>
${isFiltered && html`<p><a href="${all}">Search without filters</a></p>`}
<p>Try fewer words or another spelling. <code>author:</code>, <code>topic:</code>, <code>venue:</code>, <code>year:2020..2024</code>, <code>has:code</code> and "quoted phrases" narrow a search.</p></div>`
}

function facet(
  search: URLSearchParams,
  values: readonly Facet[],
  parameter: string,
  heading: string,
): Content {
  const chosen = search.get(parameter)
  if (values.length === 0 || (values.length === 1 && chosen === null)) return null
  return html`<section><h2 class="section-head">${heading}</h2><ul class="chips">${values.map(
    (value) => {
      const isOn = chosen === String(value.value)
      const href = linkTo('search', search, { [parameter]: isOn ? null : String(value.value) })
      return html`<li><a class="chip${isOn && ' is-on'}" rel="nofollow" href="${href}"${isOn && html` aria-current="true"`}><bdi>${labelOf(parameter, value)}</bdi> <span class="quiet">${numberText(value.count)}</span>${isOn && ' ✕'}</a></li>`
    },
  )}</ul></section>`
}

const labelOf = (parameter: string, { label, value, venue }: Facet): string =>
  parameter === 'kind' ? nameOf(String(value)) : (venue?.acronym ?? label)
