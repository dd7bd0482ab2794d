import {
  alias,
  assigns,
  columns,
  overwrites,
  recordset,
  type Sql,
  type Stored,
  sql,
} from '../../../db/sql.ts'
import { paperDecisions } from '../../../db/tables/decisions.ts'
import { papers, venues as venuesTable } from '../../../db/tables/papers.ts'
import {
  paperRepositories,
  repositories as repositoriesTable,
  repositoryNames,
} from '../../../db/tables/repositories.ts'
import { sourceRecords } from '../../../db/tables/sources.ts'
import type { Transaction } from '../../../db/transaction.ts'
import { noteRenamed, noteShown, type Renamed } from '../../changes/fan-out.ts'
import { compareVenueNames } from '../../record/merge/merge.ts'
import type { PaperRecord, RepositoryClaim, VenueClaim } from '../../record/paper-record.ts'
import { titleKey } from '../../record/title-key.ts'
import { reviveRepositories } from '../../repositories/former.ts'
import { idFor } from './former.ts'
import { type References, repositoryKey, type TargetPaper } from './relations.ts'

const t = alias(venuesTable, 't')
const v = alias(venuesTable, 'v')
const n = alias(repositoryNames, 'n')
const p = alias(papers, 'p')
const d = alias(paperDecisions, 'd')
const s = alias(sourceRecords, 's')
const x = alias(paperRepositories, 'x')
const o = alias(repositoriesTable, 'o')

/** A paper to be written, with its records. */
export interface StatedPaper extends TargetPaper {
  records: readonly PaperRecord[]
}

/** Inserts missing venues and repositories of the papers, under the best name in their records. */
export async function ensureReferences(
  tx: Transaction,
  papers: readonly StatedPaper[],
): Promise<References> {
  return {
    venueIds: await ensureVenues(tx, papers.flatMap(venuesOf)),
    repositories: await ensureRepositories(tx, papers.flatMap(repositoriesOf)),
  }
}

/**
 * Recomputes the names of venues and repositories whose current name no record of the paper states any more, so that names follow from the
 * current records. `before` are the earlier records of the papers; the current ones must be written already.
 */
export async function renewNames(
  tx: Transaction,
  before: readonly PaperRecord[],
  now: readonly StatedPaper[],
): Promise<void> {
  await renewVenues(tx, without(before.flatMap(venuesIn), now.flatMap(venuesOf), venueName))
  const repositories = before.flatMap(({ repositories }) => repositories)
  await renewRepositories(tx, without(repositories, now.flatMap(repositoriesOf), spelling))
}

const venuesIn = ({ venue, decisions = [] }: PaperRecord): VenueClaim[] =>
  [venue, ...decisions.map((decision) => decision.venue)].flatMap((one) => one ?? [])

/** The names that a paper's records have for its venues. */
function venuesOf({ merged, records }: StatedPaper): VenueClaim[] {
  const shown = new Set([
    merged.venue?.slug,
    ...merged.decisions.map((decision) => decision.venue?.slug),
  ])
  return records.flatMap(venuesIn).filter(({ slug }) => shown.has(slug))
}

const repositoriesOf = ({ records }: StatedPaper): RepositoryClaim[] =>
  records.flatMap(({ repositories }) => repositories)

const venueName = ({ slug, name, acronym, kind }: VenueClaim) =>
  JSON.stringify([slug, name, acronym, kind])
const spelling = (claim: RepositoryClaim) => `${repositoryKey(claim)} ${claim.url}`

/** The elements of `all` that are not among `others`, each once. */
function without<T>(all: T[], others: T[], keyOf: (one: T) => string): T[] {
  if (all.length === 0) return []
  const known = new Set(others.map(keyOf))
  const left = new Map(all.map((one) => [keyOf(one), one]))
  return [...left].flatMap(([key, one]) => (known.has(key) ? [] : [one]))
}

/** Inserts missing venues. The best name of a venue is one with an acronym, then one not in capitals, then the first by code point. */
async function ensureVenues(tx: Transaction, venues: VenueClaim[]): Promise<Map<string, number>> {
  const excluded = alias(venuesTable, 'excluded')
  if (venues.length === 0) return new Map()
  const best = venues.toSorted((a, b) => compareVenueNames(b, a))
  const bySlug = new Map(best.map((v) => [v.slug, { ...v, nameKey: titleKey(v.name) }]))
  const written = await tx.query<Renamed>(sql`
    insert into ${venuesTable} as t (${columns(venuesTable, 'id', 'slug', 'name', 'nameKey', 'acronym', 'kind')}) overriding system value
    select ${idFor('venues', sql`r.slug`)}, r.slug, r.name, r.name_key, r.acronym, r.kind
    from ${recordset(venuesTable, 'r', ['slug', 'name', 'nameKey', 'acronym', 'kind'], [...bySlug.values()])}
    where not exists (select from ${v} where ${v.slug} = r.slug and ${v.name} = r.name
      and ${v.acronym} is not distinct from r.acronym and ${v.kind} = r.kind)
    on conflict (${venuesTable.slug}) do update set ${overwrites(venuesTable, 'name', 'nameKey', 'acronym', 'kind')}
    where (${excluded.acronym} is null, ${excluded.kind}, ${excluded.name} collate "C" !~ '[a-z]', ${excluded.name} collate "C", ${excluded.acronym} collate "C")
      < (${t.acronym} is null, ${t.kind}, ${t.name} collate "C" !~ '[a-z]', ${t.name} collate "C", ${t.acronym} collate "C")
      or ${t.paperCount} = 0 and not exists (select from ${d} where ${d.venueId} = ${t.id})
    returning ${t.id}, t.xmax <> 0 as was_there`)
  await noteRenamed(tx, 'venue', written)
  const rows = await tx.query<Stored<typeof venuesTable, 'id' | 'slug'>>(sql`
    select ${venuesTable.id}, ${venuesTable.slug} from ${venuesTable} where ${venuesTable.slug} = any(${[...bySlug.keys()]}::text[])`)
  return new Map(rows.map(({ id, slug }) => [slug, id]))
}

