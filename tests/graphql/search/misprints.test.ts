import { afterAll, beforeAll, expect, test } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import { refreshSearchWords } from '../../../src/domain/search/dictionary.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { createRandom } from '../../fuzz/random.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { askWell } from '../../helpers/graphql.ts'

/** Papers that have each of the words. */
const MANY = 210
const WORDS = [
  'neural',
  'retrieval',
  'language',
  'segmentation',
  'speech',
  'gaussian',
  'transformer',
]

/** A word with a slip, not in its first and last letter: two neighbours swapped, one missing or one doubled. */
function slipsIn(word: string): string[] {
  const random = createRandom(word.length)
  const at = 1 + random.whole(word.length - 3)
  const [before, a = '', b = '', after] = [
    word.slice(0, at),
    word[at],
    word[at + 1],
    word.slice(at + 2),
  ]
  return [before + b + a + after, before + b + after, before + a + a + b + after].filter(
    (slip) => slip !== word && slip.length >= 6,
  )
}
const SLIPS = WORDS.flatMap((word) => slipsIn(word).map((slip): [string, string] => [slip, word]))
const titleOf = (slip: string) =>
  `Remark ${SLIPS.findIndex(([one]) => one === slip)} on ${slip} of things`

/** Words similar to a common one that are not its misprints, each in one paper except the last. */
const OTHERS: [written: string, title: string, papers: number, author?: string][] = [
  ['Retrievel', 'Retrievel: A Method without Words', 1],
  ['LanGauge', 'We call LanGauge what it does', 1],
  ['language2', 'A version language2 of things', 1],
  ['gaussean', 'What somebody wrote', 1, 'Emil Gaussean'],
  ['speach', 'More speach about nothing', 3],
  ['drawal', 'Its drawal from a wall', 1],
]

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
  const common = Array.from({ length: MANY }, (_, i) => ({
    title: `Number ${i} of many`,
    abstract: `About ${WORDS.join(' and ')}, ${['a numeral', 'which is neutral', 'and more'][i % 3]}.`,
  }))
  const rare = SLIPS.map(([slip]) => ({ title: titleOf(slip), abstract: 'Nothing else.' }))
  const others = OTHERS.flatMap(([, title, papers, author]) =>
    Array.from({ length: papers }, (_, i) => ({
      title: papers === 1 ? title : `${title}, part ${i + 1}`,
      abstract: null,
      ...(author && { authors: [{ name: author, identifiers: [], affiliation: null }] }),
    })),
  )
  const records = [...common, ...rare, ...others].map((one, i) =>
    paperRecord({ key: `m${i}`, ...one }),
  )
  await transaction(t.url, (tx) => writeRecords(tx, records))
  await refreshSearchWords(t.url)
})
afterAll(() => t?.close())

interface Found {
  totalCount: number
  warnings: { message: string }[]
  nodes: { title: string }[]
}

async function search(query: string, order: string | null = null): Promise<Found> {
  const { data } = await askWell<{ search: Found }>(
    t,
    'query ($query: String!, $order: PaperOrder) { search(query: $query, first: 1, order: $order) { totalCount warnings { message } nodes { title } } }',
    { query, order: order && { field: order } },
  )
  return data.search
}

test.each(SLIPS)('%s of one paper is searched for as %s, too', async (slip, word) => {
  const { totalCount, warnings } = await search(slip)
  expect(warnings.map(({ message }) => message)).toEqual([
    `query, character 1: searched for "${word}" as well as "${slip}", which hardly any paper has and may be a misprint.`,
  ])
  expect(totalCount).toBe(MANY + 1)
  expect((await search(titleOf(slip))).nodes[0]?.title).toBe(titleOf(slip))
  expect((await search(slip, 'PUBLISHED')).totalCount).toBe(1)
})

test.each(OTHERS)('%s stays unchanged', async (written, _, papers) => {
  const { totalCount, warnings } = await search(written)
  expect([totalCount, warnings]).toEqual([papers, []])
})

test.each([
  // Two swapped letters rather than a missing one, whichever word has more papers.
  ['nueral', 'neural'],
  ['netural', 'neutral'],
])('%s, which no paper has, is corrected to the more likely word', async (written, word) => {
  const { warnings } = await search(written)
  const [, meant] = /searched for (.*) instead/.exec(warnings[0]?.message ?? '') ?? []
  expect(meant).toBe(`"${word}"`)
})
