import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWriter } from '../../../src/db/transaction.ts'
import { noteFields } from '../../../src/domain/changes/note.ts'
import { newestCursor, readChanges } from '../../../src/domain/changes/read.ts'
import { createRandom, type Random } from '../../fuzz/random.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
})
afterAll(() => t.close())

const WRITERS = 8
const TRANSACTIONS = 30
const MOST_OF_ONE = 100

/** Committed writes, in the order in which their COMMITs were answered. */
interface Committed {
  writer: number
  ids: number[]
}

/**
 * Writes transactions one after the other, some of which fail. The statements before the end take some time, like those of an import, so
 * that transactions begin in another order than they are committed in.
 */
async function write(writer: number, random: Random, done: Committed[]): Promise<void> {
  const connection = openWriter(t.url)
  try {
    for (let i = 0; i < TRANSACTIONS; i++) {
      const count = 1 + random.whole(MOST_OF_ONE)
      const first = (writer * TRANSACTIONS + i) * MOST_OF_ONE
      const ids = Array.from({ length: count }, (_, n) => first + n)
      const isFailing = random.chance(0.1)
      const work = connection.transaction(async (tx) => {
        noteFields(tx, ids, 'title')
        // Assigns the number of the transaction now.
        await tx.query({ text: 'select pg_current_xact_id()', values: [] })
        await delay(random.whole(5))
        if (isFailing) throw new Error('rolled back')
      })
      if (isFailing) await expect(work).rejects.toThrow('rolled back')
      else {
        await work
        done.push({ writer, ids })
      }
    }
  } finally {
    await connection.close()
  }
}

/** Reads pages of random sizes until `isOver`, and then the rest. */
async function follow(since: string, random: Random, isOver: () => boolean) {
  const seen: number[] = []
  let cursor = since
  for (;;) {
    const wasOver = isOver()
    const page = await readChanges(t.db, { since: cursor, first: 1 + random.whole(300) })
    seen.push(...page.changes.map(({ paperId }) => paperId))
    cursor = page.endCursor
    if (wasOver && !page.hasMore) return seen
    if (!page.hasMore) await delay(random.whole(5))
  }
}

test('readers see each change of 8 writers once, in the order of the commits', async () => {
  const random = createRandom(16)
  const since = await newestCursor(t.db)
  const done: Committed[] = []
  let isOver = false
  const readers = [1, 2].map(() => follow(since, random, () => isOver))
  await Promise.all(
    Array.from({ length: WRITERS }, (_, writer) => write(writer, createRandom(writer), done)),
  )
  isOver = true
  const written = done.flatMap(({ ids }) => ids)
  expect(written.length).toBeGreaterThan(10_000)
  for (const seen of await Promise.all(readers)) {
    expect(seen.length).toBe(written.length)
    expect(seen.toSorted(byNumber)).toEqual(written.toSorted(byNumber))
    // The changes of one transaction are together, and those of one writer in its order.
    for (let writer = 0; writer < WRITERS; writer++) {
      const own = done.filter((one) => one.writer === writer).flatMap(({ ids }) => ids)
      const mine = new Set(own)
      expect(seen.filter((id) => mine.has(id))).toEqual(own)
    }
    const places = new Map(seen.map((id, place) => [id, place]))
    for (const { ids } of done)
      expect((places.get(ids.at(-1) ?? 0) ?? 0) - (places.get(ids[0] ?? 0) ?? 0)).toBe(
        ids.length - 1,
      )
  }
})

test('an open transaction does not delay the changes that others commit', async () => {
  const since = await newestCursor(t.db)
  const [slow, fast] = [openWriter(t.url), openWriter(t.url)]
  const seen = async () => (await readChanges(t.db, { since })).changes.map((one) => one.paperId)
  let close = () => {}
  const open = new Promise<void>((resolve) => {
    close = resolve
  })
  const first = slow.transaction(async (tx) => {
    noteFields(tx, [1], 'title')
    await tx.query({ text: 'select pg_current_xact_id()', values: [] })
    await open
  })
  await fast.transaction(async (tx) => noteFields(tx, [2], 'title'))
  expect(await seen()).toEqual([2])
  close()
  await first
  expect(await seen()).toEqual([2, 1])
  await Promise.all([slow.close(), fast.close()])
})

const byNumber = (a: number, b: number) => a - b
