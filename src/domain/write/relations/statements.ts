import type { Table } from 'drizzle-orm'
import { DAY_MS } from '../../../day.ts'
import { alias, columns, overwrites, recordset, sql } from '../../../db/sql.ts'
import { paperEvents } from '../../../db/tables/events.ts'
import { paperLinks, paperOpenAccess } from '../../../db/tables/links.ts'
import type { Transaction } from '../../../db/transaction.ts'
import { type NotedEvent, noteEvents, noteFields } from '../../changes/note.ts'
import { wholeDay } from '../../record/events.ts'
import type { TargetPaper } from './relations.ts'

const PLACED = ['paperId', 'place']
const LINKS: PaperTable = {
  table: paperLinks,
  key: PLACED,
  values: ['kind', 'url', 'label', 'source'],
}
const EVENTS: PaperTable = {
  table: paperEvents,
  key: PLACED,
  values: ['kind', 'happenedOn', 'precision', 'number', 'reason', 'notice', 'sources'],
}
const ACCESS: PaperTable = {
  table: paperOpenAccess,
  key: ['paperId'],
  values: ['status', 'url', 'licence', 'version', 'source'],
}

/** Existing papers, with those that are being merged into each of them. */
export interface Known {
  /** All papers that may have old rows. */
  cleared: number[]
  /** The target of each paper that is merged into another. */
  redirects: ReadonlyMap<number, number>
}

/**
 * Writes links, events and open-access statements of papers. Returns the papers whose rows changed, and notes these in the log of changes.
 */
export async function writeStatements(
  tx: Transaction,
  papers: TargetPaper[],
  known: Known,
): Promise<void> {
  const { cleared } = known
  const [links, events, access] = await Promise.all([
    writeRows(tx, LINKS, papers.flatMap(linkRows), cleared),
    writeEvents(tx, papers, known),
    writeRows(tx, ACCESS, papers.flatMap(accessRows), cleared),
  ])
  noteFields(tx, links, 'links')
  noteFields(tx, events, 'events')
  noteFields(tx, access, 'openAccess')
}

function linkRows({ paperId, merged }: TargetPaper) {
  return merged.links.map(({ kind, url, label = null, source }, i) => ({
    ...{ paperId, place: i + 1, kind, url, label, source },
  }))
}

function eventRows({ paperId, merged }: TargetPaper) {
  return merged.events.map(({ kind, on, precision, number, reason, notice, sources }, i) => ({
    ...{ paperId, place: i + 1, kind, happenedOn: on },
    precision: on === null ? null : (precision ?? 'day'),
    ...{ number: number ?? null, reason: reason ?? null, notice: notice ?? null, sources },
  }))
}

function accessRows({ paperId, merged: { openAccess } }: TargetPaper) {
  return openAccess === null ? [] : [{ paperId, ...openAccess }]
}

async function writeEvents(
  tx: Transaction,
  papers: TargetPaper[],
  { cleared, redirects }: Known,
): Promise<number[]> {
  const before = await newestVersions(tx, cleared)
  const changed = await writeRows(tx, EVENTS, papers.flatMap(eventRows), cleared)
  const ids = new Map<number, number[]>()
  for (const [from, to] of redirects) ids.set(to, [...(ids.get(to) ?? []), from])
  noteEvents(
    tx,
    papers.flatMap((paper) =>
      newVersion(paper, [paper.paperId, ...(ids.get(paper.paperId) ?? [])], before),
    ),
  )
  return changed
}

/** A version of a paper: its number, its day, or both. */
interface Version {
  number: number | null
  on: string | null
}

/** The newest known version of each paper. */
async function newestVersions(tx: Transaction, ids: number[]): Promise<Map<number, Version>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.query<Version & { id: number }>(sql`
    select distinct on (${paperEvents.paperId}) ${paperEvents.paperId} as id, ${paperEvents.number},
      ${paperEvents.happenedOn}::text as on
    from ${paperEvents} where ${paperEvents.paperId} = any(${ids}::bigint[]) and ${paperEvents.kind} = 'version'
    order by ${paperEvents.paperId}, ${paperEvents.place}`)
  return new Map(rows.map(({ id, ...version }) => [id, version]))
}

/** The new version of a paper. The first version to become known is not a new one. */
function newVersion(
  { paperId, merged }: TargetPaper,
  ids: number[],
  before: ReadonlyMap<number, Version>,
): NotedEvent[] {
  const known = ids.flatMap((id) => before.get(id) ?? [])
  const [newest] = merged.events.filter(({ kind }) => kind === 'version')
  if (!newest || known.length === 0) return []
  const version = { number: newest.number ?? null, on: newest.on }
  if (!known.every((old) => isLater(version, old))) return []
  return [{ kind: 'new_version', paperId, version: version.number, happenedOn: wholeDay(newest) }]
}

/** Compares versions by number, or else by day: sources in different time zones may state two days for one instant. */
function isLater(version: Version, old: Version): boolean {
  if (version.number !== null && old.number !== null) return version.number > old.number
  if (version.on === null || old.on === null) return false
  return Date.parse(version.on) - Date.parse(old.on) > DAY_MS
}

/** A table of paper rows, with the written columns, of which the first are the key. */
interface PaperTable {
  table: Table
  key: readonly string[]
  values: readonly string[]
}

/** Replaces the rows of papers, and returns the papers with a change: one statement. */
async function writeRows(
  tx: Transaction,
  of: PaperTable,
  rows: readonly object[],
  cleared: number[],
): Promise<number[]> {
  if (rows.length + cleared.length === 0) return []
  // All these tables have the columns used here.
  const table = of.table as typeof paperLinks
  const [key, values] = [of.key as 'paperId'[], of.values as 'paperId'[]]
  const t = alias(table, 't')
  const r = alias(table, 'r')
  const excluded = alias(table, 'excluded')
  const changed = await tx.query<{ paper_id: number }>(sql`
    with given as materialized (
      select * from ${recordset(table, 'r', [...key, ...values], rows as never[])}
    ), gone as (
      delete from ${t} where ${t.paperId} = any(${cleared}::bigint[]) and not exists (
        select from given r where (${columns(r, ...key)}) = (${columns(t, ...key)}))
      returning ${t.paperId}
    ), written as (
      insert into ${table} as t (${columns(table, ...key, ...values)})
      select ${columns(r, ...key, ...values)} from given r
      on conflict (${columns(table, ...key)}) do update set ${overwrites(table, ...values)}
      where (${columns(t, ...values)}) is distinct from (${columns(excluded, ...values)})
      returning ${t.paperId}
    )
    select paper_id from gone union select paper_id from written`)
  return changed.map(({ paper_id }) => paper_id)
}
