import { bigint, index, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core'
import { authors } from './authors.ts'
import { curationDecisions } from './curation.ts'
import { id, instant, papers, sortText } from './papers.ts'

/** Names whose authorships changed since they were last clustered: one row for each transaction that changed some. */
export const unsettledNames = pgTable('unsettled_names', {
  id: id(),
  /** As in `authorships.name_block`. */
  names: text().array().notNull(),
})

/**
 * The evidence of a paper in one short text: see `domain/identity/paper-evidence.ts`. It repeats data of other tables, because clustering a
 * name reads all of its papers.
 */
export const paperEvidence = pgTable('paper_evidence', {
  paperId: bigint('paper_id', { mode: 'number' })
    .primaryKey()
    .references(() => papers.id, { onDelete: 'cascade' }),
  said: text().notNull(),
})

/** Evidence that would join these authors, but that something else contradicts: see `groupSlots`. */
export const contestedPeople = pgTable(
  'contested_people',
  {
    /** `authorships.person`. */
    person: bigint({ mode: 'number' }).notNull(),
    authorId: bigint('author_id', { mode: 'number' })
      .notNull()
      .references(() => authors.id, { onDelete: 'cascade' }),
  },
  (t) => [
    primaryKey({ columns: [t.person, t.authorId] }),
    index('contested_people_author_idx').on(t.authorId),
  ],
)

/** Changes of existing authors because of identifiers that arrived later; kept forever. */
export const identityChanges = pgTable(
  'identity_changes',
  {
    id: id(),
    /** One of `IDENTITY_CHANGES`. */
    kind: text().notNull(),
    /** As `scheme:value`. */
    identifier: sortText().notNull(),
    /** The author at that time; this id may redirect later. */
    authorId: bigint('author_id', { mode: 'number' }).notNull(),
    /**
     * The other author: the one who was joined or split off, had or has what moved, or has the identifier against a decision; null if there
     * is none.
     */
    otherId: bigint('other_id', { mode: 'number' }),
    /** The author's name at that time. */
    name: text().notNull(),
    changedAt: instant('changed_at'),
  },
  (t) => [
    index('identity_changes_author_idx').on(t.authorId),
    index('identity_changes_other_idx').on(t.otherId),
    index('identity_changes_changed_idx').on(t.changedAt),
  ],
)

/**
 * The newest decision in force on each name in the byline of a record: operators' decisions on which authorships are one person's. The
 * record may not exist.
 */
export const curatedAuthorships = pgTable(
  'curated_authorships',
  {
    source: text().notNull(),
    key: sortText().notNull(),
    /** `nameKey` of the name. */
    nameKey: sortText('name_key').notNull(),
    decisionId: bigint('decision_id', { mode: 'number' })
      .notNull()
      .references(() => curationDecisions.id, { onDelete: 'cascade' }),
    part: smallint().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.source, t.key, t.nameKey] }),
    index('curated_authorships_decision_idx').on(t.decisionId),
  ],
)
