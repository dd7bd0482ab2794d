import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import { mergePapers } from '../../../src/domain/curation/curation.ts'
import type { PaperRecord } from '../../../src/domain/record/paper-record.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { leaveOut } from '../../../src/domain/write/rules.ts'
import { globalId } from '../../../src/sql/global-id.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { ask, askWell } from '../../helpers/graphql.ts'

const people = (name: string, acl: string) => [
  { name, identifiers: [{ scheme: 'acl', value: acl }], affiliation: null },
]
const arxiv = (value: string) => [{ scheme: 'arxiv' as const, value }]
const alpha = {
  ...{
    host: 'github.com',
    owner: 'example',
    name: 'alpha',
    url: 'https://github.com/example/alpha',
  },
  ...{ isOfficial: true, evidence: 'curated' as const, framework: null },
}

const RECORDS: PaperRecord[] = [
  paperRecord({
    key: 'a',
    title: 'Weaving many threads on a loom',
    identifiers: arxiv('2601.00001'),
  }),
  paperRecord({
    key: 'b',
    title: 'Spinning wool by the light of the moon',
    identifiers: arxiv('2601.00002'),
  }),
  paperRecord({
    key: 'c',
    title: 'Dyeing yarn with berries of the wood',
    identifiers: arxiv('2601.00003'),
    authors: people('Grace Hopper', 'grace-hopper'),
    repositories: [alpha],
  }),
]

let t: TestDatabase
const write = (...records: PaperRecord[]) => transaction(t.url, (tx) => writeRecords(tx, records))
beforeAll(async () => {
  t = await createTestDatabase()
  await write(...RECORDS)
})
afterAll(() => t.close())

interface Saved {
  id: string
  kind: string
  name: string | null
  count: number
  cursor: string
  papers: { nodes: { title: string }[] }
  newPapers: { totalCount: number; nodes: { title: string }[] }
  changes: { endCursor: string; nodes: { kind: string; paperId: string; fields: string[] }[] }
}
const FIELDS = 'id kind name count papers { nodes { title } }'

async function follow(field: string): Promise<Saved> {
  const { data } = await askWell<{ saved: Saved }>(t, `mutation { saved: ${field} { ${FIELDS} } }`)
  return data.saved
}
async function read(id: string, fields = FIELDS): Promise<Saved> {
  const { data } = await askWell<{ saved: Saved }>(
    t,
    `query($id: ID!) { saved: savedQuery(id: $id) { ${fields} } }`,
    { id },
  )
  return data.saved
}
const cursorOf = async (id: string) => (await read(id, 'cursor')).cursor
const titles = (papers: { nodes: { title: string }[] }) => papers.nodes.map(({ title }) => title)
const idOf = async (title: string) => {
  const [row] = await t.db.query<{ id: number }>(
    sql`select id from papers where title = ${title}::text`,
  )
  return row?.id ?? 0
}

test.each([
  ['followPaper(ref: "arXiv:2601.00001")', 'PAPER', ['Weaving many threads on a loom']],
  ['followAuthor(ref: "acl:grace-hopper")', 'AUTHOR', ['Dyeing yarn with berries of the wood']],
  [
    'followRepository(ref: "example/alpha")',
    'REPOSITORY',
    ['Dyeing yarn with berries of the wood'],
  ],
])('%s is a saved query', async (field, kind, expected) => {
  const saved = await follow(field)
  expect(saved).toMatchObject({ kind, name: null, count: expected.length })
  expect(titles(saved.papers)).toEqual(expected)
  expect(await read(saved.id)).toEqual(saved)
  expect((await follow(field)).id).toBe(saved.id)
})

test('spellings of one paper are one follow, another name is a different one', async () => {
  const id = globalId('Paper', await idOf('Weaving many threads on a loom'))
  const { id: first } = await follow('followPaper(ref: "https://arxiv.org/abs/2601.00001v3")')
  expect((await follow(`followPaper(ref: "${id}")`)).id).toBe(first)
  expect((await follow(`followPaper(ref: "${id}", name: "Mine")`)).id).not.toBe(first)
})

test.each([
  [
    'followPaper(ref: "arXiv:2699.00001")',
    'NOT_FOUND',
    'ref: there is no paper "arXiv:2699.00001"',
  ],
  ['followPaper(ref: "what?")', 'BAD_USER_INPUT', '"what?"'],
  ['followAuthor(ref: "acl:nobody")', 'NOT_FOUND', 'ref: there is no author "acl:nobody"'],
  ['followAuthor(ref: "Nobody Atall")', 'NOT_FOUND', 'ref: there is no author "Nobody Atall"'],
  ['followAuthor(ref: "1234")', 'BAD_USER_INPUT', 'is not an author reference'],
  ['followRepository(ref: "example/none")', 'NOT_FOUND', 'ref: there is no repository'],
  ['followRepository(ref: "x")', 'BAD_USER_INPUT', '"x" is not a repository'],
])('%s is refused', async (field, code, message) => {
  const { data, errors } = await ask<{ saved: null }>(t, `mutation { saved: ${field} { id } }`)
  expect(data.saved).toBeNull()
  expect(errors).toMatchObject([{ code }])
  expect(errors[0]?.message).toContain(message)
})

