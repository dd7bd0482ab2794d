import sql, { type Sql } from 'sql-template-tag'

/** What counts its papers by their links alone. */
export type LinkedParent = 'author' | 'topic' | 'venue'

/** The table in which a paper is linked to a parent, as `l`, with an index on parent, day and paper. */
export interface PaperLink {
  from: Sql
  parent: Sql
  paper: Sql
  /** Day of publication; `-infinity` where there is none. */
  publishedSort: Sql
}

export const PAPER_LINKS: Record<LinkedParent, PaperLink> = {
  author: {
    from: sql`authorships l`,
    parent: sql`l.author_id`,
    paper: sql`l.paper_id`,
    publishedSort: sql`l.published_sort`,
  },
  topic: {
    from: sql`paper_topics l`,
    parent: sql`l.topic_id`,
    paper: sql`l.paper_id`,
    publishedSort: sql`l.published_sort`,
  },
  venue: {
    from: sql`papers l`,
    parent: sql`l.venue_id`,
    paper: sql`l.id`,
    publishedSort: sql`l.published_sort`,
  },
}
