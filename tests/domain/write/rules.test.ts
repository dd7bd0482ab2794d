import sql, { raw } from 'sql-template-tag'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import { mergeWithout } from '../../../src/domain/record/merge/licence.ts'
import type { PaperRecord } from '../../../src/domain/record/paper-record.ts'
import type { ProfileRecord } from '../../../src/domain/record/profile-record.ts'
import { refreshSearchWords } from '../../../src/domain/search/dictionary.ts'
import { settlePeople } from '../../../src/domain/write/authors/evidence/settle.ts'
import { removeRecords, writeRecords } from '../../../src/domain/write/catalogue.ts'
import { followPrecedence, prepareRules } from '../../../src/domain/write/precedence.ts'
import { writeProfiles } from '../../../src/domain/write/profiles.ts'
import { refreshCitationCounts } from '../../../src/domain/write/relations/citation-count.ts'
import { writeEdges } from '../../../src/domain/write/relations/edges.ts'
import { leaveOut, leavesOut, missingLicences } from '../../../src/domain/write/rules.ts'
import { claimLicences } from '../../../src/serve/licences.ts'
import { dumpCatalogue, emptyCatalogue, paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase, endConnections } from '../../helpers/database.ts'
import { askWell } from '../../helpers/graphql.ts'

const t = await createTestDatabase()
afterAll(() => t.close())
beforeEach(async () => {
  if (!(await leavesOut(t.url, []))) await leaveOut(t.url, [])
  await emptyCatalogue(t.db)
  await t.db.query(sql`truncate hidden_records, hidden_citation_edges, hidden_profile_records`)
  await t.db.query(sql`truncate author_records, topic_records cascade`)
})

const SHARE_ALIKE = ['CC-BY-SA-4.0']
/** Occurs in everything that only records under the excluded licence state. */
const MARK = 'Qwxz'

const by = (name: string, ...identifiers: { scheme: string; value: string }[]) => ({
  name,
  identifiers,
  affiliation: null,
})
const arxiv = (value: string) => ({ scheme: 'arxiv' as const, value })
const pwcId = (value: string) => ({ scheme: 'pwc' as const, value })
const repository = (name: string, url = `https://github.com/a/${name}`) => ({
  host: 'github.com',
  owner: 'a',
  name,
  url,
  isOfficial: true,
  evidence: 'curated' as const,
  framework: 'pytorch',
})
const pwc = (key: string, over: Partial<PaperRecord>) =>
  paperRecord({ source: 'pwc', key, licence: 'CC-BY-SA-4.0', ...over })

