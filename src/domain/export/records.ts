import { alias, columns, type Sql, type Stored, sql } from '../../db/sql.ts'
import { authorIdentifiers, authorships } from '../../db/tables/authors.ts'
import { citationEdges } from '../../db/tables/citations.ts'
import { curationDecisions } from '../../db/tables/curation.ts'
import {
  institutionRecords,
  institutions,
  paperInstitutions,
} from '../../db/tables/institutions.ts'
import { paperIdentifiers } from '../../db/tables/papers.ts'
import { authorRecordIdentifiers, authorRecords, topicRecords } from '../../db/tables/profiles.ts'
import {
  paperRepositories,
  repositories as repositoriesTable,
  repositoryNames,
  repositoryStars,
} from '../../db/tables/repositories.ts'
import { sourceRecords } from '../../db/tables/sources.ts'
import { paperTopics, topics } from '../../db/tables/topics.ts'
import type { Transaction } from '../../db/transaction.ts'
import { edgeLicence } from '../entity/source.ts'
import { isAmong, isAmongSql } from '../record/merge/licence.ts'
import { type ExportedPapers, inBatches } from './papers.ts'

const s = alias(sourceRecords, 's')
const d = alias(curationDecisions, 'd')
const rAuthorRecords = alias(authorRecords, 'r')
const rTopicRecords = alias(topicRecords, 'r')
const rInstitutionRecords = alias(institutionRecords, 'r')
const u = alias(authorIdentifiers, 'u')
const a = alias(authorships, 'a')
const t = alias(topics, 't')
const n = alias(repositoryNames, 'n')
const h = alias(repositoryStars, 'h')
const e = alias(citationEdges, 'e')

/** A line of paperql's format. The database writes the JSON, so that numbers and texts stay exact. */
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

/** The id of the paper in the log of changes. A record imported elsewhere may belong to a paper with another id. */
const GLOBAL_ID = sql`encode(convert_to('Paper:' || ${s.paperId}, 'UTF8'), 'base64')`

/** The records of papers, grouped by paper. One statement for all. */
export async function recordsOfPapers(
  tx: Transaction,
  ids: readonly number[],
  excluded: readonly string[],
): Promise<string[]> {
  const rows = await tx.query<Line>(sql`
    select json_build_object('record', ${s.record}, 'fetchedAt', ${s.fetchedAt}, 'paperId', ${GLOBAL_ID})::text as line from ${s}
    where ${s.paperId} = any(${ids}::bigint[]) and ${allowed(sql`${s.licence}`, excluded)}
    order by ${columns(s, 'paperId', 'source', 'key')}`)
  return rows.map(({ line }) => line)
}

/** Operators' decisions, written before the records because they must be known when records are read. */
export async function* decisionLines(
  tx: Transaction,
  { ids, isWhole }: ExportedPapers,
): AsyncGenerator<string[]> {
  const isOnOne = sql`exists (
    select from jsonb_to_recordset(${d.records}) as k(source text, key text)
    join ${s} on ${s.source} = k.source and ${s.key} = k.key where ${s.paperId} in (${ids}))`
  const query = sql`
    select json_build_object('decision', json_build_object('kind', ${d.kind}, 'records', ${d.records}, 'topic', ${d.topic},
      'reason', ${d.reason}, 'decidedBy', ${d.decidedBy}, 'decidedAt', ${d.decidedAt}, 'undoneBy', ${d.undoneBy},
      'undoneAt', ${d.undoneAt}, 'undoneReason', ${d.undoneReason}))::text as line
    from ${d} where ${isWhole ? sql`true` : isOnOne} order by ${d.id}`
  for await (const rows of inBatches<Line>(tx, query, BATCH_SIZE))
    yield rows.map(({ line }) => line)
}

