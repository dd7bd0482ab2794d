import sql from 'sql-template-tag'
import type { RepositoryEvidence } from '../../db/tables/vocabulary.ts'
import type { Transaction } from '../../db/transaction.ts'

/** A repository of the catalogue, and what its host calls it. */
export interface NamedRepository {
  id: number
  facts: { hostId: number; owner: string; name: string }
}

interface Row {
  id: number
  owner: string
  name: string
  host_id: number | null
}

/** What has to happen so that each repository has one row, under the name that its host has for it. */
export interface Moves {
  /** For each row that was asked for, the row that stays: the oldest of those that are one. */
  winners: Map<number, number>
  losers: { loser: number; winner: number }[]
  renamed: { id: number; owner: string; name: string }[]
}

/**
 * Rows are one repository when the host has one number for them, or when one is at the address of another. A row at
 * that address that was asked for itself has moved away, too, and stays apart.
 */
export async function planMoves(
  tx: Transaction,
  host: string,
  found: NamedRepository[],
): Promise<Moves> {
  const named = found.map(({ id, facts: { hostId, owner, name } }) => ({
    ...{ id, host_id: hostId, owner: owner.toLowerCase(), name: name.toLowerCase() },
  }))
  const rows = await tx.query<Row>(sql`
    with r as materialized (select * from jsonb_to_recordset(${JSON.stringify(named)}::text::jsonb)
      as r(id bigint, host_id bigint, owner text, name text))
    select t.id, t.owner, t.name, t.host_id from repositories t join (
      select id from r
      union select o.id from r join repositories o on o.host = ${host}::text and o.owner = r.owner and o.name = r.name
      union select o.id from r join repositories o on o.host = ${host}::text and o.host_id = r.host_id
    ) m on m.id = t.id`)
  const asked = new Map(named.map((one) => [one.id, one]))
  const addresses = new Map(named.map(({ host_id, owner, name }) => [host_id, { owner, name }]))
  const moves: Moves = { winners: new Map(), losers: [], renamed: [] }
  for (const [hostId, { owner, name }] of addresses) {
    const members = rows.filter((row) => {
      const known = asked.get(row.id)?.host_id ?? row.host_id
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

/** Makes one row of those that are one, and gives rows their new names; the old names and ids still lead there. */
export async function moveRepositories(tx: Transaction, host: string, moves: Moves): Promise<void> {
  const { losers, renamed } = moves
  if (losers.length === 0 && renamed.length === 0) return
  const papers = await joinLinks(tx, losers)
  await keepOldNames(tx, moves)
  await dropLosers(tx, losers)
  await rename(tx, host, renamed)
  await tx.query(sql`
    update repositories t set paper_count = n.count from (
      select i.id, (select count(*) from paper_repositories p where p.repository_id = i.id)::int as count
      from unnest(${losers.map(({ winner }) => winner)}::bigint[]) as i(id)) n
    where t.id = n.id and t.paper_count <> n.count`)
  await tx.query(sql`
    update papers p set updated_at = now(), repository_count = n.count from (
      select i.id, (select count(*) from paper_repositories x where x.paper_id = i.id)::int as count
      from unnest(${papers}::bigint[]) as i(id)) n
    where p.id = n.id`)
}

const pairsOf = (losers: Moves['losers']) =>
  sql`jsonb_to_recordset(${JSON.stringify(losers)}::text::jsonb) as w(loser bigint, winner bigint)`

/** Links of a paper to two rows that become one: the better stays, by the order in which merging prefers claims. */
async function joinLinks(tx: Transaction, losers: Moves['losers']): Promise<number[]> {
  const both = [
    ...losers,
    ...[...new Set(losers.map(({ winner }) => winner))].map((id) => ({ loser: id, winner: id })),
  ]
  const linked = await tx.query<{ paper_id: number }>(sql`
    insert into paper_repositories as t (paper_id, repository_id, is_official, evidence, source, framework)
    select distinct on (l.paper_id, w.winner) l.paper_id, w.winner, l.is_official, l.evidence, l.source, l.framework
    from ${pairsOf(both)} join paper_repositories l on l.repository_id = w.loser
    join repositories r on r.id = l.repository_id
    where exists (select from ${pairsOf(losers)}
      join paper_repositories x on x.repository_id = w.loser where x.paper_id = l.paper_id)
    order by l.paper_id, w.winner, l.is_official desc,
      array_position(${EVIDENCE_ORDER}::repository_evidence[], l.evidence),
      coalesce(l.framework, '~') collate "C", r.url collate "C", l.source collate "C"
    on conflict (paper_id, repository_id) do update set is_official = excluded.is_official,
      evidence = excluded.evidence, source = excluded.source, framework = excluded.framework
    returning t.paper_id`)
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
    update repository_names t set repository_id = w.winner from ${pairsOf(losers)}
    where t.repository_id = w.loser`)
  await tx.query(sql`
    insert into repository_names as t (host, owner, name, repository_id)
    select r.host, r.owner, r.name, w.winner from ${pairsOf(left)} join repositories r on r.id = w.loser
    on conflict (host, owner, name) do update set repository_id = excluded.repository_id`)
}

async function dropLosers(tx: Transaction, losers: Moves['losers']): Promise<void> {
  if (losers.length === 0) return
  await tx.query(sql`
    insert into repository_stars (repository_id, observed_on, stars)
    select w.winner, s.observed_on, max(s.stars) from ${pairsOf(losers)}
    join repository_stars s on s.repository_id = w.loser group by w.winner, s.observed_on
    on conflict (repository_id, observed_on) do nothing`)
  await tx.query(sql`
    update repository_redirects t set repository_id = w.winner from ${pairsOf(losers)}
    where t.repository_id = w.loser`)
  await tx.query(sql`
    insert into repository_redirects (id, repository_id) select w.loser, w.winner from ${pairsOf(losers)}`)
  await tx.query(sql`delete from repositories t using ${pairsOf(losers)} where t.id = w.loser`)
}

/** Names may have gone round in a circle: all are given up before one is taken. */
async function rename(tx: Transaction, host: string, renamed: Moves['renamed']): Promise<void> {
  if (renamed.length === 0) return
  const recordset = sql`jsonb_to_recordset(${JSON.stringify(renamed)}::text::jsonb)
    as r(id bigint, owner text, name text)`
  await tx.query(
    sql`update repositories t set owner = '', name = t.id::text from ${recordset} where t.id = r.id`,
  )
  await tx.query(sql`
    update repositories t set owner = r.owner, name = r.name from ${recordset} where t.id = r.id`)
  await tx.query(sql`
    delete from repository_names t using ${recordset}
    where t.host = ${host}::text and t.owner = r.owner and t.name = r.name`)
}
