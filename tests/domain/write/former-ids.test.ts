import fc from 'fast-check'
import sql from 'sql-template-tag'
import { beforeEach, expect, test } from 'vitest'
import { mergePapers, undoDecision } from '../../../src/domain/curation/curation.ts'
import type { PaperRecord } from '../../../src/domain/record/paper-record.ts'
import { writeRepositoryChecks } from '../../../src/domain/repositories/facts.ts'
import { settlePeople } from '../../../src/domain/write/authors/evidence/settle.ts'
import { removeRecords, writeRecords } from '../../../src/domain/write/catalogue.ts'
import { refreshCitationCounts } from '../../../src/domain/write/relations/citation-count.ts'
import { leaveOut, leavesOut } from '../../../src/domain/write/rules.ts'
import { emptyCatalogue, paperRecord } from '../../helpers/catalogue.ts'
import { atLeast } from '../../helpers/thorough.ts'
import { catalogueOfFile } from '../../helpers/writer.ts'

const t = catalogueOfFile()
const { run } = t
const by = { by: 'ada', reason: null }

beforeEach(async () => {
  if (!(await leavesOut(t.url, []))) await leaveOut(t.url, [])
  await t.db.query(sql`truncate hidden_records, hidden_profile_records`)
})

const LICENCES = ['CC0-1.0', 'CC-BY-4.0', 'CC-BY-SA-4.0', null] as const

const person = (name: string, orcid?: string) => ({
  name,
  affiliation: `Institute of ${name.split(' ').at(-1)}`,
  identifiers: orcid === undefined ? [] : [{ scheme: 'orcid', value: orcid }],
  institutions: [{ name: `Institute of ${name.split(' ').at(-1)}` }],
})
const repository = (name: string) => ({
  ...{ host: 'github.com', owner: 'a', name, url: `https://github.com/a/${name}` },
  ...{ isOfficial: true, evidence: 'curated' as const, framework: null },
})
const topic = (name: string) => ({
  ...{ slug: name, name, kind: 'keyword' as const, score: 1, source: 'test' },
})

/** People who write together, so that evidence joins all their papers; two of one name; one with an ORCID iD. */
const TEAM = [person('Zebulon Quirrell'), person('Philomena Xanders'), person('Otto Vogelsang')]
const BYLINES = [
  TEAM,
  TEAM.toReversed(),
  [person('Wei Wang'), person('Wei Wang'), TEAM[0] ?? person('Zebulon Quirrell')],
  [person('Ada Byron', '0000-0001'), person('Grace Alone')],
  [person('Ada Byron', '0000-0001')],
  [person('Lone Writer')],
]
const papersOf = (licences: readonly (string | null)[]): PaperRecord[] =>
  licences.map((licence, i) =>
    paperRecord({
      key: `k${i}`,
      title: `A ${'quite '.repeat(i)}long study of looms number ${i}`,
      licence,
      authors: BYLINES[i % BYLINES.length] ?? [],
      venue: { slug: `v${i % 3}`, name: `Venue ${i % 3}`, acronym: null, kind: 'conference' },
      topics: [topic(`t${i}`), topic(`shared${i % 2}`)],
      repositories: [repository(`r${i}`), repository(`shared${i % 2}`)],
      citationCount: 12,
    }),
  )

const FACTS = {
  ...{ description: 'A loom', stars: 7, forks: 1, language: 'C', licence: 'MIT' },
  ...{ isArchived: false, pushedAt: null },
}

async function fill(records: PaperRecord[]): Promise<void> {
  await run((tx) => writeRecords(tx, records))
  await settle()
  const repositories = await t.db.query<{ id: number; name: string }>(
    sql`select id, name from repositories order by id`,
  )
  // The host has another name for them.
  const checks = repositories.map(({ id, name }, i) => ({
    ...{ id, kind: 'found' as const, etag: 'e' },
    facts: {
      ...FACTS,
      hostId: 100 + id,
      owner: 'b',
      name: `${name}-${i}`,
      url: `https://github.com/b/${name}-${i}`,
    },
  }))
  await run((tx) => writeRepositoryChecks(tx, 'github.com', checks))
}

async function settle(): Promise<void> {
  await settlePeople(t.url)
  await refreshCitationCounts(t.url)
}

