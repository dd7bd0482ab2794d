import { sql } from 'drizzle-orm'
import { customType, smallint } from 'drizzle-orm/pg-core'

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })

/** The columns by which papers are searched. */
export const searchColumns = () => ({
  /**
   * Lexemes of the title (weight A), the abstract (B) and the keywords (C), between which stands a stop word, so that no phrase goes from
   * one to the next; the functions are made by a migration.
   */
  search: tsvector()
    .notNull()
    .generatedAlwaysAs(
      sql`setweight(to_tsvector('paperql'::regconfig, search_text(left(title, 2000))), 'A') || setweight(to_tsvector('paperql'::regconfig, search_text(left(coalesce(abstract, ''), 100000))), 'B') || case when keyword_text is null then ''::tsvector else setweight(to_tsvector('paperql'::regconfig, search_text('the ' || replace(left(keyword_text, 5000), E'\\n', ' the '))), 'C') end`,
    ),
  /** The same of the title alone: an index on it finds those of a common word without reading their rows. */
  titleSearch: tsvector('title_search')
    .notNull()
    .generatedAlwaysAs(sql`to_tsvector('paperql'::regconfig, search_text(left(title, 2000)))`),
  /**
   * One number: ten times what citations and freshness add to the score of a search. An array, as an index that finds
   * words can also hold its entries: so it finds the best of a word's papers alone.
   */
  searchTier: smallint('search_tier')
    .array()
    .notNull()
    .generatedAlwaysAs(
      sql`array[floor(10 * (search_citation_score(greatest(stated_citation_count, linked_citation_count)) + search_freshness_score(published_on)))::smallint]`,
    ),
})
