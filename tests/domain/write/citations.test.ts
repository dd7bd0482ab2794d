import fc from 'fast-check'
import sql from 'sql-template-tag'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { CitationIntent, IdentifierScheme } from '../../../src/db/tables/vocabulary.ts'
import { transaction } from '../../../src/db/transaction.ts'
import type {
  PaperIdentifier,
  PaperRecord,
  ReferenceClaim,
} from '../../../src/domain/record/paper-record.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { refreshCitationCounts } from '../../../src/domain/write/relations/citation-count.ts'
import { type CitationEdge, writeEdges } from '../../../src/domain/write/relations/edges.ts'
import { dumpCatalogue, emptyCatalogue, paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase } from '../../helpers/database.ts'

let t: Awaited<ReturnType<typeof createTestDatabase>>
beforeAll(async () => {
  t = await createTestDatabase()
})
afterEach(() => emptyCatalogue(t.db))
afterAll(() => t.close())

const write = (...records: PaperRecord[]) => transaction(t.url, (tx) => writeRecords(tx, records))
const link = (...edges: CitationEdge[]) => transaction(t.url, (tx) => writeEdges(tx, 's2', edges))

const doi = (value: string): PaperIdentifier => ({ scheme: 'doi', value })
const corpus = (value: string): PaperIdentifier => ({ scheme: 'corpusid', value })
const edge = (citing: string, cited: string, more: Partial<CitationEdge> = {}): CitationEdge => ({
  citing: corpus(citing),
  cited: corpus(cited),
  ...more,
})

/** A record under its own key and title, as equal titles would make papers one. */
/** Records that share an identifier are one paper: their titles differ in one word. */
const record = (key: string, over: Partial<PaperRecord> = {}) =>
  paperRecord({ key, title: `The work that is called ${wordOf(key)}`, ...over })
const wordOf = (key: string) =>
  key.replace(/\d/g, (digit) => 'klmnopqrst'.charAt(Number(digit))).repeat(5)

interface Link {
  citing: string
  cited: string
  sources: string[]
  is_influential: boolean | null
  intents: string[]
}
const links = async () => (await dumpCatalogue(t.db)).citations as unknown as Link[]
const pairs = async () => (await links()).map(({ citing, cited }) => `${citing} ${cited}`)

test('a reference becomes a citation when its paper arrives, in either order', async () => {
  const citing = record('a', { references: [{ identifiers: [doi('10.1/b')], title: 'B' }] })
  const cited = record('b', { identifiers: [doi('10.1/b')] })
  await write(citing)
  expect(await links()).toEqual([])
  await write(cited)
  const late = await dumpCatalogue(t.db)
  expect(late.citations).toMatchObject([{ citing: 'test:a', cited: 'test:b', sources: ['test'] }])
  await emptyCatalogue(t.db)
  await write(cited)
  await write(citing)
  expect(await dumpCatalogue(t.db)).toEqual(late)
  await emptyCatalogue(t.db)
  await write(citing, cited)
  expect(await dumpCatalogue(t.db)).toEqual(late)
})

/** The citation counts of the papers, in the order of their titles. */
const counts = async () => {
  await refreshCitationCounts(t.url)
  const rows = await t.db.query<{ n: number }>(
    sql`select citation_count as n from papers order by title`,
  )
  return rows.map(({ n }) => n)
}

test('a citation count is the larger of the stated and the linked count', async () => {
  const cited = (stated: number | null) => [
    record('b', { identifiers: [doi('10.1/b')], citationCount: stated }),
    record('c', { identifiers: [doi('10.1/c')], citationCount: 7 }),
  ]
  await write(...cited(1))
  const references = [{ identifiers: [doi('10.1/b')] }, { identifiers: [doi('10.1/c')] }]
  await write(...['x', 'y', 'z'].map((key) => record(key, { references })))
  expect(await counts()).toEqual([3, 7, 0, 0, 0])
  await write(record('x'), record('y'))
  expect(await counts()).toEqual([1, 7, 0, 0, 0])
  await write(record('x', { references }), ...cited(9))
  expect(await counts()).toEqual([9, 7, 0, 0, 0])
  await write(...cited(null))
  expect(await counts()).toEqual([2, 7, 0, 0, 0])
})

