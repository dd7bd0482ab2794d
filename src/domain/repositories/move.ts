import { alias, assigns, columns, overwrites, recordset, type Stored, sql } from '../../db/sql.ts'
import { papers as papersTable } from '../../db/tables/papers.ts'
import {
  paperRepositories,
  repositories,
  repositoryNames,
  repositoryRedirects,
  repositoryStars,
} from '../../db/tables/repositories.ts'
import type { RepositoryEvidence } from '../../db/tables/vocabulary.ts'
import type { Transaction } from '../../db/transaction.ts'
import { noteShown } from '../changes/fan-out.ts'
import { noteFields } from '../changes/note.ts'

const tRepositories = alias(repositories, 't')
const tRepositoryNames = alias(repositoryNames, 't')
const tRepositoryRedirects = alias(repositoryRedirects, 't')
const o = alias(repositories, 'o')
const pPaperRepositories = alias(paperRepositories, 'p')
const pPapers = alias(papersTable, 'p')
const x = alias(paperRepositories, 'x')
const l = alias(paperRepositories, 'l')
const r = alias(repositories, 'r')
const s = alias(repositoryStars, 's')

/** A repository with its host's current name for it. */
export interface NamedRepository {
  id: number
  facts: { hostId: number; owner: string; name: string }
}

type Row = Stored<typeof repositories, 'id' | 'owner' | 'name' | 'host_id'>

/** The changes after which each repository has one row, under its host's current name. */
export interface Moves {
  /** For each checked row, the row that stays: the oldest of those of one repository. */
  winners: Map<number, number>
  losers: { loser: number; winner: number }[]
  renamed: { id: number; owner: string; name: string }[]
}

/**
 * Plans moves. Rows are one repository if the host has one number for them, or if one now has the address of another. A row at that address that
 * was checked itself has moved away too, and stays separate.
 */
export async function planMoves(
  tx: Transaction,
  host: string,
  found: NamedRepository[],
): Promise<Moves> {
  const named = found.map(({ id, facts: { hostId, owner, name } }) => ({
    ...{ id, hostId, owner: owner.toLowerCase(), name: name.toLowerCase() },
  }))
  const rows = await tx.query<Row>(sql`
    with r as materialized (select * from ${recordset(repositories, 'r', ['id', 'hostId', 'owner', 'name'], named)})
    select ${columns(tRepositories, 'id', 'owner', 'name', 'hostId')} from ${tRepositories} join (
      select id from r
      union select ${o.id} from r join ${o} on ${o.host} = ${host}::text and ${o.owner} = r.owner and ${o.name} = r.name
      union select ${o.id} from r join ${o} on ${o.host} = ${host}::text and ${o.hostId} = r.host_id
    ) m on m.id = ${tRepositories.id}`)
  const asked = new Map(named.map((one) => [one.id, one]))
  const addresses = new Map(named.map(({ hostId, owner, name }) => [hostId, { owner, name }]))
  const moves: Moves = { winners: new Map(), losers: [], renamed: [] }
  for (const [hostId, { owner, name }] of addresses) {
    const members = rows.filter((row) => {
      const known = asked.get(row.id)?.hostId ?? row.host_id
      const isThere = row.owner === owner && row.name === name
      return known === hostId || (isThere && (known === null || !addresses.has(known)))
    })
    const [winner, ...losers] = members.toSorted((a, b) => a.id - b.id)
    if (!winner) continue
    for (const { id } of members) moves.winners.set(id, winner.id)
    moves.losers.push(...losers.map(({ id }) => ({ loser: id, winner: winner.id })))
    if (winner.owner !== owner || winner.name !== name)
      moves.renamed.push({ id: winner.id, owner, name })
  }
  return moves
}

/** Merges and renames rows; old names and ids redirect. */
export async function moveRepositories(tx: Transaction, host: string, moves: Moves): Promise<void> {
  const { losers, renamed } = moves
  if (losers.length === 0 && renamed.length === 0) return
  const papers = await joinLinks(tx, losers)
  noteFields(tx, papers, 'repositories')
  await noteShown(
    tx,
    'repositories',
    renamed.map(({ id }) => id),
  )
  await keepOldNames(tx, moves)
  await dropLosers(tx, losers)
  await rename(tx, host, renamed)
  await tx.query(sql`
    update ${tRepositories} set ${repositories.paperCount} = n.count from (
      select i.id, (select count(*) from ${pPaperRepositories} where ${pPaperRepositories.repositoryId} = i.id)::int as count
      from unnest(${losers.map(({ winner }) => winner)}::bigint[]) as i(id)) n
    where ${tRepositories.id} = n.id and ${tRepositories.paperCount} <> n.count`)
  await tx.query(sql`
    update ${pPapers} set ${papersTable.repositoryCount} = n.count from (
      select i.id, (select count(*) from ${x} where ${x.paperId} = i.id)::int as count
      from unnest(${papers}::bigint[]) as i(id)) n
    where ${pPapers.id} = n.id`)
}

