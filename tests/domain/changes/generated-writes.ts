import { type Transaction, transaction } from '../../../src/db/transaction.ts'
import { mergeAuthors, splitAuthor } from '../../../src/domain/curation/authors.ts'
import { mergePapers, splitPaper, undoDecision } from '../../../src/domain/curation/curation.ts'
import { decideOnTopics, type TopicChange } from '../../../src/domain/curation/topics.ts'
import type { PaperRecord } from '../../../src/domain/record/paper-record.ts'
import {
  observeStars,
  type RepositoryCheck,
  writeRepositoryChecks,
} from '../../../src/domain/repositories/facts.ts'
import { setUpvote } from '../../../src/domain/votes/upvotes.ts'
import { removeRecords, writeRecords } from '../../../src/domain/write/catalogue.ts'
import { writeProfiles } from '../../../src/domain/write/profiles.ts'
import { refreshCitationCounts } from '../../../src/domain/write/relations/citation-count.ts'
import { writeEdges } from '../../../src/domain/write/relations/edges.ts'
import { leaveOut } from '../../../src/domain/write/rules.ts'
import { AppError } from '../../../src/errors.ts'
import { globalId } from '../../../src/sql/global-id.ts'
import type { Random } from '../../fuzz/random.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import type { TestDatabase } from '../../helpers/database.ts'

/** A write of any kind that changes a catalogue, drawn from few names so that most affect the same papers. */
export interface GeneratedWrite {
  name: string
  run(): Promise<unknown>
}

export function generateWrite(
  t: TestDatabase,
  random: Random,
  { areDecisions = true } = {},
): GeneratedWrite {
  const name = random.pick(Object.keys(areDecisions ? ALL : WRITES)) as keyof typeof ALL
  return { name, run: () => ALL[name](t, random) }
}

function refused(error: unknown): void {
  if (!(error instanceof AppError)) throw error
}

const BY = { by: 'ada', reason: null }
const within = <T>({ url }: TestDatabase, work: (tx: Transaction) => Promise<T>) =>
  transaction(url, work)
const put = (t: TestDatabase, random: Random) => {
  const keys = random.some(KEYS, 1, 4)
  return within(t, (tx) =>
    writeRecords(
      tx,
      keys.map((key) => record(key, random)),
    ),
  )
}

const WRITES = {
  'put records': put,
  'put more records': put,
  'put other records': put,
  'remove records': (t: TestDatabase, random: Random) =>
    within(t, (tx) =>
      removeRecords(
        tx,
        random.some(KEYS, 1, 3).map((key) => ({ source: sourceOf(key), key })),
      ),
    ),
  async merge(t: TestDatabase, random: Random) {
    const ids = random.some(await idsOf(t, 'papers'), 2, 3)
    if (ids.length >= 2) await within(t, (tx) => mergePapers(tx, ids, BY)).catch(refused)
  },
  async split(t: TestDatabase, random: Random) {
    const rows = await t.db.query<{ id: number; source: string; key: string }>(
      statement(`select paper_id as id, min(source) as source, min(key) as key from source_records
        where paper_id is not null group by paper_id having count(*) > 1 and count(distinct source) > 0 order by 1`),
    )
    if (rows.length === 0) return
    const { id } = random.pick(rows)
    const [own] = await t.db.query<{ source: string; key: string }>(
      statement(
        'select source, key from source_records where paper_id = $1 order by key desc limit 1',
        [id],
      ),
    )
    // A record without a title has no paper.
    if (own) await within(t, (tx) => splitPaper(tx, id, [own], BY)).catch(refused)
  },
  async 'undo a decision'(t: TestDatabase, random: Random) {
    const rows = await t.db.query<{ id: number }>(
      statement('select id from curation_decisions where undone_at is null order by id'),
    )
    if (rows.length > 0) await within(t, (tx) => undoDecision(tx, random.pick(rows).id, BY))
  },
  'leave licences out': (t: TestDatabase, random: Random) =>
    leaveOut(t.url, random.some(['CC0-1.0', 'unknown', 'CC-BY-4.0'], 0, 1)),
  async 'ask a host'(t: TestDatabase, random: Random) {
    const ids = random.some(await idsOf(t, 'repositories'), 1, 3)
    if (ids.length > 0)
      await within(t, (tx) =>
        writeRepositoryChecks(
          tx,
          'github.com',
          ids.map((id) => check(id, random)),
        ),
      )
  },
  'observe stars': (t: TestDatabase, random: Random) =>
    within(t, (tx) =>
      observeStars(tx, [
        {
          host: 'github.com',
          owner: 'lab',
          name: random.pick(REPOSITORIES),
          stars: random.whole(9),
          source: 'test',
        },
      ]),
    ),
  'write citations': (t: TestDatabase, random: Random) =>
    within(t, (tx) =>
      writeEdges(tx, 's2', [
        {
          citing: doi(random.pick(DOIS)),
          cited: doi(random.pick(DOIS)),
          isInfluential: random.chance(0.5),
          intents: random.some(['background', 'result'] as const, 0, 2),
        },
      ]),
    ),
  'count citations': (t: TestDatabase) => refreshCitationCounts(t.url),
  'write profiles': (t: TestDatabase, random: Random) =>
    within(t, (tx) =>
      writeProfiles(tx, [
        {
          ...{
            type: 'author',
            source: 'openalex',
            key: 'a',
            licence: null,
            url: null,
            name: 'Ada',
          },
          ...{
            aliases: [],
            affiliations: [],
            homepage: null,
            paperCount: null,
            citationCount: null,
          },
          hIndex: null,
          identifiers: [
            { scheme: 'orcid', value: random.pick(['1', '2']) },
            { scheme: 'openalex', value: 'A1' },
          ],
        },
      ]),
    ),
}

