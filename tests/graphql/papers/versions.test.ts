import sql from 'sql-template-tag'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import { mergePapers, splitPaper } from '../../../src/domain/curation/curation.ts'
import type { PaperRecord } from '../../../src/domain/record/paper-record.ts'
import { removeRecords, writeRecords } from '../../../src/domain/write/catalogue.ts'
import { emptyCatalogue, paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { askWell } from '../../helpers/graphql.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
})
afterEach(() => emptyCatalogue(t.db))
afterAll(() => t.close())

const write = (...records: PaperRecord[]) => transaction(t.url, (tx) => writeRecords(tx, records))
const by = (...names: string[]) => ({
  authors: names.map((name) => ({ name, identifiers: [], affiliation: null })),
})
const doi = (value: string) => ({ scheme: 'doi' as const, value })
const record = (key: string, year: number, over: Partial<PaperRecord>) =>
  paperRecord({
    ...{ key, title: 'The loom of many threads', identifiers: [doi(`10.5555/${key}`)] },
    ...by('Ann Smith', 'Bob Jones'),
    published: { on: `${year}-01-01`, precision: 'year' },
    ...over,
  })
const atMeeting = (key: string, year: number, over: Partial<PaperRecord> = {}) =>
  record(key, year, { kind: 'conference_paper', ...over })
const inJournal = (key: string, year: number, over: Partial<PaperRecord> = {}) =>
  record(key, year, { kind: 'journal_article', ...over })

const VERSIONS = 'otherVersions { kind sources paper { identifiers { value } } }'
interface Paper {
  id: string
  identifiers: { value: string }[]
  otherVersions: { kind: string; sources: string[]; paper: Paper }[]
}

/** The versions of each paper, as its first DOI, kind and DOI of the other, sorted. */
async function versions(): Promise<string[]> {
  const { data } = await askWell<{ papers: { nodes: Paper[] } }>(
    t,
    `{ papers(first: 50) { nodes { identifiers { value } ${VERSIONS} } } }`,
  )
  return data.papers.nodes
    .flatMap(({ identifiers, otherVersions }) =>
      otherVersions.map(
        ({ kind, sources, paper }) =>
          `${identifiers[0]?.value} ${kind} ${paper.identifiers[0]?.value}${sources.map((s) => ` ${s}`).join('')}`,
      ),
    )
    .sort()
}

test('a paper of a conference and its journal version lead to each other', async () => {
  await write(atMeeting('m', 2019), inJournal('j', 2021))
  expect(await versions()).toEqual([
    '10.5555/j CONFERENCE 10.5555/m',
    '10.5555/m JOURNAL 10.5555/j',
  ])
})

test.each<[string, PaperRecord, number]>([
  ['another subtitle', inJournal('j', 2021, { title: 'The loom of many threads: a study' }), 2],
  ['one more author', inJournal('j', 2021, by('Ann Smith', 'Bob Jones', 'Cy Young')), 2],
  ['initials, turned round', inJournal('j', 2021, by('Jones, B.', 'Smith, A.')), 2],
  ['other people', inJournal('j', 2021, by('Cy Young', 'Di Low')), 0],
  ['one other given name', inJournal('j', 2021, by('Eva Smith', 'Bob Jones')), 0],
  ['twelve years', inJournal('j', 2031), 0],
  ['no year', inJournal('j', 2021, { published: null }), 0],
  ['two conferences', atMeeting('j', 2021), 0],
  ['an erratum', inJournal('j', 2021, { title: 'Erratum: The loom of many threads' }), 0],
  ['another part', inJournal('j', 2021, { title: 'The loom of many threads, Part II' }), 0],
  ['no kind', record('j', 2021, { kind: 'other' }), 0],
])('%s: whether they are versions', async (_, other, expected) => {
  await write(other)
  await write(atMeeting('m', 2019))
  expect(await versions()).toHaveLength(expected)
})

test('editorials of one editor are not versions of each other', async () => {
  const title = 'Introduction to the Special Issue'
  await write(atMeeting('m', 2019, { title }), inJournal('j', 2020, { title }))
  expect(await versions()).toEqual([])
})

test('a stated version has the name of the source, from both sides, even before its paper is added', async () => {
  const other = { title: 'Le métier aux fils', source: 'crossref' }
  const states = (relation: 'original' | 'version') => ({
    versions: [{ relation, identifier: doi('10.5555/j') }],
  })
  await write(inJournal('t', 2022, { ...other, ...states('original') }))
  await write(atMeeting('m', 2019, { ...other, title: 'Threads', ...states('version') }))
  expect(await versions()).toEqual([])
  await write(inJournal('j', 2021))
  expect(await versions()).toEqual([
    '10.5555/j CONFERENCE 10.5555/m crossref',
    '10.5555/j TRANSLATION 10.5555/t crossref',
    '10.5555/m JOURNAL 10.5555/j crossref',
    '10.5555/t ORIGINAL 10.5555/j crossref',
  ])
})

test('versions follow their records through merges, splits and removals', async () => {
  const preprint = record('p', 2019, {
    title: 'Threads of a loom',
    identifiers: [doi('10.5281/p')],
  })
  await write(inJournal('j', 2021), preprint, atMeeting('m', 2019))
  const found = await versions()
  const ids = await t.db.query<{ id: number; value: string }>(
    sql`select paper_id as id, value from paper_identifiers`,
  )
  const idOf = (value: string) => ids.find((row) => row.value === value)?.id ?? 0
  const decided = { by: 'ada', reason: null }
  await transaction(t.url, (tx) => mergePapers(tx, [idOf('10.5281/p'), idOf('10.5555/m')], decided))
  expect(await versions()).toHaveLength(2)
  await transaction(t.url, (tx) =>
    splitPaper(tx, idOf('10.5281/p'), [{ source: 'test', key: 'p' }], decided),
  )
  expect(await versions()).toEqual(found)
  await transaction(t.url, (tx) => removeRecords(tx, [{ source: 'test', key: 'm' }]))
  expect(await versions()).toEqual([])
})
