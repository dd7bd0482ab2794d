import sql, { type Sql } from 'sql-template-tag'
import type { Transaction } from '../../db/transaction.ts'
import { edgeLicence } from '../entity/source.ts'
import { isAmong, isAmongSql } from '../record/licence.ts'
import { type ExportedPapers, inBatches } from './papers.ts'

/** One line of paperql's own format, as JSON that the database wrote: numbers and texts stay what they are. */
interface Line {
  line: string
}

const BATCH_SIZE = 1000

const allowed = (licence: Sql, excluded: readonly string[]) =>
  excluded.length === 0
    ? sql`true`
    : sql`not ${isAmongSql(
        licence,
        excluded.map((name) => name.toLowerCase()),
      )}`

const kept = (name: string, alias: Sql) => sql`
  json_build_object(${name}::text, ${alias}.record, 'fetchedAt', ${alias}.fetched_at)::text as line`

/** The records of papers, those of a paper together: one statement. */
export async function recordsOfPapers(
  tx: Transaction,
  ids: readonly number[],
  excluded: readonly string[],
): Promise<string[]> {
  const rows = await tx.query<Line>(sql`
    select ${kept('record', sql`s`)} from source_records s
    where s.paper_id = any(${ids}::bigint[]) and ${allowed(sql`s.licence`, excluded)}
    order by s.paper_id, s.source, s.key`)
  return rows.map(({ line }) => line)
}

/** What operators decided: it has to be known before the records come, and stands before them. */
export async function* decisionLines(
  tx: Transaction,
  { ids, isWhole }: ExportedPapers,
): AsyncGenerator<string[]> {
  const isOnOne = sql`exists (
    select from jsonb_to_recordset(d.records) as k(source text, key text)
    join source_records s on s.source = k.source and s.key = k.key where s.paper_id in (${ids}))`
  const query = sql`
    select json_build_object('decision', json_build_object('kind', d.kind, 'records', d.records,
      'reason', d.reason, 'decidedBy', d.decided_by, 'decidedAt', d.decided_at, 'undoneBy', d.undone_by,
      'undoneAt', d.undone_at, 'undoneReason', d.undone_reason))::text as line
    from curation_decisions d where ${isWhole ? sql`true` : isOnOne} order by d.id`
  for await (const rows of inBatches<Line>(tx, query, BATCH_SIZE))
    yield rows.map(({ line }) => line)
}

/** What the catalogue keeps beside the records of papers, of the papers exported or, where all are, all of it. */
export async function* recordsBeside(
  tx: Transaction,
  papers: ExportedPapers,
): AsyncGenerator<string[]> {
  for (const query of [
    ...recordsOfNone(papers),
    ...profiles(papers),
    repositories(papers),
    await citations(tx, papers),
  ])
    for await (const rows of inBatches<Line>(tx, query, BATCH_SIZE))
      yield rows.map(({ line }) => line)
}

/** Records whose paper is not there yet. */
function recordsOfNone({ isWhole, excluded }: ExportedPapers): Sql[] {
  if (!isWhole) return []
  return [
    sql`select ${kept('record', sql`s`)} from source_records s
      where s.paper_id is null and ${allowed(sql`s.licence`, excluded)} order by s.source, s.key`,
  ]
}

/** Records of people and topics. */
function profiles({ ids, isWhole, excluded }: ExportedPapers): Sql[] {
  const licence = allowed(sql`r.licence`, excluded)
  const isAuthor = sql`exists (
    select from author_record_identifiers i
    join author_identifiers u on u.scheme = i.scheme and u.value = i.value
    join authorships a on a.author_id = u.author_id
    where i.source = r.source and i.key = r.key and a.paper_id in (${ids}))`
  const isTopic = sql`exists (
    select from topics t join paper_topics x on x.topic_id = t.id
    where t.slug = r.slug and x.paper_id in (${ids}))`
  return [
    sql`select ${kept('profile', sql`r`)} from author_records r
      where ${licence} and ${isWhole ? sql`true` : isAuthor} order by r.source, r.key`,
    sql`select ${kept('profile', sql`r`)} from topic_records r
      where ${licence} and ${isWhole ? sql`true` : isTopic} order by r.source, r.key`,
  ]
}

/** What hosts said of repositories, or others of their stars. */
function repositories({ ids, isWhole }: ExportedPapers): Sql {
  const isLinked = sql`exists (
    select from paper_repositories x where x.repository_id = r.id and x.paper_id in (${ids}))`
  return sql`
    select json_build_object('repository', json_build_object('host', r.host, 'owner', r.owner, 'name', r.name,
      'formerNames', coalesce((select json_agg(json_build_object('owner', n.owner, 'name', n.name)
        order by n.owner, n.name) from repository_names n where n.repository_id = r.id), '[]'),
      'facts', case when r.host_id is not null then json_build_object('hostId', r.host_id,
        'owner', split_part(r.url, '/', 4), 'name', split_part(r.url, '/', 5), 'url', r.url,
        'description', r.description, 'stars', coalesce(r.stars, 0), 'forks', coalesce(r.forks, 0),
        'language', r.language, 'licence', r.licence, 'isArchived', r.is_archived, 'pushedAt', r.pushed_at) end,
      'etag', r.etag, 'isGone', r.is_gone, 'checkedAt', r.checked_at,
      'starHistory', coalesce((select json_agg(json_build_object('on', h.observed_on, 'stars', h.stars)
        order by h.observed_on) from repository_stars h where h.repository_id = r.id), '[]')))::text as line
    from repositories r
    where (r.checked_at is not null or r.stars is not null) and ${isWhole ? sql`true` : isLinked} order by r.id`
}

/** What sources of nothing but citations say of what the papers cite. */
async function citations(
  tx: Transaction,
  { ids, isWhole, excluded }: ExportedPapers,
): Promise<Sql> {
  const sources = await tx.query<{ source: string }>(sql`
    select distinct source from citation_edges`)
  const names = sources.map(({ source }) => source)
  const shown = names.filter((source) => !isAmong(edgeLicence(source), excluded))
  const isCiting = sql`exists (
    select from paper_identifiers i where i.scheme = e.citing_scheme and i.value = e.citing_value
      and i.paper_id in (${ids}))`
  return sql`
    select json_build_object('citation', json_build_object('source', e.source,
      'citing', json_build_object('scheme', e.citing_scheme, 'value', e.citing_value),
      'cited', json_build_object('scheme', e.cited_scheme, 'value', e.cited_value),
      'isInfluential', e.is_influential, 'intents', e.intents))::text as line
    from citation_edges e
    where e.source = any(${excluded.length === 0 ? names : shown}::text[]) and ${isWhole ? sql`true` : isCiting}
    order by e.source, e.citing_scheme, e.citing_value, e.cited_scheme, e.cited_value`
}
