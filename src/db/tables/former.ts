import { bigint, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { jsonDocument, sortText } from './papers.ts'

/**
 * Ids of papers, venues, topics, institutions and repositories that were dropped with their last paper: what comes back has its id again, so that
 * what is saved or linked by it leads there. Rows stay when it is back.
 */
export const formerIds = pgTable(
  'former_ids',
  {
    /** The name of the table. */
    kind: text().notNull(),
    /** What makes it the same: a slug, `institutions.entity`, the source and key of a record of a paper, or host, owner and name of a repository, one row for each that it had. */
    key: sortText().notNull(),
    id: bigint({ mode: 'number' }).notNull(),
    /** Of a repository, all that its host said, which no record would bring back; null of others. */
    kept: jsonDocument(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.key] }), index('former_ids_id_idx').on(t.kind, t.id)],
)

/** Places in bylines that are gone with their papers or with what these were called by, and whose they were: who comes back has the id again. */
export const formerAuthorships = pgTable(
  'former_authorships',
  {
    /** No foreign keys: both may be gone. */
    paperId: bigint('paper_id', { mode: 'number' }).notNull(),
    authorId: bigint('author_id', { mode: 'number' }).notNull(),
    position: integer().notNull(),
    name: text().notNull(),
    /** As in `authorships`. */
    identifiers: text().array(),
    person: bigint({ mode: 'number' }),
  },
  (t) => [
    primaryKey({ name: 'former_authorships_pk', columns: [t.paperId, t.authorId] }),
    index('former_authorships_author_idx').on(t.authorId),
  ],
)
