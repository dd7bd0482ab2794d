import { PAGE_INFO, type PageInfo, WINDOW_ARGUMENTS } from '../feeds/source.ts'
import { count, numberText } from '../html/dates.ts'
import { pageRoute } from '../html/route.ts'
import { type Content, type Html, html } from '../html/template.ts'
import { ask } from './parts/ask.ts'
import { CARD, type Card, paperCard, paperList } from './parts/card.ts'
import { feedLinks } from './parts/feed-links.ts'
import { ofAllPapers, topicChips } from './parts/leading.ts'
import {
  choiceIn,
  isFirstPage,
  isOn,
  linkTo,
  PAGE_VARIABLES,
  pager,
  pageVariables,
} from './parts/paging.ts'
import { type VoteButton, voteButtons } from './parts/vote.ts'

const DOCUMENT = /* GraphQL */ `
  query Home($window: TrendWindow!, $filter: PaperFilter, ${PAGE_VARIABLES}) {
    trending(window: $window, filter: $filter, ${WINDOW_ARGUMENTS}) {
      updatedAt
      edges { rank previousRank trend { reasons } node { ...Card } }
      ${PAGE_INFO}
    }
    topics(first: 20) { nodes { slug name paperCount } }
    stats { paperCount authorCount repositoryCount paperWithRepositoryCount }
  }
  ${CARD}
`

interface Edge {
  rank: number
  previousRank: number | null
  trend: { reasons: string[] }
  node: Card
}

interface Data {
  trending: { updatedAt: string | null; edges: Edge[]; pageInfo: PageInfo }
  topics: { nodes: Topic[] }
  stats: {
    paperCount: number
    authorCount: number
    repositoryCount: number
    paperWithRepositoryCount: number
  }
}

interface Topic {
  slug: string
  name: string
  paperCount: number
}

/** Windows by the value of `?window=`. The second is the default. */
const WINDOWS = [
  { name: 'day', label: 'Today', window: 'DAY' },
  { name: 'week', label: 'This week', window: 'WEEK' },
  { name: 'month', label: 'This month', window: 'MONTH' },
] as const
const DEFAULT = WINDOWS[1]

/** Maximum reasons shown for a paper, strongest first. */
const MOST_REASONS = 2

/** The byline already shows the day of publication. */
const IN_BYLINE = /^Published (?:on|in) /

export const homeRoute = pageRoute('GET', '/', async (request) => {
  const { services } = request
  const { search } = services
  const chosen = windowOf(search)
  const hasCode = isOn(search, 'code')
  const { data, operation } = await ask<Data>(services, DOCUMENT, {
    window: chosen.window,
    filter: hasCode ? { hasRepository: true } : null,
    ...pageVariables(services),
  })
  const { trending, topics, stats } = data
  const { links, head } = pager('./', search, trending.pageInfo)
  const isStart = search.size === 0
  const feeds = feedLinks(services, 'trending', chosen.name)
  return {
    options: {
      title: isStart ? '' : `Trending papers: ${chosen.label.toLowerCase()}`,
      description: `Trending research papers with code, and ${count(stats.paperCount, 'paper')} to search.`,
      canonical: isFirstPage(search) && !hasCode ? canonicalOf(chosen.name) : undefined,
      current: 'trending',
      head: [head, feeds.head],
      operation,
    },
    main: html`<div class="columns">
<section aria-labelledby="trending">
<div class="page-head list-tools"><h1 id="trending">Trending papers</h1></div>
<div class="list-tools">${windowTabs(search, chosen.name)}${codeChip(search, hasCode)}</div>
${isFirstPage(search) && staleNote(trending.edges)}
${entries(trending.edges, voteButtons(request))}
${links}
${feeds.line}
</section>
<aside class="stack" aria-label="About this catalogue">
${subscribeCard()}
${statsCard(stats)}
${topicChips('Topics', ofAllPapers(topics.nodes))}
</aside>
</div>`,
  }
})

function windowOf(search: URLSearchParams): (typeof WINDOWS)[number] {
  const names = WINDOWS.map(({ name }) => name)
  const chosen = choiceIn(search, 'window', names)
  return WINDOWS.find(({ name }) => name === chosen) ?? DEFAULT
}

const canonicalOf = (name: string) => (name === DEFAULT.name ? '' : `?window=${name}`)

const windowTabs = (search: URLSearchParams, chosen: string): Html =>
  html`<nav class="tabs" aria-label="Window">${WINDOWS.map(
    ({ name, label }) =>
      html`<a href="${linkTo('./', search, { window: name === DEFAULT.name ? null : name })}"${name === chosen && html` aria-current="true"`}>${label}</a>`,
  )}</nav>`

const codeChip = (search: URLSearchParams, isOn: boolean): Html =>
  html`<a class="chip${isOn && ' is-on'}" href="${linkTo('./', search, { code: isOn ? null : '1' })}">With code${isOn && ' ✕'}</a>`

/** Note for a list without reasons, as on the sample, whose papers are years old. */
const staleNote = (edges: readonly Edge[]) =>
  edges.length > 0 &&
  edges.every(({ trend }) => trend.reasons.length === 0) &&
  html`<p class="list-tools small quiet">Nothing is known to have happened lately: these are the latest papers, and those noticed before.</p>`

function entries(edges: readonly Edge[], vote: VoteButton): Html {
  if (edges.length === 0)
    return html`<p class="notice">No papers yet. <a href="search">Look at all papers</a></p>`
  const cards = edges.map(({ node, rank, previousRank, trend }) =>
    paperCard(node, {
      vote,
      rank,
      note: movement(rank, previousRank),
      reasons: trend.reasons.filter((reason) => !IN_BYLINE.test(reason)).slice(0, MOST_REASONS),
    }),
  )
  return paperList(cards, true)
}

/** Number of places that a paper moved since the previous window. */
function movement(rank: number, previous: number | null): Content {
  if (previous === null || previous === rank) return null
  const places = numberText(Math.abs(previous - rank))
  return previous > rank
    ? html`<span class="is-up"><span aria-hidden="true">▲</span><span class="visually-hidden">up </span>${places}</span>`
    : html`<span class="is-down"><span aria-hidden="true">▼</span><span class="visually-hidden">down </span>${places}</span>`
}

/** The script fills in the browser's time zone; without it, mails are scheduled in UTC. */
const subscribeCard = (): Html =>
  html`<section class="card"><h2>Trending papers by mail</h2>
<form class="form" method="post" action="subscribe">
<div class="field"><label for="subscriber">E-mail address</label><input id="subscriber" name="email" type="email" required autocomplete="email"></div>
<div class="field"><label for="frequency">How often</label><select id="frequency" name="frequency"><option value="daily">Every day</option><option value="weekly">Once a week</option></select></div>
<input type="hidden" name="timeZone" data-guess>
<button>Subscribe</button>
<p class="small quiet">You confirm by a link in a first mail. <a href="subscribe">More settings</a></p>
</form></section>`

function statsCard(stats: Data['stats']): Html {
  const pairs: [string, number][] = [
    ['Papers', stats.paperCount],
    ['with code', stats.paperWithRepositoryCount],
    ['Authors', stats.authorCount],
    ['Repositories', stats.repositoryCount],
  ]
  return html`<section class="card"><h2>This catalogue</h2><dl class="pairs is-numbers">${pairs.map(
    ([name, value]) => html`<dt>${name}</dt><dd>${numberText(value)}</dd>`,
  )}</dl></section>`
}
