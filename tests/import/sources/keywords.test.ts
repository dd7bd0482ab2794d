import { describe, expect, test } from 'vitest'
import { guardRecord } from '../../../src/import/guard.ts'
import { separateKeywords, topicsOf } from '../../../src/import/sources/keywords.ts'
import { paperRecord } from '../../helpers/catalogue.ts'

describe('keywords in one field are separate:', () => {
  test.each<[string, string[], string[]]>([
    ['semicolons', ['parsing; tagging ;chunking;'], ['parsing', 'tagging', 'chunking']],
    ['commas', ['parsing, tagging, word order'], ['parsing', 'tagging', 'word order']],
    ['commas without spaces', ['parsing,tagging,chunking'], ['parsing', 'tagging', 'chunking']],
    ['two of the vocabulary', ['Deep learning, NLP'], ['Deep learning', 'NLP']],
    ['dots', ['Parsing · Tagging·Chunking'], ['Parsing', 'Tagging', 'Chunking']],
    ['bullets and lines', ['• parsing\n• tagging'], ['parsing', 'tagging']],
    ['bars', ['parsing | tagging'], ['parsing', 'tagging']],
    ['full-width signs', ['句法分析；机器翻译、语音'], ['句法分析', '机器翻译', '语音']],
    ['a heading', ['Keywords: parsing; tagging'], ['parsing', 'tagging']],
    ['another heading', ['Index Terms—parsing, tagging, speech'], ['parsing', 'tagging', 'speech']],
    [
      'a heading in another language',
      ['Mots-clés : analyse; traduction'],
      ['analyse', 'traduction'],
    ],
    ['numbers', ['1. parsing; 2. tagging'], ['parsing', 'tagging']],
    ['the last with "and"', ['parsing; and tagging.'], ['parsing', 'tagging']],
    ['quotes', ['"parsing"', '“word order”'], ['parsing', 'word order']],
    [
      'markup',
      ['<i>E. coli</i>', 'R&amp;D', '&lt;b&gt;parsing&lt;/b&gt;'],
      ['E. coli', 'R&D', 'parsing'],
    ],
    ['tags', ['#nlp'], ['nlp']],
  ])('%s', (_, printed, expected) => {
    expect(separateKeywords(printed)).toEqual(expected)
  })
})

describe('one keyword stays one:', () => {
  test.each([
    'Models, Theoretical',
    '2,4-dichlorophenol',
    'paral·lel',
    'C++',
    '.NET',
    'p(y|x)',
    'A* search',
    'e-learning',
    'In this paper, we show for the first time, after many years of work, that it holds',
    '🤖',
  ])('%s', (keyword) => {
    expect(separateKeywords([keyword])).toEqual([keyword])
  })
})

test('placeholders are not keywords', () => {
  expect(separateKeywords(['n/a', 'None', '-', '???', 'NaN', ' ', 'keywords', ';;'])).toEqual([])
})

test('numbers, sentences and tags are keywords, and not topics', () => {
  const printed = [
    'imported',
    'pippi',
    '1',
    'a'.repeat(310),
    '🤖',
    'Graph  Learning',
    'graph learning',
  ]
  const { topics, keywords } = topicsOf('A Title', null, printed)
  expect(topics.map(({ slug }) => slug)).toEqual(['graph-learning'])
  const guarded = guardRecord(paperRecord({ keywords: keywords ?? [] }))
  expect(guarded).toMatchObject({
    record: { keywords: ['imported', 'pippi', '1', '🤖', 'Graph Learning', 'graph learning'] },
    repairs: ['keywords of more than 300 characters were left out'],
  })
})
