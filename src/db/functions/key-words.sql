-- The words of a key: of a title or a name without accents and punctuation, or of `owner name` of a repository.
CREATE OR REPLACE FUNCTION key_words(key text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN array_remove(string_to_array(translate(key, '-_./', '    '), ' '), '');

-- The same as a vector, whose index finds words by prefix. No parser decides what a word is.
CREATE OR REPLACE FUNCTION key_vector(key text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN array_to_tsvector(array_remove(string_to_array(translate(key, '-_./', '    '), ' '), ''));

-- The vector of several keys together.
CREATE OR REPLACE FUNCTION keys_vector(keys text[]) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN key_vector(array_to_string(keys, ' '));
