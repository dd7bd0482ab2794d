import { bigint, index, pgTable, primaryKey, real, smallint, text } from 'drizzle-orm/pg-core'
import { curationDecisions } from './curation.ts'
import { papers, sortText, topicKind } from './papers.ts'
import { topics } from './topics.ts'

/** Keywords as sources print them, with what makes some of them topics. */
export const paperKeywords = pgTable(
  'paper_keywords',
  {
    paperId: bigint('paper_id', { mode: 'number' })
      .notNull()
      .references(() => papers.id, { onDelete: 'cascade' }),
    slug: sortText().notNull(),
    /** As printed. */
    name: text().notNull(),
    position: smallint().notNull(),
    /** What all spellings of the keyword have in common; null of what cannot be a topic, such as a sentence. */
    key: sortText(),
    /** The acronym that stands beside the long form, or that the paper's abstract gives a long form, which `key` is then of. */
    acronym: sortText(),
    /** Where the paper says it: 2 in its title, 1 in its abstract, 0 nowhere. */
    said: smallint().notNull(),
    /** Key of the last author: papers of one group count once. */
    authorGroup: sortText('author_group').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.paperId, t.slug] }),
    index('paper_keywords_slug_idx').on(t.slug, t.paperId),
    index('paper_keywords_key_idx').on(t.key, t.paperId),
    index('paper_keywords_acronym_idx').on(t.acronym, t.key),
  ],
)

/** Topics that sources state of papers, but for those of the vocabulary and categories, which need no variants. */
export const topicClaims = pgTable(
  'topic_claims',
  {
    paperId: bigint('paper_id', { mode: 'number' })
      .notNull()
      .references(() => papers.id, { onDelete: 'cascade' }),
    slug: sortText().notNull(),
    name: text().notNull(),
    kind: topicKind().notNull(),
    key: sortText().notNull(),
    score: real(),
    source: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.paperId, t.slug] }),
    index('topic_claims_key_idx').on(t.key, t.paperId),
  ],
)

/** The topics that keys lead to, and why. Derived from the tables above, the vocabulary and operators' decisions. */
export const topicKeys = pgTable(
  'topic_keys',
  {
    key: sortText().primaryKey(),
    /** Null of what an operator hides. */
    topicId: bigint('topic_id', { mode: 'number' }).references(() => topics.id, {
      onDelete: 'cascade',
    }),
    /** The key that the topic is named by: another one of an acronym, and of what was merged. */
    rootKey: sortText('root_key').notNull(),
    /** One of `TOPIC_REASONS`. */
    reason: text().notNull(),
  },
  (t) => [index('topic_keys_topic_idx').on(t.topicId), index('topic_keys_root_idx').on(t.rootKey)],
)

/** Keys whose keywords, claims or decisions changed since they were last worked out. */
export const changedTopicKeys = pgTable('changed_topic_keys', { key: sortText().primaryKey() })

/** The newest decision in force on each aspect of a topic: where it leads, its name, its place. */
export const curatedTopics = pgTable(
  'curated_topics',
  {
    key: sortText().notNull(),
    /** `lead`, `name` or `place`. */
    aspect: text().notNull(),
    decisionId: bigint('decision_id', { mode: 'number' })
      .notNull()
      .references(() => curationDecisions.id, { onDelete: 'cascade' }),
    /** The key that it leads to, its name or the slug of the wider topic; null of what is hidden, or has none above. */
    value: text(),
  },
  (t) => [
    primaryKey({ columns: [t.key, t.aspect] }),
    index('curated_topics_decision_idx').on(t.decisionId),
  ],
)
