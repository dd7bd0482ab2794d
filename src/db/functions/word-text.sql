-- A word as tsquery writes it.
CREATE OR REPLACE FUNCTION word_term(word text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN '''' || replace(replace(word, '\', '\\'), '''', '''''') || '''';

-- A word as regular expressions write it.
CREATE OR REPLACE FUNCTION word_regex(word text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN regexp_replace(word, '([^[:alnum:]])', '\\\1', 'g');

-- Whether a key has words that begin as all of the patterns say; where there are regular expressions, as any of the
-- patterns says, which takes less to tell, and all of those.
CREATE OR REPLACE FUNCTION is_suggested(key text, patterns text[], regexes text[]) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN regexes IS NULL THEN ' ' || key LIKE ALL (patterns)
  WHEN ' ' || key LIKE ANY (patterns) THEN ' ' || key ~ ALL (regexes) END;
