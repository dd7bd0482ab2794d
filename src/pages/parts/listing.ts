import { PAGE_INFO, type PageInfo, WINDOW_ARGUMENTS } from '../../feeds/source.ts'
import type { PageRequest } from '../../html/route.ts'
import { type Content, type Html, html } from '../../html/template.ts'
import type { RouteServices } from '../../server/routes.ts'
import { CARD, type Card, paperCard, paperList } from './card.ts'
import {
  choiceIn,
  isFirstPage,
  isOn,
  linkTo,
  PAGE_VARIABLES,
  pager,
  pageVariables,
  yearIn,
} from './paging.ts'
import { voteButtons } from './vote.ts'

/** Orders of lists of papers by their names in URLs. */
const ORDERS = {
  trending: { label: 'Trending', order: { field: 'TRENDING' } },
  newest: { label: 'Newest', order: { field: 'PUBLISHED' } },
  cited: { label: 'Most cited', order: { field: 'CITATIONS' } },
  stars: { label: 'Most stars', order: { field: 'STARS' } },
} as const
type OrderName = keyof typeof ORDERS

export const LIST_VARIABLES = `${PAGE_VARIABLES}, $order: PaperOrder, $filter: PaperFilter`
/** The list of papers of a topic, an author or a venue. */
export const PAPERS = `papers(${WINDOW_ARGUMENTS}, order: $order, filter: $filter) { totalCount nodes { ...Card } ${PAGE_INFO} }`
export { CARD }

export interface Papers {
  totalCount: number
  nodes: Card[]
  pageInfo: PageInfo
}

function orderOf(search: URLSearchParams, usual: OrderName): OrderName {
  return choiceIn(search, 'order', Object.keys(ORDERS) as OrderName[]) ?? usual
}

/** The variables for a list from the URL: page, order, year, and whether only papers with code are shown. */
export function listVariables(
  services: Pick<RouteServices, 'search' | 'session'>,
  usual: OrderName = 'newest',
): Record<string, unknown> {
  const { search } = services
  const year = yearIn(search)
  return {
    ...pageVariables(services),
    order: ORDERS[orderOf(search, usual)].order,
    filter: {
      ...(isOn(search, 'code') && { hasRepository: true }),
      ...(year !== null && { year: [year] }),
    },
  }
}

interface Listing {
  main: Html
  head: Content
  /** Whether it shows the start of the list, the only page that gets a canonical URL. */
  isFirst: boolean
}

interface ListingOptions {
  /** The order if the URL has none. */
  usual?: OrderName
  /** A sentence for a list without any papers. */
  empty?: string
  /** Sentences shown with a paper. */
  reasonsOf?: (paper: Card) => readonly string[]
}

/** A list of papers with its orders, filters and pages. */
export function listing(
  path: string,
  request: PageRequest,
  papers: Papers,
  { usual = 'newest', reasonsOf, empty = 'There are no papers here yet.' }: ListingOptions = {},
): Listing {
  const { search } = request.services
  const vote = voteButtons(request)
  const { links, head } = pager(path, search, papers.pageInfo)
  const chosen = orderOf(search, usual)
  const hasCode = isOn(search, 'code')
  const year = yearIn(search)
  return {
    head,
    isFirst: isFirstPage(search),
    main: html`<section aria-label="Papers">
<div class="list-tools">
<nav class="tabs" aria-label="Order">${Object.entries(ORDERS).map(
      ([name, { label }]) =>
        html`<a href="${linkTo(path, search, { order: name === usual ? null : name })}"${name === chosen && html` aria-current="true"`}>${label}</a>`,
    )}</nav>
<div class="chips">
<a class="chip${hasCode && ' is-on'}" href="${linkTo(path, search, { code: hasCode ? null : '1' })}">${hasCode ? 'With code ✕' : 'With code'}</a>
${year && html`<a class="chip is-on" href="${linkTo(path, search, { year: null })}">${year} ✕</a>`}
</div></div>
${
  papers.nodes.length > 0
    ? paperList(
        papers.nodes.map((paper) => paperCard(paper, { vote, reasons: reasonsOf?.(paper) ?? [] })),
      )
    : nothing(path, search, empty)
}
${links}</section>`,
  }
}

function nothing(path: string, search: URLSearchParams, empty: string): Html {
  const isNarrowed = isOn(search, 'code') || yearIn(search) !== null
  if (isNarrowed || !isFirstPage(search))
    return html`<p class="notice">No papers match. <a href="${path}">Show all papers</a></p>`
  return html`<p class="notice">${empty}</p>`
}
