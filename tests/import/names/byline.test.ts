import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { guardRecord } from '../../../src/import/guard.ts'
import {
  BYLINES,
  namesInByline,
  namesInField,
  ONE_NAME,
  WHOLE_BYLINE,
} from '../../../src/import/names/byline.ts'
import { nameOfInverted } from '../../../src/import/names/names.ts'
import { STRAYS } from '../../../src/import/names/strays.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import { namesOf, readText } from '../../helpers/reading.ts'
import { atLeast } from '../../helpers/thorough.ts'

const shownInField = (text: string, lost: string[]) =>
  namesInField(text, lost).map(({ name }) => name)

const GIVEN = ['Ann', 'Carl', 'Maria-Christina', 'Juan', 'Hiroshi', 'Helen']
const FAMILIES = [
  'Mavromichalaki',
  'Livada',
  'Papailiou',
  'Crosby',
  'Dierckxsens',
  'Drube',
  "O'Grady",
]
const person = fc.record({
  given: fc.constantFrom(...GIVEN),
  middle: fc.constantFrom('', ' B.', ' Eve'),
  family: fc.constantFrom(...FAMILIES),
})
type Person = { given: string; middle: string; family: string }
const people = fc.array(person, { minLength: 3, maxLength: 14 })

const spoken = ({ given, middle, family }: Person) => `${given}${middle} ${family}`
const initialsOf = ({ given, middle }: Person) =>
  `${given[0]}.${middle === '' ? '' : ` ${middle.trim()[0]}.`}`
const inverted = (one: Person) => `${one.family}, ${initialsOf(one)}`

/** Separators that people write before the last name of a byline. */
const LAST = fc.constantFrom(' and ', ', and ', ' & ', ', & ', ', ')
const OTHERS = fc.constantFrom('', ', et al.', ' et al', ', and others', ' et coll.', ' u.a.')

const joined = (names: string[], last: string, separator = ', ') =>
  `${names.slice(0, -1).join(separator)}${last}${names.at(-1)}`

describe('a byline in one field gives one author for each name', () => {
  test.each([
    ['in the order in which they are spoken', spoken, spoken],
    ['family name and initials', inverted, (one: Person) => `${initialsOf(one)} ${one.family}`],
  ])('%s', (_, printed, shown) => {
    fc.assert(
      fc.property(people, LAST, OTHERS, (all, last, others) => {
        const byline = joined(all.map(printed), last) + others
        const expected = all.map(shown)
        for (const form of [WHOLE_BYLINE, ONE_NAME]) {
          const lost: string[] = []
          const names = namesInByline(byline, form, lost)
          expect(names.map((name) => nameOfInverted(name))).toEqual(expected)
          expect(lost).toEqual([
            ...(others === '' ? [] : [STRAYS.others]),
            ...(form === ONE_NAME ? [BYLINES.separated] : []),
          ])
        }
      }),
      { numRuns: atLeast(300, 5000) },
    )
  })

  test('semicolons, and "and" before the last', () => {
    fc.assert(
      fc.property(people, fc.constantFrom(spoken, inverted), (all, printed) => {
        const byline = joined(all.map(printed), ' and ', '; ')
        expect(namesInByline(byline, WHOLE_BYLINE, [])).toEqual(all.map(printed))
      }),
    )
  })

  test.each([
    ['csv', (byline: string) => `Title,Authors,Year\nA study,"${byline}",2020\n`],
    [
      'bibtex',
      (byline: string) => `@article{k, title = {A study}, author = {${byline}}, year = 2020}`,
    ],
    ['ris', (byline: string) => `TY  - JOUR\nTI  - A study\nAU  - ${byline}\nER  - \n`],
    [
      'csl-json',
      (byline: string) =>
        JSON.stringify([
          { id: 'k', type: 'article', title: 'A study', author: [{ literal: byline }] },
        ]),
    ],
    [
      'endnote-xml',
      (byline: string) =>
        `<xml><records><record><ref-type name="Journal Article">17</ref-type><contributors><authors><author>${byline}</author></authors></contributors><titles><title>A study</title></titles></record></records></xml>`,
    ],
  ])('%s', async (format, fileOf) => {
    const names = ['Ann Bee', 'Carl Dee', 'Eve Fox', 'Guy Hay', 'Joe Kay']
    for (const last of [' and ', ', and ']) {
      const { records } = await readText(format, fileOf(joined(names, last)))
      expect(namesOf(records[0])).toEqual(names)
    }
  })
})

