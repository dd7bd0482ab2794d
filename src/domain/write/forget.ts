import { alias, assigns, columns, recordset, type Sql, type Stored, sql } from '../../db/sql.ts'
import { authorIdentifiers, authorships, authors as authorsTable } from '../../db/tables/authors.ts'
import { paperIdentifiers, paperRedirects, papers, venues } from '../../db/tables/papers.ts'
import { authorRecordIdentifiers, topicRecords } from '../../db/tables/profiles.ts'
import { paperRepositories, repositories } from '../../db/tables/repositories.ts'
import { sourceRecords } from '../../db/tables/sources.ts'
import { paperTopics, topics } from '../../db/tables/topics.ts'
import type { TopicKind, VenueKind } from '../../db/tables/vocabulary.ts'
import type { Transaction } from '../../db/transaction.ts'
import { noteShown } from '../changes/fan-out.ts'
import { noteFields } from '../changes/note.ts'
import type { AuthorClaim, PaperRecord } from '../record/paper-record.ts'
import type { TopicRecord } from '../record/profile-record.ts'
import { titleKey } from '../record/title-key.ts'
import { findVocabularyTopic } from '../record/topic-vocabulary.ts'
import type { RecordKey } from './match/candidates.ts'
import { readCurated } from './relations/curated.ts'
import { dropFormer } from './relations/former.ts'
import { placeTopics } from './relations/topics.ts'

const a = alias(authorships, 'a')
const sSourceRecords = alias(sourceRecords, 's')
const sTopicRecords = alias(topicRecords, 's')
const iPaperIdentifiers = alias(paperIdentifiers, 'i')
const m = alias(authorRecordIdentifiers, 'm')
const o = alias(authorRecordIdentifiers, 'o')
const c = alias(topics, 'c')
const d = alias(paperRedirects, 'd')
const v = alias(venues, 'v')
const p = alias(papers, 'p')

/** The authors of the papers of some records. */
export async function authorsOfRecords(tx: Transaction, keys: RecordKey[]): Promise<number[]> {
  if (keys.length === 0) return []
  const found = await tx.query<{ id: number }>(sql`
    select distinct ${a.authorId} as id from ${recordset(sourceRecords, 'r', ['source', 'key'], keys)}
    join ${sSourceRecords} on ${sSourceRecords.source} = r.source and ${sSourceRecords.key} = r.key
    join ${a} on ${a.paperId} = ${sSourceRecords.paperId}`)
  return found.map(({ id }) => id)
}

type AuthorIdentifier = AuthorClaim['identifiers'][number]

/**
 * After records with these identifiers were deleted: removes them from authors if no remaining record of their papers or of people states
 * them, and deletes authors without papers.
 */
export async function forgetAuthorIdentifiers(
  tx: Transaction,
  authorIds: number[],
  stated: readonly AuthorIdentifier[],
): Promise<void> {
  const i = alias(authorIdentifiers, 'i')
  if (stated.length > 0)
    await tx.query(sql`
      delete from ${i}
      using (select distinct scheme, value
        from ${recordset(authorIdentifiers, 'x', ['scheme', 'value'], stated)}) r
      where ${i.scheme} = r.scheme and ${i.value} = r.value and ${i.authorId} = any(${authorIds}::bigint[])
        and not exists (
          select from ${a} join ${sSourceRecords} on ${sSourceRecords.paperId} = ${a.paperId}
          cross join jsonb_path_query(${sSourceRecords.record}, '$.authors[*].identifiers[*]') said
          where ${a.authorId} = ${i.authorId} and (
            (said->>'scheme', said->>'value') = (${i.scheme}, ${i.value}) or exists (
              select from ${m}
              join ${o} on ${o.source} = ${m.source} and ${o.key} = ${m.key}
              where ${m.scheme} = said->>'scheme' and ${m.value} = said->>'value'
                and ${o.scheme} = ${i.scheme} and ${o.value} = ${i.value})))`)
  await tx.query(sql`
    delete from ${authorsTable} where ${authorsTable.id} = any(${authorIds}::bigint[]) and ${authorsTable.paperCount} = 0`)
}

/** All identifiers of people in records of papers. */
export function identifiersIn(records: readonly PaperRecord[]): AuthorIdentifier[] {
  return records.flatMap(({ authors }) => authors.flatMap(({ identifiers }) => identifiers))
}

