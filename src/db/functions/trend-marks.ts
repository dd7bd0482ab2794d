import { getTableName, type Table } from 'drizzle-orm'
import { join, raw, type Sql, sql } from '../sql.ts'
import { citations } from '../tables/citations.ts'
import { papers } from '../tables/papers.ts'
import { paperRepositories, repositoryStars } from '../tables/repositories.ts'
import { sourceRecords } from '../tables/sources.ts'
import { paperTrends, trendMarks } from '../tables/trending.ts'

const MARKS = sql`${trendMarks} (${trendMarks.kind}, ${trendMarks.ref})`

/** Triggers for added rows, for deleted rows, and for both states of changed rows. */
function triggers(table: Table, leadsTo: string): Sql {
  const name = getTableName(table)
  const when = [
    ['added', 'INSERT', 'NEW'],
    ['deleted', 'DELETE', 'OLD'],
    ['changed', 'UPDATE', 'NEW'],
    ['replaced', 'UPDATE', 'OLD'],
  ]
  const made = when.map(
    ([suffix, event, state]) => `
CREATE OR REPLACE TRIGGER ${name}_trend_${suffix} AFTER ${event} ON ${name} REFERENCING ${state} TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION mark_trends(${leadsTo});
`,
  )
  return raw(made.join(''))
}

/** Keeps a row of scores for each paper, and marks papers whose signals changed. */
export const trendMarksFunctions = sql`
-- The score of a paper by its date alone: days since the epoch. A date in the future counts as the day on which the paper was added. A date
-- known to the month or year counts as thirty days before its first day; otherwise hundreds of papers would lead the lists on each first of
-- January.
CREATE OR REPLACE FUNCTION trend_date(published_on date, published_precision date_precision, created_at timestamptz) RETURNS int
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN published_on IS NULL THEN -100000 ELSE
    least(published_on - CASE WHEN published_precision = 'day' THEN 0 ELSE 30 END, (created_at at time zone 'UTC')::date) - date '2020-01-01' END
$$;

CREATE OR REPLACE FUNCTION add_trends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO ${paperTrends} (${paperTrends.paperId}, ${paperTrends.day}, ${paperTrends.week}, ${paperTrends.month})
  SELECT a.id, d, d, d FROM added a, trend_date(a.published_on, a.published_precision, a.created_at) AS d;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER papers_trends AFTER INSERT ON ${papers} REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION add_trends();

-- Marks the paper of a row. Argument: the column with its id.
CREATE OR REPLACE FUNCTION mark_trend() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_ARGV[0] = 'id' THEN INSERT INTO ${MARKS} VALUES ('paper', NEW.id);
  ELSE INSERT INTO ${MARKS} VALUES ('paper', NEW.paper_id);
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER papers_trend_date AFTER UPDATE OF ${papers.publishedOn}, ${papers.publishedPrecision} ON ${papers} FOR EACH ROW
WHEN ((old.published_on, old.published_precision) IS DISTINCT FROM (new.published_on, new.published_precision)) EXECUTE FUNCTION mark_trend('id');

-- Votes in this catalogue, also after merges and splits.
CREATE OR REPLACE TRIGGER papers_trend_votes AFTER UPDATE OF ${papers.ownUpvoteCount} ON ${papers} FOR EACH ROW
WHEN (old.own_upvote_count <> new.own_upvote_count) EXECUTE FUNCTION mark_trend('id');

CREATE OR REPLACE TRIGGER records_trend_added AFTER INSERT ON ${sourceRecords} FOR EACH ROW
WHEN (new.listed_on IS NOT NULL AND new.paper_id IS NOT NULL) EXECUTE FUNCTION mark_trend('paper_id');

CREATE OR REPLACE TRIGGER records_trend_changed AFTER UPDATE OF ${sourceRecords.paperId}, ${sourceRecords.contentHash} ON ${sourceRecords}
FOR EACH ROW WHEN (new.listed_on IS NOT NULL AND new.paper_id IS NOT NULL) EXECUTE FUNCTION mark_trend('paper_id');

-- Marks the papers or repositories of all changed rows of a statement. Arguments: pairs of a kind and the column with the id.
CREATE OR REPLACE FUNCTION mark_trends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  FOR i IN 0..TG_NARGS - 1 BY 2 LOOP
    EXECUTE format('INSERT INTO ${MARKS} SELECT DISTINCT %L, %I FROM changed', TG_ARGV[i], TG_ARGV[i + 1]);
  END LOOP;
  RETURN NULL;
END $$;
${join(
  [
    triggers(repositoryStars, "'repository', 'repository_id'"),
    triggers(paperRepositories, "'repository', 'repository_id', 'paper', 'paper_id'"),
    triggers(citations, "'paper', 'cited_id'"),
  ],
  '',
)}
-- Rows for existing papers.
INSERT INTO ${paperTrends} (${paperTrends.paperId}, ${paperTrends.day}, ${paperTrends.week}, ${paperTrends.month})
SELECT p.id, d, d, d FROM papers p, trend_date(p.published_on, p.published_precision, p.created_at) AS d
WHERE NOT EXISTS (SELECT FROM paper_trends t WHERE t.paper_id = p.id);
`.text
