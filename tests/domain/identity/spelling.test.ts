import { describe, expect, test } from 'vitest'
import { likeNames, nameBlock, printedBlocks } from '../../../src/domain/identity/name-block.ts'
import { fitNames } from '../../../src/domain/identity/name-fit.ts'
import { type PersonName, parsePersonName } from '../../../src/domain/identity/person-name.ts'
import { nameKey } from '../../../src/domain/record/title-key.ts'

const nameOf = (printed: string): PersonName => {
  const name = parsePersonName(printed)
  if (!name) throw new Error(`${printed} is not the name of a person.`)
  return name
}
const fitOf = (a: string, b: string) => fitNames(nameOf(a), nameOf(b))

/** The block in the index of authors. */
const indexedBlock = (printed: string) => {
  const key = nameKey(printed)
  return `${key.split(' ').at(-1)} ${key[0]}`
}

function expectCompared(one: string, other: string): void {
  const names = [nameOf(one), nameOf(other)]
  expect(fitOf(one, other), `${one} and ${other}`).not.toBeNull()
  expect(fitOf(other, one)).toBe(fitOf(one, other))
  expect(nameBlock(one, 1), `${one} and ${other}`).toBe(nameBlock(other, 1))
  expect(names.every(likeNames(names)), `${one} and ${other}`).toBe(true)
}

const pairsOf = (names: readonly string[]) =>
  names.flatMap((one, i) => names.slice(i + 1).map((other): [string, string] => [one, other]))

describe('Japanese names in characters', () => {
  const FAMILIES = ['田中', '佐藤', '佐々木', '五十嵐', '長谷川', '小鳥遊', '勅使河原']
  const GIVEN = ['健太', '健太郎', 'さくら', 'めぐみ', 'ケンジ']
  const names = FAMILIES.flatMap((family) => GIVEN.map((given) => [family, given] as const))

  test.each(names)('%s%s is one name, with and without a space', (family, given) => {
    const printed = `${family}${given}`
    expect(parsePersonName(printed)).toEqual(parsePersonName(`${family} ${given}`))
    expect(fitOf(printed, `${family} ${given}`)).toBe('equal')
  })

  test.each([
    '長谷川製作所',
    '佐々木研究室',
    '小野寺財団',
    '長谷川大学',
    '田中について考える',
    '山口県立図書館',
  ])('%s is not the name of a person', (printed) => expect(parsePersonName(printed)).toBeNull())

  test('three characters can be a Chinese name', () => {
    expect(parsePersonName('金子涵')).toEqual({ family: '金', given: ['子涵'] })
  })
})

describe('long vowels of Japanese', () => {
  const FAMILIES = {
    sato: 'Satō Sato Satou Satoh Satô',
    ito: 'Itō Ito Itou Itoh',
    ono: 'Ōno Ono Ohno Oono',
    saito: 'Saitō Saito Saitou Saitoh',
    otsuka: 'Ōtsuka Otsuka Ohtsuka Ootsuka',
    kudo: 'Kudō Kudo Kudou Kudoh',
    homma: 'Honma Homma',
    tsuji: 'Tsuji Tuji',
  }
  const GIVEN = ['Yūki Yuuki Yuki', 'Ryō Ryo Ryou Ryoh', 'Shōta Shota Shouta', 'Satoshi Satosi']

  test.each(Object.values(FAMILIES))('%s are one family name, with every given name', (line) => {
    for (const given of GIVEN) {
      const names = line
        .split(' ')
        .flatMap((family) => given.split(' ').map((first) => `${first} ${family}`))
      for (const [one, other] of pairsOf(names)) expectCompared(one, other)
      for (const name of names) expect(printedBlocks(names[0] ?? '')).toContain(indexedBlock(name))
    }
  })

  test.each([
    ['Hiroshi Sato', 'Hiroshi Sado'],
    ['Hiroshi Ono', 'Hiroshi Uno'],
    ['Hiroshi Ota', 'Hiroshi Oda'],
    ['Yuki Sato', 'Yuka Sato'],
    ['Shota Ito', 'Shuta Ito'],
    ['Hou Zhang', 'Ho Zhang'],
    ['Wei Hou', 'Wei Ho'],
    ['Joo Kim', 'Jo Kim'],
    ['Jin Koo', 'Jin Ko'],
    ['Jin Noh', 'Jin No'],
    ['Youna Li', 'Yona Li'],
    ['Lou Reed', 'Lo Reed'],
  ])('%s and %s are two people', (one, other) => {
    expect(fitOf(one, other)).toBeNull()
  })
})

