import {
  findVocabularyTopic,
  type VocabularyTopic,
  vocabularyPhrases,
} from '../topic-vocabulary.ts'
import { topicKeyOf } from './topic-key.ts'

let byKey: Map<string, VocabularyTopic> | null = null

/** The curated topic of all spellings with this key; null if there is none. */
export function vocabularyTopicOfKey(key: string): VocabularyTopic | null {
  byKey ??= keysOfPhrases()
  return byKey.get(key) ?? null
}

/** The keys of all phrases for the curated topic with this key; empty for other keys. */
export function phraseKeys(key: string): string[] {
  const topic = vocabularyTopicOfKey(key)
  return topic === null
    ? []
    : [...(byKey ?? [])].flatMap(([own, one]) => (one === topic ? own : []))
}

/** The key of a topic, made from its slug. Codes of categories are not words, and are their own keys. */
export function keyOfTopic({ slug, kind }: { slug: string; kind: string }): string {
  return kind === 'category' ? CATEGORY + slug : topicKeyOf(slug).key
}

const CATEGORY = 'category '

/** The slug of the category or curated topic with this key; null for other keys. */
export function slugOfFixedKey(key: string): string | null {
  if (key.startsWith(CATEGORY)) return key.slice(CATEGORY.length)
  return vocabularyTopicOfKey(key)?.slug ?? null
}

/** Topics by key. Names have priority, because a phrase for one topic may be the name of another. */
function keysOfPhrases(): Map<string, VocabularyTopic> {
  const found = new Map<string, VocabularyTopic>()
  const all = vocabularyPhrases()
  for (const { topic } of all) found.set(keyOfTopic(topic), topic)
  for (const { topic, phrases } of all)
    for (const phrase of phrases) {
      const { key } = topicKeyOf(phrase)
      if (!found.has(key)) found.set(key, topic)
    }
  return found
}

/**
 * The curated topics of a keyword: its own topic, or those of an area and its sub-area, such as "Computer Vision: Tracking".
 */
export function vocabularyTopicsOf(name: string, key: string): VocabularyTopic[] {
  const whole = vocabularyTopicOfKey(key)
  if (whole) return [whole]
  const parts = name.includes(':') ? name.split(':') : []
  return parts.flatMap((part) => vocabularyTopicOfKey(topicKeyOf(part).key) ?? [])
}

/** Whether the topic of a claim is fixed, independent of its use: one of the vocabulary, or a category. */
export const isFixed = ({ slug, kind }: { slug: string; kind: string }): boolean =>
  kind === 'category' || findVocabularyTopic(slug) !== null
