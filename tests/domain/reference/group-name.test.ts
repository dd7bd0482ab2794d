import { describe, expect, test } from 'vitest'
import { nameParts } from '../../../src/bibliography/names.ts'
import { parsePersonName } from '../../../src/domain/identity/person-name.ts'
import { nameKey } from '../../../src/domain/record/title-key.ts'
import { isGroupName } from '../../../src/domain/reference/group-name.ts'
import { readText } from '../../helpers/reading.ts'

const FAMILIES = [
  'Council',
  'Society',
  'Foundation',
  'Center',
  'Group',
  'College',
  'School',
  'Lab',
  'Team',
]
const GIVEN = [
  'Mary',
  'Robert',
  'Otto',
  'Sharon A',
  'Jane Ann',
  'Peter',
  'S. A.',
  'Martina K.',
  'J.',
]

/** Given names that no table has: the test file checks that. */
const UNKNOWN = ['Xochitl', 'Qwilleran A.', 'SA']

/** Notations of formats for a family name and a given name. */
const FORMS: Record<string, (people: [family: string, given: string][]) => string> = {
  ris: (people) =>
    `TY  - JOUR\nTI  - T\n${people.map((one) => `AU  - ${one.join(', ')}\n`).join('')}ER  - \n`,
  bibtex: (people) =>
    `@article{k, title = {T}, author = {${people.map((one) => one.join(', ')).join(' and ')}}}`,
  csv: (people) => `Title,Authors\nT,"${people.map((one) => one.join(', ')).join('; ')}"\n`,
  'csl-json': (people) =>
    JSON.stringify([
      {
        id: 'k',
        type: 'article',
        title: 'T',
        author: people.map(([family, given]) => ({ family, given })),
      },
    ]),
  nbib: (people) =>
    `PMID- 1234567\nTI  - T\n${people.map((one) => `FAU - ${one.join(', ')}\n`).join('')}`,
}

describe('people whose family name is also a word for groups', () => {
  test.each(FAMILIES)('%s', (family) => {
    for (const given of GIVEN) {
      expect(isGroupName(nameKey(`${given} ${family}`))).toBe(false)
      expect(isGroupName(nameKey(`${family}, ${given}`))).toBe(false)
      expect(nameParts(`${given} ${family}`)).toMatchObject({ family, given })
      expect(parsePersonName(`${given} ${family}`)).toMatchObject({ family: family.toLowerCase() })
    }
  })

  test.each(Object.entries(FORMS))('in %s', async (format, fileOf) => {
    // These formats keep the family name beside the printed one.
    const isStated = /^(?:ris|bibtex|csl-json)$/.test(format)
    for (const given of isStated ? [...GIVEN, ...UNKNOWN] : GIVEN) {
      const people = FAMILIES.map((family): [string, string] => [family, given])
      const authors = (await readText(format, fileOf(people))).records[0]?.authors ?? []
      expect(authors.map(({ name }) => name)).toEqual(
        FAMILIES.map((family) => `${given} ${family}`),
      )
      expect(authors.map(({ name, familyName }) => nameParts(name, familyName))).toMatchObject(
        FAMILIES.map((family) => ({ family, given })),
      )
    }
  })
})

test.each([
  ...[
    'Carter Center',
    'Royal Society',
    'American Chemical Society',
    'Ford Foundation',
    'Media Lab',
  ],
  ...['Trinity College', 'Victoria College', 'Georgia Center', 'Wilson Center', 'U.S. Council'],
  ...['Robert Wood Johnson Foundation', 'Michael J. Fox Foundation', 'Loom Study Group', 'A Team'],
  ...[
    'Mary Research Group',
    'Research Council',
    'The Society',
    'Bill and Melinda Gates Foundation',
  ],
  ...['Council of Europe', 'Peter and Paul School', 'Mary Institute', 'Anna Network'],
])('%s is a group', (name) => {
  expect(isGroupName(nameKey(name))).toBe(true)
  expect(nameParts(name)).toEqual({ literal: name })
})

test.each([
  ['Society, Royal', 'Royal Society'],
  ['Society, American Chemical', 'American Chemical Society'],
  ['Center, National Cancer Research', 'National Cancer Research Center'],
  ['Group, Loom Study', 'Loom Study Group'],
  ['Foundation, Inc.', 'Foundation, Inc.'],
  ['Council of Looms, Committee on Silk', 'Council of Looms, Committee on Silk'],
])('a group with its last word first: %s', async (printed, shown) => {
  const { records } = await readText('ris', `TY  - JOUR\nTI  - T\nAU  - ${printed}\nER  - \n`)
  expect(records[0]?.authors).toMatchObject([{ name: shown }])
  expect(records[0]?.authors[0]?.familyName).toBeUndefined()
})
