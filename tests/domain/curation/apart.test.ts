import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { mergeAuthors, splitAuthor } from '../../../src/domain/curation/authors.ts'
import { undoDecision } from '../../../src/domain/curation/curation.ts'
import { readSimilarAuthors } from '../../../src/domain/identity/similar/similar.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import { catalogueOfFile } from '../../helpers/writer.ts'

const t = catalogueOfFile()
const { run } = t

const by = { by: 'ada', reason: null }

/** Papers of one profile; a key that ends in 2 also has a namesake without a profile. */
const read = (...keys: string[]) =>
  run((tx) =>
    writeRecords(
      tx,
      keys.map((key) =>
        paperRecord({
          key,
          title: `Charters and scribes of ${key.repeat(4)}`,
          authors: [
            {
              name: 'Zebulon Quirrel',
              affiliation: null,
              identifiers: [{ scheme: 's2', value: '1' }],
            },
            ...(key.endsWith('2')
              ? [{ name: 'Zebulon Quirrel', affiliation: null, identifiers: [] }]
              : []),
            { name: 'Pomfrey Dalkunter', affiliation: null, identifiers: [] },
          ],
        }),
      ),
    ),
  )

async function placeOf(key: string, position = 1): Promise<{ author: number; paper: number }> {
  const [row] = await t.db.query<{ author: number; paper: number }>(sql`
    select a.author_id as author, a.paper_id as paper from authorships a
    join source_records s on s.paper_id = a.paper_id where s.key = ${key} and a.position = ${position}`)
  return row ?? { author: 0, paper: 0 }
}

async function splitOff(key: string): Promise<number> {
  const { author, paper } = await placeOf(key)
  return (await run((tx) => splitAuthor(tx, author, [paper], by))).id
}

/** The contradiction against joining two authors; null if evidence decides. */
async function contradiction(one: number, other: number): Promise<string | null> {
  const found = (await readSimilarAuthors(t.db, [one])).get(one) ?? []
  const similar = found.find(({ authorId }) => authorId === other)
  const [evidence] = similar?.evidence ?? []
  if (evidence?.kind === 'contradiction') return `${similar?.confidence}: ${evidence.detail}`
  expect(similar?.confidence).toBeGreaterThan(0)
  return null
}

const said = (decision: number) =>
  `0: Decision ${decision} of an operator says that they are two people.`

test('authors who were split are namesakes by the decision, each of them, until it is undone', async () => {
  await read('a', 'b', 'c')
  const [first, second] = [await splitOff('a'), await splitOff('b')]
  const [a, b, c] = await Promise.all(
    ['a', 'b', 'c'].map(async (key) => (await placeOf(key)).author),
  )
  for (const [one = 0, other = 0, decision = 0] of [
    [a, b, first],
    [a, c, first],
    [b, c, second],
  ]) {
    expect(await contradiction(one, other)).toBe(said(decision))
    expect(await contradiction(other, one)).toBe(said(decision))
  }
  await run((tx) => undoDecision(tx, first, by))
  expect((await placeOf('a')).author).toBe(c)
  expect(await contradiction(b ?? 0, c ?? 0)).toBe(said(second))
})

test('a decision does not affect namesakes that it does not name, nor any after a contrary decision', async () => {
  await read('a2', 'b', 'c')
  const decision = await splitOff('b')
  const [first, namesake] = [await placeOf('a2'), await placeOf('a2', 2)]
  const [b, c] = [await placeOf('b'), await placeOf('c')]
  expect(await contradiction(first.author, b.author)).toBe(said(decision))
  expect(await contradiction(namesake.author, b.author)).toBeNull()
  expect(await contradiction(namesake.author, c.author)).toBe('0: Both are authors of one paper.')
  await run((tx) => mergeAuthors(tx, [c.author, b.author], by))
  expect((await placeOf('b')).author).toBe(c.author)
})
