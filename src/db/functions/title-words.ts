import { alias, sql } from '../sql.ts'
import { words } from '../tables/papers.ts'

const w = alias(words, 'w')

export const titleWords = sql`
-- A query for the rare words of a title, each alone, and for combinations of the others: enough to find a title with one or two words
-- misprinted or missing. Words that no title has, such as misprints, do not count.
CREATE OR REPLACE FUNCTION rare_title_words(key text) RETURNS tsquery LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
  WITH known AS (
    SELECT '''' || ${w.word} || '''' AS word, ${w.titleCount} < 100 AS is_rare,
      row_number() OVER (ORDER BY ${w.titleCount}, length(${w.word}) DESC, ${w.word}) AS place, count(*) OVER () AS total
    FROM (SELECT DISTINCT unnest(key_words(key)) AS ${words.word}) k JOIN ${w} USING (${words.word})
    WHERE ${w.titleCount} > 0
  )
  SELECT string_agg(term, ' | ')::tsquery FROM (
    SELECT word AS term FROM known WHERE is_rare AND place <= 4
    UNION ALL
    SELECT '(' || a.word || ' & ' || b.word || ')' FROM known a, known b
    WHERE a.total BETWEEN 2 AND 3 AND a.place < b.place
    UNION ALL
    SELECT '(' || a.word || ' & ' || b.word || ' & ' || c.word || ')' FROM known a, known b, known c
    WHERE a.total >= 4 AND a.place < b.place AND b.place < c.place AND c.place <= 6
  ) AS terms
$$;
`.text
