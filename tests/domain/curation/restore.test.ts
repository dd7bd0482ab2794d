import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { mergePapers, undoDecision } from '../../../src/domain/curation/curation.ts'
import { type Decision, restoreDecisions } from '../../../src/domain/curation/restore.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import { catalogueOfFile } from '../../helpers/writer.ts'

const t = catalogueOfFile()
const { run } = t
const by = { by: 'ada', reason: null }

/** A paper by Wei Wang; `b2` is another record of `b`. */
const record = (key: string) =>
  paperRecord({
    key,
    title: `Charters and scribes of ${key.charAt(0).repeat(4)}`,
    identifiers: [{ scheme: 'doi', value: `10.1000/${key.charAt(0)}` }],
    authors: [{ name: 'Wei Wang', affiliation: null, identifiers: [] }],
  })
const read = (...keys: string[]) => run((tx) => writeRecords(tx, keys.map(record)))
const restore = (decision: Decision) => run((tx) => restoreDecisions(tx, [decision]))

const placeOf = async (key: string) => {
  const [row] = await t.db.query<{ author: number; paper: number }>(sql`
    select a.author_id as author, a.paper_id as paper from authorships a
    join source_records s on s.paper_id = a.paper_id where s.key = ${key}`)
  return row ?? { author: 0, paper: 0 }
}

const merge = (kind: 'merge' | 'merge-authors', keys: string[], on: string): Decision => ({
  kind,
  records: keys.map((key) => ({
    ...{ source: 'test', key, part: 0 },
    ...(kind === 'merge-authors' && { name: 'Wei Wang' }),
  })),
  ...{ reason: null, decidedBy: 'bea', decidedAt: `${on}T00:00:00Z` },
  ...{ undoneBy: null, undoneAt: null, undoneReason: null },
})

const JANUARY = '2025-01-01'
const FEBRUARY = '2025-02-01'

test.each([0, 1])(
  'the latest of two decisions on one author holds, in any order of imports: %i first',
  async (first) => {
    await read('a', 'b', 'b2', 'c')
    const both = [
      merge('merge-authors', ['b', 'a'], FEBRUARY),
      merge('merge-authors', ['b2', 'c'], JANUARY),
    ]
    for (const one of first === 0 ? both : both.toReversed()) await restore(one)
    const [a, b, c] = [await placeOf('a'), await placeOf('b'), await placeOf('c')]
    expect([a.author === b.author, b.author === c.author]).toEqual([true, false])
  },
)

test('after undo, the latest decision on a paper holds, not the one that was imported last', async () => {
  await read('a', 'b', 'c', 'd')
  await restore(merge('merge', ['b', 'a'], FEBRUARY))
  await restore(merge('merge', ['b', 'c'], JANUARY))
  const shown = async () => {
    const [a, b, c, d] = [
      await placeOf('a'),
      await placeOf('b'),
      await placeOf('c'),
      await placeOf('d'),
    ]
    return [a, c, d].map(({ paper }) => paper === b.paper)
  }
  expect(await shown()).toEqual([true, false, false])
  const papers = [(await placeOf('b')).paper, (await placeOf('d')).paper]
  const { id } = await run((tx) => mergePapers(tx, papers, by))
  await run((tx) => undoDecision(tx, id, by))
  expect(await shown()).toEqual([true, false, false])
})

test.each(['merge', 'merge-authors'] as const)(
  'a decision to %s that was undone in the other catalogue is undone here',
  async (kind) => {
    await read('a', 'b')
    const inForce = merge(kind, ['a', 'b'], JANUARY)
    const undone = { ...inForce, undoneBy: 'bea', undoneAt: `${FEBRUARY}T00:00:00Z` }
    const isOne = async () => {
      const [a, b] = [await placeOf('a'), await placeOf('b')]
      return kind === 'merge' ? a.paper === b.paper : a.author === b.author
    }
    await restore(inForce)
    expect(await isOne()).toBe(true)
    expect(await restore(undone)).toEqual({ created: 0, updated: 1, unchanged: 0 })
    expect(await isOne()).toBe(false)
    for (const one of [undone, inForce])
      expect(await restore(one)).toEqual({ created: 0, updated: 0, unchanged: 1 })
    expect(await isOne()).toBe(false)
  },
)

test('papers that were merged after they were looked up are decided on by their id of now', async () => {
  await read('a', 'b', 'c')
  const [a, b, c] = [await placeOf('a'), await placeOf('b'), await placeOf('c')]
  await run((tx) => mergePapers(tx, [a.paper, b.paper], by))
  await run((tx) => mergePapers(tx, [b.paper, c.paper], by))
  expect((await placeOf('c')).paper).toBe(a.paper)
})
