import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import sql from 'sql-template-tag'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { transaction } from '../../src/db/transaction.ts'
import { mergeAuthors } from '../../src/domain/curation/authors.ts'
import { mergePapers, splitPaper, undoDecision } from '../../src/domain/curation/curation.ts'
import { decideOnTopics } from '../../src/domain/curation/topics.ts'
import { observeStars, writeRepositoryChecks } from '../../src/domain/repositories/facts.ts'
import { writeRecords } from '../../src/domain/write/catalogue.ts'
import { type ExportOptions, runExport } from '../../src/export/run.ts'
import { runImport } from '../../src/import/run.ts'
import { dumpCatalogue, emptyCatalogue, paperRecord } from '../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'

const FIXTURES = fileURLToPath(new URL('../fixtures/import', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'paperql-export-'))

/** The source and the target of the papers. */
let from: TestDatabase
let to: TestDatabase
/** Holds all fixtures, and stays unchanged. */
let whole: TestDatabase
beforeAll(async () => {
  from = await createTestDatabase()
  to = await createTestDatabase()
  whole = await createTestDatabase()
  for (const name of fixtures) await imported(join(FIXTURES, name), 'auto', whole)
})
afterEach(async () => {
  await emptyCatalogue(from.db)
  await emptyCatalogue(to.db)
})
afterAll(() => Promise.all([from.close(), to.close(), whole.close()]))

let files = 0

async function exported(over: Partial<ExportOptions> = {}): Promise<string> {
  const output = join(folder, `${++files}.jsonl`)
  const filter = { filter: '', excludedLicences: [], abstracts: true }
  await runExport({ url: from.url, format: 'jsonl', output, ...filter, ...over })
  return output
}

const imported = (file: string, format = 'paperql', t = to) =>
  runImport({ url: t.url, format, files: [file], rejectsPath: join(folder, 'rejects.jsonl') })

const linesOf = (file: string) =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

/** All data that the catalogue keeps as read, with the instants that dumps omit. */
const kept = ({ db }: TestDatabase) =>
  Promise.all(
    ['source_records', 'author_records', 'topic_records', 'institution_records'].map((table) =>
      db.query(
        sql([
          `select source, key, licence, content_hash, fetched_at, record from ${table} order by 1, 2`,
        ] as unknown as TemplateStringsArray),
      ),
    ),
  )

async function expectSame(of: TestDatabase): Promise<void> {
  expect(await dumpCatalogue(to.db)).toEqual(await dumpCatalogue(of.db))
  expect(await kept(to)).toEqual(await kept(of))
  const places = sql`select entity, name, country, domain, parent_ror, acronyms, name_keys, paper_count from institutions order by entity`
  expect(await to.db.query(places)).toEqual(await of.db.query(places))
  const edges = sql`select * from citation_edges order by source, citing_value, cited_value`
  expect(await to.db.query(edges)).toEqual(await of.db.query(edges))
}

/** Papers first, because other files add to them. */
const fixtures = readdirSync(FIXTURES).sort(
  (a, b) => Number(b.includes('papers')) - Number(a.includes('papers')),
)

describe('an export and import give the same catalogue', () => {
  test('of all sources, with citations, references, people and topics; importing it again adds nothing', async () => {
    const file = await exported({ url: whole.url })
    const kinds = new Set(linesOf(file).flatMap((line) => Object.keys(line)))
    for (const kind of ['paperql', 'record', 'profile', 'citation']) expect(kinds).toContain(kind)
    expect(await imported(file, 'auto')).toMatchObject({ rejected: 0, repaired: 0 })
    await expectSame(whole)
    for (const name of fixtures) {
      const { read, unchanged, rejected } = await imported(join(FIXTURES, name), 'auto')
      expect({ name, unchanged }).toEqual({ name, unchanged: read - rejected })
    }
  })
})

const write = (t: TestDatabase, ...records: ReturnType<typeof paperRecord>[]) =>
  transaction(t.url, (tx) => writeRecords(tx, records))

