-- What the tables and functions need of PostgreSQL's contrib modules: similar words, words without accents, and misspelt words.
create extension if not exists pg_trgm;
create extension if not exists unaccent;
create extension if not exists fuzzystrmatch;

-- Words without accents, stemmed. `search_clean` leaves the parser only words and numbers, so that few kinds of token arise.
do $$ begin
  if not exists (select from pg_ts_config where cfgname = 'paperql' and cfgnamespace = current_schema()::regnamespace) then
    create text search configuration paperql (copy = pg_catalog.simple);
  end if;
end $$;
alter text search configuration paperql alter mapping for asciiword with pg_catalog.english_stem;
alter text search configuration paperql alter mapping for word with unaccent, pg_catalog.english_stem;
alter text search configuration paperql alter mapping for numword with unaccent, pg_catalog.simple;
