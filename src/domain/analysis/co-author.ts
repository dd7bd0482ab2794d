import { alias, type Sql, sql } from '../../db/sql.ts'
import { authors, authorships } from '../../db/tables/authors.ts'
import { type Author, authorEntity } from '../entity/author.ts'
import { linksOfNewest } from '../papers/link.ts'
import { type Counted, countedLists } from './counted.ts'

const u = alias(authors, 'u')
const s = alias(authorships, 's')

/** A co-author of an author. */
export interface CoAuthor extends Counted {
  author: Author
}

/** The co-authors of authors. */
export const coAuthorLists = countedLists<CoAuthor>({
  name: 'co-authors',
  relation: { author: authorEntity },
  joined: sql`${u} on ${u.id} = n.id`,
  nameKey: sql`${u.nameKey}`,
  placesOf: sharedBylines,
})

/** The other names in the bylines of an author's newest papers, as `x`. */
function sharedBylines(authorId: Sql): Sql {
  const others = sql`select ${s.authorId} as id, ${s.publishedSort} from ${s}
    where ${s.paperId} = w.paper_id and ${s.authorId} <> ${authorId}`
  return linksOfNewest('author', authorId, others)
}
