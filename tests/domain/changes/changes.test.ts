import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Transaction, transaction } from '../../../src/db/transaction.ts'
import {
  type Change,
  type ChangeQuery,
  newestCursor,
  readChanges,
} from '../../../src/domain/changes/read.ts'
import { mergePapers, undoDecision } from '../../../src/domain/curation/curation.ts'
import type { PaperRecord } from '../../../src/domain/record/paper-record.ts'
import {
  type RepositoryFacts,
  writeRepositoryChecks,
} from '../../../src/domain/repositories/facts.ts'
import { removeRecords, writeRecords } from '../../../src/domain/write/catalogue.ts'
import { refreshCitationCounts } from '../../../src/domain/write/relations/citation-count.ts'
import { writeEdges } from '../../../src/domain/write/relations/edges.ts'
import { leaveOut } from '../../../src/domain/write/rules.ts'
import { emptyCatalogue, paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'

let t: TestDatabase
let since: string
beforeAll(async () => {
  t = await createTestDatabase()
})
afterAll(() => t.close())
beforeEach(async () => {
  await emptyCatalogue(t.db)
  since = await newestCursor(t.db)
})

const put = (...records: PaperRecord[]) => transaction(t.url, (tx) => writeRecords(tx, records))
const within = (work: (tx: Transaction) => Promise<unknown>) => transaction(t.url, work)

/** The entries of the log since the last call. */
async function told(query: ChangeQuery = {}): Promise<Change[]> {
  const page = await readChanges(t.db, { since, ...query })
  since = page.endCursor
  return page.changes
}

const kinds = (changes: Change[]) => changes.map(({ kind }) => kind)

const code = (name: string) => ({
  ...{ host: 'github.com', owner: 'lab', name, url: `https://github.com/lab/${name}` },
  ...{ isOfficial: true, evidence: 'curated' as const, framework: null },
})
const doi = (value: string) => ({ scheme: 'doi' as const, value })
const venue = (name: string, kind: 'conference' | 'repository' = 'conference') => ({
  ...{ slug: name.toLowerCase(), name, acronym: null, kind },
})

describe('reported changes', () => {
  test('a new paper, and nothing for an unchanged one that is read again', async () => {
    await put(paperRecord({ repositories: [code('a')], venue: venue('ACL') }))
    const [created, ...others] = await told()
    expect(created).toMatchObject({ kind: 'created', fields: [], otherPaperId: null })
    expect(others).toEqual([])
    await put(paperRecord({ repositories: [code('a')], venue: venue('ACL') }))
    expect(await told()).toEqual([])
  })

  test('each changed field once, by its name in the schema', async () => {
    await put(paperRecord())
    await told()
    const changed = {
      title: 'A Paper of Its Own Making',
      abstract: 'Now it has one.',
      tldr: 'Short.',
      published: { on: '2021-01-01', precision: 'day' as const },
      eventYear: 2021,
      language: 'en',
      licence: 'CC0-1.0',
      landingUrl: 'https://example.org/',
      pdfUrl: 'https://example.org/pdf',
      citationCount: 3,
      upvoteCount: 2,
      identifiers: [doi('10.1/a')],
      authors: [{ name: 'Ada King', identifiers: [], affiliation: null }],
      topics: [{ slug: 'x', name: 'X', kind: 'task' as const, score: null, source: 'test' }],
      listing: {
        ...{ on: '2021-01-02', organisation: null, projectUrl: null },
        ...{ mediaUrls: [], commentCount: 1 },
      },
      references: [{ identifiers: [doi('10.1/b')] }],
      publication: { volume: '3' },
      events: [{ kind: 'correction' as const, on: '2021-02-01' }],
      openAccess: { status: 'gold' as const, url: null, licence: null, version: null },
    }
    await put(paperRecord(changed))
    const [updated, ...others] = await told()
    expect(others).toEqual([])
    expect(updated?.fields).toEqual([
      ...['abstract', 'authorships', 'citationCount', 'eventYear', 'events', 'identifiers'],
      ...[
        'language',
        'licence',
        'links',
        'listings',
        'openAccess',
        'pdfUrl',
        'publication',
        'publishedOn',
        'references',
        'sources',
      ],
      ...['title', 'tldr', 'topics', 'upvoteCount', 'url'],
    ])
    const retraction = { kind: 'retraction' as const, on: '2021-03-04', reason: 'A wrong proof.' }
    await put(paperRecord({ ...changed, isRetracted: true, kind: 'report', events: [retraction] }))
    expect(await told()).toMatchObject([
      { kind: 'updated', fields: ['events', 'isRetracted', 'kind', 'sources'] },
      { kind: 'retracted', fields: [], happenedOn: '2021-03-04' },
    ])
  })

  test.each(['month', 'year'] as const)('no day if only the %s is known', async (precision) => {
    const first = { kind: 'version' as const, on: '2020-01-02', number: 1 }
    const second = { kind: 'version' as const, on: '2021-01-01', number: 2, precision }
    const retraction = { kind: 'retraction' as const, on: '2022-01-01', precision }
    await put(paperRecord({ events: [first] }))
    await told()
    await put(paperRecord({ isRetracted: true, events: [first, second, retraction] }))
    const days = (await told()).map(({ kind, happenedOn }) => ({ kind, happenedOn }))
    expect(days).toEqual(
      expect.arrayContaining([
        { kind: 'new_version', happenedOn: null },
        { kind: 'retracted', happenedOn: null },
      ]),
    )
  })

  test('a new version, with its number, its day and its changes; none if no version was known before', async () => {
    const version = (number: number | null, on: string) => ({
      ...{ kind: 'version' as const, on },
      ...(number !== null && { number }),
      notice: `https://arxiv.org/abs/2001.00001${number === null ? '' : `v${number}`}`,
    })
    const first = version(1, '2020-01-02')
    await put(paperRecord())
    await told()
    await put(paperRecord({ events: [first, version(2, '2020-02-03')] }))
    expect(kinds(await told())).toEqual(['updated'])
    await put(paperRecord({ title: 'Now with a third', events: [first, version(3, '2020-03-04')] }))
    expect(await told()).toMatchObject([
      { kind: 'updated', fields: ['events', 'sources', 'title'] },
      {
        ...{ kind: 'new_version', version: 3, happenedOn: '2020-03-04' },
        fields: ['events', 'sources', 'title'],
      },
    ])
    // Another API only has the day, which may be in another time zone.
    await put(paperRecord({ events: [first, version(null, '2020-03-05')] }))
    expect(kinds(await told())).toEqual(['updated'])
    await put(paperRecord({ events: [first, version(null, '2020-04-05')] }))
    expect(await told()).toMatchObject([
      { kind: 'updated' },
      { kind: 'new_version', version: null, happenedOn: '2020-04-05' },
    ])
    // An older state, or no version any more.
    await put(paperRecord({ events: [first] }))
    await put(paperRecord())
    expect(kinds(await told())).toEqual(['updated', 'updated'])
  })

  test('the first code, and a venue that is not an archive', async () => {
    await put(paperRecord({ venue: venue('arXiv', 'repository') }))
    await told()
    await put(paperRecord({ venue: venue('arXiv', 'repository'), repositories: [code('a')] }))
    expect(await told()).toMatchObject([
      { kind: 'updated', fields: ['repositories', 'sources'] },
      { kind: 'got_code' },
    ])
    await put(paperRecord({ venue: venue('ACL'), repositories: [code('a'), code('b')] }))
    expect(await told()).toMatchObject([
      { kind: 'updated', fields: ['repositories', 'sources', 'venue'] },
      { kind: 'published' },
    ])
  })

  test('a merge with its result, and the split that undoes it', async () => {
    await put(
      paperRecord({ key: 'a', title: 'One of two papers', repositories: [code('a')] }),
      paperRecord({ key: 'b', title: 'Another matter entirely', abstract: 'With an abstract.' }),
    )
    const ids = (await told()).map(({ paperId }) => paperId)
    const [one, other] = ids
    const decided = await transaction(t.url, (tx) =>
      mergePapers(tx, ids, { by: 'ada', reason: null }),
    )
    expect(await told()).toMatchObject([
      { kind: 'merged', paperId: other, otherPaperId: one, fields: [] },
      {
        ...{ kind: 'updated', paperId: one },
        fields: expect.arrayContaining(['abstract', 'mergedFrom', 'sources']),
      },
    ])
    await within((tx) => undoDecision(tx, decided.id, { by: 'ada', reason: null }))
    expect(await told()).toMatchObject([
      { kind: 'split', paperId: other, otherPaperId: one },
      {
        ...{ kind: 'updated', paperId: one },
        fields: expect.arrayContaining(['abstract', 'mergedFrom', 'sources']),
      },
    ])
  })

  test('a paper whose last record was deleted; nothing for one that was added and deleted at once', async () => {
    await put(paperRecord({ key: 'a' }))
    const [created] = await told()
    await within((tx) => removeRecords(tx, [{ source: 'test', key: 'a' }]))
    expect(await told()).toMatchObject([{ kind: 'deleted', paperId: created?.paperId }])
    await within(async (tx) => {
      await writeRecords(tx, [paperRecord({ key: 'b' })])
      await removeRecords(tx, [{ source: 'test', key: 'b' }])
    })
    expect(await told()).toEqual([])
  })

  test('records that a licence hides and shows again', async () => {
    await put(
      paperRecord({ key: 'a', licence: 'CC0-1.0', title: 'Said by two', abstract: 'Free.' }),
      paperRecord({ key: 'b', licence: 'CC-BY-4.0', title: 'Said by two' }),
      paperRecord({ key: 'c', licence: 'CC0-1.0', title: 'Said by nobody else', authors: [] }),
    )
    await told()
    await leaveOut(t.url, ['CC0-1.0'])
    const hidden = await told()
    expect(kinds(hidden).sort()).toEqual(['deleted', 'updated'])
    await leaveOut(t.url, [])
    const shown = await told()
    expect(kinds(shown).sort()).toEqual(['created', 'updated'])
    expect(shown.find(({ kind }) => kind === 'created')?.paperId).toBe(
      hidden.find(({ kind }) => kind === 'deleted')?.paperId,
    )
  })

  test('both ends of a citation, its count, and the milestones', async () => {
    const citing = (i: number) =>
      paperRecord({ key: `${i}`, title: `Citing ${i} of many`, identifiers: [doi(`10.1/${i}`)] })
    await put(
      paperRecord({ key: 'cited', identifiers: [doi('10.1/cited')] }),
      ...Array.from({ length: 12 }, (_, i) => citing(i)),
    )
    await refreshCitationCounts(t.url)
    await told()
    const edges = Array.from({ length: 12 }, (_, i) => ({
      citing: doi(`10.1/${i}`),
      cited: doi('10.1/cited'),
    }))
    await within((tx) => writeEdges(tx, 's2', edges))
    const linked = await told()
    expect(linked.filter(({ fields }) => fields.includes('references'))).toHaveLength(12)
    expect(linked.filter(({ fields }) => fields.includes('citations'))).toHaveLength(1)
    await within((tx) => writeEdges(tx, 's2', edges))
    expect(await told()).toEqual([])
    await refreshCitationCounts(t.url)
    expect(await told()).toMatchObject([
      { kind: 'updated', fields: ['citationCount', 'citationCounts'] },
      { kind: 'citation_milestone', citationCount: 10 },
    ])
  })

  test('facts of hosts about repositories, for each of their papers', async () => {
    await put(
      paperRecord({ key: 'a', title: 'First with code', repositories: [code('a')] }),
      paperRecord({ key: 'b', title: 'Second with code', repositories: [code('a')] }),
    )
    await told()
    const [row] = await t.db.query<{ id: number }>({
      ...{ text: 'select id from repositories', values: [] },
    } as never)
    const id = row?.id ?? 0
    const facts: RepositoryFacts = {
      ...{ hostId: 1, owner: 'lab', name: 'a', url: 'https://github.com/lab/a', description: null },
      ...{ stars: 5, forks: 0, language: null, licence: null, isArchived: true, pushedAt: null },
    }
    const check = (...checks: Parameters<typeof writeRepositoryChecks>[2]) =>
      within((tx) => writeRepositoryChecks(tx, 'github.com', checks))
    await check({ id, kind: 'found', facts, etag: null })
    expect(await told()).toMatchObject([
      { kind: 'updated', fields: ['repositories', 'starCount'] },
      { kind: 'updated', fields: ['repositories', 'starCount'] },
      { kind: 'repository_archived', repositoryId: id },
      { kind: 'repository_archived', repositoryId: id },
    ])
    await check({ id, kind: 'found', facts, etag: 'new' })
    await check({ id, kind: 'unchanged' })
    expect(await told()).toEqual([])
    await check({ id, kind: 'gone' })
    expect(kinds(await told())).toEqual([
      ...['updated', 'updated', 'repository_gone', 'repository_gone'],
    ])
    await check({ id, kind: 'gone' })
    expect(await told()).toEqual([])
  })

  test('a better name of a venue, for the existing papers', async () => {
    await put(paperRecord({ key: 'a', title: 'At the meeting', venue: venue('ACL') }))
    await told()
    await put(
      paperRecord({
        ...{ key: 'b', title: 'At the same meeting' },
        venue: { ...venue('ACL'), acronym: 'ACL' },
      }),
    )
    expect(await told()).toMatchObject([
      { kind: 'created' },
      { kind: 'updated', fields: ['venue'] },
    ])
  })

  test('nothing of a failed transaction', async () => {
    const failing = within(async (tx) => {
      await writeRecords(tx, [paperRecord()])
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await told()).toEqual([])
  })
})
