import type { Stored } from '../../db/sql.ts'
import type { contestedIdentifiers } from '../../db/tables/curation.ts'
import type { Transaction } from '../../db/transaction.ts'
import type { PaperField } from '../changes/fields.ts'
import { milestoneBetween } from '../changes/milestone.ts'
import { type NotedEvent, noteEvents, noteFields } from '../changes/note.ts'
import type { Cluster } from './match/match.ts'
import type { ChangedIdentifiers } from './relations/relations.ts'
import type { WrittenRow } from './rows.ts'

/** Notes which papers came, what they were split from, and what the rows and records of the others have now. */
export function noteClusters(tx: Transaction, clusters: Cluster[], rows: WrittenRow[]): void {
  const byId = new Map(rows.map((row) => [row.id, row]))
  for (const { paperId, from, losers, changed } of clusters) {
    const row = byId.get(paperId)
    if (row?.isNew) {
      noteEvents(tx, [arrival(paperId, from)])
      continue
    }
    if (changed.length > 0) noteFields(tx, [paperId], ...changed)
    if (losers.length > 0) noteFields(tx, [paperId], 'mergedFrom')
    if (row) noteRow(tx, row)
  }
}

function arrival(paperId: number, [from]: number[]): NotedEvent {
  return from === undefined
    ? { kind: 'created', paperId }
    : { kind: 'split', paperId, otherPaperId: from }
}

function noteRow(tx: Transaction, row: WrittenRow): void {
  const { id: paperId, fields, citationsBefore, citationsNow } = row
  if (fields !== '') noteFields(tx, [paperId], ...(fields.split(' ') as PaperField[]))
  const milestone = milestoneBetween(citationsBefore, citationsNow)
  noteEvents(tx, [
    ...(row.gotCode ? [{ kind: 'got_code', paperId } as const] : []),
    ...(row.isPublished ? [{ kind: 'published', paperId } as const] : []),
    ...(row.isRetracted ? [{ kind: 'retracted', paperId } as const] : []),
    ...(milestone === null
      ? []
      : [{ kind: 'citation_milestone', paperId, citationCount: milestone } as const]),
  ])
}

/** Notes which papers went, and what became of those that were merged. */
export function noteDepartures(
  tx: Transaction,
  deleted: number[],
  redirects: Map<number, number>,
): void {
  noteEvents(
    tx,
    deleted.map((paperId) => {
      const otherPaperId = redirects.get(paperId)
      return otherPaperId === undefined
        ? { kind: 'deleted', paperId }
        : { kind: 'merged', paperId, otherPaperId }
    }),
  )
}

export function noteIdentifiers(tx: Transaction, { lost, added }: ChangedIdentifiers): void {
  noteFields(tx, [...lost, ...added.map((row) => row.paper_id)], 'identifiers')
}

export type ContestedRow = Stored<
  typeof contestedIdentifiers,
  'scheme' | 'value' | 'paper_id' | 'reason'
>

/** Notes the papers that name other identifiers in vain than before, or for other reasons. */
export function noteContested(tx: Transaction, before: ContestedRow[], now: ContestedRow[]): void {
  const keyOf = ({ scheme, value, paper_id, reason }: ContestedRow) =>
    `${paper_id} ${reason} ${scheme}:${value}`
  const [old, current] = [new Set(before.map(keyOf)), new Set(now.map(keyOf))]
  const differing = [
    ...before.filter((row) => !current.has(keyOf(row))),
    ...now.filter((row) => !old.has(keyOf(row))),
  ]
  noteFields(
    tx,
    differing.map((row) => row.paper_id),
    'conflicts',
  )
}
