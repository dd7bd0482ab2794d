import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NO_NAMES } from '../../../src/import/sources/json-list.ts'
import { idsOf, namesOf, readText } from '../../helpers/reading.ts'

const list = (...entries: object[]) => JSON.stringify(entries)

const names = fc.uniqueArray(
  fc.constantFrom('Grace Hopper', 'Alan M. Turing', 'Ada Lovelace', 'Jun Guo', 'Müller, Jörg'),
  { minLength: 1, maxLength: 4 },
)
const shown = (name: string) => name.split(', ').toReversed().join(' ')

test('bylines are read in all shapes that programs write', async () => {
  const byline = fc.constantFrom<(people: string[]) => unknown>(
    (people) => people,
    (people) => people.map((name) => ({ name })),
    (people) => people.join('; '),
    (people) =>
      people.map((name) => {
        const [given, family] = shown(name).split(/ (?=\S+$)/)
        return { family, given }
      }),
  )
  const key = fc.constantFrom('author', 'authors', 'Authors')
  const more = fc.constantFrom<object>(
    ...[
      { year: 2016 },
      { year: '2016', doi: '10.5555/a' },
      { abstract: 'Text', ee: 'https://a.de/a.pdf' },
    ],
  )
  await fc.assert(
    fc.asyncProperty(names, key, byline, more, async (people, name, write, beside) => {
      const entry = { title: 'A paper', [name]: write(people), ...beside }
      const { records, repairs } = await readText(
        'json-list',
        list({ ...entry, year: 2016, [name]: ['A Bee'] }, entry).replaceAll(
          `"Authors"`,
          `"authors"`,
        ),
      )
      expect(namesOf(records[1])).toEqual(people.map(shown))
      expect(repairs).toEqual([])
    }),
    { numRuns: 40 },
  )
})

test('other values are read like those of a table, and unknown ones are reported', async () => {
  const { records, repairs } = await readText(
    'json-list',
    list({
      ...{ title: 'A paper', authors: ['Grace Hopper'], year: '2019', doi: '10.5555/a' },
      ...{ url: 'https://example.org/a', ee: 'https://example.org/a.pdf', pages: '25-32' },
      ...{ abstract: 'An abstract.', keywords: ['odd tunes', 'even tunes'], venue: 'ISMIR' },
      ...{ zenodo_id: 5, session: { position: 'A' }, dblp_key: null },
    }),
  )
  expect(records[0]).toMatchObject({
    ...{ title: 'A paper', abstract: 'An abstract.', landingUrl: 'https://example.org/a' },
    ...{ pdfUrl: 'https://example.org/a.pdf', published: { on: '2019-01-01', precision: 'year' } },
    ...{ publication: { pages: '25–32' }, keywords: ['odd tunes', 'even tunes'] },
  })
  expect(idsOf(records[0])).toEqual(['doi:10.5555/a'])
  expect(repairs).toEqual(['keys that are not read: zenodo_id, session'])
})

test.each([
  ...[[[5]], [{ first: 'Grace' }], [[{ first: 'Grace' }]]].map(([author]) => ({ author })),
  ...[{ author: '…' }, { author: ['et al.'] }],
])('an empty byline is reported: %j', async (stated) => {
  const good = { title: 'Another', author: ['Ada Lovelace'], year: 2016 }
  const { records, repairs } = await readText(
    'json-list',
    list(good, { title: 'A paper', ...stated, year: 2016 }),
  )
  expect(records[1]?.authors).toEqual([])
  expect(repairs.some((told) => told === NO_NAMES || /^author is neither/.test(told))).toBe(true)
})
