import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRandom } from '../../fuzz/random.ts'
import type { TestDatabase } from '../../helpers/database.ts'
import { askWell } from '../../helpers/graphql.ts'
import { createSearchDatabase } from './catalogue.ts'

let t: TestDatabase
let words: string[]
beforeAll(async () => {
  t = await createSearchDatabase()
  const rows = await t.db.query<{ word: string }>(
    sql`select word from search_words join search_lexemes using (lexeme) where word ~ '^[a-z]{6,}$' and paper_count > 0 order by word`,
  )
  words = rows.map(({ word }) => word)
})
afterAll(() => t.close())

async function search(query: string, mode = 'LENIENT') {
  const { data } = await askWell<{
    search: { totalCount: number; warnings: { character: number; message: string }[] }
  }>(
    t,
    'query ($query: String!, $mode: SearchMode!) { search(query: $query, mode: $mode) { totalCount warnings { character message } } }',
    { query, mode },
  )
  return data.search
}

/** Whether a paper or an author has the word. */
async function isKnown(word: string): Promise<boolean> {
  const [row] = await t.db.query<{ known: boolean }>(sql`
    select exists (select from papers where search @@ plainto_tsquery('paperql', ${word}::text))
      or exists (select from authors where key_vector(name_key || other_names) @@ plainto_tsquery('simple', ${word}::text)) as known`)
  return row?.known ?? false
}

/** A word with two neighbouring letters swapped, one missing or one doubled. */
function slipIn(word: string, random: ReturnType<typeof createRandom>): string {
  const at = 1 + random.whole(word.length - 2)
  const [before, a = '', b = '', after] = [
    word.slice(0, at),
    word[at],
    word[at + 1],
    word.slice(at + 2),
  ]
  return random.pick([before + b + a + after, before + b + after, before + a + a + b + after])
}

test('a known word is searched unchanged, in every place', async () => {
  for (const word of words)
    for (const query of [word, `title:${word}`, `models ${word}`])
      expect((await search(query)).warnings, query).toEqual([])
})

test('a corrected word is reported, with its position and the searched word', async () => {
  const random = createRandom(1)
  let told = 0
  for (const word of words) {
    const slip = slipIn(word, random)
    if (await isKnown(slip)) continue
    for (const [before, query] of [
      ['', slip],
      ['title:', `title:${slip}`],
    ] as const) {
      const { totalCount, warnings } = await search(query)
      const strict = await search(query, 'STRICT')
      expect(strict.warnings, query).toEqual([])
      if (totalCount > 0) {
        expect(warnings, query).toHaveLength(1)
        expect(warnings[0]?.character).toBe(before.length + 1)
        expect(warnings[0]?.message).toMatch(
          new RegExp(
            `: searched for "\\w+".* instead of "${slip}", a word that the catalogue does not know\\.$`,
          ),
        )
        told++
      }
    }
  }
  expect(told).toBeGreaterThan(words.length)
})
