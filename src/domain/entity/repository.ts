import type { Database } from '../../db/client.ts'
import { alias, pick, type Sql, sql } from '../../db/sql.ts'
import {
  paperRepositories,
  repositories,
  repositoryNames,
  repositoryRedirects,
} from '../../db/tables/repositories.ts'
import type { RepositoryEvidence } from '../../db/tables/vocabulary.ts'
import { badInput, quote } from '../../errors.ts'
import { parseGlobalId } from '../../sql/global-id.ts'
import type { KeysetOrder } from '../../sql/keyset.ts'
import {
  type List,
  type ListRow,
  listOrder,
  type RowSource,
  readByIdsAlsoMerged,
  readOne,
} from '../../sql/list.ts'
import type { Entity, JsonList, Selection } from '../../sql/selection.ts'
import { parseRepositoryColumn } from '../reference/repository-ref.ts'

const r = alias(repositories, 'r')
const pr = alias(paperRepositories, 'pr')
const d = alias(repositoryRedirects, 'd')
const xRepositoryNames = alias(repositoryNames, 'x')
const xRepositories = alias(repositories, 'x')

/** A code repository. */
export interface Repository extends ListRow {
  host: string
  owner: string
  name: string
  url: string
  description: string | null
  stars: number | null
  forks: number | null
  language: string | null
  licence: string | null
  isArchived: boolean
  pushedAt: string | null
  isGone: boolean
  checkedAt: string | null
  paperCount: number
  /** Its latest published papers; present only for a single repository read with them. */
  newestPapers?: ListRow[]
}

/** The link between a paper and a repository. */
export interface RepositoryLink {
  isOfficial: boolean
  evidence: RepositoryEvidence
  source: string
  framework: string | null
}

/** A paper's link to a repository. Its id within the paper is that of the repository. */
export interface PaperRepository extends RepositoryLink {
  id: number
  starsSort: number
  repository: Repository
}

export const repositoryEntity: Entity = {
  id: sql`${r.id}`,
  columns: pick(
    r,
    'host',
    'owner',
    'name',
    'url',
    'description',
    'stars',
    'forks',
    'language',
    'licence',
    'isArchived',
    'pushedAt',
    'isGone',
    'checkedAt',
    'paperCount',
  ),
  relations: {},
  // Imports and syncs normalise these URLs, so that they need no escaping.
  plainUrls: { url: sql`${r.host} in ('github.com', 'huggingface.co')` },
}

const paperRepositoryEntity: Entity = {
  id: sql`${pr.repositoryId}`,
  columns: {
    ...pick(pr, 'isOfficial', 'evidence', 'source', 'framework'),
    ...pick(r, 'starsSort'),
  },
  relations: { repository: { kind: 'joined', entity: repositoryEntity } },
}

/** Official repositories first, then by stars. */
export const PAPER_REPOSITORY_ORDER: KeysetOrder<PaperRepository> = {
  name: 'paper-repositories',
  direction: 'desc',
  keys: [
    { column: sql`${pr.isOfficial}`, type: 'boolean' },
    { column: sql`${r.starsSort}`, type: 'integer' },
    { column: sql`${pr.repositoryId}`, type: 'bigint' },
  ],
  valuesOf: ({ isOfficial, starsSort, id }) => [isOfficial, starsSort, id],
}

/** The repositories of the paper `paperId`. */
export function paperRepositoryList(paperId: Sql): JsonList {
  return {
    entity: paperRepositoryEntity,
    from: sql`${pr} join ${r} on ${r.id} = ${pr.repositoryId}`,
    condition: sql`${pr.paperId} = ${paperId}`,
    order: PAPER_REPOSITORY_ORDER,
  }
}

const REPOSITORY_ORDERS = {
  stars: { column: sql`${r.starsSort}`, type: 'integer' },
  paper_count: { column: sql`${r.paperCount}`, type: 'integer' },
  name: { column: sql`${r.name}`, type: 'text' },
} as const
export type RepositoryOrder = keyof typeof REPOSITORY_ORDERS

