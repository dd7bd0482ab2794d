import { join } from 'node:path'
import { getTableColumns } from 'drizzle-orm'
import { isObjectType } from 'graphql'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { repositories } from '../../../src/db/tables/repositories.ts'
import { transaction } from '../../../src/db/transaction.ts'
import {
  type RepositoryFacts,
  writeRepositoryChecks,
} from '../../../src/domain/repositories/facts.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { runExport } from '../../../src/export/run.ts'
import { schema } from '../../../src/graphql/index.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { askWell } from '../../helpers/graphql.ts'
import { importFolder } from '../../helpers/import-folder.ts'

/**
 * Fails for each file that is forgotten when a field is added to Repository: the recipe is in src/domain/repositories/README.md. Each fact
 * of `RepositoryFacts` needs a value here that differs from the column's default.
 */
const FACTS: Required<RepositoryFacts> = {
  ...{ hostId: 77, owner: 'Ada', name: 'Engine', url: 'https://github.com/Ada/Engine' },
  ...{ description: 'A mill of its own', stars: 1234, forks: 56, language: 'Rust', licence: 'MIT' },
  ...{ isArchived: true, pushedAt: '2024-01-02T03:04:05.000Z' },
}

/** Columns that no host states, each with the reason; all others are facts. */
const NOT_FACTS: Record<string, string> = {
  id: "the catalogue's own number",
  host: 'is asked',
  nameKey: 'generated',
  starsSort: 'generated',
  paperCount: 'counted',
  createdAt: "the catalogue's own instant",
  isGone: 'what came of asking',
  checkedAt: 'when it was asked',
  etag: "of the answer's bytes",
}
/** Facts that GraphQL does not show, each with the reason. */
const NOT_SHOWN: Record<string, string> = { hostId: 'an identifier of the host alone' }

const { folder, load } = importFolder()

let from: TestDatabase
let to: TestDatabase
beforeAll(async () => {
  from = await createTestDatabase()
  to = await createTestDatabase()
  const link = { host: 'github.com', owner: 'ada', name: 'engine', url: FACTS.url }
  const repository = { ...link, isOfficial: true, evidence: 'in_paper' as const, framework: null }
  await transaction(from.url, (tx) =>
    writeRecords(tx, [paperRecord({ repositories: [repository] })]),
  )
  const [{ id } = { id: 0 }] = await from.db.query<{ id: number }>(sql`select id from repositories`)
  await transaction(from.url, (tx) =>
    writeRepositoryChecks(tx, 'github.com', [{ id, kind: 'found', facts: FACTS, etag: 'W/"1"' }]),
  )
})
afterAll(() => Promise.all([from.close(), to.close()]))

const columns = getTableColumns(repositories)
const facts = Object.keys(columns).filter((name) => !(name in NOT_FACTS))

/** The row, with the columns' names in TypeScript. */
async function rowOf({ db }: TestDatabase): Promise<Record<string, unknown>> {
  const [row = {}] = await db.query<Record<string, unknown>>(sql`select * from repositories`)
  return Object.fromEntries(Object.entries(columns).map(([key, { name }]) => [key, row[name]]))
}

test('each column is a fact of `RepositoryFacts`, or listed as an exception', () => {
  expect(facts.toSorted()).toEqual(Object.keys(FACTS).toSorted())
})

test.each(facts)('%s: the value of a host is written', async (name) => {
  const expected = { ...FACTS, owner: 'ada', name: 'engine' }[name as keyof RepositoryFacts]
  const value = (await rowOf(from))[name]
  if (name.endsWith('At')) expect(new Date(String(value)).toISOString()).toBe(expected)
  else expect(value).toEqual(expected)
})

/** Another value of the same type. */
function changed(value: unknown): unknown {
  if (typeof value === 'boolean') return !value
  if (typeof value === 'number') return value + 1
  const text = String(value)
  return /^\d{4}-/.test(text) ? text.replace(/^\d{4}/, '2025') : `${text}x`
}

// A change of owner or name moves the repository instead.
test.each(facts.filter((name) => !['owner', 'name'].includes(name)))(
  '%s: a change of it alone is written',
  async (name) => {
    const [{ id } = { id: 0 }] = await from.db.query<{ id: number }>(
      sql`select id from repositories`,
    )
    const say = (some: RepositoryFacts) =>
      transaction(from.url, (tx) =>
        writeRepositoryChecks(tx, 'github.com', [{ id, kind: 'found', facts: some, etag: null }]),
      )
    const other = { ...FACTS, [name]: changed(FACTS[name as keyof RepositoryFacts]) }
    expect(await say(other)).toMatchObject({ updated: 1 })
    expect(await say(other)).toMatchObject({ updated: 0 })
    expect(await say(FACTS)).toMatchObject({ updated: 1 })
  },
)

test('all facts are exported and imported again', async () => {
  const output = join(folder, 'exported.jsonl')
  const all = { filter: '', excludedLicences: [], abstracts: true }
  await runExport({ url: from.url, format: 'jsonl', output, ...all })
  const { report, rejects } = await load(to, [output])
  expect({ ...report, rejects }).toMatchObject({ rejected: 0, rejects: [] })
  const [sent, got] = [await rowOf(from), await rowOf(to)]
  for (const name of facts) expect([name, got[name]]).toEqual([name, sent[name]])
})

test.each(facts.filter((name) => !(name in NOT_SHOWN)))('%s: GraphQL shows it', async (name) => {
  const type = schema.getType('Repository')
  expect(isObjectType(type) && Object.keys(type.getFields())).toContain(name)
  const query = `{ repository(ref: "github.com/ada/engine") { ${name} } }`
  const { data } = await askWell<{ repository: Record<string, unknown> }>(from, query)
  const expected = { ...FACTS, owner: 'ada', name: 'engine' }[name as keyof RepositoryFacts]
  expect(data.repository[name]).toEqual(expected)
})
