import { badInput, quote } from '../errors.ts'
import { ENTRY_FRAGMENT, type FeedPaper } from './entry.ts'
import {
  type FeedKind,
  PAGE_INFO,
  type PageInfo,
  pagesOf,
  WINDOW,
  WINDOW_ARGUMENTS,
  windowOf,
} from './source.ts'

const DOCUMENT = `
  query Feed($window: TrendWindow!, ${WINDOW}) {
    trending(window: $window, ${WINDOW_ARGUMENTS}) {
      changedAt
      ${PAGE_INFO}
      edges {
        trend { reasons }
        node { ...Entry }
      }
    }
  }
  ${ENTRY_FRAGMENT}`

interface Data {
  trending: {
    changedAt: string | null
    pageInfo: PageInfo
    edges: { trend: { reasons: string[] }; node: FeedPaper }[]
  }
}

/** Windows by their names in URLs. */
const WINDOWS = { day: 'the last day', week: 'the last week', month: 'the last month' }

/** Trending papers with their reasons. `?window=` is day, week or month. */
export const trending: FeedKind = {
  noun: 'list',
  isNamed: false,
  async load(ask, _, search) {
    const window = search.get('window') ?? 'week'
    if (!Object.hasOwn(WINDOWS, window))
      throw badInput(`window: ${quote(window)} is not known; expected day, week or month.`)
    const variables = { window: window.toUpperCase(), ...windowOf(search) }
    const { trending } = await ask<Data>(DOCUMENT, variables)
    const { self, next, previous } = pagesOf(search, trending.pageInfo)
    return {
      ref: '',
      title: 'Trending papers',
      description: `Papers that trend, by what happened in about ${WINDOWS[window as keyof typeof WINDOWS]}`,
      homePath: `/?window=${window}`,
      entries: trending.edges.map(({ node, trend }) => ({ paper: node, reasons: trend.reasons })),
      updatedAt: trending.changedAt,
      pages: {
        self: { window, ...self },
        next: next && { window, ...next },
        previous: previous && { window, ...previous },
      },
    }
  },
}
