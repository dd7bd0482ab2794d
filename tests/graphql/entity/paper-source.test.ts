import { afterAll, beforeAll, expect, test } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { refreshCitationCounts } from '../../../src/domain/write/relations/citation-count.ts'
import { writeEdges } from '../../../src/domain/write/relations/edges.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { ask, askWell } from '../../helpers/graphql.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
  const ids = [{ scheme: 'arxiv' as const, value: '2101.00001' }]
  const venue = {
    slug: 'acl',
    name: 'Meeting of the ACL',
    acronym: 'ACL',
    kind: 'conference' as const,
  }
  const repository = {
    host: 'github.com',
    owner: 'a',
    name: 'b',
    url: 'https://github.com/a/b',
    isOfficial: true,
    evidence: 'curated' as const,
    framework: null,
  }
  const records = [
    paperRecord({
      source: 'pwc',
      key: 'a-study-of-many-things',
      licence: 'CC-BY-SA-4.0',
      title: 'A study of many things',
      abstract: 'Only here is it put so.',
      authors: ['Ada Lovelace', 'Alan Turing'].map((name) => ({
        name,
        identifiers: [],
        affiliation: null,
      })),
      identifiers: ids,
      repositories: [repository],
    }),
    paperRecord({
      source: 'zeta',
      key: '9',
      title: 'A Study of Few Things',
      identifiers: ids,
      published: { on: '2020-01-01', precision: 'year' },
      citationCount: 7,
      authors: Array.from({ length: 150 }, (_, i) => ({
        name: i === 1 ? 'Ada Lovelace' : `Author ${i}`,
        identifiers: [],
        affiliation: null,
      })),
    }),
    paperRecord({
      source: 'arxiv',
      key: '2101.00001',
      licence: 'CC0-1.0',
      title: 'A Study of Many Things',
      abstract: 'We study.',
      published: { on: '2021-01-03', precision: 'day' },
      identifiers: ids,
    }),
    paperRecord({
      source: 'crossref',
      key: '10.1000/182',
      licence: 'CC0-1.0',
      title: 'A Study of Many Things',
      abstract: 'We publish.',
      kind: 'conference_paper',
      venue,
      eventYear: 2021,
      published: { on: '2021-06-01', precision: 'month' },
      citationCount: 3,
      identifiers: [...ids, { scheme: 'doi', value: '10.1000/182' }],
      references: [{ identifiers: [], title: 'An Older Work' }],
    }),
    paperRecord({ source: 'paperlists', key: 'acl2022/1', title: 'Another Paper Altogether' }),
  ]
  await transaction(t.url, (tx) => writeRecords(tx, records))
})
afterAll(() => t.close())

interface Sources {
  paper: {
    sources: {
      source: string
      name: string
      key: string
      url: string | null
      licence: string | null
      fetchedAt: string
      values: { field: string; value: string; isShown: boolean }[]
    }[]
  }
}

const valuesOf = (source: Sources['paper']['sources'][number] | undefined) =>
  (source?.values ?? []).map(({ field, value, isShown }) => `${field} ${value} ${isShown}`)

