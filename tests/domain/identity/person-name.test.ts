import { describe, expect, test } from 'vitest'
import { mayBePerson, nameBlock, printedBlocks } from '../../../src/domain/identity/name-block.ts'
import { fitNames } from '../../../src/domain/identity/name-fit.ts'
import {
  describeRarity,
  expectedNamesakes,
  rarityOfName,
} from '../../../src/domain/identity/name-rarity.ts'
import { type PersonName, parsePersonName } from '../../../src/domain/identity/person-name.ts'
import { nameKey } from '../../../src/domain/record/title-key.ts'

const fitOf = (a: string, b: string) => {
  const [one, other] = [parsePersonName(a), parsePersonName(b)]
  return one && other ? fitNames(one, other) : undefined
}

/** The block in the index of authors. */
const indexedBlock = (printed: string) => {
  const key = nameKey(printed)
  return `${key.split(' ').at(-1)} ${key[0]}`
}

describe('names that may be one person’s', () => {
  test.each([
    ['Geoffrey Hinton', 'Hinton, Geoffrey', 'equal'],
    ['Hai-Xin Duan', 'Haixin Duan', 'equal'],
    ['Hai Xin Duan', 'Haixin Duan', 'equal'],
    ['Zoë Müller', 'Zoe Muller', 'equal'],
    ['Wei Zhang 0001', 'Wei Zhang', 'equal'],
    ['WEI ZHANG', 'Wei Zhang', 'equal'],
    ['Martin Luther King Jr.', 'Martin Luther King', 'equal'],
    ['Geoffrey E. Hinton', 'Geoffrey Hinton', 'middle'],
    ['Geoffrey Everest Hinton', 'Geoffrey E. Hinton', 'middle'],
    ['Jürgen K. Schmidt', 'Juergen K. Schmidt', 'equal'],
    ['Hinrich Schütze', 'Hinrich Schuetze', 'equal'],
    ['Søren Hauberg', 'Soeren Hauberg', 'equal'],
    ['Jan Sørensen', 'Jan Soerensen', 'equal'],
    ['Håkon Åberg', 'Haakon Aaberg', 'equal'],
    ['Håkon Åberg', 'Hakon Aberg', 'equal'],
    ['Jäger, Jörg', 'Joerg Jaeger', 'equal'],
    ['Joerg Koehler', 'Jorg Kohler', 'equal'],
    ['Hans Müller', 'Hans Mueller', 'equal'],
    ['Hans Muller', 'Hans Mueller', 'equal'],
    ['Guðrún Þórsdóttir', 'Gudrun Thorsdottir', 'equal'],
    ['John Smith Jr.', 'Smith, John Jr.', 'equal'],
    ['Chris Manning', 'Christopher D. Manning', 'short'],
    ['Philippe Langlais', 'Phillippe Langlais', 'short'],
    ['Nikolai Quirrell', 'Nikolay Quirrell', 'short'],
    ['Mohammed Quirrell', 'Muhammad Quirrell', 'short'],
    ['Sergey B. Quirrell', 'Sergei Quirrell', 'short'],
    ['Xinan Li', 'Xinnan Li', null],
    ['Geoff Hinton', 'Geoffrey E. Hinton', 'short'],
    ['Cliff Wimpole', 'Clifford Wimpole', 'short'],
    ['Shixiang (Shane) Gu', 'Shixiang Gu', 'equal'],
    ['Shixiang (Shane) Gu', 'Shane Gu', 'short'],
    ['Shixiang (Shane) Gu', 'Shixiang Shane Gu', 'middle'],
    ['Shixiang (Shane) Gu', 'Shixiang "Shane" Gu', 'equal'],
    ['Shixiang (Shane) S. Gu', 'Shane S. Gu', 'short'],
    ['Shixiang (Shane) Gu', 'S. Gu', 'initial'],
    ['Zhongfei (Mark) Zhang', 'M. Zhang', 'initial'],
    ['Zhongfei (Mark) Zhang', 'Mark Zhongfei Zhang', 'middle'],
    ['William "Bill" Freeman', 'Bill Freeman', 'short'],
    ['William “Bill” T. Freeman', 'William T. Freeman', 'equal'],
    ["William 'Bill' Freeman", 'William Freeman', 'equal'],
    ['Zhongfei (Mark) Zhang', 'Zhongyu Zhang', null],
    ['Zhongfei (Mark) Zhang', 'Zhongyu (Mark) Zhang', null],
    ['Zhongfei (Mark) Zhang', 'Max Zhang', null],
    ['Thuy-Trang Vu', 'Thuy Vu', 'middle'],
    ['Thuy-Trang Vu', 'Thuytrang Vu', 'equal'],
    ['Aad W. van der Vaart', 'Aad van der Vaart', 'middle'],
    ['Ana Carolina Silva Santos', 'Ana Silva Santos', 'middle'],
    ['L. J. P. van der Maaten', 'Laurens van der Maaten', 'initial'],
    ['G. Hinton', 'Geoffrey Hinton', 'initial'],
    ['G. E. Hinton', 'Geoffrey Everest Hinton', 'initial'],
    ['J.-P. Serre', 'Jean-Pierre Serre', 'initial'],
    ['W. Zhang', 'W. Zhang', 'initial'],
    ['Liu Daohuan', 'Daohuan Liu', 'equal'],
    ['Wang Xiao-Ming', 'Xiaoming Wang', 'equal'],
    ['Wang Xiaoming', 'X. Wang', 'initial'],
    ['Park Ji-sung', 'Ji-sung Park', 'equal'],
    ['Lee Ji-won', 'Jiwon Lee', 'equal'],
    ['Tsai Ming-Hsiu', 'Ming-Hsiu Tsai', 'equal'],
    ['张伟', '张 伟', 'equal'],
    ['四 李', '李四', 'equal'],
    ['欧阳修', '欧阳 修', 'equal'],
    ['김철수', '김 철수', 'equal'],
    ['田中太郎', '田中 太郎', 'equal'],
  ] as const)('%s and %s: %s', (a, b, fit) => {
    expect(fitOf(a, b)).toBe(fit)
    expect(fitOf(b, a)).toBe(fit)
  })

  test.each(["'", '`', '\u2018', '\u2019', '\u00b4', '\u02bc', '\u02bb', '\u2032', '\uff07'])(
    'O%sBrien is OBrien, and compared',
    (apostrophe) => {
      const printed = `Ana O${apostrophe}Brien`
      expect(fitOf(printed, 'Ana OBrien')).toBe('equal')
      expect(nameBlock(printed, 1)).toBe('brien a')
    },
  )

  test.each([
    ['Yann LeCun', 'Yann Le Cun', 'Yann Lecun'],
    ['Ana García-López', 'Ana García López', 'García-López, Ana', 'García López, Ana'],
    ['Omar Al-Quirrell', 'Omar Al Quirrell', 'Omar AlQuirrell', 'Omar Alquirrell'],
    ['Jan van Dijk', 'Jan Vandijk', 'Jan VanDijk', 'van Dijk, Jan'],
    ['Ana de la Torre', 'Ana Delatorre', 'Ana De La Torre', 'Ana de-la-Torre'],
    ['Sean O’Grady', 'Sean OGrady', 'Sean Ogrady', 'Sean O Grady', "O'Grady, Sean"],
    ['Shai Ben-David', 'Shai Ben David', 'Shai Bendavid'],
    ['Jean D’Amour', "Jean D'Amour", 'Jean D Amour'],
    ['Ian McDonald', 'Ian Mc Donald', 'Ian Mcdonald'],
    ['Wei Ouyang', 'Wei Ou Yang', 'Wei Ou-Yang'],
    ['JP Serre', 'J. P. Serre', 'J.-P. Serre', 'J P Serre', 'Serre, JP'],
    ['W. Zhang', 'Zhang W.', 'Zhang, W.', 'Zhang W'],
    ['W. J. Zhang', 'Zhang WJ', 'Zhang W. J.', 'Zhang, W. J.'],
    ['Anh Tuan Luu', 'Luu Anh Tuan', 'Luu, Anh Tuan', 'Anh-Tuan Luu'],
    ['Xuan Long Do', 'Do Xuan Long'],
  ])('%s is also printed %s', (...printed) => {
    for (const one of printed) {
      expect(nameBlock(one, 1)).toBe(nameBlock(printed[0] ?? '', 1))
      for (const other of printed) {
        expect(fitOf(one, other), `${one} and ${other}`).toMatch(/equal|initial/)
        expect(printedBlocks(one)).toContain(indexedBlock(other))
      }
    }
  })

  test.each([
    ['Bob Quirrell', 'Robert Quirrell', 'R. Quirrell'],
    ['Bill Quirrell', 'William T. Quirrell', 'W. T. Quirrell'],
    ['Dick Quirrell', 'Richard Quirrell', 'R. Quirrell'],
    ['Liz Quirrell', 'Elizabeth Quirrell', 'E. Quirrell'],
  ])('%s may be %s and %s', (short, long, initial) => {
    expect(fitOf(short, long)).toBe('short')
    expect(fitOf(short, initial)).toBe('initial')
    expect(new Set([short, long, initial].map((one) => nameBlock(one, 1))).size).toBe(1)
    expect(printedBlocks(short)).toContain(indexedBlock(long))
    expect(printedBlocks(long)).toContain(indexedBlock(short))
  })

  test.each([
    ['Tony', 'Antonio'],
    ['Sasha', 'Alexander'],
    ['Drew', 'Andrew'],
  ])('%s is found beside %s, and has its own initial', (short, long) => {
    const [one, other] = [`${short} Quirrell`, `${long} Quirrell`]
    expect(fitOf(one, other)).toBe('short')
    expect(printedBlocks(one)).toContain(indexedBlock(other))
    expect(printedBlocks(other)).toContain(indexedBlock(one))
    expect(nameBlock(one, 1)).toBe(nameBlock(`${short[0]}. Quirrell`, 1))
  })

  test.each([
    ['Wei Zhang', 'Xin Zhang'],
    ['Wei Zhang', 'Wei Wang'],
    ['Geoffrey E. Hinton', 'Geoffrey A. Hinton'],
    ['Aad van der Vaart', 'Jan van der Vaart'],
    ['Anna Maria Lopez', 'Maria Lopez'],
    ['John A. B. Smith', 'John B. Smith'],
    ['Yu-Ping Wang', 'Yu Wang'],
    ['Xin Zhang', 'W. Zhang'],
    ['Xue Zhang', 'Xu Zhang'],
    ['Ying Xue', 'Ying Xu'],
    ['Jan Boes', 'Jan Bos'],
    ['Dan Zhang', 'Danni Zhang'],
    ['John Smith Jr.', 'John Smith Sr.'],
    ['John B. Smith II', 'John Smith III'],
    ['Chris Manning', 'Christiane B. Manning'],
    // Either word may be the family name.
    ['Li Wei', 'Wei Li'],
    ['Lee Al-Ali', 'Ali Lee'],
    ['Dahyun Kim', 'Daehyun Kim'],
    ['Taehee Park', 'Tahee Park'],
    ['Michael Kowalewski', 'Michal Kowalewski'],
    ['Rafael Quirrell', 'Rafal Quirrell'],
    ['Joel Quirrell', 'Jol Quirrell'],
    ['Noel Quirrell', 'Nol Quirrell'],
    ['Ann Aalto', 'Ann Alto'],
    ['Ann Saari', 'Ann Sari'],
    ['Ann Maertens', 'Ann Martens'],
    ['Xin Li An', 'Xin Lian'],
    ['Ana García-López', 'Ana Pérez-López'],
    ['Bill Quirrell', 'Walter Quirrell'],
    ['Cao Long', 'Long Cao'],
    ['Yu Mori', 'Mori Yu'],
    ['Qi Ouyang', 'Ouyang Wang'],
    ['张伟', '张伟明'],
    ['张伟', '王伟'],
  ])('%s and %s are two people', (a, b) => {
    expect(fitOf(a, b)).toBeNull()
    expect(fitOf(b, a)).toBeNull()
  })
})