/** Records of PwC on papers that other sources have, and on papers that only it has. */
const RECORDS: PaperRecord[] = [
  paperRecord({
    source: 'arxiv',
    key: '2101.00001',
    licence: 'CC0-1.0',
    title: 'Attending to Everything at Once',
    abstract: 'We attend.',
    identifiers: [arxiv('2101.00001')],
    authors: [by('Ada Lovelace'), by('Alan Turing')],
    topics: [
      {
        slug: 'graph-parsing-x',
        name: 'graph parsing x',
        kind: 'keyword',
        score: 1,
        source: 'keywords',
      },
    ],
    repositories: [repository('shared', 'https://github.com/a/shared')],
    venue: { slug: 'wip', name: 'Workshop on It', acronym: null, kind: 'workshop' },
    citationCount: 2,
  }),
  pwc('attending', {
    title: `Attending to Everything at Once ${MARK}`,
    abstract: `We attend at length, ${MARK}.`,
    kind: 'conference_paper',
    identifiers: [arxiv('2101.00001'), pwcId(`${MARK}-attending`)],
    authors: [
      by(`Ada ${MARK} Lovelace`, { scheme: 'acl', value: `ada-${MARK}` }),
      by('Alan Turing', { scheme: 'acl', value: `alan-${MARK}` }),
    ],
    venue: { slug: 'wip', name: `${MARK} Workshop`, acronym: `${MARK}W`, kind: 'workshop' },
    topics: [
      {
        slug: 'graph-parsing-x',
        name: `Graph Parsing X ${MARK}`,
        kind: 'task',
        score: 1,
        source: 'pwc',
      },
      { slug: `task-${MARK}`, name: `Task ${MARK}`, kind: 'task', score: 1, source: 'pwc' },
    ],
    repositories: [repository('shared', 'https://github.com/A/Shared'), repository(MARK)],
    landingUrl: `https://${MARK}.example/1`,
    pdfUrl: `https://${MARK}.example/1.pdf`,
    citationCount: 99,
    references: [{ identifiers: [arxiv('2001.00009')], title: `An Older Work ${MARK}` }],
    tldr: `${MARK} in short.`,
  }),
  paperRecord({
    source: 'pwc-links',
    key: 'attending https://github.com/a/links',
    licence: 'CC-BY-SA-4.0',
    kind: 'other',
    title: `Attending to Everything at Once ${MARK}`,
    identifiers: [pwcId(`${MARK}-attending`)],
    authors: [],
    published: null,
    repositories: [repository(`links-${MARK}`)],
  }),
  pwc('alone', {
    title: `A Paper That Stands Alone ${MARK}`,
    abstract: `Only here: ${MARK}.`,
    identifiers: [pwcId('alone')],
    authors: [by(`Grace ${MARK}`, { scheme: 'acl', value: `grace-${MARK}` }), by('Alan Turing')],
    references: [{ identifiers: [arxiv('2101.00001')] }],
  }),
  paperRecord({
    source: 'crossref',
    key: '10.1/2',
    licence: 'CC0-1.0',
    title: 'The Halves of a Thing',
    identifiers: [{ scheme: 'doi', value: '10.1/2' }],
    authors: [by('Alan Turing', { scheme: 'acl', value: 'alan' })],
  }),
  pwc('bridge', {
    title: `The Halves of a Thing ${MARK}`,
    identifiers: [{ scheme: 'doi', value: '10.1/2' }, arxiv('2101.00003')],
    authors: [],
  }),
  paperRecord({
    source: 'arxiv',
    key: '2101.00003',
    licence: 'CC0-1.0',
    title: 'The Halves of a Thing, in Draft',
    identifiers: [arxiv('2101.00003')],
    authors: [by('Alan Turing')],
  }),
]

const write = (records: PaperRecord[]) => transaction(t.url, (tx) => writeRecords(tx, records))

async function fill(records = RECORDS): Promise<void> {
  await write(records)
  const edges = [
    { citing: arxiv('2101.00003'), cited: arxiv('2101.00001') },
    { citing: pwcId('alone'), cited: { scheme: 'doi' as const, value: '10.1/2' } },
  ]
  await transaction(t.url, (tx) => writeEdges(tx, 's2', edges))
  await finish()
}

async function finish(): Promise<void> {
  await settlePeople(t.url)
  await refreshCitationCounts(t.url)
  await refreshSearchWords(t.url)
}

const dump = () => dumpCatalogue(t.db)

async function idsByTitle(): Promise<Record<string, number>> {
  const rows = await t.db.query<{ id: number; title: string }>(sql`select id, title from papers`)
  return Object.fromEntries(rows.map(({ id, title }) => [title, id]))
}

/** Tables with the ids of objects that may return; nothing else reads them. */
const FORMER = ['former_authorships', 'former_ids']

/** Tables whose rows contain the mark, except those made to hold it. */
async function tablesWithMark(): Promise<string[]> {
  const tables = await t.db.query<{ name: string }>(sql`
    select table_name as name from information_schema.tables where table_schema = 'public'`)
  const found: string[] = []
  for (const { name } of tables) {
    const [row] = await t.db.query<{ count: number }>(
      sql`select count(*) as count from ${raw(name)} t where t::text ilike ${`%${MARK}%`}`,
    )
    if ((row?.count ?? 0) > 0) found.push(name)
  }
  return found.sort()
}

