import { alias, type Sql, sql } from '../../db/sql.ts'
import { paperEvents } from '../../db/tables/events.ts'
import { paperLinks, paperOpenAccess } from '../../db/tables/links.ts'
import { papers } from '../../db/tables/papers.ts'
import type { EventKind, LinkKind, OpenAccessStatus } from '../../db/tables/vocabulary.ts'

const p = alias(papers, 'p')
const l = alias(paperLinks, 'l')
const e = alias(paperEvents, 'e')
const o = alias(paperOpenAccess, 'o')

/** What a filter asks of links, events and access. */
export interface StatementFilter {
  hasLink?: readonly LinkKind[] | null | undefined
  hasEvent?: readonly EventKind[] | null | undefined
  openAccess?: readonly OpenAccessStatus[] | null | undefined
}

/** Conditions on `p`; of several values of one field, a paper needs one. */
export function statementConditions({ hasLink, hasEvent, openAccess }: StatementFilter): Sql[] {
  return [
    ...(hasLink
      ? [
          sql`exists (select from ${l} where ${l.paperId} = ${p.id} and ${l.kind} = any(${hasLink}::link_kind[]))`,
        ]
      : []),
    ...(hasEvent
      ? [
          sql`exists (select from ${e} where ${e.paperId} = ${p.id} and ${e.kind} = any(${hasEvent}::event_kind[]))`,
        ]
      : []),
    ...(openAccess
      ? [
          sql`exists (select from ${o} where ${o.paperId} = ${p.id} and ${o.status} = any(${openAccess}::open_access_status[]))`,
        ]
      : []),
  ]
}
