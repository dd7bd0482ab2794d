import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import type { PaperRecord, VenueClaim } from '../../../src/domain/record/paper-record.ts'
import { slugify } from '../../../src/domain/record/title-key.ts'
import { refreshSearchWords } from '../../../src/domain/search/dictionary.ts'
import { findConference } from '../../../src/domain/venues/conferences.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { ask, askWell } from '../../helpers/graphql.ts'

const journal = (name: string, slug: string): VenueClaim => ({
  ...{ slug, name, acronym: null, kind: 'journal' },
})
const workshops: VenueClaim = {
  ...{ slug: 'neurips-workshops', name: 'NeurIPS Workshops', acronym: null, kind: 'workshop' },
}
/** A paper at each of the venues, with a decision of the venue. */
const papersAt = (venues: VenueClaim[]) =>
  venues.map((venue, i): PaperRecord => {
    const decision = { venue, year: 2021, outcome: 'accepted' as const }
    return paperRecord({
      ...{
        key: `${venue.slug} ${i}`,
        kind: 'conference_paper',
        title: `On ${venue.name} and Its ${i} Papers`,
      },
      ...{ venue, authors: [{ name: `Ada ${i} Lovelace`, identifiers: [], affiliation: null }] },
      decisions: [
        { presentation: null, awards: [], session: null, area: null, rating: null, ...decision },
      ] as never,
    })
  })
const KNOWN = ['neurips', 'www', 'kdd', 'colt', 'cvpr', 'siggraphasia']
const VENUES: VenueClaim[] = [
  ...KNOWN.flatMap((code) => findConference(code)?.venue ?? []),
  journal('Journal of Machine Learning Research', 'journal-of-machine-learning-research'),
  workshops,
  // A venue with the name `MM`, which is also the acronym of a conference on multimedia.
  { slug: 'mm', name: 'Mathematical Matters', acronym: null, kind: 'journal' },
  ...[findConference('acmmm')?.venue ?? workshops],
]

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
  const records = papersAt(VENUES)
  // Words that a search would mistake for acronyms of venues if it did not know them.
  const near = paperRecord({ key: 'near', title: 'Nip Bounds: CVR, Cvar, Tips and SIGKD' })
  await transaction(t.url, (tx) => writeRecords(tx, [...records, near]))
  await refreshSearchWords(t.url)
})
afterAll(() => t.close())

const NAMES: [name: string, slug: string][] = [
  ['NIPS', 'neurips'],
  ['nips', 'neurips'],
  ['Advances in Neural Information Processing Systems', 'neurips'],
  ['neural-information-processing-systems', 'neurips'],
  ['NIPS Workshops', 'neurips-workshops'],
  ['TheWebConf', 'www'],
  ['The Web Conference', 'www'],
  ['International World Wide Web Conference', 'www'],
  ['SIGKDD', 'kdd'],
  ['ACM SIGKDD', 'kdd'],
  ['IEEE/CVF CVPR', 'cvpr'],
  ['ACM MM', 'acmmm'],
  ['ACM Multimedia', 'acmmm'],
  ['SIGGRAPH Asia', 'siggraphasia'],
  ['Conference on Computational Learning Theory', 'colt'],
  ['JMLR', 'journal-of-machine-learning-research'],
  // Its own name takes precedence over that of another.
  ['mm', 'mm'],
]

interface Found {
  venue: { slug: string } | null
  venues: { nodes: { slug: string }[] }
  suggest: { kind: string; value: string }[]
  papers: { nodes: { venue: { slug: string } }[] }
  decided: { nodes: { venue: { slug: string } }[] }
  search: { nodes: { venue: { slug: string } }[]; warnings: unknown[] }
}

const FIND = `query($name: String!, $query: String!) {
  venue(slug: $name) { slug }
  venues(name: $name, first: 1) { nodes { slug } }
  suggest(prefix: $name, kinds: [VENUE], first: 1) { value }
  papers(filter: { venues: [$name] }) { nodes { venue { slug } } }
  decided: papers(filter: { decisions: { venues: [$name] } }) { nodes { venue { slug } } }
  search(query: $query) { nodes { venue { slug } } warnings { message } } }`

