import {
  alias,
  columns,
  overwrites,
  recordset,
  type Sql,
  type Stored,
  sql,
} from '../../../db/sql.ts'
import { paperIdentifiers } from '../../../db/tables/papers.ts'
import { paperRepositories } from '../../../db/tables/repositories.ts'
import { paperTopics } from '../../../db/tables/topics.ts'
import type { Transaction } from '../../../db/transaction.ts'
import type { MergedPaper } from '../../record/merge/merge.ts'
import type { PaperIdentifier } from '../../record/paper-record.ts'

/** A paper to be written, with its id. */
export interface TargetPaper {
  paperId: number
  merged: MergedPaper
}

/** Ids that a paper's relations refer to, and the stars of its repositories. */
export interface References {
  venueIds: Map<string, number>
  repositories: Map<string, { id: number; stars: number | null }>
}

/** The result of writing relations: the papers whose rows changed, and the gain of papers by far end. */
export interface Touched {
  papers: number[]
  gains: Gains
}

/** The gain of papers by id of a venue, topic or repository; negative for losses. */
export type Gains = Map<number, number>

/** Adds to the gain of `target`. */
export function addGain(gains: Gains, target: number, gain: number): void {
  gains.set(target, (gains.get(target) ?? 0) + gain)
}

/** The key of a repository in `References.repositories`. */
export const repositoryKey = (r: { host: string; owner: string; name: string }) =>
  `${r.host}/${r.owner}/${r.name}`

/** An identifier of a paper. */
type OwnIdentifier = PaperIdentifier & { paper_id: number }

/** The identifiers that papers lost (including papers merged into others) and gained. */
export interface ChangedIdentifiers {
  lost: OwnIdentifier[]
  added: OwnIdentifier[]
}

/** Writes the papers' identifiers. `cleared` are all papers that may have rows to delete, including those merged into others. */
export async function writeIdentifiers(
  tx: Transaction,
  papers: TargetPaper[],
  cleared: number[],
): Promise<ChangedIdentifiers> {
  const excluded = alias(paperIdentifiers, 'excluded')
  const t = alias(paperIdentifiers, 't')
  const rows = papers.flatMap(({ paperId, merged }) =>
    merged.identifiers.map((id) => ({ ...id, paperId })),
  )
  const r = alias(paperIdentifiers, 'r')
  const given = recordset(paperIdentifiers, 'r', ['scheme', 'value', 'paperId'], rows)
  const lost = await deleteOf<OwnIdentifier>(
    tx,
    cleared,
    sql`
    delete from ${t} where ${t.paperId} = any(${cleared}::bigint[]) and not exists (
      select from ${given}
      where ${r.paperId} = ${t.paperId} and ${r.scheme} = ${t.scheme} and ${r.value} = ${t.value})
    returning ${columns(t, 'scheme', 'value', 'paperId')}`,
  )
  const added = await tx.query<OwnIdentifier>(sql`
    insert into ${paperIdentifiers} as t (${columns(paperIdentifiers, 'scheme', 'value', 'paperId')})
    select ${columns(r, 'scheme', 'value', 'paperId')} from ${given}
    on conflict (${paperIdentifiers.scheme}, ${paperIdentifiers.value}) do update set ${overwrites(paperIdentifiers, 'paperId')}
    where ${t.paperId} <> ${excluded.paperId}
    returning ${columns(t, 'scheme', 'value', 'paperId')}`)
  return { lost, added }
}

type TouchedRow = Stored<typeof paperTopics, 'paper_id'> & {
  target: number
  gain: number
}

/** Deletes rows of papers. New papers have none: if all are new, `cleared` is empty and no statement is run. */
async function deleteOf<Row extends object>(
  tx: Transaction,
  cleared: number[],
  statement: Sql,
): Promise<Row[]> {
  return cleared.length === 0 ? [] : tx.query<Row>(statement)
}

/** In the result of an upsert: 1 for an inserted row, 0 for an updated one. Only an updated row has been locked. */
const GAIN = sql`(t.xmax = 0)::int as gain`

const TOPIC_KEYS = ['paperId', 'topicId', 'score', 'source', 'publishedSort'] as const

/** A topic of a paper, with the paper's date, by which a topic's papers are ordered. */
export interface PaperTopicRow {
  paperId: number
  topicId: number
  score: number | null
  source: string
  publishedSort: string
}