test.each([
  'Anonymous',
  '',
  '张',
  '张伟 王芳 李娜',
  '北京大学计算机学院',
  'The ATLAS Collaboration',
  'OpenAI Team',
  'Stanford University',
  'Anna K.',
  'Wei Z.',
  'X',
  '0001',
  'A Byline of Many Names That Stands in One Field',
])('%s is not split into the parts of a personal name', (name) => {
  expect(parsePersonName(name)).toBeNull()
})

const TITLES = ['Dr. ', 'Prof. ', 'Prof. Dr. ', 'Professor ', 'Mr ', 'Ms. ', 'Sir ']
const DEGREES = [', PhD', ', Ph.D.', ' Ph. D.', ', MSc', ', Member IEEE', ' IEEE']

test.each([
  ...TITLES.flatMap((title) => [`${title}Wei Zhang`, `${title}Zhang, Wei`]),
  ...DEGREES.flatMap((degree) => [`Wei Zhang${degree}`, `Dr. Wei Zhang${degree}`]),
])('%s is parsed without titles and degrees', (name) => {
  expect(parsePersonName(name)).toEqual(parsePersonName('Wei Zhang'))
})

test.each([
  ['Md Rashad Rahman', 'md rashad'],
  ['MS Dhoni', 'ms'],
  ['Drew Bagnell', 'drew'],
  ['Professora Silva', 'professora'],
])('%s has no title', (name, given) => {
  expect(parsePersonName(name)?.given.join(' ')).toBe(given)
})

