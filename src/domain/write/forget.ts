import sql, { type Sql } from 'sql-template-tag'
import type { Transaction } from '../../db/transaction.ts'
import type { AuthorClaim, PaperRecord } from '../record/paper-record.ts'
import type { TopicRecord } from '../record/profile-record.ts'
import { titleKey } from '../record/title-key.ts'
import { findVocabularyTopic } from '../record/topic-vocabulary.ts'
import type { RecordKey } from './match/candidates.ts'
import { placeTopics } from './relations/topics.ts'

/** The authors of the papers of some records. */
export async function authorsOfRecords(tx: Transaction, keys: RecordKey[]): Promise<number[]> {
  if (keys.length === 0) return []
  const rows = keys.map(({ source, key }) => ({ source, key }))
  const found = await tx.query<{ id: number }>(sql`
    select distinct a.author_id as id
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r(source text, key text)
    join source_records s on s.source = r.source and s.key = r.key
    join authorships a on a.paper_id = s.paper_id`)
  return found.map(({ id }) => id)
}

type AuthorIdentifier = AuthorClaim['identifiers'][number]

/**
 * After records went that stated these identifiers: takes those from authors that follow no more from the records of
 * their papers and of people, and drops authors of whom no paper is left.
 */
export async function forgetAuthorIdentifiers(
  tx: Transaction,
  authorIds: number[],
  stated: readonly AuthorIdentifier[],
): Promise<void> {
  if (stated.length > 0)
    await tx.query(sql`
      delete from author_identifiers i
      using (select distinct scheme, value
        from jsonb_to_recordset(${JSON.stringify(stated)}::text::jsonb) as x(scheme text, value text)) r
      where i.scheme = r.scheme and i.value = r.value and i.author_id = any(${authorIds}::bigint[])
        and not exists (
          select from authorships a join source_records s on s.paper_id = a.paper_id
          cross join jsonb_path_query(s.record, '$.authors[*].identifiers[*]') said
          where a.author_id = i.author_id and (
            (said->>'scheme', said->>'value') = (i.scheme, i.value) or exists (
              select from author_record_identifiers m
              join author_record_identifiers o on o.source = m.source and o.key = m.key
              where m.scheme = said->>'scheme' and m.value = said->>'value'
                and o.scheme = i.scheme and o.value = i.value)))`)
  await tx.query(sql`
    delete from authors where id = any(${authorIds}::bigint[]) and paper_count = 0`)
}

/** All identifiers of people that records of papers state. */
export function identifiersIn(records: readonly PaperRecord[]): AuthorIdentifier[] {
  return records.flatMap(({ authors }) => authors.flatMap(({ identifiers }) => identifiers))
}

/** Topics get their place by the records that are left; the wider ones that were there for those below them alone go. */
export async function forgetPlaces(tx: Transaction, gone: readonly TopicRecord[]): Promise<void> {
  const named = gone.flatMap(({ slug, parents }) => [slug, ...parents.map((parent) => parent.slug)])
  const slugs = [...new Set(named)].filter((slug) => !findVocabularyTopic(slug))
  await tx.query(sql`update topics set parent_id = null where slug = any(${slugs}::text[])`)
  const below = await tx.query<{ slug: string }>(sql`
    select distinct r.slug from topic_records r cross join jsonb_to_recordset(r.record->'parents') as x(slug text)
    where r.slug = any(${slugs}::text[]) or x.slug = any(${slugs}::text[])`)
  await placeTopics(
    tx,
    below.map(({ slug }) => slug),
  )
  await tx.query(sql`
    delete from topics t where t.slug = any(${slugs}::text[]) and t.paper_count = 0
      and not exists (select from topics c where c.parent_id = t.id)`)
  const claims = gone.map(({ parents }) => ({ record: { topics: parents } }))
  await renameTopics(
    tx,
    sql`select value->'record' as record from jsonb_array_elements(${JSON.stringify(claims)}::text::jsonb)`,
  )
}

/** All of these, for records that went from the catalogue. */
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

/** After records went: identifiers that no paper has any more are told no longer as the cause of a merge. */
export async function forgetCauses(tx: Transaction, gone: readonly PaperRecord[]): Promise<void> {
  const names = gone.flatMap(({ identifiers }) => identifiers.map((i) => `${i.scheme}:${i.value}`))
  await tx.query(sql`
    update paper_redirects d set cause_value = null
    where d.cause_value = any(${names}::text[]) and not exists (
      select from paper_identifiers i where i.paper_id = d.paper_id and i.scheme || ':' || i.value = d.cause_value)`)
}

