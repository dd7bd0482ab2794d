import { sql } from '../sql.ts'
import { authors } from '../tables/authors.ts'
import { institutions } from '../tables/institutions.ts'
import { papers, venues, words } from '../tables/papers.ts'
import { repositories } from '../tables/repositories.ts'
import { topics } from '../tables/topics.ts'
import {
  AUTHOR_KEY,
  INSTITUTION_KEY,
  PAPER_KEY,
  REPOSITORY_KEY,
  TOPIC_KEY,
  VENUE_ACRONYM,
  VENUE_KEY,
} from './word-keys.ts'

/** Everything that can be suggested, and the words with a given prefix. */
export const suggestionSources = sql`
-- Rows that can be suggested: \`key\` has the words, \`name\` is the whole name, and \`use\` is how much it is used.
CREATE OR REPLACE VIEW suggestables AS
  SELECT 'paper' AS kind, ${papers.id}, ${PAPER_KEY} AS key, ${papers.titleKey} AS name, key_vector(${PAPER_KEY}) AS vector,
    ${papers.citationCount} AS use FROM ${papers}
  UNION ALL SELECT 'author', ${authors.id}, ${AUTHOR_KEY}, ${authors.nameKey}, key_vector(${AUTHOR_KEY}), ${authors.paperCount} FROM ${authors}
  UNION ALL SELECT 'topic', ${topics.id}, ${TOPIC_KEY}, ${topics.nameKey}, key_vector(${TOPIC_KEY}), ${topics.paperCount} FROM ${topics}
  UNION ALL SELECT 'venue', ${venues.id}, ${VENUE_KEY}, ${VENUE_ACRONYM}, key_vector(${VENUE_KEY}), ${venues.paperCount} FROM ${venues}
  UNION ALL SELECT 'institution', ${institutions.id}, ${INSTITUTION_KEY}, ${institutions.nameKey},
    keys_vector(${institutions.nameKeys} || ${institutions.shortKeys}), ${institutions.paperCount} FROM ${institutions}
  UNION ALL SELECT 'repository', ${repositories.id}, ${repositories.nameKey}, ${repositories.name}, key_vector(${REPOSITORY_KEY}),
    ${repositories.starsSort} FROM ${repositories};

-- The first words with this prefix, in alphabetical order.
CREATE OR REPLACE FUNCTION words_begun_by(beginning text, most integer) RETURNS SETOF words LANGUAGE sql STABLE AS $$
  SELECT * FROM ${words} WHERE ${words.word} >= beginning AND ${words.word} < beginning || chr(1114111) ORDER BY ${words.word} LIMIT most
$$;

DO $$ BEGIN
  CREATE TYPE suggestion AS (kind text, id bigint, key text, use integer);
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;
`.text
