import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import { nameBlock } from '../../../src/domain/identity/name-block.ts'
import { settlePeople } from '../../../src/domain/write/authors/evidence/settle.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { emptyCatalogue, paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { askWell } from '../../helpers/graphql.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
})
afterAll(() => t.close())

/** Four papers with each name, two of which an identifier joins; all share the affiliation and a co-author. */
async function write(name: string): Promise<void> {
  await emptyCatalogue(t.db)
  const records = [...'abcd'].map((key, i) =>
    paperRecord({
      ...{ key, title: `The ${key} of ${key.repeat(5)}` },
      authors: [
        {
          ...{ name, affiliation: 'Institute of Lakes, Kleve' },
          identifiers: i < 2 ? [{ scheme: 'orcid', value: '0000-0001' }] : [],
        },
        { name: 'Zita Quorvex', affiliation: null, identifiers: [] },
      ],
    }),
  )
  await transaction(t.url, (tx) => writeRecords(tx, records))
  await settlePeople(t.url)
}

interface Shown {
  authors: {
    nodes: {
      name: string
      identity: { confidence: number } | null
      possiblySame: object[]
      namesakes: object[]
    }[]
  }
  suggest: { label: string }[]
}

async function shown(name: string) {
  await write(name)
  const { data } = await askWell<Shown>(
    t,
    `query($name: String!) {
      authors(name: $name) { nodes { name identity { confidence } possiblySame { confidence } namesakes { confidence } } }
      suggest(prefix: $name, kinds: [AUTHOR]) { label } }`,
    { name },
  )
  const own = data.authors.nodes.filter((one) => one.name === name)
  return { own, suggested: data.suggest.map(({ label }) => label) }
}

describe.each([
  ...['First Last', 'Firstname Lastname', 'Author Name', 'Name Surname', 'John Doe', 'Author One'],
  ...['Anonymous', 'Anonymous Author', 'Unknown Unknown', 'N N', 'N. N.', 'et al.'],
  ...['Family Name', 'Your Name', 'Various Others', 'Test Author', 'Jane Doe', 'Editorial Staff'],
])('%s is not a person', (name) => {
  test('in imports, which do not join it or suggest it', async () => {
    expect(nameBlock(name, 2)).toBe('')
    const { own, suggested } = await shown(name)
    expect(own).toHaveLength(3)
    for (const one of own)
      expect(one).toMatchObject({ identity: null, possiblySame: [], namesakes: [] })
    // Initials alone may belong to a person.
    if (name.replaceAll('.', '').length > 3) expect(suggested).not.toContain(name)
  })
})

test('a company is suggested, and is not one person', async () => {
  const { own, suggested } = await shown('Google DeepMind')
  for (const one of own) expect(one).toMatchObject({ identity: null, possiblySame: [] })
  expect(suggested).toContain('Google DeepMind')
})

test('capitals that may be initials are a person whom evidence does not join, and may be others', async () => {
  expect(nameBlock('JO QUIRRELL', 2)).toBe('')
  const { own, suggested } = await shown('JO QUIRRELL')
  expect(own).toHaveLength(3)
  for (const one of own) {
    expect(one.identity).toEqual({ confidence: 1 })
    expect(one.possiblySame).toHaveLength(2)
  }
  expect(suggested).toContain('JO QUIRRELL')
})

test('the beginning of a placeholder is not corrected to the name of a person', async () => {
  await emptyCatalogue(t.db)
  const names = ['Anonymous', 'Ananya Misra', 'Anonyma Quorvex']
  const records = names.map((name, i) =>
    paperRecord({
      ...{ key: String(i), title: `The ${'abc'[i]?.repeat(6)}` },
      authors: [{ name, affiliation: null, identifiers: [] }],
    }),
  )
  await transaction(t.url, (tx) => writeRecords(tx, records))
  const suggested = async (prefix: string) => {
    const { data } = await askWell<Pick<Shown, 'suggest'>>(
      t,
      'query ($prefix: String!) { suggest(prefix: $prefix, kinds: [AUTHOR]) { label } }',
      { prefix },
    )
    return data.suggest.map(({ label }) => label)
  }
  for (const prefix of ['anonym', 'anonymo', 'anonymous'])
    expect([prefix, await suggested(prefix)]).toEqual([
      prefix,
      prefix === 'anonym' ? ['Anonyma Quorvex'] : [],
    ])
  expect(await suggested('anania')).toEqual(['Ananya Misra'])
})
