import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { guardRecord } from '../../../src/import/guard.ts'
import { affiliationInList, nameInList } from '../../../src/import/names/names.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import { atLeast } from '../../helpers/thorough.ts'

/** Letters with an accent, and the LaTeX command and letter for each. */
const ACCENTED: [printed: string, command: string, letter: string][] = [
  ['é', "'", 'e'],
  ['ñ', '~', 'n'],
  ['ö', '"', 'o'],
  ['è', '`', 'e'],
  ['ê', '^', 'e'],
  ['í', "'", '\\i'],
  ['č', 'v', 'c'],
  ['ş', 'c', 's'],
  ['ğ', 'u', 'g'],
  ['ő', 'H', 'o'],
]

const accented = fc
  .tuple(fc.constantFrom(...ACCENTED), fc.constantFrom(0, 1, 2, 3))
  .map(([[printed, command, letter], way]) => {
    const apart = /[a-z]$/i.test(command) ? ' ' : ''
    const ways = [
      `\\${command}{${letter}}`,
      `{\\${command}{${letter}}}`,
      `{\\${command}${apart}${letter}}`,
      `\\${command}{${letter}}`,
    ]
    return { printed, latex: ways[way] ?? '' }
  })

const part = fc
  .tuple(fc.constantFrom('Mar', 'Kov', 'Gar', 'L'), accented, fc.constantFrom('k', 'ndra', 'l'))
  .map(([start, { printed, latex }, end]) => ({
    printed: `${start}${printed}${end}`,
    latex: `${start}${latex}${end}`,
  }))

test('LaTeX in names and affiliations of any list is read', () => {
  fc.assert(
    fc.property(part, part, (given, family) => {
      expect(nameInList(`${given.latex} ${family.latex}`)).toBe(
        `${given.printed} ${family.printed}`,
      )
      const affiliation = `Universit\\'e de ${family.latex}`
      expect(affiliationInList(affiliation)).toBe(`Université de ${family.printed}`)
    }),
    { numRuns: atLeast(200, 5000) },
  )
  expect(nameInList("Jos\\'{e} Garc{\\'\\i}a")).toBe('José García')
  expect(nameInList('\\v{C}ech M\\"uller')).toBe('Čech Müller')
  expect(nameInList('S{\\o}ren {\\L}ukasiewicz')).toBe('Søren Łukasiewicz')
  expect(nameInList('J.~Smith')).toBe('J. Smith')
})

const family = fc.constantFrom('Smith', 'Tolkien', 'Hampelbrecht', 'Öztürk', "O'Brien", 'Le Cun')
const initials = fc.array(fc.constantFrom('A', 'J', 'R', 'Ö'), { minLength: 1, maxLength: 3 })

test('initials joined to a word are separated', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('Fred', 'Jo', 'Ümit', 'Ann'),
      initials,
      family,
      (first, all, last) => {
        const joined = all.map((letter) => `${letter}.`).join('')
        expect(nameInList(`${joined}${last}`)).toBe(`${joined} ${last}`)
        expect(nameInList(`${first}${joined} ${last}`)).toBe(`${first} ${joined} ${last}`)
        expect(nameInList(`${first}${joined}${last}`)).toBe(`${first} ${joined} ${last}`)
      },
    ),
  )
})

describe('names that stay as printed', () => {
  test.each([
    ...['Ludwig McDonald', 'J. McD. Smith', 'DeAndre MacLeod', 'Ann Bee PhD', 'JoAnn Smith'],
    ...[
      'Shixiang (Shane) Gu',
      'William "Bill" Freeman',
      "O'Brien, T.",
      'Jean-Pierre Serre',
      'J.-P. Serre',
    ],
    ...['ATLAS Collaboration', 'TeX Users Group', '张伟', 'Дмитрий Щербатский'],
  ])('%s', (name) => {
    expect(nameInList(name)).toBe(name)
  })
  test.each([
    ...['3M Company', '1st Department of Surgery', 'École 42, Paris', 'C# Institute', 'MIT (USA)'],
    ...[
      '47533 Kleve',
      'Université Paris 1',
      'Inserm U1016',
      '中国科学院',
      'A. N. Whitehead Institute',
    ],
  ])('%s', (affiliation) => {
    expect(affiliationInList(affiliation)).toBe(affiliation)
  })
})

test('footnote marks and numbers are not part of an affiliation', () => {
  const sign = fc.constantFrom('*', '†', '‡', '§', '¶', '¹', ',*', ', †', '*,†', '²', '')
  const number = fc.constantFrom('1 ', '12 ', '1, ', '† ', '¹', '¹ ', '1,2 ', 'a ', '*', '')
  const place = fc.constantFrom('MIT', 'Stanford University', 'Université Paris 1', 'ETH Zürich')
  const one = fc.tuple(number, place, sign)
  fc.assert(
    fc.property(fc.array(one, { minLength: 1, maxLength: 3 }), (all) => {
      const printed = all.map((parts) => parts.join('')).join('; ')
      expect(affiliationInList(printed)).toBe(all.map(([, name]) => name).join('; '))
    }),
  )
})

test('every list is normalised here: the guard of records reads names and affiliations this way', () => {
  const authors = [
    { name: "Jos\\'{e} Garc{\\'\\i}a*", affiliation: '1 MIT†', identifiers: [] },
    { name: '*', affiliation: null, identifiers: [] },
  ]
  const guarded = guardRecord(paperRecord({ authors }))
  expect(guarded).toMatchObject({
    record: { authors: [{ name: 'José García', affiliation: 'MIT' }] },
    repairs: [],
  })
})
