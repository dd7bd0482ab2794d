-- A word in the syntax of tsquery.
CREATE OR REPLACE FUNCTION word_term(word text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN '''' || replace(replace(word, '\', '\\'), '''', '''''') || '''';

-- A word in the syntax of regular expressions.
CREATE OR REPLACE FUNCTION word_regex(word text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN regexp_replace(word, '([^[:alnum:]])', '\\\1', 'g');

-- Whether the words of a key match all of the patterns. With regular expressions: whether they match any of the patterns, which is cheaper
-- to test, and all of the expressions.
CREATE OR REPLACE FUNCTION is_suggested(key text, patterns text[], regexes text[]) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN regexes IS NULL THEN ' ' || key LIKE ALL (patterns)
  WHEN ' ' || key LIKE ANY (patterns) THEN ' ' || key ~ ALL (regexes) END;
