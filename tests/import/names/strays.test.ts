import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { guardRecord } from '../../../src/import/guard.ts'
import { BYLINES, namesInField } from '../../../src/import/names/byline.ts'
import { authorNamed } from '../../../src/import/names/names.ts'
import { STRAYS } from '../../../src/import/names/strays.ts'
import { namesInBibtex } from '../../../src/import/sources/bibtex-names.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import { namesOf, readText } from '../../helpers/reading.ts'

const GIVEN = ['Ann', 'Luis', 'Maria', 'Jörg']
const FAMILIES = ['Bee', 'Nickson', 'Müller', 'García López']
const person = fc.record({ given: fc.constantFrom(...GIVEN), family: fc.constantFrom(...FAMILIES) })
type Person = { given: string; family: string }
const spoken = ({ given, family }: Person) => `${given} ${family}`
const inverted = ({ given, family }: Person) => `${family}, ${given}`

async function namesInCell(cell: string) {
  const { records } = await readText('csv', `Title,Authors\nA paper,"${cell}"\n`)
  return namesOf(records[0])
}

/** The names of a record in the catalogue, from the source's names. */
function stored(names: string[]) {
  const guarded = guardRecord(paperRecord({ authors: names.flatMap(authorNamed) }))
  if (!('record' in guarded)) throw new Error(guarded.reason)
  return { names: guarded.record.authors.map(({ name }) => name), repairs: guarded.repairs }
}

describe('degrees after a name are not part of it, nor a person', () => {
  const degrees = fc
    .uniqueArray(
      fc.constantFrom('MA', 'MBA', 'MSc', 'PhD', 'Ph.D.', 'MD', 'MPH', 'RN', 'DPhil', 'M.D.', 'BS'),
      { minLength: 1, maxLength: 3 },
    )
    .map((list) => list.join(', '))
  const titled = fc.array(fc.tuple(person, degrees), { minLength: 2, maxLength: 4 })

  test('in a field of one name', () => {
    const rare = namesInField('Nickson, Alicen, MA, MBA, MSc', [])
    expect(rare.map(({ name }) => name)).toEqual(['Alicen Nickson'])
    fc.assert(
      fc.property(person, degrees, (one, behind) => {
        for (const form of [inverted, spoken]) {
          const lost: string[] = []
          const read = namesInField(`${form(one)}, ${behind}`, lost).map(({ name }) => name)
          expect({ read, lost }).toEqual({ read: [spoken(one)], lost: [BYLINES.degree] })
        }
        expect(stored([`${spoken(one)}, ${behind}`])).toEqual({
          ...{ names: [spoken(one)], repairs: [BYLINES.degree] },
        })
      }),
    )
  })

  test('in a cell with all names', async () => {
    await fc.assert(
      fc.asyncProperty(titled, async (people) => {
        const names = people.map(([one]) => spoken(one))
        const listed = (form: (one: Person) => string, separator: string) =>
          namesInCell(people.map(([one, behind]) => `${form(one)}, ${behind}`).join(separator))
        expect(await listed(spoken, '; ')).toEqual(names)
        expect(await listed(inverted, '; ')).toEqual(names)
        expect(await listed(spoken, ', ')).toEqual(names)
      }),
      { numRuns: 30 },
    )
  })

  test.each([
    ['Smith, MA', 'MA Smith'],
    ['Garcia Lopez, MS', 'MS Garcia Lopez'],
    ['Smith, Ed D', 'Ed D Smith'],
    ['Ma, Yo-Yo', 'Yo-Yo Ma'],
    ['Papadopoulou, Th.D.', 'Th.D. Papadopoulou'],
    ['García López, Ed.D.', 'Ed.D. García López'],
    ['Bee, Ann, B.', 'Ann B. Bee'],
  ])('initials are not degrees: %s', (text, name) => {
    const lost: string[] = []
    expect(namesInField(text, lost).map((one) => one.name)).toEqual([name])
    expect(lost).toEqual([])
  })

  test('initials of several people are not degrees', async () => {
    expect(await namesInCell('Smith, MA, Jones, B., Dee, MS')).toEqual([
      ...['MA Smith', 'B. Jones', 'MS Dee'],
    ])
  })
})

