import { describe, expect, test } from 'vitest'
import { nameBlock } from '../../../src/domain/identity/name-block.ts'
import { fitNames } from '../../../src/domain/identity/name-fit.ts'
import { parsePersonName } from '../../../src/domain/identity/person-name.ts'

function fitOf(a: string, b: string) {
  const [one, other] = [parsePersonName(a), parsePersonName(b)]
  if (!one || !other) throw new Error(`${a} or ${b} is not the name of a person`)
  return fitNames(one, other)
}

function expectOne(one: string, other: string): void {
  expect([one, other, fitOf(one, other)]).not.toEqual([one, other, null])
  expect(fitOf(other, one)).toBe(fitOf(one, other))
  expect([one, other, nameBlock(one, 2)]).toEqual([one, other, nameBlock(other, 2)])
  expect(nameBlock(one, 2)).not.toBe('')
}

const COUNTRIES: [families: string, given: string][] = [
  [
    'Kovácsházy Szentgyörgyi Kecskeméthy Bánffy Zichyfalvi Nagyváry',
    'László Árpád Ilona Zsófia György Tamás',
  ],
  ['Otsubo Ōtsubo Kurebayashi Mukaigawa Mizutani Hirakawa', 'Shotaro Hiroshi Mayumi Kenji Satoshi'],
]

describe('a rare family name before a given name of its country alone', () => {
  test.each(COUNTRIES)('%s', (families, given) => {
    for (const family of families.split(' '))
      for (const first of given.split(' ')) {
        expectOne(`${family} ${first}`, `${first} ${family}`)
        expectOne(`${family} ${first}`, `${[...first][0]}. ${family}`)
        expectOne(`${family}, ${first}`, `${first} ${family}`)
      }
  })

  test.each([
    ...[
      'Thomas László',
      'Ervin László',
      'Ilona Kecskeméthy',
      'Péter Árpád',
      'Maria Ilona',
      'Emily Tibor',
    ],
    ...['Mario Hiroshi', 'Yumeko Satoshi', 'Kosei Makoto', 'Sakura Hiroshi', 'Rosa Hiroshi'],
  ])('%s stays as printed', (name) => {
    expect(parsePersonName(name)?.family).toBe(
      parsePersonName(`${name.split(' ')[1]}, ${name.split(' ')[0]}`)?.family,
    )
  })
})

describe('three given names of Vietnam, with the family name first or last, and the given name before or after the middle names', () => {
  test.each([
    ['Nguyễn', 'Thị Bích', 'Ngọc'],
    ['Trần', 'Thị Kim', 'Oanh'],
    ['Phạm', 'Văn', 'Hùng'],
    ['Hoàng', 'Thị Minh', 'Nguyệt'],
    ['Đặng', 'Thị Diễm', 'Hạnh'],
  ])('%s %s %s', (family, middle, given) => {
    const plain = (name: string) => name.normalize('NFD').replace(/\p{M}/gu, '').replace('Đ', 'D')
    const ways = [
      `${family} ${middle} ${given}`,
      `${middle} ${given} ${family}`,
      `${given} ${middle} ${family}`,
    ]
    for (const one of ways) for (const other of ways) expectOne(one, plain(other))
  })
})

test.each([
  ['Ελένη Παπαδοπούλου-Κρητικού', 'Eleni Papadopoulou-Kritikou'],
  ['Ελένη Παπαδοπούλου-Κρητικού', 'E. Papadopoulou'],
  ['Ευάγγελος Παπαδόπουλος', 'Evangelos Papadopoulos'],
  ['Анна Римская-Корсакова', 'Anna Rimskaya-Korsakova'],
])('%s is %s in Latin letters, also with a hyphen', expectOne)

describe('names in capitals', () => {
  test.each([
    ['KOVÁCS LÁSZLÓ', 'László Kovács'],
    ['LÁSZLÓ KOVÁCS', 'László Kovács'],
    ['ÅKERLIND ANDERS', 'Anders Åkerlind'],
    ['ANDERS ÅKERLIND', 'Anders Åkerlind'],
    ['TANAKA HIROSHI', 'Hiroshi Tanaka'],
    ['OTSUBO SHOTARO', 'Shotaro Otsubo'],
  ])('%s is %s, in the order that the given name shows', expectOne)

  test.each(['NASA JPL', 'LI W', 'SMITH JA'])(
    '%s may be in either order or not a person, and is not compared by imports',
    (name) => expect(nameBlock(name, 2)).toBe(''),
  )
})
