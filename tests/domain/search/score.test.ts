import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as ranking from '../../../src/db/ranking.ts'
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

const { LENGTH_OF_SENTENCE: length, SENTENCE_TERMS: terms } = ranking

/** The sentence of the guide for each constant of the score. */
const SENTENCES: Record<keyof typeof ranking, string> = {
  TEXT: `The weighted mean is scaled to ${ranking.TEXT} points`,
  ABSTRACT: `counts 1 in the title and ${ranking.ABSTRACT} in the abstract`,
  KEYWORD: `${ranking.KEYWORD} in the keywords`,
  MOST_OF_TERM: `a term at most ${ranking.MOST_OF_TERM}`,
  PAIR: `add up to ${{ 0.5: 'half' }[ranking.PAIR as number] ?? ranking.PAIR} of their weight`,
  COMPLETE: `all other terms too get ${ranking.COMPLETE.byAuthors * ranking.TEXT} more points, and so come first; papers that have all terms as words get ${ranking.COMPLETE.inText * ranking.TEXT}`,
  FOCUS: `up to ${ranking.FOCUS} points`,
  CITATION_POINTS: `${ranking.CITATION_POINTS} × ln(1 + citations). Ten citations add ${points(10)} points and a thousand ${points(1000)}`,
  FULL_QUALITY_TERMS: `In a query of more than ${ranking.FULL_QUALITY_TERMS} terms each term is worth less, so that citations and freshness count ${ranking.FULL_QUALITY_TERMS} ÷ terms`,
  SENTENCE_TERMS: `A query of more than ${terms - 1} terms is a sentence`,
  ABSTRACT_OF_SENTENCE: `an occurrence in the abstract then counts ${ranking.ABSTRACT_OF_SENTENCE}`,
  LENGTH_OF_SENTENCE: `divided by √(${1 - length.part} + ${length.part} × different words of the text ÷ ${length.mean}), where a text has at least ${length.least} words`,
  FRESHNESS_POINTS: `${ranking.FRESHNESS_POINTS} for each year`,
  FRESHNESS_EPOCH: `for each year since ${ranking.FRESHNESS_EPOCH.slice(0, 4)}`,
  FRESHNESS_YEARS: `for at most ${ranking.FRESHNESS_YEARS} years`,
}

test.each(Object.entries(SENTENCES))('the guide has the constant %s', (_, sentence) => {
  expect(guide).toContain(sentence)
})

function points(citations: number): string {
  return (ranking.CITATION_POINTS * Math.log(1 + citations)).toFixed(1)
}

test('the functions of the database have the constants', async () => {
  const [row] = await t.db.query<{
    citations: number
    fresh: number
    oldest: number
    most: number
  }>(sql`
    select search_citation_score(1000) as citations,
      search_freshness_score((${ranking.FRESHNESS_EPOCH}::date + interval '10 years')::date) as fresh,
      search_freshness_score(${ranking.FRESHNESS_EPOCH}::date - 1) as oldest,
      search_freshness_score('9999-01-01') as most`)
  expect(row?.citations).toBeCloseTo(ranking.CITATION_POINTS * Math.log(1001), 4)
  expect(row?.fresh).toBeCloseTo(ranking.FRESHNESS_POINTS * 10, 2)
  expect(row?.oldest).toBe(0)
  expect(row?.most).toBeCloseTo(ranking.FRESHNESS_POINTS * ranking.FRESHNESS_YEARS, 2)
})

test('the schema states the constants', () => {
  const described = JSON.stringify(
    Object.values(schema.getTypeMap()).map((type) =>
      'getFields' in type ? Object.values(type.getFields()).map((field) => field.description) : [],
    ),
  )
  expect(described).toContain(`${ranking.CITATION_POINTS} × ln(1 + citations)`)
  expect(described).toContain(String(ranking.FRESHNESS_POINTS))
})
