import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newestCursor } from '../../../src/domain/changes/read.ts'
import { createRandom } from '../../fuzz/random.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { askWell } from '../../helpers/graphql.ts'
import { generateWrite } from './generated-writes.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
})
afterAll(() => t.close())

/** What answers show of a paper, as far as the log of changes covers it. */
const SHOWN = `fragment Shown on Paper {
  id title abstract tldr kind publishedOn publishedPrecision year eventYear language licence isRetracted url pdfUrl
  authorCount citationCount upvoteCount repositoryCount starCount referenceCount
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

/** The field of a change that names each of these. */
const NAMED_BY: Record<string, string> = {
  ...{ authorCount: 'authorships', repositoryCount: 'repositories', referenceCount: 'references' },
  ...{ publishedPrecision: 'publishedOn', year: 'publishedOn', unresolvedReferences: 'references' },
}

/** Fields that follow from several others, each of which may be named instead. */
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
    papers.push(...data.papers.nodes)
    after = data.papers.pageInfo.hasNextPage ? data.papers.pageInfo.endCursor : null
  } while (after !== null)
  return new Map(papers.map((paper) => [paper.id, paper]))
}

interface Told {
  cursor: string
  kind: string
  paperId: string
  fields: string[]
  paper: Paper | null
}

/** Brings a copy up to date by the log of changes alone, and gives the changes. */
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
const WRITES = Number(process.env.CHANGES_WRITES ?? 60)
const SEED = Number(process.env.CHANGES_SEED ?? 1)

test(`a copy that follows the log is the catalogue, after each of ${WRITES} writes of every kind`, async () => {
  const random = createRandom(SEED)
  let since = await newestCursor(t.db)
  const copy = await readAll()
  for (let i = 0; i < WRITES; i++) {
    const before = await readAll()
    const write = generateWrite(t, random)
    const step = `write ${i} of seed ${SEED}: ${write.name}`
    await write.run()
    const [cursor, told] = await follow(copy, since)
    since = cursor
    const now = await readAll()
    expect(unnamed(before, now, told), step).toEqual([])
    expect(hashOf(copy), step).toBe(hashOf(now))
    expect(idle(before, now, told), step).toEqual([])
  }
})

/** Papers and fields that changed without being named. */
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

/** Papers of which it is told that they changed although nothing that they show did. */
function idle(before: Map<string, Paper>, now: Map<string, Paper>, told: Told[]): string[] {
  return told.flatMap(({ paperId, kind, fields }) => {
    const [old, paper] = [before.get(paperId), now.get(paperId)]
    const isSame = old && paper && JSON.stringify(old) === JSON.stringify(paper)
    // A citation can be said once more, or of the paper itself, without being shown.
    return kind === 'UPDATED' && isSame && fields.join() !== 'references'
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