const doi = (value: string) => ({ identifiers: [{ scheme: 'doi' as const, value }] })

/** Each paper by its records, and each repository with the data of its host. */
const outcome = async ({ db }: TestDatabase) => ({
  papers: await db.query(sql`
    select array_agg(source || ':' || key order by source, key) as records from source_records
    where paper_id is not null group by paper_id order by 1`),
  decisions: await db.query(sql`
    select kind, records, topic, reason, decided_by, decided_at, undone_by, undone_at from curation_decisions order by id`),
  repositories: await db.query(sql`
    select owner, name, url, host_id, description, stars, forks, language, is_archived, pushed_at, is_gone, checked_at,
      etag, array(select n.owner || '/' || n.name from repository_names n where n.repository_id = r.id order by 1) as names,
      array(select h.observed_on || ':' || h.stars from repository_stars h where h.repository_id = r.id order by 1) as history
    from repositories r order by owner, name`),
  stars: await db.query(sql`select title_key, star_count from papers order by 1`),
})

test("operators' decisions and data of hosts are included", async () => {
  const repositories = ['old', 'plain'].map((name) => ({
    ...{ host: 'github.com', owner: 'ada', name, url: `https://github.com/ada/${name}` },
    ...{ isOfficial: true, evidence: 'in_paper' as const, framework: null },
  }))
  await write(
    from,
    paperRecord({ source: 'a', key: '1', title: 'One of Two Papers Here', repositories }),
    paperRecord({ source: 'a', key: '2', title: 'Another Thing That Is the Same' }),
    paperRecord({ source: 'b', key: '1', title: 'Two Papers Taken for One', ...doi('10.1234/y') }),
    paperRecord({ source: 'b', key: '2', title: 'Two Papers Taken for One', ...doi('10.1234/y') }),
    ...['3', '4'].map((key) =>
      paperRecord({
        ...{ source: 'b', key, title: `Sums of the ${key} Kinds of Things` },
        authors: [{ name: 'Wei Wang', identifiers: [], affiliation: null }],
      }),
    ),
  )
  const wangs = await from.db.query<{ id: number }>(
    sql`select id from authors where name = 'Wei Wang' order by id`,
  )
  const papers = await from.db.query<{ id: number }>(sql`select id from papers order by id`)
  const [one, other, both] = papers.map(({ id }) => id) as [number, number, number]
  const by = { by: 'ada', reason: 'because' }
  await transaction(from.url, async (tx) => {
    await mergePapers(tx, [one, other], by)
    await splitPaper(tx, both, [{ source: 'b', key: '2' }], by)
    await mergeAuthors(
      tx,
      wangs.map(({ id }) => id),
      by,
    )
  })
  const [row] = await from.db.query<{ id: number }>(
    sql`select id from repositories where name = 'old'`,
  )
  const facts = {
    ...{ hostId: 7, owner: 'Ada', name: 'New', url: 'https://github.com/Ada/New' },
    ...{ description: 'Code', stars: 42, forks: 3, language: 'C', licence: 'MIT' },
    ...{ isArchived: true, pushedAt: '2024-01-01T00:00:00Z' },
  }
  await transaction(from.url, (tx) =>
    writeRepositoryChecks(tx, 'github.com', [
      { id: row?.id ?? 0, kind: 'found', facts, etag: 'e' },
    ]),
  )
  await transaction(from.url, (tx) =>
    observeStars(tx, [
      { host: 'github.com', owner: 'ada', name: 'plain', stars: 5, source: 'hf-daily' },
    ]),
  )
  // Facts that no host stated, like those of the demonstration data.
  await from.db.query(
    sql`update repositories set language = 'Rust', description = 'Made up', forks = 0 where name = 'plain'`,
  )
  const file = await exported()
  expect(await imported(file)).toMatchObject({ rejected: 0 })
  expect(await outcome(to)).toEqual(await outcome(from))
  const { papers: grouped, stars } = await outcome(to)
  expect(grouped).toHaveLength(5)
  expect(await to.db.query(sql`select paper_count from authors where name = 'Wei Wang'`)).toEqual([
    { paper_count: 2 },
  ])
  expect(stars).toContainEqual({ title_key: 'one of two papers here', star_count: 42 })
  expect(await imported(file)).toMatchObject({ created: 0, updated: 0, merged: 0, rejected: 0 })
})

