import sql, { raw, type Sql } from 'sql-template-tag'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../../src/db/client.ts'
import type { PaperFilter } from '../../../src/domain/papers/filter.ts'
import { refreshSearchWords } from '../../../src/domain/search/dictionary.ts'
import { countSearch, planSearch, readSearch } from '../../../src/domain/search/search.ts'
import { firstRows } from '../../../src/sql/keyset.ts'
import { NOTHING } from '../../../src/sql/selection.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'

const PAPERS = 12_000

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
  // Papers as short as these are sooner read all than looked up; those of a real catalogue are not.
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
  // Forty authors are called Wei, with a hundred papers each, and one Wei Karomi, with the last three.
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

/** Rows of `papers` that a plan read. */
function papersRead(node: Node): number {
  const removed =
    (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)
  const own =
    node['Relation Name'] === 'papers' ? (node['Actual Rows'] + removed) * node['Actual Loops'] : 0
  return (node.Plans ?? []).reduce((sum, plan) => sum + papersRead(plan), own)
}

/** How many rows of papers it takes to read the first page. */
async function effortOf(query: string, filter: PaperFilter = {}): Promise<number> {
  let effort = 0
  const explaining: Database = {
    ...t.db,
    async query<Row extends object>(statement: Sql, options?: object) {
      const [row] = await t.db.query<{ 'QUERY PLAN': { Plan: Node }[] }>(
        sql`${raw('explain (analyze, format json) ')}${statement}`,
        options,
      )
      effort += papersRead(row?.['QUERY PLAN'][0]?.Plan as Node)
      return [{ items: [] }] as unknown as Row[]
    },
  }
  const search = await planSearch(t.db, { query, mode: 'lenient', filter, order: null })
  await readSearch(explaining, search, firstRows(20), NOTHING)
  return effort
}

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

  test('no more when it is written twice', async () => {
    expect(await effortOf('parsing parsing')).toBe(await effortOf('parsing'))
  })

  test('a phrase of many titles is looked for nowhere else', async () => {
    const [row] = await t.db.query<{ count: number }>(
      sql`select count(*) as count from papers where title like 'Paper parsing %'`,
    )
    // Those of the page are read once more.
    expect(await effortOf('"paper parsing"')).toBe((row?.count ?? 0) + 20)
  })

  test('and more are read only where a filter leaves few', async () => {
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
])('the best of "%s" are those of all papers', async (query) => {
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

test('of a name that many bear, those who bear all of it come first', async () => {
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
