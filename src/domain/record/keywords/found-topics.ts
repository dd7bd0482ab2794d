import { partition } from 'es-toolkit'
import type { PaperRecord, TopicClaim } from '../paper-record.ts'
import { meaningsIn } from '../topic-meanings.ts'
import { findTopics, findVocabularyTopic } from '../topic-vocabulary.ts'
import { topicKeyOf } from './topic-key.ts'
import { vocabularyTopicOfKey } from './vocabulary-keys.ts'

/**
 * Replaces the topics that another version found in the title and abstract with those that this version finds. A record read by this version,
 * and topics that the source states, stay unchanged.
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

/** Sources of topics from keywords or a column of topics; such topics are not searched for in the text as well. */
const BY_NAME = new Set(['keywords', 'topics'])

/** Whether a claim is a topic that an earlier vocabulary had for a keyword; the keyword itself is stored separately. */
const isForgotten = ({ source, kind, slug }: TopicClaim) =>
  source === 'keywords' && kind !== 'keyword' && findVocabularyTopic(slug) === null

/** Slugs of topics stated only by keywords that have another meaning in this paper. */
function misreadKeywords({ title, abstract, keywords = [] }: PaperRecord): Set<string> {
  const { isOther } = meaningsIn(title, abstract)
  const slugsOf = (names: readonly string[]) =>
    names.flatMap((name) => vocabularyTopicOfKey(topicKeyOf(name).key)?.slug ?? [])
  const [others, meant] = partition(keywords, isOther)
  const named = new Set(slugsOf(meant))
  return new Set(slugsOf(others).filter((slug) => !named.has(slug)))
}
