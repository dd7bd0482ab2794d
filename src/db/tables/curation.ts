import { bigint, index, pgTable, primaryKey, smallint, text, timestamp } from 'drizzle-orm/pg-core'
import { identifierScheme, jsonDocument, papers, sortText } from './papers.ts'

const instant = <N extends string>(name: N) =>
  timestamp(name, { withTimezone: true, mode: 'string' })

/** Operators' decisions on which records are one paper. A row changes only when it is undone. */
export const curationDecisions = pgTable('curation_decisions', {
  id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  /** `merge` or `split`, or a change of topics: `merge-topics`, `rename-topic`, `hide-topic` or `place-topic`. */
  kind: text().notNull(),
  /** Each record with its part: 0, or 1 for those that were split off. Empty for a decision on topics. */
  records: jsonDocument().notNull(),
  /** A `TopicDecision`; null for a decision on records. */
  topic: jsonDocument(),
  reason: text(),
  decidedBy: text('decided_by').notNull(),
  decidedAt: instant('decided_at').notNull().defaultNow(),
  undoneBy: text('undone_by'),
  undoneAt: instant('undone_at'),
  undoneReason: text('undone_reason'),
})

/** The newest decision in force on each record, derived from the table above. The record may not exist. */
export const curatedRecords = pgTable(
  'curated_records',
  {
    source: text().notNull(),
    key: sortText().notNull(),
    decisionId: bigint('decision_id', { mode: 'number' })
      .notNull()
      .references(() => curationDecisions.id, { onDelete: 'cascade' }),
    part: smallint().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.source, t.key] }),
    index('curated_records_decision_idx').on(t.decisionId),
  ],
)

/** Identifiers that records of one paper state while another paper has them, because the two are kept apart. */
export const contestedIdentifiers = pgTable(
  'contested_identifiers',
  {
    scheme: identifierScheme().notNull(),
    value: sortText().notNull(),
    paperId: bigint('paper_id', { mode: 'number' })
      .notNull()
      .references(() => papers.id, { onDelete: 'cascade' }),
    /** Why they are kept apart: one of `APART_REASONS`. */
    reason: text().notNull().default('decision'),
  },
  (t) => [
    primaryKey({ columns: [t.scheme, t.value, t.paperId] }),
    index('contested_identifiers_paper_idx').on(t.paperId),
  ],
)

/** Papers whose records are connected with those of other papers, and that are grouped again together with them. */
export const entangledPapers = pgTable(
  'entangled_papers',
  {
    paperId: bigint('paper_id', { mode: 'number' })
      .primaryKey()
      .references(() => papers.id, { onDelete: 'cascade' }),
    /** Equal for all connected papers. */
    tangle: bigint({ mode: 'number' }).notNull(),
  },
  (t) => [index('entangled_papers_tangle_idx').on(t.tangle)],
)
