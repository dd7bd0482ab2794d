import { alias, type Stored, sql } from '../../db/sql.ts'
import { citationEdges, paperReferences } from '../../db/tables/citations.ts'
import { contestedIdentifiers } from '../../db/tables/curation.ts'
import { paperIdentifiers } from '../../db/tables/papers.ts'
import type { Transaction } from '../../db/transaction.ts'
import type { PaperField } from '../changes/fields.ts'
import { milestoneBetween } from '../changes/milestone.ts'
import { type NotedEvent, noteEvents, noteFields } from '../changes/note.ts'
import type { Cluster } from './match/outcome.ts'
import type { ChangedIdentifiers } from './relations/relations.ts'
import type { WrittenRow } from './rows.ts'

const c = alias(contestedIdentifiers, 'c')
const e = alias(citationEdges, 'e')
const i = alias(paperIdentifiers, 'i')
const r = alias(paperReferences, 'r')

/**
 * Notes new papers, the papers that they were split from, and changed fields of the others. Events such as a citation milestone are not noted
 * for papers with returned records, because these papers had their code and citations before.
 */
export function noteClusters(
  tx: Transaction,
  clusters: Cluster[],
  rows: WrittenRow[],
  retractedOn: ReadonlyMap<number, string | null>,
): void {
  const byId = new Map(rows.map((row) => [row.id, row]))
  for (const { paperId, from, losers, changed, incoming } of clusters) {
    const row = byId.get(paperId)
    if (row?.isNew) {
      noteEvents(tx, [arrival(paperId, from)])
      continue
    }
    if (changed.length > 0) noteFields(tx, [paperId], ...changed)
    if (losers.length > 0) noteFields(tx, [paperId], 'mergedFrom')
    if (row) noteFieldsOf(tx, row)
    if (row && !isBack(incoming)) noteRow(tx, row, retractedOn.get(paperId) ?? null)
  }
}

function arrival(paperId: number, [from]: number[]): NotedEvent {
  return from === undefined
    ? { kind: 'created', paperId }
    : { kind: 'split', paperId, otherPaperId: from }
}

const isBack = (incoming: Cluster['incoming']) => incoming.some(({ paperId }) => paperId != null)

function noteFieldsOf(tx: Transaction, { id, fields }: WrittenRow): void {
  if (fields !== '') noteFields(tx, [id], ...(fields.split(' ') as PaperField[]))
}

function noteRow(tx: Transaction, row: WrittenRow, retractedOn: string | null): void {
  const { id: paperId, citationsBefore, citationsNow } = row
  const milestone = milestoneBetween(citationsBefore, citationsNow)
  noteEvents(tx, [
    ...(row.gotCode ? [{ kind: 'got_code', paperId } as const] : []),
    ...(row.isPublished ? [{ kind: 'published', paperId } as const] : []),
    ...(row.isRetracted ? [{ kind: 'retracted', paperId, happenedOn: retractedOn } as const] : []),
    ...(milestone === null
      ? []
      : [{ kind: 'citation_milestone', paperId, citationCount: milestone } as const]),
  ])
}

/** Notes deleted papers; for those merged into another paper, also that paper. */
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

/**
 * Notes papers whose identifiers changed, and those of them whose references change as well: references to a paper's own identifiers are
 * hidden, and sources that have only citations state references by the identifier of the citing paper.
 */
export async function noteIdentifiers(
  tx: Transaction,
  { lost, added }: ChangedIdentifiers,
  old: ReadonlySet<number>,
): Promise<void> {
  const changed = [...lost, ...added].filter((row) => old.has(row.paper_id))
  if (changed.length === 0) return
  noteFields(
    tx,
    changed.map((row) => row.paper_id),
    'identifiers',
  )
  const rows = await tx.query<{ id: number }>(sql`
    with named as materialized (
      select * from unnest(${changed.map((row) => row.paper_id)}::bigint[], ${changed.map(({ scheme }) => scheme)}::identifier_scheme[],
        ${changed.map(({ value }) => value)}::text[]) as n(paper_id, scheme, value)
    )
    select ${r.paperId} as id from named n
    join ${r} on ${r.paperId} = n.paper_id and ${r.scheme} = n.scheme and ${r.value} = n.value
    union
    select n.paper_id from named n join ${e} on ${e.citingScheme} = n.scheme and ${e.citingValue} = n.value`)
  noteFields(
    tx,
    rows.map(({ id }) => id),
    'references',
  )
}

export type ContestedRow = Stored<
  typeof contestedIdentifiers,
  'scheme' | 'value' | 'paper_id' | 'reason'
>

/**
 * Notes papers with changed claims to an identifier. If the papers that have it or claim it changed, all of these are noted; if the reason of a
 * claim changed, that paper and those that have the identifier.
 */
export async function noteContested(
  tx: Transaction,
  before: ContestedRow[],
  now: ContestedRow[],
  added: ChangedIdentifiers['added'],
): Promise<void> {
  const keyOf = ({ scheme, value, paper_id, reason }: ContestedRow) =>
    `${paper_id} ${reason} ${scheme}:${value}`
  const [old, current] = [new Set(before.map(keyOf)), new Set(now.map(keyOf))]
  const claims = [
    ...before.filter((row) => !current.has(keyOf(row))),
    ...now.filter((row) => !old.has(keyOf(row))),
  ]
  const names = [...claims, ...added]
  if (names.length === 0) return
  const pairOf = ({ scheme, value, paper_id }: Omit<ContestedRow, 'reason'>) =>
    `${paper_id} ${scheme}:${value}`
  const [oldPairs, currentPairs] = [new Set(before.map(pairOf)), new Set(now.map(pairOf))]
  const isOfOther = names.map(
    (row) => !(oldPairs.has(pairOf(row)) && currentPairs.has(pairOf(row))),
  )
  const rows = await tx.query<{ id: number }>(sql`
    with named as materialized (
      select * from unnest(${names.map(({ scheme }) => scheme)}::identifier_scheme[], ${names.map(({ value }) => value)}::text[], ${isOfOther}::bool[])
        with ordinality as n(scheme, value, is_of_other, place)
    )
    select ${c.paperId} as id from named n join ${c} on n.is_of_other and ${c.scheme} = n.scheme and ${c.value} = n.value
    union
    select ${i.paperId} from named n join ${i} on ${i.scheme} = n.scheme and ${i.value} = n.value
    where n.place <= ${claims.length}::int or exists (
      select from ${c} where ${c.scheme} = n.scheme and ${c.value} = n.value)`)
  noteFields(tx, [...claims.map((row) => row.paper_id), ...rows.map(({ id }) => id)], 'conflicts')
}
