import { afterAll, beforeAll, expect, test } from 'vitest'
import { FIELD_NAMES, fieldOf, isTextField } from '../../../src/domain/search/fields/fields.ts'
import type { TestDatabase } from '../../helpers/database.ts'
import { askWell } from '../../helpers/graphql.ts'
import { createSeededDatabase } from '../seeded-catalogue.ts'

let t: TestDatabase
beforeAll(async () => {
  ;({ t } = await createSeededDatabase())
})
afterAll(() => t.close())

/** For each field of names an existing name, a slip in it, and its correction. */
const KNOWN: Record<string, [known: string, slip: string, meant: string | null]> = {
  author: ['lovelace', '"ada lovelase"', '"Ada Lovelace"'],
  affiliation: ['bell-labs', 'bell-lebs', '"Bell'],
  topic: ['clustering', 'clusterin', 'clustering'],
  // Any word may be a keyword.
  keyword: ['"weather maps"', 'wether', null],
  venue: ['weather', 'wether', 'weather'],
  lang: ['python', 'pyhton', 'Python'],
  award: ['"best paper"', '"bst papers"', '"Best Paper"'],
  session: ['learning', '"lerning ii"', '"Learning II"'],
  area: ['theory', 'theroy', 'Theory'],
}
const NAMES = FIELD_NAMES.filter((name) => !isTextField(name) && fieldOf(name).isName)

test('each field of names is tested here', () => {
  expect([...NAMES].sort()).toEqual(Object.keys(KNOWN).sort())
})

async function warningsOf(query: string, mode: string): Promise<string[]> {
  const { data } = await askWell<{ search: { warnings: { message: string }[] } }>(
    t,
    'query ($query: String!, $mode: SearchMode!) { search(query: $query, mode: $mode) { warnings { message } } }',
    { query, mode },
  )
  return data.search.warnings.map(({ message }) => message)
}

test.each(NAMES.flatMap((name) => ['LENIENT', 'STRICT'].map((mode) => [name, mode] as const)))(
  '%s: warns of a name that no paper has, and suggests a correction, in %s',
  async (name, mode) => {
    const [known = '', slip = '', meant = null] = KNOWN[name] ?? []
    expect(await warningsOf(`${name}:${known}`, mode)).toEqual([])
    expect(await warningsOf(`-${name}:zzyzxq`, mode)).toEqual([])
    const [unknown, ...more] = await warningsOf(`parser ${name}:zzyzxq`, mode)
    expect(unknown).toContain(`query, character 8: no paper has the ${name} "zzyzxq"`)
    expect(more).toEqual([])
    const [told] = await warningsOf(`${name}:${slip}`, mode)
    if (meant === null) expect(told).not.toContain('did you mean')
    else expect(told).toContain(`; did you mean ${name}:${meant}`)
  },
)
