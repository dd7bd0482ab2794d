import sql, { type Sql } from 'sql-template-tag'
import { authorEntity } from './author.ts'
import { paperEntity } from './paper.ts'
import { repositoryEntity } from './repository.ts'
import type { Entity } from './selection.ts'
import { topicEntity } from './topic.ts'
import { venueEntity } from './venue.ts'

export const SUGGESTION_KINDS = ['paper', 'author', 'topic', 'venue', 'repository'] as const
export type SuggestionKind = (typeof SUGGESTION_KINDS)[number]

/** How a kind is read: `key` in words and `use` of a row, and the index that finds words of it. */
export interface Source {
  entity: Entity
  from: Sql
  key: Sql
  vector: Sql
  use: Sql
  equals: Sql
  /** What the label and the value are made of. */
  columns: readonly string[]
}

/** What is found by a key of words that its table holds. */
const byKey = (key: Sql) => ({ key, vector: sql`key_vector(${key})`, equals: key })

export const SOURCES: Record<SuggestionKind, Source> = {
  paper: {
    entity: paperEntity,
    from: sql`papers p`,
    ...byKey(sql`p.title_key`),
    use: sql`p.citation_count`,
    columns: ['title'],
  },
  author: {
    entity: authorEntity,
    from: sql`authors u`,
    ...byKey(sql`u.name_key`),
    use: sql`u.paper_count`,
    columns: ['name'],
  },
  topic: {
    entity: topicEntity,
    from: sql`topics t`,
    ...byKey(sql`t.name_key`),
    use: sql`t.paper_count`,
    columns: ['name', 'slug'],
  },
  venue: {
    entity: venueEntity,
    from: sql`venues v`,
    key: sql`(v.name_key || ' ' || lower(left(coalesce(v.acronym, ''), 100)))`,
    vector: sql`key_vector(v.name_key || ' ' || lower(left(coalesce(v.acronym, ''), 100)))`,
    use: sql`v.paper_count`,
    equals: sql`lower(left(coalesce(v.acronym, ''), 100))`,
    columns: ['name', 'acronym', 'slug'],
  },
  repository: {
    entity: repositoryEntity,
    from: sql`repositories r`,
    key: sql`r.name_key`,
    vector: sql`key_vector(r.owner || ' ' || r.name)`,
    use: sql`r.stars_sort`,
    equals: sql`r.name`,
    columns: ['url'],
  },
}
