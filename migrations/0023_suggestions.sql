-- What can be suggested: `key`, its words; `name`, what it is called in whole; and how much it is used.
CREATE VIEW suggestables AS
  SELECT 'paper' AS kind, id, title_key AS key, title_key AS name, key_vector(title_key) AS vector, citation_count AS use
  FROM papers
  UNION ALL SELECT 'author', id, name_key, name_key, key_vector(name_key), paper_count FROM authors
  UNION ALL SELECT 'topic', id, name_key, name_key, key_vector(name_key), paper_count FROM topics
  UNION ALL SELECT 'venue', id, name_key || ' ' || lower(left(coalesce(acronym, ''), 100)), lower(left(coalesce(acronym, ''), 100)),
    key_vector(name_key || ' ' || lower(left(coalesce(acronym, ''), 100))), paper_count FROM venues
  UNION ALL SELECT 'repository', id, name_key, name, key_vector(owner || ' ' || name), stars_sort FROM repositories;
--> statement-breakpoint
-- The first of the words that begin so, by the alphabet.
CREATE FUNCTION words_begun_by(beginning text, most integer) RETURNS SETOF words LANGUAGE sql STABLE AS $$
  SELECT * FROM words WHERE word >= beginning AND word < beginning || chr(1114111) ORDER BY word LIMIT most