test('new papers are those added since a cursor, each in one interval', async () => {
  const { id } = await follow('followAuthor(ref: "acl:grace-hopper")')
  const start = await cursorOf(id)
  const authors = people('Grace Hopper', 'grace-hopper')
  await write(paperRecord({ key: 'd', title: 'Sewing sails for small boats', authors }))
  const middle = await cursorOf(id)
  await write(
    paperRecord({ key: 'e', title: 'Knitting nets for small fish', authors }),
    paperRecord({ key: 'f', title: 'A paper of somebody else entirely' }),
  )
  const newSince = (since: string, until = '') =>
    read(
      id,
      `newPapers(since: "${since}"${until && `, until: "${until}"`}) { totalCount nodes { title } }`,
    )
  expect(titles((await newSince(start)).newPapers)).toEqual([
    'Knitting nets for small fish',
    'Sewing sails for small boats',
  ])
  expect(titles((await newSince(start, middle)).newPapers)).toEqual([
    'Sewing sails for small boats',
  ])
  expect(titles((await newSince(middle)).newPapers)).toEqual(['Knitting nets for small fish'])
  expect((await newSince('2020-01-01T00:00:00Z')).newPapers.totalCount).toBe(3)
  expect((await newSince('2999-01-01T00:00:00+02:00')).newPapers.totalCount).toBe(0)
})

test.each([
  ['since: "yesterday"', 'BAD_USER_INPUT', 'since: "yesterday" is not a cursor of changes'],
  ['since: "2020-01-01T00:00:00Z", until: "x"', 'BAD_USER_INPUT', 'until: "x" needs a cursor'],
  ['since: "0123456789abcdef-1"', 'CONFLICT', 'is of another catalogue'],
])('newPapers(%s) is refused', async (args, code, message) => {
  const { id } = await follow('followPaper(ref: "arXiv:2601.00001")')
  const { errors } = await ask(
    t,
    `{ savedQuery(id: "${id}") { newPapers(${args}) { totalCount } } }`,
  )
  expect(errors).toMatchObject([{ code }])
  expect(errors[0]?.message).toContain(message)
})

test('a follow reports changes of its papers, also after one was merged into another', async () => {
  const [weaving, spinning] = [
    await idOf('Weaving many threads on a loom'),
    await idOf('Spinning wool by the light of the moon'),
  ]
  const { id } = await follow('followPaper(ref: "arXiv:2601.00002")')
  const kinds = async (since: string) => {
    const { changes } = await read(
      id,
      `changes(since: "${since}") { endCursor nodes { kind paperId fields } }`,
    )
    return { ...changes, told: changes.nodes.map(({ kind }) => kind) }
  }
  const before = await cursorOf(id)
  await write(
    paperRecord({ ...RECORDS[1], repositories: [alpha] }),
    paperRecord({ ...RECORDS[0], abstract: 'Of looms.' }),
  )
  const first = await kinds(before)
  expect(first.told.toSorted()).toEqual(['GOT_CODE', 'UPDATED'])
  await transaction(t.url, (tx) =>
    mergePapers(tx, [weaving, spinning], { by: 'ada', reason: null }),
  )
  const second = await kinds(first.endCursor)
  expect(second.told).toContain('MERGED')
  const merged = await read(id)
  expect(merged.count).toBe(1)
  await write(paperRecord({ ...RECORDS[0], abstract: 'Of looms and wool.' }))
  expect((await kinds(second.endCursor)).told).toEqual(['UPDATED'])
})

interface Followed {
  followBibliography: {
    savedQuery: Saved | null
    entries: { key: string; outcome: string; reason: string | null; papers: { title: string }[] }[]
  }
}
const FOLLOW = `mutation($text: String!) { followBibliography(text: $text) {
  savedQuery { ${FIELDS} } entries { key outcome reason papers { title } } } }`

