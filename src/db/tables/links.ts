import { bigint, index, integer, pgEnum, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { papers } from './papers.ts'
import { LINK_KINDS, OPEN_ACCESS_STATUSES, TEXT_VERSIONS } from './vocabulary.ts'

export const linkKind = pgEnum('link_kind', LINK_KINDS)
export const openAccessStatus = pgEnum('open_access_status', OPEN_ACCESS_STATUSES)
export const textVersion = pgEnum('text_version', TEXT_VERSIONS)

/** Pages and files about papers, besides repositories. */
export const paperLinks = pgTable(
  'paper_links',
  {
    paperId: bigint('paper_id', { mode: 'number' })
      .notNull()
      .references(() => papers.id, { onDelete: 'cascade' }),
    /** Order in which they are shown, from 1. */
    place: integer().notNull(),
    kind: linkKind().notNull(),
    url: text().notNull(),
    label: text(),
    source: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.paperId, t.place] }),
    index('paper_links_kind_idx').on(t.kind, t.paperId),
  ],
)

/** Whether everybody may read a paper, if a source says so. */
export const paperOpenAccess = pgTable(
  'paper_open_access',
  {
    paperId: bigint('paper_id', { mode: 'number' })
      .primaryKey()
      .references(() => papers.id, { onDelete: 'cascade' }),
    status: openAccessStatus().notNull(),
    url: text(),
    licence: text(),
    version: textVersion(),
    source: text().notNull(),
  },
  (t) => [index('paper_open_access_status_idx').on(t.status, t.paperId)],
)
