import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { OPEN_ACCESS_STATUSES } from '../../../src/db/tables/vocabulary.ts'
import { transaction } from '../../../src/db/transaction.ts'
import type {
  DecisionClaim,
  EventClaim,
  LinkClaim,
  PaperRecord,
  RepositoryClaim,
} from '../../../src/domain/record/paper-record.ts'
import { writeRepositoryChecks } from '../../../src/domain/repositories/facts.ts'
import { refreshSearchWords } from '../../../src/domain/search/dictionary.ts'
import { FIELD_EXAMPLES } from '../../../src/domain/search/fields/fields.ts'
import { access } from '../../../src/domain/search/fields/statements.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { titlesOf } from './catalogue.ts'

/** Records of papers that meet a condition only by these data, and the other conditions that also include them. */
interface Holders {
  of: Partial<PaperRecord>[]
  also?: string[]
}

const HOST = 'github.com'
const ACL = { slug: 'acl', name: 'Meeting of the ACL', acronym: 'ACL', kind: 'conference' as const }

const decision = (claim: Partial<DecisionClaim>): Partial<PaperRecord> => ({
  decisions: [{ venue: ACL, year: 2010, outcome: 'accepted', ...claim }],
})
const link = (kind: LinkClaim['kind']): Partial<PaperRecord> => ({
  links: [{ kind, url: `https://example.org/${kind}` }],
})
const event = (kind: EventClaim['kind']): Partial<PaperRecord> => ({
  events: [{ kind, on: '2011-01-01' }],
})
const code = (name: string): Partial<PaperRecord> => {
  const known = { host: HOST, owner: 'ada', name, url: `https://${HOST}/ada/${name}` }
  const claim: RepositoryClaim = {
    ...known,
    ...{ isOfficial: true, evidence: 'in_paper', framework: null },
  }
  return { repositories: [claim] }
}
const by = (author: Partial<PaperRecord['authors'][number]>): Partial<PaperRecord> => ({
  authors: [{ name: 'Ada Lovelace', identifiers: [], affiliation: null, ...author }],
})
const open = (status: (typeof OPEN_ACCESS_STATUSES)[number]): Partial<PaperRecord> => ({
  openAccess: { status, url: null, licence: null, version: null },
})

/** The host's data on the repositories above; it has no searchable data on others. */
const FACTS: Record<string, { stars?: number; language?: string }> = {
  starred: { stars: 500 },
  snakes: { language: 'Python' },
}

const ACCESS = Object.fromEntries(
  OPEN_ACCESS_STATUSES.map((status) => [`access:${access.print(status)}`, { of: [open(status)] }]),
)

