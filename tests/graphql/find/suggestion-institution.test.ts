import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import type { InstitutionRecord } from '../../../src/domain/record/profile-record.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { writeProfiles } from '../../../src/domain/write/profiles.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { askWell } from '../../helpers/graphql.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase({ sample: 'sample' })
})
afterAll(() => t.close())

interface Suggestion {
  kind: string
  label: string
  value: string
  detail: string | null
  use: number
  isCorrected: boolean
  matches: { start: number; end: number }[]
  node: { __typename: string; slug?: string; country?: string; paperCount?: number }
}

const SUGGEST = `query($prefix: String!, $kinds: [SuggestionKind!]) {
  suggest(prefix: $prefix, kinds: $kinds) { kind label value detail use isCorrected matches { start end }
    node { __typename ... on Institution { slug country paperCount } } } }`

async function suggest(prefix: string, kinds: string[] | null = ['INSTITUTION']) {
  const { data, statements } = await askWell<{ suggest: Suggestion[] }>(t, SUGGEST, {
    prefix,
    kinds,
  })
  // One more statement reads the details of authors.
  expect(statements.length).toBeLessThanOrEqual(kinds ? 1 : 2)
  return data.suggest
}

describe('an institution', () => {
  test.each([
    ['tsing', 'Tsinghua University (THU)', /^China · \d+ papers$/],
    ['清华', 'Tsinghua University (THU)', /^China/],
    ['ETH', 'ETH Zurich', /^Switzerland · \d+ papers$/],
    ['edinburg', 'University of Edinburgh', /^United Kingdom · \d+ papers$/],
    ['edin uni', 'University of Edinburgh', /^United Kingdom/],
    ['the university of edin', 'University of Edinburgh', /^United Kingdom/],
    [
      'the institute of technology in mass',
      'Massachusetts Institute of Technology (MIT)',
      /^United/,
    ],
    ['MIT', 'Massachusetts Institute of Technology (MIT)', /^United States/],
    ['Google Res', 'Google Research', /^\d+ papers$/],
  ])('ranks first of all kinds for %j: %s', async (prefix, label, detail) => {
    const [first] = await suggest(prefix, null)
    expect(first).toMatchObject({ kind: 'INSTITUTION', label, isCorrected: false })
    expect(first?.detail).toMatch(detail)
    expect(first?.detail).toContain(` ${first?.use} papers`.trimStart())
    expect(first?.node).toMatchObject({
      __typename: 'Institution',
      slug: first?.value,
      paperCount: first?.use,
    })
  })

  test.each([
    ['edinbrugh', 'university-of-edinburgh'],
    ['tsingua univ', 'tsinghua-university'],
    ['stanfrd', 'stanford-university'],
  ])('is found by the mistyped %j', async (prefix, value) => {
    const found = await suggest(prefix)
    expect(found.find((one) => one.value === value)?.isCorrected).toBe(true)
  })

  test('with any name in the catalogue is found by prefixes of its words, and by its value', async () => {
    const { data } = await askWell<{ institutions: { nodes: { name: string; slug: string }[] } }>(
      t,
      '{ institutions(first: 40) { nodes { name slug } } }',
    )
    const { nodes } = data.institutions
    expect(nodes.length).toBeGreaterThan(30)
    for (const { name, slug } of nodes) {
      const typed = name
        .split(' ')
        .map((word) => word.slice(0, Math.max(4, word.length - 2)))
        .reverse()
        .join(' ')
      const found = (await suggest(typed)).find(({ value }) => value === slug)
      expect(found?.label, typed).toContain(name)
      expect(found?.matches.length, typed).toBeGreaterThan(0)
      const again = await askWell(t, `{ institution(ref: "${slug}") { slug } }`)
      expect(again.data).toEqual({ institution: { slug } })
    }
  })
})

test('two of one name are distinguished by country and papers, and a new name is known at once', async () => {
  expect(await suggest('quillm')).toEqual([])
  const name = 'Quillmont University'
  const registered = [
    ['042nb2s44', 'US'],
    ['05a28rw58', 'CH'],
  ].map(
    ([ror = '', country = '']): InstitutionRecord => ({
      ...{ type: 'institution', source: 'ror', key: ror, ror, licence: 'CC0-1.0' },
      ...{ url: null, name, aliases: [], acronyms: [], domain: null, country },
      ...{ parent: null, isWithdrawn: false },
    }),
  )
  const papers = ['042nb2s44', '042nb2s44', '05a28rw58'].map((ror, i) =>
    paperRecord({
      ...{ key: `q${i}`, title: `Paper ${i} of Quills` },
      authors: [
        {
          ...{ name: `Quinn ${i}`, identifiers: [], affiliation: null },
          institutions: [{ name, ror }],
        },
      ],
    }),
  )
  await transaction(t.url, (tx) => writeProfiles(tx, registered))
  await transaction(t.url, (tx) => writeRecords(tx, papers))
  for (const prefix of ['quillm', 'qillmont']) {
    const told = (await suggest(prefix)).map(({ label, detail }) => [label, detail])
    expect(told, prefix).toEqual([
      [name, 'United States · 2 papers'],
      [name, 'Switzerland · 1 paper'],
    ])
  }
})
