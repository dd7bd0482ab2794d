-- Extensions of PostgreSQL that tables and functions use: for similar words, words without accents, and misspelt words.
create extension if not exists pg_trgm;
create extension if not exists unaccent;
create extension if not exists fuzzystrmatch;

-- Letters and their lower case by Unicode alone: the locale of a database may know only ASCII, or another lower case of I. A server has one
-- or another of these collations, depending on its version and its build.
do $$ declare definition text; begin
  if exists (select from pg_collation where collname = 'paperql' and collnamespace = current_schema()::regnamespace) then return; end if;
  foreach definition in array array[
    $d$provider = builtin, locale = 'C.UTF-8'$d$, $d$provider = icu, locale = 'und'$d$,
    $d$provider = libc, locale = 'C.UTF-8'$d$, $d$provider = libc, locale = 'en_US.UTF-8'$d$] loop
    begin
      execute format('create collation paperql (%s)', definition);
      return;
    exception when invalid_parameter_value or invalid_object_definition or feature_not_supported or undefined_object then
      continue;
    end;
  end loop;
  raise exception 'This PostgreSQL has no collation that knows the letters of Unicode: neither C.UTF-8 nor one of ICU.';
end $$;

-- Words without accents, stemmed. `search_clean` leaves only words and numbers to the parser, so that few kinds of token occur.
do $$ begin
  if not exists (select from pg_ts_config where cfgname = 'paperql' and cfgnamespace = current_schema()::regnamespace) then
    create text search configuration paperql (copy = pg_catalog.simple);
  end if;
end $$;
alter text search configuration paperql alter mapping for asciiword with pg_catalog.english_stem;
alter text search configuration paperql alter mapping for word with unaccent, pg_catalog.english_stem;
alter text search configuration paperql alter mapping for numword with unaccent, pg_catalog.simple;
