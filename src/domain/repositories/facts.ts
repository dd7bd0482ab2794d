import { LOCKS, takeLock } from '../../db/locks/locks.ts'
import {
  alias,
  assigns,
  columns,
  overwrites,
  recordset,
  type Sql,
  type Stored,
  sql,
} from '../../db/sql.ts'
import { papers } from '../../db/tables/papers.ts'
import { paperRepositories, repositories, repositoryStars } from '../../db/tables/repositories.ts'
import type { Transaction } from '../../db/transaction.ts'
import { noteRepositories, noteShown } from '../changes/fan-out.ts'
import { noteFields } from '../changes/note.ts'
import { repositoryIdOf } from '../entity/repository.ts'
import { moveRepositories, planMoves } from './move.ts'

const r = alias(repositories, 'r')
/** The stored row of the repository. */
const o = alias(repositories, 'o')
const excluded = alias(repositoryStars, 'excluded')
const pr = alias(paperRepositories, 'pr')
const p = alias(papers, 'p')

/** Facts about a repository, as stated by its host. */
export interface RepositoryFacts {
  /** The host's own number; null if the facts do not come from the host. */
  hostId: number | null
  /** In the host's current spelling. */
  owner: string
  name: string
  url: string
  description: string | null
  stars: number
  forks: number
  language: string | null
  /** SPDX id. */
  licence: string | null
  isArchived: boolean
  /** ISO instant. */
  pushedAt: string | null
}

/** The result of asking a host about the repository with this id. */
export type RepositoryCheck = { id: number } & (
  | { kind: 'found'; facts: RepositoryFacts; etag: string | null }
  | { kind: 'unchanged' }
  | { kind: 'gone' }
)

export interface CheckCounts {
  /** Repositories whose facts changed. */
  updated: number
  renamed: number
  /** Repositories that turned out to be another one under an old name. */
  merged: number
}

/**
 * Stores a host's statements about its repositories, in a number of statements that does not depend on how many there are: facts, the day's
 * stars, changed names, and the values that papers show. Merges two rows of one repository.
 */
export async function writeRepositoryChecks(
  tx: Transaction,
  host: string,
  checks: RepositoryCheck[],
): Promise<CheckCounts> {
  const t = alias(repositoryStars, 't')
  // Imports write links to repositories, too.
  await takeLock(tx, LOCKS.write)
  const found = checks.flatMap((check) => (check.kind === 'found' ? [check] : []))
  const { moves, updated } = await applyFacts(tx, host, found)
  await markChecked(tx, checks)
  await tx.query(sql`
    insert into ${repositoryStars} as t (${columns(repositoryStars, 'repositoryId', 'observedOn', 'stars', 'source')})
    select ${r.id}, (now() at time zone 'UTC')::date, ${r.stars}, ${r.host} from ${r}
    where ${r.id} = any(${idsOf(checks, moves.winners, 'found', 'unchanged')}::bigint[]) and ${r.stars} is not null
    on conflict (${repositoryStars.repositoryId}, ${repositoryStars.observedOn}) do update set ${overwrites(repositoryStars, 'stars', 'source')}
    where (${t.stars}, ${t.source}) is distinct from (${excluded.stars}, ${excluded.source})`)
  return { updated, renamed: moves.renamed.length, merged: moves.losers.length }
}

/** A host's facts about the repository with this id. */
interface FoundFacts {
  id: number
  facts: RepositoryFacts
  etag: string | null
}

/** Writes a host's facts under its current names, and the values that papers show. The caller holds the writers' lock. */
export async function applyFacts(tx: Transaction, host: string, found: FoundFacts[]) {
  const numbered = found.flatMap(({ id, facts: { hostId, owner, name } }) =>
    hostId === null ? [] : { id, facts: { hostId, owner, name } },
  )
  const moves = await planMoves(tx, host, numbered)
  await moveRepositories(tx, host, moves)
  const placed = found.map((one) => ({ ...one, id: moves.winners.get(one.id) ?? one.id }))
  const updated = await writeFacts(tx, placed)
  const known = placed.map(({ id }) => id)
  await refreshStarCounts(
    tx,
    sql`select ${pr.paperId} from ${pr}
    where ${pr.repositoryId} = any(${known}::bigint[])`,
  )
  return { moves, updated }
}

function idsOf(
  checks: RepositoryCheck[],
  winners: Map<number, number>,
  ...kinds: RepositoryCheck['kind'][]
): number[] {
  const ids = checks.filter(({ kind }) => kinds.includes(kind)).map(({ id }) => id)
  return [...new Set(ids.map((id) => winners.get(id) ?? id))]
}

/** The columns of facts; names are changed by `moveRepositories`. */
const FACTS = [
  ...(['hostId', 'url', 'description', 'stars', 'forks', 'language'] as const),
  ...(['licence', 'isArchived', 'pushedAt'] as const),
] satisfies Exclude<keyof RepositoryFacts, 'owner' | 'name'>[]

