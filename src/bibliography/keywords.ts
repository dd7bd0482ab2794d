import type { CitablePaper } from '../domain/export/citable-paper.ts'
import { categoryCodes } from '../domain/record/arxiv-categories.ts'
import { topicKeyOf } from '../domain/record/keywords/topic-key.ts'

/**
 * The topics as keywords of a reference manager, the surest first: categories of arXiv as codes; then the keywords as printed, but
 * for other spellings of these. No name has a comma or a semicolon, since these separate keywords.
 */
export function keywordsOf({
  topics,
  keywords,
}: Pick<CitablePaper, 'topics' | 'keywords'>): string[] {
  const names = topics.map((topic) => categoryCodes([topic])[0] ?? topic.name)
  const known = new Set(topics.map(({ slug }) => topicKeyOf(slug).key))
  const others = keywords.filter((name) => !known.has(topicKeyOf(name).key))
  return [
    ...new Set([...names, ...others].map((name) => name.replace(/\s*[,;]\s*/g, ' ').trim())),
  ].filter(Boolean)
}
