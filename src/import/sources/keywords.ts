import { categoryCodes, categoryTopics } from '../../domain/record/arxiv-categories.ts'
import type { PaperRecord } from '../../domain/record/paper-record.ts'
import { findTopics } from '../../domain/record/topic-vocabulary.ts'
import { cleanText } from '../input/outcome.ts'

/** The topics of a paper by its keywords, title and abstract; keywords that are categories of arXiv become these. */
export function topicsOf(
  title: string,
  abstract: string | null,
  keywords: readonly string[],
  options: { areTopics?: boolean } = {},
): Pick<PaperRecord, 'topics' | 'keywords'> {
  const others = keywords.filter((keyword) => codeOf(keyword).length === 0)
  return {
    topics: [
      ...categoryTopics(keywords.flatMap(codeOf)),
      ...findTopics(title, abstract, others, options),
    ],
    ...(!options.areTopics && keywordsOf(others)),
  }
}

const codeOf = (name: string) =>
  categoryCodes([{ name: name.trim(), kind: 'category', score: null }])

/** Keywords as printed, each once; nothing where there are none. */
export function keywordsOf(printed: readonly string[]): Pick<PaperRecord, 'keywords'> {
  const keywords = printed.flatMap(
    (keyword) => cleanText(keyword)?.replace(/(?<=\w)[.;,]+$/, '') ?? [],
  )
  return keywords.length === 0 ? {} : { keywords: [...new Set(keywords)] }
}