export function repositoryOrder(
  field: RepositoryOrder,
  direction: 'asc' | 'desc',
): KeysetOrder<ListRow> {
  return listOrder(
    `repositories.${field}`,
    direction,
    REPOSITORY_ORDERS[field],
    repositoryEntity.id,
  )
}

export interface RepositoryFilter {
  /** Part of the owner's or the repository's name. */
  name?: string | null | undefined
  owner?: string | null | undefined
  languages?: readonly string[] | null | undefined
  minStars?: number | null | undefined
}

export function repositoryList(filter: RepositoryFilter): List {
  const { name, owner, languages, minStars } = filter
  if (minStars != null && minStars < 0)
    throw badInput(`minStars: ${minStars} is negative; expected 0 or more.`)
  const part = name
    ?.trim()
    .toLowerCase()
    .replace(/[\\%_]/g, '\\$&')
  return {
    from: sql`${r}`,
    conditions: [
      ...(part ? [sql`${r.owner} || '/' || ${r.name} like ${`%${part}%`}`] : []),
      ...(owner ? [sql`${r.owner} = ${owner.trim().toLowerCase()}`] : []),
      ...(languages
        ? [
            sql`lower(${r.language}) = any(${languages.map((one) => one.trim().toLowerCase())}::text[])`,
          ]
        : []),
      ...(minStars != null ? [sql`${r.starsSort} >= ${minStars}`] : []),
    ],
  }
}

/** Repositories by id, including ids of merged repositories. Ids without a repository are missing. */
export function repositoriesByIds(
  db: Database,
  selection: Selection,
  ids: readonly number[],
): Promise<Map<number, Repository>> {
  const redirects = sql`${d} join ${r} on ${r.id} = ${d.repositoryId}`
  return readByIdsAlsoMerged(db, repositoryEntity, sql`${r}`, redirects, selection, ids)
}

/** The row source for the repository of a reference: a global id, a URL or GitHub's `owner/name`, including former ones. */
export function repositoryAt(ref: string): RowSource {
  return { entity: repositoryEntity, from: sql`${r}`, condition: isRef(ref) }
}

/** The repository of a reference; null if there is none. */
export async function findRepository(
  db: Database,
  ref: string,
  selection: Selection,
): Promise<Repository | null> {
  return readOne(db, repositoryAt(ref), selection)
}

function isRef(ref: string): Sql {
  const id = parseGlobalId('Repository', ref)
  if (id !== null)
    return sql`${r.id} = coalesce((select ${repositoryRedirects.repositoryId} from ${repositoryRedirects} where ${repositoryRedirects.id} = ${id}::bigint), ${id}::bigint)`
  const found = ref.length > 2000 ? [] : parseRepositoryColumn(ref)
  const [one] = found
  if (!one || found.length > 1)
    throw badInput(
      `${quote(ref)} is not a repository; expected a URL such as https://github.com/owner/name, or owner/name.`,
    )
  return sql`${r.id} = ${repositoryIdOf(sql`${one.host}::text`, sql`${one.owner}::text`, sql`${one.name}::text`)}`
}

/** SQL for `owner/name` in the source's case, from a `repositories.url`: the columns are in lower case. */
export const printedRepository = (url: Sql): Sql =>
  sql`regexp_replace(${url}, '^https?://[^/]+/|/+$', '', 'g')`

/** SQL for the id of the repository with this current or former name. */
export function repositoryIdOf(host: Sql, owner: Sql, name: Sql): Sql {
  const isNamed = sql`${xRepositoryNames.host} = ${host} and ${xRepositoryNames.owner} = ${owner} and ${xRepositoryNames.name} = ${name}`
  return sql`coalesce((select ${xRepositories.id} from ${xRepositories} where ${isNamed}),
    (select ${xRepositoryNames.repositoryId} from ${xRepositoryNames} where ${isNamed}))`
}