describe('additions to a name', () => {
  test.each(['…', '...', ' …', ', …', '; ...'])(
    'an ellipsis truncates the byline: %s',
    async (end) => {
      const { records, repairs } = await readText(
        'csv',
        `Title,Authors\nA paper,"A Bee, C Dee, E Fox${end}"\n`,
      )
      expect(namesOf(records[0])).toEqual(['A Bee', 'C Dee', 'E Fox'])
      expect(repairs).toEqual([STRAYS.cut])
      expect(stored([`E Fox${end}`])).toEqual({ names: ['E Fox'], repairs: [STRAYS.cut] })
    },
  )

  const OTHERS = ['et al.', 'et al', 'and others', 'others', '(et al.)', 'et alii', 'etc.', 'и др.']
  const json = (names: unknown[], title = 'A paper') =>
    JSON.stringify([{ title, authors: names, year: 2020 }])
  const FORMS: Record<string, (others: string) => [format: string, text: string]> = {
    'a list of BibTeX': (others) => [
      'bibtex',
      `@article{a, title={A paper}, author={Bee, Ann and ${others.replace('and ', '')}}}`,
    ],
    'a name of BibTeX': (others) => [
      'bibtex',
      `@article{a, title={A paper}, author={Ann Bee, ${others}}}`,
    ],
    RIS: (others) => [
      'ris',
      `TY  - JOUR\nAU  - Bee, Ann\nAU  - ${others}\nTI  - A paper\nER  - \n`,
    ],
    'CSL-JSON': (others) => [
      'csl-json',
      JSON.stringify([
        {
          ...{ id: 'a', type: 'article-journal', title: 'A paper' },
          author: [{ family: 'Bee', given: 'Ann' }, { literal: others }],
        },
      ]),
    ],
    'the family name of CSL-JSON': (others) => [
      'csl-json',
      JSON.stringify([
        {
          ...{ id: 'a', type: 'article-journal', title: 'A paper' },
          author: [{ family: 'Bee', given: 'Ann' }, { family: others }],
        },
      ]),
    ],
    'a cell': (others) => ['csv', `Title,Authors\nA paper,"Ann Bee; ${others}"\n`],
    'a list of JSON': (others) => ['json-list', json(['Ann Bee', others])],
  }
  test.each(Object.keys(FORMS).flatMap((form) => OTHERS.map((others) => [form, others] as const)))(
    'words for further people are removed, and a repair reports it: %s, %s',
    async (form, others) => {
      const { records, repairs } = await readText(...(FORMS[form]?.(others) ?? ['', '']))
      expect(namesOf(records[0])).toEqual(['Ann Bee'])
      expect(records[0]).toMatchObject({ hasMoreAuthors: true })
      expect(repairs).toEqual([STRAYS.others])
    },
  )

  test.each(['Ann Other', 'Etta Alan', 'Et Alba', 'Bethany Others-Smith'])(
    'a name is not an addition: %s',
    (name) => {
      expect(stored([name])).toEqual({ names: [name], repairs: [] })
    },
  )

  test.each(['- ', '– ', '— ', '• ', 'Dr ', 'Prof. Dr. '])('%j is not part of it', async (sign) => {
    const group = 'The Odd Genomics UK (OG-UK) consortium'
    const name = /\p{L}/u.test(sign) ? 'Ann Bee' : group
    expect(await namesInCell(`Emma Moore; ${sign}${name}`)).toEqual(['Emma Moore', name])
    expect(stored([`${sign}${name}`]).names).toEqual([name])
  })

  test('"null" is removed too, also before initials', async () => {
    expect(await namesInCell('null Dr Sudha L K; null Ajay R; Neetha Das')).toEqual([
      ...['L K Sudha', 'R Ajay', 'Neetha Das'],
    ])
  })

  test.each([
    ['埃伯哈德$\\bullet$蔡德勒', '埃伯哈德·蔡德勒'],
    ['列夫$\\cdot$托尔斯泰', '列夫·托尔斯泰'],
    ['Ann Bee$^{1,2}$', 'Ann Bee'],
    ['Ann Bee$^*$', 'Ann Bee'],
    ['Ann Bee$\\dagger$', 'Ann Bee'],
    ["Ji\\v{r}{\\'\\i} Klime$\\check{s}$", 'Jiří Klimeš'],
    ['Ren$\\acute{e}$ Dee', 'René Dee'],
  ])('a formula in it is read: %s', (latex, name) => {
    expect(namesInBibtex(latex, []).map((one) => one.name)).toEqual([name])
    expect(stored([latex]).names).toEqual([name])
  })
})

