CREATE EXTENSION IF NOT EXISTS fuzzystrmatch;
--> statement-breakpoint
-- The words of a key: of a title or a name without accents and punctuation, or of `owner name` of a repository.
CREATE FUNCTION key_words(key text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN array_remove(string_to_array(translate(key, '-_./', '    '), ' '), '');
--> statement-breakpoint
-- The same as a vector, whose index finds words by their beginnings. No parser decides what a word is.
CREATE FUNCTION key_vector(key text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN array_to_tsvector(array_remove(string_to_array(translate(key, '-_./', '    '), ' '), ''));
--> statement-breakpoint
CREATE TABLE "words" (
	"word" text collate "C" PRIMARY KEY NOT NULL,
	"title_count" integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX "authors_words_idx" ON "authors" USING gin (key_vector(name_key));--> statement-breakpoint
CREATE INDEX "papers_title_words_idx" ON "papers" USING gin (key_vector(title_key));--> statement-breakpoint
CREATE INDEX "repositories_words_idx" ON "repositories" USING gin (key_vector(owner || ' ' || name));--> statement-breakpoint
CREATE INDEX "topics_words_idx" ON "topics" USING gin (key_vector(name_key));--> statement-breakpoint
CREATE INDEX "venues_words_idx" ON "venues" USING gin (key_vector(name_key || ' ' || lower(left(coalesce(acronym, ''), 100))));
--> statement-breakpoint
-- Words that are common need no more counting, and then cost a write of papers nothing but a look. Rows that a conflict
-- would leave as they are would be locked, that is written, all the same: so they are left out before.
CREATE FUNCTION add_words(keys text[], is_title boolean) RETURNS void LANGUAGE sql AS $$
  INSERT INTO words AS w (word, title_count)
  SELECT n.word, CASE WHEN is_title THEN count(*) ELSE 0 END
  FROM unnest(keys) AS k(key), unnest(key_words(k.key)) AS n(word)
  WHERE length(n.word) <= 40 AND NOT EXISTS (
    SELECT FROM words o WHERE o.word = n.word AND (o.title_count >= 200 OR NOT is_title))
  GROUP BY n.word ORDER BY n.word COLLATE "C"
  ON CONFLICT (word) DO UPDATE SET title_count = w.title_count + excluded.title_count
$$;
--> statement-breakpoint
-- Words of all rows that were added. Arguments: the SQL of a row's key, and whether it is a title.
CREATE FUNCTION add_words_of_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('SELECT add_words(array(SELECT %s FROM added), %s)', TG_ARGV[0], TG_ARGV[1]);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION add_words_of_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('SELECT add_words(array[%s], %s) FROM (SELECT ($1).*) AS changed', TG_ARGV[0], TG_ARGV[1]) USING NEW;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER papers_words AFTER INSERT ON papers REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION add_words_of_rows('title_key', true);
--> statement-breakpoint
CREATE TRIGGER papers_renamed_words AFTER UPDATE OF title_key ON papers FOR EACH ROW
WHEN (old.title_key IS DISTINCT FROM new.title_key) EXECUTE FUNCTION add_words_of_row('title_key', true);
--> statement-breakpoint
CREATE TRIGGER authors_words AFTER INSERT ON authors REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION add_words_of_rows('name_key', false);
--> statement-breakpoint
CREATE TRIGGER authors_renamed_words AFTER UPDATE OF name_key ON authors FOR EACH ROW
WHEN (old.name_key IS DISTINCT FROM new.name_key) EXECUTE FUNCTION add_words_of_row('name_key', false);
--> statement-breakpoint
CREATE TRIGGER topics_words AFTER INSERT ON topics REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION add_words_of_rows('name_key', false);
--> statement-breakpoint
CREATE TRIGGER topics_renamed_words AFTER UPDATE OF name_key ON topics FOR EACH ROW
WHEN (old.name_key IS DISTINCT FROM new.name_key) EXECUTE FUNCTION add_words_of_row('name_key', false);
--> statement-breakpoint
CREATE TRIGGER venues_words AFTER INSERT ON venues REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION add_words_of_rows('name_key || '' '' || lower(left(coalesce(acronym, ''''), 100))', false);
--> statement-breakpoint
CREATE TRIGGER venues_renamed_words AFTER UPDATE OF name_key ON venues FOR EACH ROW
WHEN (old.name_key IS DISTINCT FROM new.name_key) EXECUTE FUNCTION add_words_of_row('name_key || '' '' || lower(left(coalesce(acronym, ''''), 100))', false);
--> statement-breakpoint
CREATE TRIGGER repositories_words AFTER INSERT ON repositories REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION add_words_of_rows('owner || '' '' || name', false);
--> statement-breakpoint
CREATE TRIGGER repositories_renamed_words AFTER UPDATE OF owner, name ON repositories FOR EACH ROW
WHEN ((old.owner, old.name) IS DISTINCT FROM (new.owner, new.name)) EXECUTE FUNCTION add_words_of_row('owner || '' '' || name', false);
--> statement-breakpoint
-- Collects the words of all that is there: for a catalogue that was filled before, or without triggers.
CREATE FUNCTION fill_words() RETURNS void LANGUAGE sql AS $$
  INSERT INTO words (word, title_count)
  SELECT word, least(sum(is_title), 200) FROM (
    SELECT unnest(key_words(title_key)) AS word, 1 AS is_title FROM papers
    UNION ALL SELECT unnest(key_words(name_key)), 0 FROM authors
    UNION ALL SELECT unnest(key_words(name_key)), 0 FROM topics
    UNION ALL SELECT unnest(key_words(name_key || ' ' || lower(left(coalesce(acronym, ''), 100)))), 0 FROM venues
    UNION ALL SELECT unnest(key_words(owner || ' ' || name)), 0 FROM repositories
  ) AS n WHERE length(word) <= 40 GROUP BY word
  ON CONFLICT (word) DO UPDATE SET title_count = excluded.title_count
$$;
--> statement-breakpoint
SELECT fill_words();