/** Stored data other than the records of papers: that of the exported papers or, if all are exported, everything. */
export async function* otherLines(
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

/** Records whose paper is not in the catalogue yet. */
function recordsOfNone({ isWhole, excluded }: ExportedPapers): Sql[] {
  if (!isWhole) return []
  return [
    sql`select ${kept('record', sql`s`)} from ${s}
      where ${s.paperId} is null and ${allowed(sql`${s.licence}`, excluded)} order by ${s.source}, ${s.key}`,
  ]
}

/** Records of people, topics and institutions. */
function profiles({ ids, isWhole, excluded }: ExportedPapers): Sql[] {
  const i = alias(authorRecordIdentifiers, 'i')
  const x = alias(paperTopics, 'x')
  const licence = allowed(sql`${rAuthorRecords.licence}`, excluded)
  const isAuthor = sql`exists (
    select from ${i}
    join ${u} on ${u.scheme} = ${i.scheme} and ${u.value} = ${i.value}
    join ${a} on ${a.authorId} = ${u.authorId}
    where ${i.source} = ${rAuthorRecords.source} and ${i.key} = ${rAuthorRecords.key} and ${a.paperId} in (${ids}))`
  const isTopic = sql`exists (
    select from ${t} join ${x} on ${x.topicId} = ${t.id}
    where ${t.slug} = ${rTopicRecords.slug} and ${x.paperId} in (${ids}))`
  const w = alias(institutions, 'w')
  const pi = alias(paperInstitutions, 'pi')
  const isPlace = sql`exists (
    select from ${w} join ${pi} on ${pi.institutionId} = ${w.id}
    where ${w.ror} = ${rInstitutionRecords.ror} and ${pi.paperId} in (${ids}))`
  return [
    sql`select ${kept('profile', sql`r`)} from ${rAuthorRecords}
      where ${licence} and ${isWhole ? sql`true` : isAuthor} order by ${rAuthorRecords.source}, ${rAuthorRecords.key}`,
    sql`select ${kept('profile', sql`r`)} from ${rTopicRecords}
      where ${licence} and ${isWhole ? sql`true` : isTopic} order by ${rTopicRecords.source}, ${rTopicRecords.key}`,
    sql`select ${kept('profile', sql`r`)} from ${rInstitutionRecords}
      where ${licence} and ${isWhole ? sql`true` : isPlace} order by ${rInstitutionRecords.source}, ${rInstitutionRecords.key}`,
  ]
}

/** Data of hosts about repositories, and their stars from any source. */
function repositories({ ids, isWhole }: ExportedPapers): Sql {
  const r = alias(repositoriesTable, 'r')
  const x = alias(paperRepositories, 'x')
  const isLinked = sql`exists (
    select from ${x} where ${x.repositoryId} = ${r.id} and ${x.paperId} in (${ids}))`
  return sql`
    select json_build_object('repository', json_build_object('host', ${r.host}, 'owner', ${r.owner}, 'name', ${r.name},
      'formerNames', coalesce((select json_agg(json_build_object('owner', ${n.owner}, 'name', ${n.name})
        order by ${n.owner}, ${n.name}) from ${n} where ${n.repositoryId} = ${r.id}), '[]'),
      'facts', case when ${r.hostId} is not null or ${r.language} is not null then json_build_object('hostId', ${r.hostId},
        'owner', split_part(${r.url}, '/', 4), 'name', split_part(${r.url}, '/', 5), 'url', ${r.url},
        'description', ${r.description}, 'stars', coalesce(${r.stars}, 0), 'forks', coalesce(${r.forks}, 0),
        'language', ${r.language}, 'licence', ${r.licence}, 'isArchived', ${r.isArchived}, 'pushedAt', ${r.pushedAt}) end,
      'etag', ${r.etag}, 'isGone', ${r.isGone}, 'checkedAt', ${r.checkedAt},
      'starHistory', coalesce((select json_agg(json_build_object('on', ${h.observedOn}, 'stars', ${h.stars}, 'source', ${h.source})
        order by ${h.observedOn}) from ${h} where ${h.repositoryId} = ${r.id}), '[]')))::text as line
    from ${r}
    where (${r.checkedAt} is not null or ${r.stars} is not null) and ${isWhole ? sql`true` : isLinked} order by ${r.id}`
}

/** Citations of the papers from sources that hold only citations. */
async function citations(
  tx: Transaction,
  { ids, isWhole, excluded }: ExportedPapers,
): Promise<Sql> {
  const i = alias(paperIdentifiers, 'i')
  const sources = await tx.query<Stored<typeof citationEdges, 'source'>>(sql`
    select distinct ${citationEdges.source} from ${citationEdges}`)
  const names = sources.map(({ source }) => source)
  const shown = names.filter((source) => !isAmong(edgeLicence(source), excluded))
  const isCiting = sql`exists (
    select from ${i} where ${i.scheme} = ${e.citingScheme} and ${i.value} = ${e.citingValue}
      and ${i.paperId} in (${ids}))`
  return sql`
    select json_build_object('citation', json_build_object('source', ${e.source},
      'citing', json_build_object('scheme', ${e.citingScheme}, 'value', ${e.citingValue}),
      'cited', json_build_object('scheme', ${e.citedScheme}, 'value', ${e.citedValue}),
      'isInfluential', ${e.isInfluential}, 'intents', ${e.intents},
      'contexts', coalesce(${e.contexts}, '{}')))::text as line
    from ${e}
    where ${e.source} = any(${excluded.length === 0 ? names : shown}::text[]) and ${isWhole ? sql`true` : isCiting}
    order by ${columns(e, 'source', 'citingScheme', 'citingValue', 'citedScheme', 'citedValue')}`
}