/** Writes that an export only covers by the decisions, beside records. */
const DECISIONS = {
  'decide on topics': (t: TestDatabase, random: Random) =>
    within(t, (tx) => decideOnTopics(tx, topicChange(random), BY)).catch(refused),
  async 'merge authors'(t: TestDatabase, random: Random) {
    const ids = random.some(await idsOf(t, 'authors'), 2, 2)
    await within(t, (tx) => mergeAuthors(tx, ids, BY)).catch(refused)
  },
  async 'split an author'(t: TestDatabase, random: Random) {
    const rows = await t.db.query<{ id: number; papers: number[] }>(
      statement(`select author_id as id, array_agg(distinct paper_id order by paper_id)::int[] as papers
        from authorships group by author_id having count(distinct paper_id) > 1 order by 1`),
    )
    if (rows.length === 0) return
    const { id, papers } = random.pick(rows)
    await within(t, (tx) => splitAuthor(tx, id, papers.slice(1), BY)).catch(refused)
  },
  async vote(t: TestDatabase, random: Random) {
    const ids = await idsOf(t, 'papers')
    if (ids.length === 0) return
    const paper = globalId('Paper', random.pick(ids))
    await setUpvote(t.db, random.pick(['ada', 'alan']), paper, random.chance(0.7))
  },
}

const ALL = { ...WRITES, ...DECISIONS }

const KEYS = Array.from({ length: 14 }, (_, i) => `k${i}`)
const SOURCES = ['arxiv', 'crossref', 'hf-daily', 'test']
const DOIS = ['10.5555/a', '10.5555/b', '10.5555/c', '10.5555/d', '10.5555/e', '10.5555/f']
const REPOSITORIES = ['one', 'two', 'three']
const TITLES = [
  'Deep nets for parsing trees',
  'On the theory of colours',
  'A survey of sparse models',
]
const TOPICS = ['parsing', 'colours', 'sparsity']
const NAMES = ['Ada Lovelace', 'A. Lovelace', 'Alan Turing', 'Emmy Noether']

const doi = (value: string) => ({ scheme: 'doi' as const, value })
const sourceOf = (key: string) => SOURCES[Number(key.slice(1)) % SOURCES.length] ?? 'test'

