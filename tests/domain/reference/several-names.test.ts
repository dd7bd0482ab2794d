import { describe, expect, test } from 'vitest'
import { severalNames } from '../../../src/domain/reference/several-names.ts'

const NAMES = [
  ...['Jun Zhang', 'Yang Liu', 'Zhang, J.', 'Liu, Yang', 'J. Zhang', 'Smith JA', 'Ana de la Torre'],
  ...['Anne-Marie O’Neill', 'José Ortega y Gasset', 'Łukasz Żak', '李 明'],
]
const SIGNS = [' and ', '; ', ';', ' & ', ', and ', ' AND ']

describe('several people', () => {
  const of = NAMES.filter((name) => !/李/.test(name))
  const pairs = of.flatMap((one) => of.map((other) => [one, other] as const))
  test.each(SIGNS)('are separated by "%s"', (sign) => {
    for (const [one, other] of pairs)
      expect(severalNames(`${one}${sign}${other}`)).toEqual([one, other])
  })

  test('are separated in lists', () => {
    expect(severalNames('Jun Zhang, Yang Liu and Wei Wang')).toEqual([
      ...['Jun Zhang', 'Yang Liu', 'Wei Wang'],
    ])
    expect(severalNames('Zhang, J. K.; Liu, Y.; Wang, W.')).toEqual([
      ...['Zhang, J. K.', 'Liu, Y.', 'Wang, W.'],
    ])
  })
})

test.each([
  ...NAMES,
  ...[
    'Castro and Silva',
    'Maria Castro and Silva',
    'José Ortega y Gasset',
    'Ortega y Gasset, José',
  ],
  ...[
    'Andrew Anderson',
    'Jun Zhang and others',
    'Jun Zhang et al.',
    'Sandy & Co',
    'R & D',
    'Department of Statistics and Machine Learning',
    ';',
    'and',
  ],
])('"%s" is not several people', (text) => {
  expect(severalNames(text)).toBeNull()
})
