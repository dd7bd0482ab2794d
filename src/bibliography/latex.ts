import { bibtex, Transform } from 'unicode2latex'
import { matchAt } from '../match-at.ts'

const LETTERS = new Transform('bibtex-creator')
const TABLE = bibtex.base as Record<string, { math?: string; text?: string }>

/** Characters that LaTeX would interpret. Braces become named commands, because BibTeX counts even escaped braces. */
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
  '⊥': '\\ensuremath{\\bot}',
}

/** The table maps these to commands of other characters. */
const WITHOUT_COMMAND = /[ϒẛ≾≿⋄⩽]/u

/** At most one entry per character, so it needs no limit. */
const known = new Map<string, string>()

/**
 * Escapes plain text for LaTeX: special characters are escaped, accented letters and characters with a LaTeX command become commands,
 * others stay.
 */
export function escapeText(text: string): string {
  let made = ''
  for (const sign of text.normalize('NFC')) {
    const written = PLAIN.test(sign) ? sign : (known.get(sign) ?? escapeSign(sign))
    known.set(sign, written)
    // LaTeX would join these two characters into one: a dash, a quotation mark, or an inverted mark.
    made += isLigature(made.at(-1) ?? '', written[0] ?? '') ? `{}${written}` : written
  }
  return made
}

const PLAIN = /^[a-zA-Z0-9 ,.:;()'"!?/*+=@[\]`-]$/

const isLigature = (last: string, next: string) =>
  (last === next && /[-'`]/.test(last)) || (next === '`' && /[?!]/.test(last))

function escapeSign(sign: string): string {
  const fixed = SIGNS[sign]
  if (fixed !== undefined) return fixed
  if (WITHOUT_COMMAND.test(sign)) return sign
  if (/\p{Script=Latin}/u.test(sign)) {
    const letter = LETTERS.tolatex(sign)
    // More programs understand a letter with two accents directly than as nested commands.
    return /^\{\\(?:[a-zA-Z]+|["'`^~=.](?:\\?[a-zA-Z])|[a-zA-Z] \\?[a-zA-Z])\}$/.test(letter)
      ? letter
      : sign
  }
  const math = TABLE[sign]?.math
  const isCommand = math !== undefined && /^\\[a-zA-Z]+$/.test(math)
  // Letters of mathematical alphabets would come back as plain letters.
  return isCommand && sign.length === 1 && /\p{Script=Greek}|\p{Sm}/u.test(sign)
    ? `\\ensuremath{${math}}`
    : sign
}

/** A formula in a title or abstract, which is already LaTeX. A dollar after a letter is a currency such as `US$`, except as in `CO$_2$`. */
const FORMULA = /(?<!\\)(?:(?<!\p{L})|(?=\$[_^\\]))\$(?=[^\s$])([^$]*)(?<=\S)\$(?!\d)/uy

/** A word of a sentence, such as between two amounts in dollars: not a command or a function name. */
const PROSE =
  /(?<![\\\p{L}{_^])(?!(?:log|exp|sin|cos|tan|max|min|arg|det|dim|mod|lim|sup|inf|ln|if)\b)\p{L}{2,}(?=\s+\S)/u

/** An amount followed by more of a sentence. */
const AMOUNT = /^\d[\d.,]*\s.*\p{L}{2,}/su

const TEXT_COMMAND = /\\(?:text|math|operatorname|mbox)[a-z]*\s*\{[^{}]*\}/g

/** Text with formulas as LaTeX. `isTitle` also keeps styles from lower-casing names such as BERT. */
export function latexOf(text: string, isTitle = false): string {
  const protect = isTitle ? protector(text) : escapeText
  let made = ''
  let from = 0
  for (let at = text.indexOf('$'); at !== -1; at = text.indexOf('$', at)) {
    const formula = formulaAt(text, at)
    if (formula === undefined) at++
    else {
      made += protect(text.slice(from, at)) + (isTitle ? `{${formula}}` : formula)
      at += formula.length
      from = at
    }
  }
  made += protect(text.slice(from))
  // Many importers decode text that looks like an HTML entity.
  return made.replace(/\\&(?=\w{1,31};|\\#\w{1,8};)/g, '\\&{}')
}

/** The formula that starts with the dollar at this position, with both dollars; undefined for a currency or an unbalanced formula. */
export function formulaAt(text: string, at: number): string | undefined {
  const formula = matchAt(FORMULA, text, at)?.[0]
  return formula !== undefined && isFormula(formula.slice(1, -1)) ? formula : undefined
}

/** Whether LaTeX can parse it: special characters are escaped and braces balanced. */
function isFormula(inner: string): boolean {
  const symbols = inner.replace(TEXT_COMMAND, '')
  if (/(?<!\\)[#%&]|\\$/.test(inner) || AMOUNT.test(symbols) || PROSE.test(symbols)) return false
  return isBalanced(inner)
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

/** Escapes the text of a title, with braces around words that must keep their capitals. */
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

/** Capitals inside a word: `BERT`, `mT5` and `3D`, but not `Pre-Training`. */
const hasInnerCapital = (word: string) =>
  word.split(/[-/]/).some((part) => /^.\P{Lu}*\p{Lu}/u.test(part))

/** Whether most words of a title are lower-case, so that the capitalised ones are names. */
function isWrittenAsSentence(title: string): boolean {
  const words = (title.match(WORD) ?? []).slice(1).filter((word) => word.length > 3)
  const capital = words.filter((word) => /^\p{Lu}/u.test(word))
  return words.length > 0 && capital.length * 2 < words.length
}

const FORMULAS = /\$\$[^$]*\$\$|(?<!\\)\$[^$]*\$/g

/** Whether an importer of a format other than LaTeX may misread the text as LaTeX. */
export const mayBeLatex = (text: string): boolean =>
  /[\\{]|``/.test(text.replace(FORMULAS, '')) || /\$\s*\d*\s*[\^_]/.test(text)
