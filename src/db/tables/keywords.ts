import { bigint, index, pgTable, primaryKey, real, smallint, text } from 'drizzle-orm/pg-core'
import { curationDecisions } from './curation.ts'
import { papers, sortText, topicKind } from './papers.ts'
import { topics } from './topics.ts'

/** Keywords as sources print them, with the facts that make some of them topics. */
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
    /** Equal for all spellings of the keyword; null if it cannot be a topic, such as a sentence. */
    key: sortText(),
    /** The acronym that is printed beside the long form, or that the paper's abstract expands; `key` is then that of the long form. */
    acronym: sortText(),
    /** Where the paper uses it: 2 in its title, 1 in its abstract, 0 nowhere. */
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

/** Topics that sources state for papers, except those of the vocabulary and categories, which need no variants. */
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

/** The topics to which keys lead, and why. Derived from the tables above, the vocabulary and operators' decisions. */
export const topicKeys = pgTable(
  'topic_keys',
  {
    key: sortText().primaryKey(),
    /** Null for a keyword that an operator hides. */
    topicId: bigint('topic_id', { mode: 'number' }).references(() => topics.id, {
      onDelete: 'cascade',
    }),
    /** The key that names the topic. Differs from `key` for acronyms and merged keywords. */
    rootKey: sortText('root_key').notNull(),
    /** One of `TOPIC_REASONS`. */
    reason: text().notNull(),
  },
  (t) => [index('topic_keys_topic_idx').on(t.topicId), index('topic_keys_root_idx').on(t.rootKey)],
)

/** Keys whose keywords, claims or decisions changed since their topics were last computed. */
export const changedTopicKeys = pgTable('changed_topic_keys', { key: sortText().primaryKey() })

/** The newest decision in force on each aspect of a topic: its target, its name, its place. */
export const curatedTopics = pgTable(
  'curated_topics',
  {
    key: sortText().notNull(),
    /** `lead`, `name` or `place`. */
    aspect: text().notNull(),
    decisionId: bigint('decision_id', { mode: 'number' })
      .notNull()
      .references(() => curationDecisions.id, { onDelete: 'cascade' }),
    /** The key of the target, the name, or the slug of the wider topic; null for a hidden topic, and for one without a wider topic. */
    value: text(),
  },
  (t) => [
    primaryKey({ columns: [t.key, t.aspect] }),
    index('curated_topics_decision_idx').on(t.decisionId),
  ],
)
