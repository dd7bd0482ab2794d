import { alias, pick, raw, type Sql, sql } from '../../db/sql.ts'
import { authors, authorships } from '../../db/tables/authors.ts'
import type { KeysetOrder } from '../../sql/keyset.ts'
import type { Entity, JsonList } from '../../sql/selection.ts'
import { authorshipInstitutionList, type Institution } from '../institutions/institution.ts'
import { type Author, authorEntity } from './author.ts'

const a = alias(authorships, 'a')
const u = alias(authors, 'u')

/** A name in a paper's byline; its position is its id within the paper. */
export interface Authorship {
  id: number
  paperId: number
  authorId: number
  name: string
  familyName: string | null
  affiliation: string | null
  author: Author
  institutions?: Institution[]
}

const authorshipEntity: Entity = {
  id: sql`${a.position}`,
  columns: pick(a, 'name', 'familyName', 'affiliation', 'paperId', 'authorId'),
  relations: {
    author: {
      kind: 'one',
      entity: authorEntity,
      from: sql`${u}`,
      condition: sql`${u.id} = ${a.authorId}`,
    },
    institutions: {
      kind: 'list',
      list: () => authorshipInstitutionList(sql`${a.paperId}`, sql`${a.position}`),
    },
  },
}

export const AUTHORSHIP_ORDER: KeysetOrder<Authorship> = {
  name: 'authorships',
  direction: 'asc',
  keys: [{ column: sql`${a.position}`, type: 'integer' }],
  valuesOf: ({ id }) => [id],
}

/** The byline of the paper `paperId`. */
export function authorshipList(paperId: Sql): JsonList {
  return {
    entity: authorshipEntity,
    from: sql`${a}`,
    condition: sql`${a.paperId} = ${paperId}`,
    order: AUTHORSHIP_ORDER,
    // Positions count from 1 without gaps.
    head: (rows) => sql`${a.position} <= ${raw(String(rows))}`,
  }
}
