import { categoryCodes, categoryTopics } from '../../domain/record/arxiv-categories.ts'
import type { TopicClaim } from '../../domain/record/paper-record.ts'
import { findTopics } from '../../domain/record/topic-vocabulary.ts'

/** The topics of a paper by its keywords, title and abstract; keywords that are categories of arXiv become these. */
export function topicsOf(
  title: string,
  abstract: string | null,
  keywords: readonly string[],
  options: { areTopics?: boolean } = {},
): TopicClaim[] {
  const codeOf = (name: string) =>
    categoryCodes([{ name: name.trim(), kind: 'category', score: null }])
  return [
    ...categoryTopics(keywords.flatMap(codeOf)),
    ...findTopics(
      title,
      abstract,
      keywords.filter((keyword) => codeOf(keyword).length === 0),
      options,
    ),
  ]
}