test('many people are expected of a common name even in a small catalogue, fewer than one of a rare name', () => {
  const expected = (name: string, givenNames: number) => {
    const parts = parsePersonName(name)
    return parts ? expectedNamesakes(parts, givenNames) : Number.NaN
  }
  expect(expected('Wei Zhang', 1)).toBeGreaterThan(2)
  expect(expected('Geoffrey Hinton', 1)).toBeLessThan(0.2)
  expect(expected('Wei Zhang', 5000)).toBeGreaterThan(expected('Wei Zhang', 1))
  expect(expected('W. Zhang', 1)).toBeGreaterThan(expected('Wei Zhang', 1))
  // The name is too common for one thing in common to be enough.
  expect(expected('张伟', 1)).toBeGreaterThan(expected('张小明', 1))
  expect(expected('张小明', 1)).toBeGreaterThan(2)
  expect(expected('Wei Q. Zhang', 1)).toBeLessThan(expected('Wei Zhang', 1))
})

test('a co-author counts more, the rarer the name', () => {
  expect(rarityOfName('wei zhang')).toBeLessThan(0.3)
  expect(rarityOfName('geoffrey hinton')).toBeGreaterThan(0.6)
  expect(rarityOfName('zebulon quirrell')).toBeGreaterThan(0.6)
})

