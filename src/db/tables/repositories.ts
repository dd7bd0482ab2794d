import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  date,
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
} from 'drizzle-orm/pg-core'
import { id, instant, papers, sortText } from './papers.ts'
import { REPOSITORY_EVIDENCES } from './vocabulary.ts'

export const repositoryEvidence = pgEnum('repository_evidence', REPOSITORY_EVIDENCES)

export const repositories = pgTable(
  'repositories',
  {
    id: id(),
    host: sortText().notNull(),
    owner: sortText().notNull(),
    name: sortText().notNull(),
    url: text().notNull(),
    /** The host's numeric id, which survives renames. */
    hostId: bigint('host_id', { mode: 'number' }),
    description: text(),
    stars: integer(),
    forks: integer(),
    language: text(),
    licence: text(),
    isArchived: boolean('is_archived').notNull().default(false),
    pushedAt: timestamp('pushed_at', { withTimezone: true, mode: 'string' }),
    /** Whether the host answered not found, private or blocked when last asked. */
    isGone: boolean('is_gone').notNull().default(false),
    /** When its host was last asked. */
    checkedAt: timestamp('checked_at', { withTimezone: true, mode: 'string' }),
    /** ETag of the host's last answer. */
    etag: text(),
    /** The words of owner and name. */
    nameKey: text('name_key')
      .notNull()
      .generatedAlwaysAs(sql`translate(owner || ' ' || name, '-_./', '    ')`),
    starsSort: integer('stars_sort').notNull().generatedAlwaysAs(sql`coalesce(stars, -1)`),
    paperCount: integer('paper_count').notNull().default(0),
    createdAt: instant('created_at'),
  },
  (t) => [
    unique('repositories_host_owner_name_key').on(t.host, t.owner, t.name),
    index('repositories_host_id_idx').on(t.host, t.hostId).where(sql`host_id is not null`),
    index('repositories_name_idx').on(t.name, t.id),
    index('repositories_stars_idx').on(t.starsSort, t.id, t.nameKey),
    index('repositories_paper_count_idx').on(t.paperCount, t.id),
    index('repositories_words_idx').using('gin', sql`key_vector(owner || ' ' || name)`),
    // Also gives the planner statistics of the expression: without them, it assumes that every language is rare.
    index('repositories_language_idx').on(sql`lower(language)`),
  ],
)

export const paperRepositories = pgTable(
  'paper_repositories',
  {
    paperId: bigint('paper_id', { mode: 'number' })
      .notNull()
      .references(() => papers.id, { onDelete: 'cascade' }),
    repositoryId: bigint('repository_id', { mode: 'number' })
      .notNull()
      .references(() => repositories.id, { onDelete: 'cascade' }),
    isOfficial: boolean('is_official').notNull(),
    evidence: repositoryEvidence().notNull(),
    source: text().notNull(),
    framework: text(),
  },
  (t) => [
    primaryKey({ columns: [t.paperId, t.repositoryId] }),
    index('paper_repositories_repository_idx').on(t.repositoryId, t.paperId),
  ],
)

/** Former names of a repository: links with them lead to it. */
export const repositoryNames = pgTable(
  'repository_names',
  {
    host: sortText().notNull(),
    owner: sortText().notNull(),
    name: sortText().notNull(),
    repositoryId: bigint('repository_id', { mode: 'number' })
      .notNull()
      .references(() => repositories.id, { onDelete: 'cascade' }),
  },
  (t) => [
    primaryKey({ columns: [t.host, t.owner, t.name] }),
    index('repository_names_repository_idx').on(t.repositoryId),
  ],
)

/** Ids of repositories that an old name showed to be another repository, so that links to them keep working. */
export const repositoryRedirects = pgTable(
  'repository_redirects',
  {
    id: bigint({ mode: 'number' }).primaryKey(),
    repositoryId: bigint('repository_id', { mode: 'number' })
      .notNull()
      .references(() => repositories.id, { onDelete: 'cascade' }),
  },
  (t) => [index('repository_redirects_repository_idx').on(t.repositoryId)],
)

/** Number of stars of a repository on the days on which they were counted. */
export const repositoryStars = pgTable(
  'repository_stars',
  {
    repositoryId: bigint('repository_id', { mode: 'number' })
      .notNull()
      .references(() => repositories.id, { onDelete: 'cascade' }),
    /** Day in UTC. */
    observedOn: date('observed_on', { mode: 'string' }).notNull(),
    stars: integer().notNull(),
    /** The source of the count: the host's name, or the source of a record such as `hf-daily`; null if not recorded. */
    source: text(),
  },
  (t) => [primaryKey({ columns: [t.repositoryId, t.observedOn] })],
)
