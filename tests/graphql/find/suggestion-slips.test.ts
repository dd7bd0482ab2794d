import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { askWell } from '../../helpers/graphql.ts'

const TOPICS = [
  'Speech Recognition',
  'Machine Translation',
  'Question Answering',
  'Sentiment Analysis',
]

/** The topic, typed with a letter of its first word missing or two letters swapped, and part of its second word. */
const TYPED = TOPICS.flatMap((topic) => {
  const [first = '', second = ''] = topic.toLowerCase().split(' ')
  const inner = Array.from({ length: first.length - 3 }, (_, i) => i + 1)
  return inner
    .flatMap((at) => [
      first.slice(0, at) + first.slice(at + 1),
      first.slice(0, at) + first.charAt(at + 1) + first.charAt(at) + first.slice(at + 2),
    ])
    .filter((word, i, all) => word !== first && all.indexOf(word) === i)
    .map((word): [string, string] => [`${word} ${second.slice(0, 5)}`, topic])
})

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase({ sample: 'sample' })
})
afterAll(() => t?.close())

test.each(TYPED)('%s suggests %s', async (prefix, topic) => {
  const { data } = await askWell<{ suggest: { label: string }[] }>(
    t,
    'query ($prefix: String!) { suggest(prefix: $prefix, first: 3, kinds: [TOPIC, PAPER]) { label } }',
    { prefix },
  )
  expect(data.suggest.map(({ label }) => label)).toContain(topic)
})
