import { periodOf } from '../domain/lists/period.ts'
import { dayText } from '../html/dates.ts'
import { dailyPath } from '../html/paths.ts'
import { pageRoute } from '../html/route.ts'
import { type Content, type Html, html } from '../html/template.ts'
import type { Route } from '../server/routes.ts'
import { type Answer, ask } from './parts/ask.ts'
import { feedLinks } from './parts/feed-links.ts'
import {
  CARD,
  LIST_VARIABLES,
  listing,
  listVariables,
  PAPERS,
  type Papers,
} from './parts/listing.ts'

interface Span {
  /** Name of the GraphQL field and of the path. */
  name: 'daily' | 'weekly' | 'monthly'
  argument: string
  type: string
  label: string
  /** Completes a sentence. */
  when: string
  heading: (list: DatedList) => string
  /** Text of a link to a period. */
  short: (period: string) => string
}

interface DatedList {
  period: string
  from: string
  until: string
  isComplete: boolean
  previousDate: string | null
  nextDate: string | null
  previousPeriod: string | null
  nextPeriod: string | null
  papers: Papers
}

const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' })
const WEEKDAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' })

const SPANS: Span[] = [
  {
    name: 'daily',
    argument: 'date',
    type: 'Date',
    label: 'Day',
    when: 'on this day',
    heading: ({ from }) => WEEKDAY.format(new Date(from)),
    short: (day) => dayText(day),
  },
  {
    name: 'weekly',
    argument: 'week',
    type: 'Week',
    label: 'Week',
    when: 'in this week',
    heading: ({ period, from, until }) =>
      `Week ${Number(period.slice(-2))}, ${dayText(from)} to ${dayText(until)}`,
    short: (week) => `Week ${Number(week.slice(-2))}, ${week.slice(0, 4)}`,
  },
  {
    name: 'monthly',
    argument: 'month',
    type: 'Month',
    label: 'Month',
    when: 'in this month',
    heading: ({ from }) => MONTH.format(new Date(from)),
    short: (month) => dayText(`${month}-01`, 'MONTH'),
  },
]

const documentOf = ({ name, argument, type }: Span): string => /* GraphQL */ `
  query List($period: ${type}, ${LIST_VARIABLES}) {
    list: ${name}(${argument}: $period) {
      period from until isComplete previousDate nextDate previousPeriod nextPeriod
      ${PAPERS}
    }
  }
  ${CARD}
`

/** `/daily`, `/weekly` and `/monthly` show the latest list; `/daily/<date>` and its counterparts show a given one. */
export const listRoutes: Route[] = SPANS.flatMap((span) => [
  listRoute(span, `/${span.name}`),
  listRoute(span, `/${span.name}/:period`),
])

function listRoute(span: Span, pattern: string): Route {
  const document = documentOf(span)
  return pageRoute('GET', pattern, async (request) => {
    const { params, services } = request
    const { data, operation } = await ask<{ list: DatedList | null }>(services, document, {
      period: params.period ?? null,
      ...listVariables(services, 'trending'),
    })
    const { list } = data
    if (!list) return emptyPage(span, operation)
    const path = `${span.name}/${list.period}`
    const { main, head, isFirst } = listing(path, request, list.papers, {
      usual: 'trending',
      empty: `No papers were listed or submitted ${span.when}.`,
    })
    const heading = span.heading(list)
    const feeds = feedLinks(services, 'daily', '')
    return {
      options: {
        title: `Papers of ${heading}`,
        canonical: isFirst ? path : undefined,
        current: 'daily',
        head: [head, feeds.head],
        operation,
      },
      main: html`<div class="stack">
<div class="page-head"><div><p class="eyebrow">Papers listed or submitted ${span.when} (UTC)</p><h1>${heading}</h1>
${!list.isComplete && html`<p class="quiet">More papers may still arrive.</p>`}</div>${spanTabs(span, list)}</div>
${neighbours(span, list)}
${main}
${feeds.line}
</div>`,
    }
  })
}

/** Tabs that show the same days as a day, a week or a month. */
function spanTabs(chosen: Span, { until }: DatedList): Html {
  const paths = [
    dailyPath(until),
    `weekly/${periodOf('week', until)}`,
    `monthly/${periodOf('month', until)}`,
  ]
  return html`<nav class="tabs" aria-label="Span">${SPANS.map(
    (span, at) =>
      html`<a href="${paths[at] ?? ''}"${span === chosen && html` aria-current="true"`}>${span.label}</a>`,
  )}</nav>`
}

function neighbours({ name, short }: Span, list: DatedList): Content {
  const link = (period: string | null, rel: string, text: (period: string) => string) =>
    period &&
    html`<a class="button is-plain" rel="${rel}" href="${name}/${period}">${text(short(period))}</a>`
  return html`<nav class="pager" aria-label="Other lists">
${link(list.previousPeriod, 'prev', (period) => `← ${period}`) || html`<span></span>`}
${link(list.nextPeriod, 'next', (period) => `${period} →`)}</nav>`
}

const emptyPage = ({ name }: Span, operation: Answer<unknown>['operation']) => ({
  options: {
    title: 'No papers yet',
    current: 'daily' as const,
    canonical: name,
    operation,
  },
  main: html`<div class="stack"><h1>No papers yet</h1><p class="notice">This catalogue has no papers with a day. <a href="search">Look at all papers</a></p></div>`,
})
