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
 * What changed in the catalogue, in the order of the commits: who adds rows holds `LOCKS.changes` until the commit, see
 * `domain/changes`. Papers and repositories are not foreign keys, because they may be gone.
 */
export const changes = pgTable(
  'changes',
  {
    id: id(),
    kind: changeKind().notNull(),
    paperId: bigint('paper_id', { mode: 'number' }).notNull(),
    /** What a paper was merged into, or was split from. */
    otherPaperId: bigint('other_paper_id', { mode: 'number' }),
    repositoryId: bigint('repository_id', { mode: 'number' }),
    /** Names of the fields of `Paper` that changed; null for other kinds than `updated` and `new_version`. */
    fields: text().array(),
    /** The milestone of `citation_milestone`. */
    citationCount: integer('citation_count'),
    /** Number of the newest version of `new_version`. */
    version: integer(),
    /** Day of the version or of the retraction, where known. */
    happenedOn: date('happened_on', { mode: 'string' }),
    at: instant('at'),
  },
  (t) => [
    index('changes_paper_idx').on(t.paperId, t.id),
    index('changes_kind_idx').on(t.kind, t.id),
  ],
)

/**
 * When each paper was last updated: the time of its newest entry in `changes`, kept for longer than these. Beside `papers`, whose rows
 * go into twenty indexes whenever they are written: what an import links to papers that are there would cost as much as new ones.
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

/** One row: which log `changes` is, and how much of it is no longer there. */
export const changeLog = pgTable(
  'change_log',
  {
    id: smallint().primaryKey(),
    /** Another after a restore, as the numbers of changes begin to mean others then. */
    epoch: text().notNull(),
    /** The last change that was deleted because of its age; 0 where none was. */
    forgottenThrough: bigint('forgotten_through', { mode: 'number' }).notNull().default(0),
  },
  (t) => [check('change_log_one_row', sql`${t.id} = 1`)],
)
