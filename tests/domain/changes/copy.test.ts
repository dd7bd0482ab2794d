import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sql from 'sql-template-tag'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { newestCursor } from '../../../src/domain/changes/read.ts'
import { refreshCitationCounts } from '../../../src/domain/write/relations/citation-count.ts'
import { runExport } from '../../../src/export/run.ts'
import { runImport } from '../../../src/import/run.ts'
import { globalId } from '../../../src/sql/global-id.ts'
import { createRandom } from '../../fuzz/random.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { askWell } from '../../helpers/graphql.ts'
import { atLeast } from '../../helpers/thorough.ts'
import { generateWrite } from './generated-writes.ts'

let t: TestDatabase
beforeEach(async () => {
  t = await createTestDatabase()
})
afterEach(() => t.close())

/** The fields of a paper that the log of changes covers. */
const SHOWN = `fragment Shown on Paper {
  id title abstract tldr kind publishedOn publishedPrecision year eventYear language licence isRetracted url pdfUrl
  authorCount citationCount upvoteCount ownUpvoteCount repositoryCount starCount referenceCount
  venue { slug name acronym kind } publication { volume }
  identifiers { scheme value }
  authorships { nodes { name affiliation author { id name } } }
  topics { edges { score source node { slug name kind } } }
  repositories(first: 50) { edges { isOfficial evidence framework source
    node { owner name url stars forks language isArchived isGone } } }
  listings { source day upvotes comments organisation }
  sources { source key licence values { field value isShown } }
  citationCounts { source count }
  conflicts { field values { value isShown sources } contested { reason papers { id } } }
  mergedFrom { id cause identifier }
  references { edges { sources isInfluential intents node { id } } }
  citations { edges { sources isInfluential intents node { id } } }
  unresolvedReferences { nodes { title text identifiers { scheme value } } }
}`

/** The field of a change that covers each of these. */
const NAMED_BY: Record<string, string> = {
  ...{
    authorCount: 'authorships',
    ownUpvoteCount: 'upvoteCount',
    repositoryCount: 'repositories',
    referenceCount: 'references',
  },
  ...{ publishedPrecision: 'publishedOn', year: 'publishedOn', unresolvedReferences: 'references' },
}

/** Fields derived from several others, each of which may be named instead. */
const FOLLOWS: Record<string, string[]> = {
  citationCounts: ['sources', 'citationCounts'],
  conflicts: ['sources', 'conflicts'],
  sources: ['sources', 'venue', 'topics', 'repositories'],
  unresolvedReferences: ['references'],
}

interface PageOfPapers {
  papers: { nodes: Paper[]; pageInfo: { hasNextPage: boolean; endCursor: string } }
}
type Paper = { id: string } & Record<string, unknown>

async function readAll(): Promise<Map<string, Paper>> {
  const papers: Paper[] = []
  let after: string | null = null
  do {
    const { data }: { data: PageOfPapers } = await askWell<PageOfPapers>(
      t,
      `query ($after: String) { papers(first: 50, after: $after) { nodes { ...Shown } pageInfo { hasNextPage endCursor } } } ${SHOWN}`,
      { after },
    )
    papers.push(...data.papers.nodes.map(inOneOrder))
    after = data.papers.pageInfo.hasNextPage ? data.papers.pageInfo.endCursor : null
  } while (after !== null)
  return new Map(papers.map((paper) => [paper.id, paper]))
}

/** Their order follows the dates of the other papers, whose changes are separate. */
function inOneOrder(paper: Paper): Paper {
  for (const field of ['references', 'citations'])
    paper[field] = (paper[field] as { edges: unknown[] }).edges
      .map((edge) => JSON.stringify(edge))
      .sort()
  return paper
}

interface Told {
  cursor: string
  kind: string
  paperId: string
  fields: string[]
  paper: Paper | null
}

/** Updates a copy from the log of changes alone, and returns the changes. */
async function follow(copy: Map<string, Paper>, since: string): Promise<[string, Told[]]> {
  const all: Told[] = []
  let cursor = since
  for (;;) {
    const { data } = await askWell<{
      changes: { nodes: Told[]; endCursor: string; hasMore: boolean }
    }>(
      t,
      `query ($since: String!) { changes(since: $since, first: 40) {
        nodes { cursor kind paperId fields paper { ...Shown } } endCursor hasMore } } ${SHOWN}`,
      { since: cursor },
    )
    for (const change of data.changes.nodes) {
      all.push(change)
      if (change.paper) inOneOrder(change.paper)
      if (['MERGED', 'DELETED'].includes(change.kind)) copy.delete(change.paperId)
      else if (change.paper?.id === change.paperId) copy.set(change.paperId, change.paper)
    }
    cursor = data.changes.endCursor
    if (!data.changes.hasMore) return [cursor, all]
  }
}