async function writeFacts(tx: Transaction, found: FoundFacts[]): Promise<number> {
  const t = alias(repositories, 't')
  const rows = found.map(({ id, facts, etag }) => ({ id, etag, ...facts }))
  const updated = await tx.query<
    Stored<typeof repositories, 'id'> & { is_newly_archived: boolean }
  >(sql`
    update ${t} set ${assigns(repositories, r, ...FACTS)}
    from ${recordset(repositories, 'r', ['id', ...FACTS], rows)} join ${o} on ${o.id} = ${r.id}
    where ${t.id} = ${r.id} and (${columns(t, ...FACTS)}) is distinct from (${columns(r, ...FACTS)})
    returning ${t.id}, ${t.isArchived} and not ${o.isArchived} as is_newly_archived`)
  await noteShown(
    tx,
    'repositories',
    updated.map(({ id }) => id),
  )
  await noteRepositories(
    tx,
    'repository_archived',
    updated.flatMap(({ id, is_newly_archived }) => (is_newly_archived ? id : [])),
  )
  await tx.query(sql`
    update ${t} set ${assigns(repositories, r, 'etag')} from ${recordset(repositories, 'r', ['id', 'etag'], rows)}
    where ${t.id} = ${r.id} and ${t.etag} is distinct from ${r.etag}`)
  return updated.length
}

async function markChecked(tx: Transaction, checks: RepositoryCheck[]): Promise<void> {
  const t = alias(repositories, 't')
  const rows = checks.map(({ id, kind }) => ({ id, isGone: kind === 'gone' }))
  const marked = await tx.query<MarkedRow>(sql`
    update ${t} set ${repositories.checkedAt} = now(), ${assigns(repositories, r, 'isGone')}
    from ${recordset(repositories, 'r', ['id', 'isGone'], rows)} join ${o} on ${o.id} = ${r.id}
    where ${t.id} = ${r.id} returning ${t.id}, ${o.isGone} as was_gone, ${t.isGone}`)
  await noteGone(tx, marked)
}

/** A checked repository, and whether its host knew it before and knows it now. */
export interface MarkedRow {
  id: number
  was_gone: boolean
  is_gone: boolean
}

export async function noteGone(tx: Transaction, marked: MarkedRow[]): Promise<void> {
  const turned = marked.filter(({ was_gone, is_gone }) => was_gone !== is_gone)
  await noteShown(
    tx,
    'repositories',
    turned.map(({ id }) => id),
  )
  await noteRepositories(
    tx,
    'repository_gone',
    turned.flatMap(({ id, is_gone }) => (is_gone ? id : [])),
  )
}

/** A star count of a repository, by its current or a former name. */
export interface RepositoryStars {
  host: string
  owner: string
  name: string
  stars: number
  /** The source of the count, such as `hf-daily`. */
  source: string
  /** The day in UTC, as `YYYY-MM-DD`; default today. */
  on?: string
}

/**
 * Stores star counts from sources other than the host, each on its day. If a day has several, the host's counts, else the highest, whatever the
 * order of arrival. Once the host was asked, they only fill gaps in the history. Skips unknown repositories.
 */
export async function observeStars(tx: Transaction, observed: RepositoryStars[]): Promise<void> {
  const t = alias(repositories, 't')
  const k = alias(repositoryStars, 'k')
  const counted = alias(repositoryStars, 'excluded')
  await takeLock(tx, LOCKS.write)
  const id = repositoryIdOf(sql`o.host`, sql`o.owner`, sql`o.name`)
  const rows = await tx.query<{ id: number }>(sql`
    with seen as (
      select distinct on (1, 2) ${id} as id, coalesce(o."on", (now() at time zone 'UTC')::date) as day, o.stars, o.source
      from jsonb_to_recordset(${JSON.stringify(observed)}::text::jsonb)
        as o(host text, owner text, name text, stars int, source text, "on" date)
      order by 1, 2, o.stars desc, o.source
    ), kept as (
      insert into ${repositoryStars} as k (${columns(repositoryStars, 'repositoryId', 'observedOn', 'stars', 'source')})
      select id, day, stars, source from seen where id is not null
      on conflict (${repositoryStars.repositoryId}, ${repositoryStars.observedOn}) do update set ${overwrites(repositoryStars, 'stars', 'source')}
      where ${k.source} <> (select ${o.host} from ${o} where ${o.id} = ${k.repositoryId})
        and (${counted.stars}, ${k.source} collate "C") > (${k.stars}, ${counted.source} collate "C"))
    select distinct id from seen where id is not null`)
  const known = rows.map((row) => row.id)
  // The latest day counts, whatever the order of arrival.
  const updated = await tx.query<{ id: number }>(sql`
    update ${t} set ${repositories.stars} = s.stars from (
      select distinct on (repository_id) repository_id as id, stars from ${repositoryStars}
      where ${repositoryStars.repositoryId} = any(${known}::bigint[]) order by ${repositoryStars.repositoryId}, ${repositoryStars.observedOn} desc) s
    where ${t.id} = s.id and ${t.checkedAt} is null and ${t.stars} is distinct from s.stars returning ${t.id}`)
  await noteShown(
    tx,
    'repositories',
    updated.map(({ id }) => id),
  )
  await refreshStarCounts(
    tx,
    sql`select ${pr.paperId} from ${pr}
    where ${pr.repositoryId} = any(${updated.map((row) => row.id)}::bigint[])`,
  )
}

/** Updates the star counts of the papers that a statement selects. */
export async function refreshStarCounts(tx: Transaction, paperIds: Sql): Promise<void> {
  const rows = await tx.query<Stored<typeof papers, 'id'>>(sql`
    update ${p} set ${papers.starCount} = n.stars from (
      select ${pr.paperId}, greatest(0, max(${r.stars})) as stars
      from ${pr} join ${r} on ${r.id} = ${pr.repositoryId}
      where ${pr.paperId} in (${paperIds}) group by ${pr.paperId}) n
    where ${p.id} = n.paper_id and ${p.starCount} <> n.stars returning ${p.id}`)
  noteFields(
    tx,
    rows.map(({ id }) => id),
    'starCount',
  )
}