function record(key: string, random: Random): PaperRecord {
  const maybe = <T>(value: T, share = 0.5) => (random.chance(share) ? value : null)
  const source = sourceOf(key)
  return paperRecord({
    ...{ source, key, licence: random.pick([null, 'CC0-1.0', 'CC-BY-4.0']) },
    title: random.chance(0.1) ? '' : random.pick(TITLES),
    abstract: maybe(random.pick(['An abstract of some length.', 'Another one.'])),
    ...(random.chance(0.3) && { tldr: random.pick(['Short.', 'Shorter.']) }),
    kind: random.pick(['preprint', 'conference_paper', 'journal_article']),
    published: maybe({ on: `20${10 + random.whole(3)}-01-01`, precision: 'year' as const }),
    eventYear: maybe(2010 + random.whole(2)),
    language: maybe('en'),
    isRetracted: random.chance(0.1),
    landingUrl: maybe(`https://example.org/${random.whole(3)}`),
    pdfUrl: maybe(`https://example.org/${random.whole(3)}.pdf`),
    citationCount: maybe(random.whole(20)),
    identifiers: random.some(DOIS, 0, 2).map(doi),
    authors: random.some(NAMES, 1, 3).map((name) => ({
      name,
      identifiers: random.chance(0.3) ? [{ scheme: 'orcid', value: random.pick(['1', '2']) }] : [],
      affiliation: maybe('Cambridge', 0.2),
    })),
    venue: maybe({
      slug: random.pick(['acl', 'arxiv']),
      name: random.pick(['ACL', 'Meeting of the ACL']),
      acronym: maybe('ACL'),
      kind: random.pick(['conference', 'repository'] as const),
    }),
    topics: random.some(TOPICS, 0, 2).map((slug) => ({
      ...{ slug, name: random.pick([slug, slug.toUpperCase()]), source },
      ...{ kind: random.pick(['task', 'keyword'] as const), score: maybe(0.5) },
    })),
    repositories: random.some(REPOSITORIES, 0, 2).map((name) => ({
      ...{
        host: 'github.com',
        owner: 'lab',
        name,
        framework: maybe('jax'),
        isOfficial: random.chance(0.5),
      },
      url: `https://github.com/${random.pick(['lab', 'Lab'])}/${name}`,
      evidence: random.pick(['curated', 'in_paper'] as const),
    })),
    ...(source === 'hf-daily' && {
      upvoteCount: random.whole(4),
      listing: {
        ...{ on: `2020-01-0${1 + random.whole(2)}`, organisation: maybe('Lab'), projectUrl: null },
        ...{ mediaUrls: [], commentCount: random.whole(2) },
      },
    }),
    ...(random.chance(0.5) && {
      references: random.some(DOIS, 0, 3).map((value) => ({ identifiers: [doi(value)] })),
    }),
    ...(random.chance(0.3) && { publication: { volume: String(random.whole(3)) } }),
  })
}

function topicChange(random: Random): TopicChange {
  const slug = random.pick(TOPICS)
  const other = random.pick(TOPICS)
  return random.pick<TopicChange>([
    { kind: 'merge-topics', slugs: [slug], into: other },
    { kind: 'rename-topic', slug, name: random.pick(['Parsing of text', 'Colour', 'Sparse nets']) },
    { kind: 'hide-topic', slugs: [slug] },
    { kind: 'place-topic', slug, under: other },
  ])
}

function check(id: number, random: Random): RepositoryCheck {
  const kind = random.pick(['found', 'gone', 'unchanged'] as const)
  if (kind !== 'found') return { id, kind }
  const name = random.pick([...REPOSITORIES, 'renamed'])
  return {
    ...{ id, kind, etag: null },
    facts: {
      ...{ hostId: 1 + random.whole(4), owner: 'lab', name, url: `https://github.com/lab/${name}` },
      ...{ description: null, stars: random.whole(30), forks: random.whole(2), language: 'Python' },
      ...{ licence: null, isArchived: random.chance(0.3), pushedAt: null },
    },
  }
}

const statement = (text: string, values: unknown[] = []) => ({ text, values }) as never

async function idsOf({ db }: TestDatabase, table: string): Promise<number[]> {
  const rows = await db.query<{ id: number }>(statement(`select id from ${table} order by id`))
  return rows.map(({ id }) => id)
}
