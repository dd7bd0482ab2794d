import { alias, type Sql, sql } from '../../db/sql.ts'
import { paperEvents } from '../../db/tables/events.ts'
import { paperLinks, paperOpenAccess } from '../../db/tables/links.ts'
import { papers } from '../../db/tables/papers.ts'
import type { EventKind, LinkKind, OpenAccessStatus } from '../../db/tables/vocabulary.ts'
import { and } from '../../sql/list.ts'

const p = alias(papers, 'p')
const l = alias(paperLinks, 'l')
const e = alias(paperEvents, 'e')
const o = alias(paperOpenAccess, 'o')

interface DayRange {
  from?: string | null | undefined
  to?: string | null | undefined
}

/** The conditions of a filter on links, events and access. */
export interface StatementFilter {
  hasLink?: readonly LinkKind[] | null | undefined
  hasEvent?: readonly EventKind[] | null | undefined
  /** Days of an event of one of the kinds in `hasEvent`, or of any event if none are given. */
  eventOn?: DayRange | null | undefined
  openAccess?: readonly OpenAccessStatus[] | null | undefined
}

/** Conditions on `p`. A paper needs one of several values of a field. */
export function statementConditions({
  hasLink,
  hasEvent,
  eventOn,
  openAccess,
}: StatementFilter): Sql[] {
  const events = eventConditions({ hasEvent, eventOn })
  return [
    ...(hasLink
      ? [
          sql`exists (select from ${l} where ${l.paperId} = ${p.id} and ${l.kind} = any(${hasLink}::link_kind[]))`,
        ]
      : []),
    ...(events.length > 0
      ? [sql`exists (select from ${e} where ${and([sql`${e.paperId} = ${p.id}`, ...events])})`]
      : []),
    ...(openAccess
      ? [
          sql`exists (select from ${o} where ${o.paperId} = ${p.id} and ${o.status} = any(${openAccess}::open_access_status[]))`,
        ]
      : []),
  ]
}

/** Conditions on the alias `e` of events. */
export function eventConditions({ hasEvent, eventOn }: StatementFilter): Sql[] {
  return [
    ...(hasEvent ? [sql`${e.kind} = any(${hasEvent}::event_kind[])`] : []),
    ...(eventOn?.from ? [sql`${e.happenedOn} >= ${eventOn.from}::date`] : []),
    ...(eventOn?.to ? [sql`${e.happenedOn} <= ${eventOn.to}::date`] : []),
  ]
}
