import { LOCKS, takeLock } from '../../db/locks/locks.ts'
import { alias, columns, raw, recordset, sql } from '../../db/sql.ts'
import { authorRecordIdentifiers } from '../../db/tables/profiles.ts'
import type { Transaction } from '../../db/transaction.ts'
import { keyOfTopic } from '../record/keywords/vocabulary-keys.ts'
import type {
  AuthorRecord,
  InstitutionRecord,
  ProfileRecord,
  TopicRecord,
} from '../record/profile-record.ts'
import { setProfilesAside } from './excluded/profiles.ts'
import { writeInstitutionRecords } from './institutions/records.ts'
import { recordHash } from './match/entries.ts'
import type { WriteCounts } from './match/outcome.ts'
import { readCurated } from './relations/curated.ts'
import { placeTopics } from './relations/topics.ts'
import { forgetProfiles, linkAuthors, linkedBy } from './relink-authors.ts'
import { noteChangedKeys } from './topics/rows.ts'

const t = alias(authorRecordIdentifiers, 't')

/**
 * Stores records of authors, topics and institutions, whether or not these are in the catalogue, and updates existing ones. No two records may
 * share type, source and key. The number of statements does not depend on the number of records. Writers take turns, also with writers of
 * papers.
 */
export async function writeProfiles(
  tx: Transaction,
  records: readonly ProfileRecord[],
): Promise<WriteCounts> {
  await takeLock(tx, LOCKS.write)
  const { shown, removed, hidden, unchanged } = await setProfilesAside(tx, records)
  if (removed.length > 0) await forgetProfiles(tx, removed)
  const counts = await writeShown(tx, shown)
  return { ...counts, waiting: hidden, unchanged: counts.unchanged + unchanged }
}

async function writeShown(tx: Transaction, records: readonly ProfileRecord[]) {
  const authors = records.filter((record): record is AuthorRecord => record.type === 'author')
  const topics = records.filter((record): record is TopicRecord => record.type === 'topic')
  const ofAuthors = await keep(tx, 'author_records', authors)
  await writeIdentifiers(tx, ofAuthors.changed)
  await linkAuthors(tx, linkedBy(ofAuthors.changed))
  const ofTopics = await keep(tx, 'topic_records', topics)
  const slugs = [...new Set(ofTopics.changed.map(({ slug }) => slug))]
  await placeTopics(tx, slugs, await readCurated(tx))
  await noteChangedKeys(
    tx,
    slugs.map((slug) => keyOfTopic({ slug, kind: 'field' })),
  )
  const places = records.filter(
    (record): record is InstitutionRecord => record.type === 'institution',
  )
  const ofPlaces = await keep(tx, 'institution_records', places)
  await writeInstitutionRecords(tx, ofPlaces.changed)
  const created = ofAuthors.created + ofTopics.created + ofPlaces.created
  const updated =
    ofAuthors.changed.length + ofTopics.changed.length + ofPlaces.changed.length - created
  return { created, updated, merged: 0, unchanged: records.length - created - updated, waiting: 0 }
}

/** The column, besides its key, by which a record of each table is found. */
const FOUND_BY = {
  author_records: null,
  topic_records: 'slug',
  institution_records: 'ror',
} as const

/** Writes the records that are new or have changed, and returns those. */
async function keep<T extends ProfileRecord>(
  tx: Transaction,
  table: keyof typeof FOUND_BY,
  records: T[],
): Promise<{ created: number; changed: T[] }> {
  if (records.length === 0) return { created: 0, changed: [] }
  const hashed = records.map((record) => ({ record, hash: recordHash(record) }))
  const sources = records.map(({ source }) => source)
  const keys = records.map(({ key }) => key)
  const rows = await tx.query<{ source: string; key: string; content_hash: string }>(sql`
    select r.source, r.key, t.content_hash from unnest(${sources}::text[], ${keys}::text[]) as r(source, key)
    join ${raw(table)} t on t.source = r.source and t.key = r.key`)
  const known = new Map(rows.map((row) => [`${row.source}\n${row.key}`, row.content_hash]))
  const knownHash = ({ source, key }: T) => known.get(`${source}\n${key}`)
  const changed = hashed.filter(({ record, hash }) => knownHash(record) !== hash)
  const created = changed.filter(({ record }) => knownHash(record) === undefined).length
  const given = changed.map(({ record, hash }) => ({ ...record, content_hash: hash, record }))
  const column = FOUND_BY[table]
  const also = raw(column ? `, ${column}` : '')
  await tx.query(sql`
    insert into ${raw(table)} as t (source, key, content_hash, licence, record${also})
    select source, key, content_hash, licence, record${also}
    from jsonb_to_recordset(${JSON.stringify(given)}::text::jsonb)
      as r(source text, key text, content_hash text, licence text, record jsonb, slug text, ror text)
    on conflict (source, key) do update set content_hash = excluded.content_hash, previous_hash = t.content_hash, licence = excluded.licence,
      record = excluded.record, fetched_at = now()${raw(column ? `, ${column} = excluded.${column}` : '')}`)
  return { created, changed: changed.map(({ record }) => record) }
}

async function writeIdentifiers(tx: Transaction, records: AuthorRecord[]): Promise<void> {
  if (records.length === 0) return
  const rows = records.flatMap(({ source, key, identifiers }) =>
    identifiers.map(({ scheme, value }) => ({ scheme, value, source, key })),
  )
  await tx.query(sql`
    delete from ${t}
    using ${recordset(authorRecordIdentifiers, 'r', ['source', 'key'], records)}
    where ${t.source} = r.source and ${t.key} = r.key`)
  await tx.query(sql`
    insert into ${authorRecordIdentifiers} (${columns(authorRecordIdentifiers, 'scheme', 'value', 'source', 'key')})
    select distinct scheme, value, source, key
    from ${recordset(authorRecordIdentifiers, 'r', ['scheme', 'value', 'source', 'key'], rows)}`)
}