describe('transliterations', () => {
  test.each([
    ['Zoran Đorđević', 'Zoran Djordjevic', 'Zoran Dordevic', 'Зоран Ђорђевић'],
    ['Yuri Shcherbakov', 'Yury Scherbakov', 'Yurii Sherbakov', 'Yuriy Shcherbakov'],
    ['Dmitry Zabolotny', 'Dmitrii Zabolotnyi', 'Dmitriy Zabolotnyy', 'Дмитрий Заболотный'],
    ['Sergey Solovyov', 'Sergei Soloviev', 'Sergey Solovyev', 'Сергей Соловьёв'],
    ['Aleksandr Zaitsev', 'Alexander Zaytsev', 'Александр Зайцев'],
    ['Mikhail Tikhonov', 'Mihail Tihonov', 'Михаил Тихонов'],
    ['Andrey Smirnov', 'Andrei Smirnoff', 'Смирнов, Андрей'],
    ['Nikolay Arefyev', 'Nikolai Arefiev', 'Николай Арефьев'],
    ['Serhii Kovalchuk', 'Sergiy Kovalchuk', 'Сергій Ковальчук'],
    ['Yuliia Petrosyan', 'Yulia Petrosian'],
    ['Giorgos Papadopoulos', 'Γιώργος Παπαδόπουλος', 'Georgios Papadopoulos'],
    ['Evangelia Stefanidou', 'Evangelia Stephanidou', 'Ευαγγελία Στεφανίδου'],
    ['Georgios Chatzigeorgiou', 'George Hatzigeorgiou'],
    ['Volodymyr Hnatenko', 'Володимир Гнатенко', 'Volodymyr Gnatenko'],
    ['Volodymyr Hnatenko', 'Vladimir Gnatenko', 'V. Hnatenko'],
    ['Oleksandr Hryhorchuk', 'Олександр Григорчук', 'Oleksandr Grygorchuk'],
    [
      'Yevhen Stoyanets',
      'Євген Стоянець',
      'Evgen Stoianets',
      'Ievgen Stoyanets',
      'Yevgen Stoianets',
    ],
    ['Yevhen Stoyanets', 'Є. Стоянець', 'Ievgen Stoyanets'],
    ['Yevhen Stoyanets', 'E. Stoyanets'],
    ['Yuliia Shcherbyna', 'Юлія Щербина', 'Iuliia Shcherbyna', 'Ю. Щербина', 'Yu. Shcherbyna'],
    ['Hlib Hordiienko', 'Гліб Гордієнко', 'Gleb Gordienko'],
    ['Yaroslava Yizhakevych', 'Ярослава Їжакевич', 'Iaroslava Izhakevych'],
    ['Yevhenii Yevtushenko', 'Євгеній Євтушенко', 'Evgenii Evtushenko', 'Ievgenii Ievtushenko'],
    ['Khoma Shchukin', 'Хома Щукін', 'Kh. Shchukin', 'Х. Щукін'],
    ['Bohdan Zghurskyi', 'Богдан Згурський', 'Bogdan Zgurskiy'],
  ])('%s is also printed %s', (...names) => {
    for (const [one, other] of pairsOf(names)) expectCompared(one, other)
  })

  test.each([
    ['Иванов И. И.', 'Ivan Ivanov'],
    ['Ivanov I. I.', 'I. Ivanov'],
    ['Ivanov Ivan Petrovich', 'Ivan Ivanov'],
  ])('%s is printed with the family name first: %s', (one, other) => expectCompared(one, other))

  test.each([
    ['Oleksandr Petrenko', 'Alexander Petrenko'],
    ['Mykola Petrenko', 'Nikolai Petrenko'],
    ['Yevgeny Petrov', 'Evgenii Petrov'],
    ['Yiannis Kyriakopoulos', 'Ioannis Kyriakopoulos'],
    ['Yulia Petrova', 'Julia Petrova'],
  ])('%s is found beside %s', (one, other) => {
    expect(fitOf(one, other)).toMatch(/equal|short/)
    expect(printedBlocks(one)).toContain(indexedBlock(other))
    expect(printedBlocks(other)).toContain(indexedBlock(one))
  })

  test.each([
    ['Anna Petrov', 'Anna Petrova'],
    ['Ivan Petrov', 'Ivan Pavlov'],
    ['Jan Martin', 'Ian Martin'],
    ['Yu Lin', 'Ju Lin'],
    ['Ying Chen', 'Jing Chen'],
    ['Sergey Ivanov', 'Sergey Ivanenko'],
    ['Maxim Popov', 'Maria Popov'],
    ['Kai Xin', 'Hai Xin'],
    ['Ivan Gromov', 'Ivan Khromov'],
    ['Gleb Hordiienko', 'Hnat Hordiienko'],
    ['Yevhen Stoyanets', 'Ivan Stoyanets'],
    ['Gary Grant', 'Harry Grant'],
    ['Ivan Petrenko', 'Y. Petrenko'],
  ])('%s and %s are two people', (one, other) => {
    expect(fitOf(one, other)).toBeNull()
  })
})

