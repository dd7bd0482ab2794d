import { sql } from 'drizzle-orm'
import { bigint, date, index, integer, pgTable, primaryKey, real, text } from 'drizzle-orm/pg-core'
import { id, instant, papers, sortText, topicKind } from './papers.ts'

export const topics = pgTable(
  'topics',
  {
    id: id(),
    slug: sortText().notNull().unique(),
    name: text().notNull(),
    nameKey: sortText('name_key').notNull(),
    kind: topicKind().notNull(),
    parentId: bigint('parent_id', { mode: 'number' }),
    paperCount: integer('paper_count').notNull().default(0),
    createdAt: instant('created_at'),
  },
  (t) => [
    index('topics_name_key_idx').on(t.nameKey, t.id),
    index('topics_paper_count_idx').on(t.paperCount, t.id, t.nameKey),
    index('topics_words_idx').using('gin', sql`key_vector(name_key)`),
    index('topics_parent_idx').on(t.parentId),
  ],
)

export const paperTopics = pgTable(
  'paper_topics',
  {
    paperId: bigint('paper_id', { mode: 'number' })
      .notNull()
      .references(() => papers.id, { onDelete: 'cascade' }),
    topicId: bigint('topic_id', { mode: 'number' })
      .notNull()
      .references(() => topics.id, { onDelete: 'cascade' }),
    score: real(),
    source: text().notNull(),
    /** Copy of the paper's column, so that a topic's newest papers are one index range, however common the topic. */
    publishedSort: date('published_sort', { mode: 'string' }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.paperId, t.topicId] }),
    index('paper_topics_topic_idx').on(t.topicId, t.publishedSort, t.paperId),
  ],
)