/** The columns of a repository that a claim states. */
const CLAIMED = ['host', 'owner', 'name', 'url'] as const

async function ensureRepositories(
  tx: Transaction,
  claims: RepositoryClaim[],
): Promise<References['repositories']> {
  const excluded = alias(repositoriesTable, 'excluded')
  const t = alias(repositoriesTable, 't')
  if (claims.length === 0) return new Map()
  // Sources write one address in capitals or small letters; the first by code point does not depend on the order of imports.
  const byUrl = claims.toSorted((a, b) => (a.url < b.url ? 1 : -1))
  const byKey = new Map(byUrl.map((claim) => [repositoryKey(claim), claim]))
  await reviveRepositories(tx, [...byKey.keys()])
  const claimed = recordset(repositoriesTable, 'r', CLAIMED, [...byKey.values()])
  // Once the host has been asked, only its answer decides the address. A former name is not a new repository.
  const written = await tx.query<Renamed>(sql`
    insert into ${repositoriesTable} as t (${columns(repositoriesTable, 'host', 'owner', 'name', 'url')})
    select host, owner, name, url from ${claimed}
    where not exists (select from ${n}
      where ${n.host} = r.host and ${n.owner} = r.owner and ${n.name} = r.name)
    on conflict (${columns(repositoriesTable, 'host', 'owner', 'name')}) do update set ${overwrites(repositoriesTable, 'url')}
    where (${excluded.url} collate "C" < ${t.url} collate "C" or ${t.paperCount} = 0) and ${t.hostId} is null
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

/** The names of the venue `v` in records of its papers, as `c`. */
const VENUE_CLAIMS = sql`(
    select ${p.id} from ${p} where ${p.venueId} = ${v.id} union select ${d.paperId} from ${d} where ${d.venueId} = ${v.id}) shown
  join ${s} on ${s.paperId} = shown.id cross join lateral (
    select ${s.record}->'venue' as c union all
    select e.value->'venue' from jsonb_array_elements(${s.record}->'decisions') e) stated`
const ACRONYM = sql`c->>'acronym'`

/** Renames venues to the best remaining name if no record states the names in these claims any more. */
async function renewVenues(tx: Transaction, lost: VenueClaim[]): Promise<void> {
  if (lost.length === 0) return
  const doubtful = await tx.query<VenueClaim & { id: number }>(sql`
    select ${v.id}, best.* from ${recordset(venuesTable, 'r', ['slug', 'name', 'acronym', 'kind'], lost)}
    join ${v} on ${v.slug} = r.slug and ${v.name} = r.name and ${v.acronym} is not distinct from r.acronym and ${v.kind} = r.kind
    cross join lateral (
      select c->>'slug' as slug, c->>'name' as name, ${ACRONYM} as acronym, c->>'kind' as kind from ${VENUE_CLAIMS}
      where c->>'slug' = ${v.slug}
      order by ${ACRONYM} is null, (c->>'kind')::venue_kind, c->>'name' collate "C", ${ACRONYM} collate "C" limit 1) best
    where not exists (select from ${VENUE_CLAIMS} where c->>'slug' = ${v.slug} and c->>'name' = ${v.name}
      and ${ACRONYM} is not distinct from ${v.acronym} and c->>'kind' = ${v.kind}::text)`)
  if (doubtful.length === 0) return
  const rows = doubtful.map((venue) => ({ ...venue, nameKey: titleKey(venue.name) }))
  const r = alias(venuesTable, 'r')
  await tx.query(sql`
    update ${t} set ${assigns(venuesTable, r, 'name', 'nameKey', 'acronym', 'kind')}
    from ${recordset(venuesTable, 'r', ['id', 'name', 'nameKey', 'acronym', 'kind'], rows)}
    where ${t.id} = ${r.id}`)
  await noteShown(
    tx,
    'venue',
    doubtful.map(({ id }) => id),
  )
}

/** The addresses of the repository `o` in records of its papers. */
const urlsOf = (columns: Sql) => sql`
  select ${columns} from ${x} join ${s} on ${s.paperId} = ${x.paperId}
    cross join lateral jsonb_to_recordset(${s.record}->'repositories') as c(host text, owner text, name text, url text)
  where ${x.repositoryId} = ${o.id} and (c.host, c.owner, c.name) = (${o.host}, ${o.owner}, ${o.name})`

/** Changes repositories whose host was never asked to the first remaining spelling if no record has the spelling in these claims any more. */
async function renewRepositories(tx: Transaction, lost: RepositoryClaim[]): Promise<void> {
  if (lost.length === 0) return
  const renewed = await tx.query<Pick<Renamed, 'id'>>(sql`
    update ${repositoriesTable} set ${repositoriesTable.url} = best.url from (
      select ${o.id}, (${urlsOf(sql`min(c.url collate "C")`)}) as url
      from ${recordset(repositoriesTable, 'r', CLAIMED, lost)}
      join ${o} on ${o.host} = r.host and ${o.owner} = r.owner and ${o.name} = r.name and ${o.url} = r.url and ${o.hostId} is null) best
    where repositories.id = best.id and repositories.url <> best.url
    returning repositories.id`)
  await noteShown(
    tx,
    'repositories',
    renewed.map(({ id }) => id),
  )
}
