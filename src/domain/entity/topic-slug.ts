import { LRUCache } from 'lru-cache'
import { alias, type Sql, sql } from '../../db/sql.ts'
import { topicKeys } from '../../db/tables/keywords.ts'
import { topics } from '../../db/tables/topics.ts'
import { keyOfTopic, vocabularyTopicOfKey } from '../record/keywords/vocabulary-keys.ts'

const o = alias(topics, 'o')
const k = alias(topicKeys, 'k')

/** The forms by which a topic is found: its slug, or any spelling, such as a slug that it had before it was merged into another. */
export interface TopicName {
  slug: string
  /** The key shared by all spellings, including the phrases for a curated topic. */
  key: string
  /** The slug of the curated topic with this spelling, else the slug itself. */
  curated: string
}

/** Cached, because common topics are requested often and computing keys is slow. */
const KNOWN = new LRUCache<string, TopicName>({
  max: 1000,
  memoMethod: (given) => readName(given),
})

/** The forms of a slug in any case. */
export const topicName = (given: string): TopicName => KNOWN.memo(given)

function readName(given: string): TopicName {
  const slug = given.toLowerCase()
  const key = keyOfTopic({ slug, kind: 'keyword' })
  const topic = vocabularyTopicOfKey(key)
  if (topic === null) return { slug: given, key, curated: given }
  return { slug: given, key: keyOfTopic(topic), curated: topic.slug }
}

/** SQL for the id of the topic with this slug, else with this key, else of the curated topic; null if there is none. */
export function topicIdBy(slug: Sql, key: Sql, curated: Sql): Sql {
  return sql`coalesce((select ${o.id} from ${o} where ${o.slug} = ${slug}),
    (select ${k.topicId} from ${k} where ${k.key} = ${key}), (select ${o.id} from ${o} where ${o.slug} = ${curated}))`
}

/**
 * `topicIdBy` for one slug. A database function looks up other spellings, and is not called if a topic has the slug: a
 * statement opens the tables of its subqueries even if it does not need them.
 */
export function topicIdAt(given: string): Sql {
  const { slug, key, curated } = topicName(given)
  return sql`coalesce((select ${o.id} from ${o} where ${o.slug} = ${slug}::text),
    (select topic_led_by(${key}::text, ${curated}::text)))`
}

/** Rows `n(name, key, curated)` for requested slugs of topics. */
export function topicNameRows(slugs: readonly string[]): Sql {
  const names = slugs.map(topicName)
  return sql`unnest(${names.map(({ slug }) => slug)}::text[], ${names.map(({ key }) => key)}::text[],
    ${names.map(({ curated }) => curated)}::text[]) as n(name, key, curated)`
}
