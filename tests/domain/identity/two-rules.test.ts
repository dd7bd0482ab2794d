import { memoize } from 'es-toolkit'
import { describe, expect, test } from 'vitest'
import {
  keysOf,
  likeNames,
  nameBlock,
  printedBlocks,
} from '../../../src/domain/identity/name-block.ts'
import { fitNames } from '../../../src/domain/identity/name-fit.ts'
import { parsePersonName } from '../../../src/domain/identity/person-name.ts'

interface Printed {
  given: string[]
  family: string
}

/** One way of printing a name differently; returns the same name if it is already printed so. */
type Rule = (name: Printed) => Printed

const eachWord =
  (change: (word: string) => string): Rule =>
  ({ given, family }) => ({ given: given.map(change), family: change(family) })
const ofGiven =
  (change: (given: string[]) => string[]): Rule =>
  ({ given, family }) => ({ given: change(given), family })
const ofFamily =
  (change: (family: string) => string): Rule =>
  ({ given, family }) => ({ given, family: change(family) })

const SPELT_OUT: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe', å: 'aa' }
const UMLAUT = /[äöüøåÄÖÜØÅ]/g
const inCapitals = (word: string) => word === word.toUpperCase()
const capitalised = (word: string) =>
  inCapitals(word) && word.length > 2
    ? word
    : word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()
const speltOut = (letter: string) => {
  const spelt = SPELT_OUT[letter.toLowerCase()] ?? letter
  return letter === letter.toLowerCase() ? spelt : capitalised(spelt)
}
const initialOf = (word: string) => `${word.charAt(0)}.`
const parted = (word: string) => word.split('-')

