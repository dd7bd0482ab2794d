import sql from 'sql-template-tag'
import { transaction } from '../../../src/db/transaction.ts'
import type { DecisionClaim } from '../../../src/domain/record/paper-record.ts'
import { writeRepositoryChecks } from '../../../src/domain/repositories/facts.ts'
import { refreshSearchWords } from '../../../src/domain/search/dictionary.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { askWell } from '../../helpers/graphql.ts'

const ICLR = { slug: 'iclr', name: 'Learning', acronym: 'ICLR', kind: 'conference' as const }
const TALK: DecisionClaim = {
  ...{ venue: ICLR, year: 2021, outcome: 'accepted', presentation: 'oral', area: 'Optimisation' },
  ...{
    award: 'Best Paper Award',
    session: 'Words & Meanings II',
    rating: { mean: 7.25, count: 4 },
  },
}
const REJECTION: DecisionClaim = { venue: ICLR, year: 2020, outcome: 'rejected' }
const POSTER: DecisionClaim = {
  ...{ venue: ICLR, year: 2022, outcome: 'accepted', presentation: 'poster' },
  ...{ award: 'Best Paper Candidate', rating: { mean: 6, count: 3 } },
}

const CODE = {
  ...{ host: 'github.com', owner: 'words', name: 'embeddings', isOfficial: true, framework: null },
  ...{ url: 'https://github.com/words/embeddings', evidence: 'in_paper' as const },
}

/** Title, abstract, and differences from an ordinary record. */
const PAPERS: [title: string, abstract: string | null, over?: Parameters<typeof paperRecord>[0]][] =
  [
    ['S^3c-Math: Spontaneous Step-level Correction', 'Models correct themselves.'],
    ['Evaluating GPT-4 on Exams', 'We test LLMs such as GPT-3.5.'],
    ['A Parser Generator in C++', 'Faster than the one in C# by a factor.'],
    ['The $\\alpha$-Divergence Revisited', 'Bounds for {\\"o}ptimal \\textbf{transport}.'],
    ['Erdős Numbers of Naïve Graphs', 'The résumé of a field.'],
    ['State-of-the-Art Fine-Tuning', 'A survey.'],
    ['β-VAE without Tears', null],
    ['Finetuning of small models', 'Nothing else.'],
    ['Dialogue State Tracking', 'The state of dialogue research is described.'],
    [
      '<script>alert("graphs & trees")</script>',
      'If a < b then graphs shrink; "quoted" graphs do not.',
    ],
    [
      'Deep Graph Embeddings',
      'Graph embeddings at depth.',
      {
        citationCount: 500,
        published: { on: '2020-05-01', precision: 'day' },
        authors: [
          {
            ...{ name: 'Grace Hopper', identifiers: [], affiliation: 'Bell Labs' },
            institutions: [{ name: 'Bell Labs' }],
          },
        ],
        topics: [
          {
            slug: 'graph-embedding',
            name: 'Graph Embedding',
            kind: 'task',
            score: 1,
            source: 'keywords',
          },
        ],
        venue: { slug: 'acl', name: 'Meeting of the ACL', acronym: 'ACL', kind: 'conference' },
      },
    ],
    [
      'Embeddings of Words',
      'Deep networks embed words in a graph of meanings.',
      {
        ...{ citationCount: 5, decisions: [TALK, REJECTION] },
        identifiers: [
          { scheme: 'doi', value: '10.1234/words.2021' },
          { scheme: 'arxiv', value: '2101.01234' },
          { scheme: 'openreview', value: 'B1xsWords2' },
        ],
        repositories: [CODE],
      },
    ],
    [
      'Deep Forests',
      'Trees that are deep.',
      {
        ...{ published: { on: '2022-01-01', precision: 'year' }, decisions: [POSTER] },
        events: [
          { kind: 'correction', on: '2023-02-01' },
          { kind: 'withdrawal', on: '2023-03-01' },
        ],
        openAccess: { status: 'closed', url: null, licence: null, version: null },
      },
    ],
    [
      'Deep Networks',
      'Networks for embeddings of trees.',
      {
        ...{ published: null, language: 'de', keywords: ['Arboriculture', 'Pruning of Hedges'] },
        links: [
          { kind: 'space', url: 'https://spaces.example.org/trees' },
          { kind: 'video', url: 'https://video.example.org/trees' },
        ],
        openAccess: { status: 'gold', url: null, licence: null, version: null },
      },
    ],
    ['To Be or Not to Be', 'A monologue.'],
  ]

/** The host's data on the code. */
const FACTS = {
  ...{ hostId: 1, owner: CODE.owner, name: CODE.name, url: CODE.url, description: null },
  ...{ stars: 12, forks: 0, language: 'Python', licence: null, isArchived: false, pushedAt: null },
}

/** A test database with these papers and sixty about zebras, their words counted. */
export async function createSearchDatabase(): Promise<TestDatabase> {
  const t = await createTestDatabase()
  const records = PAPERS.map(([title, abstract, over], i) =>
    paperRecord({ key: String(i), title, abstract, ...over }),
  )
  const others = Array.from({ length: 60 }, (_, i) =>
    paperRecord({
      key: `other ${i}`,
      title: `${i % 3 === 0 ? 'Sorting' : 'Searching'} case ${i} of zebras`,
      abstract: i % 2 === 0 ? 'Stripes of zebras.' : null,
      citationCount: i % 7,
    }),
  )
  await transaction(t.url, (tx) => writeRecords(tx, [...records, ...others]))
  const [{ id } = { id: 0 }] = await t.db.query<{ id: number }>(sql`select id from repositories`)
  await transaction(t.url, (tx) =>
    writeRepositoryChecks(tx, CODE.host, [{ id, kind: 'found', facts: FACTS, etag: null }]),
  )
  await refreshSearchWords(t.url)
  return t
}

export interface Found {
  search: {
    totalCount: number
    edges: {
      cursor: string
      score: number
      textScore: number
      citationScore: number
      freshnessScore: number
      highlights: { title: string; abstract: string | null }
      node: { title: string }
    }[]
  }
}

/** The titles of the results of a search, in their order; `more` are further arguments. */
export async function titlesOf(t: TestDatabase, query: string, more = ''): Promise<string[]> {
  const operation = `query($query: String!) { search(query: $query ${more}) { edges { node { title } } } }`
  const { data } = await askWell<Found>(t, operation, { query })
  return data.search.edges.map(({ node }) => node.title)
}

/** The title of one of the papers. */
export const titleOf = (i: number) => PAPERS[i]?.[0] ?? ''
