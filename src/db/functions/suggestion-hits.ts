import { alias, sql } from '../sql.ts'
import { words } from '../tables/papers.ts'
import { searchLexemes, searchWords } from '../tables/search.ts'

const w = alias(words, 'w')
const l = alias(searchLexemes, 'l')
const s = alias(searchWords, 's')

/** Finds suggestions by prefixes of their words. */
export const suggestionHits = sql`
-- The most used rows of a kind that are hits, among \`looked_at\` rows in the order of use, after \`skipped\`.
CREATE OR REPLACE FUNCTION used_hits(wanted text, patterns text[], regexes text[], skipped integer, looked_at integer, most integer)
RETURNS suggestion[] LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN array(SELECT (u.kind, u.id, u.key, u.use)::suggestion FROM (
    SELECT s.kind, s.id, s.key, s.use, is_suggested(s.key, patterns, regexes) AS is_hit
    FROM suggestables s WHERE s.kind = wanted ORDER BY s.use DESC, s.id DESC OFFSET skipped LIMIT looked_at) u
    WHERE is_hit LIMIT most);
END $$;

-- The same among \`looked_at\` rows that the index returns for \`asked\`, and the number of those rows.
CREATE OR REPLACE FUNCTION indexed_hits(wanted text, asked tsquery, patterns text[], regexes text[], looked_at integer, most integer,
  OUT seen integer, OUT hits suggestion[]) LANGUAGE plpgsql STABLE AS $$
BEGIN
  WITH indexed AS MATERIALIZED (
    SELECT s.kind, s.id, s.key, s.use, is_suggested(s.key, patterns, regexes) AS is_hit
    FROM suggestables s WHERE s.kind = wanted AND s.vector @@ asked LIMIT looked_at)
  SELECT (SELECT count(*) FROM indexed), array(
    SELECT (i.kind, i.id, i.key, i.use)::suggestion FROM indexed i WHERE is_hit ORDER BY i.use DESC, i.id DESC LIMIT most)
  INTO seen, hits;
END $$;

-- Index queries for rows whose words have these prefixes; prefixes of one place are alternatives. Few words replace their prefix, because
-- the index finds words ten times as fast as prefixes: they are \`narrow\`, as are prefixes that occur in few titles. Titles of a word are
-- counted up to 200, and so are the words of a prefix.
CREATE OR REPLACE FUNCTION suggestion_terms(beginnings text[], places integer[], OUT is_rare_title boolean, OUT is_rare_name boolean,
  OUT narrow tsquery, OUT narrow_places integer, OUT title tsquery, OUT name tsquery) LANGUAGE plpgsql STABLE AS $$
BEGIN
  WITH counted AS MATERIALIZED (
    SELECT place, string_agg(word_term(beginning) || ':*', ' | ') AS prefixes, min(length(beginning)) AS length,
      sum(e.words) AS words, max(e.most_titles) < 200 AND sum(e.words) <= 200 AND sum(e.titles) < 400 AS is_rare
    FROM unnest(beginnings, places) AS b(beginning, place)
    CROSS JOIN LATERAL (
      SELECT count(*) AS words, coalesce(sum(${words.titleCount}), 0) AS titles, coalesce(max(${words.titleCount}), 0) AS most_titles
      FROM words_begun_by(beginning, 201)) e
    GROUP BY place),
  terms AS MATERIALIZED (
    SELECT *, CASE WHEN words BETWEEN 1 AND 8 THEN (
        SELECT string_agg(DISTINCT word_term(${w.word}), ' | ') FROM unnest(beginnings, places) AS b(beginning, at)
        CROSS JOIN LATERAL words_begun_by(b.beginning, 8) w WHERE b.at = place)
      WHEN is_rare THEN prefixes END AS term
    FROM counted)
  SELECT coalesce(bool_or(is_rare), false), coalesce(bool_or(words <= 8), false), string_agg('(' || term || ')', ' & '), count(term),
    string_agg('(' || coalesce(term, prefixes) || ')', ' & ') FILTER (WHERE words <= 200 AND length >= 3),
    coalesce(string_agg('(' || term || ')', ' & '), (SELECT prefixes FROM terms WHERE length >= 3 ORDER BY words, place LIMIT 1))
  INTO is_rare_title, is_rare_name, narrow, narrow_places, title, name FROM terms;
END $$;

-- The same for titles, from the eight commonest words of each place: for the rarest place, and for the two rarest. \`is_whole\` if the
-- rarest place has no more words. Stop words have no count, and are assumed to be common.
CREATE OR REPLACE FUNCTION common_terms(beginnings text[], places integer[], OUT rarest tsquery, OUT is_whole boolean, OUT two_rarest tsquery)
LANGUAGE plpgsql STABLE AS $$
DECLARE
  terms text[];
BEGIN
  SELECT array_agg(term ORDER BY size, place), (array_agg(words <= 8 ORDER BY size, place))[1] INTO terms, is_whole FROM (
    SELECT place, '(' || string_agg(word_term(word), ' | ') FILTER (WHERE nth <= 8) || ')' AS term, count(*) AS words,
      sum(titles) FILTER (WHERE nth <= 8) AS size
    FROM (
      SELECT *, row_number() OVER (PARTITION BY place ORDER BY is_typed DESC, titles DESC) AS nth FROM (
        SELECT b.place, ${w.word}, ${w.word} = beginning AS is_typed, coalesce(
          (SELECT ${l.titleCount} FROM ${l} WHERE ${l.lexeme} = (SELECT ${s.lexeme} FROM ${s} WHERE ${s.word} = ${w.word})),
          CASE WHEN ${w.titleCount} < 200 THEN ${w.titleCount} ELSE 1000000 END) AS titles
        FROM unnest(beginnings, places) AS b(beginning, place)
        CROSS JOIN LATERAL words_begun_by(beginning, 201) w) w) w
    GROUP BY place HAVING count(*) <= 200) t;
  rarest := terms[1];
  two_rarest := array_to_string(terms[:2], ' & ');
END $$;

-- The most used titles that are hits, for words that are common but seldom together: among titles with all the narrow words, the rarest
-- word, or the two rarest. If that finds nothing for uncorrected words, among all titles.
CREATE OR REPLACE FUNCTION common_title_hits(beginnings text[], places integer[], narrow tsquery, title tsquery,
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

-- The most used rows whose name is \`wanted\` or begins with it, among a limited number of those: fewer for one or two letters, with which
-- too many begin.
CREATE OR REPLACE FUNCTION begun_hits(kinds text[], wanted text, most integer) RETURNS SETOF suggestion LANGUAGE sql STABLE AS $$
  SELECT b.* FROM unnest(kinds) AS k(kind) CROSS JOIN LATERAL (
    SELECT s.* FROM (
      SELECT s.kind, s.id, s.key, s.use FROM suggestables s
      WHERE s.kind = k.kind AND s.name >= wanted AND s.name < wanted || chr(1114111)
      ORDER BY s.name LIMIT CASE WHEN length(wanted) < 3 THEN 20 ELSE 200 END) s
    ORDER BY s.use DESC, s.id DESC LIMIT most) b
  WHERE wanted <> ''
$$;

-- The most used rows of each kind whose words have the given prefixes; prefixes of one place are alternatives. The index returns all rows
-- with a rare word. Common words are found among the most used rows, read in the order of use, with a second part if the first had nearly
-- enough. Only if those are too few is the index searched for common words.
CREATE OR REPLACE FUNCTION suggestion_hits(kinds text[], beginnings text[], places integer[], patterns text[], regexes text[],
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
`.text
