import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestDatabase } from '../../helpers/database.ts'
import { askWell } from '../../helpers/graphql.ts'
import { createSearchDatabase } from './catalogue.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await createSearchDatabase()
})
afterAll(() => t.close())

const IGNORED = [
  'to be or not to be',
  'the who',
  '"the who"',
  'THE',
  'it is',
  'title:the',
  '(the) of',
]
const SEARCHED = [
  'the optimal',
  'to be or not to be optimal',
  'C++',
  'title:optimal',
  'α',
  '机',
  '',
  'year:2020',
]

const ask = async (query: string, mode: string) => {
  const { data } = await askWell<{
    search: { totalCount: number; warnings: { character: number; message: string }[] }
  }>(
    t,
    'query($query: String!, $mode: SearchMode!) { search(query: $query, mode: $mode) { totalCount warnings { character message } } }',
    { query, mode },
  )
  return data.search
}

const told = (warnings: { message: string }[]) =>
  warnings.filter(({ message }) => message.includes('has only stop words and signs'))

test.each(['LENIENT', 'STRICT'])('%s reports that it searches none of the words', async (mode) => {
  for (const query of IGNORED) {
    const { warnings } = await ask(query, mode)
    expect(told(warnings), query).toHaveLength(1)
  }
  for (const query of SEARCHED) expect(told((await ask(query, mode)).warnings), query).toEqual([])
})

test('with the position and the words', async () => {
  const { warnings } = await ask('  the who', 'STRICT')
  expect(warnings).toEqual([
    {
      character: 3,
      message: 'query, character 3: "the who" has only stop words and signs, which are ignored.',
    },
  ])
})
