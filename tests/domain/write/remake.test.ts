import sql from 'sql-template-tag'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import type { PaperRecord } from '../../../src/domain/record/paper-record.ts'
import { remakePapers, removeRecords, writeRecords } from '../../../src/domain/write/catalogue.ts'
import { dumpCatalogue, emptyCatalogue, paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase } from '../../helpers/database.ts'

let t: Awaited<ReturnType<typeof createTestDatabase>>
beforeAll(async () => {
  t = await createTestDatabase()
})
afterEach(() => emptyCatalogue(t.db))
afterAll(() => t.close())

const write = (...records: PaperRecord[]) => transaction(t.url, (tx) => writeRecords(tx, records))
const remove = (...keys: string[]) =>
  transaction(t.url, (tx) =>
    removeRecords(
      tx,
      keys.map((key) => ({ source: 'test', key })),
    ),
  )
const doi = (value: string) => ({ scheme: 'doi' as const, value })
const person = (name: string) => ({ name, identifiers: [], affiliation: null })
const record = (key: string, over: Partial<PaperRecord> = {}) =>
  paperRecord({ key, title: `The work called ${key}`, ...over })

/** The keys of each paper's records, by the paper's id. */
const papers = async () => {
  const rows = await t.db.query<{ id: number; keys: string[] }>(sql`
    select p.id, array(select key from source_records s where s.paper_id = p.id order by key) as keys
    from papers p order by p.id`)
  return new Map(rows.map(({ id, keys }) => [id, keys.join(' ')]))
}
const redirects = () =>
  t.db.query<{ id: number; paper_id: number }>(
    sql`select id, paper_id from paper_redirects order by id`,
  )

/** Data of a record that distinguish its traces in a catalogue from another's. */
const rich = (key: string, ...identifiers: string[]) =>
  record(key, {
    title: 'A work of which several records tell',
    identifiers: identifiers.map(doi),
    authors: [
      { name: 'Emmy Noether', identifiers: [{ scheme: 'acl', value: key }], affiliation: null },
    ],
    venue: { slug: `venue-${key}`, name: `Venue ${key}`, acronym: null, kind: 'conference' },
    topics: [{ slug: `topic-${key}`, name: key, kind: 'keyword', score: 1, source: 'keywords' }],
    repositories: [
      {
        host: 'github.com',
        owner: 'noether',
        name: key,
        url: `https://github.com/noether/${key}`,
        isOfficial: true,
        evidence: 'in_paper',
        framework: null,
      },
    ],
    references: [{ identifiers: [doi('10.1/cited')] }],
  })

test('a record with a corrected identifier leaves the paper, with the id that was first given for it', async () => {
  await write(rich('a', '10.1/x'), rich('b', '10.1/x'), rich('c', '10.1/c'))
  const [first = 0, other = 0] = (await papers()).keys()
  expect([...(await papers()).values()]).toEqual(['a b', 'c'])
  await write(rich('a', '10.1/a'))
  const apart = await papers()
  expect(apart.get(first)).toBe('a')
  expect([...apart.values()]).toEqual(['a', 'c', 'b'])
  const dump = await dumpCatalogue(t.db)
  expect(await write(rich('a', '10.1/c'))).toMatchObject({ updated: 1, unchanged: 0 })
  expect((await papers()).get(first)).toBe('a c')
  expect(await redirects()).toEqual([{ id: other, paper_id: first }])
  await emptyCatalogue(t.db)
  await write(rich('a', '10.1/a'), rich('b', '10.1/x'), rich('c', '10.1/c'))
  expect(dump).toEqual(await dumpCatalogue(t.db))
})

test('a paper splits when the record that connected it is deleted', async () => {
  await write(rich('a', '10.1/x'), rich('b', '10.2/y'))
  const [first = 0, second = 0] = (await papers()).keys()
  await write(rich('both', '10.1/x', '10.2/y'))
  expect([...(await papers())]).toEqual([[first, 'a b both']])
  expect(await redirects()).toEqual([{ id: second, paper_id: first }])
  await remove('both')
  expect([...(await papers())]).toEqual([
    [first, 'a'],
    [second, 'b'],
  ])
  expect(await redirects()).toEqual([])
  const dump = await dumpCatalogue(t.db)
  await emptyCatalogue(t.db)
  await write(rich('a', '10.1/x'), rich('b', '10.2/y'))
  expect(await dumpCatalogue(t.db)).toEqual(dump)
})

