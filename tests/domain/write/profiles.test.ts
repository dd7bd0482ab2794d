import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import type { PaperRecord } from '../../../src/domain/record/paper-record.ts'
import type {
  AuthorRecord,
  ProfileRecord,
  TopicRecord,
} from '../../../src/domain/record/profile-record.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { writeProfiles } from '../../../src/domain/write/profiles.ts'
import { dumpCatalogue, emptyCatalogue, paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { askWell } from '../../helpers/graphql.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
})
afterEach(() => emptyCatalogue(t.db))
afterAll(() => t.close())

const papers = (...records: PaperRecord[]) => transaction(t.url, (tx) => writeRecords(tx, records))
const profiles = (...records: ProfileRecord[]) =>
  transaction(t.url, (tx) => writeProfiles(tx, records))

const ORCID = '0000-0002-1825-0097'

/** The paper with an author at Harvard. */
const atHarvard = (record: PaperRecord): PaperRecord => ({
  ...record,
  authors: record.authors.map((author) => ({
    ...author,
    institutions: [{ name: 'Harvard University', ror: '03vek6s52' }],
  })),
})

function paper(key: string, name: string, ...identifiers: [scheme: string, value: string][]) {
  return paperRecord({
    key,
    title: `The paper with the number ${key}`,
    authors: [
      {
        name,
        affiliation: null,
        identifiers: identifiers.map(([scheme, value]) => ({ scheme, value })),
      },
    ],
  })
}

function person(source: string, key: string, over: Partial<AuthorRecord> = {}): AuthorRecord {
  return {
    type: 'author',
    source,
    key,
    licence: null,
    url: `https://${source}.example/${key}`,
    name: 'Grace Hopper',
    aliases: [],
    identifiers: [
      { scheme: source, value: key },
      { scheme: 'orcid', value: ORCID },
    ],
    affiliations: [],
    homepage: null,
    paperCount: null,
    citationCount: null,
    hIndex: null,
    ...over,
  }
}

function subject(over: Partial<TopicRecord> = {}): TopicRecord {
  return {
    type: 'topic',
    source: 'openalex',
    key: 'T1',
    licence: 'CC0-1.0',
    url: null,
    slug: 'entity-deduplication-studies',
    name: 'Entity Deduplication Studies',
    kind: 'field',
    description: 'Finds records that are one.',
    parents: [
      { slug: 'catalogue-science', name: 'Catalogue Science', kind: 'field' },
      { slug: 'physical-sciences', name: 'Physical Sciences', kind: 'field' },
    ],
    ...over,
  }
}

const about = (key: string, slug: string, name: string) =>
  paperRecord({
    key,
    title: `About the subject number ${key}`,
    topics: [{ slug, name, kind: 'field', score: 1, source: 'openalex' }],
  })

const authorsOf = async () =>
  (await dumpCatalogue(t.db)).authors.map(({ name, ids, papers: titles }) => ({
    name,
    ids,
    papers: (titles as string[]).length,
  }))

test('an author known by a number to each of two sources is one author once records state one ORCID iD, in either order', async () => {
  const written = [
    paper('1', 'G. Hopper', ['s2', '7']),
    paper('2', 'Grace Hopper', ['openalex', 'A5']),
  ]
  const said = [person('s2', '7'), person('openalex', 'A5')]
  await papers(...written)
  expect(await authorsOf()).toHaveLength(2)
  expect(await profiles(...said)).toEqual({
    created: 2,
    updated: 0,
    merged: 0,
    unchanged: 0,
    waiting: 0,
  })
  const joined = [
    { name: 'Grace Hopper', ids: ['openalex:A5', `orcid:${ORCID}`, 's2:7'], papers: 2 },
  ]
  expect(await authorsOf()).toEqual(joined)
  expect(await profiles(...said)).toEqual({
    created: 0,
    updated: 0,
    merged: 0,
    unchanged: 2,
    waiting: 0,
  })
  const dump = await dumpCatalogue(t.db)
  await emptyCatalogue(t.db)
  await profiles(...said)
  expect(await authorsOf()).toEqual([])
  await papers(...written)
  expect(await dumpCatalogue(t.db)).toEqual(dump)
})