const RULES: Record<string, Rule> = {
  'umlauts spelt out': eachWord((word) => word.replace(UMLAUT, speltOut)),
  'hyphens as spaces': ofGiven((given) => given.flatMap(parted)),
  'hyphens left out': ofGiven((given) =>
    given.map((word) => (word.includes('-') ? capitalised(word.replaceAll('-', '')) : word)),
  ),
  'hyphens for spaces': ofGiven((given) =>
    given.every((word) => word.length > 2) ? [given.join('-')] : given,
  ),
  initials: ofGiven((given) => given.flatMap(parted).map(initialOf)),
  'initials with hyphens': ofGiven((given) =>
    given.map((word) => parted(word).map(initialOf).join('-')),
  ),
  'an initial alone': ofGiven((given) => given.slice(0, 1).map(initialOf)),
  'middle initials': ofGiven((given) => {
    const [first = '', ...more] = given.flatMap(parted)
    return [first, ...more.map(initialOf)]
  }),
  'particles joined': ofFamily((family) =>
    family.includes(' ') ? capitalised(family.replaceAll(' ', '')) : family,
  ),
  'particles in capitals': ofFamily((family) =>
    family.replaceAll(/(?<= |^)./g, (letter) => letter.toUpperCase()),
  ),
  'apostrophes left out': ofFamily((family) => family.replaceAll(/['’]/g, '')),
  capitals: eachWord((word) => word.toUpperCase()),
}

/** Without accents; umlauts are then not spelt out. */
const plain = eachWord((word) =>
  word.replaceAll('ø', 'o').replaceAll('Ø', 'O').normalize('NFD').replaceAll(/\p{M}/gu, ''),
)

const NAMES: Record<string, Printed[]> = {
  'of Germany and the North': [
    { given: ['Hans-Jürgen'], family: 'Wackelstrunk' },
    { given: ['Jürgen'], family: 'Schönfelderer' },
    { given: ['Jörg', 'Hans'], family: 'von der Mühlen' },
    { given: ['Karl-Heinz'], family: 'Müller-Lüdenscheid' },
    { given: ['Björn', 'Gösta'], family: 'Løvdal' },
    { given: ['Götz-Rüdiger'], family: 'Brümmel' },
  ],
  'of France and Italy': [
    { given: ['Jean-François'], family: 'Le Boulanger' },
    { given: ['Anne-Élise'], family: 'de La Fontaine' },
    { given: ['Hélène'], family: "D'Aubigné" },
    { given: ['Pier-Luigi'], family: "D'Amico" },
    { given: ['Niccolò'], family: 'De Luca' },
    { given: ['Zoë', 'Marie'], family: 'De Angelis' },
  ],
  'of the Netherlands and Ireland': [
    { given: ['Pieter-Jan'], family: 'van der Wolf' },
    { given: ['Loes'], family: 'van den Böring' },
    { given: ['Máire-Áine'], family: "O'Súilleabháin" },
    { given: ['Seán', 'Pádraig'], family: "O'Brien" },
  ],
  'of Spain and Portugal': [
    { given: ['María', 'José'], family: 'García López' },
    { given: ['José-Luis'], family: 'de la Peña' },
    { given: ['João', 'Antônio'], family: 'da Conceição' },
    { given: ['Álvaro'], family: 'dos Santos' },
  ],
  'of Korea and China': [
    { given: ['Ji-Hoon'], family: 'Lee' },
    { given: ['Zhi-Wen'], family: 'Ouyang' },
    { given: ['Chia-Jui'], family: 'Lin' },
  ],
}

const texts = ({ given, family }: Printed) => [
  `${given.join(' ')} ${family}`,
  `${family}, ${given.join(' ')}`,
]

interface Other {
  text: string
  rules: string[]
}

/** The given number of rules, one after the other, each of which changes the name. */
function printedBy(name: Printed, count: number, rules: string[] = []): Other[] {
  if (count === 0) return texts(name).map((text) => ({ text, rules }))
  return Object.entries(RULES).flatMap(([label, rule]) => {
    const other = rule(name)
    return texts(other)[0] === texts(name)[0] ? [] : printedBy(other, count - 1, [...rules, label])
  })
}

/** Each text is in dozens of pairs. */
const keys = memoize((name: string) => keysOf(name))
const blocks = memoize((name: string) => printedBlocks(name))
const block = memoize((name: string) => nameBlock(name, 1))

function whatIsWrong(one: string, other: string): string[] {
  const [a, b] = [parsePersonName(one), parsePersonName(other)]
  if (!a || !b) return ['no person']
  const isFound = (x: string, y: string) => keys(x).some((key) => blocks(y).includes(key))
  const isOfOneBlock = block(one) === block(other)
  return [
    ...(fitNames(a, b) === null ? ['do not fit'] : []),
    ...(fitNames(a, b) === fitNames(b, a) ? [] : ['fit in one order']),
    ...(isOfOneBlock ? [] : ['are not compared']),
    ...(!isOfOneBlock || [a, b].every(likeNames([a, b])) ? [] : ['are passed over']),
    ...(isFound(one, other) && isFound(other, one) ? [] : ['are not found']),
  ]
}

/** Names in capitals without a vowel, or as short as initials, stay apart: LEE JI HOON. */
const isLikeInitials = (name: string) =>
  inCapitals(name) && /(?<!\p{L})\p{L}{1,3}(?![\p{L}'])/u.test(name)

/** Jeanpierre is not known to be Jean P., like Caroline and Carolin E. */
const areUnknown = (rules: readonly string[]) =>
  rules.includes('hyphens left out') && rules.includes('middle initials')

describe('a name that is printed differently in two ways at once', () => {
  test.each(
    Object.values(NAMES)
      .flat()
      .map((name): [string, Printed] => [`${texts(name)[0]}`, name]),
  )('%s', (text, name) => {
    const bare = plain(name)
    const own = { text, rules: [] }
    const once = [...printedBy(name, 1), ...printedBy(bare, 0)]
    const pairs = [
      ...[...printedBy(name, 2), ...printedBy(bare, 1)].map((other) => [own, other]),
      ...once.flatMap((one, at) => once.slice(at + 1).map((other) => [one, other])),
    ]
    const bad = pairs.flatMap(([one = own, other = own]) => {
      if (isLikeInitials(one.text) || isLikeInitials(other.text)) return []
      const wrong = whatIsWrong(one.text, other.text)
      return wrong.length === 0 || areUnknown([...one.rules, ...other.rules])
        ? []
        : [`${one.text} and ${other.text} ${wrong.join(', ')}`]
    })
    expect([...new Set(bad)]).toEqual([])
  })
})

describe('other people of the name are two people', () => {
  test.each([
    ['Hans-Jürgen Wackelstrunk', 'Hans Wackelstrunk'],
    ['Hans-Jürgen Wackelstrunk', 'Hans P. Wackelstrunk'],
    ['Hans-Jürgen Wackelstrunk', 'Hans-Joachim Wackelstrunk'],
    ['Karl-Heinz Otto Wackelstrunk', 'Karl Otto Wackelstrunk'],
    ['Karl-Heinz Otto Wackelstrunk', 'K. F. O. Wackelstrunk'],
    ['Jia-Nan Li', 'Jian-An Li'],
    ['Jia-Nan Wei Li', 'Jian-An Wei Li'],
    ['Jia-Nan Li', 'Jia Li'],
  ])('%s and %s', (one, other) => {
    const [a, b] = [parsePersonName(one), parsePersonName(other)]
    expect(a && b && fitNames(a, b)).toBeNull()
    expect(a && b && fitNames(b, a)).toBeNull()
  })
})
