import { afterEach, beforeEach, expect, test } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import { refreshSearchWords } from '../../../src/domain/search/dictionary.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { askWell } from '../../helpers/graphql.ts'

interface Claim {
  title: string
  abstract: string
  year: number
  citationCount: number
}

/** Acronyms with their usual long forms. */
const NAMES = [
  ['QLIM', 'quantum lattice image model'],
  ['TREN', 'tensor ridge embedding network'],
  ['HOVAS', 'hybrid oblique voxel attention sampling'],
] as const

/** Papers that claim a name, and whether they coined it: the first of each kind of doubt was met by a researcher. */
const CLAIMS: [what: string, isCoined: boolean, claim: (name: string, long: string) => Claim][] = [
  [
    'a title calls something else so, as the dataset CLIP',
    false,
    (name) => ({
      title: `${name}: Notes of Hospitals to Extract Actions from`,
      abstract: 'Doctors forget what to do. We collect what they wrote.',
      ...{ year: 2021, citationCount: 22 },
    }),
  ],
  [
    'a cited paper has a rare meaning, as the affinity map SAM',
    false,
    (name) => ({
      title: 'Forecasting Crowds in Stations',
      abstract: `We propose a ${rareMeaningOf(name)} (${name}) for crowds.`,
      ...{ year: 2014, citationCount: 279 },
    }),
  ],
  [
    'a paper nobody cites says that it introduces it, as a dataset does CoT',
    false,
    (name, long) => ({
      title: 'Questions about Figures in Articles',
      abstract: `We propose ${long} (${name}) prompts for figures.`,
      ...{ year: 2023, citationCount: 0 },
    }),
  ],
  [
    'a cited paper explains what others coined, as one does MAML',
    false,
    (name, long) => ({
      title: 'Recasting Gradients as Bayes',
      abstract: `We reformulate the ${long} algorithm (${name}) of Finn et al. (2017) as inference.`,
      ...{ year: 2018, citationCount: 686 },
    }),
  ],
  [
    'the title begins with what it stands for',
    true,
    (name, long) => ({
      title: `${long[0]?.toUpperCase()}${long.slice(1)} for Physics`,
      abstract: `We introduce the ${long} (${name}).`,
      ...{ year: 2020, citationCount: 0 },
    }),
  ],
  [
    'the title begins with the name and the abstract says what it is',
    true,
    (name, long) => ({
      title: `${name}: Fast Physics`,
      abstract: `We introduce the ${long} (${name}).`,
      ...{ year: 2020, citationCount: 300 },
    }),
  ],
]

/** Words that begin with the letters of a name, and that no other paper has. */
const rareMeaningOf = (name: string) =>
  [...name].map((letter) => `${letter.toLowerCase()}ondaruma`).join(' ')

/** Later papers that use the name. */
const users = (name: string, long: string): Claim[] =>
  Array.from({ length: 12 }, (_, i) => ({
    title: `${name} in Laboratory ${i}`,
    abstract: `A ${long} (${name}) is put to use.`,
    ...{ year: 2023 + (i % 3), citationCount: i },
  }))

const CASES = CLAIMS.map(([what, isCoined, claim]) => ({ what, isCoined, claim }))

let t: TestDatabase
beforeEach(async () => {
  t = await createTestDatabase()
})
afterEach(() => t?.close())

test.each(CASES)('$what: coined $isCoined', async ({ claim, isCoined }) => {
  const made = NAMES.map(([name, long]) => [claim(name, long), ...users(name, long)])
  const records = made
    .flat()
    .map(({ year, ...one }, i) =>
      paperRecord({ ...one, key: `c${i}`, published: { on: `${year}-01-01`, precision: 'year' } }),
    )
  await transaction(t.url, (tx) => writeRecords(tx, records))
  await refreshSearchWords(t.url)
  for (const [i, [name]] of NAMES.entries()) {
    const { data } = await askWell<{ search: { nodes: { title: string }[] } }>(
      t,
      'query ($query: String!) { search(query: $query, first: 1) { nodes { title } } }',
      { query: name },
    )
    const isFirst = data.search.nodes[0]?.title === made[i]?.[0]?.title
    expect([name, isFirst]).toEqual([name, isCoined])
  }
})