const hashOf = (papers: Map<string, Paper>) =>
  createHash('sha256')
    .update(JSON.stringify([...papers].sort(([a], [b]) => (a < b ? -1 : 1))))
    .digest('hex')

/** More writes find more; a seed repeats a run. */
const WRITES = Number(process.env.CHANGES_WRITES ?? atLeast(30, 60))
const SEED = Number(process.env.CHANGES_SEED ?? 1)

test(`a copy that follows the log equals the catalogue, after each of ${WRITES} writes of every kind`, async () => {
  const random = createRandom(SEED)
  let since = await newestCursor(t.db)
  const copy = await readAll()
  for (let i = 0; i < WRITES; i++) {
    const before = await readAll()
    const write = generateWrite(t, random)
    const step = `write ${i} of seed ${SEED}: ${write.name}`
    const start = await nextInstant()
    await write.run()
    const [cursor, told] = await follow(copy, since)
    since = cursor
    const now = await readAll()
    expect(unnamed(before, now, told), step).toEqual([])
    expect(hashOf(copy), step).toBe(hashOf(now))
    expect(idle(before, now, told), step).toEqual([])
    expect(await updatedSince(start), step).toEqual(staying(told))
  }
})

/** An instant after all writes, in whole milliseconds, like those of clients. */
async function nextInstant(): Promise<string> {
  const [row] = await t.db.query<{ at: string }>(sql`
    select to_char(date_trunc('milliseconds', clock_timestamp() at time zone 'UTC') + interval '1 ms', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
    from pg_sleep(0.002)`)
  await t.db.query(sql`select pg_sleep(0.002)`)
  return row?.at ?? ''
}

/** The papers of the filter and of the order by time of update, which must be equal. */
async function updatedSince(instant: string): Promise<string[]> {
  const { data } = await askWell<Record<'filtered' | 'ordered', { nodes: Updated[] }>>(
    t,
    `query ($since: DateTime!) {
      filtered: papers(first: 50, filter: { updatedSince: $since }) { nodes { id updatedAt } }
      ordered: papers(first: 50, order: { field: UPDATED, direction: DESC }) { nodes { id updatedAt } } }`,
    { since: instant },
  )
  const idsIn = (nodes: Updated[]) => nodes.map(({ id }) => id).sort()
  const filtered = idsIn(data.filtered.nodes)
  expect(idsIn(data.ordered.nodes.filter(({ updatedAt }) => updatedAt >= instant))).toEqual(
    filtered,
  )
  return filtered
}
type Updated = Record<'id' | 'updatedAt', string>

/** The papers of the changes that still exist. */
const staying = (told: Told[]): string[] =>
  [...new Set(told.flatMap(({ paper, paperId }) => (paper?.id === paperId ? paperId : [])))].sort()

/** Changed papers and fields that the log does not name. */
function unnamed(before: Map<string, Paper>, now: Map<string, Paper>, told: Told[]): string[] {
  return [...now].flatMap(([id, paper]) => {
    const kinds = told.filter(({ paperId }) => paperId === id)
    const old = before.get(id)
    if (!old)
      return kinds.some(({ kind }) => kind === 'CREATED' || kind === 'SPLIT') ? [] : [`${id} came`]
    const named = new Set(kinds.flatMap(({ fields }) => fields))
    return Object.keys(paper)
      .filter((field) => JSON.stringify(paper[field]) !== JSON.stringify(old[field]))
      .filter(
        (field) => !(FOLLOWS[field] ?? [NAMED_BY[field] ?? field]).some((name) => named.has(name)),
      )
      .map(
        (field) =>
          `${id} ${field} (named: ${[...named]}): ${differenceOf(old[field], paper[field])}`,
      )
  })
}

/** Papers reported as changed although no shown value changed. */
function idle(before: Map<string, Paper>, now: Map<string, Paper>, told: Told[]): string[] {
  return told.flatMap(({ paperId, kind, fields }) => {
    const [old, paper] = [before.get(paperId), now.get(paperId)]
    const isSame = old && paper && JSON.stringify(old) === JSON.stringify(paper)
    // A citation can be stated again, or from the paper itself, and a topic be placed below another, without a visible change.
    return kind === 'UPDATED' && isSame && !['references', 'topics'].includes(fields.join())
      ? [`${paperId} ${fields}`]
      : []
  })
}

