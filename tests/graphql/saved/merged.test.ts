import sql from 'sql-template-tag'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import { mergeAuthors } from '../../../src/domain/curation/authors.ts'
import { mergePapers, undoDecision } from '../../../src/domain/curation/curation.ts'
import { decideOnTopics } from '../../../src/domain/curation/topics.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { globalId } from '../../../src/sql/global-id.ts'
import { emptyCatalogue, paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { askWell } from '../../helpers/graphql.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
})
afterAll(() => t.close())

const by = { by: 'ada', reason: null }
const TITLES = ['Weaving many threads on a loom', 'Spinning wool by the light of the moon'] as const

beforeEach(async () => {
  await emptyCatalogue(t.db)
  await t.db.query(sql`delete from saved_queries`)
  const records = TITLES.map((title, i) =>
    paperRecord({
      ...{ key: `${i}`, title },
      identifiers: [{ scheme: 'arxiv', value: `2601.0000${i}` }],
      authors: [
        {
          ...{ name: 'Wei Zhang', affiliation: null },
          identifiers: [{ scheme: 'orcid', value: ORCIDS[i] ?? '' }],
        },
      ],
      topics: [
        { slug: SLUGS[i] ?? '', name: SLUGS[i] ?? '', kind: 'task', score: 1, source: 'test' },
      ],
      repositories: [
        {
          ...{ host: 'github.com', owner: 'looms', name: `r${i}`, isOfficial: true },
          ...{ url: `https://github.com/looms/r${i}`, framework: null, evidence: 'curated' },
        },
      ],
    }),
  )
  await transaction(t.url, (tx) => writeRecords(tx, records))
})

const ORCIDS = ['0000-0002-1825-0097', '0000-0001-5109-3700']
const SLUGS = ['hand-looms', 'wool-spinning']

const idsOf = async (table: 'papers' | 'authors') => {
  const rows = await t.db.query<{ id: number }>(
    table === 'papers'
      ? sql`select id from papers order by id`
      : sql`select id from authors order by id`,
  )
  return rows.map(({ id }) => id)
}

async function savedId(field: string): Promise<string> {
  const { data } = await askWell<{ saved: { id: string } }>(t, `mutation { saved: ${field} }`)
  return data.saved.id
}

async function read(id: string) {
  const { data } = await askWell<{ saved: { id: string; count: number } }>(
    t,
    'query($id: ID!) { saved: savedQuery(id: $id) { id count } }',
    { id },
  )
  return data.saved
}

/** For each kind of saved query, how it names the first or the second of two merged objects. */
const BY_PAPER: Record<string, (i: number, id: string) => string> = {
  followPaper: (_, id) => `followPaper(ref: "${id}") { id }`,
}
const BY_AUTHOR: typeof BY_PAPER = {
  followAuthor: (_, id) => `followAuthor(ref: "${id}") { id }`,
  'a filter by id': (_, id) => `saveQuery(input: { filter: { authors: ["${id}"] } }) { id }`,
  'a filter by identifier': (i) =>
    `saveQuery(input: { filter: { authors: ["orcid:${ORCIDS[i]}"] } }) { id }`,
  'a filter by one or the other': (_, id) =>
    `saveQuery(input: { filter: { anyOf: [{ authors: ["${id}"] }, { minStars: 5 }] } }) { id }`,
  'a search': (_, id) => `saveQuery(input: { query: "threads OR author:${id}" }) { id }`,
}
const BY_TOPIC: typeof BY_PAPER = Object.fromEntries(
  ['topics', 'topicsAll', 'topicsNone', 'topicsWithin'].map((list) => [
    `a filter by ${list}`,
    (i: number) => `saveQuery(input: { filter: { ${list}: ["${SLUGS[i]}"] } }) { id }`,
  ]),
)

const MERGES = {
  Paper: async () => {
    const papers = await idsOf('papers')
    return (await transaction(t.url, (tx) => mergePapers(tx, papers, by))).id
  },
  Author: async () => {
    const authors = await idsOf('authors')
    return (await transaction(t.url, (tx) => mergeAuthors(tx, authors, by))).id
  },
  Topic: async () => {
    const [into = '', from = ''] = SLUGS
    const change = { kind: 'merge-topics' as const, slugs: [from], into }
    return (await transaction(t.url, (tx) => decideOnTopics(tx, change, by))).id
  },
}

describe.each([
  ...Object.entries(BY_PAPER).map(([kind, field]) => ['Paper', kind, field] as const),
  ...Object.entries(BY_AUTHOR).map(([kind, field]) => ['Author', kind, field] as const),
  ...Object.entries(BY_TOPIC).map(([kind, field]) => ['Topic', kind, field] as const),
])('of a %s, %s', (type, _, field) => {
  test('is one query after the merge, by either id, and two again after undo', async () => {
    const ids = type === 'Topic' ? [0, 0] : await idsOf(type === 'Paper' ? 'papers' : 'authors')
    const fields = ids.map((id, i) => field(i, globalId(type === 'Topic' ? 'Paper' : type, id)))
    const before: string[] = []
    for (const one of fields) before.push(await savedId(one))
    expect(new Set(before).size).toBe(2)
    const decision = await MERGES[type]()
    const merged = await Promise.all(before.map(read))
    expect(merged[1]).toEqual(merged[0])
    expect(await Promise.all(fields.map(savedId))).toEqual([merged[0]?.id, merged[0]?.id])
    expect(await read(merged[0]?.id ?? '')).toEqual(merged[0])
    await transaction(t.url, (tx) => undoDecision(tx, decision, by))
    expect((await Promise.all(before.map(read))).map(({ id }) => id)).toEqual(before)
  })
})

test('of repositories is one after one was moved to the other', async () => {
  const before = [
    await savedId('followRepository(ref: "looms/r0") { id }'),
    await savedId('followRepository(ref: "looms/r1") { id }'),
  ]
  await t.db.query(sql`
    insert into repository_redirects (id, repository_id) select max(id), min(id) from repositories`)
  const [one, other] = await Promise.all(before.map(read))
  expect(other).toEqual(one)
})

test('two follows that were merged into a third leave none behind', async () => {
  await transaction(t.url, (tx) =>
    writeRecords(tx, [
      paperRecord({
        key: 'third',
        title: 'Dyeing yarn with berries',
        authors: [{ name: 'Wei Zhang', affiliation: null, identifiers: [] }],
      }),
    ]),
  )
  const [first = 0, ...others] = await idsOf('authors')
  const before: string[] = []
  for (const id of others)
    before.push(await savedId(`followAuthor(ref: "${globalId('Author', id)}") { id }`))
  await transaction(t.url, (tx) => mergeAuthors(tx, [first, ...others], by))
  const kept = await t.db.query(sql`select id from saved_queries order by id`)
  const [one, other] = await Promise.all(before.map(read))
  expect(one).toEqual(other)
  expect(one?.count).toBe(3)
  expect(before).toContain(one?.id)
  // A query writes nothing: the third is stored when somebody follows it.
  expect(await t.db.query(sql`select id from saved_queries order by id`)).toEqual(kept)
  const third = await savedId(`followAuthor(ref: "${globalId('Author', first)}") { id }`)
  expect(await Promise.all(before.map(read))).toEqual([
    { id: third, count: 3 },
    { id: third, count: 3 },
  ])
})