describe('records under an excluded licence', () => {
  test('are found nowhere, and return unchanged', async () => {
    await fill()
    const [before, ids] = [await dump(), await idsByTitle()]
    expect(await tablesWithMark()).toContain('topics')
    await leaveOut(t.url, ['cc-by-sa-4.0'])
    await refreshSearchWords(t.url)
    // Single words, used for spelling correction, belong to no work.
    expect(await tablesWithMark()).toEqual([...FORMER, 'hidden_records', 'words'])
    expect(Object.keys(await idsByTitle()).sort()).toEqual([
      'Attending to Everything at Once',
      'The Halves of a Thing',
      'The Halves of a Thing, in Draft',
    ])
    await leaveOut(t.url, [])
    await finish()
    expect(await dump()).toEqual(before)
    expect(await idsByTitle()).toEqual(ids)
    expect(await t.db.query(sql`select key from hidden_records`)).toEqual([])
  })

  test('leave a paper with the values of its other records', async () => {
    const others = RECORDS.filter(({ licence }) => licence === 'CC0-1.0')
    await fill(others)
    const expected = await dump()
    await emptyCatalogue(t.db)
    await fill()
    await leaveOut(t.url, SHARE_ALIKE)
    await finish()
    expect(await dump()).toEqual(expected)
    expect(
      await t.db.query(sql`select title from papers where search @@ to_tsquery(${MARK})`),
    ).toEqual([])
  })

  test('are set aside during imports, in any order', async () => {
    await fill()
    const whole = await dump()
    await leaveOut(t.url, SHARE_ALIKE)
    await finish()
    const expected = await dump()
    for (const records of [RECORDS, RECORDS.toReversed()]) {
      await emptyCatalogue(t.db)
      await t.db.query(sql`truncate hidden_records`)
      for (const record of records) await write([record])
      await fill(records)
      expect(await dump()).toEqual(expected)
      expect(await tablesWithMark()).toEqual(['hidden_records', 'words'])
      const again = await write(RECORDS)
      expect(again).toEqual({
        created: 0,
        updated: 0,
        merged: 0,
        waiting: 0,
        unchanged: RECORDS.length,
      })
    }
    await leaveOut(t.url, [])
    await finish()
    expect(await dump()).toEqual(whole)
    expect(await write(RECORDS)).toMatchObject({ unchanged: RECORDS.length })
  })

  test('leave their papers when their licence changes to an excluded one', async () => {
    await leaveOut(t.url, SHARE_ALIKE)
    const free = RECORDS.map((record) => ({ ...record, licence: 'CC0-1.0' }))
    await fill(free)
    expect(await tablesWithMark()).toContain('papers')
    const counts = await write(RECORDS)
    expect(counts).toMatchObject({ waiting: 4, unchanged: 3 })
    await settlePeople(t.url)
    expect(await tablesWithMark()).toEqual([
      ...FORMER,
      'hidden_records',
      'search_lexemes',
      'search_words',
      'words',
    ])
    await write(free)
    expect(await tablesWithMark()).toContain('papers')
    expect(await t.db.query(sql`select key from hidden_records`)).toEqual([])
  })

  test('are deleted for good when they are removed', async () => {
    await write(RECORDS)
    await leaveOut(t.url, SHARE_ALIKE)
    await transaction(t.url, (tx) => removeRecords(tx, RECORDS))
    expect(await t.db.query(sql`select key from hidden_records`)).toEqual([])
    await leaveOut(t.url, [])
    expect(await idsByTitle()).toEqual({})
  })

  test('are in no answer', async () => {
    await fill()
    const query = `{
      papers(first: 100) { totalCount nodes { title abstract tldr url pdfUrl citationCount identifiers { value }
        authorships { nodes { name author { name identifiers { value } } } } topics { nodes { name } }
        repositories { nodes { url } } venue { name acronym } sources { key values { value } }
        conflicts { values { value } } citationCounts { source count }
        unresolvedReferences { nodes { title } } references { nodes { title } } related { paper { title } } }
        facets { topics { label } } }
      authors { nodes { name } } topics { nodes { name } } venues { nodes { name } } repositories { nodes { url } }
      search(query: "attending alone ${MARK}") { nodes { title } }
      suggest(prefix: "${MARK.toLowerCase()}") { label }
      stats { paperCount authorCount topicCount repositoryCount venueCount citationCount }
      sources { source licence recordCount }
    }`
    const answer = async () => JSON.stringify((await askWell(t, query)).data)
    expect(await answer()).toContain(`Task ${MARK}`)
    await leaveOut(t.url, SHARE_ALIKE)
    await refreshSearchWords(t.url)
    const without = await answer()
    expect(without).not.toMatch(new RegExp(MARK, 'i'))
    expect(without).not.toMatch(/pwc|CC-BY-SA/)
  })
})

