import { cleanText } from '../../input/outcome.ts'
import { markupToText } from '../markup.ts'
import { latexInText } from './latex-in-text.ts'

/** Converts a title, abstract or name of a venue, with markup of publishers or LaTeX, to plain text; null when empty. */
export const printedText = (text: string): string | null =>
  cleanText(latexInText(markupToText(text)))

/** Converts a title or abstract as submitted by authors, which may contain LaTeX but no markup: `a < b` stays; null when empty. */
export function submittedText(text: unknown): string | null {
  const clean = cleanText(text)
  return clean && cleanText(latexInText(clean))
}
