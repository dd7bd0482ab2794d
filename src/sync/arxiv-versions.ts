import { alias, type Sql, sql } from '../db/sql.ts'
import { sourceRecords } from '../db/tables/sources.ts'
import { transaction } from '../db/transaction.ts'
import type { EventClaim } from '../domain/record/paper-record.ts'
import { normaliseIdentifier } from '../domain/reference/identifier.ts'
import type { ArxivEntry } from '../import/sources/arxiv-entry.ts'
import { arxivIdOf } from '../import/sources/arxiv-oai.ts'
import type { OaiRecord } from './oai-page.ts'

export type Versions = ArxivEntry['versions']

const s = alias(sourceRecords, 's')

/**
 * Reads the versions that the arXiv records of the catalogue state, by arXiv id, in one SQL statement. OAI-PMH states only the first and
 * the newest day, while the snapshot has every version with its number.
 */
export async function readKnownVersions(
  url: string,
  source: string,
  records: readonly OaiRecord[],
): Promise<Map<string, Versions>> {
  const keys = records.flatMap((record) => keyOf(record) ?? [])
  const statement: Sql = sql`
    select ${s.key}, ${s.record}->'events' as events from ${s}
    where ${s.source} = ${source} and ${s.key} = any(${keys}::text[])`
  const rows = await transaction(url, (tx) =>
    tx.query<{ key: string; events: EventClaim[] | null }>(statement),
  )
  return new Map(rows.map(({ key, events }) => [key, versionsIn(events ?? [])]))
}

export const keyOf = (record: OaiRecord) => normaliseIdentifier('arxiv', arxivIdOf(record))

const versionsIn = (events: EventClaim[]): Versions =>
  events
    .filter(({ kind }) => kind === 'version')
    .map(({ number = null, on }) => ({ number, on: on === null ? null : new Date(on) }))