/** Each condition in the documentation of the language, and each value of `access:`. */
const CONDITIONS: Record<string, Holders> = {
  'title:graph': { of: [{ title: 'A Graph' }] },
  'abstract:"random walk"': { of: [{ abstract: 'It is a random walk.' }] },
  'author:liu': { of: [by({ name: 'Zebulon Liu' })] },
  'author:orcid:0000-0002-1825-0097': {
    of: [by({ identifiers: [{ scheme: 'orcid', value: '0000-0002-1825-0097' }] })],
  },
  'affiliation:stanford': {
    of: [by({ affiliation: 'Stanford', institutions: [{ name: 'Stanford University' }] })],
  },
  'topic:parsing': {
    of: [
      {
        topics: [{ slug: 'parsing', name: 'Parsing', kind: 'task', score: 1, source: 'keywords' }],
      },
    ],
  },
  'keyword:"mixture of experts"': { of: [{ keywords: ['Mixture-of-Experts'] }] },
  'venue:acl': { of: [{ venue: ACL }] },
  'year:2020..2024': {
    of: [{ published: { on: '2020-12-31', precision: 'day' } }],
    also: ['published:>=2024-05'],
  },
  'published:>=2024-05': { of: [{ published: { on: '2024-05-01', precision: 'day' } }] },
  'updated:>=2025-01-31': { of: [{}] },
  'has:code': { of: [code('plain')], also: ['stars:>100', 'lang:python'] },
  'stars:>100': { of: [code('starred')] },
  'lang:python': { of: [code('snakes')] },
  'cites:>=10': { of: [{ citationCount: 10 }] },
  'has:award': { of: [decision({ award: 'Award' })], also: ['award:"best paper"'] },
  'award:"best paper"': { of: [decision({ award: 'Best Paper Award' })] },
  'session:vision': { of: [decision({ session: 'Vision & Robots' })] },
  'area:optimisation': { of: [decision({ area: 'Optimisation' })] },
  'rating:>=7.5': { of: [decision({ rating: { mean: 7.5, count: 3 } })] },
  'has:abstract': { of: [{ abstract: 'A text.' }], also: ['abstract:"random walk"'] },
  'has:pdf': { of: [link('pdf'), { pdfUrl: 'https://example.org/1.pdf' }] },
  'has:supplement': { of: [link('supplement')] },
  'has:video': { of: [link('video')] },
  'has:slides': { of: [link('slides')] },
  'has:poster': { of: [link('poster')] },
  'has:project-page': { of: [link('project_page')] },
  'has:demo': { of: [link('demo')], also: ['has:space'] },
  'has:space': { of: [link('space')] },
  'has:model': { of: [link('model')] },
  'has:dataset': { of: [link('dataset')] },
  'has:correction': { of: [event('correction')] },
  'has:concern': { of: [event('concern')] },
  'has:versions': { of: [event('version')] },
  'is:retracted': { of: [{ isRetracted: true }] },
  'is:oral': { of: [decision({ presentation: 'oral' })] },
  'is:spotlight': { of: [decision({ presentation: 'spotlight' })] },
  'is:highlight': { of: [decision({ presentation: 'highlight' })] },
  'is:poster': { of: [decision({ presentation: 'poster' })] },
  'is:rejected': {
    of: [decision({ outcome: 'rejected' }), decision({ outcome: 'desk_rejected' })],
  },
  'is:withdrawn': { of: [event('withdrawal'), decision({ outcome: 'withdrawn' })] },
  'is:open': {
    of: [],
    also: Object.keys(ACCESS).filter((condition) => condition !== 'access:closed'),
  },
  'language:de': { of: [{ language: 'de' }] },
  ...ACCESS,
}

/** A paper that meets none, and the one or two that meet each. */
const PAPERS: { condition: string | null; title: string; record: PaperRecord }[] = [
  { condition: null, of: [{}] },
  ...Object.entries(CONDITIONS).map(([condition, { of }]) => ({ condition, of })),
].flatMap(({ condition, of }, i) =>
  of.map((over, n) => {
    const title = `${over.title ?? 'Zebras'} of case ${i}.${n}`
    const published = { on: '2010-01-01', precision: 'year' as const }
    return {
      ...{ condition, title },
      record: paperRecord({ published, ...over, key: `${i}.${n}`, title }),
    }
  }),
)

const titlesFor = (condition: string) =>
  PAPERS.filter((paper) => paper.condition === condition).map(({ title }) => title)

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
  await transaction(t.url, (tx) =>
    writeRecords(
      tx,
      PAPERS.map(({ record }) => record),
    ),
  )
  await noteFacts()
  await t.db.query(sql`update paper_updates set updated_at = '2020-01-01'
    where paper_id not in (select id from papers where title = any(${titlesFor('updated:>=2025-01-31')}::text[]))`)
  await refreshSearchWords(t.url)
})
afterAll(() => t.close())

async function noteFacts(): Promise<void> {
  const rows = await t.db.query<{ id: number; name: string; url: string }>(
    sql`select id, name, url from repositories`,
  )
  const checks = rows.map(({ id, name, url }, i) => {
    const { stars = 0, language = null } = FACTS[name] ?? {}
    const facts = {
      ...{ hostId: i + 1, owner: 'ada', name, url, description: null, stars, forks: 0, language },
      ...{ licence: null, isArchived: false, pushedAt: null },
    }
    return { id, kind: 'found' as const, facts, etag: null }
  })
  await transaction(t.url, (tx) => writeRepositoryChecks(tx, HOST, checks))
}

test('for each condition of the language, and each value of has: and is:, there are papers that meet it', () => {
  const documented = FIELD_EXAMPLES.map(([query]) => query)
  expect(Object.keys(CONDITIONS)).toEqual(expect.arrayContaining(documented))
})

const ALL = ', mode: STRICT, first: 100'

test.each(Object.entries(CONDITIONS))('%s', async (condition, { also = [] }) => {
  const found = [condition, ...also].flatMap(titlesFor).sort()
  const others = PAPERS.map(({ title }) => title).filter((title) => !found.includes(title))
  expect((await titlesOf(t, condition, ALL)).sort()).toEqual(found)
  expect((await titlesOf(t, `-${condition}`, ALL)).sort()).toEqual(others.sort())
})
