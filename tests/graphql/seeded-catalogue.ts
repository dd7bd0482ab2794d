import sql from 'sql-template-tag'
import { PAPER_KINDS, PRESENTATIONS, REPOSITORY_EVIDENCES } from '../../src/db/tables/vocabulary.ts'
import { type Transaction, transaction } from '../../src/db/transaction.ts'
import type {
  AuthorClaim,
  DecisionClaim,
  EventClaim,
  LinkClaim,
  OpenAccessClaim,
  PaperRecord,
  PublicationClaim,
  RepositoryClaim,
  TopicClaim,
} from '../../src/domain/record/paper-record.ts'
import { writeRecords } from '../../src/domain/write/catalogue.ts'
import { paperRecord } from '../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'

/** A paper of the seeded catalogue, with the data for computing expected results. */
export interface SeededPaper {
  /** Global id, and its number, which is the tie-breaker in every order. */
  id: string
  number: number
  /** The batch in which it was added: papers of one batch have the same instant. */
  batch: number
  /** Maximum number of stars of its repositories; 0 if none is known. */
  stars: number
  languages: string[]
  record: PaperRecord
}

/** When the papers of each batch were last changed. */
export const UPDATED_AT = [
  '2020-01-01T00:00:00.000Z',
  '2021-02-03T04:05:06.789Z',
  '2021-02-03T04:05:06.790Z',
] as const

const PAPER_COUNT = 150
const BATCH_SIZE = 50

/** The paper with every author, topic and repository. */
export const RICH_PAPER = 11

const NAMES = [
  'Ada Lovelace',
  'Alan Turing',
  'Barbara Liskov',
  'Claude Shannon',
  'Donald Knuth',
  'Edsger Dijkstra',
  'Frances Allen',
  'Grace Hopper',
  'Hedy Lamarr',
  'Ivan Sutherland',
  'Émile Borel',
  'Karen Jones',
]

/** The ORCID iD of Ada Lovelace, the only author with one. */
export const ORCID = '0000-0002-1825-0097'

/** Workplaces of the first three: by ROR id, as printed, by name. */
const PLACES: Partial<AuthorClaim>[] = [
  { institutions: [{ name: 'ETH Zurich', ror: '05a28rw58', acronym: 'ETHZ', domain: 'ethz.ch' }] },
  { affiliation: 'Department of Logic, ETH Zürich, Switzerland' },
  { institutions: [{ name: 'Bell Labs', domain: 'bell-labs.com' }] },
]

const AUTHORS = NAMES.map((name, i): AuthorClaim => {
  const value = name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z ]/g, '')
    .replace(' ', '-')
  const orcid = i === 0 ? [{ scheme: 'orcid', value: ORCID }] : []
  const identifiers = [{ scheme: 'acl', value }, ...orcid]
  return { name, identifiers, affiliation: null, ...PLACES[i] }
})

const VENUES = [
  { slug: 'acl', name: 'Meeting of the ACL', acronym: 'ACL', kind: 'conference' as const },
  {
    slug: 'icml',
    name: 'Conference on Machine Learning',
    acronym: 'ICML',
    kind: 'conference' as const,
  },
  { slug: 'jmlr', name: 'Journal of Machine Learning', acronym: 'JMLR', kind: 'journal' as const },
  { slug: 'weather', name: 'Weather Letters', acronym: null, kind: 'other' as const },
]

/** The first five are within machine-learning, the next two within deep-learning, the others within nothing. */
const TOPICS = [
  { slug: 'clustering', name: 'Clustering', kind: 'task' as const },
  { slug: 'calibration', name: 'Calibration', kind: 'task' as const },
  { slug: 'active-learning', name: 'Active Learning', kind: 'method' as const },
  { slug: 'metric-learning', name: 'Metric Learning', kind: 'method' as const },
  { slug: 'time-series', name: 'Time Series', kind: 'field' as const },
  { slug: 'transformers', name: 'Transformers', kind: 'method' as const },
  { slug: 'autoencoders', name: 'Autoencoders', kind: 'method' as const },
  { slug: 'chess-endgames', name: 'chess endgames', kind: 'keyword' as const },
]

const REPOSITORIES = [
  { name: 'alpha', stars: 2000, language: 'Python' },
  { name: 'beta', stars: 100, language: 'C++' },
  { name: 'gamma', stars: 100, language: 'Python' },
  { name: 'delta', stars: 5, language: null },
  { name: 'epsilon', stars: 0, language: 'Rust' },
  { name: 'zeta', stars: null, language: null },
  { name: 'eta', stars: null, language: 'Rust' },
]