test.each([
  ['Zebulon Quirrell', 'Zebulon Quirrell is a rare name'],
  ['Rajesh Kumar', 'Many people have the name Rajesh Kumar'],
  ['Yue Li', 'About 2 people named Yue Li are expected here'],
  ['Yan Liu', 'About 1 person named Yan Liu is expected here'],
])('%s: number of people with the name', (printed, text) => {
  expect(describeRarity(parsePersonName(printed) as PersonName, printed, 1)).toBe(text)
})

test.each([
  ['Shixiang (Shane) Gu', 'Shixiang Gu'],
  ['Zhongfei (Mark) Zhang', 'Z. Zhang'],
  ['William "Bill" T. Freeman', 'William Freeman'],
])('%s is compared with %s by imports', (called, plain) => {
  expect(nameBlock(called, 2)).toBe(nameBlock(plain, 2))
  expect(nameBlock(called, 2)).not.toBe('')
})

test.each(['Ann (Garcia) Jones', 'Ann (see below) Jones', 'Ann Jones (Bee)', 'Ann (B) Jones'])(
  '%s has something other than a nickname in brackets, and is not compared by imports',
  (name) => expect(nameBlock(name, 2)).toBe(''),
)

const BOARDS =
  'Redaktion Rédaction Redacción Redazione Redactie Redakcja Redakce Szerkesztőség Toimitus Редакция Редколлегия Редакція'
const JOURNALS = ['Zeitschrift für Physik', 'Revue', 'Médica', 'Журнала', 'Vestnik 12']
test.each(BOARDS.split(' ').flatMap((board) => JOURNALS.map((journal) => `${board} ${journal}`)))(
  '%s is an editorial board, and not a person',
  (name) => expect(mayBePerson(name)).toBe(false),
)
test.each(['Hans Redaktor', 'Иван Редакин', 'Milan Redak', 'Toivo Toimi'])(
  '%s is a person',
  (name) => expect(mayBePerson(name)).toBe(true),
)