test('recounting writes only papers whose count changes, each once', async () => {
  const papers = () => t.db.query(sql`select id, xmin::text from papers order by id`)
  await write(
    ...['1', '2', '3'].map((key) => record(key, { identifiers: [corpus(key)], citationCount: 1 })),
  )
  await link(edge('1', '3'), edge('2', '3'), edge('3', '1'))
  const before = await papers()
  expect(await counts()).toEqual([1, 1, 2])
  const after = await papers()
  expect(after.slice(0, 2)).toEqual(before.slice(0, 2))
  expect(after[2]).not.toEqual(before[2])
  await refreshCitationCounts(t.url)
  expect(await papers()).toEqual(after)
  expect(await t.db.query(sql`select from citation_recounts`)).toEqual([])
})

test('a DOI for an arXiv id finds the paper with that id', async () => {
  await write(record('b', { identifiers: [{ scheme: 'arxiv', value: '2305.18290' }] }))
  await write(record('a', { references: [{ identifiers: [doi('10.48550/arxiv.2305.18290')] }] }))
  expect(await pairs()).toEqual(['test:a test:b'])
})

test('citation pairs wait for both papers, fold, and change nothing when read again', async () => {
  const edges = [
    edge('1', '2', { isInfluential: false, intents: ['result'] }),
    edge('1', '2', { isInfluential: true, intents: ['background'] }),
    edge('1', '3'),
  ]
  expect(await link(...edges)).toEqual({ written: 2, unchanged: 1 })
  expect(await link(...edges)).toEqual({ written: 0, unchanged: 3 })
  await write(record('two', { identifiers: [corpus('2')] }))
  expect(await links()).toEqual([])
  await write(record('one', { identifiers: [corpus('1')] }))
  expect(await links()).toMatchObject([
    {
      citing: 'test:one',
      cited: 'test:two',
      sources: ['s2'],
      is_influential: true,
      intents: ['background', 'result'],
    },
  ])
  const before = await t.db.query(
    sql`select xmin::text from citations union all select xmin::text from papers`,
  )
  expect(await link(...edges)).toEqual({ written: 0, unchanged: 3 })
  expect(
    await t.db.query(sql`select xmin::text from citations union all select xmin::text from papers`),
  ).toEqual(before)
  expect(await link(edge('1', '2', { intents: ['methodology'] }))).toEqual({
    written: 1,
    unchanged: 0,
  })
  expect((await links())[0]?.intents).toEqual(['background', 'methodology', 'result'])
})

test('a source of references and one of citation pairs state one citation, each by name', async () => {
  await write(
    record('a', { identifiers: [corpus('1')], references: [{ identifiers: [doi('10.1/b')] }] }),
    record('b', { identifiers: [corpus('2'), doi('10.1/b')] }),
  )
  await link(edge('1', '2'))
  expect(await links()).toMatchObject([
    { citing: 'test:a', cited: 'test:b', sources: ['s2', 'test'] },
  ])
})

test('no paper cites itself, even after two papers turn out to be one', async () => {
  await write(
    record('a', {
      identifiers: [doi('10.1/a'), corpus('1')],
      references: [{ identifiers: [doi('10.1/a')] }],
    }),
    record('b', { identifiers: [corpus('2')], references: [{ identifiers: [corpus('1')] }] }),
  )
  await link(edge('1', '1'))
  expect(await pairs()).toEqual(['test:b test:a'])
  await write(record('c', { identifiers: [corpus('1'), corpus('2')] }))
  expect(await links()).toEqual([])
  expect(await counts()).toEqual([0])
})

test('a merge joins the citations of both papers', async () => {
  const cites = (value: string): ReferenceClaim[] => [{ identifiers: [doi(value)] }]
  await write(
    record('a', { identifiers: [doi('10.1/a')], references: cites('10.1/x') }),
    record('b', { identifiers: [corpus('2')], references: cites('10.1/y') }),
    record('x', { identifiers: [doi('10.1/x')] }),
    record('y', { identifiers: [doi('10.1/y')], references: cites('10.1/a') }),
    record('z', { references: [{ identifiers: [corpus('2')] }, { identifiers: [doi('10.1/a')] }] }),
  )
  expect(await pairs()).toHaveLength(5)
  await write(record('0', { identifiers: [doi('10.1/a'), corpus('2')] }))
  expect(await pairs()).toEqual([
    'test:0 test:x',
    'test:0 test:y',
    'test:y test:0',
    'test:z test:0',
  ])
})