/** Writes the papers' topics. */
export async function writeTopics(
  tx: Transaction,
  rows: PaperTopicRow[],
  cleared: number[],
): Promise<Touched> {
  const excluded = alias(paperTopics, 'excluded')
  const t = alias(paperTopics, 't')
  const r = alias(paperTopics, 'r')
  const given = recordset(paperTopics, 'r', TOPIC_KEYS, rows)
  const gone = await deleteOf<TouchedRow>(
    tx,
    cleared,
    sql`
    delete from ${t} where ${t.paperId} = any(${cleared}::bigint[]) and not exists (
      select from ${given} where ${r.paperId} = ${t.paperId} and ${r.topicId} = ${t.topicId})
    returning ${t.paperId}, ${t.topicId} as target, -1 as gain`,
  )
  const added = await tx.query<TouchedRow>(sql`
    insert into ${paperTopics} as t (${columns(paperTopics, ...TOPIC_KEYS)})
    select ${columns(r, ...TOPIC_KEYS)} from ${given}
    on conflict (${paperTopics.paperId}, ${paperTopics.topicId}) do update
    set ${overwrites(paperTopics, 'score', 'source', 'publishedSort')}
    where (${columns(t, 'score', 'source', 'publishedSort')})
      is distinct from (${columns(excluded, 'score', 'source', 'publishedSort')})
    returning ${t.paperId}, ${t.topicId} as target, ${GAIN}`)
  return touched([...gone, ...added])
}

const LINK_KEYS = [
  'paperId',
  'repositoryId',
  'isOfficial',
  'evidence',
  'source',
  'framework',
] as const

/** Writes the papers' links to repositories. */
export async function writeRepositories(
  tx: Transaction,
  papers: TargetPaper[],
  cleared: number[],
  { repositories }: References,
): Promise<Touched> {
  const excluded = alias(paperRepositories, 'excluded')
  const t = alias(paperRepositories, 't')
  const rows = papers.flatMap(({ paperId, merged }) =>
    distinctRepositories(merged, repositories).map(([id, claim]) => ({
      paperId,
      repositoryId: id,
      isOfficial: claim.isOfficial,
      evidence: claim.evidence,
      source: claim.source,
      framework: claim.framework,
    })),
  )
  const r = alias(paperRepositories, 'r')
  const given = recordset(paperRepositories, 'r', LINK_KEYS, rows)
  const gone = await deleteOf<TouchedRow>(
    tx,
    cleared,
    sql`
    delete from ${t} where ${t.paperId} = any(${cleared}::bigint[]) and not exists (
      select from ${given} where ${r.paperId} = ${t.paperId} and ${r.repositoryId} = ${t.repositoryId})
    returning ${t.paperId}, ${t.repositoryId} as target, -1 as gain`,
  )
  const added = await tx.query<TouchedRow>(sql`
    insert into ${paperRepositories} as t (${columns(paperRepositories, ...LINK_KEYS)})
    select ${columns(r, ...LINK_KEYS)} from ${given}
    on conflict (${paperRepositories.paperId}, ${paperRepositories.repositoryId}) do update
    set ${overwrites(paperRepositories, 'isOfficial', 'evidence', 'source', 'framework')}
    where (${columns(t, 'isOfficial', 'evidence', 'source', 'framework')})
      is distinct from (${columns(excluded, 'isOfficial', 'evidence', 'source', 'framework')})
    returning ${t.paperId}, ${t.repositoryId} as target, ${GAIN}`)
  return touched([...gone, ...added])
}

/** A paper's repositories by id, each with its best claim; an old and a new name are the same repository. */
export function distinctRepositories(
  { repositories: claims }: MergedPaper,
  known: References['repositories'],
): [id: number | undefined, claim: MergedPaper['repositories'][number]][] {
  const byId = new Map<number | undefined, MergedPaper['repositories'][number]>()
  for (const claim of claims) {
    const id = known.get(repositoryKey(claim))?.id
    if (!byId.has(id)) byId.set(id, claim)
  }
  return [...byId]
}

function touched(rows: TouchedRow[]): Touched {
  const gains: Gains = new Map()
  for (const { target, gain } of rows) addGain(gains, target, gain)
  return { papers: [...new Set(rows.map((row) => row.paper_id))], gains }
}
