import { FORMULA } from '../latex.ts'

/** What is printed in a formula, and what else: `\ifmmode \check{s}\else \v{s}\fi{}` */
const CONDITIONAL =
  /\\ifmmode(?![a-zA-Z])\s*((?:(?!\\(?:ifmmode|else|fi)(?![a-zA-Z]))[\s\S])*)(?:\\else(?![a-zA-Z])\s*((?:(?!\\(?:ifmmode|fi)(?![a-zA-Z]))[\s\S])*))?\\fi(?![a-zA-Z])(?:\{\}|[ \t]+)?/g

/** LaTeX with the one branch of each `\ifmmode` that would be printed: the American Physical Society writes accents and signs as both. */
export function withoutConditionals(text: string): string {
  if (!text.includes('\\ifmmode')) return text
  const parts = text.split(FORMULA)
  return parts
    .map((part, i) =>
      part.replace(CONDITIONAL, (_, formula = '', other = '') =>
        ended(i % 2 === 1 ? formula : other),
      ),
    )
    .join('')
}

/** A letter that follows is not part of the command. */
const ended = (branch: string) => (/\\[a-zA-Z]+$/.test(branch) ? `${branch}{}` : branch)