test('citations without papers are excluded by the licence of their source, and return', async () => {
  await fill()
  const before = await dump()
  expect(before.citations).toHaveLength(3)
  await leaveOut(t.url, ['ODC-BY-1.0'])
  await refreshCitationCounts(t.url)
  expect((await dump()).citations).toHaveLength(1)
  const edge = { citing: arxiv('2101.00001'), cited: { scheme: 'doi' as const, value: '10.1/2' } }
  const writeEdge = () => transaction(t.url, (tx) => writeEdges(tx, 's2', [edge]))
  expect(await writeEdge()).toEqual({ written: 1, unchanged: 0 })
  expect(await writeEdge()).toEqual({ written: 0, unchanged: 1 })
  expect((await dump()).citations).toHaveLength(1)
  await leaveOut(t.url, [])
  expect((await dump()).citations).toHaveLength(4)
  expect(await writeEdge()).toEqual({ written: 0, unchanged: 1 })
})

test('statements about people and topics are excluded by licence, and return', async () => {
  const about = { source: 's2', licence: 'ODC-BY-1.0', url: null }
  const counts = { paperCount: null, citationCount: 7, hIndex: null }
  const person: ProfileRecord = {
    ...about,
    type: 'author',
    key: '1',
    name: `Ada ${MARK}`,
    aliases: [],
    identifiers: [
      { scheme: 's2', value: '1' },
      { scheme: 'orcid', value: `0000-${MARK}` },
    ],
    affiliations: [`University of ${MARK}`],
    homepage: null,
    ...counts,
  }
  const topic: ProfileRecord = {
    ...about,
    type: 'topic',
    key: '2',
    slug: 'graph-parsing-x',
    name: `Graph Parsing ${MARK}`,
    kind: 'keyword',
    description: `All about ${MARK}.`,
    parents: [{ slug: `wider-${MARK}`, name: `Wider ${MARK}`, kind: 'field' }],
  }
  const writeAll = () => transaction(t.url, (tx) => writeProfiles(tx, [person, topic]))
  await writeAll()
  const ada = [by('Ada Lovelace', { scheme: 's2', value: '1' })]
  await write([paperRecord({ ...RECORDS[0], authors: ada })])
  const query =
    '{ authors { nodes { name identifiers { value } profiles { name } } } topics { nodes { name description parent { name } } } }'
  const answer = async () => JSON.stringify((await askWell(t, query)).data)
  const [before, shown] = [await dump(), await answer()]
  expect(shown.match(RegExp(MARK, 'g'))).toHaveLength(6)
  await leaveOut(t.url, ['ODC-BY-1.0'])
  expect(await answer()).not.toContain(MARK)
  expect(await tablesWithMark()).toEqual(['former_ids', 'hidden_profile_records', 'words'])
  expect(await writeAll()).toMatchObject({ waiting: 0, unchanged: 2 })
  await leaveOut(t.url, [])
  expect(await answer()).toBe(shown)
  expect(await dump()).toEqual(before)
  expect(await writeAll()).toMatchObject({ unchanged: 2 })
})

test('records without a licence are excluded by the name unknown', async () => {
  await write([paperRecord({ identifiers: [arxiv('2101.00009')] })])
  expect(await missingLicences(t.url, ['unknown'])).toBeNull()
  expect(await missingLicences(t.url, ['unknown', 'MIT'])).toBe(
    'no paper record is under MIT; licences in this catalogue: unknown.',
  )
  await leaveOut(t.url, ['unknown'])
  expect(await idsByTitle()).toEqual({})
  await leaveOut(t.url, SHARE_ALIKE)
  expect(Object.keys(await idsByTitle())).toHaveLength(1)
})

