import sql from 'sql-template-tag'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import { mergePapers, splitPaper, undoDecision } from '../../../src/domain/curation/curation.ts'
import type { PaperRecord } from '../../../src/domain/record/paper-record.ts'
import { removeRecords, writeRecords } from '../../../src/domain/write/catalogue.ts'
import { dumpCatalogue, emptyCatalogue, paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase } from '../../helpers/database.ts'

let t: Awaited<ReturnType<typeof createTestDatabase>>
beforeAll(async () => {
  t = await createTestDatabase()
})
afterEach(() => emptyCatalogue(t.db))
afterAll(() => t.close())

const write = (...records: PaperRecord[]) => transaction(t.url, (tx) => writeRecords(tx, records))
const keys = (names: string) => names.split(' ').map((key) => ({ source: 'test', key }))
const by = { by: 'ada', reason: 'seen on paper' }
const merge = (...ids: number[]) => transaction(t.url, (tx) => mergePapers(tx, ids, by))
const split = (id: number, names: string) =>
  transaction(t.url, (tx) => splitPaper(tx, id, keys(names), by))
const undo = (id: number) => transaction(t.url, (tx) => undoDecision(tx, id, by))
const remove = (names: string) => transaction(t.url, (tx) => removeRecords(tx, keys(names)))

const corpus = (value: string) => ({ scheme: 'corpusid' as const, value })
const record = (key: string, ...identifiers: string[]): PaperRecord =>
  paperRecord({
    key,
    title: `The work that is called ${key.repeat(5)}`,
    identifiers: identifiers.map(corpus),
  })

/** The keys of each paper's records with its identifiers, by the paper's id. */
const papers = async () => {
  const rows = await t.db.query<{ id: number; keys: string[]; ids: string[] }>(sql`
    select p.id, array(select key from source_records s where s.paper_id = p.id order by key) as keys,
      array(select value from paper_identifiers i where i.paper_id = p.id order by 1) as ids
    from papers p order by p.id`)
  return Object.fromEntries(
    rows.map((row) => [row.id, `${row.keys.join(' ')} (${row.ids.join(' ')})`]),
  )
}
const idOf = async (key: string) => {
  const [row] = await t.db.query<{ paper_id: number }>(
    sql`select paper_id from source_records where key = ${key}`,
  )
  return row?.paper_id ?? 0
}
const redirects = async () => {
  const rows = await t.db.query<Record<string, unknown>>(
    sql`select id, paper_id, cause, cause_value from paper_redirects order by id`,
  )
  return rows.map((row) => Object.values(row))
}

test('papers merged by an operator stay one, whatever is read later, until the merge is undone', async () => {
  await write(record('a', '1'), record('b', '2'), record('c', '3'))
  const before = await papers()
  const [a, b, c] = [await idOf('a'), await idOf('b'), await idOf('c')]
  const decision = await merge(c, a)
  expect(decision).toMatchObject({ paperIds: [a], overridden: [] })
  expect(await papers()).toEqual({ [a]: 'a c (1 3)', [b]: 'b (2)' })
  expect(await redirects()).toEqual([[c, a, 'decision', String(decision.id)]])
  await write(record('a', '4'), record('c', '5'), record('d', '5'))
  expect(await papers()).toEqual({ [a]: 'a c d (4 5)', [b]: 'b (2)' })
  await write(record('a', '1'), record('c', '3'))
  await remove('d')
  await undo(decision.id)
  expect(await papers()).toEqual(before)
  expect(await redirects()).toEqual([])
})

test('a write keeps no state for another catalogue: one written by the same process keeps a paper of the same id', async () => {
  await write(record('a', '1'), record('b', '2'))
  const merged = await idOf('a')
  await merge(merged, await idOf('b'))
  await write(record('a', '3'))
  const other = await createTestDatabase()
  const others = Array.from({ length: merged + 1 }, (_, i) => record(`other${i}`, String(100 + i)))
  await transaction(other.url, (tx) => writeRecords(tx, others))
  const lost = await other.db.query(sql`select key from source_records where paper_id is null`)
  await other.close()
  expect(lost).toEqual([])
})

