import { sql } from '../sql.ts'
import { authors } from '../tables/authors.ts'
import { institutions } from '../tables/institutions.ts'
import { papers, venues } from '../tables/papers.ts'
import { repositories } from '../tables/repositories.ts'
import { topics } from '../tables/topics.ts'

/** The text from which the words of a row are taken. Indexes of the tables are on the vectors of these texts. */
export const PAPER_KEY = sql`${papers.titleKey}`
/** All names of an author, so that each finds the author. */
export const AUTHOR_KEY = sql`${authors.nameKey} || ${authors.otherNames}`
export const TOPIC_KEY = sql`${topics.nameKey}`
/** The acronym of a venue, by which it is known. */
export const VENUE_ACRONYM = sql`lower(left(coalesce(${venues.acronym}, ''), 100))`
export const VENUE_KEY = sql`${venues.nameKey} || ' ' || ${VENUE_ACRONYM}`
/** All names and stated short forms of an institution, so that each finds it. Its index also has initials. */
export const INSTITUTION_KEY = sql`array_to_string(${institutions.nameKeys}, ' / ') || ' / ' || lower(array_to_string(${institutions.acronyms}, ' / ') collate paperql) collate "C"`
export const REPOSITORY_KEY = sql`${repositories.owner} || ' ' || ${repositories.name}`