test('the records of a paper are in the order of precedence, with their values and whether these are shown', async () => {
  const { data, statements } = await askWell<Sources>(
    t,
    `{ paper(ref: "arXiv:2101.00001") { sources { source name key url licence fetchedAt values { field value isShown } } } }`,
  )
  expect(statements).toHaveLength(2)
  const { sources } = data.paper
  expect(
    sources.map(({ source, name, key, url, licence }) => [source, name, key, url, licence]),
  ).toEqual([
    ['crossref', 'Crossref', '10.1000/182', 'https://doi.org/10.1000/182', 'CC0-1.0'],
    ['arxiv', 'arXiv', '2101.00001', 'https://arxiv.org/abs/2101.00001', 'CC0-1.0'],
    ['pwc', 'Papers with Code', 'a-study-of-many-things', null, 'CC-BY-SA-4.0'],
    ['zeta', 'zeta', '9', null, null],
  ])
  expect(Math.abs(Date.parse(sources[0]?.fetchedAt ?? '') - Date.now())).toBeLessThan(600_000)
  expect(valuesOf(sources[0])).toEqual([
    'TITLE A Study of Many Things true',
    'AUTHORS Ada Lovelace false',
    'ABSTRACT We publish. false',
    'KIND CONFERENCE_PAPER true',
    'PUBLISHED_ON 2021-06 true',
    'EVENT_YEAR 2021 true',
    'VENUE Meeting of the ACL true',
    'CITATION_COUNT 3 false',
    'REFERENCE_COUNT 1 true',
    'IDENTIFIER arxiv:2101.00001 true',
    'IDENTIFIER doi:10.1000/182 true',
  ])
  expect(valuesOf(sources[2])).toEqual([
    'TITLE A study of many things false',
    'AUTHORS Ada Lovelace; Alan Turing true',
    'ABSTRACT Only here is it put so. false',
    'KIND PREPRINT false',
    'PUBLISHED_ON 2021 false',
    'IDENTIFIER arxiv:2101.00001 true',
    'REPOSITORY https://github.com/a/b true',
  ])
  const long = sources[3]?.values.find(({ field }) => field === 'AUTHORS')?.value.split('; ')
  expect(long).toHaveLength(100)
})

test('the sources of an abstract are the first ones only', async () => {
  const { data } = await askWell<Sources>(
    t,
    `{ paper(ref: "arXiv:2101.00001") { abstract sources(first: 2) { source values(fields: [ABSTRACT]) { field value isShown } } } }`,
  )
  expect(data.paper).toEqual({
    abstract: 'We study.',
    sources: [
      { source: 'crossref', values: [{ field: 'ABSTRACT', value: 'We publish.', isShown: false }] },
      { source: 'arxiv', values: [{ field: 'ABSTRACT', value: 'We study.', isShown: true }] },
    ],
  })
  const { errors } = await ask(
    t,
    '{ paper(ref: "arXiv:2101.00001") { sources(first: 101) { key } } }',
  )
  expect(errors[0]?.message).toMatch(/first: 101 is out of range; expected 0 to 100/)
})

test('conflicts list disagreements between sources, and no agreements', async () => {
  interface Conflicts {
    paper: { conflicts: { field: string; values: { value: string; sources: string[] }[] }[] }
  }
  const { data, statements } = await askWell<Conflicts>(
    t,
    '{ paper(ref: "arXiv:2101.00001") { conflicts { field values { value isShown sources } } } }',
  )
  expect(statements).toHaveLength(3)
  expect(data.paper.conflicts.map(({ field }) => field)).toEqual([
    'TITLE',
    'AUTHORS',
    'ABSTRACT',
    'KIND',
    'PUBLISHED_ON',
  ])
  expect(data.paper.conflicts[0]?.values).toEqual([
    { value: 'A Study of Many Things', isShown: true, sources: ['crossref', 'arxiv', 'pwc'] },
    { value: 'A Study of Few Things', isShown: false, sources: ['zeta'] },
  ])
  // The year of one source is that of the day of another.
  expect(data.paper.conflicts[4]?.values).toEqual([
    { value: '2021-06', isShown: true, sources: ['crossref'] },
    { value: '2021-01-03', isShown: false, sources: ['arxiv', 'pwc'] },
    { value: '2020', isShown: false, sources: ['zeta'] },
  ])
})