test('records split off by an operator stay apart, and the identifier stays with the main part', async () => {
  await write(record('a', '1'), record('b', '1', '2'), record('c', '1', '2'))
  const id = await idOf('a')
  expect(await papers()).toEqual({ [id]: 'a b c (1 2)' })
  const decision = await split(id, 'b c')
  const other = await idOf('b')
  expect(decision.paperIds).toEqual([id, other])
  expect(await papers()).toEqual({ [id]: 'a (1)', [other]: 'b c (2)' })
  await write(record('b', '1', '2', '3'))
  expect(await papers()).toEqual({ [id]: 'a (1)', [other]: 'b c (2 3)' })
  await write(record('d', '1', '3'), record('e', '3'))
  expect(await papers()).toEqual({ [id]: 'a d e (1 3)', [other]: 'b c (2)' })
  await write(record('d', '1'))
  expect(await papers()).toEqual({ [id]: 'a d (1)', [other]: 'b c e (2 3)' })
  await write(record('a', '9'), record('d', '9'))
  expect(await papers()).toEqual({ [id]: 'a d (9)', [other]: 'b c e (1 2 3)' })
  await write(record('a', '1'), record('d', '1'))
  await undo(decision.id)
  expect(await papers()).toEqual({ [id]: 'a b c d e (1 2 3)' })
  expect(await redirects()).toEqual([[other, id, 'identifier', 'corpusid:1']])
})

test('the id stays with the main part, even if it was first given for a record that is split off', async () => {
  await write(record('a', '1'))
  await write(record('b', '1'), record('c', '1'))
  const id = await idOf('a')
  await split(id, 'a')
  expect(await papers()).toMatchObject({ [id]: 'b c (1)' })
  const other = await idOf('a')
  await remove('b')
  expect(await papers()).toEqual({ [id]: 'c (1)', [other]: 'a ()' })
})

test('the newest decision on a record holds; after undo, the one before holds', async () => {
  await write(record('a', '1'), record('b', '1'), record('c', '1'), record('x', '9'))
  const id = await idOf('a')
  const first = await split(id, 'b c')
  const bc = await idOf('b')
  const second = await split(bc, 'c')
  expect(second.overridden).toEqual([first.id])
  const c = await idOf('c')
  expect(Object.keys(await papers())).toHaveLength(4)
  const third = await merge(id, c, await idOf('x'))
  expect(third.overridden).toEqual([first.id, second.id])
  expect(await papers()).toEqual({ [id]: 'a c x (9)', [bc]: 'b (1)' })
  await undo(first.id)
  expect(await papers()).toEqual({ [id]: 'a c x (9)', [bc]: 'b (1)' })
  await undo(third.id)
  expect(await papers()).toMatchObject({ [id]: 'a b (1)', [c]: 'c ()' })
  await undo(second.id)
  expect(Object.values(await papers())).toEqual(['a b c (1)', 'x (9)'])
  await expect(undo(second.id)).rejects.toThrow(/Decision \d+ was undone on/)
  await expect(undo(99)).rejects.toThrow('There is no decision 99')
})

test('decisions hold for records that are deleted and return, and for those of later imports', async () => {
  const all = [record('a', '1'), record('b', '1'), record('c', '2'), record('d', '3')]
  await write(...all)
  await split(await idOf('a'), 'b')
  await merge(await idOf('b'), await idOf('c'))
  await merge(await idOf('c'), await idOf('d'))
  const dump = await dumpCatalogue(t.db)
  expect(dump.papers).toMatchObject([
    { records: ['test:a'], ids: ['corpusid:1'] },
    { records: ['test:b', 'test:c', 'test:d'], ids: ['corpusid:2', 'corpusid:3'] },
  ])
  await remove('b c')
  await remove('a d')
  expect((await dumpCatalogue(t.db)).papers).toEqual([])
  for (const one of all.toReversed()) await write(one)
  expect(await dumpCatalogue(t.db)).toEqual(dump)
  await remove('a b c d')
  await write(...all)
  expect(await dumpCatalogue(t.db)).toEqual(dump)
})

test('impossible decisions are refused by name', async () => {
  const untitled = paperRecord({ key: 'u', title: '', identifiers: [corpus('1')] })
  await write(record('a', '1'), untitled, record('b', '2'))
  const [a, b] = [await idOf('a'), await idOf('b')]
  await expect(split(a, 'b')).rejects.toThrow(
    '"test:b" is not a record of this paper; expected one of test:a, test:u.',
  )
  await expect(split(a, 'a u')).rejects.toThrow('These are all records of the paper')
  await expect(split(a, 'u')).rejects.toThrow('test:u would be a paper without a title')
  await expect(split(a, 'a')).rejects.toThrow('test:u would be a paper without a title')
  await expect(merge(b)).rejects.toThrow('One paper alone cannot be merged')
  expect(await t.db.query(sql`select from curation_decisions`)).toEqual([])
})
