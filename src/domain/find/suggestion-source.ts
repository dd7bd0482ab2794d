import sql, { type Sql } from 'sql-template-tag'
import type { Entity } from '../../sql/selection.ts'
import { authorEntity } from '../entity/author.ts'
import { paperEntity } from '../entity/paper.ts'
import { repositoryEntity } from '../entity/repository.ts'
import { topicEntity } from '../entity/topic.ts'
import { venueEntity } from '../entity/venue.ts'

export const SUGGESTION_KINDS = ['paper', 'author', 'topic', 'venue', 'repository'] as const
export type SuggestionKind = (typeof SUGGESTION_KINDS)[number]

/** How the nodes of a kind are read. */
interface Source {
  entity: Entity
  from: Sql
  /** What the label and the value are made of. */
  columns: readonly string[]
}

export const SOURCES: Record<SuggestionKind, Source> = {
  paper: { entity: paperEntity, from: sql`papers p`, columns: ['title'] },
  author: { entity: authorEntity, from: sql`authors u`, columns: ['name'] },
  topic: { entity: topicEntity, from: sql`topics t`, columns: ['name', 'slug'] },
  venue: { entity: venueEntity, from: sql`venues v`, columns: ['name', 'acronym', 'slug'] },
  repository: { entity: repositoryEntity, from: sql`repositories r`, columns: ['url'] },
}
