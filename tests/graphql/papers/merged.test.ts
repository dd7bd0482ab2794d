import { afterAll, beforeAll, expect, test } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import { mergePapers } from '../../../src/domain/curation/curation.ts'
import type { PaperRecord } from '../../../src/domain/record/paper-record.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { askWell } from '../../helpers/graphql.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
})
afterAll(() => t.close())

const write = (...records: PaperRecord[]) => transaction(t.url, (tx) => writeRecords(tx, records))
const record = (key: string, scheme: 'arxiv' | 'doi', value: string, over: Partial<PaperRecord>) =>
  paperRecord({
    key,
    title: `The work that is called ${key.repeat(5)}`,
    identifiers: [{ scheme, value }],
    ...over,
  })
const venue = (slug: string, kind: 'workshop' | 'conference' | 'journal') => ({
  slug,
  name: `The ${slug}`,
  acronym: null,
  kind,
})

const MERGED = 'mergedFrom { id mergedAt cause identifier decidedBy reason }'
interface Answer {
  paper: {
    id: string
    mergedFrom: { id: string; mergedAt: string; cause: string; identifier: string | null }[]
  }
}

test('merged papers are shown with the reason, and their ids lead to the remaining paper', async () => {
  await write(record('a', 'arxiv', '2101.00001', {}), record('b', 'doi', '10.5555/b', {}))
  await write(record('c', 'doi', '10.5555/c', {}))
  const idOf = async (ref: string) =>
    (await askWell<Answer>(t, `{ paper(ref: "${ref}") { id ${MERGED} } }`)).data.paper
  const [a, b, c] = [
    await idOf('arXiv:2101.00001'),
    await idOf('10.5555/b'),
    await idOf('10.5555/c'),
  ]
  expect(a.mergedFrom).toEqual([])
  await write(
    record('ab', 'doi', '10.5555/b', {
      identifiers: [
        { scheme: 'doi', value: '10.5555/b' },
        { scheme: 'arxiv', value: '2101.00001' },
      ],
    }),
  )
  const number = (id: string) => Number(atob(id).split(':')[1])
  await transaction(t.url, (tx) =>
    mergePapers(tx, [number(a.id), number(c.id)], { by: 'ada', reason: 'seen' }),
  )
  for (const ref of ['10.5555/c', a.id, b.id, c.id]) {
    const paper = await idOf(ref)
    expect(paper.id).toBe(a.id)
    expect(paper.mergedFrom).toEqual([
      {
        id: b.id,
        mergedAt: expect.any(String),
        cause: 'IDENTIFIER',
        identifier: 'doi:10.5555/b',
        decidedBy: null,
        reason: null,
      },
      {
        id: c.id,
        mergedAt: expect.any(String),
        cause: 'DECISION',
        identifier: null,
        decidedBy: 'ada',
        reason: 'seen',
      },
    ])
    expect(Math.abs(Date.parse(paper.mergedFrom[0]?.mergedAt ?? '') - Date.now())).toBeLessThan(
      600_000,
    )
  }
  const { data } = await askWell<{ nodes: ({ id: string } | null)[] }>(
    t,
    `{ nodes(ids: ["${b.id}", "${c.id}"]) { id } }`,
  )
  expect(data.nodes.map((node) => node?.id)).toEqual([a.id, a.id])
})

test('a paper has the venues of all its sources, the shown one first', async () => {
  const shared = { title: 'One work in three places' }
  await write(
    record('x', 'doi', '10.5555/x', { ...shared, venue: venue('atelier', 'workshop') }),
    record('y', 'doi', '10.5555/x', {
      ...shared,
      kind: 'journal_article',
      venue: venue('letters', 'journal'),
    }),
    record('z', 'doi', '10.5555/x', {
      ...shared,
      source: 'other',
      venue: venue('atelier', 'workshop'),
    }),
  )
  const { data } = await askWell(
    t,
    '{ paper(ref: "10.5555/x") { venue { name } venues { name acronym kind sources isShown } } }',
  )
  expect(data).toEqual({
    paper: {
      venue: { name: 'The letters' },
      venues: [
        { name: 'The letters', acronym: null, kind: 'JOURNAL', sources: ['test'], isShown: true },
        {
          name: 'The atelier',
          acronym: null,
          kind: 'WORKSHOP',
          sources: ['other', 'test'],
          isShown: false,
        },
      ],
    },
  })
})

test('both are one statement for all papers of a page', async () => {
  await write(
    ...Array.from({ length: 20 }, (_, i) => record(`many-${i}`, 'doi', `10.6666/${i}`, {})),
  )
  for (const first of [1, 20]) {
    const query = `{ papers(first: ${first}) { nodes { ${MERGED} venues { name } } } }`
    expect((await askWell(t, query)).statements).toHaveLength(3)
  }
})