test('a record that states less withdraws its former statements, and keeps those of others', async () => {
  const references = [{ identifiers: [doi('10.1/b')] }, { identifiers: [doi('10.1/c')] }]
  await write(
    record('a', { identifiers: [corpus('1')], references }),
    record('b', { identifiers: [doi('10.1/b'), corpus('2')] }),
    record('c', { identifiers: [doi('10.1/c')] }),
  )
  await link(edge('1', '2'))
  await write(record('a', { identifiers: [corpus('1')] }))
  expect(await links()).toMatchObject([{ cited: 'test:b', sources: ['s2'] }])
  await write(record('b', { identifiers: [doi('10.1/b')] }))
  expect(await links()).toEqual([])
})

test('the newest citing papers follow a changed day', async () => {
  const references = [{ identifiers: [doi('10.1/b')] }]
  await write(record('a', { references }), record('b', { identifiers: [doi('10.1/b')] }))
  await write(record('a', { references, published: { on: '2022-02-02', precision: 'day' } }))
  expect(await links()).toMatchObject([{ published_sort: '2022-02-02' }])
})

test('no citation pairs need no work, and a thousand take as many statements as two', async () => {
  expect(await link()).toEqual({ written: 0, unchanged: 0 })
  const statements = (count: number) =>
    transaction(t.url, async (tx) => {
      let sent = 0
      const edges = Array.from({ length: count }, (_, i) => edge(`${i}`, `${i + 1}`))
      const counted: typeof tx = {
        ...tx,
        query(statement, options) {
          sent++
          return tx.query(statement, options)
        },
      }
      await writeEdges(counted, 's2', edges)
      return sent
    })
  await write(...['1', '2'].map((key) => record(key, { identifiers: [corpus(key)] })))
  // The lock, the excluded licences, and the citation pairs.
  expect(await statements(2)).toBe(3)
  expect(await statements(1000)).toBe(3)
})

const SCHEMES: IdentifierScheme[] = ['doi', 'openalex', 'corpusid']
const WORKS = 5
const nameOf = (work: number, scheme: IdentifierScheme): PaperIdentifier => ({
  scheme,
  value: scheme === 'doi' ? `10.1/${work}` : scheme === 'openalex' ? `W${work}` : `${work}`,
})
const work = fc.nat(WORKS - 1)
const schemes = (minLength: number) => fc.subarray(SCHEMES, { minLength })
const judgement = {
  isInfluential: fc.option(fc.boolean()),
  intents: fc.subarray<CitationIntent>(['background', 'methodology', 'result']),
}

const arbitraryReference = fc
  .record({
    work,
    schemes: schemes(0),
    title: fc.option(fc.constantFrom('One', 'Two')),
    ...judgement,
  })
  .map(
    ({ work, schemes, ...more }): ReferenceClaim => ({
      identifiers: schemes.map((scheme) => nameOf(work, scheme)),
      ...more,
    }),
  )
const arbitraryRecord = fc.record({
  source: fc.constantFrom('a', 'b'),
  work,
  schemes: schemes(1),
  references: fc.array(arbitraryReference, { maxLength: 4 }),
})
const arbitraryEdge = fc
  .record({ citing: work, cited: work, ...judgement })
  .map(({ citing, cited, ...more }) => edge(`${citing}`, `${cited}`, more))
type Arrival = { record: PaperRecord } | { edge: CitationEdge }

/** Writes records and citation pairs in the given order, in batches of one kind. */
async function arrive(arrivals: Arrival[], size: number): Promise<void> {
  await emptyCatalogue(t.db)
  let batch: Arrival[] = []
  const flush = async () => {
    const records = batch.flatMap((one) => ('record' in one ? one.record : []))
    const edges = batch.flatMap((one) => ('edge' in one ? one.edge : []))
    if (records.length > 0) await write(...records)
    if (edges.length > 0) await link(...edges)
    batch = []
  }
  for (const arrival of arrivals) {
    batch.push(arrival)
    if (batch.length >= size) await flush()
  }
  await flush()
  await refreshCitationCounts(t.url)
}

