import { sql } from 'drizzle-orm'
import { customType, smallint } from 'drizzle-orm/pg-core'

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })

/** The columns for searching papers. */
export const searchColumns = () => ({
  /**
   * Lexemes of the title (weight A), the abstract (B) and the keywords (C), separated by a stop word, so that no phrase spans two of them.
   * The functions are in db/functions.
   */
  search: tsvector()
    .notNull()
    .generatedAlwaysAs(
      sql`setweight(to_tsvector('paperql'::regconfig, search_text(left(title, 2000))), 'A') || setweight(to_tsvector('paperql'::regconfig, search_text(left(coalesce(abstract, ''), 100000))), 'B') || case when keyword_text is null then ''::tsvector else setweight(to_tsvector('paperql'::regconfig, search_text('the ' || replace(left(keyword_text, 5000), E'\\n', ' the '))), 'C') end`,
    ),
  /** Lexemes of the title alone: an index on it finds titles with a common word without reading rows. */
  titleSearch: tsvector('title_search')
    .notNull()
    .generatedAlwaysAs(sql`to_tsvector('paperql'::regconfig, search_text(left(title, 2000)))`),
  /**
   * One number in an array: ten times the points that citations and freshness add to the score of a search. An index on words can hold
   * entries of arrays too, and so find the best papers with a word alone.
   */
  searchTier: smallint('search_tier')
    .array()
    .notNull()
    .generatedAlwaysAs(
      sql`array[floor(10 * (search_citation_score(greatest(stated_citation_count, linked_citation_count)) + search_freshness_score(published_on)))::smallint]`,
    ),
})