/** Recomputes the parents of topics from the remaining records, and deletes parents that only these needed. */
export async function forgetPlaces(tx: Transaction, gone: readonly TopicRecord[]): Promise<void> {
  const r = alias(topicRecords, 'r')
  const t = alias(topics, 't')
  const named = gone.flatMap(({ slug, parents }) => [slug, ...parents.map((parent) => parent.slug)])
  const slugs = [...new Set(named)].filter((slug) => !findVocabularyTopic(slug))
  await tx.query(
    sql`update ${topics} set ${topics.parentId} = null where ${topics.slug} = any(${slugs}::text[])`,
  )
  const below = await tx.query<Stored<typeof topicRecords, 'slug'>>(sql`
    select distinct ${r.slug} from ${r} cross join jsonb_to_recordset(${r.record}->'parents') as x(slug text)
    where ${r.slug} = any(${slugs}::text[]) or x.slug = any(${slugs}::text[])`)
  await placeTopics(
    tx,
    below.map(({ slug }) => slug),
    await readCurated(tx),
  )
  await dropFormer(
    tx,
    'topics',
    sql`${t.slug} = any(${slugs}::text[]) and ${t.paperCount} = 0
      and not exists (select from ${c} where ${c.parentId} = ${t.id})`,
  )
  const claims = gone.map(({ parents }) => ({ record: { topics: parents } }))
  await renameTopics(
    tx,
    sql`select value->'record' as record from jsonb_array_elements(${JSON.stringify(claims)}::text::jsonb)`,
  )
}

/** Does all of the above for records that were removed from the catalogue. */
export async function forgetClaims(
  tx: Transaction,
  authorIds: number[],
  gone: readonly PaperRecord[],
): Promise<void> {
  await forgetAuthorIdentifiers(tx, authorIds, identifiersIn(gone))
  await forgetCauses(tx, gone)
  await forgetNames(
    tx,
    sql`select value as record from jsonb_array_elements(${JSON.stringify(gone)}::text::jsonb)`,
  )
}

interface Named {
  id: number
  name: string
}

/** After records were deleted: removes identifiers that no paper has any more as the cause of a merge. */
export async function forgetCauses(tx: Transaction, gone: readonly PaperRecord[]): Promise<void> {
  const names = gone.flatMap(({ identifiers }) => identifiers.map((i) => `${i.scheme}:${i.value}`))
  const rows = await tx.query<Stored<typeof paperRedirects, 'paper_id'>>(sql`
    update ${d} set ${paperRedirects.causeValue} = null
    where ${d.causeValue} = any(${names}::text[]) and not exists (
      select from ${iPaperIdentifiers} where ${iPaperIdentifiers.paperId} = ${d.paperId} and ${iPaperIdentifiers.scheme} || ':' || ${iPaperIdentifiers.value} = ${d.causeValue})
    returning ${d.paperId}`)
  noteFields(
    tx,
    rows.map((row) => row.paper_id),
    'mergedFrom',
  )
}

/**
 * After records were removed: topics, venues and repositories whose name only these stated get the best name in the remaining records of
 * their papers. `gone` selects the removed records, as rows with a column `record`.
 */
export async function forgetNames(tx: Transaction, gone: Sql): Promise<void> {
  const r = alias(repositories, 'r')
  const t = alias(repositories, 't')
  const e = alias(paperRepositories, 'e')
  await renameTopics(tx, gone)
  await renameVenues(tx, gone)
  const moved = await tx.query<{ id: number }>(sql`
    with gone as materialized (${gone}), called as (
      select distinct ${columns(r, 'id', 'host', 'owner', 'name')} from gone g
      cross join jsonb_to_recordset(g.record->'repositories') as x(host text, owner text, name text, url text)
      join ${r} on ${r.host} = x.host and ${r.owner} = x.owner and ${r.name} = x.name and ${r.url} = x.url
        and ${r.checkedAt} is null)
    update ${t} set ${repositories.url} = b.url from called c cross join lateral (
      select x.url from ${e} join ${sSourceRecords} on ${sSourceRecords.paperId} = ${e.paperId}
      cross join jsonb_to_recordset(${sSourceRecords.record}->'repositories') as x(host text, owner text, name text, url text)
      where ${e.repositoryId} = c.id and x.host = c.host and x.owner = c.owner and x.name = c.name
      order by x.url collate "C" limit 1) b
    where ${t.id} = c.id and ${t.url} <> b.url returning ${t.id}`)
  await noteShown(
    tx,
    'repositories',
    moved.map(({ id }) => id),
  )
}

