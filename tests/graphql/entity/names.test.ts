import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { ask, askWell } from '../../helpers/graphql.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
  const institutions = [{ name: 'University of Looms' }]
  const repository = {
    ...{ host: 'github.com', owner: 'looms', isOfficial: true, framework: null },
    evidence: 'in_paper' as const,
  }
  const record = paperRecord({
    authors: [{ name: 'Ada Lovelace', identifiers: [], affiliation: null, institutions }],
    topics: [
      { slug: 'hand-looms', name: 'Shuttles & Looms', kind: 'task', score: 1, source: 'test' },
    ],
    venue: { slug: 'warp-and-weft', name: 'Looms', acronym: 'C&C', kind: 'conference' },
    repositories: ['weaving', 'we_ving'].map((name) => ({
      ...{ ...repository, name },
      url: `https://github.com/looms/${name}`,
    })),
  })
  await transaction(t.url, (tx) => writeRecords(tx, [record]))
})
afterAll(() => t.close())

/** The length of a list for a name. */
async function count(list: string, name: string): Promise<number> {
  const query = `query($name: String!) { list: ${list}(name: $name) { totalCount } }`
  const { data } = await askWell<{ list: { totalCount: number } }>(t, query, { name })
  return data.list.totalCount
}

const LISTS = ['authors', 'topics', 'venues', 'institutions']
/** Punctuation and spaces without a letter or digit, at least one punctuation character. */
const signs = fc.string({
  unit: fc.constantFrom(...'%_.-\\*?"\'()[]{}&+#/:;,!~^|<>=$@` …–“🦓∞'),
  minLength: 1,
  maxLength: 5,
})

describe.each(LISTS)('%s by a name', (list) => {
  test('without a letter or digit match nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        signs.filter((text) => text.trim() !== ''),
        async (name) => {
          expect(await count(list, name)).toBe(0)
        },
      ),
      { numRuns: 30, examples: [['%'], ['_'], ['.'], ['-'], ['\\'], ['%%']] },
    )
  })

  test('that is empty or has only spaces match all', async () => {
    expect([await count(list, ''), await count(list, '  ')]).toEqual([1, 1])
  })

  // Names of authors are found by parts in any order.
  test.skipIf(list === 'authors')('with the wildcards of LIKE are literal', async () => {
    expect(await count(list, 'looms')).toBe(1)
    for (const name of ['l%oms', 'lo_ms', 'loo%s', 'l__ms', 'loom\\s'])
      expect(await count(list, name), name).toBe(0)
  })
})

/** A slug as people write it: capitals, other characters between the words, and around them. */
const spelled = (slug: string) =>
  fc
    .tuple(
      fc.constantFrom(' ', '-', '_', ' – ', '  ', '.'),
      fc.constantFrom('', ' ', '"'),
      fc.nat(),
    )
    .map(([between, around, capitals]) => {
      const letters = [...slug.replaceAll('-', between)]
      const cased = letters.map((one, i) => (capitals & (1 << (i % 30)) ? one.toUpperCase() : one))
      return `${around}${cased.join('')}${around}`
    })

const BY_SLUG: [field: string, slug: string][] = [
  ['topic(slug: $slug) { paperCount }', 'hand-looms'],
  ['venue(slug: $slug) { paperCount }', 'warp-and-weft'],
  ['institution(ref: $slug) { paperCount }', 'university-of-looms'],
  ...['topics', 'topicsAll', 'topicsWithin'].map((one): [string, string] => [
    `papers(filter: { ${one}: [$slug] }) { paperCount: totalCount }`,
    'hand-looms',
  ]),
  ['papers(filter: { venues: [$slug] }) { paperCount: totalCount }', 'warp-and-weft'],
  ['stats(filter: { venues: [$slug], topics: ["hand looms"] }) { paperCount }', 'warp-and-weft'],
  ['papers(filter: { institutions: [$slug] }) { paperCount: totalCount }', 'university-of-looms'],
]

test.each(BY_SLUG)('any case and form of a slug: %s', async (field, slug) => {
  const query = `query($slug: String!) { one: ${field} }`
  await fc.assert(
    fc.asyncProperty(spelled(slug), async (spelling) => {
      const { data } = await askWell<object>(t, query, { slug: spelling })
      expect(data).toEqual({ one: { paperCount: 1 } })
    }),
    { numRuns: 10, examples: [[slug], [slug.toUpperCase()]] },
  )
})

test.each([
  ['venues: ["Looms"]', 'did you mean "warp-and-weft"?'],
  ['venues: ["c&c"]', 'did you mean "warp-and-weft"?'],
  ['venues: ["warp-and-wefd"]', 'did you mean "warp-and-weft"?'],
  ['decisions: { venues: ["Wrap and Weft"] }', 'did you mean "warp-and-weft"?'],
  ['topics: ["shuttles & looms"]', 'did you mean "hand-looms"?'],
  ['venues: ["zzz"]', 'expected a slug of { venues'],
  ['institutions: ["University of Loms"]', 'did you mean "university-of-looms"?'],
  ['institutions: ["Zzyzx"]', 'expected a ROR id, a name, or a slug of { institutions'],
])('the error for a name that is not a slug suggests one: %s', async (filter, hint) => {
  const { errors } = await ask<object>(t, `{ papers(filter: { ${filter} }) { totalCount } }`)
  expect(errors[0]?.message).toContain(hint)
})

test('topics are found by their whole names in papers', async () => {
  for (const name of ['Hand Looms', 'hand-loom', 'shuttles'])
    expect(await count('topics', name)).toBe(1)
  expect(await count('topics', 'hand')).toBe(0)
})

test('punctuation in names of repositories is literal', async () => {
  expect(await count('repositories', 'we_v')).toBe(1)
  expect(await count('repositories', 'weav')).toBe(1)
  expect(await count('repositories', '/we')).toBe(2)
  for (const name of ['%', 'we%v', 'w__v', '\\', '*', '?'])
    expect(await count('repositories', name)).toBe(0)
})

test('nothing is suggested for punctuation alone', async () => {
  await fc.assert(
    fc.asyncProperty(
      signs.filter((text) => text.trim() !== ''),
      async (prefix) => {
        const query = 'query($prefix: String!) { suggest(prefix: $prefix) { label } }'
        expect((await askWell<object>(t, query, { prefix })).data).toEqual({ suggest: [] })
      },
    ),
    { numRuns: 30, examples: [['%'], ['_'], ['.']] },
  )
})
