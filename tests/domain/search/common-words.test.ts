import sql, { raw, type Sql } from 'sql-template-tag'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../../src/db/client.ts'
import type { PaperFilter } from '../../../src/domain/papers/filter.ts'
import { refreshSearchWords } from '../../../src/domain/search/dictionary.ts'
import { countSearch, planSearch, readSearch } from '../../../src/domain/search/search.ts'
import type { QueryMode } from '../../../src/domain/search/tokens.ts'
import { firstRows } from '../../../src/sql/keyset.ts'
import { NOTHING } from '../../../src/sql/selection.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'

const PAPERS = 12_000

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
  // PostgreSQL would rather read all of such short papers than look them up; that is not so in a real catalogue.
  await t.db.query(sql`
    do $$ begin execute format('alter database %I set enable_seqscan = off', current_database()); end $$`)
  // Every second paper is about parsing, every third about graphs, every 600th about whales; citations are spread evenly.
  await t.db.query(sql`
    insert into papers (title, title_key, abstract, kind, published_on, stated_citation_count)
    select concat_ws(' ', 'Paper', case when n % 4 = 0 then 'parsing' end, case when n % 600 = 0 then 'whales' end, n),
      'paper ' || n,
      concat_ws(' ', case when n % 2 = 0 then 'parsing' end, case when n % 3 = 0 then 'graphs' end, 'and more'),
      'preprint', date '2000-01-01' + n % 7000, (n * 7919) % 1000
    from generate_series(1, ${PAPERS}::int) as n`)
  // Forty authors are called Wei, with a hundred papers each, and one is Wei Karomi, with the last three.
  await t.db.query(sql`
    with a as (
      insert into authors (name, name_key, paper_count)
      select 'Wei ' || w.name, 'wei ' || lower(w.name), w.papers
      from (select translate(n::text, '0123456789', 'qrstuvwxyz') as name, 100 as papers from generate_series(1, 40) as n
        union all select 'Karomi', 3) w
      returning id, name, paper_count)
    insert into authorships (paper_id, position, author_id, name, published_sort)
    select p.id, 0, a.id, a.name, p.published_sort
    from (select *, sum(paper_count) over (order by paper_count desc, id) as last from a) a
    join (select *, row_number() over (order by id) as n from papers) p
      on case when a.paper_count = 3 then p.n > ${PAPERS}::int - 3 else p.n between a.last - 99 and a.last end`)
  await t.db.query(sql`analyze papers, authors, authorships`)
  await refreshSearchWords(t.url)
})
afterAll(() => t.close())

interface Node {
  'Relation Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  'Rows Removed by Index Recheck'?: number
  Plans?: Node[]
}

/** Number of rows of `papers` that a plan read. */
function papersRead(node: Node): number {
  const removed =
    (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)
  const own =
    node['Relation Name'] === 'papers' ? (node['Actual Rows'] + removed) * node['Actual Loops'] : 0
  return (node.Plans ?? []).reduce((sum, plan) => sum + papersRead(plan), own)
}

/** Number of rows of papers read to plan a search, and to read its first page; null if that takes no statement. */
async function effortsOf(query: string, filter: PaperFilter = {}, mode: QueryMode = 'lenient') {
  let effort: number | null = null
  const explaining: Database = {
    ...t.db,
    async query<Row extends object>(statement: Sql, options?: object) {
      const [row] = await t.db.query<{ 'QUERY PLAN': { Plan: Node }[] }>(
        sql`${raw('explain (analyze, format json) ')}${statement}`,
        options,
      )
      effort = (effort ?? 0) + papersRead(row?.['QUERY PLAN'][0]?.Plan as Node)
      return t.db.query<Row>(statement, options)
    },
  }
  const search = await planSearch(explaining, { query, mode, filter, order: null })
  const planning = effort
  effort = null
  await readSearch(explaining, search, firstRows(20), NOTHING)
  return { planning, reading: effort }
}

const effortOf = async (query: string) => (await effortsOf(query)).reading ?? 0

async function idsOf(query: string, mode: 'lenient' | 'strict', filter: PaperFilter = {}) {
  const search = await planSearch(t.db, { query, mode, filter, order: null })
  const { rows } = await readSearch(t.db, search, firstRows(100), NOTHING)
  return { ids: rows.map(({ id }) => id), count: await countSearch(t.db, search) }
}

describe('a common word is ranked without reading all papers that have it', () => {
  test.each([
    ['parsing', 6000],
    ['graphs', 4000],
    ['parsing OR graphs', 8000],
    ['parsing -graphs', 4000],
  ])('%s', async (query, matching) => {
    const { count } = await idsOf(query, 'strict')
    expect(count).toBe(matching)
    expect(await effortOf(query)).toBeLessThan(matching * 0.75)
  })

  test('and not more if it is written twice', async () => {
    expect(await effortOf('parsing parsing')).toBe(await effortOf('parsing'))
  })

  test('a phrase of many titles is searched nowhere else', async () => {
    const [row] = await t.db.query<{ count: number }>(
      sql`select count(*) as count from papers where title like 'Paper parsing %'`,
    )
    // The papers of the page are read once more.
    expect(await effortOf('"paper parsing"')).toBe((row?.count ?? 0) + 20)
  })

  test('more are only read if a filter leaves few', async () => {
    const few = await idsOf('parsing', 'strict', { minCitations: 990 })
    const [row] = await t.db.query<{ count: number }>(sql`
      select count(*) as count from papers where abstract like '%parsing%' and citation_count >= 990`)
    expect(few.count).toBe(row?.count)
  })
})

