import { count } from '../html/dates.ts'
import { topicPath } from '../html/paths.ts'
import { type PageAnswer, type PageRequest, pageRoute } from '../html/route.ts'
import { type Html, html } from '../html/template.ts'
import { ask } from './parts/ask.ts'
import { CARD, type Card, paperCard, paperList } from './parts/card.ts'

const DOCUMENT = /* GraphQL */ `
  query Home {
    papers(first: 25) { nodes { ...Card } }
    topics(first: 20) { nodes { slug name paperCount } }
    stats { paperCount authorCount repositoryCount }
  }
  ${CARD}
`

interface Data {
  papers: { nodes: Card[] }
  topics: { nodes: Topic[] }
  stats: { paperCount: number; authorCount: number; repositoryCount: number }
}

interface Topic {
  slug: string
  name: string
  paperCount: number
}

export const homeRoute = pageRoute(
  'GET',
  '/',
  async ({ services }: PageRequest): Promise<PageAnswer> => {
    const { data, operation } = await ask<Data>(services, DOCUMENT)
    const { papers, topics, stats } = data
    return {
      options: {
        title: '',
        description: `Search ${count(stats.paperCount, 'paper')} with authors, citations and code.`,
        canonical: '',
        current: 'trending',
        operation,
      },
      main: html`<div class="columns">
<section>
<div class="page-head section-head"><h1>New papers</h1></div>
${paperList(papers.nodes.map((paper) => paperCard(paper)))}
</section>
<aside class="stack">${topicCard(topics.nodes)}</aside>
</div>`,
    }
  },
)

function topicCard(topics: readonly Topic[]): Html {
  return html`<section class="card"><h2>Topics</h2><ul class="chips">
${topics.map(
  ({ slug, name, paperCount }) =>
    html`<li><a class="chip" href="${topicPath(slug)}"><bdi>${name}</bdi> <span class="quiet">${paperCount}</span></a></li>`,
)}
</ul></section>`
}
