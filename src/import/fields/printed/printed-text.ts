import { cleanText } from '../../input/outcome.ts'
import { markupToText } from '../markup.ts'
import { latexInText } from './latex-in-text.ts'

/** A title, an abstract or the name of a venue as it is printed, from a format whose texts may have markup of publishers, or LaTeX; null when empty. */
export const printedText = (text: string): string | null =>
  cleanText(latexInText(markupToText(text)))

/** A title or an abstract as authors submit it, in which there is LaTeX and no markup: `a < b` stays; null when empty. */
export function submittedText(text: unknown): string | null {
  const clean = cleanText(text)
  return clean && cleanText(latexInText(clean))
}
