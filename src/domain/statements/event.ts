import { alias, pick, type Sql, sql } from '../../db/sql.ts'
import { paperEvents } from '../../db/tables/events.ts'
import type { DatePrecision, EventKind } from '../../db/tables/vocabulary.ts'
import type { JsonList } from '../../sql/selection.ts'
import { type Paper, paperEntity } from '../entity/paper.ts'

const e = alias(paperEvents, 'e')

/** A version of a paper, or a notice about it. */
export interface PaperEvent {
  /** Its kind and position, separated by a colon. */
  id: string
  kind: EventKind
  happenedOn: string | null
  precision: DatePrecision | null
  number: number | null
  reason: string | null
  notice: string | null
  sources: string[]
}

/** The events of a paper, if they were selected. */
export const eventsOf = (paper: Paper): PaperEvent[] =>
  (paper as Paper & { events?: PaperEvent[] }).events ?? []

/** The events of the paper `paperId`, the latest first. */
function paperEventList(paperId: Sql): JsonList {
  return {
    entity: {
      id: sql`${e.kind} || ':' || ${e.place}`,
      columns: pick(e, 'kind', 'happenedOn', 'precision', 'number', 'reason', 'notice', 'sources'),
      relations: {},
    },
    from: sql`${e}`,
    condition: sql`${e.paperId} = ${paperId}`,
    order: {
      name: 'paper-events',
      direction: 'asc',
      keys: [{ column: sql`${e.place}`, type: 'integer' }],
      valuesOf: () => [],
    },
    head: () => sql`true`,
  }
}

paperEntity.relations.events = { kind: 'list', list: () => paperEventList(paperEntity.id) }