test('records that contradict the ORCID iD of a byline, or name two people for one, join nobody', async () => {
  const other = '0000-0001-5109-3700'
  await profiles(person('s2', '7'), person('openalex', 'A5'))
  await papers(
    paper('1', 'Grace Hopper', ['s2', '7'], ['orcid', other]),
    paper('2', 'Grace Hopper', ['openalex', 'A5']),
  )
  expect((await authorsOf()).map(({ ids }) => ids)).toEqual([
    ['openalex:A5', `orcid:${ORCID}`],
    [`orcid:${other}`, 's2:7'],
  ])
})

test('a record places a topic in the tree, in either order; a better record moves it', async () => {
  const record = about('1', 'entity-deduplication-studies', 'Entity Deduplication Studies')
  await papers(record)
  await profiles(subject())
  const dump = await dumpCatalogue(t.db)
  expect(dump.topics.map(({ slug, parent }) => [slug, parent])).toEqual([
    ['catalogue-science', 'physical-sciences'],
    ['entity-deduplication-studies', 'catalogue-science'],
    ['physical-sciences', null],
  ])
  await emptyCatalogue(t.db)
  await profiles(subject())
  expect((await dumpCatalogue(t.db)).topics).toEqual([])
  await papers(record)
  expect(await dumpCatalogue(t.db)).toEqual(dump)
  const moved = subject({ parents: [{ slug: 'tidiness', name: 'Tidiness', kind: 'field' }] })
  expect(await profiles(moved)).toMatchObject({ created: 0, updated: 1 })
  const { topics } = await dumpCatalogue(t.db)
  expect(topics.find(({ slug }) => slug === record.topics[0]?.slug)?.parent).toBe('tidiness')
})

test('statements about authors and topics are shown, in one statement however many there are', async () => {
  await papers(
    paper('1', 'Grace Hopper', ['s2', '7'], ['openalex', 'A5']),
    paper('2', 'Alan Turing', ['s2', '8']),
    atHarvard(paper('3', 'Nobody Known')),
    about('4', 'entity-deduplication-studies', 'Entity Deduplication Studies'),
  )
  await profiles(
    person('s2', '7', { hIndex: 3, homepage: 'https://hopper.example/' }),
    person('openalex', 'A5', {
      aliases: ['G. B. Hopper'],
      affiliations: ['Navy', 'Harvard'],
      workplaces: [
        { name: 'Navy', ror: null, from: '1966-11', to: null },
        { name: 'Harvard', ror: '03vek6s52', from: '1944', to: '1949' },
      ],
    }),
    person('s2', '8', { name: 'Ada', identifiers: [{ scheme: 's2', value: '8' }] }),
    subject(),
  )
  const query = (first: number) => `{
    authors(first: ${first}, order: { field: NAME, direction: ASC }) { nodes {
      name profiles { source key url licence name aliases affiliations homepage paperCount hIndex
        workplaces { name ror from to institution { name } } }
    } }
  }`
  type Data = { authors: { nodes: { name: string; profiles: Record<string, unknown>[] }[] } }
  const one = await askWell<Data>(t, query(1))
  const all = await askWell<Data>(t, query(10))
  expect(one.statements).toHaveLength(1)
  expect(all.statements).toHaveLength(1)
  const byName = new Map(all.data.authors.nodes.map((node) => [node.name, node.profiles]))
  expect(byName.get('Nobody Known')).toEqual([])
  expect(byName.get('Alan Turing')).toMatchObject([{ source: 's2', key: '8', name: 'Ada' }])
  expect(byName.get('Grace Hopper')).toEqual([
    {
      source: 'openalex',
      key: 'A5',
      url: 'https://openalex.example/A5',
      licence: null,
      name: 'Grace Hopper',
      aliases: ['G. B. Hopper'],
      affiliations: ['Navy', 'Harvard'],
      homepage: null,
      paperCount: null,
      hIndex: null,
      workplaces: [
        { name: 'Navy', ror: null, from: '1966-11', to: null, institution: null },
        {
          ...{ name: 'Harvard', ror: '03vek6s52', from: '1944', to: '1949' },
          institution: { name: 'Harvard University' },
        },
      ],
    },
    expect.objectContaining({
      ...{ source: 's2', homepage: 'https://hopper.example/', hIndex: 3, workplaces: [] },
    }),
  ])
  const { data } = await askWell<{ topic: unknown }>(
    t,
    '{ topic(slug: "entity-deduplication-studies") { description parent { name description } } }',
  )
  expect(data.topic).toEqual({
    description: 'Finds records that are one.',
    parent: { name: 'Catalogue Science', description: null },
  })
})
