import { sql } from '../sql.ts'
import { authors, papers, topics, venues } from '../tables/papers.ts'
import { repositories } from '../tables/repositories.ts'

/** Of what the words of a row are made. Indexes of the tables are on the vectors of these. */
export const PAPER_KEY = sql`${papers.titleKey}`
/** All names of an author, so that each finds them. */
export const AUTHOR_KEY = sql`${authors.nameKey} || ${authors.otherNames}`
export const TOPIC_KEY = sql`${topics.nameKey}`
/** Of a venue also its acronym, by which it is known. */
export const VENUE_ACRONYM = sql`lower(left(coalesce(${venues.acronym}, ''), 100))`
export const VENUE_KEY = sql`${venues.nameKey} || ' ' || ${VENUE_ACRONYM}`
export const REPOSITORY_KEY = sql`${repositories.owner} || ' ' || ${repositories.name}`