test("operators' decisions on topics are included, even if they precede the papers", async () => {
  const swarms = [1, 2, 3].map((i) =>
    paperRecord({
      ...{
        key: String(i),
        title: `Swarm Flight at Wind Speed ${i}`,
        keywords: ['Swarm Flight', 'LLMs', 'Bees'],
      },
      authors: [{ name: `Author Number${i}`, identifiers: [], affiliation: null }],
    }),
  )
  await write(from, ...swarms)
  const by = { by: 'ada', reason: 'because' }
  await transaction(from.url, async (tx) => {
    const place = { kind: 'place-topic' as const, slug: 'swarm-flight', under: 'llms' }
    await decideOnTopics(tx, place, by)
    await decideOnTopics(tx, { kind: 'rename-topic', slug: 'swarm-flight', name: 'Swarms' }, by)
    await decideOnTopics(tx, { kind: 'merge-topics', slugs: ['bees'], into: 'swarm-flight' }, by)
    const { id } = await decideOnTopics(tx, { kind: 'hide-topic', slugs: ['llms'] }, by)
    await undoDecision(tx, id, by)
  })
  const file = await exported()
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  const isDecision = (line: string) => line.startsWith('{"decision"')
  const [head = '', ...rest] = lines
  writeFileSync(
    file,
    [head, ...rest.filter(isDecision), ...rest.filter((line) => !isDecision(line))].join('\n'),
  )
  for (const one of [file, await exported()]) {
    await emptyCatalogue(to.db)
    expect(await imported(one)).toMatchObject({ rejected: 0 })
    expect(await dumpCatalogue(to.db)).toEqual(await dumpCatalogue(from.db))
    expect((await outcome(to)).decisions).toEqual((await outcome(from)).decisions)
  }
})

describe('into a catalogue with other papers', () => {
  test('papers merge as if their sources were imported there', async () => {
    await write(
      from,
      paperRecord({ source: 'a', key: '1', ...doi('10.1234/x'), abstract: 'Long.' }),
    )
    await write(to, paperRecord({ source: 'b', key: '1', ...doi('10.1234/x') }))
    expect(await imported(await exported())).toMatchObject({ read: 1, merged: 1 })
    const { papers } = await dumpCatalogue(to.db)
    expect(papers).toMatchObject([{ abstract: 'Long.', records: ['a:1', 'b:1'] }])
  })

  test('a later state of a record stays, whatever is imported afterwards', async () => {
    await write(from, paperRecord({ title: 'The State Before' }))
    const file = await exported()
    await write(to, paperRecord({ title: 'The State After' }))
    expect(await imported(file)).toMatchObject({ unchanged: 1, updated: 0 })
    expect((await dumpCatalogue(to.db)).papers).toMatchObject([{ title: 'The State After' }])
  })
})

