import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { now, plus } from '../../src/db/expressions.ts'
import { orm } from '../../src/db/orm.ts'
import { importJobs } from '../../src/db/tables/imports.ts'
import { transaction } from '../../src/db/transaction.ts'
import { AppError } from '../../src/errors.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
})
afterAll(() => t.close())

test('rows have the types of their tables, in a transaction and on a pool', async () => {
  const made = await transaction(t.url, async (tx) => {
    const [job] = await orm(tx)
      .insert(importJobs)
      .values({ format: 'csv', state: 'running' })
      .returning()
    await orm(tx)
      .update(importJobs)
      .set({ readCount: plus(importJobs.readCount, 3), finishedAt: now })
      .where(eq(importJobs.id, job?.id ?? 0))
    return job
  })
  expect(made).toMatchObject({ id: 1, format: 'csv', inputKey: null, readCount: 0 })
  const [row] = await orm(t.db).select().from(importJobs)
  expect(row).toEqual({ ...made, readCount: 3, finishedAt: made?.updatedAt })
})

test('errors are those of the database, without the values of the statement', async () => {
  const again = { id: 1, format: 'secret', state: 'done' as const }
  const inserting = transaction(t.url, (tx) =>
    orm(tx).insert(importJobs).overridingSystemValue().values(again),
  )
  await expect(inserting).rejects.toMatchObject({ code: '23505' })
  await expect(inserting).rejects.not.toThrow(/secret/)
  const away = t.db.within({
    signal: AbortSignal.abort(new AppError('UNAVAILABLE', 'gone')),
    deadlineAt: 0,
  })
  await expect(orm(away).select().from(importJobs)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
})
