import { existsSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { gunzipSync } from 'node:zlib'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Outcome } from '../../src/import/input/outcome.ts'
import { buildSample } from '../../src/sample/build.ts'
import { demoOutcomes } from '../../src/sample/demo.ts'
import { loadDemoIfSample, loadSampleIfEmpty, SAMPLE_FILES } from '../../src/sample/index.ts'
import { createTestDatabase, SAMPLE } from '../helpers/database.ts'
import { importFolder } from '../helpers/import-folder.ts'
import { startServe } from '../helpers/serve.ts'

let t: Awaited<ReturnType<typeof createTestDatabase>>
beforeAll(async () => {
  t = await createTestDatabase({ sample: 'sample' })
})
afterAll(() => t.close())

test('the sample is small, and holds no e-mail address and nothing of the list makers', () => {
  expect(Math.max(...SAMPLE_FILES.map((file) => statSync(file).size))).toBeLessThan(2_000_000)
  for (const file of SAMPLE_FILES)
    expect(gunzipSync(readFileSync(file)).toString('utf8')).not.toMatch(/[\w.+-]+@[\w-]+\.\w/)
  const text = gunzipSync(readFileSync(SAMPLE)).toString('utf8')
  const columns = new Set((JSON.parse(text) as object[]).flatMap(Object.keys))
  expect([...columns].filter((name) => /^gs_|email|domain/.test(name))).toEqual([])
})

const LISTS = fileURLToPath(new URL('../../../shared/data/paperlists', import.meta.url))

test.skipIf(!existsSync(LISTS))(
  'building it again from the same lists gives the same files (skipped without ../shared/data)',
  async () => {
    const { papers, file } = await buildSample(LISTS)
    expect(papers).toBe(2265)
    expect(gunzipSync(file).equals(gunzipSync(readFileSync(SAMPLE)))).toBe(true)
  },
)

test('the guides state the number of loaded papers', async () => {
  const [row] = await t.db.query<{ count: number }>(sql`select count(*)::int as count from papers`)
  const figure = row?.count.toLocaleString('en')
  for (const name of ['README.md', '.env.example', 'src/sample/README.md']) {
    const text = readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8')
    const [, told] = /(?:sample of|Three files hold) ([\d,]+) papers/.exec(text) ?? []
    expect({ name, told }).toEqual({ name, told: figure })
  }
})

test('it loads completely into an empty catalogue, once, even after an interrupted first start', async () => {
  // `createTestDatabase` loaded it in two parts.
  const jobs = await t.db.query(sql`
    select run_count, state, read_count, created_count, rejected_count, rejects_path,
      repaired_count > 0 as "isRepaired" from import_jobs`)
  expect(jobs).toEqual([
    {
      ...{ run_count: 2, state: 'done', rejected_count: 0 },
      ...{ read_count: 2603, created_count: 2309 },
      // Repairs would be written to a file in the folder from which the server is started.
      ...{ isRepaired: true, rejects_path: null },
    },
  ])
  expect(await loadSampleIfEmpty({ url: t.url })).toBeNull()
  const [row] = await t.db.query<Record<string, number>>(sql`
    select (select count(*)::int from papers where abstract is not null) as abstracts,
      (select count(*)::int from repositories) as repositories,
      (select count(*)::int from venues) as venues,
      (select count(*)::int from papers where licence is null) as unlicensed,
      (select count(*)::int from papers where author_count = 0) as anonymous`)
  expect(row).toMatchObject({ abstracts: 2273, venues: 9, unlicensed: 0, anonymous: 0 })
  expect(row?.repositories).toBeGreaterThanOrEqual(500)
})

test('after an interrupted first start, serve loads the rest and serves it', async () => {
  const begun = await createTestDatabase({ sample: 'begun' })
  const [before] = await begun.db.query<{ read: number }>(
    sql`select read_count as read from import_jobs where state = 'stopped'`,
  )
  expect(before?.read).toBeLessThan(2603)
  const served = await startServe({ DATABASE_URL: begun.url, PAPERQL_SAMPLE: 'true' })
  try {
    const query = encodeURIComponent('{ papers { totalCount } }')
    const response = await fetch(`${served.url}/graphql?query=${query}`)
    expect(await response.json()).toEqual({ data: { papers: { totalCount: 2278 } } })
    expect(served.log()).toContain('loaded the sample, 2278 papers')
  } finally {
    expect(await served.stop()).toBe(0)
    await begun.close()
  }
})

