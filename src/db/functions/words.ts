import { getTableName } from 'drizzle-orm'
import { alias, join, raw, type Sql, sql } from '../sql.ts'
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
  VENUE_KEY,
} from './word-keys.ts'

const w = alias(words, 'w')
const o = alias(words, 'o')
const excluded = alias(words, 'excluded')

/** Tables with words: the key of a row, and the columns that make it up. Only the words of titles are counted. */
const KEPT = [
  { table: papers, key: PAPER_KEY, columns: [papers.titleKey], isTitle: true },
  {
    table: authors,
    key: AUTHOR_KEY,
    columns: [authors.nameKey, authors.otherNames],
    isTitle: false,
  },
  { table: topics, key: TOPIC_KEY, columns: [topics.nameKey], isTitle: false },
  { table: venues, key: VENUE_KEY, columns: [venues.nameKey], isTitle: false },
  {
    table: institutions,
    key: INSTITUTION_KEY,
    columns: [institutions.nameKeys, institutions.acronyms],
    isTitle: false,
  },
  {
    table: repositories,
    key: REPOSITORY_KEY,
    columns: [repositories.owner, repositories.name],
    isTitle: false,
  },
]

const ofAll = KEPT.map(
  ({ table, key, isTitle }) =>
    sql`SELECT unnest(key_words(${key})) AS word, ${raw(isTitle ? '1' : '0')} AS is_title FROM ${table}`,
)

/** Both triggers of a table: for added rows, and for rows whose key has changed. */
function triggers({ table, key, columns, isTitle }: (typeof KEPT)[number]): Sql {
  const name = getTableName(table)
  const call = sql`(${quoted(key)}, ${raw(String(isTitle))})`
  const [was, is] = ['old', 'new'].map((row) =>
    join(
      columns.map((column) => sql`${raw(row)}.${column}`),
      ', ',
    ),
  )
  return sql`
CREATE OR REPLACE TRIGGER ${raw(`${name}_words`)} AFTER INSERT ON ${table} REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION add_words_of_rows${call};

CREATE OR REPLACE TRIGGER ${raw(`${name}_renamed_words`)} AFTER UPDATE OF ${join(columns, ', ')} ON ${table} FOR EACH ROW
WHEN ((${was}) IS DISTINCT FROM (${is})) EXECUTE FUNCTION add_words_of_row${call};
`
}

const quoted = (text: Sql) => raw(`'${text.text.replaceAll("'", "''")}'`)

/** All words of titles and names, kept by triggers. */
export const wordsFunctions = sql`
-- Common words are not counted further; a write of papers only looks them up. They are left out beforehand, because a conflict that leaves
-- a row unchanged still locks it, which is a write.
CREATE OR REPLACE FUNCTION add_words(keys text[], is_title boolean) RETURNS void LANGUAGE sql AS $$
  INSERT INTO ${words} AS w (${words.word}, ${words.titleCount})
  SELECT n.word, CASE WHEN is_title THEN count(*) ELSE 0 END
  FROM unnest(keys) AS k(key), unnest(key_words(k.key)) AS n(word)
  WHERE length(n.word) <= 40 AND NOT EXISTS (
    SELECT FROM ${o} WHERE ${o.word} = n.word AND (${o.titleCount} >= 200 OR NOT is_title))
  GROUP BY n.word ORDER BY n.word COLLATE "C"
  ON CONFLICT (${words.word}) DO UPDATE SET ${words.titleCount} = ${w.titleCount} + ${excluded.titleCount}
$$;

-- Adds the words of all inserted rows. Arguments: the SQL of a row's key, and whether it is a title.
CREATE OR REPLACE FUNCTION add_words_of_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('SELECT add_words(array(SELECT %s FROM added), %s)', TG_ARGV[0], TG_ARGV[1]);
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION add_words_of_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('SELECT add_words(array[%s], %s) FROM (SELECT ($1).*) AS changed', TG_ARGV[0], TG_ARGV[1]) USING NEW;
  RETURN NULL;
END $$;

-- Collects the words of all existing rows, for a catalogue that was filled earlier, or without triggers.
CREATE OR REPLACE FUNCTION fill_words() RETURNS void LANGUAGE sql AS $$
  INSERT INTO ${words} (${words.word}, ${words.titleCount})
  SELECT word, least(sum(is_title), 200) FROM (
    ${join(ofAll, '\n    UNION ALL ')}
  ) AS n WHERE length(word) <= 40 GROUP BY word
  ON CONFLICT (${words.word}) DO UPDATE SET ${words.titleCount} = ${excluded.titleCount}
$$;
${join(KEPT.map(triggers), '')}`.text
