import type { CitablePaper } from '../domain/export/citable-paper.ts'
import { categoryCodes } from '../domain/record/arxiv-categories.ts'
import { topicKeyOf } from '../domain/record/keywords/topic-key.ts'

/**
 * Keywords for reference managers: arXiv categories as codes, the printed keywords in their order, then further topics by descending score.
 * No keyword contains a comma or a semicolon, because these separate keywords.
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
