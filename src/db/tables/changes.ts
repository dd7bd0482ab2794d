import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  date,
  index,
  integer,
  pgEnum,
  pgTable,
  smallint,
  text,
} from 'drizzle-orm/pg-core'
import { id, instant, papers } from './papers.ts'
import { CHANGE_KINDS } from './vocabulary.ts'

export const changeKind = pgEnum('change_kind', CHANGE_KINDS)

/**
 * Changes of the catalogue, in the order of the commits: writers hold `LOCKS.changes` until the commit, see `domain/changes`. Papers and
 * repositories are not foreign keys, because they may have been deleted.
 */
export const changes = pgTable(
  'changes',
  {
    id: id(),
    kind: changeKind().notNull(),
    paperId: bigint('paper_id', { mode: 'number' }).notNull(),
    /** The paper that it was merged into or split from. */
    otherPaperId: bigint('other_paper_id', { mode: 'number' }),
    repositoryId: bigint('repository_id', { mode: 'number' }),
    /** Names of the fields of `Paper` that changed; null for other kinds than `updated` and `new_version`. */
    fields: text().array(),
    /** The milestone of `citation_milestone`. */
    citationCount: integer('citation_count'),
    /** Number of the newest version of `new_version`. */
    version: integer(),
    /** Day of the version or the retraction, if known. */
    happenedOn: date('happened_on', { mode: 'string' }),
    at: instant('at'),
  },
  (t) => [
    index('changes_paper_idx').on(t.paperId, t.id),
    index('changes_kind_idx').on(t.kind, t.id),
  ],
)

/**
 * When each paper was last updated: the time of its newest entry in `changes`, kept for longer than the entries. It is not in `papers`,
 * because each write of a row there goes into twenty indexes: linking existing papers in an import would cost as much as new ones.
 */
export const paperUpdates = pgTable(
  'paper_updates',
  {
    paperId: bigint('paper_id', { mode: 'number' })
      .primaryKey()
      .references(() => papers.id, { onDelete: 'cascade' }),
    updatedAt: instant('updated_at'),
  },
  (t) => [index('paper_updates_time_idx').on(t.updatedAt, t.paperId)],
)

/** One row: the identity of the log `changes`, and how much of it was deleted. */
export const changeLog = pgTable(
  'change_log',
  {
    id: smallint().primaryKey(),
    /** Differs after a restore, because numbers of changes then mean other changes. */
    epoch: text().notNull(),
    /** The last change that was deleted because of its age; 0 if none was. */
    forgottenThrough: bigint('forgotten_through', { mode: 'number' }).notNull().default(0),
  },
  (t) => [check('change_log_one_row', sql`${t.id} = 1`)],
)
