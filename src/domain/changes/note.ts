import { LOCKS, takeLock } from '../../db/locks/locks.ts'
import { alias, columns, overwrites, sql } from '../../db/sql.ts'
import { changes, paperUpdates } from '../../db/tables/changes.ts'
import { papers } from '../../db/tables/papers.ts'
import type { ChangeKind } from '../../db/tables/vocabulary.ts'
import type { Transaction } from '../../db/transaction.ts'
import type { PaperField } from './fields.ts'

const p = alias(papers, 'p')

/** An event of a paper. Changed fields are noted by `noteFields` instead. */
export interface NotedEvent {
  kind: Exclude<ChangeKind, 'updated'>
  paperId: number
  /** The paper that it was merged into or split from. */
  otherPaperId?: number
  repositoryId?: number
  /** The milestone of `citation_milestone`. */
  citationCount?: number
  /** The number of `new_version`. */
  version?: number | null
  /** The day of `new_version` and `retracted`, as an ISO day; null if unknown. */
  happenedOn?: string | null
}

/**
 * Notes changed fields of papers for the log of changes. Notes are written at the end of the transaction: a paper has one entry however often it
 * is noted, and none if it was created or deleted in the transaction.
 */
export function noteFields(tx: Transaction, ids: Iterable<number>, ...fields: PaperField[]): void {
  const { updated } = notesOf(tx)
  for (const id of ids) {
    const known = updated.get(id)
    if (!known) updated.set(id, new Set(fields))
    else for (const field of fields) known.add(field)
  }
}

/** Notes events of papers for the log of changes. */
export function noteEvents(tx: Transaction, events: Iterable<NotedEvent>): void {
  notesOf(tx).events.push(...events)
}

interface Notes {
  updated: Map<number, Set<PaperField>>
  events: NotedEvent[]
}

const NOTES = new WeakMap<Transaction, Notes>()

function notesOf(tx: Transaction): Notes {
  const known = NOTES.get(tx)
  if (known) return known
  const notes: Notes = { updated: new Map(), events: [] }
  NOTES.set(tx, notes)
  tx.beforeCommit(() => writeChanges(tx, notes))
  return notes
}

interface Row extends Omit<NotedEvent, 'kind'> {
  kind: ChangeKind
  fields?: string
}

/**
 * Writes the log, and with the same statement and time the update times of its papers, so that `updatedSince` agrees with the log. The lock
 * keeps other transactions from writing to the log until the commit, so that the numbers of rows are in the order of commits, and a reader
 * never finds a number below those it has seen. Taken last, the lock makes others wait for a commit at most.
 */
async function writeChanges(tx: Transaction, notes: Notes): Promise<void> {
  const rows = rowsOf(notes)
  if (rows.length === 0) return
  await takeLock(tx, LOCKS.changes)
  const column = <T>(read: (row: Row) => T | undefined) => rows.map((row) => read(row) ?? null)
  await tx.query(sql`
    with now as materialized (
      select clock_timestamp() as at
    ), dated as (
      insert into ${paperUpdates} (${columns(paperUpdates, 'paperId', 'updatedAt')})
      select ${p.id}, now.at from ${p}, now where ${p.id} = any(${stayingOf(rows)}::bigint[])
      on conflict (${paperUpdates.paperId}) do update set ${overwrites(paperUpdates, 'updatedAt')}
    )
    insert into ${changes} (${columns(changes, 'kind', 'paperId', 'otherPaperId', 'repositoryId', 'citationCount', 'version', 'happenedOn', 'fields', 'at')})
    select r.kind, r.paper_id, r.other_paper_id, r.repository_id, r.citation_count, r.version, r.happened_on, string_to_array(r.fields, ' '), now.at
    from unnest(${column(({ kind }) => kind)}::change_kind[], ${column(({ paperId }) => paperId)}::bigint[],
      ${column(({ otherPaperId }) => otherPaperId)}::bigint[], ${column(({ repositoryId }) => repositoryId)}::bigint[],
      ${column(({ citationCount }) => citationCount)}::int[], ${column(({ version }) => version)}::int[],
      ${column(({ happenedOn }) => happenedOn)}::date[], ${column(({ fields }) => fields)}::text[])
      with ordinality as r(kind, paper_id, other_paper_id, repository_id, citation_count, version, happened_on, fields, place), now
    order by r.place`)
}

/** The papers of these changes that still exist. */
const stayingOf = (rows: readonly Row[]) => [
  ...new Set(rows.flatMap(({ kind, paperId }) => (DEPARTURES.has(kind) ? [] : [paperId]))),
]

/** The rows of the log: first new and deleted papers, then changed fields, then other events. */
function rowsOf({ updated, events }: Notes): Row[] {
  const { rows, settled } = comingAndGoing(events)
  const fieldsOf = (paperId: number) => [...(updated.get(paperId) ?? [])].sort().join(' ')
  for (const paperId of updated.keys())
    if (!settled.has(paperId)) rows.push({ kind: 'updated', paperId, fields: fieldsOf(paperId) })
  for (const event of events)
    if (!ARRIVALS.has(event.kind) && !DEPARTURES.has(event.kind) && !settled.has(event.paperId))
      rows.push(
        event.kind === 'new_version' ? { ...event, fields: fieldsOf(event.paperId) } : event,
      )
  return rows
}

const ARRIVALS = new Set<ChangeKind>(['created', 'split'])
const DEPARTURES = new Set<ChangeKind>(['merged', 'deleted'])

/** New and deleted papers, without those that were created and deleted in this transaction. */
function comingAndGoing(events: NotedEvent[]) {
  const byPaper = new Map<number, NotedEvent[]>()
  for (const event of events) {
    if (!ARRIVALS.has(event.kind) && !DEPARTURES.has(event.kind)) continue
    const known = byPaper.get(event.paperId)
    if (known) known.push(event)
    else byPaper.set(event.paperId, [event])
  }
  const rows: Row[] = []
  for (const ofPaper of byPaper.values()) {
    const [first, last] = [ofPaper[0], ofPaper.at(-1)]
    if (!first || !last) continue
    const wasThere = DEPARTURES.has(first.kind)
    if (wasThere) rows.push(DEPARTURES.has(last.kind) ? last : first)
    if (ARRIVALS.has(last.kind)) rows.push(wasThere || first === last ? last : first)
  }
  return { rows, settled: new Set(byPaper.keys()) }
}