test('an ambiguous byline names nobody, and is reported', () => {
  for (const byline of ['Smith, Miller, Doe, Jones', 'Smith, John, Miller']) {
    const lost: string[] = []
    expect(namesInByline(byline, WHOLE_BYLINE, lost)).toEqual([])
    expect(lost).toEqual([BYLINES.unclear])
  }
})

test.each([
  [
    'Bee, Ann and Binan, Evans and Carl Dee and Fox, Eve',
    ['Bee, Ann', 'Binan, Evans', 'Carl Dee', 'Fox, Eve'],
  ],
  ['Bee, Ann, B. and Dee, Carl', ['Bee, Ann B.', 'Dee, Carl']],
  ['Fish, II, Sands A. and Nicole Hay', ['Fish, II, Sands A.', 'Nicole Hay']],
  ['Fish II, Sands A. and Nicole Hay', ['Fish II, Sands A.', 'Nicole Hay']],
])('a comma within a name: %s', (byline, names) => {
  expect(namesInByline(byline, { ...ONE_NAME, isAndSeparator: true }, [])).toEqual(names)
})

test('braces of BibTeX keep the name of a group together', async () => {
  const names = [
    'National Academies Of Sciences, Engineering, and Medicine',
    'Seattle Office and Budget of Management',
  ]
  const { records } = await readText(
    'bibtex',
    `@book{k, title = {T}, author = {${names.map((name) => `{${name}}`).join(' and ')}}}`,
  )
  expect(namesOf(records[0])).toEqual(names)
})

describe('one name stays one', () => {
  test.each([
    ['Barnes and Noble, Inc.', 'Barnes and Noble, Inc.'],
    ['Food and Agriculture Organization', 'Food and Agriculture Organization'],
    ['Centers for Disease Control and Prevention', 'Centers for Disease Control and Prevention'],
    ['U.S. Food and Drug Administration', 'U.S. Food and Drug Administration'],
    ['Johnson & Johnson', 'Johnson & Johnson'],
    ['ICARUS and SBND Collaborations', 'ICARUS and SBND Collaborations'],
    ['García López, Juan Carlos', 'Juan Carlos García López'],
    ['King, Martin Luther, Jr.', 'Martin Luther King Jr.'],
    ['King, Jr., Martin Luther', 'Martin Luther King Jr.'],
    ['Ventura, Christian Angelo, I', 'Christian Angelo Ventura I'],
    ['Gogh, Vincent, van', 'Vincent van Gogh'],
    ['Ortega y Gasset, José', 'José Ortega y Gasset'],
    ['Santiago Ramón y Cajal', 'Santiago Ramón y Cajal'],
    ['Di Bello, Francesco Armando', 'Francesco Armando Di Bello'],
    ['Null, Christopher', 'Christopher Null'],
    ['Zhang, Nan', 'Nan Zhang'],
    ['Li, Na', 'Na Li'],
    ['Smith, NA', 'NA Smith'],
    ['Na, Minsu', 'Minsu Na'],
  ])('%s', (text, shown) => {
    const lost: string[] = []
    expect(shownInField(text, lost)).toEqual([shown])
    expect(lost).toEqual([])
  })
})

