import sql from 'sql-template-tag'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import { mergePapers, undoDecision } from '../../../src/domain/curation/curation.ts'
import { setUpvote } from '../../../src/domain/votes/upvotes.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { createContext, schema } from '../../../src/graphql/index.ts'
import { createOperations } from '../../../src/server/execute/operations.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'

const arxiv = (value: string) => [{ scheme: 'arxiv' as const, value }]
const A = 'arXiv:2601.00001'
const B = 'arXiv:2601.00002'
const RECORDS = [
  paperRecord({
    key: 'a',
    title: 'Weaving many threads on a loom',
    identifiers: arxiv('2601.00001'),
  }),
  paperRecord({
    ...{ key: 'b', source: 'hf-daily', title: 'Spinning wool by the light of the moon' },
    ...{ identifiers: arxiv('2601.00002'), upvoteCount: 2 },
  }),
]

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
  await transaction(t.url, (tx) => writeRecords(tx, RECORDS))
})
afterAll(() => t.close())
beforeEach(async () => {
  await t.db.query(sql`delete from paper_upvotes`)
  await t.db.query(sql`update papers set own_upvote_count = 0`)
})

const operations = createOperations(schema)
async function run<T>(query: string, voter: string | null = 'key:ada') {
  const prepared = operations.prepare(query, undefined)
  if ('errors' in prepared) throw prepared.errors[0]
  t.statements.length = 0
  const context = createContext(t.db, { voter: async () => voter })
  const { data, errors } = await prepared.operation.execute(context, {})
  return { data: JSON.parse(JSON.stringify(data ?? null)) as T, errors }
}

interface Voted {
  upvoteCounts: { source: string; count: number; readOn: string | null }[]
  viewerHasUpvoted: boolean
}
const FIELDS = 'upvoteCounts { source count readOn } viewerHasUpvoted'
const own = ({ upvoteCounts }: Voted) =>
  upvoteCounts.find(({ source }) => source === 'paperql')?.count
async function read(ref: string, voter?: string | null): Promise<Voted> {
  return (await run<{ paper: Voted }>(`{ paper(ref: "${ref}") { ${FIELDS} } }`, voter)).data.paper
}

test('a vote counts once, and can be taken back; each answer shows the new count', async () => {
  const { data } = await run<Record<'a' | 'b' | 'c' | 'd', Voted>>(`
    fragment F on Paper { ${FIELDS} }
    mutation { a: upvotePaper(ref: "${A}") { ...F } b: upvotePaper(ref: "${A}") { ...F }
      c: removeUpvote(ref: "${A}") { ...F } d: removeUpvote(ref: "${A}") { ...F } }`)
  const told = Object.values(data).map((one) => [own(one), one.viewerHasUpvoted])
  expect(told).toEqual([
    [1, true],
    [1, true],
    [0, false],
    [0, false],
  ])
})

test('without an API key nobody votes, and everybody can read', async () => {
  const { data, errors } = await run(`mutation { upvotePaper(ref: "${A}") { id } }`, null)
  expect(data).toEqual({ upvotePaper: null })
  expect(errors?.[0]?.originalError).toMatchObject({ code: 'UNAUTHENTICATED' })
  await setUpvote(t.db, 'key:ada', A, true)
  expect((await read(A, null)).viewerHasUpvoted).toBe(false)
  expect((await read(A, 'key:grace')).viewerHasUpvoted).toBe(false)
  expect((await read(A, 'key:ada')).viewerHasUpvoted).toBe(true)
})

test('an unknown paper is reported', async () => {
  const { errors } = await run('mutation { upvotePaper(ref: "arXiv:2699.00001") { id } }')
  expect(errors?.[0]?.originalError).toMatchObject({
    ...{ code: 'NOT_FOUND', message: expect.stringContaining('"arXiv:2699.00001"') },
  })
})

test("a source's upvotes are separate from own ones, with the day of reading; lists count both", async () => {
  await setUpvote(t.db, 'key:ada', A, true)
  await setUpvote(t.db, 'key:ada', B, true)
  const { upvoteCounts } = await read(B)
  expect(upvoteCounts).toEqual([
    { source: 'hf-daily', count: 2, readOn: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) },
    { source: 'paperql', count: 1, readOn: null },
  ])
  const { data } = await run<Record<string, { nodes: { title: string }[] }>>(`{
    ordered: papers(order: { field: UPVOTES }) { nodes { title } }
    three: papers(filter: { minUpvotes: 3 }) { nodes { title } }
    four: papers(filter: { minUpvotes: 4 }) { nodes { title } } }`)
  expect(data.ordered?.nodes.map(({ title }) => title[0])).toEqual(['S', 'W'])
  expect(data.three?.nodes.map(({ title }) => title[0])).toEqual(['S'])
  expect(data.four?.nodes).toEqual([])
})

test('concurrent votes are all counted, those of one voter once', async () => {
  const votes = Array.from({ length: 24 }, (_, i) => setUpvote(t.db, `key:${i % 12}`, A, true))
  await Promise.all(votes)
  expect(own(await read(A))).toBe(12)
  await Promise.all(
    Array.from({ length: 24 }, (_, i) => setUpvote(t.db, `key:${i % 12}`, A, i % 2 === 0)),
  )
  expect(own(await read(A))).toBe(6)
})

test('a merge counts a voter for both papers once, and a split restores both counts', async () => {
  for (const voter of ['key:ada', 'key:grace']) await setUpvote(t.db, voter, A, true)
  for (const voter of ['key:ada', 'key:alan']) await setUpvote(t.db, voter, B, true)
  const rows = await t.db.query<{ id: number }>(sql`select id from papers order by id`)
  const merged = await transaction(t.url, (tx) =>
    mergePapers(
      tx,
      rows.map(({ id }) => id),
      { by: 'ada', reason: null },
    ),
  )
  expect([own(await read(A)), (await read(B, 'key:alan')).viewerHasUpvoted]).toEqual([3, true])
  await setUpvote(t.db, 'key:alan', A, false)
  expect(own(await read(B))).toBe(2)
  await transaction(t.url, (tx) => undoDecision(tx, merged.id, { by: 'ada', reason: null }))
  expect([own(await read(A)), own(await read(B))]).toEqual([2, 1])
})

test("the viewer's upvotes, and the counts, are one statement each for a page", async () => {
  await run(`{ papers { nodes { ${FIELDS} } } }`)
  expect(t.statements).toHaveLength(3)
})
