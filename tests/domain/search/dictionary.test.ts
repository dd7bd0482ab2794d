import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import { refreshSearchWords } from '../../../src/domain/search/dictionary.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { createSearchDatabase } from '../../graphql/search/catalogue.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import type { TestDatabase } from '../../helpers/database.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await createSearchDatabase()
})
afterAll(() => t.close())

test('counting only new papers gives the same result as counting all', async () => {
  const count = () =>
    t.db.query(sql`select lexeme, paper_count, title_count from search_lexemes order by lexeme`)
  const added = [
    paperRecord({ key: 'new', title: 'Zebras in the Savannah', abstract: 'Stripes again.' }),
  ]
  await transaction(t.url, (tx) => writeRecords(tx, added))
  await refreshSearchWords(t.url)
  const incremental = await count()
  expect(incremental).toContainEqual({ lexeme: 'savannah', paper_count: 1, title_count: 1 })
  expect(incremental).toContainEqual({ lexeme: 'zebra', paper_count: 61, title_count: 61 })
  await t.db.query(sql`truncate search_lexemes, search_words, search_statistics`)
  await Promise.all([1, 2, 3].map(() => refreshSearchWords(t.url)))
  expect(await count()).toEqual(incremental)
})