const SCORES = [1, 0.5, null, 0.3]
const ABSTRACTS = [
  null,
  'We compare parsers of every size.',
  'A sparse model of the weather is described.',
  'The model is sparse, and translated twice.',
]

/** A test database with the seeded catalogue in it. */
export async function createSeededDatabase(): Promise<{ t: TestDatabase; papers: SeededPaper[] }> {
  const records = Array.from({ length: PAPER_COUNT }, (_, i) => seedRecord(i))
  const fill = (url: string) => seed(url, records)
  const t = await createTestDatabase({ filled: { name: 'seeded', fill } })
  const rows = await t.db.query<{ id: number; value: string }>(
    sql`select paper_id as id, value from paper_identifiers where scheme = 'arxiv'`,
  )
  const numbers = new Map(rows.map(({ id, value }) => [value, id]))
  const papers = records.map((record, i): SeededPaper => {
    const number = numbers.get(arxivId(i)) ?? 0
    const own = record.repositories.map(({ name }) => REPOSITORIES.find((r) => r.name === name))
    return {
      id: nodeId('Paper', number),
      number,
      batch: Math.floor(i / BATCH_SIZE),
      stars: Math.max(0, ...own.map((r) => r?.stars ?? 0)),
      languages: own.flatMap((r) => r?.language ?? []),
      record,
    }
  })
  return { t, papers }
}

async function seed(url: string, records: PaperRecord[]): Promise<void> {
  for (let from = 0; from < PAPER_COUNT; from += BATCH_SIZE)
    await transaction(url, (tx) => writeRecords(tx, records.slice(from, from + BATCH_SIZE)))
  await transaction(url, async (tx) => {
    await describeRepositories(tx)
    await tx.query(sql`
      update paper_updates set updated_at = (${[...UPDATED_AT]}::timestamptz[])[
        dense_rank + 1] from (select id as paper, (dense_rank() over (order by created_at) - 1)::int as dense_rank from papers) r
      where paper_id = r.paper`)
  })
}

/** The id in the API. */
export function nodeId(type: string, number: number): string {
  return Buffer.from(`${type}:${number}`).toString('base64')
}

export const arxivId = (i: number) => `2101.${String(i).padStart(5, '0')}`

/** Paper number `i`: shared authors, topics, venues and repositories; ties, and gaps, in every key. */
export function seedRecord(i: number): PaperRecord {
  return paperRecord({
    key: String(i),
    title: i % 15 === 0 ? 'An Introduction to Everything' : `The ${WORDS[i % 4]} case of ${i}`,
    abstract: ABSTRACTS[i % 4] ?? null,
    kind: KINDS[i % KINDS.length] ?? 'other',
    published: i % 7 === 0 ? null : { on: dayOf(i % 40), precision: 'day' },
    citationCount: i % 5 === 0 ? null : (i * 13) % 20,
    identifiers: [{ scheme: 'arxiv', value: arxivId(i) }],
    authors: authorsOf(i),
    venue: VENUES[i % 6] ?? null,
    ...(PUBLICATIONS[i % 4] && { publication: PUBLICATIONS[i % 4] }),
    topics: topicsOf(i),
    ...(KEYWORDS[i % 4] && { keywords: KEYWORDS[i % 4] }),
    repositories: repositoriesOf(i),
    language: i % 12 === 5 ? 'de-AT' : (LANGUAGES[i % 3] ?? null),
    isRetracted: i % 11 === 4,
    decisions: decisionsOf(i),
    ...(LINKS[i % 5] && { links: LINKS[i % 5] }),
    ...(i % 6 === 1 && { events: EVENTS }),
    ...(ACCESS[i % 4] && { openAccess: ACCESS[i % 4] }),
  })
}

const AWARDS = [
  'Best Paper Award',
  undefined,
  undefined,
  'Award Candidate',
  'best paper; Test of Time',
]
const SESSIONS = ['Learning II', 'learning ii', 'Parsing', undefined]

/** Every third paper has no decision; some papers were rejected elsewhere before. */
function decisionsOf(i: number): DecisionClaim[] {
  if (i % 3 === 0) return []
  const award = AWARDS[i % AWARDS.length]
  const session = SESSIONS[i % SESSIONS.length]
  const presentation = PRESENTATIONS[i % 5]
  const own: DecisionClaim = {
    venue: VENUES[i % 4] ?? null,
    year: 2014 + (i % 9),
    outcome: 'accepted',
    ...(presentation && { presentation }),
    ...(award && { award }),
    ...(session && { session }),
    ...(i % 4 === 1 && { area: i % 8 === 1 ? 'Optimisation' : 'Theory' }),
    ...(i % 2 === 0 && { rating: { mean: 3 + (i % 7) / 2, count: 3 } }),
  }
  const before: DecisionClaim = {
    venue: VENUES[(i + 1) % 2] ?? null,
    year: 2013,
    outcome: i % 6 === 1 ? 'rejected' : 'withdrawn',
    area: 'Theory',
    rating: { mean: 2.5, count: null },
  }
  return i % 4 === 2 ? [own, before] : [own]
}

