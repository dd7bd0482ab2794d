import { alias, type Sql, sql } from '../../db/sql.ts'
import { authors } from '../../db/tables/authors.ts'
import { institutions } from '../../db/tables/institutions.ts'
import { papers, venues } from '../../db/tables/papers.ts'
import { repositories } from '../../db/tables/repositories.ts'
import { topics } from '../../db/tables/topics.ts'
import type { Entity } from '../../sql/selection.ts'
import { authorEntity } from '../entity/author.ts'
import { paperEntity } from '../entity/paper.ts'
import { repositoryEntity } from '../entity/repository.ts'
import { topicEntity } from '../entity/topic.ts'
import { venueEntity } from '../entity/venue.ts'
import { institutionEntity } from '../institutions/institution.ts'

const p = alias(papers, 'p')
const u = alias(authors, 'u')
const t = alias(topics, 't')
const v = alias(venues, 'v')
const i = alias(institutions, 'i')
const r = alias(repositories, 'r')

export const SUGGESTION_KINDS = [
  'paper',
  'author',
  'topic',
  'venue',
  'institution',
  'repository',
] as const
export type SuggestionKind = (typeof SUGGESTION_KINDS)[number]

/** How the nodes of a kind are read. */
interface Source {
  entity: Entity
  from: Sql
  /** Columns for label, value and detail. */
  columns: readonly string[]
}

export const SOURCES: Record<SuggestionKind, Source> = {
  paper: { entity: paperEntity, from: sql`${p}`, columns: ['title', 'year'] },
  author: { entity: authorEntity, from: sql`${u}`, columns: ['name', 'paperCount'] },
  topic: { entity: topicEntity, from: sql`${t}`, columns: ['name', 'slug', 'kind'] },
  venue: { entity: venueEntity, from: sql`${v}`, columns: ['name', 'acronym', 'slug', 'kind'] },
  institution: {
    entity: institutionEntity,
    from: sql`${i}`,
    columns: ['name', 'acronyms', 'slug', 'country', 'paperCount'],
  },
  repository: { entity: repositoryEntity, from: sql`${r}`, columns: ['url'] },
}