describe('the number of DBLP is an identifier, and not part of the name', () => {
  const numbered = fc.record({
    given: fc.constantFrom('Deng', 'Minghao', 'Jörg', 'Ann B.'),
    family: fc.constantFrom('Cai', 'Chen', 'van der Berg', 'Müller'),
    number: fc.integer({ min: 1, max: 320 }).map((number) => String(number).padStart(4, '0')),
  })

  test('in any place', () => {
    fc.assert(
      fc.property(numbered, fc.constantFrom(0, 1, 2), ({ given, family, number }, way) => {
        const printed = [
          `${given} ${family} ${number}`,
          nameOfInverted(`${family} ${number}, ${given}`) ?? '',
          nameOfInverted(`${number}, ${given} ${family}`) ?? '',
        ][way]
        const value = `${given} ${family} ${number}`.replaceAll(' ', '_')
        const authors = [{ name: printed ?? '', affiliation: null, identifiers: [] }]
        const identifiers = [{ scheme: 'dblp_name', value }]
        expect(guardRecord(paperRecord({ authors }))).toMatchObject({
          record: { authors: [{ name: `${given} ${family}`, identifiers }] },
          repairs: [],
        })
      }),
    )
  })

  test.each([
    [
      'bibtex',
      '@article{k, title = {T}, author = {0001, Minghao Chen and Cai 0002, Deng and Deng Cai 0001}}',
    ],
    ['csv', 'Title,Authors\nT,"Minghao Chen 0001; Cai 0002, Deng; Deng Cai 0001"\n'],
    [
      'ris',
      'TY  - JOUR\nTI  - T\nAU  - Chen 0001, Minghao\nAU  - Cai, Deng 0002\nAU  - Deng Cai 0001\nER  - \n',
    ],
  ])('%s', async (format, text) => {
    const { records } = await readText(format, text)
    expect(
      records[0]?.authors.map(({ name, identifiers }) => [name, identifiers[0]?.value]),
    ).toEqual([
      ['Minghao Chen', 'Minghao_Chen_0001'],
      ['Deng Cai', 'Deng_Cai_0002'],
      ['Deng Cai', 'Deng_Cai_0001'],
    ])
  })

  test.each(['SciPy 1 0 Contributors', 'NA62 Collaboration', 'util3', '0002624', 'Class of 2001'])(
    '%s stays',
    (name) => {
      const authors = [{ name, affiliation: null, identifiers: [] }]
      expect(guardRecord(paperRecord({ authors }))).toMatchObject({ record: { authors } })
    },
  )
})

describe('parts that are not part of a name', () => {
  const name = fc.constantFrom('Sajise, Asa Jose U.', 'Bee, Ann', 'van der Berg, Jan')

  test('words for further people', () => {
    fc.assert(
      fc.property(name, OTHERS, (one, others) => {
        expect(shownInField(one + others, [])).toEqual([nameOfInverted(one)])
      }),
    )
    expect(shownInField('ANTCHEV, G. et al.', [])).toEqual(['G. ANTCHEV'])
    expect(shownInField('张伟 等', [])).toEqual(['张伟'])
    // Initials, and not "und andere".
    expect(shownInField('Smith, U. A.', [])).toEqual(['U. A. Smith'])
  })

  test('separators around it, which are reported', () => {
    const stray = fc.constantFrom(' and', ',', ';', ' &', ' and,', ', and')
    fc.assert(
      fc.property(name, stray, (one, sign) => {
        const lost: string[] = []
        expect(shownInField(one + sign, lost)).toEqual([nameOfInverted(one)])
        expect(lost).toEqual([STRAYS.separator])
      }),
    )
    expect(shownInField('and Bee, Ann', [])).toEqual(['Ann Bee'])
  })

  test.each([
    ['null, null', []],
    ['The Lancet, null', ['The Lancet']],
    ['Bee, undefined', ['Bee']],
    ['Bee, None', ['Bee']],
    ['Bee, N/A', ['Bee']],
    ['Zhang, nan', ['Zhang']],
    ['undefined, Ann', ['Ann']],
    ['NA, NA', []],
  ])('a text that states that it is missing: %s', (text, names) => {
    const lost: string[] = []
    expect(shownInField(text, lost)).toEqual(names)
    expect(lost).toEqual([STRAYS.missing])
  })

  test.each([
    ['null null', []],
    ['undefined undefined', []],
    ['nan', []],
    ['Ann null', ['Ann']],
    ['Christopher Null', ['Christopher Null']],
    ['Nan Zhang', ['Nan Zhang']],
    ['Ann Bee, Carl Dee, Eve Fox et al.', ['Ann Bee', 'Carl Dee', 'Eve Fox']],
  ])('in a list of whole names: %s', (stated, names) => {
    const authors = [{ name: stated, affiliation: null, identifiers: [] }]
    expect(guardRecord(paperRecord({ authors }))).toMatchObject({
      record: { authors: names.map((shown) => ({ name: shown })) },
    })
  })
})