/** Two links of one kind count once. */
const LINKS: Record<number, LinkClaim[]> = {
  1: [
    { kind: 'video', url: 'https://example.org/talk' },
    { kind: 'demo', url: 'https://example.org/demo' },
  ],
  2: [
    { kind: 'video', url: 'https://example.org/one' },
    { kind: 'video', url: 'https://example.org/two', label: 'The second' },
  ],
}

const EVENTS: EventClaim[] = [
  { kind: 'version', on: '2021-01-02', number: 1, notice: 'https://arxiv.org/abs/2101.00001v1' },
  { kind: 'correction', on: '2022-01-01', precision: 'year', reason: 'A wrong sign.' },
]

const ACCESS: Record<number, OpenAccessClaim> = {
  1: { status: 'closed', url: null, licence: null, version: null },
  2: { status: 'gold', url: 'https://example.org/gold', licence: 'cc-by', version: 'published' },
}

const LANGUAGES = ['en', null, 'de']

const KEYWORDS: Record<number, string[]> = {
  1: ['Sparse parsing', 'weather "maps"'],
  2: ['sparse-parsing'],
}

/** All kinds except one, so that counts by kind and by topic have no common divisor. */
const KINDS = PAPER_KINDS.filter((kind) => kind !== 'chapter')

const PUBLICATIONS: Record<number, PublicationClaim> = {
  1: {
    container: 'Weather "Letters"',
    volume: '7',
    pages: '1–9',
    issns: ['1476-4687'],
    year: 2020,
  },
  3: { series: 'Notes, with a \\', editors: ['Ed Itor', '李四'], isbns: ['9783319464930'] },
}

const WORDS = ['Élan', 'neural', 'Parser', 'zonal']

function dayOf(n: number): string {
  const [month, day] = [1 + (n % 12), 1 + (n % 28)].map((part) => String(part).padStart(2, '0'))
  return `${2014 + (n % 9)}-${month}-${day}`
}

function authorsOf(i: number): AuthorClaim[] {
  if (i === RICH_PAPER) return AUTHORS
  const places = [i, i * 5 + 1, i * 7 + 3].map((n) => n % AUTHORS.length)
  return [...new Set(places)].flatMap((n) => AUTHORS[n] ?? [])
}

function topicsOf(i: number): TopicClaim[] {
  const places = i === RICH_PAPER ? TOPICS.keys() : [i % TOPICS.length, (i * 3 + 2) % TOPICS.length]
  const named = [...new Set(places)].flatMap((n) => TOPICS[n] ?? [])
  const root = { slug: 'machine-learning', name: 'Machine Learning', kind: 'field' as const }
  return [...named, ...(i % 10 === 1 ? [root] : [])].map((topic, place) => ({
    ...topic,
    score: SCORES[(i + place) % SCORES.length] ?? null,
    source: topic.kind === 'keyword' ? 'topics' : place === 0 ? 'keywords' : 'text',
  }))
}

function repositoriesOf(i: number): RepositoryClaim[] {
  if (i % 4 === 0) return []
  const second = i % 4 === 3 ? [(i + 2) % REPOSITORIES.length] : []
  const places = i === RICH_PAPER ? REPOSITORIES.keys() : [i % REPOSITORIES.length, ...second]
  return [...new Set(places)].map((n) => ({
    host: 'github.com',
    owner: 'example',
    name: REPOSITORIES[n]?.name ?? '',
    url: `https://github.com/example/${REPOSITORIES[n]?.name}`,
    isOfficial: (i + n) % 2 === 0,
    evidence: REPOSITORY_EVIDENCES[(i + n) % REPOSITORY_EVIDENCES.length] ?? 'curated',
    framework: n % 2 === 0 ? 'pytorch' : null,
  }))
}

/** Data that only the host of a repository has, and no record. */
async function describeRepositories(tx: Transaction): Promise<void> {
  await tx.query(sql`
    update repositories r set stars = x.stars, language = x.language
    from jsonb_to_recordset(${JSON.stringify(REPOSITORIES)}::text::jsonb)
      as x(name text, stars int, language text) where x.name = r.name`)
  await tx.query(sql`
    update papers p set star_count = coalesce((select max(r.stars) from paper_repositories pr
      join repositories r on r.id = pr.repository_id where pr.paper_id = p.id), 0)`)
}
