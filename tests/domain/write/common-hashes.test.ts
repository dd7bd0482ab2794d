import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { sql } from '../../../src/db/sql.ts'
import { openWriter, type Writer } from '../../../src/db/transaction.ts'
import type { PaperRecord } from '../../../src/domain/record/paper-record.ts'
import { MOST_COMPARED } from '../../../src/domain/record/same/match-hashes.ts'
import { removeRecords, writeRecords } from '../../../src/domain/write/catalogue.ts'
import { emptyCatalogue, paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'

let t: TestDatabase
let writer: Writer
beforeAll(async () => {
  t = await createTestDatabase()
  writer = openWriter(t.url)
})
beforeEach(() => emptyCatalogue(t.db))
afterAll(async () => {
  await writer.close()
  await t.close()
})

/** A common title, by one person each: only the title connects the records. */
const letter = (key: string, name: string, over: Partial<PaperRecord> = {}) =>
  paperRecord({
    key,
    title: 'Annual letter of the weavers and silk spinners council president to loom owners',
    kind: 'journal_article',
    authors: [{ name, identifiers: [], affiliation: null }],
    ...over,
  })
const nameOf = (i: number) =>
  `Ab${String.fromCharCode(97 + (i % 26))} Lo${String.fromCharCode(97 + (i % 26), 97 + (Math.floor(i / 26) % 26))}q`
const others = (count: number) =>
  Array.from({ length: count }, (_, i) => letter(`o${i}`, nameOf(i), {}))
/** Two records of one letter. */
const TWO = [letter('a', 'Ann Smith'), letter('b', 'A. Smith')]

const write = (...records: PaperRecord[]) => writer.transaction((tx) => writeRecords(tx, records))
const remove = (...records: PaperRecord[]) => writer.transaction((tx) => removeRecords(tx, records))
async function areOne(): Promise<boolean> {
  const [row] = await t.db.query<{ papers: number }>(sql`
    select count(distinct paper_id)::int as papers from source_records where key in ('a', 'b')`)
  return row?.papers === 1
}

test('records that share a title with many others are grouped independently of the order in which these are added and deleted', async () => {
  const crowd = others(MOST_COMPARED - 2)
  const [one, two] = [letter('x', 'Xu Xylo'), letter('y', 'Yi Yarn')]
  await write(...TWO)
  await write(...crowd)
  expect(await areOne()).toBe(true)
  await write(one, two)
  expect(await areOne()).toBe(false)
  await remove(one)
  expect(await areOne()).toBe(false)
  await remove(two)
  expect(await areOne()).toBe(true)
  await write(two, ...crowd)
  expect(await areOne()).toBe(false)
  // A record that changes its title leaves the group.
  await write({ ...two, title: 'Yarn' })
  expect(await areOne()).toBe(true)
})

test('indirect connections do not join records with a common title', async () => {
  const arxiv = { identifiers: [{ scheme: 'arxiv' as const, value: '2101.00001' }] }
  const doi = { identifiers: [{ scheme: 'doi' as const, value: '10.1000/1' }] }
  const two = [letter('a', 'Ann Smith', arxiv), letter('b', 'A. Smith', doi)]
  // Names both identifiers, and is a different paper.
  const both = paperRecord({
    ...{ key: 'c', title: 'Quarks', kind: 'journal_article' },
    authors: [{ name: 'Q. Ark', identifiers: [], affiliation: null }],
    identifiers: [...arxiv.identifiers, ...doi.identifiers],
  })
  await write(...others(MOST_COMPARED))
  await write(...two)
  await write(both)
  expect(await areOne()).toBe(false)
  await remove(both)
  expect(await areOne()).toBe(false)
  await write(both)
  expect(await areOne()).toBe(false)
})
