import { LRUCache } from 'lru-cache'
import { alias, type Sql, sql } from '../../db/sql.ts'
import { topicKeys } from '../../db/tables/keywords.ts'
import { topics } from '../../db/tables/topics.ts'
import { keyOfTopic, vocabularyTopicOfKey } from '../record/keywords/vocabulary-keys.ts'

const o = alias(topics, 'o')
const k = alias(topicKeys, 'k')

/** By what a topic is found: its slug, or any spelling of it, such as a slug that it had before it joined another. */
export interface TopicName {
  slug: string
  /** What all spellings have in common, also the phrases for a curated topic. */
  key: string
  /** The slug of the curated topic that the spelling means, else the slug itself. */
  curated: string
}

/** Common topics are asked for again and again, and keys take longer to make than to find. */
const KNOWN = new LRUCache<string, TopicName>({
  max: 1000,
  memoMethod: (given) => readName(given),
})

/** Slugs in any case; the database compares them in lower case. */
export const topicName = (given: string): TopicName => KNOWN.memo(given)

function readName(given: string): TopicName {
  const slug = given.toLowerCase()
  const key = keyOfTopic({ slug, kind: 'keyword' })
  const topic = vocabularyTopicOfKey(key)
  if (topic === null) return { slug: given, key, curated: given }
  return { slug: given, key: keyOfTopic(topic), curated: topic.slug }
}

/** The id of the topic of that slug, else of that key, else the curated one; null when there is none. */
export function topicIdBy(slug: Sql, key: Sql, curated: Sql): Sql {
  return sql`coalesce((select ${o.id} from ${o} where ${o.slug} = ${slug}),
    (select ${k.topicId} from ${k} where ${k.key} = ${key}), (select ${o.id} from ${o} where ${o.slug} = ${curated}))`
}

/**
 * The same of one slug. Other spellings are left to a function, which is not called where the slug is that of a topic: a
 * statement opens the tables of its subqueries even where it needs none of them.
 */
export function topicIdAt(given: string): Sql {
  const { slug, key, curated } = topicName(given)
  return sql`coalesce((select ${o.id} from ${o} where ${o.slug} = ${slug}::text),
    (select topic_led_by(${key}::text, ${curated}::text)))`
}

/** Rows `n(name, key, curated)` of topics that are asked for by slugs. */
export function topicNameRows(slugs: readonly string[]): Sql {
  const names = slugs.map(topicName)
  return sql`unnest(${names.map(({ slug }) => slug)}::text[], ${names.map(({ key }) => key)}::text[],
    ${names.map(({ curated }) => curated)}::text[]) as n(name, key, curated)`
}