test('the catalogue does not depend on the order of records and citation pairs', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(arbitraryRecord, { minLength: 2, maxLength: 8 }),
      fc.array(arbitraryEdge, { maxLength: 6 }),
      fc.infiniteStream(fc.nat(1000)),
      fc.integer({ min: 1, max: 4 }),
      async (drafts, edges, ranks, size) => {
        const records = drafts.map(({ source, work, schemes, references }, i) =>
          record(`${i}`, {
            source,
            identifiers: schemes.map((scheme) => nameOf(work, scheme)),
            references,
          }),
        )
        const arrivals: Arrival[] = [
          ...records.map((record) => ({ record })),
          ...edges.map((edge) => ({ edge })),
        ]
        await arrive(arrivals, 100)
        const expected = await dumpCatalogue(t.db)
        expect(expected.citations).toEqual(await citationsFromScratch())
        const shuffled = arrivals
          .map((arrival) => ({ arrival, rank: ranks.next().value as number }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ arrival }) => arrival)
        await arrive(shuffled, size)
        expect(await dumpCatalogue(t.db)).toEqual(expected)
        await write(...records)
        if (edges.length > 0) await link(...edges)
        expect(await dumpCatalogue(t.db)).toEqual(expected)
        // A record that states nothing any more withdraws its part, and only that.
        await write(...records.slice(0, 2).map((one) => ({ ...one, references: [] })))
        expect((await dumpCatalogue(t.db)).citations).toEqual(await citationsFromScratch())
      },
    ),
    { numRuns: 12 },
  )
})

/** The expected rows of `citations`, computed by plain code from the records, the citation pairs and their papers. */
async function citationsFromScratch() {
  const rows = await t.db.query<{ paper_id: number; record: PaperRecord }>(
    sql`select paper_id, record from source_records`,
  )
  const edges = await t.db.query<{
    citing_scheme: IdentifierScheme
    citing_value: string
    cited_scheme: IdentifierScheme
    cited_value: string
    source: string
    is_influential: boolean | null
    intents: string[]
  }>(sql`select * from citation_edges`)
  const names = new Map<number, string>()
  const papers = new Map<string, string>()
  for (const { paper_id, record } of rows) {
    const name = `${record.source}:${record.key}`
    if (name < (names.get(paper_id) ?? '~')) names.set(paper_id, name)
  }
  for (const { paper_id, record } of rows)
    for (const id of record.identifiers) papers.set(keyOf(id), names.get(paper_id) ?? '')
  const claims = rows.flatMap(({ paper_id, record }) =>
    (record.references ?? []).map(
      ({ identifiers, isInfluential, intents = [] }): Claim => ({
        citing: names.get(paper_id) ?? '',
        cited: new Set(identifiers.map(keyOf)),
        sources: [record.source],
        judged: [isInfluential ?? null],
        intents,
      }),
    ),
  )
  const said = edges.flatMap((e): Claim[] => {
    const citing = papers.get(`${e.citing_scheme}:${e.citing_value}`)
    const cited = new Set([`${e.cited_scheme}:${e.cited_value}`])
    const { source, is_influential, intents } = e
    return citing ? [{ citing, cited, sources: [source], judged: [is_influential], intents }] : []
  })
  const found = new Map<string, Claim & { target: string }>()
  for (const claim of [...joined(claims), ...said]) {
    for (const target of new Set([...claim.cited].flatMap((id) => papers.get(id) ?? []))) {
      if (target === claim.citing) continue
      const key = `${claim.citing} ${target}`
      const other = found.get(key)
      found.set(key, { ...(other ? together(other, claim) : claim), target })
    }
  }
  return [...found.values()]
    .sort((a, b) => (`${a.citing} ${a.target}` < `${b.citing} ${b.target}` ? -1 : 1))
    .map(({ citing, target, sources, judged, intents }) => ({
      citing,
      cited: target,
      sources: [...new Set(sources)].sort(),
      is_influential: judged.includes(true) || (judged.includes(false) ? false : null),
      intents: [...new Set(intents)].sort(),
      published_sort: '2021-01-01',
    }))
}

interface Claim {
  citing: string
  cited: Set<string>
  sources: string[]
  judged: (boolean | null)[]
  intents: string[]
}

const keyOf = ({ scheme, value }: PaperIdentifier) => `${scheme}:${value}`

const together = (a: Claim, b: Claim): Claim => ({
  citing: a.citing,
  cited: new Set([...a.cited, ...b.cited]),
  sources: [...a.sources, ...b.sources],
  judged: [...a.judged, ...b.judged],
  intents: [...a.intents, ...b.intents],
})

/** Joins claims of one paper that share an identifier, two at a time, until none share any. */
function joined(claims: Claim[]): Claim[] {
  for (const [i, a] of claims.entries()) {
    for (const b of claims.slice(i + 1)) {
      const isOne = a.citing === b.citing && [...a.cited].some((id) => b.cited.has(id))
      if (isOne) return joined([...claims.filter((c) => c !== a && c !== b), together(a, b)])
    }
  }
  return claims
}
