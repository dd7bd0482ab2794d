import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { askWell } from '../../helpers/graphql.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase({ sample: 'sample' })
})
afterAll(() => t.close())

interface Institution {
  name: string
  slug: string
  ror: string | null
  acronyms: string[]
}

const institutionsOf = async (first: number): Promise<Institution[]> => {
  const query = `{ institutions(first: ${first}) { nodes { name slug ror acronyms } } }`
  return (await askWell<{ institutions: { nodes: Institution[] } }>(t, query)).data.institutions
    .nodes
}

async function warningsOf(query: string, mode = 'LENIENT'): Promise<string[]> {
  const { data } = await askWell<{ search: { warnings: { message: string }[] } }>(
    t,
    'query ($query: String!, $mode: SearchMode!) { search(query: $query, mode: $mode) { warnings { message } } }',
    { query, mode },
  )
  return data.search.warnings.map(({ message }) => message)
}

const wordsOf = (text: string) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u)

test('an affiliation search does not report an institution found by its own name, slug or ROR id', async () => {
  const told: string[] = []
  for (const { name, slug, ror } of await institutionsOf(40))
    for (const ref of [name, slug, ror ?? name])
      for (const warning of await warningsOf(`affiliation:"${ref}"`))
        if (warning.includes(`"${name}"`) || !warning.includes('also')) told.push(warning)
  expect(told).toEqual([])
})

test('it reports an institution found by another name', async () => {
  const asked = (await institutionsOf(100)).flatMap(({ name, acronyms }) =>
    acronyms.map((acronym) => ({ name, acronym })),
  )
  expect(asked.length).toBeGreaterThan(20)
  let told = 0
  for (const { name, acronym } of asked) {
    const query = `learning affiliation:"${acronym}"`
    const [warning, ...more] = await warningsOf(query)
    expect(more).toEqual([])
    if (wordsOf(name).includes(acronym.toLowerCase()))
      expect(warning ?? '').not.toContain(`"${name}"`)
    // Of many institutions with one short form, those with the most papers are named.
    else if (warning?.includes(`"${name}"`)) told++
    if (warning)
      expect(warning).toMatch(/^query, character 10: the affiliation ".+" was (?:also )?read as "/)
    expect(await warningsOf(query, 'STRICT')).toEqual(warning ? [warning] : [])
  }
  expect(told).toBeGreaterThan(asked.length * 0.6)
})

test.each([
  [
    'MIT',
    'query, character 1: the affiliation "MIT" was read as "Massachusetts Institute of Technology".',
  ],
  ['清华', 'query, character 1: the affiliation "清华" was read as "Tsinghua University".'],
])('affiliation:%s', async (name, warning) => {
  expect(await warningsOf(`affiliation:${name}`)).toEqual([warning])
})

test.each(['Stanford', 'Edinburgh', 'ETH', '"Univ. of Edinburgh"', '"Stanford University"'])(
  'affiliation:%s needs no report',
  async (name) => {
    expect(await warningsOf(`affiliation:${name}`)).toEqual([])
  },
)

test('excluded terms are not reported', async () => {
  expect(await warningsOf('learning -affiliation:MIT')).toEqual([])
})