test('an exclusion resumes after any interruption', async () => {
  const many = Array.from({ length: 320 }, (_, i) => [
    pwc(`p${i}`, {
      title: `Paper number ${i} ${MARK}`,
      identifiers: [arxiv(`2201.${10_000 + i}`)],
    }),
    ...(i % 2 === 0
      ? [
          paperRecord({
            source: 'arxiv',
            licence: 'CC0-1.0',
            key: `${i}`,
            title: `Paper number ${i}`,
            identifiers: [arxiv(`2201.${10_000 + i}`)],
          }),
        ]
      : []),
  ]).flat()
  await write(many)
  await settlePeople(t.url)
  const whole = await dump()
  await leaveOut(t.url, SHARE_ALIKE)
  const without = await dump()
  await leaveOut(t.url, [])
  for (const licences of [SHARE_ALIKE, []]) {
    for (const patience of [50, 300]) {
      const running = leaveOut(t.url, licences).catch(() => null)
      await new Promise((resolve) => setTimeout(resolve, patience))
      await endConnections(
        t.db,
        sql`state = 'idle in transaction' or query ~ '(insert|update|delete).*(hidden|source)_records'`,
      )
      await running
    }
    await leaveOut(t.url, licences)
    expect(await leavesOut(t.url, licences)).toBe(true)
    expect(await dump()).toEqual(licences.length > 0 ? without : whole)
  }
})

test('one server at a time changes the excluded licences', async () => {
  await fill()
  const notices: string[] = []
  const claim = (licences: string[]) =>
    claimLicences({
      url: t.url,
      licences,
      onNotice: (notice) => notices.push(notice),
      onBroken: () => notices.push('broken'),
    })
  const [one, other] = await Promise.all([claim(SHARE_ALIKE), claim(SHARE_ALIKE)])
  expect(notices).toEqual(['Hiding the data under CC-BY-SA-4.0; this may take a while.'])
  await expect(claim([])).rejects.toMatchObject({
    code: 'CONFLICT',
    message: /^PAPERQL_EXCLUDE_LICENCES: another paperql server answers .* another setting/,
  })
  await one.close()
  await expect(claim([])).rejects.toThrow(/another setting/)
  await other.close()
  const third = await claim(['CC-BY-SA'])
  await third.close()
  expect(notices.slice(1)).toEqual([
    'Hiding the data under CC-BY-SA; this may take a while.',
    'PAPERQL_EXCLUDE_LICENCES: no paper record is under CC-BY-SA; licences in this catalogue: CC-BY-SA-4.0, CC0-1.0.',
  ])
  expect(await tablesWithMark()).toContain('papers')
})

test('papers of an older precedence are remade, resuming after an interruption', async () => {
  await fill()
  const expected = await dump()
  await followPrecedence(t.url)
  await t.db.query(sql`update papers set title = 'Of Old', title_key = 'of old', abstract = null`)
  await t.db.query(sql`update catalogue_rules set precedence_version = 0`)
  const aborted = new AbortController()
  aborted.abort()
  await followPrecedence(t.url, { signal: aborted.signal })
  expect(await idsByTitle()).toHaveProperty('Of Old')
  await followPrecedence(t.url)
  const made = (await dump()).papers.filter(({ title }) => title !== 'Of Old')
  // Papers of one record follow that record, without precedence.
  const several = expected.papers.filter(({ records }) => (records as string[]).length > 1)
  expect(made).toEqual(several)
  expect(several).toHaveLength(2)
})

test('a new catalogue has the newest rules, and nothing is made twice', async () => {
  const prepare = async () => {
    await t.db.query(sql`
      update catalogue_rules set precedence_version = 0, matching_version = 0, remade_through = 7`)
    await transaction(t.url, prepareRules)
  }
  const rename = () => t.db.query(sql`update papers set title = 'Of Old', title_key = 'of old'`)
  await prepare()
  await fill()
  await rename()
  await followPrecedence(t.url)
  expect(Object.keys(await idsByTitle())).toEqual(['Of Old'])
  // Records of older rules need an update.
  await prepare()
  await followPrecedence(t.url)
  expect(await idsByTitle()).not.toHaveProperty('Of Old')
})

test('the merged paper without some licences, computed from records alone', () => {
  expect(mergeWithout(RECORDS.slice(0, 2), SHARE_ALIKE)?.abstract).toBe('We attend.')
  expect(mergeWithout(RECORDS.slice(1, 2), SHARE_ALIKE)).toBeNull()
})