test('the count of each source, and that of the catalogue itself', async () => {
  interface Counts {
    paper: {
      citationCount: number
      citationCounts: { source: string; count: number; asOf: string }[]
    }
  }
  const query =
    '{ paper(ref: "arXiv:2101.00001") { citationCount citationCounts { source count asOf } } }'
  const read = async () => {
    const { data } = await askWell<Counts>(t, query.replace('asOf', ''))
    const { citationCount, citationCounts } = data.paper
    return [citationCount, ...citationCounts.map(({ source, count }) => `${source} ${count}`)]
  }
  expect(await read()).toEqual([7, 'zeta 7', 'crossref 3', 'paperql 0'])
  const citing = paperRecord({
    source: 'arxiv',
    key: '2201.00002',
    title: 'A Paper That Cites',
    identifiers: [{ scheme: 'arxiv', value: '2201.00002' }],
  })
  await transaction(t.url, (tx) => writeRecords(tx, [citing]))
  const edge = {
    citing: { scheme: 'arxiv' as const, value: '2201.00002' },
    cited: { scheme: 'doi' as const, value: '10.1000/182' },
  }
  await transaction(t.url, (tx) => writeEdges(tx, 's2', [edge]))
  const own = async () => {
    const { data } = await askWell<Counts>(t, query)
    return data.paper.citationCounts.find(({ source }) => source === 'paperql')?.asOf ?? ''
  }
  const added = await own()
  await refreshCitationCounts(t.url)
  expect(await read()).toEqual([7, 'zeta 7', 'crossref 3', 'paperql 1'])
  // The time is that of the count, whenever it is requested.
  const counted = await own()
  expect(Date.parse(counted)).toBeGreaterThan(Date.parse(added))
  expect(Date.parse(counted)).toBeLessThanOrEqual(Date.now())
  expect(await own()).toBe(counted)
})

test('each list is one statement, however many papers', async () => {
  const query = `query($first: Int) { papers(first: $first, order: { field: TITLE, direction: DESC }) { nodes { title
    sources { key values { value } } conflicts { field } citationCounts { source count } } } }`
  for (const first of [1, 3])
    expect((await askWell<object>(t, query, { first })).statements).toHaveLength(5)
})

test('records are read only if their content is selected', async () => {
  const readers = async (fields: string) => {
    const query = `{ papers { nodes { title sources { ${fields} } } } }`
    return (await askWell<object>(t, query)).statements.filter((text) => /abstract/.test(text))
  }
  expect(await readers('source key url licence')).toEqual([])
  expect(await readers('values { field }')).toHaveLength(1)
})

test('the sources of the catalogue', async () => {
  const { data, statements } = await askWell<{ sources: object[] }>(
    t,
    '{ sources { source name homepage licence recordCount paperCount } }',
  )
  expect(statements).toHaveLength(1)
  expect(data.sources).toContainEqual({
    source: 'pwc',
    name: 'Papers with Code',
    homepage: null,
    licence: 'CC-BY-SA-4.0',
    recordCount: 1,
    paperCount: 1,
  })
  expect(data.sources).toHaveLength(7)
  // It supplied a citation and no papers.
  expect(data.sources.at(-1)).toMatchObject({ source: 's2', licence: 'ODC-BY-1.0', recordCount: 0 })
})

test('a byline that a source cuts short ends with "et al.", and does not contradict the whole one', async () => {
  const authors = (...names: string[]) =>
    names.map((name) => ({ name, identifiers: [], affiliation: null }))
  const identifiers = [{ scheme: 'arxiv' as const, value: '2101.00777' }]
  await transaction(t.url, (tx) =>
    writeRecords(tx, [
      paperRecord({
        ...{ source: 'cv-daily', key: 'SLAM/2101.00777', title: 'Bylines Cut Short', identifiers },
        ...{ authors: authors('Ada Lovelace'), hasMoreAuthors: true },
      }),
    ]),
  )
  const query = `{ paper(ref: "arXiv:2101.00777") {
    sources { source values(fields: [AUTHORS]) { field value isShown } } conflicts { field }
  } }`
  const { data } = await askWell<Sources & { paper: { conflicts: unknown[] } }>(t, query)
  expect(data.paper.sources.flatMap(valuesOf)).toEqual(['AUTHORS Ada Lovelace; et al. true'])
  await transaction(t.url, (tx) =>
    writeRecords(tx, [
      paperRecord({
        ...{ source: 'arxiv', key: '2101.00777', title: 'Bylines Cut Short', identifiers },
        authors: authors('Ada Lovelace', 'Alan Turing'),
      }),
    ]),
  )
  const whole = (await askWell<typeof data>(t, query)).data.paper
  expect(whole.sources.flatMap(valuesOf).sort()).toEqual([
    'AUTHORS Ada Lovelace; Alan Turing true',
    'AUTHORS Ada Lovelace; et al. false',
  ])
  expect(whole.conflicts).toEqual([])
})