/**
 * After records went: topics, venues and repositories that are called as only these said get the best name that the
 * records of their papers have for them. `gone` gives these records, as rows of a column `record`.
 */
export async function forgetNames(tx: Transaction, gone: Sql): Promise<void> {
  await renameTopics(tx, gone)
  await renameVenues(tx, gone)
  await tx.query(sql`
    with gone as materialized (${gone}), called as (
      select distinct r.id, r.host, r.owner, r.name from gone g
      cross join jsonb_to_recordset(g.record->'repositories') as x(host text, owner text, name text, url text)
      join repositories r on r.host = x.host and r.owner = x.owner and r.name = x.name and r.url = x.url
        and r.checked_at is null)
    update repositories t set url = b.url from called c cross join lateral (
      select x.url from paper_repositories e join source_records s on s.paper_id = e.paper_id
      cross join jsonb_to_recordset(s.record->'repositories') as x(host text, owner text, name text, url text)
      where e.repository_id = c.id and x.host = c.host and x.owner = c.owner and x.name = c.name
      order by x.url collate "C" limit 1) b
    where t.id = c.id and t.url <> b.url`)
}

async function renameTopics(tx: Transaction, gone: Sql): Promise<void> {
  const called = await tx.query<Named & { slug: string }>(sql`
    with gone as materialized (${gone})
    select distinct t.id, t.slug, t.name from gone g
    cross join jsonb_to_recordset(g.record->'topics') as x(slug text, name text, kind text)
    join topics t on t.slug = x.slug and t.name = x.name and t.kind = x.kind::topic_kind`)
  // What the vocabulary names is called so whatever a source says.
  const ids = called.filter(({ slug }) => !findVocabularyTopic(slug)).map(({ id }) => id)
  const best = await tx.query<Named & { kind: string }>(sql`
    select t.id, b.name, b.kind from topics t cross join lateral (
      select y.name, y.kind from (
        select x.* from paper_topics e join source_records s on s.paper_id = e.paper_id
        cross join jsonb_to_recordset(s.record->'topics') as x(slug text, name text, kind text)
        where e.topic_id = t.id and x.slug = t.slug
        union all
        select x.* from topic_records s
        cross join jsonb_to_recordset(s.record->'parents') as x(slug text, name text, kind text)
        where x.slug = t.slug
      ) y order by y.kind::topic_kind, y.name collate "C" limit 1) b
    where t.id = any(${ids}::bigint[])`)
  await tx.query(sql`
    update topics t set name = r.name, name_key = r.key, kind = r.kind::topic_kind
    from jsonb_to_recordset(${withKeys(best)}::text::jsonb) as r(id bigint, name text, key text, kind text)
    where t.id = r.id and (t.name, t.kind) is distinct from (r.name, r.kind::topic_kind)`)
}

async function renameVenues(tx: Transaction, gone: Sql): Promise<void> {
  const best = await tx.query<Named & { acronym: string | null; kind: string }>(sql`
    with gone as materialized (${gone}), called as (
      select distinct v.id, v.slug from gone g join venues v on v.slug = g.record->'venue'->>'slug'
      where v.name = g.record->'venue'->>'name' or v.acronym = g.record->'venue'->>'acronym')
    select c.id, b.name, b.acronym, b.kind from called c cross join lateral (
      select x.name, x.acronym, x.kind from papers p join source_records s on s.paper_id = p.id
      cross join lateral (select s.record->'venue'->>'slug' as slug, s.record->'venue'->>'name' as name,
        s.record->'venue'->>'acronym' as acronym, s.record->'venue'->>'kind' as kind) x
      where p.venue_id = c.id and x.slug = c.slug
      order by x.acronym is null, x.kind::venue_kind, x.name collate "C", x.acronym collate "C" limit 1) b`)
  await tx.query(sql`
    update venues t set name = r.name, name_key = r.key, acronym = r.acronym, kind = r.kind::venue_kind
    from jsonb_to_recordset(${withKeys(best)}::text::jsonb)
      as r(id bigint, name text, key text, acronym text, kind text)
    where t.id = r.id
      and (t.name, t.acronym, t.kind) is distinct from (r.name, r.acronym, r.kind::venue_kind)`)
}

const withKeys = (rows: Named[]) =>
  JSON.stringify(rows.map((row) => ({ ...row, key: titleKey(row.name) })))
