import { boolean, pgTable, uuid } from 'drizzle-orm/pg-core'
import { instant } from './papers.ts'

/** The public identity of a catalogue: one row, which backups keep. */
export const catalogueIdentity = pgTable('catalogue_identity', {
  /** Always true, so that there is one row. */
  isOnly: boolean('is_only').primaryKey().default(true),
  /** Namespace of the ids of feeds and their entries. */
  id: uuid().notNull().defaultRandom(),
  createdAt: instant('created_at'),
})
