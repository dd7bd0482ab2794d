import type { CitablePaper } from '../domain/export/citable-paper.ts'
import { categoryCodes } from '../domain/record/arxiv-categories.ts'
import { topicKeyOf } from '../domain/record/keywords/topic-key.ts'

/**
 * The keywords of a reference manager: categories of arXiv as codes, the keywords as printed and in their order, then the topics
 * that these do not name, the surest first. No name has a comma or a semicolon, since these separate keywords.
 */
export function keywordsOf({
  topics,
  keywords,
}: Pick<CitablePaper, 'topics' | 'keywords'>): string[] {
  const codes = topics.flatMap((topic) => categoryCodes([topic])[0] ?? [])
  const printed = new Set(keywords.map((name) => topicKeyOf(name).key))
  const others = topics.filter(
    (topic) => categoryCodes([topic]).length === 0 && !printed.has(topicKeyOf(topic.slug).key),
  )
  const names = [...codes, ...keywords, ...others.map(({ name }) => name)]
  return [...new Set(names.map((name) => name.replace(/\s*[,;]\s*/g, ' ').trim()))].filter(Boolean)
}
