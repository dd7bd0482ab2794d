import { alias, sql } from '../sql.ts'
import { topicKeys } from '../tables/keywords.ts'
import { topics } from '../tables/topics.ts'

const t = alias(topics, 't')
const k = alias(topicKeys, 'k')

export const topicsWithin = sql`
-- The ids of the topics with these slugs and of all topics below them. It is a function because the planner evaluates a stable function,
-- and so sees whether it selects a thousandth of the papers or a third; it would not evaluate a subquery.
CREATE OR REPLACE FUNCTION topics_within(slugs text[]) RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT array(
    WITH RECURSIVE below(id, level) AS (
      SELECT ${t.id}, 1 FROM ${t} WHERE ${t.slug} = ANY(slugs)
      UNION
      SELECT ${t.id}, b.level + 1 FROM below b JOIN ${t} ON ${t.parentId} = b.id WHERE b.level < 20
    ) SELECT DISTINCT id FROM below)
$$;

-- The same, also for spellings that lead to topics, by their keys.
CREATE OR REPLACE FUNCTION topics_led_within(slugs text[], keys text[]) RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT topics_within(array(
    SELECT ${t.slug} FROM ${t} WHERE ${t.slug} = ANY(slugs)
      OR ${t.id} IN (SELECT ${k.topicId} FROM ${k} WHERE ${k.key} = ANY(keys))))
$$;

-- The id of the topic to which spellings with this key lead, otherwise of the topic with this slug; null if there is none.
CREATE OR REPLACE FUNCTION topic_led_by(spelling_key text, curated text) RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce((SELECT ${k.topicId} FROM ${k} WHERE ${k.key} = spelling_key),
    (SELECT ${t.id} FROM ${t} WHERE ${t.slug} = curated))
$$;
`.text