test('a paper that loses a record, because a new one shows that it was two papers, is rewritten', async () => {
  const bare = rich('bare')
  const records = [
    { ...bare, authors: [], published: null },
    rich('a', '10.1/x'),
    record('b', { title: bare.title, authors: [person('Alan Turing')] }),
  ]
  for (const one of records) await write(one)
  expect([...(await papers()).values()]).toEqual(['bare', 'a', 'b'])
  const dump = await dumpCatalogue(t.db)
  await emptyCatalogue(t.db)
  await write(...records)
  expect(dump).toEqual(await dumpCatalogue(t.db))
})

test('a paper without records is deleted, with everything that belonged only to it', async () => {
  await write(rich('cited', '10.1/cited'), rich('a', '10.1/a'))
  const before = await dumpCatalogue(t.db)
  await write(rich('b', '10.1/b'), rich('c', '10.1/b'))
  await remove('b', 'unknown')
  expect([...(await papers()).values()]).toEqual(['cited', 'a', 'c'])
  await remove('c')
  expect({ ...(await dumpCatalogue(t.db)), authors: [] }).toEqual({ ...before, authors: [] })
  expect(await remove('c')).toBeUndefined()
})

test('papers remade from the same records stay unchanged', async () => {
  await write(rich('a', '10.1/x'), rich('b', '10.1/x'), rich('c', '10.1/c'))
  const rows = () =>
    t.db.query(
      sql`select id, updated_at, p.xmin::text from papers p join paper_updates on paper_id = id order by id`,
    )
  const before = await rows()
  await transaction(t.url, async (tx) => remakePapers(tx, [...(await papers()).keys()]))
  expect(await rows()).toEqual(before)
})

test('records stored under older rules are regrouped', async () => {
  await write(record('a'), record('b'))
  const [first = 0] = (await papers()).keys()
  await t.db.query(sql`update source_records set paper_id = ${first}::bigint, minted_id = null`)
  await t.db.query(sql`delete from papers where id <> ${first}::bigint`)
  await transaction(t.url, (tx) => remakePapers(tx, [first]))
  expect((await papers()).get(first)).toBe('a')
  expect([...(await papers()).values()].filter((keys) => keys === 'b')).toHaveLength(1)
})

test('records without a title wait for a paper with their identifier, and each for the other', async () => {
  const waiting = (key: string, ...identifiers: string[]) =>
    record(key, { title: '', authors: [], abstract: key, identifiers: identifiers.map(doi) })
  const all = [
    waiting('w', '10.1/w'),
    waiting('v', '10.1/w', '10.1/a'),
    record('a', { identifiers: [doi('10.1/a')] }),
  ]
  await write(...all)
  const dump = await dumpCatalogue(t.db)
  expect(dump.papers).toMatchObject([{ records: ['test:a', 'test:v', 'test:w'] }])
  expect(dump.waiting).toEqual([])
  await emptyCatalogue(t.db)
  expect(await write(...all.slice(0, 1))).toMatchObject({ waiting: 1, merged: 0 })
  expect(await write(...all.slice(0, 2))).toMatchObject({ waiting: 1, unchanged: 1 })
  expect((await dumpCatalogue(t.db)).waiting).toHaveLength(2)
  expect(await write(...all)).toMatchObject({ created: 1, waiting: 0, unchanged: 2 })
  expect(await dumpCatalogue(t.db)).toEqual(dump)
  await remove('a')
  expect(await dumpCatalogue(t.db)).toMatchObject({
    papers: [],
    waiting: [{ key: 'v' }, { key: 'w' }],
  })
  await write(...all)
  expect(await dumpCatalogue(t.db)).toEqual(dump)
  await write(waiting('v', '10.1/w'))
  expect(await dumpCatalogue(t.db)).toMatchObject({
    papers: [{ abstract: null }],
    waiting: [{ key: 'v' }, { key: 'w' }],
  })
})

test('a record that names another version of a paper waits for its own, in whatever order records arrive', async () => {
  const records = [
    rich('a', '10.21203/rs.3.rs-1/v2'),
    record('later', { title: '', identifiers: [doi('10.21203/rs.3.rs-1/v1')] }),
    rich('b'),
  ]
  await write(...records)
  expect([...(await papers()).values()]).toEqual(['a b'])
  const dump = await dumpCatalogue(t.db)
  await emptyCatalogue(t.db)
  for (const one of records) await write(one)
  expect(await dumpCatalogue(t.db)).toEqual(dump)
})