/** The id of every object that somebody may have saved, with the object. */
async function holdings(): Promise<string[]> {
  const rows = await t.db.query<{ line: string }>(sql`
    select 'paper ' || id || ' ' || title as line from papers
    union all select 'author of ' || s.key || ' ' || a.position || ' ' || a.author_id from authorships a join source_records s on s.paper_id = a.paper_id
    union all select 'venue ' || id || ' ' || slug || ' ' || paper_count from venues
    union all select 'topic ' || id || ' ' || slug || ' ' || paper_count from topics
    union all select 'institution ' || id || ' ' || entity || ' ' || slug || ' ' || paper_count from institutions
    union all select concat_ws(' ', 'repository', id, owner, name, url, host_id, description, stars, forks, language, etag, paper_count) from repositories
    union all select 'name ' || name || ' ' || repository_id from repository_names
    union all select 'stars ' || repository_id || ' ' || stars from repository_stars
    union all select 'paper ' || paper_id || ' has ' || repository_id from paper_repositories`)
  return rows.map(({ line }) => line).sort()
}

/** Ids of authors with their targets. */
async function leading(): Promise<Map<number, number>> {
  const rows = await t.db.query<{ id: number; now: number }>(
    sql`select id, author_id as now from author_redirects union select id, id from authors where id not in (select id from author_redirects)`,
  )
  return new Map(rows.map(({ id, now }) => [id, now]))
}

const licencesOfPapers = fc.array(fc.constantFrom(...LICENCES), { minLength: 4, maxLength: 9 })
const settings = fc.array(fc.subarray([...LICENCES].map((one) => one ?? 'unknown')), {
  minLength: 1,
  maxLength: 3,
})

test('objects hidden by licences return with their ids, and with the data of hosts', async () => {
  await fc.assert(
    fc.asyncProperty(licencesOfPapers, settings, async (licences, hidden) => {
      await emptyCatalogue(t.db)
      await fill(papersOf(licences))
      const [before, ids] = [await holdings(), await leading()]
      for (const some of hidden) await leaveOut(t.url, some)
      await leaveOut(t.url, [])
      expect(await holdings()).toEqual(before)
      const now = await leading()
      for (const [id, to] of ids) expect(now.get(id)).toBe(to)
    }),
    { numRuns: atLeast(8, 60) },
  )
})

test('objects that disappeared in a merge of papers, such as another byline and venue, have their ids again after undo', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 4 }),
      fc.integer({ min: 1, max: 5 }),
      async (first, by_) => {
        await emptyCatalogue(t.db)
        await fill(papersOf([null, null, null, null, null, null]))
        const before = await holdings()
        const keys = [`k${first}`, `k${Math.min(5, first + by_)}`]
        const rows = await t.db.query<{ id: number }>(
          sql`select distinct paper_id as id from source_records where key = any(${keys}::text[]) order by 1`,
        )
        const { id } = await run((tx) =>
          mergePapers(
            tx,
            rows.map((row) => row.id),
            by,
          ),
        )
        await settle()
        expect(await holdings()).not.toEqual(before)
        await run((tx) => undoDecision(tx, id, by))
        await settle()
        expect(await holdings()).toEqual(before)
      },
    ),
    { numRuns: atLeast(6, 25) },
  )
})

test('a name that a record loses, or misspells for a while, is the same author when it returns', async () => {
  const [record] = papersOf([null])
  if (!record) throw new Error('no record')
  await fill([record])
  const before = await holdings()
  for (const authors of [[person('Somebody Else')], record.authors.slice(1), []]) {
    await run((tx) => writeRecords(tx, [{ ...record, authors }]))
    await settle()
    expect(await holdings()).not.toEqual(before)
    await run((tx) => writeRecords(tx, [record]))
    await settle()
    expect(await holdings()).toEqual(before)
  }
})

test('an author with papers is not replaced for a place that returns', async () => {
  const [record, other] = papersOf([null, null])
  if (!record || !other) throw new Error('no records')
  const hidden = {
    ...record,
    key: 'hidden',
    licence: 'CC-BY-4.0',
    title: 'Hidden looms of another kind',
  }
  await fill([
    { ...other, authors: [person('Lone Writer')] },
    { ...hidden, authors: [person('Lone Writer')] },
  ])
  const before = await holdings()
  await leaveOut(t.url, ['CC-BY-4.0'])
  await leaveOut(t.url, [])
  expect(await holdings()).toEqual(before)
})

