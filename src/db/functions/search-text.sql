-- Whether a text has letters of a script that is written without spaces between words, or whose words are found within others.
CREATE OR REPLACE FUNCTION is_unspaced(given text) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN given ~ '[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]';

-- Unifies spellings that a search does not distinguish. It runs in the database, because sending the words of each abstract would double
-- what an import writes. `simplified` of title-key.ts, which runs for each title and name of an import, also drops signs that this keeps;
-- tests/db/title-words.test.ts compares the two. Each letter of a script without spaces is a word.
CREATE OR REPLACE FUNCTION search_clean(given text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  t text COLLATE paperql := given;
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
    -- Signs that NFKC would turn into letters or digits of the word before them, such as footnote marks; x² is x2.
    IF t ~ '[™℠®©№ªº⁰¹²³⁴-⁹]' THEN
      t := regexp_replace(replace(translate(t, '™℠®©', '    '), '№', ' no '), '([0-9])[ªº]', '\1 ', 'g');
      t := normalize(regexp_replace(t, '([[:alpha:]]{4})[⁰¹²³⁴-⁹]+(?![[:alpha:]])', '\1 ', 'g'), NFKC);
    END IF;
    -- Combining accents, ligatures, full-width and mathematical letters.
    IF t ~ '[\u0300-\u036f\u2070-\u209f\u2100-\u214f\ufb00-\ufb06\uff01-\uff9f\U0001d400-\U0001d7ff]' THEN
      t := lower(normalize(t, NFKC));
    END IF;
    -- Combining accents without a composed letter, and points of Hebrew and Arabic, which `simplified` drops too. A maqaf joins words like
    -- a hyphen.
    IF t ~ '[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]' THEN
      t := regexp_replace(replace(t, U&'\05be', '-'), '[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]+', '', 'g');
    END IF;
    IF t ~ '[\u03b1-\u03c9\u03d1\u03d5\u03f5\u00b5]' THEN
      t := translate(t, 'ϵϕϑµς', 'εφθμσ');
      t := replace(replace(replace(replace(replace(replace(t, 'α', 'alpha'), 'β', 'beta'), 'γ', 'gamma'), 'δ', 'delta'), 'ε', 'epsilon'), 'ζ', 'zeta');
      t := replace(replace(replace(replace(replace(replace(t, 'η', 'eta'), 'θ', 'theta'), 'κ', 'kappa'), 'λ', 'lambda'), 'μ', 'mu'), 'ν', 'nu');
      t := replace(replace(replace(replace(replace(replace(t, 'ξ', 'xi'), 'π', 'pi'), 'ρ', 'rho'), 'σ', 'sigma'), 'τ', 'tau'), 'φ', 'phi');
      t := replace(replace(replace(t, 'χ', 'chi'), 'ψ', 'psi'), 'ω', 'omega');
    END IF;
    -- Han, kana, Hangul, Thai, Lao, Khmer and Burmese: each letter with its marks is indexed as a word, so that a word is a phrase.
    IF t ~ '[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]' THEN
      t := translate(normalize(t, NFC), '、。〈〉《》「」『』【】〔〕〜・', repeat(' ', 18));
      t := regexp_replace(t, '([\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u1056-\u1059\u105e-\u1060\u17b4-\u17d3\u17dd\u3099\u309a]*)', ' \1 ', 'g');
    END IF;
    t := translate(t, '‐‑‒–−—―“”„«»‘’‚…•·×→←⟨⟩' || U&'\00a0\00ad\200b\200c\200d\2060\feff',
      '-----                   ');
    -- The parser takes signs for letters if the locale of the database knows only ASCII, and takes pictographs for letters in any locale.
    t := regexp_replace(t, '[\u00a1-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7\u2000-\u215f\u2190-\u24b5\u24ea-\u2bff\u2e00-\u2e7f\ufe30-\ufe6f]', ' ', 'g');
    t := regexp_replace(t, '([\U0001f000-\U0001faff])', ' \1 ', 'g');
  END IF;
  -- On a whole abstract, translate() takes ten times as long.
  IF t ~ '[$^_{}]' THEN
    t := replace(replace(replace(replace(replace(t, '$', ''), '^', ''), '_', ''), '{', ''), '}', '');
  END IF;
  IF position('++' IN t) > 0 THEN t := regexp_replace(t, '([a-z0-9])\+\+', '\1plusplus', 'g'); END IF;
  IF position('#' IN t) > 0 THEN t := regexp_replace(t, '(?<![a-z0-9])([cfj])#', '\1sharp', 'g'); END IF;
  IF t ~ '[0-9][.,][0-9]' THEN t := regexp_replace(t, '([0-9])[.,](?=[0-9])', '\1', 'g'); END IF;
  -- Acronyms without a vowel, whose plural the stemmer does not recognise: LLMs.
  RETURN regexp_replace(t, '\m([b-df-hj-np-tv-xz]+[b-df-hj-np-rtv-xz])s\M', '\1', 'g');
END $$;

-- A text as it is indexed: its words, followed by its hyphenated words without their hyphens (fine-tuning: finetuning). Spaces replace
-- signs that the parser would take for part of an address, a path, a tag or a number; it ignores other signs. The search path is fixed,
-- because pg_restore empties it.
CREATE OR REPLACE FUNCTION search_text(given text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
SET search_path FROM CURRENT AS $$
DECLARE
  t text := search_clean(given);
  joined text := '';
BEGIN
  IF position('-' IN t) > 0 THEN
    SELECT coalesce(string_agg(translate(w[1], '-/.@<&+()[],;:"''!?\', ''), ' '), '') INTO joined
    FROM regexp_matches(t, '[^ ]+-[^ ]+', 'g') AS w;
  END IF;
  t := replace(replace(replace(replace(t, '-', ' '), '/', ' '), '.', ' '), '@', ' ');
  RETURN replace(replace(replace(t, '<', ' '), '&', ' '), '+', ' ') || ' ' || joined;
END $$;

-- The words of a word or phrase, without punctuation.
CREATE OR REPLACE FUNCTION search_words(given text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
SET search_path FROM CURRENT AS $$
BEGIN
  RETURN btrim(regexp_replace(translate(search_clean(given), '!"#%&''()*+,-./:;<=>?@[\]`|~', repeat(' ', 28)), '\s+', ' ', 'g'));
END $$;

CREATE OR REPLACE FUNCTION search_term(given text) RETURNS tsquery LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
SET search_path FROM CURRENT AS $$
DECLARE
  t text := search_words(given);
BEGIN
  -- Words separated by spaces are not joined, because nobody writes them that way.
  IF position(' ' IN t) > 0 AND given !~ '\s' AND NOT is_unspaced(given) THEN
    RETURN phraseto_tsquery('paperql', t) || plainto_tsquery('paperql', replace(t, ' ', ''));
  END IF;
  RETURN phraseto_tsquery('paperql', t);
END $$;

-- Like websearch_to_tsquery: "quoted words" are a phrase, `or` separates alternatives, and `-` excludes a word.
CREATE OR REPLACE FUNCTION search_query(given text) RETURNS tsquery LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
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
