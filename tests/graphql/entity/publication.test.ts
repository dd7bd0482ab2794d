import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import type { PaperRecord } from '../../../src/domain/record/paper-record.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { emptyCatalogue, paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { askWell } from '../../helpers/graphql.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
})
afterEach(() => emptyCatalogue(t.db))
afterAll(() => t.close())

const JOURNAL = { slug: 'nature', name: 'Nature', acronym: null, kind: 'journal' as const }

/** The shown publication of the paper of these records. */
async function shown(...records: Partial<PaperRecord>[]) {
  const identifiers = [{ scheme: 'doi' as const, value: '10.1000/one' }]
  await transaction(t.url, (tx) =>
    writeRecords(
      tx,
      records.map((over, i) => paperRecord({ key: String(i), identifiers, ...over })),
    ),
  )
  const { data } = await askWell<{ papers: { nodes: { publication: unknown }[] } }>(
    t,
    '{ papers { nodes { publication { container volume number pages year editors isbns } } } }',
  )
  expect(data.papers.nodes).toHaveLength(1)
  return data.papers.nodes[0]?.publication
}

const of = (publication: Partial<Record<string, unknown>>) => ({
  container: null,
  volume: null,
  number: null,
  pages: null,
  year: null,
  editors: [],
  isbns: [],
  ...publication,
})

test('values that no record states are null, or empty', async () => {
  expect(await shown({})).toBeNull()
  await emptyCatalogue(t.db)
  expect(await shown({ publication: { volume: '7' } })).toEqual(of({ volume: '7' }))
})

test('is taken whole from the preferred record that states it', async () => {
  const article = { kind: 'journal_article' as const, venue: JOURNAL }
  const publication = await shown(
    {
      ...article,
      source: 'openalex',
      publication: { container: 'Nature', volume: '1', number: '2' },
    },
    {
      ...article,
      source: 'bibtex',
      publication: { container: 'Nat.', pages: '5–9', editors: ['Ed Itor'] },
    },
    { ...article, source: 'crossref' },
  )
  expect(publication).toEqual(of({ container: 'Nat.', pages: '5–9', editors: ['Ed Itor'] }))
})

test('is not from another version than the shown one', async () => {
  const preprint = {
    source: 'arxiv',
    publication: { container: 'Ann. Test', volume: '3', year: 2020 },
  }
  expect(await shown(preprint)).toEqual(of(preprint.publication))
  await emptyCatalogue(t.db)
  const article = { source: 'crossref', kind: 'journal_article' as const, venue: JOURNAL }
  expect(await shown(preprint, article)).toBeNull()
  await emptyCatalogue(t.db)
  const elsewhere = { ...JOURNAL, slug: 'science', name: 'Science' }
  const other = { ...article, source: 's2', venue: elsewhere, publication: { volume: '9' } }
  expect(await shown(article, other)).toBeNull()
})