test('it contains real papers with retractions, corrections, versions, awards and another language', async () => {
  const [row] = await t.db.query<Record<string, number>>(sql`
    select (select count(*)::int from papers where is_retracted) as retracted,
      (select count(distinct paper_id)::int from paper_events where kind = 'correction') as corrected,
      (select count(distinct paper_id)::int from paper_events where kind = 'version') as revised,
      (select count(distinct paper_id)::int from paper_decisions where award is not null) as awarded,
      (select count(*)::int from papers where language like 'pt%') as portuguese,
      (select count(*)::int from institutions where ror is not null) as registered`)
  expect(row).toEqual({
    ...{ retracted: 5, corrected: 4, revised: 44, awarded: 12, portuguese: 5, registered: 31 },
  })
})

const demoRecords = async (today: string) => {
  const outcomes: Outcome[] = []
  for await (const outcome of demoOutcomes(SAMPLE, today)) outcomes.push(outcome)
  return outcomes
}

test('the demonstration data is constant for a day, and consists of made-up numbers of its own source', async () => {
  const outcomes = await demoRecords('2025-06-30')
  // `toEqual` would be slow for thousands of records.
  expect(isDeepStrictEqual(await demoRecords('2025-06-30'), outcomes)).toBe(true)
  const days = new Set<string>()
  for (const outcome of outcomes) {
    if ('addition' in outcome && 'repository' in outcome.addition) {
      const { facts, starHistory, checkedAt } = outcome.addition.repository
      const stars = starHistory.at(-1)?.stars
      expect(facts).toMatchObject({ hostId: null, stars, language: expect.any(String) })
      expect(facts?.description).toMatch(/made up/)
      expect(checkedAt).toBeNull()
      for (const { source, on } of starHistory)
        expect([source, on <= '2025-06-30']).toEqual(['demo', true])
      continue
    }
    if (!('record' in outcome)) throw new Error('It is no record.')
    const { source, title, authors, listing, venue } = outcome.record
    expect({ source, title, authors, venue }).toEqual({
      source: 'demo',
      title: expect.stringMatching(/^(?:A made-up paper .*)?$/),
      authors: [],
      venue: null,
    })
    if (listing?.on) days.add(listing.on)
  }
  expect([...days].toSorted().at(-1)).toBe('2025-06-30')
  expect(days.size).toBe(30)
})

test('it is added once, only to the sample, and each field that it fills names it as its source', async () => {
  const demo = await createTestDatabase({ sample: 'demo' })
  try {
    expect(await loadDemoIfSample({ url: demo.url })).toBeNull()
    const [row] = await demo.db.query<Record<string, unknown>>(sql`
      select (select array_agg(distinct s) from citations, unnest(sources) s) as citing,
        (select array_agg(distinct source) from repository_stars) as counting,
        (select array_agg(distinct source) from source_records where listed_on is not null) as listing,
        (select count(*)::int from papers) as papers,
        (select count(*) > 1000 from papers where citation_count > 0) as "isCited",
        (select count(*) > 60 from papers where star_count > 0) as "isStarred",
        (select count(*) > 60 and count(distinct language) > 4 from repositories where language is not null) as "hasLanguages",
        (select bool_and(host_id is null and checked_at is null) from repositories) as "isOfNoHost",
        (select count(*)::int from papers where upvote_count is not null) as upvoted`)
    expect(row).toEqual({
      ...{ citing: ['demo'], counting: ['demo'], listing: ['demo'], papers: 2280 },
      ...{ isCited: true, isStarred: true, hasLanguages: true, isOfNoHost: true, upvoted: 180 },
    })
  } finally {
    await demo.close()
  }
  const folder = importFolder()
  const file = folder.write('own.ris', 'TY  - JOUR\nTI  - A paper of my own\nER  - \n')
  await folder.load(t, [file])
  expect(await loadDemoIfSample({ url: t.url })).toBeNull()
})
