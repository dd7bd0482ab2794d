import { sampleSize } from 'es-toolkit'
import { expect, test } from 'vitest'
import { findAdapter } from '../../src/import/formats.ts'
import { guessedEncodingOf } from '../../src/import/input/encoding/guessed.ts'
import { openInput } from '../../src/import/input/input.ts'
import { createTestDatabase } from '../helpers/database.ts'
import { encodedIn } from '../helpers/encoded.ts'
import { importFolder } from '../helpers/import-folder.ts'

const { write, load } = importFolder()

interface Foreign {
  words: string
  /** The separator between two words. */
  between: '' | ' '
  name: string
  /** Encodings used by programs of the country. */
  encodings: string[]
}

const FOREIGN: Foreign[] = [
  {
    words: '面向 湖泊 遥感 图像 深度 学习 方法 研究 综述 水质 评价 模型',
    ...{ between: '', name: '王小明', encodings: ['GB18030'] },
  },
  {
    words: '面向 湖泊 遙感 影像 深度 學習 方法 研究 應用 水質 評價 模型',
    ...{ between: '', name: '陳美玲', encodings: ['Big5'] },
  },
  {
    words: '湖の 画像を 用いた 深層 学習による 水質の 推定について データの モデル',
    ...{ between: '', name: '田中太郎', encodings: ['Shift_JIS', 'EUC-JP'] },
  },
  {
    words: '호수 영상을 이용한 심층 학습 기반의 수질 추정 방법 연구 모델의',
    ...{ between: ' ', name: '김철수', encodings: ['EUC-KR'] },
  },
  {
    words: 'оценка качества воды в озёрах методами глубокого обучения по снимкам',
    ...{ between: ' ', name: 'Иванова Анна', encodings: ['windows-1251', 'KOI8-R', 'ISO-8859-5'] },
  },
]
const RUSSIAN = FOREIGN.at(-1)?.words ?? ''
const LATIN = [
  'évaluation de la qualité des données créées à l’été près du rivage',
  'avaliação da qualidade das águas através de informações não lineares e regiões',
  'größe flüsse über seen für die höhe der träger in österreich',
  'señales de años útiles según la medición del río',
  'kvalitet på sjöar och åar där växtligheten är låg',
]

test.each(
  FOREIGN.flatMap(({ encodings, ...given }) =>
    encodings.map((encoding) => ({ encoding, ...given })),
  ),
)('$encoding without a declaration is detected from the bytes', async (given) => {
  const { encoding, words, between, name } = given
  const all = words.split(' ')
  const titles = [0, 1, 2, 3].map((at) => [...all.slice(at), ...all.slice(0, at)].join(between))
  const text = titles.map((title) => `TY  - JOUR\r\nTI  - ${title}\r\nAU  - ${name}\r\nER  - \r\n`)
  const bytes = encodedIn(encoding, text.join(''))
  expect(guessedEncodingOf(bytes), titles.join('\n')).toBe(encoding)
  expect(guessedEncodingOf(Buffer.from(text.join('')))).toBeNull()
  const input = await openInput(write(`${encoding}.ris`, bytes))
  const adapter = await findAdapter('auto', input)
  const found = []
  for await (const outcome of adapter(input.text, input.name)) found.push(outcome)
  expect(found).toMatchObject(
    titles.map((title) => ({ repairs: [], record: { title, authors: [{ name }] } })),
  )
})

test('an import reports the detected encoding', async () => {
  const t = await createTestDatabase()
  const text = `TY  - JOUR\nTI  - ${RUSSIAN}\nER  - \n`
  const { notices, titles } = await load(t, [write('export.ris', encodedIn('KOI8-R', text))])
  await t.close()
  expect(titles).toEqual([RUSSIAN])
  expect(notices).toContainEqual(expect.stringMatching(/export\.ris is not UTF-8; .* KOI8-R/))
})

test('Latin letters of Europe, and declared encodings, are left to the readers of lines', () => {
  for (const line of LATIN)
    for (let i = 0; i < 20; i++) {
      const title = sampleSize(line.split(' '), 6).join(' ')
      expect(
        guessedEncodingOf(Buffer.from(`TI  - ${title}\n`.repeat(3), 'latin1')),
        title,
      ).toBeNull()
    }
  const bytes = encodedIn('windows-1251', `${RUSSIAN}\n${RUSSIAN}`)
  expect(guessedEncodingOf(bytes)).toBe('windows-1251')
  for (const declaration of [
    '% Encoding: Cp1251\n',
    '<?xml version="1.0" encoding="windows-1251"?>\n',
  ])
    expect(guessedEncodingOf(Buffer.concat([Buffer.from(declaration), bytes]))).toBeNull()
})

const GREEK = 'εκτίμηση της ποιότητας των υδάτων από εικόνες'

test.each([...FOREIGN.map(({ words }) => words), GREEK])(
  'UTF-8 with a damaged byte, or cut within a character, stays UTF-8: %s',
  (words) => {
    const line = Buffer.from(`[${`{"title":"${words}"},`.repeat(50)}`)
    for (let cut = 1; cut <= 4; cut++) {
      const part = Buffer.from(line.subarray(0, line.length - '"},'.length - cut))
      expect(guessedEncodingOf(part)).toBeNull()
      part[line.indexOf('"') + '"title":"'.length] = 0xff
      expect(guessedEncodingOf(part)).toBeNull()
    }
  },
)
