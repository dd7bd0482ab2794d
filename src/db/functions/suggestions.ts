import { alias, sql } from '../sql.ts'
import { words } from '../tables/papers.ts'

const w = alias(words, 'w')

/** Suggestions for a search text. Autocomplete calls only this function. */
export const suggestions = sql`
-- Words that a mistyped word may stand for. Of the typed words, the longest first, those that begin no known word are corrected; all of
-- them, if each begins one. Up to two letters differ, but not the first. For a missing letter the word has one more, and two swapped
-- letters are one mistake.
CREATE OR REPLACE FUNCTION meant_words(typed text[]) RETURNS TABLE (word text, place integer) LANGUAGE sql STABLE AS $$
  WITH asked AS MATERIALIZED (
    SELECT t.word, t.place::integer, EXISTS (SELECT FROM words_begun_by(t.word, 1)) AS is_known,
      array(SELECT overlay(t.word PLACING reverse(substr(t.word, n, 2)) FROM n FOR 2) FROM generate_series(2, length(t.word) - 1) n) AS turned
    FROM unnest(typed[:3]) WITH ORDINALITY AS t(word, place))
  SELECT v.word, a.place FROM asked a CROSS JOIN LATERAL (
    SELECT c.word FROM (
      SELECT ${w.word}, ${w.titleCount}, CASE WHEN left(${w.word}, length(a.word)) = ANY (a.turned) THEN 1
        ELSE least(levenshtein_less_equal(left(${w.word}, length(a.word)), a.word, 2),
          levenshtein_less_equal(left(${w.word}, length(a.word) + 1), a.word, 2)) END AS changes FROM ${w}
      WHERE ${w.word} >= left(a.word, 1) AND ${w.word} < chr(ascii(a.word) + 1) AND length(${w.word}) >= length(a.word) - 1) c
    WHERE changes BETWEEN 1 AND 2 ORDER BY changes, ${words.titleCount} DESC, ${words.word} LIMIT 4) v
  WHERE length(a.word) >= 4 AND a.word !~ '[0-9]' AND (NOT a.is_known OR NOT EXISTS (SELECT FROM asked WHERE NOT is_known))
$$;

-- Suggestions for a key and its words, the longest first: rows whose words have these prefixes, rows with this name, and, if those are few,
-- rows with similar words, which are in \`meant\`. \`share\` is the use of the row relative to the most used row of its kind, both as
-- logarithms.
CREATE OR REPLACE FUNCTION suggestions(wanted text, typed text[], kinds text[], most integer)
RETURNS TABLE (kind text, id bigint, key text, use integer, share float8, is_corrected boolean, meant text[]) LANGUAGE plpgsql STABLE AS $$
DECLARE
  few CONSTANT integer := 3;
  places integer[] := array(SELECT generate_series(1, cardinality(typed)));
  plain suggestion[];
  corrected suggestion[];
  words text[];
  word_places integer[];
BEGIN
  plain := array(SELECT h FROM suggestion_hits(kinds, typed, places, array(SELECT '% ' || t || '%' FROM unnest(typed) t), NULL, 1000, most) h
    UNION SELECT b FROM begun_hits(kinds, wanted, most) b);
  IF cardinality(plain) < few THEN
    SELECT array_agg(m.word), array_agg(m.place) INTO words, word_places FROM meant_words(typed) m;
    IF words IS NOT NULL THEN
      corrected := array(SELECT h FROM suggestion_hits(kinds, typed || words, places || word_places,
        array(SELECT '% ' || w || '%' FROM unnest(words) w),
        array(SELECT ' (' || string_agg(word_regex(b.word), '|') || ')'
          FROM unnest(typed || words, places || word_places) AS b(word, place) GROUP BY b.place), 400, most) h
        WHERE NOT EXISTS (SELECT FROM unnest(plain) p WHERE p.kind = h.kind AND p.id = h.id));
    END IF;
  END IF;
  RETURN QUERY WITH hits AS MATERIALIZED (
    SELECT *, false AS is_corrected FROM unnest(plain) UNION ALL SELECT *, true FROM unnest(corrected))
    SELECT h.kind, h.id, h.key, greatest(h.use, 0), ln((1 + greatest(h.use, 0))::float8) / ln((2 + greatest(m.use, 0))::float8),
      h.is_corrected, words
    FROM (SELECT DISTINCT h.kind FROM hits h) k
    CROSS JOIN LATERAL (SELECT s.use FROM suggestables s WHERE s.kind = k.kind ORDER BY s.use DESC, s.id DESC LIMIT 1) m
    JOIN hits h USING (kind);
END $$;
`.text
