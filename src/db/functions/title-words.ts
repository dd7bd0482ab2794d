import { alias, sql } from '../sql.ts'
import { words } from '../tables/papers.ts'

const w = alias(words, 'w')

export const titleWords = sql`
-- A query for the words of a title that are rare, each, and for some of the others together: enough to find a title of
-- which a word or two are misprinted or left out. Words that no title has, which is what misprints are, do not count.
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
