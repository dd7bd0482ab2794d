import { FORMULA } from '../latex.ts'

/** A conditional with one branch for formulas and one for text: `\ifmmode \check{s}\else \v{s}\fi{}` */
const CONDITIONAL =
  /\\ifmmode(?![a-zA-Z])\s*((?:(?!\\(?:ifmmode|else|fi)(?![a-zA-Z]))[\s\S])*)(?:\\else(?![a-zA-Z])\s*((?:(?!\\(?:ifmmode|fi)(?![a-zA-Z]))[\s\S])*))?\\fi(?![a-zA-Z])(?:\{\}|[ \t]+)?/g

/**
 * Keeps the branch of each `\ifmmode` that would be printed. The American Physical Society writes accents and symbols with both
 * branches.
 */
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

/** Ends a command, so that a letter after it does not become a part of it. */
const ended = (branch: string) => (/\\[a-zA-Z]+$/.test(branch) ? `${branch}{}` : branch)