describe('two apostrophes instead of two dots', () => {
  const letters = fc.constantFrom(['u', 'ü'], ['a', 'ä'], ['o', 'ö'])
  const forms = fc.constantFrom(
    (letter: string) => `\\''{${letter}}`,
    (letter: string) => `{\\''${letter}}`,
    (letter: string) => `{\\''{${letter}}}`,
    (letter: string) => `\\''${letter}`,
  )

  test('in any form of LaTeX, as a repair', async () => {
    await fc.assert(
      fc.asyncProperty(letters, letters, forms, async ([a, b], [c, d], form) => {
        const latex = `M${form(a ?? '')}hlh${form(c ?? '')}user`
        const { records, repairs } = await readText(
          'bibtex',
          `@article{k, title = {T}, author = {${latex}, Max and Bee, Ann}}`,
        )
        expect(namesOf(records[0])).toEqual([`Max M${b}hlh${d}user`, 'Ann Bee'])
        expect(repairs).toEqual([STRAYS.accent])
        const authors = [{ name: `Max ${latex}`, affiliation: null, identifiers: [] }]
        expect(guardRecord(paperRecord({ authors }))).toMatchObject({
          record: { authors: [{ name: `Max M${b}hlh${d}user` }] },
          repairs: [STRAYS.accent],
        })
      }),
    )
  })

  test('one apostrophe is an acute accent', async () => {
    const { records, repairs } = await readText(
      'bibtex',
      "@article{k, title = {T}, author = {G\\'{o}mez, Jos\\'e and G\\'omez, Ann}}",
    )
    expect(namesOf(records[0])).toEqual(['José Gómez', 'Ann Gómez'])
    expect(repairs).toEqual([])
  })
})

test('an ORCID iD that an entry states for several authors is reported once for each further one', () => {
  const author = (name: string, ...orcids: string[]) => ({
    ...{ name, affiliation: null },
    identifiers: orcids.map((value) => ({ scheme: 'orcid' as const, value })),
  })
  const repairsOf = (...authors: ReturnType<typeof author>[]) =>
    guardRecord(paperRecord({ authors }))
  const [one, other] = ['0000-0001-5109-3700', '0000-0002-1825-0097']
  const told = (orcid: string) => `the ORCID iD ${orcid} of several authors was left to the first`
  expect(repairsOf(author('Maria Rossetti', one), author('Kenji Takamura', one))).toMatchObject({
    repairs: [told(one)],
  })
  expect(
    repairsOf(
      author('A. Li', one),
      author('B. Li', other),
      author('C. Li', one),
      author('D. Li', other),
    ),
  ).toMatchObject({ repairs: [told(one), told(other)] })
  expect(
    repairsOf(author('Maria Rossetti', one, one), author('Kenji Takamura', other)),
  ).toMatchObject({ repairs: [] })
})

