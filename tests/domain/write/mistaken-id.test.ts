import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { splitAuthor } from '../../../src/domain/curation/authors.ts'
import { undoDecision } from '../../../src/domain/curation/curation.ts'
import { readConfidences, readIdentities } from '../../../src/domain/identity/reasons/identity.ts'
import { settlePeople } from '../../../src/domain/write/authors/evidence/settle.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import { catalogueOfFile } from '../../helpers/writer.ts'

const t = catalogueOfFile()
const by = { by: 'ada', reason: null }

/** Papers of Rosa Weber, and of Tilda Brandt with Weber's iD by mistake. */
async function read(...papers: [key: string, name: string][]): Promise<void> {
  const records = papers.map(([key, name]) =>
    paperRecord({
      ...{ key, title: key.repeat(4), identifiers: [{ scheme: 'doi', value: `10.5555/${key}` }] },
      authors: [
        { name, affiliation: null, identifiers: [{ scheme: 'orcid', value: '0000-0001' }] },
      ],
    }),
  )
  await t.run((tx) => writeRecords(tx, records))
  await settlePeople(t.url)
}

const places = () =>
  t.db.query<{ author: number; paper: number; name: string }>(sql`
    select author_id as author, paper_id as paper, name from authorships order by paper_id`)

const PAPERS: [string, string][] = [
  ['a', 'Rosa Weber'],
  ['b', 'Rosa Weber'],
  ['c', 'Tilda Brandt'],
]

test('a mistaken iD is shown as unverified, and authors split by an operator stay apart, whatever is read later', async () => {
  await read(...PAPERS)
  const [weber, , brandt] = await places()
  const [authorId = 0, paperId = 0] = [weber?.author, brandt?.paper]
  expect(brandt?.author).toBe(authorId)
  expect((await readIdentities(t.db, [authorId])).get(authorId)).toMatchObject({
    confidence: 0.5,
    unverified: [{ paperId, name: 'Tilda Brandt', confidence: 0.5, doubt: 'name' }],
  })
  expect(await readConfidences(t.db, [{ authorId, paperId }])).toEqual([0.5])
  const { id } = await t.run((tx) => splitAuthor(tx, authorId, [paperId], by))
  await settlePeople(t.url)
  const apart = await places()
  expect(apart[2]?.author).not.toBe(authorId)
  const sure = await readIdentities(t.db, [authorId, apart[2]?.author ?? 0])
  for (const { confidence, unverified } of sure.values())
    expect({ confidence, unverified }).toEqual({ confidence: 1, unverified: [] })
  await read(...PAPERS.toReversed())
  expect(await places()).toEqual(apart)
  await read(['d', 'Rosa Weber'])
  expect((await places())[3]?.author).toBe(authorId)
  await t.run((tx) => undoDecision(tx, id, by))
  await settlePeople(t.url)
  expect(new Set((await places()).map(({ author }) => author))).toEqual(new Set([authorId]))
})
