import { alias, sql } from '../../db/sql.ts'
import { paperEvents } from '../../db/tables/events.ts'
import { paperLinks, paperOpenAccess } from '../../db/tables/links.ts'
import { papers } from '../../db/tables/papers.ts'
import { eventConditions } from './conditions.ts'
import { type FacetDefinition, plainGroup } from './facet.ts'
import { MAIN_LANGUAGE } from './language.ts'

const p = alias(papers, 'p')
// Not `l`, as which links to the parent of a list are known.
const l = alias(paperLinks, 'f')
const e = alias(paperEvents, 'e')
const o = alias(paperOpenAccess, 'o')

/** Facets of language, links, events and access. */
export const LINK_FACETS = {
  languages: {
    own: ['language'],
    key: sql`${MAIN_LANGUAGE} collate "C"`,
    condition: sql`${p.language} is not null`,
    entity: plainGroup(sql`g.key`),
  },
  linkKinds: {
    own: ['hasLink'],
    key: sql`${l.kind}`,
    join: sql` join ${l} on ${l.paperId} = ${p.id}`,
    count: sql`count(distinct ${p.id})`,
    entity: plainGroup(sql`g.key`),
  },
  eventKinds: {
    own: ['hasEvent'],
    key: sql`${e.kind}`,
    join: sql` join ${e} on ${e.paperId} = ${p.id}`,
    matching: ({ eventOn }) => eventConditions({ eventOn }),
    count: sql`count(distinct ${p.id})`,
    entity: plainGroup(sql`g.key`),
  },
  openAccess: {
    own: ['openAccess'],
    key: sql`${o.status}`,
    join: sql` join ${o} on ${o.paperId} = ${p.id}`,
    entity: plainGroup(sql`g.key`),
  },
} satisfies Record<string, FacetDefinition>