describe('Abd and the following name', () => {
  const ABD =
    'Abd al-|Abd al |Abd el-|Abd El |Abd-al-|Abd-El-|Abdul |Abdul-|Abdel |Abdel-|Abdal |Abdul+|Abdel+'
  const NAMES = {
    Rahman: 'Rahman Rahmane rRahman',
    Karim: 'Karim Kareem',
    Salam: 'Salam sSalam',
    Razak: 'Razak Razaq Razzaq',
    Aziz: 'Aziz Azeez',
  }

  test.each(Object.values(NAMES))('%s', (line) => {
    const spoken = /^([a-z])(?=\p{Lu})/u
    const printed = line.split(' ').flatMap((name) => {
      const [article = '', letter = ''] = spoken.exec(name) ?? []
      const own = name.slice(article.length)
      return letter === ''
        ? ABD.split('|').map((abd) =>
            abd.endsWith('+') ? abd.slice(0, -1) + own.toLowerCase() : abd + own,
          )
        : [
            `Abdu${letter}${own.toLowerCase()}`,
            `Abde${letter}${own.toLowerCase()}`,
            `Abd a${letter}-${own}`,
          ]
    })
    for (const [one, other] of pairsOf([...new Set(printed)])) {
      expectCompared(`${one} Qurtubani`, `Qurtubani, ${other}`)
      expect(fitOf(`${one} Qurtubani`, `${other} Qurtubani`)).toBe('equal')
    }
    for (const one of printed) expectCompared(`${one} Qurtubani`, 'A. Qurtubani')
  })

  test.each([
    ['Omar Abdel Rahman', 'Omar Abdulrahman'],
    ['Omar Abd El-Rahman', 'Omar Abdelrahman'],
    ['Omar Abdul Rahman', 'Omar A. Rahman'],
    ['Abdul Qadir', 'A. Qadir'],
    ['Abdul R. Quirrell', 'A. R. Quirrell'],
  ])('%s is also %s', (one, other) => expectCompared(one, other))

  test.each([
    ['Abdul Rahman Qurtubani', 'Abdul Karim Qurtubani'],
    ['Abdulrahman Qurtubani', 'Abdullah Qurtubani'],
    ['Abdelli Qurtubani', 'Abdullah Qurtubani'],
  ])('%s and %s are two people', (one, other) => expect(fitOf(one, other)).toBeNull())
})

describe('Lü', () => {
  test.each(['Lü', 'Lv', 'Lyu', 'Lue'])('%s is 吕', (family) => {
    for (const other of ['Lü', 'Lv', 'Lyu'])
      if (other !== family) expectCompared(`Dongsheng ${family}`, `Dongsheng ${other}`)
  })

  test.each(['Lv', 'Lyu'])('%s is not Lu', (family) => {
    expect(fitOf(`Dongsheng ${family}`, 'Dongsheng Lu')).toBeNull()
  })
})

