import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BYLINES, namesInByline, WHOLE_BYLINE } from '../../../src/import/names/byline.ts'
import { namesOf, readText } from '../../helpers/reading.ts'

const read = (byline: string, separator: 'comma' | 'other' | null = null) => {
  const lost: string[] = []
  return { names: namesInByline(byline, { ...WHOLE_BYLINE, separator }, lost), lost }
}

const cell = (text: string) => `"${text}"`
const tableOf = (...bylines: string[]) =>
  `Title,Authors\n${bylines.map((byline, i) => `Paper ${i},${cell(byline)}\n`).join('')}`

/** Given names that are not family names, family names that are not given names, and names on no list. */
const GIVEN = ['Mary', 'Dusan', 'Andrea', 'Jie', 'Luis', 'Andrew', 'Maria Eve', 'Ann B.']
const FAMILIES = ['Smith', 'Zhang', 'Cao', 'Hernandez', 'Santos', 'Wu']
const RARE = ['Sadegh', 'Yaoxin', 'Zhiguang', 'Guriel', 'Mirshekarian', 'Sormaz', 'Whinston']
const given = fc.constantFrom(...GIVEN)
const family = fc.constantFrom(...FAMILIES)
const known = fc.tuple(given, family).map((words) => words.join(' '))
const rare = fc
  .tuple(fc.constantFrom(...GIVEN, ...RARE), fc.constantFrom(...FAMILIES, ...RARE))
  .map((words) => words.join(' '))

describe('two names with one comma between them, in one cell', () => {
  test('are two people if their names show it', () => {
    fc.assert(
      fc.property(known, known, (one, two) => {
        expect(read(`${one}, ${two}`)).toEqual({ names: [one, two], lost: [] })
      }),
    )
  })

  test('are never one if they do not show it, except in a column with other separators of names', () => {
    fc.assert(
      fc.property(rare, rare, (one, two) => {
        expect(read(`${one}, ${two}`).names).toEqual([one, two])
        expect(read(`${one}, ${two}`, 'comma')).toEqual({ names: [one, two], lost: [] })
      }),
    )
    expect(read('Yongliang Kwe, Guriel Xabo').lost).toEqual([BYLINES.doubtful])
    expect(read('Yongliang Kwe, Guriel Xabo', 'other')).toEqual({
      ...{ names: ['Yongliang Kwe, Guriel Xabo'], lost: [] },
    })
  })

  test('are one person, family name first, if both show it', () => {
    const families = fc.tuple(family, family).map((words) => words.join(' '))
    const givens = fc.constantFrom('Maria Jose', 'Luis Andrew', 'Ann Maria', 'Maria J.', 'Ann E')
    const printed = fc.constantFrom('', 'de la ', 'van der ')
    fc.assert(
      fc.property(printed, families, givens, (particle, last, first) => {
        const one = `${particle}${last}, ${first}`
        expect(read(one)).toEqual({ names: [one], lost: [] })
      }),
    )
  })

  test('four names are not two, as four family and given names in pairs are', () => {
    fc.assert(
      fc.property(fc.tuple(known, known, rare, rare), (names) => {
        expect(read(names.join(', ')).names).toEqual(names)
      }),
    )
    expect(read('Garcia Santos, Maria Jose, Smith Wu, Luis Andrew').names).toEqual([
      ...['Garcia Santos, Maria Jose', 'Smith Wu, Luis Andrew'],
    ])
  })

  test('a generation follows a name, and does not precede a given one', () => {
    expect(read('Robert Logan IV, Ivana Balazevic').names).toHaveLength(2)
    expect(read('Antonio Laverghetta Jr., John Licato').names).toHaveLength(2)
    expect(read('Fish II, Sands A.').names).toHaveLength(1)
  })

  test('other rows of the table decide', async () => {
    const doubtful = 'Yongliang Kwe, Guriel Xabo'
    const of = async (...others: string[]) => {
      const { records, repairs } = await readText('csv', tableOf(doubtful, ...others))
      return [namesOf(records[0]), repairs]
    }
    expect(await of('Ann Bee, Carl Dee, Eve Fox')).toEqual([doubtful.split(', '), []])
    expect(await of('Bee, Ann; Dee, Carl')).toEqual([['Guriel Xabo Yongliang Kwe'], []])
    expect(await of()).toEqual([doubtful.split(', '), [BYLINES.doubtful]])
  })
})

describe('family names with initials behind them', () => {
  const INITIALS = ['A', 'B.', 'AB', 'V.', 'I', 'L.A.P.J.', 'P.J.G.', 'A.-B.', 'Yu.A.', 'II', 'IV']
  const NAMES = ['Smith', 'Walter', 'Osei-Kyei', 'Sanchez-Artigas', 'Tam', 'Martin', 'Lee']
  const name = fc.record({ last: fc.constantFrom(...NAMES), first: fc.constantFrom(...INITIALS) })

  test.each(['Scopus', 'PubMed'])('of %s', async (program) => {
    await fc.assert(
      fc.asyncProperty(fc.array(name, { minLength: 1, maxLength: 5 }), async (people) => {
        const byline = people.map(({ last, first }) => `${last} ${first}`).join(', ')
        const text =
          program === 'Scopus'
            ? `Authors,Author(s) ID,Title\n"${byline}","${people.map((_, i) => i).join(';')}",T\n`
            : `PMID,Title,Authors,Citation\n1,T,"${byline}",C\n`
        // Without numbers beside them, two letters that look like a generation stay a generation.
        const told = people.every(({ first }) => program === 'Scopus' || !/^(?:I+|Yu)/.test(first))
        fc.pre(told)
        const { records } = await readText('csv', text)
        expect(namesOf(records[0])).toEqual(people.map(({ last, first }) => `${first} ${last}`))
      }),
      { numRuns: 60 },
    )
  })

  test('the full stop ends a list', async () => {
    const { records } = await readText('csv', tableOf('Smith A, Walter B.', 'Lim SM, Lau YM.'))
    expect(records.map(namesOf)).toEqual([
      ['A Smith', 'B. Walter'],
      ['SM Lim', 'YM Lau'],
    ])
  })

  test('a generation and a degree are not initials', async () => {
    const { records } = await readText('csv', tableOf('Ann Bee III; Carl Dee PhD; Eve Fox Ph.D.'))
    expect(namesOf(records[0])).toEqual(['Ann Bee III', 'Carl Dee', 'Eve Fox'])
  })

  test('pairs with numbers of their authors', async () => {
    const { records } = await readText(
      'csv',
      'Authors,Author(s) ID,Title\n"Bee, A., Dee, C.M.","1;2",T\n"Garcia Kwe, Guriel Xabo",7,U\n',
    )
    expect(records.map(namesOf)).toEqual([['A. Bee', 'C.M. Dee'], ['Guriel Xabo Garcia Kwe']])
  })
})

describe('between semicolons, a separate initial is part of the name', () => {
  test.each(['van Dijk', 'Dijk', 'de la Cruz', 'Garcia Lopez', 'Osei-Kyei'])(
    '%s',
    async (family) => {
      for (const given of ['Joris', 'Ann', 'Guriel', 'Jean-Paul']) {
        const printed = `Bee,Ann;${family},${given},D.;Fox,Eve B.`
        const { records, repairs } = await readText('csv', tableOf(printed))
        expect(namesOf(records[0])).toEqual(['Ann Bee', `${given} D. ${family}`, 'Eve B. Fox'])
        expect(repairs).toEqual([])
      }
    },
  )
})