describe.each(NAMES)('%s', (name, slug) => {
  test(`leads to ${slug}, wherever a venue is named`, async () => {
    const { data } = await askWell<Found>(t, FIND, { name, query: `venue:"${name}"` })
    expect(data.venue?.slug).toBe(slug)
    expect(data.papers.nodes).toEqual([{ venue: { slug } }])
    expect(data.decided.nodes).toEqual([{ venue: { slug } }])
    expect(data.search).toEqual({ nodes: [{ venue: { slug } }], warnings: [] })
    // Lists and suggestions return all possible meanings.
    if (name === 'mm') return
    expect(data.venues.nodes).toEqual([{ slug }])
    expect(data.suggest).toEqual([{ value: slug }])
  })
})

test.each([
  'NIPS 2017',
  'nipsy',
  'Pacific-Asia Conference on Knowledge Discovery and Data Mining',
  'ICML',
])('%s is not a name of a venue', async (name) => {
  const { data } = await ask<Found>(t, `query($name: String!) { venue(slug: $name) { slug } }`, {
    name,
  })
  expect(data?.venue).toBeNull()
  const { errors } = await ask(
    t,
    `query($name: String!) { papers(filter: { venues: [$name] }) { totalCount } }`,
    { name },
  )
  expect(errors?.[0]?.message).toMatch(/no venue has the slug/)
})

test('an acronym in capitals ranks its venue first', async () => {
  const { data } = await askWell<Found>(t, `{ suggest(prefix: "NIPS", first: 1) { kind value } }`)
  expect(data.suggest).toEqual([{ kind: 'VENUE', value: 'neurips' }])
})

test.each(['CVPR', 'NIPS', 'SIGKDD', 'nips', 'COLT'])(
  '%s beside the words of a title is the venue, and not a misprint',
  async (name) => {
    const query = `query($query: String!) { search(query: $query) { nodes { title } warnings { message } } }`
    const search = async (query_: string) =>
      (
        await askWell<{ search: { nodes: { title: string }[]; warnings: object[] } }>(t, query, {
          query: query_,
        })
      ).data.search
    const { nodes, warnings } = await search(`Knowledge Discovery and Data Mining ${name}`)
    expect(warnings).toEqual([])
    expect(nodes[0]?.title).toMatch(/^On Conference on Knowledge Discovery/)
    // A word that is not an acronym is corrected as before.
    expect((await search('Knowledge Discovery bouns')).warnings).toHaveLength(1)
  },
)

describe('a catalogue in which each name also belongs to a separate venue', () => {
  // A journal for each name, whose words are others, and one that has the name only as its acronym.
  const own = [...new Set(NAMES.map(([name]) => slugify(name)))].map((slug, i) =>
    journal(`Letters on ${i} Looms`, slug),
  )
  const called = NAMES.map(([name], i) => ({
    ...journal(`Annals of ${i} Shuttles`, `annals-of-${i}-shuttles`),
    acronym: name,
  }))
  let other: TestDatabase
  beforeAll(async () => {
    other = await createTestDatabase()
    const venues = [...VENUES, ...own, ...called]
    const unique = venues.filter(
      ({ slug }, i) => venues.findIndex((one) => one.slug === slug) === i,
    )
    await transaction(other.url, (tx) => writeRecords(tx, papersAt(unique)))
  })
  afterAll(() => other.close())

  test.each(NAMES)('%s leads to that one in filters and in searches', async (name) => {
    const query = `query($name: String!, $query: String!) {
      papers(filter: { venues: [$name] }) { nodes { venue { slug } } }
      decided: papers(filter: { decisions: { venues: [$name] } }) { nodes { venue { slug } } }
      search(query: $query) { nodes { venue { slug } } }
      strict: search(query: $query, mode: STRICT) { nodes { venue { slug } } } }`
    const expected = [{ venue: { slug: slugify(name) } }]
    const { data } = await askWell<Record<string, { nodes: object[] }>>(other, query, {
      ...{ name, query: `venue:"${name}"` },
    })
    for (const [field, { nodes }] of Object.entries(data))
      expect({ field, nodes }).toEqual({ field, nodes: expected })
  })
})
