import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import { splitAuthor } from '../../../src/domain/curation/authors.ts'
import { undoDecision } from '../../../src/domain/curation/curation.ts'
import { collaborationKey } from '../../../src/domain/identity/collaboration.ts'
import { settlePeople } from '../../../src/domain/write/authors/evidence/settle.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { emptyCatalogue, paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { ask, askWell } from '../../helpers/graphql.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
})
afterAll(() => t.close())

/** Papers with these names each, followed by the name of a group. */
async function read(...bylines: string[][]): Promise<void> {
  await emptyCatalogue(t.db)
  const records = bylines.map((names, i) =>
    paperRecord({
      ...{ key: String(i), title: `The ${String.fromCharCode(97 + i).repeat(6)}` },
      authors: names.map((name) => ({ name, affiliation: null, identifiers: [] })),
    }),
  )
  await transaction(t.url, (tx) => writeRecords(tx, records))
  await settlePeople(t.url)
}

/** The papers of each author, with the printed names. */
async function authorsNow(): Promise<string[]> {
  const rows = await t.db.query<{ papers: string }>(sql`
    select string_agg(s.key || ' ' || a.name, ', ' order by s.key, a.position) as papers from authorships a
    join source_records s on s.paper_id = a.paper_id group by a.author_id order by 1`)
  return rows.map(({ papers }) => papers)
}

const GROUPS = [
  'ATLAS Collaboration',
  'Pierre Auger Collaboration',
  'Qwen Team',
  'H1 Collaboration',
  '1000 Genomes Project Consortium',
  'Particle Data Group',
]
const GENERIC = [
  'Research Group',
  'The Team',
  'Zhang Group',
  'Working Group',
  'International Consortium',
  'Collaboration',
  'Maria Team',
  'Data Science Team',
]

test.each(GROUPS)('%s is one author, and joined with no person', async (name) => {
  const many = Array.from(
    { length: 120 },
    (_, i) =>
      `Zeno Mbu${'abcdefghijklmno'[i % 15]}${'aeiou'[i % 5]}${'bdfgklmn'[Math.floor(i / 15)]}`,
  )
  const first = name.split(' ')[0]
  const person = `Ada ${first === 'H1' || first === '1000' ? 'Harrow' : first}`
  await read(
    ['Ada Quorvex', name],
    [`The ${name}`],
    [...many, name.toUpperCase()],
    [person, name],
    [person],
    [`Other ${name}`],
  )
  const own = (await authorsNow()).filter((papers) => papers.startsWith(`0 ${name}`))
  expect(own).toEqual([`0 ${name}, 1 The ${name}, 2 ${name.toUpperCase()}, 3 ${name}`])
  for (const ref of [name, `the ${name}`, name.toLowerCase()]) {
    const { data } = await askWell<{
      author: { paperCount: number; possiblySame: []; namesakes: [] }
    }>(
      t,
      'query ($ref: String!) { author(ref: $ref) { paperCount possiblySame { confidence } namesakes { confidence } identity { confidence isCatchAll } } }',
      { ref: `${ref}` },
    )
    expect(data.author).toMatchObject({ paperCount: 4, possiblySame: [], namesakes: [] })
  }
  const { data } = await askWell<{ papers: { totalCount: number } }>(
    t,
    'query ($ref: String!) { papers(filter: { authors: [$ref] }) { totalCount } }',
    { ref: name },
  )
  expect(data.papers.totalCount).toBe(4)
})

test.each(GENERIC)('%s is another group on each paper', async (name) => {
  expect(collaborationKey(name)).toBeNull()
  await read(['Ada Quorvex', name], [name], ['Bo Lind', name])
  expect((await authorsNow()).filter((papers) => papers.includes(', '))).toEqual([])
  const { errors } = await ask(t, 'query ($ref: String!) { author(ref: $ref) { name } }', {
    ref: name,
  })
  expect(errors).toMatchObject([{ code: 'BAD_USER_INPUT' }])
})

test('an operator can split a collaboration, and undo that', async () => {
  await read(['ATLAS Collaboration'], ['ATLAS Collaboration'], ['ATLAS Collaboration'])
  const before = await authorsNow()
  expect(before).toHaveLength(1)
  const [row] = await t.db.query<{ id: number; paper: number }>(sql`
    select author_id as id, min(paper_id) as paper from authorships group by author_id`)
  const by = { by: 'ada', reason: null }
  const { id } = await transaction(t.url, (tx) =>
    splitAuthor(tx, row?.id ?? 0, [row?.paper ?? 0], by),
  )
  await settlePeople(t.url)
  expect(await authorsNow()).toHaveLength(2)
  await transaction(t.url, (tx) => undoDecision(tx, id, by))
  await settlePeople(t.url)
  expect(await authorsNow()).toEqual(before)
})
