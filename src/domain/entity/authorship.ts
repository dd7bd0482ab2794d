import sql, { raw, type Sql } from 'sql-template-tag'
import type { KeysetOrder } from '../../sql/keyset.ts'
import { columns, type Entity, type JsonList } from '../../sql/selection.ts'
import { type Author, authorEntity } from './author.ts'

/** One name in a paper's byline; its position is its id within the paper. */
export interface Authorship {
  id: number
  name: string
  affiliation: string | null
  author: Author
}

const authorshipEntity: Entity = {
  id: sql`a.position`,
  columns: columns('a', 'name', 'affiliation'),
  relations: {
    author: {
      kind: 'one',
      entity: authorEntity,
      from: sql`authors u`,
      condition: sql`u.id = a.author_id`,
    },
  },
}

export const AUTHORSHIP_ORDER: KeysetOrder<Authorship> = {
  name: 'authorships',
  direction: 'asc',
  keys: [{ column: sql`a.position`, type: 'integer' }],
  valuesOf: ({ id }) => [id],
}

/** The byline of the paper whose id stands in `paperId`. */
export function authorshipList(paperId: Sql): JsonList {
  return {
    entity: authorshipEntity,
    from: sql`authorships a`,
    condition: sql`a.paper_id = ${paperId}`,
    order: AUTHORSHIP_ORDER,
    // Positions count from 1 without gaps.
    head: (rows) => sql`a.position <= ${raw(String(rows))}`,
  }
}