describe('an entity of a letter without its semicolon', () => {
  const letters = [
    ...['uuml:ü', 'eacute:é', 'ccedil:ç', 'oslash:ø', 'Aring:Å', 'ntilde:ñ', 'egrave:è'],
    ...['ocirc:ô', 'szlig:ß', 'aelig:æ'],
  ]
  test('is the letter, and its semicolon separates no names', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...letters),
        fc.constantFrom('ger', 'e', 'mann'),
        fc.constantFrom(';', ''),
        async (pair, end, semicolon) => {
          const [name = '', letter] = pair.split(':')
          const entity = `&${name}${semicolon}`
          const cell = `Lisa J. Kr${entity}${end}; Frank Tobian; Fran${entity}ois Gueyffier`
          expect(await namesInCell(cell)).toEqual([
            ...[`Lisa J. Kr${letter}${end}`, 'Frank Tobian', `Fran${letter}ois Gueyffier`],
          ])
          const { records } = await readText(
            'bibtex',
            `@article{a, title={Kr${entity}${end} maps}, author={Kr${entity}${end}, Lisa and Tobian, Frank}}`,
          )
          expect(records[0]?.title).toBe(`Kr${letter}${end} maps`)
          expect(namesOf(records[0])).toEqual([`Lisa Kr${letter}${end}`, 'Frank Tobian'])
        },
      ),
      { numRuns: 40 },
    )
  })

  test('other characters "&" stay', async () => {
    expect(await namesInCell('Ann Bee; Q&A Group; Carl Dee')).toEqual([
      ...['Ann Bee', 'Q&A Group', 'Carl Dee'],
    ])
  })
})

describe('several full names that a source takes for one', () => {
  const names = fc.uniqueArray(
    fc.constantFrom('Jun Guo', 'Jinmian Li', 'Tianjun Li', 'Andrea Rossi', 'Luis Hernandez'),
    { minLength: 2, maxLength: 5 },
  )
  test('are several people', async () => {
    await fc.assert(
      fc.asyncProperty(names, fc.constantFrom('{', '"{'), async (people, open) => {
        const close = open === '{' ? '}' : '}"'
        const { records, repairs } = await readText(
          'bibtex',
          `@article{a, title={T}, author=${open === '{' ? '{{' : open}${people.join(' and ')}${open === '{' ? '}}' : close}}`,
        )
        expect(namesOf(records[0])).toEqual(people)
        expect(repairs).toEqual([BYLINES.separated])
      }),
      { numRuns: 30 },
    )
    expect(stored(['M. Alfano L. Pagnotta, G.H. Paulino']).names).toEqual([
      ...['M. Alfano', 'L. Pagnotta', 'G.H. Paulino'],
    ])
  })

  test.each([
    'Barnes and Noble',
    'NASA and ESA',
    'Johns Hopkins University and Duke University',
    'Ernst and Young',
    'Johnson & Johnson',
    'Eli Lilly and Merck Sharp',
    'Energy and Buildings Group',
    'Trinidad and Tobago',
    'Procter and Gamble Health',
    'J. Carlos S. Mendes',
  ])('one name stays one: %s', (name) => {
    expect(stored([name])).toEqual({ names: [name], repairs: [] })
  })
})
