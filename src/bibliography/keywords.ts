import type { CitablePaper } from '../domain/export/citable-paper.ts'
import { categoryCodes } from '../domain/record/arxiv-categories.ts'

/**
 * The topics as keywords of a reference manager, the surest first: categories of arXiv as codes, and no name with a
 * comma or a semicolon, since these separate keywords.
 */
export function keywordsOf({ topics }: Pick<CitablePaper, 'topics'>): string[] {
  const names = topics.map((topic) => categoryCodes([topic])[0] ?? topic.name)
  return [...new Set(names.map((name) => name.replace(/\s*[,;]\s*/g, ' ').trim()))]
}
