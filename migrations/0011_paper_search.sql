CREATE EXTENSION IF NOT EXISTS unaccent;
--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS fuzzystrmatch;
--> statement-breakpoint
-- Words without accents, stemmed. `search_clean` leaves the parser only words and numbers, so that few kinds of token arise.
CREATE TEXT SEARCH CONFIGURATION paperql (COPY = pg_catalog.simple);
--> statement-breakpoint
ALTER TEXT SEARCH CONFIGURATION paperql ALTER MAPPING FOR asciiword WITH pg_catalog.english_stem;
--> statement-breakpoint
ALTER TEXT SEARCH CONFIGURATION paperql ALTER MAPPING FOR word WITH unaccent, pg_catalog.english_stem;
--> statement-breakpoint
ALTER TEXT SEARCH CONFIGURATION paperql ALTER MAPPING FOR numword WITH unaccent, pg_catalog.simple;
--> statement-breakpoint
-- What a person would type for a text: lower case, LaTeX and look-alike characters resolved, symbols that carry meaning
-- spelt out (α alpha, C++ cplusplus), those that only decorate removed (S^3c s3c, $x_1$ x1, 3.5 35). Hyphens stay.
-- Each costly step runs only on a text that has what it is about.
CREATE FUNCTION search_clean(given text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  t text := given;
BEGIN
  IF position('\' IN t) > 0 THEN
    t := regexp_replace(t, '\\["''`^~=.]\s*\{?\\?([a-zA-Z])\}?', '\1', 'g');
    t := regexp_replace(t, '\\[uvHckrbdt]\{([a-zA-Z])\}', '\1', 'g');
    t := regexp_replace(t, '\\(o|O|l|L|ss|ae|AE|oe|OE|aa|AA|i|j)(?![a-zA-Z])(\{\}|\s*)', '\1', 'g');
    t := regexp_replace(t, '\\(text|math|emph|operatorname|mbox|rm|bf|it|sc|tt|left|right|href|url)[a-z]*\*?(?![a-zA-Z])\s*', '', 'g');
    t := regexp_replace(t, '\\ell(?![a-zA-Z])', 'l', 'g');
  END IF;
  t := lower(t);
  IF octet_length(t) <> length(t) THEN
    -- Combining accents, ligatures, full-width and mathematical letters.
    IF t ~ '[\u0300-\u036f\u2070-\u209f\u2100-\u214f\ufb00-\ufb06\uff01-\uff5e\U0001d400-\U0001d7ff]' THEN
      t := lower(normalize(t, NFKC));
    END IF;
    IF t ~ '[\u03b1-\u03c9\u03d1\u03d5\u03f5\u00b5]' THEN
      t := translate(t, 'ϵϕϑµς', 'εφθμσ');
      t := replace(replace(replace(replace(replace(replace(t, 'α', 'alpha'), 'β', 'beta'), 'γ', 'gamma'), 'δ', 'delta'), 'ε', 'epsilon'), 'ζ', 'zeta');
      t := replace(replace(replace(replace(replace(replace(t, 'η', 'eta'), 'θ', 'theta'), 'κ', 'kappa'), 'λ', 'lambda'), 'μ', 'mu'), 'ν', 'nu');
      t := replace(replace(replace(replace(replace(replace(t, 'ξ', 'xi'), 'π', 'pi'), 'ρ', 'rho'), 'σ', 'sigma'), 'τ', 'tau'), 'φ', 'phi');
      t := replace(replace(replace(t, 'χ', 'chi'), 'ψ', 'psi'), 'ω', 'omega');
    END IF;
    t := translate(t, '‐‑‒–−—―“”„«»‘’‚…•·×→←⟨⟩' || U&'\00a0\00ad\200b\200c\200d\2060\feff',
      '-----                   ');
  END IF;
  IF t ~ '[$^_{}]' THEN t := translate(t, '$^_{}', ''); END IF;
  IF position('++' IN t) > 0 THEN t := regexp_replace(t, '([a-z0-9])\+\+', '\1plusplus', 'g'); END IF;
  IF position('#' IN t) > 0 THEN t := regexp_replace(t, '(?<![a-z0-9])([cfj])#', '\1sharp', 'g'); END IF;
  IF t ~ '[0-9][.,][0-9]' THEN t := regexp_replace(t, '([0-9])[.,](?=[0-9])', '\1', 'g'); END IF;
  -- Acronyms without a vowel, which the stemmer takes for no plural: LLMs.
  RETURN regexp_replace(t, '\m([b-df-hj-np-tv-xz]+[b-df-hj-np-rtv-xz])s\M', '\1', 'g');
END $$;
--> statement-breakpoint
-- A text as it is indexed: its words, and behind them what its hyphens join, in one word (fine-tuning: finetuning). Spaces
-- stand for what the parser would take for part of an address, a path, a tag or a number; the rest is nothing to it.
-- It finds what it calls also where pg_restore has emptied the search path.
CREATE FUNCTION search_text(given text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
SET search_path FROM CURRENT AS $$
DECLARE
  t text := search_clean(given);
  joined text := '';
BEGIN
  IF position('-' IN t) > 0 THEN
    SELECT coalesce(string_agg(translate(w, '-/.@<&+()[],;:"''!?\', ''), ' '), '') INTO joined
    FROM string_to_table(t, ' ') AS w WHERE w LIKE '%_-_%';
  END IF;
  RETURN translate(t, '-/.@<&+', '       ') || ' ' || joined;
END $$;
--> statement-breakpoint
-- A word or phrase as its words alone.
CREATE FUNCTION search_words(given text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
SET search_path FROM CURRENT AS $$
BEGIN
  RETURN btrim(regexp_replace(translate(search_clean(given), '!"#%&''()*+,-./:;<=>?@[\]`|~', repeat(' ', 28)), '\s+', ' ', 'g'));
END $$;
--> statement-breakpoint
-- A word or phrase as a query: its words in this order, or what its hyphens and symbols join, in one word.
CREATE FUNCTION search_term(given text) RETURNS tsquery LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
SET search_path FROM CURRENT AS $$
DECLARE
  t text := search_words(given);
BEGIN
  -- Words with a space between them are not joined, as nobody writes them so.
  IF position(' ' IN t) > 0 AND given !~ '\s' THEN
    RETURN phraseto_tsquery('paperql', t) || plainto_tsquery('paperql', replace(t, ' ', ''));
  END IF;
  RETURN phraseto_tsquery('paperql', t);
END $$;
--> statement-breakpoint
-- As websearch_to_tsquery: "quoted words" stand together, `or` between alternatives, `-` before what must not be there.
CREATE FUNCTION search_query(given text) RETURNS tsquery LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
SET search_path FROM CURRENT AS $$
DECLARE
  m text[];
  term tsquery;
  every tsquery;
  alternatives tsquery;
BEGIN
  FOR m IN SELECT regexp_matches(given, '(-?)(?:"([^"]*)"?|(\S+))', 'g') LOOP
    IF m[1] = '' AND lower(m[3]) = 'or' THEN
      alternatives := coalesce(alternatives || every, every, alternatives);
      every := NULL;
      CONTINUE;
    END IF;
    term := search_term(coalesce(m[2], m[3]));
    CONTINUE WHEN numnode(term) = 0;
    IF m[1] = '-' THEN term := !!term; END IF;
    every := coalesce(every && term, term);
  END LOOP;
  RETURN coalesce(alternatives || every, every, alternatives, to_tsquery('simple', ''));
END $$;
--> statement-breakpoint
-- The parts of a search's score that do not depend on the query; src/domain/search-rank.ts says why they are what they are.
CREATE FUNCTION search_citation_score(citations integer) RETURNS real LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (0.3 * ln(1 + greatest(citations, 0)::float8))::real;
--> statement-breakpoint
CREATE FUNCTION search_freshness_score(published date) RETURNS real LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (0.04::float8 * coalesce(least(greatest(published - DATE '1990-01-01', 0), 21915), 0)::float8 / 365.25::float8)::real;
--> statement-breakpoint
CREATE TABLE "search_lexemes" (
	"lexeme" text collate "C" PRIMARY KEY NOT NULL,
	"paper_count" integer NOT NULL,
	"title_count" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_statistics" (
	"id" smallint PRIMARY KEY NOT NULL,
	"paper_count" integer NOT NULL,
	"tier_counts" integer[] NOT NULL,
	"refreshed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_words" (
	"word" text collate "C" PRIMARY KEY NOT NULL,
	"lexeme" text collate "C" NOT NULL
);
--> statement-breakpoint
DROP INDEX "papers_search_idx";--> statement-breakpoint
ALTER TABLE "papers" drop column "search";--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "search" "tsvector" GENERATED ALWAYS AS (setweight(to_tsvector('paperql'::regconfig, search_text(left(title, 2000))), 'A') || setweight(to_tsvector('paperql'::regconfig, search_text(left(coalesce(abstract, ''), 100000))), 'B')) STORED NOT NULL,
  ADD COLUMN "title_search" "tsvector" GENERATED ALWAYS AS (to_tsvector('paperql'::regconfig, search_text(left(title, 2000)))) STORED NOT NULL,
  ADD COLUMN "search_tier" smallint[] GENERATED ALWAYS AS (array[floor(10 * (search_citation_score(greatest(stated_citation_count, linked_citation_count)) + search_freshness_score(published_on)))::smallint]) STORED NOT NULL;--> statement-breakpoint
CREATE INDEX "search_words_trgm_idx" ON "search_words" USING gin (word gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "papers_title_search_idx" ON "papers" USING gin ("title_search","search_tier");--> statement-breakpoint
CREATE INDEX "papers_search_idx" ON "papers" USING gin ("search","search_tier");