describe('part of a catalogue', () => {
  test('has the papers that meet the filter, with everything that belongs to them', async () => {
    const all = linesOf(await exported({ url: whole.url }))
    const file = await exported({ url: whole.url, filter: 'author:hopper' })
    const some = linesOf(file)
    expect(some.length).toBeLessThan(all.length)
    for (const line of some)
      expect(all.map((one) => ({ ...one, exportedAt: 0 }))).toContainEqual({
        ...line,
        exportedAt: 0,
      })
    await imported(file)
    const { papers } = await dumpCatalogue(to.db)
    expect(papers.length).toBeGreaterThan(0)
    for (const { byline } of papers) expect(String(byline)).toContain('Grace Hopper')
  })

  test('licences are excluded, with papers that have no other records', async () => {
    await write(
      from,
      paperRecord({ source: 'a', key: '1', licence: 'CC0-1.0', ...doi('10.1234/x') }),
      paperRecord({ source: 'b', key: '1', licence: 'CC-BY-SA-4.0', ...doi('10.1234/x') }),
      paperRecord({ source: 'b', key: '2', licence: 'CC-BY-SA-4.0', title: 'Another of Its Own' }),
      paperRecord({ source: 'c', key: '3', licence: null, title: 'A Third of Its Own' }),
    )
    const recordsIn = async (...excludedLicences: string[]) =>
      linesOf(await exported({ excludedLicences })).flatMap(({ record }) =>
        record ? `${record.source}${record.key}` : [],
      )
    expect(await recordsIn()).toEqual(['a1', 'b1', 'b2', 'c3'])
    expect(await recordsIn('cc-by-sa-4.0')).toEqual(['a1', 'c3'])
    expect(await recordsIn('CC-BY-SA-4.0', 'unknown')).toEqual(['a1'])
  })

  test('citations are excluded by the licence of their source', async () => {
    const citations = async (over: Partial<ExportOptions> = {}) =>
      linesOf(await exported({ url: whole.url, ...over })).filter((line) => 'citation' in line)
    expect(await citations()).not.toEqual([])
    expect(await citations({ excludedLicences: ['ODC-BY-1.0'] })).toEqual([])
  })
})

test('an export is a snapshot of the catalogue at its start', async () => {
  await write(
    from,
    ...Array.from({ length: 450 }, (_, i) =>
      paperRecord({ key: `${i}`, title: `Paper Number ${i} of Many` }),
    ),
  )
  let hasWritten: Promise<unknown> | null = null
  const onProgress = () => {
    hasWritten ??= write(from, paperRecord({ key: 'late', title: 'Late to the Party of Papers' }))
  }
  const file = await exported({ onProgress })
  await hasWritten
  expect(linesOf(file).filter(({ record }) => record)).toHaveLength(450)
  expect(linesOf(await exported()).filter(({ record }) => record)).toHaveLength(451)
})

test('invalid lines are reported with the reason, and the rest is imported', async () => {
  await write(from, paperRecord())
  const [head, line] = linesOf(await exported())
  const broken = [
    { ...line, record: { ...line.record, kind: 'poem' } },
    { ...line, record: { ...line.record, authors: [{ name: 7 }] } },
    { fetchedAt: line.fetchedAt },
    { citation: { source: 's2', citing: { scheme: 'isbn', value: '1' } } },
  ]
  const file = join(folder, 'broken.jsonl')
  writeFileSync(file, [head, ...broken, line].map((one) => JSON.stringify(one)).join('\n'))
  expect(await imported(file)).toMatchObject({ read: 5, created: 1, rejected: 4 })
  const reasons = linesOf(join(folder, 'rejects.jsonl')).map(({ reason }) => reason)
  expect(reasons).toEqual([
    expect.stringMatching(/^record\.kind: /),
    expect.stringMatching(/^record\.authors\.0\.name: /),
    'the line is not output of paperql export',
    expect.stringMatching(/^citation\.citing\.scheme: /),
  ])
})

test('a newer format is reported', async () => {
  const file = join(folder, 'newer.jsonl')
  writeFileSync(file, '{"paperql":2}\n{"record":{},"fetchedAt":"2026-01-01"}\n')
  await expect(imported(file)).rejects.toThrow(/newer\.jsonl is of a newer format.*Update it/)
})

test('the name of a file determines its compression', async () => {
  await write(from, paperRecord())
  const file = await exported({ output: join(folder, 'x.jsonl.gz') })
  expect(file).toBeDefined()
  expect(gunzipSync(readFileSync(join(folder, 'x.jsonl.gz'))).toString()).toMatch(/^\{"paperql":1/)
})