describe('second family names', () => {
  const LONG = [
    'Juan García López',
    'Juan García-López',
    'Juan García y López',
    'Garcia Lopez, Juan',
  ]

  test('may be left out', () => {
    for (const long of LONG) {
      expectCompared(long, 'Juan García')
      expectCompared(long, 'J. García')
      expect(fitOf(long, 'Juan García')).toBe('middle')
      expect(printedBlocks(long)).toContain('garcia j')
    }
    for (const [one, other] of pairsOf(LONG)) {
      expectCompared(one, other)
      expect(fitOf(one, other)).toBe('equal')
    }
  })

  test.each([
    ['Etxeberria Zubizarreta', 'Etxeberria'],
    ['Lasa Urrutikoetxea', 'Lasa'],
    ['Arregi Goikoetxea', 'Arregi'],
    ['Iturrigorri Mendizabal', 'Iturrigorri'],
  ])('of the Basque Country may be left out, too: %s', (both, first) => {
    for (const given of ['María José', 'M. J.', 'M.', 'Íñigo'])
      for (const long of [`${given} ${both}`, `${both}, ${given}`])
        expectCompared(long, `${first}, ${given}`)
  })

  test.each([
    ['Juan García López', 'Juan López'],
    ['Juan García López', 'Juan G. López'],
    ['Hélène Bonneau-Maynard', 'Hélène Bonneau'],
    ['Hélène Bonneau-Maynard', 'Hélène Maynard'],
    ['Anna Kowalska-Wiśniewska', 'Anna Kowalska'],
  ])('%s is found beside %s', (one, other) => {
    expect(fitOf(one, other)).toBe('middle')
    expect(printedBlocks(one)).toContain(indexedBlock(other))
  })

  test.each([
    ['Juan García López', 'Juan García Pérez'],
    ['Juan García-López', 'Juan García Pérez'],
    ['Juan García López', 'Pedro García'],
    ['Juan García López', 'Juan Pérez'],
    ['Mary Johnson Smith', 'Mary Johnson'],
    ['Juan Martín Pérez', 'Juan Martín'],
    ['Hélène Bonneau-Maynard', 'Hélène Bonneau-Dupont'],
    ['Shai Ben-David', 'Shai Ben'],
  ])('%s and %s are two people', (one, other) => {
    expect(fitOf(one, other)).toBeNull()
  })

  test('in Portuguese the last one is kept, and suffixes are not family names', () => {
    expectCompared('João Silva Santos', 'João Santos')
    expectCompared('Antônio Carlos Vilela Neto', 'Antonio C. Vilela')
    expectCompared('Otávio Pimenteira Jr.', 'Otavio Pimenteira Junior')
    expectCompared('João Paulo Neto', 'João Neto')
    expect(fitOf('Otávio Vilela Filho', 'Otávio Vilela Neto')).toBeNull()
  })
})

describe('the family name first', () => {
  test.each([
    ['Tanaka Hiroshi', 'Hiroshi Tanaka'],
    ['Satou Yuuichi', 'Yūichi Satō'],
    ['TANAKA Ichiro', 'Ichiro Tanaka'],
    ['BRZEZINSKY Ottokar', 'Ottokar Brzezinsky'],
    ['Nagy Péter', 'Péter Nagy'],
    ['Horváth Zsuzsanna', 'Zsuzsanna Horvath'],
    ['Ouyang Zhiwen', 'Zhiwen Ou-Yang'],
    ['Trần Quốc Khánh', 'Khanh Quoc Tran'],
    ['Lê Thị Hồng Nhung', 'Hong-Nhung Thi Le'],
    ['Đặng Hữu Phước', 'Huu Phuoc Dang'],
    ['Quoc Khanh Tran', 'Khanh Tran'],
  ])('%s is %s', (one, other) => expectCompared(one, other))

  test.each([
    ['Mori Yu', 'Yu Mori'],
    ['Laszlo Peter', 'Peter Laszlo'],
    ['SHIVAM Kumar', 'Kumar Shivam'],
    ['MOHAMMAD Ali', 'Ali Mohammad'],
    ['Hiroshi Tanaka', 'Takashi Tanaka'],
    ['Hung Anh Nguyen', 'Hung Minh Nguyen'],
    ['Khanh Tran', 'Khang Quoc Tran'],
  ])('%s and %s are not known to be one person', (one, other) => {
    expect(fitOf(one, other)).toBeNull()
  })
})

test.each([
  ['Wayne Xin Zhao', 'Xin Zhao'],
  ['Daisy Zhe Wang', 'Zhe Wang'],
  ['Kevin Chun-Kai Wu', 'Chun-Kai Wu'],
])('%s is also printed %s', (one, other) => {
  expectCompared(one, other)
  expect(fitOf(one, other)).toBe('middle')
  expect(printedBlocks(one)).toContain(indexedBlock(other))
})

test.each([
  ['Wayne Xin Zhao', 'Kevin Xin Zhao'],
  ['Wayne Xin Zhao', 'Xing Zhao'],
  ['Anna Maria Lopez', 'Maria Lopez'],
])('%s and %s are two people', (one, other) => {
  expect(fitOf(one, other)).toBeNull()
})

test.each([
  ['Brendan McNamara', 'Brendan MacNamara'],
  ['Ma. Elena Quiroga', 'María Elena Quiroga'],
  ['Mª Antònia Martí', 'Maria Antònia Martí'],
  ['Pushpak Bhattacharyya', 'Pushpak Bhattacharya'],
  ['S. Muthukrishnan', 'Muthukrishnan S'],
  ['Ulrich Weißgerber', 'Ulrich Weissgerber'],
  ['Işıl Çağlayan', 'Isil Caglayan'],
  ['Łukasz Wróblewicz', 'Lukasz Wroblewicz'],
])('%s is also printed %s', (one, other) => expectCompared(one, other))
