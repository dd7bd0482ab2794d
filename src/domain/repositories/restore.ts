import { LOCKS, takeLock } from '../../db/locks/locks.ts'
import { alias, columns, type Sql, sql } from '../../db/sql.ts'
import {
  paperRepositories,
  repositories,
  repositoryNames,
  repositoryStars,
} from '../../db/tables/repositories.ts'
import type { Transaction } from '../../db/transaction.ts'
import { noteShown } from '../changes/fan-out.ts'
import {
  applyFacts,
  type MarkedRow,
  noteGone,
  type RepositoryFacts,
  refreshStarCounts,
} from './facts.ts'

const t = alias(repositories, 't')
/** The stored row of the repository. */
const o = alias(repositories, 'o')
const pr = alias(paperRepositories, 'pr')
const n = alias(repositoryNames, 'n')

/** A catalogue's data about a repository besides links: its host's facts, and when they were read. */
export interface RepositoryState {
  host: string
  owner: string
  name: string
  formerNames: { owner: string; name: string }[]
  /** Null if the host never knew it. */
  facts: RepositoryFacts | null
  etag: string | null
  isGone: boolean
  /** ISO instant; null if the host was never asked and the stars come from other sources. */
  checkedAt: string | null
  /** By day in UTC. */
  starHistory: { on: string; stars: number; source: string | null }[]
}

/**
 * Imports another catalogue's data about repositories that papers link to, unless this catalogue asked their hosts later. The number of statements
 * depends only on the number of hosts.
 */
export async function writeRepositoryStates(
  tx: Transaction,
  states: readonly RepositoryState[],
): Promise<{ updated: number; unchanged: number }> {
  await takeLock(tx, LOCKS.write)
  const ids = await findOutdated(tx, states)
  const outdated = states.flatMap((state, i) => (ids.get(i) ?? []).map((id) => ({ ...state, id })))
  const winners = await applyAll(tx, outdated)
  const rows = outdated.map(({ id, facts, isGone, checkedAt, starHistory }) => ({
    ...{ id: winners.get(id) ?? id, is_gone: isGone, checked_at: checkedAt, history: starHistory },
    stars: facts?.stars ?? starHistory.at(-1)?.stars ?? null,
  }))
  await writeChecked(
    tx,
    sql`jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
    as r(id bigint, is_gone boolean, checked_at timestamptz, history jsonb, stars int)`,
  )
  const written = rows.map(({ id }) => id)
  await refreshStarCounts(
    tx,
    sql`select ${pr.paperId} from ${pr}
    where ${pr.repositoryId} = any(${written}::bigint[])`,
  )
  return { updated: ids.size, unchanged: states.length - ids.size }
}

/** Writes the facts of hosts, one host after the other. Resolves to the rows merged into another, with that row. */
async function applyAll(
  tx: Transaction,
  outdated: readonly (RepositoryState & { id: number })[],
): Promise<Map<number, number>> {
  const winners = new Map<number, number>()
  for (const host of new Set(outdated.map((state) => state.host))) {
    const found = outdated.flatMap(({ host: its, id, facts, etag }) =>
      its === host && facts ? [{ id, facts, etag }] : [],
    )
    const { moves } = await applyFacts(tx, host, found)
    for (const [id, winner] of moves.winners) winners.set(id, winner)
  }
  return winners
}

/** Writes the times of the last checks and the daily stars. `given` has the rows, as `r`. */
async function writeChecked(tx: Transaction, given: Sql): Promise<void> {
  const marked = await tx.query<MarkedRow & { has_other_stars: boolean }>(sql`
    update ${t} set ${repositories.isGone} = r.is_gone, ${repositories.checkedAt} = r.checked_at, ${repositories.stars} = r.stars
    from ${given} join ${o} on ${o.id} = r.id where ${t.id} = r.id
    returning ${t.id}, ${o.isGone} as was_gone, ${t.isGone}, ${t.stars} is distinct from ${o.stars} as has_other_stars`)
  await noteGone(tx, marked)
  await noteShown(
    tx,
    'repositories',
    marked.flatMap(({ id, has_other_stars }) => (has_other_stars ? id : [])),
  )
  await tx.query(sql`
    insert into ${repositoryStars} (${columns(repositoryStars, 'repositoryId', 'observedOn', 'stars', 'source')})
    select distinct on (r.id, h.on) r.id, h.on, h.stars, h.source
    from ${given} cross join jsonb_to_recordset(r.history) as h("on" date, stars int, source text)
    on conflict do nothing`)
}

/** Stored rows that are older than the given state, by the index of the state, under any of its names. */
async function findOutdated(
  tx: Transaction,
  states: readonly RepositoryState[],
): Promise<Map<number, number[]>> {
  const names = states.flatMap(({ host, owner, name, formerNames, checkedAt }, place) =>
    [{ owner, name }, ...formerNames].map((one) => ({
      ...{ place, host, owner: one.owner.toLowerCase(), name: one.name.toLowerCase(), checkedAt },
    })),
  )
  const given = sql`jsonb_to_recordset(${JSON.stringify(names)}::text::jsonb)
    as r(place int, host text, owner text, name text, "checkedAt" timestamptz)`
  const rows = await tx.query<{ place: number; ids: number[] }>(sql`
    select f.place, array_agg(distinct ${t.id}) as ids from (
      select r.place, r."checkedAt", ${t.id} from ${given}
      join ${t} on ${t.host} = r.host and ${t.owner} = r.owner and ${t.name} = r.name
      union
      select r.place, r."checkedAt", ${n.repositoryId} from ${given}
      join ${n} on ${n.host} = r.host and ${n.owner} = r.owner and ${n.name} = r.name
    ) f join ${t} on ${t.id} = f.id
    group by f.place having bool_and(coalesce(${t.checkedAt} < f."checkedAt",
      ${t.checkedAt} is null and (f."checkedAt" is not null or ${t.stars} is null)))`)
  return new Map(rows.map(({ place, ids }) => [place, ids]))
}
