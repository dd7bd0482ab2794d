import {
  alias,
  columns,
  overwrites,
  recordset,
  type Sql,
  type Stored,
  sql,
} from '../../../db/sql.ts'
import { paperIdentifiers, paperTopics, venues as venuesTable } from '../../../db/tables/papers.ts'
import {
  paperRepositories,
  repositories as repositoriesTable,
  repositoryNames,
} from '../../../db/tables/repositories.ts'
import type { Transaction } from '../../../db/transaction.ts'
import { noteRenamed, type Renamed } from '../../changes/fan-out.ts'
import { compareVenueNames, type MergedPaper } from '../../record/merge.ts'
import type { PaperIdentifier, RepositoryClaim, VenueClaim } from '../../record/paper-record.ts'
import { titleKey } from '../../record/title-key.ts'

const v = alias(venuesTable, 'v')
const n = alias(repositoryNames, 'n')

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

/** What a write of relations changed: the papers whose rows are others now, and by how many each far end has more. */
export interface Touched {
  papers: number[]
  gains: Gains
}

/** By how many papers each of several venues, topics or repositories has more than before; fewer are negative. */
export type Gains = Map<number, number>

/** Adds to what is gained by the id `target`. */
export function addGain(gains: Gains, target: number, gain: number): void {
  gains.set(target, (gains.get(target) ?? 0) + gain)
}

/** The key under which `References.repositories` holds a repository. */
export const repositoryKey = (r: { host: string; owner: string; name: string }) =>
  `${r.host}/${r.owner}/${r.name}`

/** Makes sure that each venue and repository named by the papers exists. */
export async function ensureReferences(
  tx: Transaction,
  papers: TargetPaper[],
): Promise<References> {
  return {
    venueIds: await ensureVenues(
      tx,
      papers.flatMap(({ merged }) => [
        ...(merged.venue ? [merged.venue] : []),
        ...merged.decisions.flatMap(({ venue }) => venue ?? []),
      ]),
    ),
    repositories: await ensureRepositories(
      tx,
      papers.flatMap(({ merged }) => merged.repositories),
    ),
  }
}

/** Of the names that sources give a venue, one with an acronym is the best, then the first by code point. */
async function ensureVenues(tx: Transaction, venues: VenueClaim[]): Promise<Map<string, number>> {
  const excluded = alias(venuesTable, 'excluded')
  const t = alias(venuesTable, 't')
  if (venues.length === 0) return new Map()
  const best = venues.toSorted((a, b) => compareVenueNames(b, a))
  const bySlug = new Map(best.map((v) => [v.slug, { ...v, name_key: titleKey(v.name) }]))
  const written = await tx.query<Renamed>(sql`
    insert into ${venuesTable} as t (${columns(venuesTable, 'slug', 'name', 'nameKey', 'acronym', 'kind')})
    select r.slug, r.name, r.name_key, r.acronym, r.kind::venue_kind
    from jsonb_to_recordset(${JSON.stringify([...bySlug.values()])}::text::jsonb)
      as r(slug text, name text, name_key text, acronym text, kind text)
    where not exists (select from ${v} where ${v.slug} = r.slug and ${v.name} = r.name
      and ${v.acronym} is not distinct from r.acronym and ${v.kind} = r.kind::venue_kind)
    on conflict (${venuesTable.slug}) do update set ${overwrites(venuesTable, 'name', 'nameKey', 'acronym', 'kind')}
    where (${excluded.acronym} is null, ${excluded.kind}, ${excluded.name} collate "C", ${excluded.acronym} collate "C")
      < (${t.acronym} is null, ${t.kind}, ${t.name} collate "C", ${t.acronym} collate "C")
    returning ${t.id}, t.xmax <> 0 as was_there`)
  await noteRenamed(tx, 'venue', written)
  const rows = await tx.query<Stored<typeof venuesTable, 'id' | 'slug'>>(sql`
    select ${venuesTable.id}, ${venuesTable.slug} from ${venuesTable} where ${venuesTable.slug} = any(${[...bySlug.keys()]}::text[])`)
  return new Map(rows.map(({ id, slug }) => [slug, id]))
}

async function ensureRepositories(
  tx: Transaction,
  claims: RepositoryClaim[],
): Promise<References['repositories']> {
  const excluded = alias(repositoriesTable, 'excluded')
  const t = alias(repositoriesTable, 't')
  if (claims.length === 0) return new Map()
  // Sources write one repository in several cases; the first by code point keeps imports order-independent.
  const byUrl = claims.toSorted((a, b) => (a.url < b.url ? 1 : -1))
  const byKey = new Map(
    byUrl.map((c) => [
      repositoryKey(c),
      { host: c.host, owner: c.owner, name: c.name, url: c.url },
    ]),
  )
  const rows = JSON.stringify([...byKey.values()])
  const claimed = sql`jsonb_to_recordset(${rows}::text::jsonb) as r(host text, owner text, name text, url text)`
  // If the host was asked, only it decides the address; a former name is not a new repository.
  const written = await tx.query<Renamed>(sql`
    insert into ${repositoriesTable} as t (${columns(repositoriesTable, 'host', 'owner', 'name', 'url')})
    select host, owner, name, url from ${claimed}
    where not exists (select from ${n}
      where ${n.host} = r.host and ${n.owner} = r.owner and ${n.name} = r.name)
    on conflict (${columns(repositoriesTable, 'host', 'owner', 'name')}) do update set ${overwrites(repositoriesTable, 'url')}
    where ${excluded.url} collate "C" < ${t.url} collate "C" and ${t.hostId} is null
    returning ${t.id}, t.xmax <> 0 as was_there`)
  await noteRenamed(tx, 'repositories', written)
  const found = await tx.query<
    Stored<typeof repositoriesTable, 'host' | 'owner' | 'stars'> &
      Stored<typeof repositoryNames, 'name'> & { id: number }
  >(sql`
    select ${t.id}, r.host, r.owner, r.name, ${t.stars}
    from ${claimed} join ${t} on ${t.host} = r.host and ${t.owner} = r.owner and ${t.name} = r.name
    union all
    select ${t.id}, r.host, r.owner, r.name, ${t.stars}
    from ${claimed} join ${n} on ${n.host} = r.host and ${n.owner} = r.owner and ${n.name} = r.name
    join ${t} on ${t.id} = ${n.repositoryId}`)
  return new Map(found.map((row) => [repositoryKey(row), { id: row.id, stars: row.stars }]))
}

/** An identifier of a paper. */
type OwnIdentifier = PaperIdentifier & { paper_id: number }

/** The identifiers that papers lost, merged-away ones too, and those that papers got. */
export interface ChangedIdentifiers {
  lost: OwnIdentifier[]
  added: OwnIdentifier[]
}

/** Writes the papers' identifiers. `cleared` are all papers that may have old rows to go, merged-away ones too. */
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

/** Papers that are new have no rows to delete: without others, `cleared` is empty and the statement not run. */
async function deleteOf<Row extends object>(
  tx: Transaction,
  cleared: number[],
  statement: Sql,
): Promise<Row[]> {
  return cleared.length === 0 ? [] : tx.query<Row>(statement)
}

/** In what an upsert returns: 1 for a row that was inserted, 0 for one that was there. Only the latter was locked. */
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

/** A paper's repositories by id, each with the best claim: an old and a new name are one repository. */
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