test('authors of removed records have their ids again when these return', async () => {
  const records = papersOf(['CC-BY-4.0', null, 'CC-BY-4.0'])
  await fill(records)
  const authors = async () => (await holdings()).filter((line) => line.startsWith('author of '))
  const before = await authors()
  await leaveOut(t.url, ['CC-BY-4.0'])
  await run((tx) => removeRecords(tx, records))
  await leaveOut(t.url, [])
  await run((tx) => writeRecords(tx, [paperRecord({ key: 'other', title: 'Others came in' })]))
  await run((tx) => writeRecords(tx, records))
  await settle()
  expect((await authors()).filter((line) => !line.includes(' other '))).toEqual(before)
})

test('papers that return get no events except their return', async () => {
  const records = papersOf(['CC0-1.0', 'CC-BY-4.0', 'CC-BY-4.0'])
  const [first] = records
  if (!first) throw new Error('no record')
  const bare = {
    ...first,
    source: 'bare',
    licence: null,
    repositories: [],
    citationCount: 0,
    venue: null,
  }
  const shared = {
    ...bare,
    key: 'again',
    identifiers: [{ scheme: 'doi' as const, value: '10.1/x' }],
  }
  const hidden = { ...first, licence: 'CC-BY-4.0', identifiers: shared.identifiers }
  await fill([shared, hidden, ...records.slice(1)])
  const [{ last } = { last: 0 }] = await t.db.query<{ last: number }>(
    sql`select max(id) as last from changes`,
  )
  await leaveOut(t.url, ['CC-BY-4.0'])
  await leaveOut(t.url, [])
  await settle()
  const rows = await t.db.query<{ kind: string }>(
    sql`select distinct kind from changes where id > ${last}::bigint order by 1`,
  )
  expect(rows.map(({ kind }) => kind).sort()).toEqual(['created', 'deleted', 'updated'])
})

test('papers whose records were removed have their ids again when these return, each at most once', async () => {
  const idsByTitle = async () => {
    const rows = await t.db.query<{ id: number; title: string }>(
      sql`select id, title from papers order by id`,
    )
    return Object.fromEntries(rows.map(({ id, title }) => [title, id]))
  }
  const paper = (i: number, copy = '') =>
    paperRecord({
      key: `k${i}${copy}`,
      title: `A study of looms in ${'very '.repeat(i)}cold rooms`,
      authors: BYLINES[i % BYLINES.length] ?? [],
      identifiers: [{ scheme: 'doi', value: `10.1000/loom.${i}` }],
    })
  // Every second paper has two records.
  const records = [0, 1, 2, 3].flatMap((i) =>
    i % 2 === 0 ? [paper(i)] : [paper(i), paper(i, 'b')],
  )
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray(records),
      fc.shuffledSubarray(records, { minLength: records.length }),
      fc.boolean(),
      async (gone, order, areTogether) => {
        await emptyCatalogue(t.db)
        await run((tx) => writeRecords(tx, records))
        const before = await idsByTitle()
        const steps = areTogether ? [gone] : gone.map((record) => [record])
        for (const step of steps) await run((tx) => removeRecords(tx, step))
        // Others take new ids in the meantime.
        const other = paperRecord({ key: 'other', title: 'Another one that came in meanwhile' })
        await run((tx) => writeRecords(tx, [other]))
        const back = order.filter((record) => gone.includes(record))
        for (const step of areTogether ? [back] : back.map((record) => [record]))
          await run((tx) => writeRecords(tx, step))
        expect(await idsByTitle()).toMatchObject(before)
        expect(Object.keys(await idsByTitle())).toHaveLength(Object.keys(before).length + 1)
      },
    ),
    { numRuns: atLeast(15, 200) },
  )
})

test('records of one paper that return as two papers do not both have its id', async () => {
  const of = (key: string, title: string, doi: string) =>
    paperRecord({ key, title, identifiers: [{ scheme: 'doi', value: doi }] })
  const both = [
    of('a', 'A study of looms in rooms', '10.1000/a'),
    of('b', 'A study of looms in rooms', '10.1000/a'),
  ]
  await run((tx) => writeRecords(tx, both))
  await run((tx) => removeRecords(tx, both))
  const apart = [
    of('a', 'A study of looms in rooms', '10.1000/a'),
    of('b', 'Weavers of the high north', '10.1000/b'),
  ]
  await run((tx) => writeRecords(tx, apart))
  const rows = await t.db.query(
    sql`select count(*)::int as count, count(distinct id)::int as ids from papers`,
  )
  expect(rows).toEqual([{ count: 2, ids: 2 }])
})
