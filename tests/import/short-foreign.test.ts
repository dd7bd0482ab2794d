import { expect, test } from 'vitest'
import { isForeign } from '../../src/import/input/encoding/undeclared.ts'
import { encodedIn } from '../helpers/encoded.ts'
import { readText } from '../helpers/reading.ts'

const FOREIGN: Record<string, string[]> = {
  GB18030: ['凯萨', '面向湖泊', '深度学习方法研究', '水质评价', '王小明'],
  Big5: ['面向湖泊', '深度學習方法研究', '水質評價的模型', '陳美玲'],
  Shift_JIS: ['深層学習による', '湖の画像を用いた', 'データのモデル', '田中太郎'],
  'EUC-JP': ['深層学習', '湖の画像を用いた', 'データのモデル', '田中太郎'],
  'EUC-KR': ['심층 학습', '호수 영상을 이용한', '수질 추정', '김철수'],
  'windows-1251': ['Оценка качества воды', 'методами глубокого обучения'],
  'KOI8-R': ['Оценка качества воды', 'методами глубокого обучения'],
}

type Write = (title: string, key: string) => string
const FORMATS: Record<string, Write> = {
  bibtex: (title, key) => `@article{${key},\n  title = {${title}},\n  year = {2019}\n}\n`,
  ris: (title, key) => `TY  - JOUR\nID  - ${key}\nTI  - ${title}\nER  - \n`,
  nbib: (title, key) => `PMID- 9000${key.length}\nTI  - ${title}\n\n`,
  tagged: (title, key) => `%0 Journal Article\n%F ${key}\n%T ${title}\n\n`,
  'csl-json': (title, key) => `{"id": "${key}", "type": "article-journal", "title": "${title}"}\n`,
}

const cases = Object.entries(FOREIGN).flatMap(([encoding, titles]) =>
  Object.entries(FORMATS).flatMap(([format, write]) =>
    titles.map((title) => ({ encoding, format, write, title })),
  ),
)

test.each(cases)(
  '$format: an entry in $encoding is rejected with the reason, among others and alone: $title',
  async ({ encoding, format, write, title }) => {
    const foreign = encodedIn(encoding, write(title, 'kk'))
    const plain = (name: string, key: string) => Buffer.from(write(name, key))
    for (const [before, after] of [
      [[], []],
      [[plain('Étude', 'k')], [plain('A study', 'kkk')]],
      [[plain('A study', 'k')], [plain('水質', 'kkk')]],
    ] as const) {
      const found = await readText(format, Buffer.concat([...before, foreign, ...after]))
      expect(found.rejects).toMatchObject([{ reason: expect.stringMatching(/GBK, Big5/) }])
      expect(found.records).toHaveLength(before.length + after.length)
    }
  },
)

/** Names of countries, languages and currencies, of languages that Windows-1252 can write. */
const LANGUAGES = 'fr de es pt it nl ca gl eu sv da nb nn fi is fo et sq af ga br lb rm'.split(' ')

function wordsOf(language: string): string[] {
  const letters = [...'abcdefghijklmnopqrstuvwxyz']
  const pairs = letters.flatMap((a) => letters.map((b) => a + b))
  const names = (type: 'region' | 'language', codes: string[]) => {
    const display = new Intl.DisplayNames([language], { type, fallback: 'none' })
    return codes.flatMap((code) => display.of(code) ?? [])
  }
  return [
    ...names('language', pairs),
    ...names(
      'region',
      pairs.map((code) => code.toUpperCase()),
    ),
  ]
}

test.each(LANGUAGES)('words of %s in Windows-1252 are not foreign', (language) => {
  const words = wordsOf(language).filter((word) => /^[\x20-\x7e\xa0-\xff\u2019]+$/.test(word))
  expect(words.length).toBeGreaterThan(200)
  const inLatin = (text: string) => Buffer.from(text.replaceAll('\u2019', '\x92'), 'latin1')
  const wrong = words.flatMap((word) =>
    [word, word.toUpperCase(), `\xab\xa0${word}\xa0\xbb \x96 \x93${word}\x94`].filter((text) =>
      isForeign(inLatin(text)),
    ),
  )
  expect(wrong).toEqual([])
  const lines = words.map((_, at) => words.slice(at, at + 12).join(' '))
  expect(lines.filter((line) => isForeign(inLatin(line)))).toEqual([])
})

test.each([
  ...[
    'jäääär ja öötöö',
    'hääyöaie',
    'Blóðæðar og slagæðar',
    'CRÉÉE À L\x92ÉTÉ',
    '\xbfÉl? \xa1Óyelo!',
  ],
  ...[
    '\x84Über\x93 \x96 \x84Ärger\x93',
    'x \xb1 5\xb5m \xd7 3\xb0',
    'informa\xe7\xf5es e regi\xf5es',
    '\xab\xa0À\xa0\xbb',
  ],
  ...['\x8aime \x9eivi \x9aest \x9ena \x8eena', '\x9cuvre, c\x9cur, s\x9cur, n\x9cud'],
])('%s is not foreign', (text) => {
  expect(isForeign(Buffer.from(text, 'latin1'))).toBe(false)
})