function differenceOf(old: unknown, now: unknown): string {
  const [a, b] = [JSON.stringify(old), JSON.stringify(now)]
  let at = 0
  while (a[at] === b[at]) at++
  return `${a.slice(Math.max(0, at - 80), at + 120)} → ${b.slice(at, at + 120)}`
}

/** The fields of a paper that are independent of a catalogue's numbers. */
const CONTENT = SHOWN.replace('  id title', '  title')
  .replace('author { id name }', 'author { name }')
  .replace(/contested \{[^}]*\{[^}]*\} \}/, 'contested { reason }')
  .replace('mergedFrom { id cause identifier }', '')
  .replaceAll(' node { id } }', ' }')

interface WithRecords {
  sources: { source: string; key: string }[]
}

/** In an order that only depends on the values. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) {
    const texts = value.map((one) => JSON.stringify(ordered(one)))
    return texts.sort().map((text) => JSON.parse(text))
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, ordered(one)]))
}

async function contentsOf(of: TestDatabase, ids: string[]): Promise<Map<string, WithRecords>> {
  const contents = new Map<string, WithRecords>()
  for (let from = 0; from < ids.length; from += 50) {
    const { data } = await askWell<{ nodes: (WithRecords | null)[] }>(
      of,
      `query ($ids: [ID!]!) { nodes(ids: $ids) { ...Shown } } ${CONTENT}`,
      { ids: ids.slice(from, from + 50) },
    )
    for (const [at, node] of data.nodes.entries())
      if (node) contents.set(ids[from + at] ?? '', ordered(node) as WithRecords)
  }
  return contents
}

async function idsOf(of: TestDatabase): Promise<string[]> {
  const rows = await of.db.query<{ id: number }>(sql`select id from papers order by id`)
  return rows.map(({ id }) => globalId('Paper', id))
}

/** Each field of each paper on a line, to show differences. */
const linesOf = (contents: Map<string, WithRecords>) =>
  [...contents]
    .flatMap(([id, content]) =>
      Object.entries(content).map(([name, value]) => `${id} ${name} ${JSON.stringify(value)}`),
    )
    .sort()

test('an imported export, and the changes since its cursor, equal the catalogue', async () => {
  const random = createRandom(SEED + 1)
  const write = () => generateWrite(t, random, { areDecisions: false }).run()
  for (let i = 0; i < 40; i++) await write()
  // Like the end of an import; the import elsewhere does the same.
  await refreshCitationCounts(t.url)
  const folder = mkdtempSync(join(tmpdir(), 'paperql-copy-'))
  const output = join(folder, 'catalogue.jsonl')
  await runExport({
    ...{ url: t.url, format: 'jsonl', output },
    ...{ filter: '', excludedLicences: [], abstracts: true },
  })
  const [header, ...lines] = readFileSync(output, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  const paperOf = new Map<string, string>(
    lines.flatMap(({ record, paperId }) =>
      record ? [[`${record.source} ${record.key}`, paperId]] : [],
    ),
  )
  const other = await createTestDatabase()
  try {
    await runImport({ url: other.url, format: 'auto', files: [output], rejectsPath: null })
    const imported = await contentsOf(other, await idsOf(other))
    // Under the ids of the exported catalogue, which are in the lines of records.
    const copy = new Map(
      [...imported.values()].map((content) => {
        const [one] = content.sources
        return [paperOf.get(`${one?.source} ${one?.key}`) ?? '', content]
      }),
    )
    expect(linesOf(copy)).toEqual(linesOf(await contentsOf(t, await idsOf(t))))
    for (let i = 0; i < 15; i++) await write()
    for (let since = header.changes, hasMore = true; hasMore; ) {
      const { data } = await askWell<{
        changes: { nodes: { kind: string; paperId: string }[]; endCursor: string; hasMore: boolean }
      }>(
        t,
        'query ($since: String!) { changes(since: $since, first: 100) { nodes { kind paperId } endCursor hasMore } }',
        { since },
      )
      const { nodes } = data.changes
      for (const { kind, paperId } of nodes)
        if (['MERGED', 'DELETED'].includes(kind)) copy.delete(paperId)
      const others = nodes.filter(({ kind }) => !['MERGED', 'DELETED'].includes(kind))
      const there = new Set(await idsOf(t))
      const ids = [...new Set(others.map(({ paperId }) => paperId))].filter((id) => there.has(id))
      for (const [id, content] of await contentsOf(t, ids)) copy.set(id, content)
      since = data.changes.endCursor
      hasMore = data.changes.hasMore
    }
    const now = await contentsOf(t, await idsOf(t))
    expect(linesOf(copy)).toEqual(linesOf(now))
    expect(now.size).toBeGreaterThan(0)
  } finally {
    await other.close()
  }
})
