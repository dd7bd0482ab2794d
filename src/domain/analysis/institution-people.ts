import { alias, raw, type Sql, sql } from '../../db/sql.ts'
import { authors, authorships } from '../../db/tables/authors.ts'
import { institutions, paperInstitutions } from '../../db/tables/institutions.ts'
import { type Author, authorEntity } from '../entity/author.ts'
import { type Institution, institutionEntity } from '../institutions/institution.ts'
import { MOST_PAPERS } from '../papers/link.ts'
import { type Counted, countedLists } from './counted.ts'

const u = alias(authors, 'u')
const s = alias(authorships, 's')
const i = alias(institutions, 'i')
const pi = alias(paperInstitutions, 'pi')
const MOST = raw(String(MOST_PAPERS))

/** An author who worked at an institution. */
export interface InstitutionAuthor extends Counted {
  author: Author
}

/** An institution at which an author worked. */
export interface AuthorInstitution extends Counted {
  institution: Institution
}

/** The authors of institutions, by the newest papers of each. */
export const institutionAuthorLists = countedLists<InstitutionAuthor>({
  name: 'institution-people',
  relation: { author: authorEntity },
  joined: sql`${u} on ${u.id} = n.id`,
  nameKey: sql`${u.nameKey}`,
  placesOf: (institutionId: Sql) => sql`(select ${s.authorId} as id, w.published_sort from (
      select ${pi.paperId}, ${pi.positions}, ${pi.publishedSort} from ${pi} where ${pi.institutionId} = ${institutionId}
      order by ${pi.publishedSort} desc, ${pi.paperId} desc limit ${MOST}) w
    join ${s} on ${s.paperId} = w.paper_id and ${s.position} = any(w.positions)) x`,
})

/** The institutions of authors, by the newest papers of each. */
export const authorInstitutionLists = countedLists<AuthorInstitution>({
  name: 'author-people',
  relation: { institution: institutionEntity },
  joined: sql`${i} on ${i.id} = n.id`,
  nameKey: sql`${i.nameKey}`,
  placesOf: (authorId: Sql) => sql`(select ${pi.institutionId} as id, w.published_sort from (
      select ${s.paperId}, ${s.position}, ${s.publishedSort} from ${s} where ${s.authorId} = ${authorId}
      order by ${s.publishedSort} desc, ${s.paperId} desc limit ${MOST}) w
    join ${pi} on ${pi.paperId} = w.paper_id and w.position = any(${pi.positions})) x`,
})
