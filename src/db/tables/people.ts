import { bigint, index, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core'
import { curationDecisions } from './curation.ts'
import { authors, id, sortText } from './papers.ts'

/** Names whose authorships changed since they were last clustered: one row for each transaction that changed some. */
export const unsettledNames = pgTable('unsettled_names', {
  id: id(),
  /** As `authorships.name_block`. */
  names: text().array().notNull(),
})

/** What would make these authors one, and does not, as something else contradicts it: see `groupSlots`. */
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

/**
 * The newest decision in force on each name in the byline of a record: what operators decided on which authorships are one
 * person's. The record need not exist.
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
