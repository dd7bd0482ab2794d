import { partition } from 'es-toolkit'
import type { PaperRecord, TopicClaim } from '../paper-record.ts'
import { meaningsIn } from '../topic-meanings.ts'
import { findTopics, findVocabularyTopic } from '../topic-vocabulary.ts'
import { topicKeyOf } from './topic-key.ts'
import { vocabularyTopicOfKey } from './vocabulary-keys.ts'

/**
 * The record with the topics that this version finds in its title and abstract, in place of those that another version found. What
 * this version read stays as it is; topics that the source itself states always do.
 */
export function withFoundTopics(record: PaperRecord): PaperRecord {
  const misread = misreadKeywords(record)
  const kept = record.topics.filter(
    (topic) =>
      topic.source !== 'text' &&
      !isForgotten(topic) &&
      !(topic.source === 'keywords' && misread.has(topic.slug)),
  )
  const stated = new Set(kept.flatMap(({ source, slug }) => (BY_NAME.has(source) ? slug : [])))
  const found = findTopics(record.title, record.abstract).filter(({ slug }) => !stated.has(slug))
  return { ...record, topics: [...kept, ...found] }
}

/** Sources of topics that keywords or a column of topics name: these are not looked for in the text as well. */
const BY_NAME = new Set(['keywords', 'topics'])

/** What a keyword meant in a vocabulary that had it; the keyword itself is kept beside it. */
const isForgotten = ({ source, kind, slug }: TopicClaim) =>
  source === 'keywords' && kind !== 'keyword' && findVocabularyTopic(slug) === null

/** Slugs of topics that only keywords name which mean something else here. */
function misreadKeywords({ title, abstract, keywords = [] }: PaperRecord): Set<string> {
  const { isOther } = meaningsIn(title, abstract)
  const slugsOf = (names: readonly string[]) =>
    names.flatMap((name) => vocabularyTopicOfKey(topicKeyOf(name).key)?.slug ?? [])
  const [others, meant] = partition(keywords, isOther)
  const named = new Set(slugsOf(meant))
  return new Set(slugsOf(others).filter((slug) => !named.has(slug)))
}