async function renameTopics(tx: Transaction, gone: Sql): Promise<void> {
  const t = alias(topics, 't')
  const r = alias(topics, 'r')
  const e = alias(paperTopics, 'e')
  const called = await tx.query<Named & { slug: string }>(sql`
    with gone as materialized (${gone})
    select distinct ${columns(t, 'id', 'slug', 'name')} from gone g
    cross join jsonb_to_recordset(g.record->'topics') as x(slug text, name text, kind text)
    join ${t} on ${t.slug} = x.slug and ${t.name} = x.name and ${t.kind} = x.kind::topic_kind`)
  // A name from the vocabulary has priority over those of sources.
  const ids = called.filter(({ slug }) => !findVocabularyTopic(slug)).map(({ id }) => id)
  const best = await tx.query<Named & { kind: TopicKind }>(sql`
    select ${t.id}, b.name, b.kind from ${t} cross join lateral (
      select y.name, y.kind from (
        select x.* from ${e} join ${sSourceRecords} on ${sSourceRecords.paperId} = ${e.paperId}
        cross join jsonb_to_recordset(${sSourceRecords.record}->'topics') as x(slug text, name text, kind text)
        where ${e.topicId} = ${t.id} and x.slug = ${t.slug}
        union all
        select x.* from ${sTopicRecords}
        cross join jsonb_to_recordset(${sTopicRecords.record}->'parents') as x(slug text, name text, kind text)
        where x.slug = ${t.slug}
      ) y order by y.kind::topic_kind, y.name collate "C" limit 1) b
    where ${t.id} = any(${ids}::bigint[])`)
  const renamed = await tx.query<{ id: number }>(sql`
    update ${t} set ${assigns(topics, r, 'name', 'nameKey', 'kind')}
    from ${recordset(topics, 'r', ['id', 'name', 'nameKey', 'kind'], best.map(withKey))}
    where ${t.id} = ${r.id} and (${columns(t, 'name', 'kind')}) is distinct from (${columns(r, 'name', 'kind')})
    returning ${t.id}`)
  await noteShown(
    tx,
    'topics',
    renamed.map(({ id }) => id),
  )
}

async function renameVenues(tx: Transaction, gone: Sql): Promise<void> {
  const t = alias(venues, 't')
  const r = alias(venues, 'r')
  const best = await tx.query<Named & { acronym: string | null; kind: VenueKind }>(sql`
    with gone as materialized (${gone}), called as (
      select distinct ${v.id}, ${v.slug} from gone g join ${v} on ${v.slug} = g.record->'venue'->>'slug'
      where ${v.name} = g.record->'venue'->>'name' or ${v.acronym} = g.record->'venue'->>'acronym')
    select c.id, b.name, b.acronym, b.kind from called c cross join lateral (
      select x.name, x.acronym, x.kind from ${p} join ${sSourceRecords} on ${sSourceRecords.paperId} = ${p.id}
      cross join lateral (select ${sSourceRecords.record}->'venue'->>'slug' as slug, ${sSourceRecords.record}->'venue'->>'name' as name,
        ${sSourceRecords.record}->'venue'->>'acronym' as acronym, ${sSourceRecords.record}->'venue'->>'kind' as kind) x
      where ${p.venueId} = c.id and x.slug = c.slug
      order by x.acronym is null, x.kind::venue_kind, x.name collate "C", x.acronym collate "C" limit 1) b`)
  const renamed = await tx.query<{ id: number }>(sql`
    update ${t} set ${assigns(venues, r, 'name', 'nameKey', 'acronym', 'kind')}
    from ${recordset(venues, 'r', ['id', 'name', 'nameKey', 'acronym', 'kind'], best.map(withKey))}
    where ${t.id} = ${r.id}
      and (${columns(t, 'name', 'acronym', 'kind')}) is distinct from (${columns(r, 'name', 'acronym', 'kind')})
    returning ${t.id}`)
  await noteShown(
    tx,
    'venue',
    renamed.map(({ id }) => id),
  )
}

const withKey = <Row extends Named>(row: Row) => ({ ...row, nameKey: titleKey(row.name) })