test.each([
  'parsing',
  'graphs',
  'parsing graphs',
  'whales',
  'parsing whales',
  'title:parsing graphs',
])('the best results for "%s" are those of all papers', async (query) => {
  const { ids } = await idsOf(query, 'strict')
  const wanted = query.includes(' ') ? query.split(' ') : [query]
  const inTitle = wanted
    .filter((word) => word !== 'graphs')
    .map((word) => word.replace('title:', ''))
  const all = await t.db.query<{ id: number }>(sql`
      select id from papers
      where title || coalesce(abstract, '') like all(${wanted.map((word) => `%${word.replace('title:', '')}%`)}::text[])
      order by (select count(*) from unnest(${inTitle}::text[]) as w where title like '%' || w || '%') desc,
        search_citation_score(citation_count) + search_freshness_score(published_on) desc, id desc limit 10`)
  expect(ids.slice(0, 10)).toEqual(all.map(({ id }) => id))
})

describe('papers of an author are looked up before a search', () => {
  test('so that it examines no others', async () => {
    expect(await effortsOf('author:karomi')).toEqual({ planning: 0, reading: 6 })
    expect(await effortsOf('author:karomi', { year: [2005, 2006] })).toMatchObject({ planning: 0 })
    expect(await effortsOf('author:"wei q" OR author:karomi')).toMatchObject({ planning: 0 })
    // The number of links is known from the many papers; the share of another condition is estimated from a sample.
    expect(await effortsOf('author:wei')).toMatchObject({ planning: 0 })
    const { planning } = await effortsOf('author:wei', { year: [2005, 2006] })
    expect(planning).toBeGreaterThan(300)
  })

  test('and if nobody has the name, it examines none', async () => {
    for (const query of ['author:nobody', 'author:nobody author:wei', 'author:nobody has:code'])
      expect(await effortsOf(query, {}, 'strict')).toEqual({ planning: 0, reading: null })
    // The words may be those of a title.
    expect(await effortsOf('author:nobody parsing')).toEqual({ planning: 0, reading: 0 })
    expect((await idsOf('author:nobody', 'lenient')).count).toBe(0)
  })

  const written = (
    name: string,
  ) => sql`exists (select from authorships a join authors u on u.id = a.author_id
    where a.paper_id = p.id and u.name_key ~ ${`\\m${name}`})`
  const conditions: [query: string, condition: Sql][] = [
    ['author:karomi', written('karomi')],
    ['author:"wei q"', sql`${written('wei q')}`],
    ['author:wei', written('wei')],
    ['author:wei author:karomi', sql`${written('wei')} and ${written('karomi')}`],
    ['author:karomi OR author:"wei r"', sql`(${written('karomi')} or ${written('wei r')})`],
    ['-author:wei whales', sql`not ${written('wei')} and title like '%whales%'`],
    ['author:wei -author:"wei q"', sql`${written('wei')} and not ${written('wei q')}`],
    ['author:"wei s" cites:>500', sql`${written('wei s')} and citation_count > 500`],
    [
      'author:"wei t" year:2005',
      sql`${written('wei t')} and extract(year from published_on) = 2005`,
    ],
    ['author:wei whales', sql`${written('wei')} and title like '%whales%'`],
  ]
  test.each(conditions)('%s finds them, in all orders', async (query, condition) => {
    const best = sql`search_citation_score(citation_count) + search_freshness_score(published_on)`
    for (const mode of ['lenient', 'strict'] as const)
      for (const [order, by] of [
        [null, best],
        [{ field: 'citations', direction: 'desc' }, sql`citation_count`],
        [{ field: 'published', direction: 'desc' }, sql`published_sort`],
      ] as const) {
        const search = await planSearch(t.db, { query, mode, filter: { minCitations: 100 }, order })
        const { rows } = await readSearch(t.db, search, firstRows(50), NOTHING)
        const wanted = await t.db.query<{ id: number }>(sql`select id from papers p
          where ${condition} and citation_count >= 100 order by ${by} desc, id desc limit 50`)
        // Papers that lack a word come after those that have it.
        const found = rows.map(({ id }) => id).slice(0, Math.max(1, wanted.length))
        expect(found, `${mode} ${order?.field}`).toEqual(wanted.map(({ id }) => id))
      }
  })
})

test('for a common name, authors with the whole name come first', async () => {
  const { ids } = await idsOf('wei karomi', 'lenient')
  const [row] = await t.db.query<{ ids: number[] }>(
    sql`select array_agg(id order by id) as ids from (select id from papers order by id desc limit 3) p`,
  )
  expect(ids.slice(0, 3).sort((a, b) => a - b)).toEqual(row?.ids)
})

test('one word in twenty-five is misspelt, and still found', async () => {
  expect((await idsOf('whalse', 'lenient')).count).toBe(20)
  expect((await idsOf('whalse', 'strict')).count).toBe(0)
})
