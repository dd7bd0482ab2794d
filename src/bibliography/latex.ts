import { bibtex, Transform } from 'unicode2latex'

const LETTERS = new Transform('bibtex-creator')
const TABLE = bibtex.base as Record<string, { math?: string; text?: string }>

/** Signs that LaTeX would take for something else. Braces are named: BibTeX counts them even when escaped. */
const SIGNS: Record<string, string> = {
  '#': '\\#',
  $: '\\$',
  '%': '\\%',
  '&': '\\&',
  _: '\\_',
  '{': '{\\textbraceleft}',
  '}': '{\\textbraceright}',
  '~': '{\\textasciitilde}',
  '^': '{\\textasciicircum}',
  '\\': '{\\textbackslash}',
  '<': '{\\textless}',
  '>': '{\\textgreater}',
  '|': '{\\textbar}',
  '\u00A0': '~',
  '\u2013': '--',
  '\u2014': '---',
  '\u2018': '{\\textquoteleft}',
  '\u2019': '{\\textquoteright}',
  '\u201C': '``',
  '\u201D': "''",
}

const known = new Map<string, string>()

/** Plain text for LaTeX: signs escaped, letters with accents and what LaTeX has a command for as commands, the rest as it is. */
export function escapeText(text: string): string {
  return text.normalize('NFC').replace(/[^a-zA-Z0-9 ,.:;()'"!?/*+=@[\]`-]/gu, (sign) => {
    const found = known.get(sign) ?? escapeSign(sign)
    known.set(sign, found)
    return found
  })
}

function escapeSign(sign: string): string {
  const fixed = SIGNS[sign]
  if (fixed !== undefined) return fixed
  if (/\p{Script=Latin}/u.test(sign)) {
    const letter = LETTERS.tolatex(sign)
    // A letter with two accents is understood as it is by more programs than as commands within commands.
    return /^\{\\(?:[a-zA-Z]+|["'`^~=.](?:\\?[a-zA-Z])|[a-zA-Z] \\?[a-zA-Z])\}$/.test(letter)
      ? letter
      : sign
  }
  const math = TABLE[sign]?.math
  const isCommand = math !== undefined && /^\\[a-zA-Z]+$/.test(math)
  return isCommand && /\p{Script=Greek}|\p{Sm}/u.test(sign) ? `\\ensuremath{${math}}` : sign
}

/** Formulas are LaTeX already, where titles and abstracts have them. */
const FORMULA = /(\$[^\s$](?:[^$]*[^\s$])?\$)(?!\d)/

/** Text with formulas for LaTeX. `isTitle` also keeps styles from writing names such as BERT in lower case. */
export function latexOf(text: string, isTitle = false): string {
  const protect = isTitle ? protector(text) : escapeText
  return text
    .split(FORMULA)
    .map((part, i) => {
      if (i % 2 === 0) return protect(part)
      if (!isBalanced(part)) return escapeText(part)
      return isTitle ? `{${part}}` : part
    })
    .join('')
}

function isBalanced(formula: string): boolean {
  let depth = 0
  for (const sign of formula.replace(/\\[\\{}]/g, '')) {
    if (sign === '{') depth++
    if (sign === '}' && --depth < 0) return false
  }
  return depth === 0 && !/\\[{}]/.test(formula)
}

const WORD = /[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}'\u2019.+/&_-]*[\p{L}\p{N}\p{M}+])?/gu

/** Escapes a title's text, with braces around words that have to keep their capitals. */
function protector(title: string): (text: string) => string {
  const isSentence = isWrittenAsSentence(title)
  return (text) => {
    let from = 0
    let made = ''
    for (const { 0: word, index } of text.matchAll(WORD)) {
      const before = text.slice(0, index)
      const isFirst = /(?:^|[:.?!\u2014]\s*["'(\u201C]?)$/.test(before.trimEnd())
      const isName = isSentence && !isFirst && /^\p{Lu}/u.test(word)
      made += escapeText(text.slice(from, index))
      made += isName || hasInnerCapital(word) ? `{${escapeText(word)}}` : escapeText(word)
      from = index + word.length
    }
    return made + escapeText(text.slice(from))
  }
}

/** `BERT`, `mT5` and `3D`, but not `Pre-Training`. */
const hasInnerCapital = (word: string) =>
  word.split(/[-/]/).some((part) => /^.\P{Lu}*\p{Lu}/u.test(part))

/** Whether most words of a title are in lower case: then those that are not are names. */
function isWrittenAsSentence(title: string): boolean {
  const words = (title.match(WORD) ?? []).slice(1).filter((word) => word.length > 3)
  const capital = words.filter((word) => /^\p{Lu}/u.test(word))
  return words.length > 0 && capital.length * 2 < words.length
}
