import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  ABSTRACT,
  ABSTRACT_OF_SENTENCE,
  CITATION_POINTS,
  FOCUS,
  FRESHNESS_EPOCH,
  FRESHNESS_POINTS,
  FRESHNESS_YEARS,
  FULL_QUALITY_TERMS,
  KEYWORD,
  LENGTH_OF_SENTENCE,
  MOST_OF_TERM,
  PAIR,
  SENTENCE_TERMS,
  TEXT,
} from '../../../src/db/ranking.ts'
import { sql } from '../../../src/db/sql.ts'
import { schema } from '../../../src/graphql/index.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
})
afterAll(() => t.close())

const guide = readFileSync(
  fileURLToPath(new URL('../../../src/domain/search/score.md', import.meta.url)),
  'utf8',
).replace(/\s+/g, ' ')

test.each([
  ['text', `The weighted mean is scaled to ${TEXT} points`],
  ['abstract', `counts 1 in the title and ${ABSTRACT} in the abstract`],
  ['keyword', `${KEYWORD} in the keywords`],
  ['term', `a term at most ${MOST_OF_TERM}`],
  ['pair', `add up to ${{ 0.5: 'half' }[PAIR as number] ?? PAIR} of their weight`],
  ['focus', `up to ${FOCUS} points`],
  ['citations', `${CITATION_POINTS} × ln(1 + citations)`],
  ['ten citations', `Ten citations add ${points(10)} points and a thousand ${points(1000)}`],
  ['quality', `Of a query of more than ${FULL_QUALITY_TERMS} terms`],
  [
    'sentence',
    `Where it has more than ${SENTENCE_TERMS - 1}, it is a sentence: an occurrence in the abstract then counts ${ABSTRACT_OF_SENTENCE}`,
  ],
  [
    'length of a text',
    `divided by √(${1 - LENGTH_OF_SENTENCE.part} + ${LENGTH_OF_SENTENCE.part} × different words of the text ÷ ${LENGTH_OF_SENTENCE.mean}), of at least ${LENGTH_OF_SENTENCE.least} words`,
  ],
  ['freshness', `${FRESHNESS_POINTS} for each year since ${FRESHNESS_EPOCH.slice(0, 4)}`],
])('the guide has the constants of the score: %s', (_, sentence) => {
  expect(guide).toContain(sentence)
})

function points(citations: number): string {
  return (CITATION_POINTS * Math.log(1 + citations)).toFixed(1)
}

test('the functions of the database have them', async () => {
  const [row] = await t.db.query<{
    citations: number
    fresh: number
    oldest: number
    most: number
  }>(sql`
    select search_citation_score(1000) as citations,
      search_freshness_score((${FRESHNESS_EPOCH}::date + interval '10 years')::date) as fresh,
      search_freshness_score(${FRESHNESS_EPOCH}::date - 1) as oldest,
      search_freshness_score('9999-01-01') as most`)
  expect(row?.citations).toBeCloseTo(CITATION_POINTS * Math.log(1001), 4)
  expect(row?.fresh).toBeCloseTo(FRESHNESS_POINTS * 10, 2)
  expect(row?.oldest).toBe(0)
  expect(row?.most).toBeCloseTo(FRESHNESS_POINTS * FRESHNESS_YEARS, 2)
})

test('the schema says them', () => {
  const described = JSON.stringify(
    Object.values(schema.getTypeMap()).map((type) =>
      'getFields' in type ? Object.values(type.getFields()).map((field) => field.description) : [],
    ),
  )
  expect(described).toContain(`${CITATION_POINTS} × ln(1 + citations)`)
  expect(described).toContain(String(FRESHNESS_POINTS))
})
