import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Access } from '../../src/graphql/access.ts'
import type { FieldCost } from '../../src/graphql/cost.ts'
import { schema } from '../../src/graphql/index.ts'
import type { TestDatabase } from '../helpers/database.ts'
import { askWell } from '../helpers/graphql.ts'
import { createSeededDatabase, ORCID } from './seeded-catalogue.ts'

const ADMIN: Access = 'admin'

/** An operation for each field of Query, and its number of statements. The recipe is in src/graphql/README.md. */
const TRIED: Record<string, [query: string, statements: number]> = {
  author: [`{ author(ref: "${ORCID}") { name } }`, 1],
  authors: ['{ authors(first: 3) { nodes { name } } }', 1],
  changes: ['{ changes(first: 3) { nodes { kind paper { title } } } }', 2],
  citationPath: [
    '{ citationPath(from: "arXiv:2101.00001", to: "arXiv:2101.00002") { length } }',
    2,
  ],
  daily: ['{ daily { period papers(first: 3) { nodes { title } } } }', 3],
  digestPreview: ['{ digestPreview(size: 3) { subject } }', 3],
  import: ['{ import(id: "SW1wb3J0OjE=") { number } }', 1],
  imports: ['{ imports(first: 3) { nodes { number } } }', 1],
  institution: ['{ institution(ref: "https://ror.org/05a28rw58") { name } }', 1],
  institutions: ['{ institutions(first: 3) { nodes { name } } }', 1],
  matchPaper: ['{ matchPaper(title: "Sparse models") { confidence } }', 1],
  matchPapers: ['{ matchPapers(references: ["Sparse models"]) { matches { confidence } } }', 1],
  monthly: ['{ monthly(month: "2021-05") { period } }', 1],
  node: ['{ node(id: "UGFwZXI6MQ==") { id } }', 1],
  nodes: ['{ nodes(ids: ["UGFwZXI6MQ==", "UGFwZXI6Mg=="]) { id } }', 1],
  paper: ['{ paper(ref: "arXiv:2101.00001") { title } }', 1],
  papers: ['{ papers(first: 3) { nodes { title } } }', 1],
  relatedPapers: ['{ relatedPapers(likes: ["arXiv:2101.00001"], first: 3) { score } }', 2],
  repositories: ['{ repositories(first: 3) { nodes { name } } }', 1],
  repository: ['{ repository(ref: "example/alpha") { name } }', 1],
  resolveAuthors: ['{ resolveAuthors(refs: ["Wei Zhang"]) { __typename } }', 2],
  resolvePapers: ['{ resolvePapers(refs: ["arXiv:2101.00001"]) { __typename } }', 1],
  savedQuery: ['{ savedQuery(id: "00000000000000000000000000000000") { name } }', 1],
  search: ['{ search(query: "sparse", first: 3) { nodes { title } } }', 2],
  sources: ['{ sources { source } }', 1],
  stats: ['{ stats { paperCount } }', 1],
  suggest: ['{ suggest(prefix: "spa") { label } }', 1],
  topic: ['{ topic(slug: "clustering") { name } }', 1],
  topics: ['{ topics(first: 3) { nodes { name } } }', 1],
  trending: ['{ trending(first: 3) { nodes { title } } }', 1],
  venue: ['{ venue(slug: "acl") { name } }', 1],
  weekly: ['{ weekly { period } }', 2],
  venues: ['{ venues(first: 3) { nodes { name } } }', 1],
  webhook: ['{ webhook(id: "1") { state } }', 1],
  webhooks: ['{ webhooks { state pendingCount } }', 1],
}

/** Fields without a cost, each with the reason. */
const CHEAP: Record<string, string> = {
  import: 'a row, shown to operators only',
  imports: 'a page of a small table, shown to operators only',
  sources: 'a few rows of an index',
}

let t: TestDatabase
beforeAll(async () => {
  ;({ t } = await createSeededDatabase())
})
afterAll(() => t.close())

const fields = schema.getQueryType()?.getFields() ?? {}
const names = Object.keys(fields)

test('each field of Query is tested here', () => {
  expect(Object.keys(TRIED).toSorted()).toEqual(names.toSorted())
})

test.each(Object.entries(TRIED))(
  '%s takes a fixed number of statements',
  async (_, [query, count]) => {
    expect((await askWell(t, query, {}, ADMIN)).statements).toHaveLength(count)
  },
)

test.each(names)('%s has a cost, and its null does not null the whole answer', (name) => {
  const { cost } = (fields[name]?.extensions ?? {}) as { cost?: FieldCost }
  expect(cost !== undefined || name in CHEAP).toBe(true)
  expect(String(fields[name]?.type)).not.toMatch(/!$/)
})

const src = fileURLToPath(new URL('../../src/', import.meta.url))
const guides = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.md'))
  .map((file) => readFileSync(`${src}${file}`, 'utf8'))
  .join('\n')

test.each(names)('%s is in a guide', (name) => {
  expect(guides).toMatch(new RegExp(`\`${name}[\`(]|\\b${name}\\s*[({]`))
})
