import { afterAll, beforeAll, expect, test } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import { refreshSearchWords } from '../../../src/domain/search/dictionary.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { askWell } from '../../helpers/graphql.ts'

const SUBJECTS = ['argument mining', 'morphology', 'dependency parsing', 'sarcasm']
const AUTHORS = ['Iryna Gurevych', 'Jason Eisner', 'Christopher Manning', 'Rose Young']

const by = (name: string) => [{ name, identifiers: [], affiliation: null }]

/** Ten cited papers by others that are only about the subject; and one by each author whose abstract alone mentions it. */
const RECORDS = SUBJECTS.flatMap((subject, s) => [
  ...Array.from({ length: 10 }, (_, i) =>
    paperRecord({
      key: `o${s}${i}`,
      title: `${subject}: ${subject} of number ${i}`,
      abstract: `On ${subject}. We study ${subject}, and ${subject} again.`,
      authors: by(`Other Person${s}${i}`),
      citationCount: 10_000,
    }),
  ),
  ...AUTHORS.flatMap((name, a) => [
    paperRecord({
      key: `a${s}${a}`,
      title: `A note ${s} by somebody ${a}`,
      abstract: `It has to do with ${subject} and with other things.`,
      authors: by(name),
    }),
    paperRecord({
      key: `b${s}${a}`,
      title: `Unlike the others ${s} of ${a}`,
      authors: by(name),
      citationCount: 50_000,
    }),
  ]),
])

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
  await transaction(t.url, (tx) => writeRecords(tx, RECORDS))
  await refreshSearchWords(t.url)
})
afterAll(() => t.close())

async function titles(query: string): Promise<string[]> {
  const { data } = await askWell<{ search: { nodes: { title: string }[] } }>(
    t,
    'query ($query: String!) { search(query: $query, first: 100) { nodes { title } } }',
    { query },
  )
  return data.search.nodes.map(({ title }) => title)
}

test.each(
  AUTHORS.flatMap((name, a) =>
    SUBJECTS.flatMap((subject, s) => {
      const [given = '', family = ''] = name.split(' ')
      return [`${family} ${subject}`, `${subject} ${family}`, `${given} ${family} ${subject}`].map(
        (query) => ({ query: query.toLowerCase(), wanted: `A note ${s} by somebody ${a}` }),
      )
    }),
  ),
)('$query: the papers of the author on the subject come first', async ({ query, wanted }) => {
  const found = await titles(query)
  expect(found[0]).toBe(wanted)
  expect(found.length).toBeGreaterThan(3)
})

test('a name that is also a word: papers with it as a word rank before those that lack a word', async () => {
  const record = paperRecord({
    key: 'word',
    title: 'Young children and sarcasm',
    authors: by('Other Author'),
  })
  await transaction(t.url, (tx) => writeRecords(tx, [record]))
  await refreshSearchWords(t.url)
  const found = await titles('young sarcasm')
  expect(found.slice(0, 2).sort()).toEqual(['A note 3 by somebody 3', 'Young children and sarcasm'])
  expect((await titles('young children sarcasm'))[0]).toBe('Young children and sarcasm')
})
