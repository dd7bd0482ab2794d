import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestDatabase } from '../../helpers/database.ts'
import { askWell } from '../../helpers/graphql.ts'
import { createSeededDatabase } from '../seeded-catalogue.ts'

let t: TestDatabase
beforeAll(async () => {
  t = (await createSeededDatabase()).t
  await addAuthors()
  await addTitles()
})
afterAll(() => t.close())

/** More authors than are examined in the order of use; some have rare names. */
async function addAuthors(): Promise<void> {
  await t.db.query(sql`
    insert into authors (name, name_key, paper_count)
    select n.name, lower(n.name), case when n.i % 7 = 0 then 0 else 6000 - n.i end
    from (select i, (array['Maria','Marco','Wei','Weimin','Ola'])[1 + i % 5] || ' '
      || (array['Quill','Quist','Stone','Stolz'])[1 + (i / 5) % 4] || chr(97 + i % 26) || chr(97 + i / 26 % 26) || chr(97 + i / 676) as name
      from generate_series(1, 6000) i) n`)
}

/**
 * More papers than are examined in the order of use. Some words are each in more than 200 titles, few of which have two of them. More words
 * begin with `quartz` than are counted, and more with `slate`, `marble` and `chert` than are searched individually: only the rarer words of
 * `marble…` are beside `granite`, and the commoner ones of `chert…` beside `dolomite`.
 */
async function addTitles(): Promise<void> {
  await t.db.query(sql`
    insert into papers (title, title_key, kind, stated_citation_count)
    select initcap(n.key), n.key, 'preprint', 800 - n.i / 6 from (
      select i, concat_ws(' ', case when i % 3 = 0 then 'granite' end, case when i % 7 = 0 then 'feldspar' end,
        case when i % 11 = 0 then 'olivine' end, case when i % 13 = 0 then 'pyroxene' end, case when i % 17 = 0 then 'gabbro' end,
        case when i % 2 = 0 then 'quartz' || chr(97 + i / 2 % 26) || chr(97 + i / 52 % 26) else 'slate' || chr(97 + i / 2 % 26) end,
        case when i > 2500 and i % 3 = 0 and i % 5 = 0 then 'marble' || chr(110 + i / 15 % 12)
          when i > 2500 and i % 3 > 0 then 'marble' || chr(97 + i % 8) end,
        case when i % 5 < 3 then 'dolomite' end,
        case when i % 100 = 3 then 'chertx' || i % 3 when i % 5 > 2 or i % 120 = 0 then 'chert' || chr(97 + i / 4 % 8) end) as key
      from generate_series(4500, 1, -1) i) n`)
}

interface Used {
  label: string
  use: number
}
type Suggestion = Used & { isCorrected: boolean }

const SUGGEST = `query($prefix: String!, $kind: SuggestionKind!, $first: Int) {
  suggest(prefix: $prefix, kinds: [$kind], first: $first) { label use isCorrected } }`

async function suggest(prefix: string, kind: string, first = 20): Promise<Suggestion[]> {
  const variables = { prefix, kind, first }
  const { data, statements } = await askWell<{ suggest: Suggestion[] }>(t, SUGGEST, variables)
  expect(statements).toHaveLength(1)
  return data.suggest
}

test('the most used come first', async () => {
  const uses = (await suggest('wei', 'AUTHOR', 50)).map(({ use }) => use)
  expect(uses).toHaveLength(50)
  expect(uses).toEqual(uses.toSorted((a, b) => b - a))
})

const usesOf = (list: Used[]) => list.map(({ use }) => use).toSorted((a, b) => b - a)

const plainOf = (found: Suggestion[]) => found.filter(({ isCorrected }) => !isCorrected)

test.each([
  'm',
  'we',
  'mar sto',
  'sto mar',
  'quill',
  'quilla',
  'quistaaa',
  'ola q',
  'weimin stolz',
  'q',
  'weia',
])(
  'as many suggestions with the same use are found by %j as exist, however far down',
  async (prefix) => {
    const words = prefix.split(' ')
    const rows = await t.db.query<Used>(sql`
      select name as label, paper_count as use from authors where (' ' || name_key) like all(${words.map((word) => `% ${word}%`)}::text[])
      order by paper_count desc limit 20`)
    expect(usesOf(plainOf(await suggest(prefix, 'AUTHOR')))).toEqual(usesOf(rows))
  },
)

test.each([
  'gran',
  'g',
  'oliv pyro',
  'gabbro pyrox',
  'feld oliv pyro',
  'oliv pyro gabb',
  'quartza',
  'quartzab',
  'quartza oliv',
  'quartz oliv pyro',
  'slatea gab',
  'slate oliv gab',
  'slate quartz',
  'gran o f g',
  'marble gran',
  'dolo chert',
  'chert gran',
])('as many titles with the same use are found by %j, however rarely together', async (prefix) => {
  const found = await suggest(prefix, 'PAPER')
  expect(usesOf(plainOf(found))).toEqual(usesOf(await titlesWith(prefix)))
})

test.each(['feldspar oliv', 'quartz', 'slate'])(
  'titles that begin with %j replace the least used ones',
  async (prefix) => {
    const [found, used] = [plainOf(await suggest(prefix, 'PAPER')), await titlesWith(prefix)]
    expect(found).toHaveLength(used.length)
    const begins = ({ label }: Used) => label.toLowerCase().startsWith(prefix)
    const others = usesOf(found.filter((one) => !begins(one)))
    const usedOthers = usesOf(used.filter((one) => !begins(one)))
    expect(others).toEqual(usedOthers.slice(0, others.length))
    expect(others.length).toBeLessThan(usedOthers.length)
    // Of titles with the same use as the last one, any may be among the first 20.
    const least = Math.min(...used.map(({ use }) => use))
    const begun = usesOf(used.filter((one) => begins(one) && one.use > least))
    expect(usesOf(found.filter(begins)).slice(0, begun.length)).toEqual(begun)
  },
)

/** The 20 most used papers with words in their titles that begin with the prefix, read one by one. */
function titlesWith(prefix: string): Promise<Used[]> {
  const patterns = prefix.split(' ').map((word) => `% ${word}%`)
  return t.db.query<Used>(sql`
    select title as label, citation_count as use from papers where (' ' || title_key) like all(${patterns}::text[])
    order by citation_count desc limit 20`)
}
