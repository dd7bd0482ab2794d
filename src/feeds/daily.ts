import { ENTRY_FRAGMENT, type FeedPaper } from './entry.ts'
import { type FeedKind, type FeedSource, MOST_ENTRIES, sizeOf } from './source.ts'

const DOCUMENT = `
  query Feed($date: Date, $first: Int!, $after: String) {
    daily(date: $date) {
      from
      previousDate
      papers(first: $first, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes { ...Entry }
      }
    }
  }
  ${ENTRY_FRAGMENT}`

interface Data {
  daily: {
    from: string
    previousDate: string | null
    papers: { pageInfo: { hasNextPage: boolean; endCursor: string | null }; nodes: FeedPaper[] }
  } | null
}

/** Maximum days read for a page. */
const MOST_DAYS = 7

/**
 * The papers of the latest days, each once per page. A page continues with previous days until it is full, so that a reader who polls after
 * midnight does not miss the evening. `?date=` is its first day.
 */
export const daily: FeedKind = {
  noun: 'list',
  isNamed: false,
  async load(ask, _, search) {
    const size = sizeOf(search)
    const entries = new Map<string, FeedSource['entries'][number]>()
    let date = search.get('date')
    let after = search.get('after')
    const self = { ...(date && { date }), ...(after && { after }) }
    let homePath = '/'
    for (let day = 0; day < MOST_DAYS && entries.size < size; day++) {
      const first = Math.min(size - entries.size, MOST_ENTRIES)
      const data: Data = await ask<Data>(DOCUMENT, { date, first, after })
      if (!data.daily) break
      const { from, previousDate, papers } = data.daily
      if (day === 0) homePath = `/daily/${from}`
      for (const paper of papers.nodes)
        if (!entries.has(paper.id)) entries.set(paper.id, { paper, listedOn: from })
      const { hasNextPage, endCursor } = papers.pageInfo
      date = hasNextPage ? from : previousDate
      after = hasNextPage ? endCursor : null
      if (date === null) break
    }
    const next = entries.size > 0 && date ? { date, ...(after && { after }) } : null
    return {
      ref: '',
      title: 'Papers of the day',
      description: 'Papers by the day on which they were listed or submitted (UTC), latest first',
      homePath,
      entries: [...entries.values()],
      pages: { self, next, previous: null },
    }
  },
}