const pairsOf = (losers: Moves['losers']) =>
  sql`jsonb_to_recordset(${JSON.stringify(losers)}::text::jsonb) as w(loser bigint, winner bigint)`

/** Merges a paper's links to two rows that become one: the better stays, in the order in which merging prefers claims. */
async function joinLinks(tx: Transaction, losers: Moves['losers']): Promise<number[]> {
  const t = alias(paperRepositories, 't')
  const both = [
    ...losers,
    ...[...new Set(losers.map(({ winner }) => winner))].map((id) => ({ loser: id, winner: id })),
  ]
  const linked = await tx.query<Stored<typeof paperRepositories, 'paper_id'>>(sql`
    insert into ${paperRepositories} as t (${columns(paperRepositories, 'paperId', 'repositoryId', 'isOfficial', 'evidence', 'source', 'framework')})
    select distinct on (${l.paperId}, w.winner) ${l.paperId}, w.winner, ${columns(l, 'isOfficial', 'evidence', 'source', 'framework')}
    from ${pairsOf(both)} join ${l} on ${l.repositoryId} = w.loser
    join ${r} on ${r.id} = ${l.repositoryId}
    where exists (select from ${pairsOf(losers)}
      join ${x} on ${x.repositoryId} = w.loser where ${x.paperId} = ${l.paperId})
    order by ${l.paperId}, w.winner, ${l.isOfficial} desc,
      array_position(${EVIDENCE_ORDER}::repository_evidence[], ${l.evidence}),
      coalesce(${l.framework}, '~') collate "C", ${r.url} collate "C", ${l.source} collate "C"
    on conflict (${paperRepositories.paperId}, ${paperRepositories.repositoryId}) do update set ${overwrites(paperRepositories, 'isOfficial', 'evidence', 'source', 'framework')}
    returning ${t.paperId}`)
  return linked.map((row) => row.paper_id)
}

const EVIDENCE_ORDER = [
  'in_paper',
  'curated',
  'in_readme',
  'heuristic',
] satisfies RepositoryEvidence[]

async function keepOldNames(tx: Transaction, { losers, renamed }: Moves): Promise<void> {
  const left = [...losers, ...renamed.map(({ id }) => ({ loser: id, winner: id }))]
  await tx.query(sql`
    update ${tRepositoryNames} set ${repositoryNames.repositoryId} = w.winner from ${pairsOf(losers)}
    where ${tRepositoryNames.repositoryId} = w.loser`)
  await tx.query(sql`
    insert into ${repositoryNames} as t (${columns(repositoryNames, 'host', 'owner', 'name', 'repositoryId')})
    select ${columns(r, 'host', 'owner', 'name')}, w.winner from ${pairsOf(left)} join ${r} on ${r.id} = w.loser
    on conflict (${columns(repositoryNames, 'host', 'owner', 'name')}) do update set ${overwrites(repositoryNames, 'repositoryId')}`)
}

async function dropLosers(tx: Transaction, losers: Moves['losers']): Promise<void> {
  if (losers.length === 0) return
  await tx.query(sql`
    insert into ${repositoryStars} (${columns(repositoryStars, 'repositoryId', 'observedOn', 'stars', 'source')})
    select distinct on (w.winner, ${s.observedOn}) w.winner, ${columns(s, 'observedOn', 'stars', 'source')} from ${pairsOf(losers)}
    join ${s} on ${s.repositoryId} = w.loser order by w.winner, ${s.observedOn}, ${s.stars} desc
    on conflict (${repositoryStars.repositoryId}, ${repositoryStars.observedOn}) do nothing`)
  await tx.query(sql`
    update ${tRepositoryRedirects} set ${repositoryRedirects.repositoryId} = w.winner from ${pairsOf(losers)}
    where ${tRepositoryRedirects.repositoryId} = w.loser`)
  await tx.query(sql`
    insert into ${repositoryRedirects} (${repositoryRedirects.id}, ${repositoryRedirects.repositoryId}) select w.loser, w.winner from ${pairsOf(losers)}`)
  await tx.query(
    sql`delete from ${tRepositories} using ${pairsOf(losers)} where ${tRepositories.id} = w.loser`,
  )
}

/** Renames rows. Names may have been exchanged in a cycle, so all are released before any is assigned. */
async function rename(tx: Transaction, host: string, renamed: Moves['renamed']): Promise<void> {
  if (renamed.length === 0) return
  const given = recordset(repositories, 'r', ['id', 'owner', 'name'], renamed)
  await tx.query(
    sql`update ${tRepositories} set ${repositories.owner} = '', ${repositories.name} = ${tRepositories.id}::text from ${given} where ${tRepositories.id} = ${r.id}`,
  )
  await tx.query(sql`
    update ${tRepositories} set ${assigns(repositories, r, 'owner', 'name')} from ${given} where ${tRepositories.id} = ${r.id}`)
  await tx.query(sql`
    delete from ${tRepositoryNames} using ${given}
    where ${tRepositoryNames.host} = ${host}::text and ${tRepositoryNames.owner} = ${r.owner} and ${tRepositoryNames.name} = ${r.name}`)
}