/** Beginnings of family names that look like initials. */
describe('families named after saints and places', () => {
  const FAMILY = [
    'St. Clair',
    'St. John',
    'Ste. Marie',
    'St John',
    'Mt. Pleasant',
    'Ft. Bee',
    'St. Bee',
  ]
  const GIVENS = [
    'Colleen Cassady',
    'Mary Ann',
    'Jean-Paul',
    'Jane Ann Eve',
    'A.',
    'M. A.',
    'MA',
    'Ann B.',
  ]

  test.each(FAMILY)('%s', async (last) => {
    for (const first of GIVENS) {
      const lost: string[] = []
      expect(shownInField(`${last}, ${first}`, lost)).toEqual([`${first} ${last}`])
      expect(shownInField(`${last}, ${first}, Jr.`, lost)).toEqual([`${first} ${last} Jr.`])
      expect(lost).toEqual([])
    }
  })

  test.each(['ris', 'bibtex', 'csv', 'csl-json'])('in %s', async (format) => {
    const names = FAMILY.map((family, i) => `${family}, ${GIVENS[i % 4]}`)
    const fileOf: Record<string, string> = {
      ris: `TY  - JOUR\nTI  - T\n${names.map((name) => `AU  - ${name}\n`).join('')}ER  - \n`,
      bibtex: `@article{k, title = {T}, author = {${names.join(' and ')}}}`,
      csv: `Title,Authors\nT,"${names.join('; ')}"\n`,
      'csl-json': JSON.stringify([
        {
          ...{ id: 'k', type: 'article', title: 'T' },
          author: FAMILY.map((family, i) => ({ family, given: GIVENS[i % 4] })),
        },
      ]),
    }
    const { records } = await readText(format, fileOf[format] ?? '')
    expect(namesOf(records[0])).toEqual(FAMILY.map((family, i) => `${GIVENS[i % 4]} ${family}`))
  })

  test('two people in one field are two', () => {
    expect(shownInField('A. St. Clair, C. Dee', [])).toEqual(['A. St. Clair', 'C. Dee'])
    expect(shownInField('Ph. Bee, Ch. Dee', [])).toEqual(['Ph. Bee', 'Ch. Dee'])
    expect(shownInField('St. Clair, A.; Mt. Pleasant, C.', [])).toEqual([
      ...['A. St. Clair', 'C. Mt. Pleasant'],
    ])
  })
})

describe('a last initial is not a generation', () => {
  const INITIALS = ['A.', 'Yu', 'A. B.', 'AB', 'Zh.', 'A', 'A.-B.']
  const LETTERS = ['V', 'I', 'V.', 'I.', 'K', 'K.', 'X']

  test.each(INITIALS)('after %s', (initials) => {
    for (const letter of LETTERS)
      for (const family of ['Kuchin', 'Enina', 'van Dyke']) {
        const lost: string[] = []
        const shown = `${initials} ${letter} ${family}`
        expect(shownInField(`${family}, ${initials} ${letter}`, lost)).toEqual([shown])
        expect(shownInField(`${family}, ${initials}, ${letter}`, lost)).toEqual([shown])
        expect(nameOfInverted(`${family}, ${initials}, ${letter}`)).toBe(shown)
        expect(lost).toEqual([])
      }
  })

  test.each(['I', 'II', 'III', 'IV', 'V', 'Jr.'])('a spelt-out name has one: %s', (last) => {
    expect(shownInField(`Lee, Robert E, ${last}`, [])).toEqual([`Robert E Lee ${last}`])
  })

  test.each(['II', 'III', 'IV', 'Jr.'])('and so have initials: %s', (last) => {
    expect(shownInField(`Lee, R. E., ${last}`, [])).toEqual([`R. E. Lee ${last}`])
  })

  test('in a table', async () => {
    const { records } = await readText('csv', 'Title,Authors\nT,"Kuchin, A., V; Enina, Yu, I"\n')
    expect(namesOf(records[0])).toEqual(['A. V Kuchin', 'Yu I Enina'])
  })
})