test('a bibliography is followed entry by entry', async () => {
  const text = `
@article{byid, title = {Dyeing wool}, author = {Hopper, Grace}, eprint = {2601.00003}, archiveprefix = {arXiv}, year = 2021}
@article{bytitle, title = {Sewing sails for small {Boats}}, author = {Hopper, Grace}, year = 2021}
@article{again, title = {Sewing Sails for Small Boats}, author = {Grace Hopper}, year = 2021}
@article{unknown, title = {Nothing of the kind}, author = {Nobody, N.}, year = 2020}
@proceedings{volume, title = {Proceedings of the meeting}}
@article{untitled, author = {Hopper, Grace}}
@article{broken, title = {Never closed
`
  const { data } = await askWell<Followed>(t, FOLLOW, { text })
  const { savedQuery, entries } = data.followBibliography
  expect(entries.map(({ key, outcome }) => [key, outcome])).toEqual([
    ['byid', 'FOLLOWED'],
    ['bytitle', 'FOLLOWED'],
    ['again', 'FOLLOWED'],
    ['unknown', 'NOT_FOUND'],
    ['volume', 'UNREADABLE'],
    ['untitled', 'UNREADABLE'],
    ['broken', 'UNREADABLE'],
  ])
  expect(entries[4]?.reason).toBe('@proceedings is not a paper')
  expect(entries[1]?.papers).toEqual([{ title: 'Sewing sails for small boats' }])
  expect(savedQuery).toMatchObject({ kind: 'BIBLIOGRAPHY', count: 2 })
  const reordered = text.trim().split('\n').slice(0, 3).toReversed().join('\n')
  const { data: other } = await askWell<Followed>(t, FOLLOW, { text: reordered })
  expect(other.followBibliography.savedQuery?.id).toBe(savedQuery?.id)
})

test('nothing of a bibliography is stored in the catalogue, and a bibliography without a known paper is refused', async () => {
  const counts = () =>
    t.db.query(sql`select (select count(*) from source_records) as records,
      (select count(*) from papers) as papers, (select count(*) from saved_queries) as saved`)
  const before = await counts()
  const text = '@article{x, title = {Nothing of the kind}, author = {Nobody, N.}}'
  const { data } = await askWell<Followed>(t, FOLLOW, { text })
  expect(data.followBibliography).toMatchObject({ savedQuery: null, entries: [{ key: 'x' }] })
  expect(await counts()).toEqual(before)
})

test.each([
  ['', 'text has no entries'],
  ['Just words.', 'text has no entries'],
  ['@misc{x, title = {A}}\n'.repeat(501), 'text has 501 entries; expected at most 500.'],
  ['x'.repeat(90_001), 'text has 90001 characters; expected at most 90000.'],
])('an invalid bibliography is refused', async (text, message) => {
  const { errors } = await ask(t, FOLLOW, { text })
  expect(errors).toMatchObject([{ code: 'BAD_USER_INPUT' }])
  expect(errors[0]?.message).toContain(message)
})

test('its confirmed subscriptions are counted, and nobody is named', async () => {
  const { id } = (
    await askWell<{ saved: Saved }>(
      t,
      'mutation { saved: followPaper(ref: "arXiv:2601.00002") { id } }',
    )
  ).data.saved
  const fields = 'subscriptions { count url }'
  const url = `http://localhost:4000/subscribe?savedQuery=${id}`
  expect(await read(id, fields)).toEqual({ subscriptions: { count: 0, url } })
  const source = { kind: 'saved' as const, id }
  await t.db.query(sql`
    with one as (insert into subscribers (email, email_key) values ('x@example.org', 'x@example.org') returning id)
    insert into subscriptions (subscriber_id, state, frequency, weekday, time_zone, hour, source, source_key, size, empty_days)
    select id, state, 'daily', 1, 'UTC', 8, ${JSON.stringify(source)}::jsonb, ${JSON.stringify(source)}, 5, 'skip'
    from one, unnest(array['active', 'pending', 'ended', 'active']) state`)
  expect(await read(id, fields)).toEqual({ subscriptions: { count: 2, url } })
})

test('its feeds are named', async () => {
  const { id } = await follow('followPaper(ref: "arXiv:2601.00001")')
  const saved = await read(id, 'feeds { atom rss jsonFeed }')
  const base = `http://localhost:4000/feeds/saved/${id}`
  expect(saved).toEqual({
    feeds: { atom: `${base}.atom`, rss: `${base}.rss`, jsonFeed: `${base}.json` },
  })
})

test('papers hidden by their licence for a while are followed again when they return', async () => {
  const all = await Promise.all(
    [
      'followPaper(ref: "arXiv:2601.00003")',
      'followAuthor(ref: "acl:grace-hopper")',
      'followRepository(ref: "example/alpha")',
      'saveQuery(input: { filter: { authors: ["Grace Hopper"] } })',
    ].map(follow),
  )
  await leaveOut(t.url, ['unknown'])
  // A filter reports that it names no existing object.
  for (const { id } of all.slice(0, 3)) expect((await read(id)).papers.nodes).toEqual([])
  await leaveOut(t.url, [])
  for (const saved of all) expect(await read(saved.id)).toEqual(saved)
})
