import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestDatabase } from '../../helpers/database.ts'
import { askWell } from '../../helpers/graphql.ts'
import { createSearchDatabase } from './catalogue.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await createSearchDatabase()
})
afterAll(() => t.close())

/** Conditions on a decision, in the query language and as a filter. */
const DECISIONS: [query: string, filter: string][] = [
  ['is:rejected', 'outcome: [REJECTED, DESK_REJECTED]'],
  ['is:oral', 'presentation: [ORAL]'],
  ['is:poster', 'presentation: [POSTER]'],
  ['has:award', 'hasAward: true'],
  ['award:"best paper award"', 'awards: ["Best Paper Award"]'],
  ['area:optimisation', 'areas: ["Optimisation"]'],
  ['session:meanings', 'sessions: ["Words & Meanings II"]'],
]

type Papers = { totalCount: number; nodes: { id: string }[] }
async function both(query: string, mode: string, filter: string) {
  const { data } = await askWell<{ search: Papers; papers: Papers }>(
    t,
    `query ($query: String!, $mode: SearchMode!) {
      search(query: $query, mode: $mode) { totalCount nodes { id } }
      papers(filter: ${filter}) { totalCount nodes { id } } }`,
    { query, mode },
  )
  const idsOf = ({ nodes }: Papers) => nodes.map(({ id }) => id).sort()
  return [idsOf(data.search), idsOf(data.papers)] as const
}

test.each(DECISIONS.flatMap((one) => ['LENIENT', 'STRICT'].map((mode) => [...one, mode] as const)))(
  'venue: beside %s is the venue of that decision (%s), in %s',
  async (query, filter, mode) => {
    for (const text of [`venue:iclr ${query}`, `${query} venue:ICLR`, `(venue:iclr ${query})`]) {
      const [found, decided] = await both(
        text,
        mode,
        `{ decisions: { venues: "iclr", ${filter} } }`,
      )
      expect(found, text).toEqual(decided)
      expect(found.length, text).toBeGreaterThan(0)
    }
    const [none] = await both(`venue:acl ${query}`, mode, '{}')
    expect(none).toEqual([])
    // Not within a NOT or alternatives.
    const [without] = await both(`venue:acl -${query}`, mode, '{}')
    const [ofVenue] = await both('venue:acl', mode, '{}')
    expect(without).toEqual(ofVenue)
    const [either, own] = await both(`venue:acl OR ${query}`, mode, `{ decisions: { ${filter} } }`)
    expect(either).toEqual([...ofVenue, ...own].sort())
  },
)
