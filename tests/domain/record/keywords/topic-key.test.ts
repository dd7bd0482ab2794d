import { describe, expect, test } from 'vitest'
import { keywordUses } from '../../../../src/domain/record/keywords/keyword-use.ts'
import { longName, topicKeyOf } from '../../../../src/domain/record/keywords/topic-key.ts'
import { isTopic, longFormOf } from '../../../../src/domain/record/keywords/topic-rule.ts'
import {
  vocabularyTopicOfKey,
  vocabularyTopicsOf,
} from '../../../../src/domain/record/keywords/vocabulary-keys.ts'

const keyOf = (name: string) => topicKeyOf(name).key

describe('spellings of one keyword have one key:', () => {
  test.each([
    ['number', ['diffusion model', 'Diffusion Models', 'diffusion models.']],
    ['irregular number', ['word analysis', 'word analyses']],
    ['number of words in -e', ['knowledge base', 'knowledge bases']],
    ['number of words in -ch', ['tree search', 'tree searches']],
    ['hyphens and spaces', ['multi-agent system', 'multi agent systems', 'multiagent-systems']],
    ['British and American', ['behaviour modelling', 'behavior modeling']],
    ['-ise and -ize', ['tokenisation of colours', 'tokenization of colors']],
    [
      'acronym behind',
      ['swarm flight control', 'swarm flight control sfc', 'Swarm Flight Control (SFC)'],
    ],
    [
      'acronym before',
      ['large language models', 'llms large language models', 'LLMs (large language models)'],
    ],
    [
      'acronym of hyphenated words',
      ['multimodal large language models', 'multi modal large language models mllms'],
    ],
    ['acronym of the vocabulary within', ['multimodal LLMs', 'multimodal large language model']],
    ['acronym of first letters', ['low-rank adaptation', 'low-rank adaptation (LoRA)']],
    ['small words left out', ['chain of thought', 'Chain-of-Thought (CoT)']],
  ])('%s', (_, names) => {
    expect(new Set(names.map(keyOf)).size).toBe(1)
  })
})

test.each([
  ['graph networks', 'graphs and networks'],
  ['vision-language models', 'vision-language-action models'],
  ['test-time scaling (TTS)', 'text to speech (TTS)'],
  ['C', 'C++'],
  ['bias', 'bia'],
  ['LLM agents', 'LLMs'],
])('%s is not %s', (a, b) => {
  expect(keyOf(a)).not.toBe(keyOf(b))
})

test('names of long forms have no acronym', () => {
  const names = [
    'Swarm Flight Control (SFC)',
    'SFC (Swarm Flight Control)',
    'sfc swarm flight control',
  ]
  expect(names.map(longName)).toEqual([
    'Swarm Flight Control',
    'Swarm Flight Control',
    'swarm flight control',
  ])
  // It differs from the topic of graphs, and must not have its slug.
  expect(longName('graphs (directed)')).toBe('graphs (directed)')
})

test('the vocabulary has spellings, and the parts of areas', () => {
  expect(vocabularyTopicOfKey(keyOf('llms large language models'))?.slug).toBe(
    'large-language-models',
  )
  const name = 'Computer Vision: Clustering of everything'
  expect(vocabularyTopicsOf(name, keyOf(name)).map(({ slug }) => slug)).toEqual(['computer-vision'])
})

test('a paper states where it uses a keyword, and the long forms of its acronyms', () => {
  const abstract = 'We steer by multi-modal swarm control (MSC), and rest on wind maps.'
  const uses = keywordUses(
    ['MSC', 'wind map', 'Swarms', 'imported', 'a $x$'],
    'Swarms at Dusk',
    abstract,
  )
  expect(uses.map(({ slug, key, said }) => [slug, key, said])).toEqual([
    ['msc', keyOf('multimodal swarm control'), 1],
    ['wind-map', 'windmap', 1],
    ['swarms', 'swarm', 2],
    ['imported', 'imported', 0],
    ['a-x', null, 0],
  ])
})

const support = { papers: 10, said: 9, inTitle: 4, groups: 5, titleGroups: 3 }
test.each([
  ['papers of several groups name it in titles', 'swarmflight', support, true],
  ['one group has it', 'swarmflight', { ...support, groups: 1, titleGroups: 1 }, false],
  ['no title has it, as a metric', 'psnr', { ...support, inTitle: 0, titleGroups: 0 }, false],
  ['papers do not say it, as a tag', 'pippi', { ...support, papers: 200 }, false],
  ['it is a tag of libraries', 'imported', support, false],
  ['it names no subject', 'framework', support, false],
])('a topic: %s', (_, key, given, expected) => {
  expect(isTopic(key, given)).toBe(expected)
})

test('an acronym joins the long form that papers agree on', () => {
  expect(
    longFormOf(
      new Map([
        ['swarmflight', 4],
        ['swiftfox', 1],
      ]),
    ),
  ).toBe('swarmflight')
  expect(
    longFormOf(
      new Map([
        ['swarmflight', 3],
        ['swiftfox', 2],
      ]),
    ),
  ).toBeNull()
  expect(longFormOf(new Map([['swarmflight', 1]]))).toBeNull()
})
