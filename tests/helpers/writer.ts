import { afterAll, afterEach, beforeAll } from 'vitest'
import { openWriter, type Transaction, type Writer } from '../../src/db/transaction.ts'
import { emptyCatalogue } from './catalogue.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'

/** A separate database for the test file, emptied after each test, with a writer: `run` works in a transaction. */
export function catalogueOfFile() {
  let t: TestDatabase
  let writer: Writer
  beforeAll(async () => {
    t = await createTestDatabase()
    writer = openWriter(t.url)
  })
  afterEach(() => emptyCatalogue(t.db))
  afterAll(async () => {
    await writer.close()
    await t.close()
  })
  return {
    get db() {
      return t.db
    },
    get url() {
      return t.url
    },
    run: <T>(work: (tx: Transaction) => Promise<T>) => writer.transaction(work),
  }
}