$$;
--> statement-breakpoint
CREATE TYPE suggestion AS (kind text, id bigint, key text, use integer);
--> statement-breakpoint
-- A word as tsquery writes it.
CREATE FUNCTION word_term(word text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN '''' || replace(replace(word, '\', '\\'), '''', '''''') || '''';
--> statement-breakpoint
-- A word as regular expressions write it.
CREATE FUNCTION word_regex(word text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN regexp_replace(word, '([^[:alnum:]])', '\\\1', 'g');
--> statement-breakpoint
-- Whether a key has words that begin as all of the patterns say; where there are regular expressions, as any of the
-- patterns says, which takes less to tell, and all of those.
CREATE FUNCTION is_suggested(key text, patterns text[], regexes text[]) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN regexes IS NULL THEN ' ' || key LIKE ALL (patterns)
  WHEN ' ' || key LIKE ANY (patterns) THEN ' ' || key ~ ALL (regexes) END;
--> statement-breakpoint
-- The most used of a kind that are hits, among `looked_at` of all, in the order of use, behind `skipped`.
CREATE FUNCTION used_hits(wanted text, patterns text[], regexes text[], skipped integer, looked_at integer, most integer)
RETURNS suggestion[] LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN array(SELECT (u.kind, u.id, u.key, u.use)::suggestion FROM (
    SELECT s.kind, s.id, s.key, s.use, is_suggested(s.key, patterns, regexes) AS is_hit
    FROM suggestables s WHERE s.kind = wanted ORDER BY s.use DESC, s.id DESC OFFSET skipped LIMIT looked_at) u
    WHERE is_hit LIMIT most);
END $$;
--> statement-breakpoint
-- The same among `looked_at` of those that the index has for `asked`, and how many those were.
CREATE FUNCTION indexed_hits(wanted text, asked tsquery, patterns text[], regexes text[], looked_at integer, most integer,
  OUT seen integer, OUT hits suggestion[]) LANGUAGE plpgsql STABLE AS $$
BEGIN
  WITH indexed AS MATERIALIZED (
    SELECT s.kind, s.id, s.key, s.use, is_suggested(s.key, patterns, regexes) AS is_hit
    FROM suggestables s WHERE s.kind = wanted AND s.vector @@ asked LIMIT looked_at)
  SELECT (SELECT count(*) FROM indexed), array(
    SELECT (i.kind, i.id, i.key, i.use)::suggestion FROM indexed i WHERE is_hit ORDER BY i.use DESC, i.id DESC LIMIT most)
  INTO seen, hits;
END $$;
--> statement-breakpoint
-- How the index is asked for all that has words which begin so, of which those of one place are alternatives. Few words can be
-- asked for as they are, which it answers ten times as fast as beginnings: they are `narrow`, as is what is in few
-- titles. Titles of words that are in 200 are no more counted, and words behind the 200th that begins so neither.
CREATE FUNCTION suggestion_terms(beginnings text[], places integer[], OUT is_rare_title boolean, OUT is_rare_name boolean,
  OUT narrow tsquery, OUT narrow_places integer, OUT title tsquery, OUT name tsquery) LANGUAGE plpgsql STABLE AS $$
BEGIN
  WITH counted AS MATERIALIZED (
    SELECT place, string_agg(word_term(beginning) || ':*', ' | ') AS prefixes, min(length(beginning)) AS length,
      sum(e.words) AS words, max(e.most_titles) < 200 AND sum(e.words) <= 200 AND sum(e.titles) < 400 AS is_rare
    FROM unnest(beginnings, places) AS b(beginning, place)
    CROSS JOIN LATERAL (
      SELECT count(*) AS words, coalesce(sum(title_count), 0) AS titles, coalesce(max(title_count), 0) AS most_titles
      FROM words_begun_by(beginning, 201)) e
    GROUP BY place),
  terms AS MATERIALIZED (
    SELECT *, CASE WHEN words BETWEEN 1 AND 8 THEN (
        SELECT string_agg(DISTINCT word_term(w.word), ' | ') FROM unnest(beginnings, places) AS b(beginning, at)
        CROSS JOIN LATERAL words_begun_by(b.beginning, 8) w WHERE b.at = place)
      WHEN is_rare THEN prefixes END AS term
    FROM counted)
  SELECT coalesce(bool_or(is_rare), false), coalesce(bool_or(words <= 8), false), string_agg('(' || term || ')', ' & '), count(term),
    string_agg('(' || coalesce(term, prefixes) || ')', ' & ') FILTER (WHERE words <= 200 AND length >= 3),
    coalesce(string_agg('(' || term || ')', ' & '), (SELECT prefixes FROM terms WHERE length >= 3 ORDER BY words, place LIMIT 1))
  INTO is_rare_title, is_rare_name, narrow, narrow_places, title, name FROM terms;
END $$;
--> statement-breakpoint
-- The same for titles by the eight commonest words of each place: of the rarest place, and of the two rarest. The first
-- `is_whole` where that place has no more words. Stop words have no count, and are taken to be common.
CREATE FUNCTION common_terms(beginnings text[], places integer[], OUT rarest tsquery, OUT is_whole boolean, OUT two_rarest tsquery)
LANGUAGE plpgsql STABLE AS $$
DECLARE
  terms text[];
BEGIN
  SELECT array_agg(term ORDER BY size, place), (array_agg(words <= 8 ORDER BY size, place))[1] INTO terms, is_whole FROM (
    SELECT place, '(' || string_agg(word_term(word), ' | ') FILTER (WHERE nth <= 8) || ')' AS term, count(*) AS words,
      sum(titles) FILTER (WHERE nth <= 8) AS size
    FROM (
      SELECT *, row_number() OVER (PARTITION BY place ORDER BY is_typed DESC, titles DESC) AS nth FROM (
        SELECT b.place, w.word, w.word = beginning AS is_typed, coalesce(
          (SELECT title_count FROM search_lexemes l WHERE l.lexeme = (SELECT lexeme FROM search_words s WHERE s.word = w.word)),
          CASE WHEN w.title_count < 200 THEN w.title_count ELSE 1000000 END) AS titles
        FROM unnest(beginnings, places) AS b(beginning, place)
        CROSS JOIN LATERAL words_begun_by(beginning, 201) w) w) w
    GROUP BY place HAVING count(*) <= 200) t;
  rarest := terms[1];
  two_rarest := array_to_string(terms[:2], ' & ');
END $$;
--> statement-breakpoint
-- The most used titles that are hits, where the words are common, but seldom together: among those that have all the narrow
-- words, the rarest word, or the two rarest. Where that finds nothing that was typed, all are looked through.
CREATE FUNCTION common_title_hits(beginnings text[], places integer[], narrow tsquery, title tsquery,
  patterns text[], regexes text[], looked_at integer, most integer) RETURNS suggestion[] LANGUAGE plpgsql STABLE AS $$
DECLARE
  terms record;
  indexed record;
BEGIN
  SELECT * INTO indexed FROM indexed_hits('paper', narrow, patterns, regexes, looked_at, most);
  IF indexed.seen BETWEEN 1 AND looked_at - 1 OR cardinality(indexed.hits) >= most THEN
    RETURN indexed.hits;
  END IF;
  SELECT * INTO terms FROM common_terms(beginnings, places);
  SELECT * INTO indexed FROM indexed_hits('paper', terms.rarest, patterns, regexes, looked_at, most);
  IF indexed.seen < looked_at AND terms.is_whole OR cardinality(indexed.hits) >= most THEN
    RETURN indexed.hits;
  END IF;
  IF indexed.seen = looked_at THEN
    SELECT * INTO indexed FROM indexed_hits('paper', terms.two_rarest, patterns, regexes, looked_at, most);
  END IF;
  IF cardinality(indexed.hits) = 0 AND regexes IS NULL THEN
    SELECT * INTO indexed FROM indexed_hits('paper', title, patterns, regexes, looked_at, most);
  END IF;
  RETURN indexed.hits;
END $$;
--> statement-breakpoint
-- The most used of what is called what was typed, or begins so, among some of those: few for the first letters, with which
-- too many begin.
CREATE FUNCTION begun_hits(kinds text[], wanted text, most integer) RETURNS SETOF suggestion LANGUAGE sql STABLE AS $$
  SELECT b.* FROM unnest(kinds) AS k(kind) CROSS JOIN LATERAL (
    SELECT s.* FROM (
      SELECT s.kind, s.id, s.key, s.use FROM suggestables s
      WHERE s.kind = k.kind AND s.name >= wanted AND s.name < wanted || chr(1114111)
      ORDER BY s.name LIMIT CASE WHEN length(wanted) < 3 THEN 20 ELSE 200 END) s
    ORDER BY s.use DESC, s.id DESC LIMIT most) b
  WHERE wanted <> ''
$$;
--> statement-breakpoint
-- The most used of each kind that have words with the given beginnings, of which those of one place are alternatives. What
-- is rare the index has whole. What is common is found among the most used of all, which are looked through in the order of
-- use, a second stretch of them where the first had nearly enough. Only else is the index asked for what is common.
CREATE FUNCTION suggestion_hits(kinds text[], beginnings text[], places integer[], patterns text[], regexes text[],
  looked_at integer, most integer) RETURNS SETOF suggestion LANGUAGE plpgsql STABLE AS $$
DECLARE
  most_rare CONSTANT integer := 400;
  terms record;
  indexed record;
  found suggestion[];
  wanted text;
BEGIN
  SELECT * INTO terms FROM suggestion_terms(beginnings, places);
  FOREACH wanted IN ARRAY kinds LOOP
    IF (CASE wanted WHEN 'paper' THEN terms.is_rare_title ELSE terms.is_rare_name END) THEN
      SELECT * INTO indexed FROM indexed_hits(wanted, terms.narrow, patterns, regexes, most_rare, most);
      IF indexed.seen < most_rare THEN
        RETURN QUERY SELECT * FROM unnest(indexed.hits);
        CONTINUE;
      END IF;
    END IF;
    found := used_hits(wanted, patterns, regexes, 0, looked_at, most);
    IF cardinality(found) BETWEEN 0.7 * most AND most - 1 THEN
      found := found || used_hits(wanted, patterns, regexes, looked_at, looked_at + looked_at / 2, most - cardinality(found));
    END IF;
    IF cardinality(found) < most AND wanted = 'paper' THEN
      found := found || common_title_hits(beginnings, places, CASE WHEN terms.narrow_places > 1 THEN terms.narrow END, terms.title,
        patterns, regexes, looked_at, most);
    ELSIF cardinality(found) < most THEN
      SELECT found || hits INTO found FROM indexed_hits(wanted, terms.name, patterns, regexes, looked_at, most);
    END IF;
    RETURN QUERY SELECT DISTINCT * FROM unnest(found);
  END LOOP;
END $$;
--> statement-breakpoint
-- Words that a mistyped one may have meant: of the words typed, the longest first, those that nothing begins with; all, where
-- there are none. Up to two letters differ, and the first is right.
CREATE FUNCTION meant_words(typed text[]) RETURNS TABLE (word text, place integer) LANGUAGE sql STABLE AS $$
  WITH asked AS MATERIALIZED (
    SELECT t.word, t.place::integer, EXISTS (SELECT FROM words_begun_by(t.word, 1)) AS is_known
    FROM unnest(typed[:3]) WITH ORDINALITY AS t(word, place))
  SELECT v.word, a.place FROM asked a CROSS JOIN LATERAL (
    SELECT c.word FROM (
      SELECT w.word, w.title_count, levenshtein_less_equal(left(w.word, length(a.word)), a.word, 2) AS changes FROM words w
      WHERE w.word >= left(a.word, 1) AND w.word < chr(ascii(a.word) + 1) AND length(w.word) >= length(a.word) - 1) c
    WHERE changes BETWEEN 1 AND 2 ORDER BY changes, title_count DESC, word LIMIT 4) v
  WHERE length(a.word) >= 4 AND a.word !~ '[0-9]' AND (NOT a.is_known OR NOT EXISTS (SELECT FROM asked WHERE NOT is_known))
$$;
--> statement-breakpoint
-- What may be meant by a key, by its words, the longest first: what has words that begin so, what is called so, and where
-- that is little, what has words that those resemble, which are `meant`. The `share` is how much of the use of the most
-- used of its kind it has, of both the logarithm.
CREATE FUNCTION suggestions(wanted text, typed text[], kinds text[], most integer)
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
