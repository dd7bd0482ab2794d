import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import { refreshSearchWords } from '../../../src/domain/search/dictionary.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { askWell } from '../../helpers/graphql.ts'
import { type Found, titlesOf } from './catalogue.ts'

const by = (...names: string[]) => ({
  authors: names.map((name) => ({ name, identifiers: [], affiliation: null })),
})

/** A title with a word with points or accents, and the word as typed with and without them. */
const MARKED = [
  { title: 'שָׁלוֹם רב לכולם', typed: ['שלום', 'שָׁלוֹם'] },
  { title: 'מדריך עברית לתחביר', typed: ['עברית', 'עִבְרִית'] },
  { title: 'תורת בית־הספר בישראל', typed: ['הספר', 'בית־הספר', 'בית הספר'] },
  { title: 'كِتَابٌ في النحو', typed: ['كتاب', 'كِتَابٌ'] },
  { title: 'المعجم العربي الحديث', typed: ['المعجم', 'المُعْجَم'] },
  { title: 'Сло\u0301во о ру\u0301сском языке', typed: ['слово', 'сло\u0301во'] },
  { title: 'The x\u0302ylophone estimator', typed: ['xylophone', 'x\u0302ylophone'] },
]

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
  const records = [
    paperRecord({ key: 'zh', title: '中文标题测试论文研究', ...by('李四', '王小明') }),
    paperRecord({ key: 'zh2', title: '深度学习综述', abstract: '本文测量，试验。', ...by('张伟') }),
    paperRecord({
      key: 'ja',
      title: 'ディープ・ラーニングによる画像認識の研究',
      ...by('山田太郎'),
    }),
    paperRecord({ key: 'ko', title: '한국어 논문을 위한 기계학습', ...by('김민수') }),
    paperRecord({ key: 'th', title: 'การเรียนรู้ของเครื่องสำหรับภาษาไทย', ...by('สมชาย ใจดี') }),
    paperRecord({ key: 'mix', title: 'BERT模型在GPU上的训练', ...by('Si Li') }),
    paperRecord({ key: 'en', title: 'Deep Learning for Images', ...by('Ada Lovelace') }),
    ...MARKED.map(({ title }, at) => paperRecord({ key: `marked-${at}`, title })),
    paperRecord({ key: 'roads', title: 'Roads of Strasse and Size' }),
    paperRecord({ key: 'states', title: 'Stages, States and Stars' }),
  ]
  await transaction(t.url, (tx) => writeRecords(tx, records))
  await refreshSearchWords(t.url)
})
afterAll(() => t.close())

test.each([
  ['测试', '中文标题测试论文研究'],
  ['论文研究', '中文标题测试论文研究'],
  ['"测试论文"', '中文标题测试论文研究'],
  ['title:标题', '中文标题测试论文研究'],
  ['画像認識', 'ディープ・ラーニングによる画像認識の研究'],
  ['ラーニング', 'ディープ・ラーニングによる画像認識の研究'],
  ['ﾗｰﾆﾝｸﾞ', 'ディープ・ラーニングによる画像認識の研究'],
  ['논문', '한국어 논문을 위한 기계학습'],
  ['학습', '한국어 논문을 위한 기계학습'],
  ['ภาษา', 'การเรียนรู้ของเครื่องสำหรับภาษาไทย'],
  ['เรียนรู้', 'การเรียนรู้ของเครื่องสำหรับภาษาไทย'],
  ['模型', 'BERT模型在GPU上的训练'],
  ['bert', 'BERT模型在GPU上的训练'],
  ['author:李四', '中文标题测试论文研究'],
  ['author:"李 四"', '中文标题测试论文研究'],
  ['author:김민수', '한국어 논문을 위한 기계학습'],
  ['李四', '中文标题测试论文研究'],
  ['author:"Li, Si"', 'BERT模型在GPU上的训练'],
])('%s is found within %s', async (query, title) => {
  expect(await titlesOf(t, query)).toEqual([title])
})

test.each(MARKED.flatMap(({ title, typed }) => typed.map((query) => [query, title])))(
  '%s is found with and without its points or accents',
  async (query, title) => {
    for (const mode of ['LENIENT', 'STRICT'])
      expect(await titlesOf(t, query, `, mode: ${mode}`)).toEqual([title])
  },
)

test.each(['straße', 'strasse', 'straßes', 'stráße'])(
  '%s, whose letters no text has, is corrected by its transliteration',
  async (query) => {
    expect(await titlesOf(t, query)).toEqual(['Roads of Strasse and Size'])
  },
)

test('separate letters are not a word', async () => {
  expect(await titlesOf(t, '"测论"', ', mode: STRICT')).toEqual([])
  expect(await titlesOf(t, '测试', ', mode: STRICT')).toEqual(['中文标题测试论文研究'])
})

test('the match is marked within the words around it', async () => {
  const { data } = await askWell<Found>(
    t,
    '{ search(query: "测试") { edges { highlights { title } } } }',
  )
  expect(data.search.edges[0]?.highlights.title).toBe('中文标题<mark>测试</mark>论文研究')
})

test('texts of other scripts are indexed as they were', async () => {
  const texts = [
    'Deep α-Learning, fine-tuning of LLMs in C++: naïve Erdős',
    'Обучение и μ-метод',
    'הבנה',
  ]
  const rows = await t.db.query<{ words: string }>(
    sql`select search_text(x) as words from unnest(${texts}::text[]) as x`,
  )
  expect(rows.map(({ words }) => words)).toEqual([
    'deep alpha learning, fine tuning of llm in cplusplus: naïve erdős alphalearning finetuning',
    'обучение и mu метод muметод',
    'הבנה ',
  ])
})
