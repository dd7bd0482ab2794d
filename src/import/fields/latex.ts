import { combining, latex2unicode } from 'unicode2latex'
import { matchAt } from '../../match-at.ts'

type Value = string | { text?: string }
const SYMBOLS = latex2unicode as unknown as Record<string, Value>
const ACCENTS = combining.tounicode as Record<string, string>

/** Letters that can have an accent; some are commands themselves. */
const BASE = '\\\\[a-zA-Z]+|\\p{L}'
const ACCENT = new RegExp(
  `\\{?\\\\(["'\`^~=.]|[uvHcdkr](?=[\\s{\\\\]))\\s*(?:\\{\\s*(${BASE})?\\s*\\}|(\\\\[ij](?![a-zA-Z])|\\p{L}))(\\}?)`,
  'gu',
)
/** A complete formula; `split` by this pattern gives texts and formulas alternately. */
export const FORMULA =
  /(\$\$[^$]*\$\$|(?<!\\)\$[^$]*\$|\\\([\s\S]*?\\\)|(?<!\\)\\\[[\s\S]{1,2000}?\\\]|\\begin\{(?:equation|align|gather|multline|eqnarray|math|displaymath)\*?\}[\s\S]{1,2000}?\\end\{[a-z]+\*?\})/

/** Superscript and subscript words as DBLP writes them: `5\({}^{\mbox{th}}\)`, `H\({}_{\mbox{2}}\)O`. */
const SCRIPT = /\\\(\s*\{\}\s*[\^_]\s*\{\\(?:mbox|text|textrm|mathrm)\{([^{}\\$]{1,40})\}\}\s*\\\)/g
/** The same as Zotero writes them: `H$_{\textrm{2}}$O`, `$4^{\textrm{ème}}$` */
const SCRIPT_ALONE =
  /(?<!\\)\$\s*(\d*)\s*[\^_]\s*\{\\(?:mbox|text|textrm|mathrm)\{([^{}\\$]{1,40})\}\}\s*\$/g
/** Superscript endings of ordinals: `5$^{th}$`, `5$^{\rm th}$`, `5\({}^{th}\)` */
const ORDINAL =
  /(?<=\d)(?:\$|\\\()\s*(?:\{\})?\s*\^\s*\{?\s*(?:\\(?:rm|mbox|text|textrm|mathrm)\b\s*\{?\s*)?(st|nd|rd|th)\s*\}{0,2}\s*(?:\$|\\\))/g

/** Commands that put an accent on a letter. */
const ACCENT_COMMAND = /^(?:["'`^~=.]|[uvHcdkrb]|textcommabelow|ocirc)$/

/** Symbols that the library's table lacks or maps differently. */
const OWN_SYMBOLS: Record<string, string> = {
  mu: 'μ',
  slash: '/',
  hyphen: '-',
  hyph: '-',
  textslash: '/',
  lq: '‘',
  rq: '’',
  lbrack: '[',
  rbrack: ']',
  textquotesingle: "'",
  textquotedbl: '"',
  TeX: 'TeX',
  LaTeX: 'LaTeX',
  LaTeXe: 'LaTeX2e',
  BibTeX: 'BibTeX',
  XeTeX: 'XeTeX',
  textbullet: '•',
  textperiodcentered: '·',
  textvisiblespace: ' ',
  textbackslash: '\\',
  textasciitilde: '~',
  textasciicircum: '^',
  textbraceleft: '{',
  textbraceright: '}',
  lbrace: '{',
  rbrace: '}',
  newline: ' ',
  linebreak: ' ',
  par: ' ',
  quad: ' ',
  qquad: ' ',
  space: ' ',
  textsinglequote: "'",
  Dash: '\u2014',
  TUB: 'TUGboat',
  AmS: 'AMS',
  AmSTeX: 'AMS-TeX',
  AmSLaTeX: 'AMS-LaTeX',
  METAFONT: 'METAFONT',
  MF: 'METAFONT',
}

/** Commands whose arguments are settings, not text, with the number of such arguments. */
const SKIPPED_ARGUMENTS: Record<string, number> = {
  ...{ href: 1, textcolor: 1, color: 1, colorbox: 1, fcolorbox: 2, foreignlanguage: 1 },
  ...{ selectlanguage: 1, hyperref: 0, hyperlink: 1, hypertarget: 1, raisebox: 1, scalebox: 1 },
  ...{ resizebox: 2, parbox: 1, fontsize: 2, texorpdfstring: 1, begin: 1, end: 1, vspace: 1 },
  ...{ hspace: 1, footnote: 1, footnotetext: 1, thanks: 1, label: 1, cite: 1, citep: 1, citet: 1 },
  ...{ ref: 1, eqref: 1, index: 1, todo: 1, marginpar: 1, phantom: 1, includegraphics: 1 },
  ...{ noopsort: 1, noop: 1, sortnoop: 1, SortNoop: 1, NoopSort: 1, switchargs: 0, printfirst: 1 },
  ...{
    bibinfo: 1,
    bibfield: 1,
    textlang: 1,
    fontfamily: 1,
    citeyear: 1,
    citeauthor: 1,
    htmladdnormallink: 0,
  },
}

/** Commands with capitals that print nothing. Others with capitals are mostly names defined in a preamble, such as `\TUG`. */
const WITHOUT_TEXT =
  /^(?:Large|LARGE|Huge|HUGE|LTR|RTL|RL|LR|[A-Z]?[Bb]igg?[lrm]?|(?:Make|Declare|No|Text)[A-Z].*)$/

const QUOTING = new Set(['enquote', 'mkbibquote', 'textquote'])

/** Converts LaTeX accents and escaped characters to Unicode. Math and all other text stay unchanged. */
export function accentsToUnicode(text: string): string {
  return text.includes('\\') ? outsideMath(text, (part) => unescapeSigns(accents(part))) : text
}

/**
 * Converts LaTeX to text: accents and symbols become Unicode, braces and commands are removed, and only printed arguments
 * stay. Math is kept.
 */
export function latexToText(text: string): string {
  if (!/[\\{}~`]|--|''/.test(text)) return text
  return outsideMath(withoutScripts(text), (part) => readAll({ text: part, at: 0 })).normalize(
    'NFC',
  )
}

/** Replaces superscripts and subscripts that are written as formulas by their text. */
export const withoutScripts = (text: string): string =>
  text.replace(SCRIPT, '$1').replace(SCRIPT_ALONE, '$1$2').replace(ORDINAL, '$1')

/** Changes text outside formulas. Formulas are replaced by marks meanwhile, so that groups around them stay complete: `{$x$}`. */
export function outsideMath(text: string, change: (part: string) => string): string {
  const formulas: string[] = []
  const marked = text
    .split(FORMULA)
    .map((part, i) => (i % 2 === 1 ? `\uE010${formulas.push(part) - 1}\uE011` : part))
    .join('')
  return change(marked).replace(/\uE010(\d+)\uE011/g, (_, at) => formulas[Number(at)] ?? '')
}

function accents(text: string): string {
  const once = text.replace(ACCENT, (whole, accent: string, braced, bare, tail: string) => {
    const base = letterOf((braced ?? bare ?? '').trim())
    const mark = ACCENTS[accent]
    if (base === null || mark === undefined) return whole
    const isClosed = whole.startsWith('{') === (tail === '}')
    const [before, after] = isClosed ? ['', ''] : [whole.startsWith('{') ? '{' : '', tail]
    return `${before}${(base + mark).normalize('NFC')}${after}`
  })
  // A letter may have a second accent.
  return once === text ? text : accents(once)
}

/** The letter for an accent. `\i` and `\j` are letters without a dot, which an accent replaces. */
function letterOf(base: string): string | null {
  if (base === '\\i' || base === '\\j') return base.slice(1)
  if (!base.startsWith('\\')) return base === '' ? null : base
  return symbolOf(base.slice(1))
}

function symbolOf(name: string): string | null {
  if (Object.hasOwn(OWN_SYMBOLS, name)) return OWN_SYMBOLS[name] ?? null
  const found = SYMBOLS[`\\${name}`]
  const text = (typeof found === 'string' ? found : found?.text) ?? null
  return text?.replaceAll('\u200B', '') ?? null
}

const unescapeSigns = (text: string) => text.replace(/\\([&%$#_{}])/g, '$1')

/** Commands and groups nested deeper are dropped. */
const DEEPEST = 50

/** Commands that print their argument in some style. */
const STYLED =
  /^(?:emph|underline|uline|sout|url|path|[mh]box|ensuremath|mkbib(?:emph|bold|quote|parens)|text(?:it|bf|tt|sc|rm|sf|sl|up|md|normal|subscript|superscript)?|math(?:rm|it|bf|cal|bb|sf|tt|frak|scr))$/

/** LaTeX, and the position of reading. */
interface Reader {
  readonly text: string
  at: number
}

function readAll(reader: Reader): string {
  let read = ''
  while (reader.at < reader.text.length) read += readUntilBrace(reader, 0) + skipBrace(reader)
  return read
}

/** Skips a closing brace without an opening one. */
function skipBrace(reader: Reader): string {
  reader.at++
  return ''
}

/** Text without characters that have a meaning in LaTeX. */
const PLAIN = /[^\\{}~`'\-?!]+/y

/** Reads up to the brace that closes the group, or to the end. */
function readUntilBrace(reader: Reader, depth: number): string {
  let read = ''
  while (reader.at < reader.text.length && reader.text[reader.at] !== '}') {
    const run = matchAt(PLAIN, reader.text, reader.at)?.[0]
    if (run === undefined) read += readSign(reader, depth)
    else {
      read += run
      reader.at += run.length
    }
  }
  return read
}

function readSign(reader: Reader, depth: number): string {
  if (reader.text[reader.at] === '{') return readGroup(reader, depth)
  if (reader.text[reader.at] === '\\') return readCommand(reader, depth)
  for (const [sign, printed] of LIGATURES)
    if (reader.text.startsWith(sign, reader.at)) {
      reader.at += sign.length
      return printed
    }
  return reader.text[reader.at++] ?? ''
}

function readGroup(reader: Reader, depth: number): string {
  reader.at++
  if (depth > DEEPEST) return ''
  const read = readUntilBrace(reader, depth + 1)
  reader.at++
  return read
}

/** Whether a command is known, and whether it takes an argument in braces (`argument`) or none (`symbol`). */
export function kindOfCommand(name: string): 'argument' | 'symbol' | null {
  if (STYLED.test(name) || QUOTING.has(name) || Object.hasOwn(SKIPPED_ARGUMENTS, name))
    return 'argument'
  return symbolOf(name) === null ? null : 'symbol'
}

/** The printed text of the command at a position and of its argument, and the position after them. */
export function commandAt(text: string, at: number): { printed: string; end: number } {
  const reader = { text, at }
  const printed = readCommand(reader, 0)
  const argument = text[reader.at] === '{' ? readGroup(reader, 0) : ''
  return { printed: printed + argument, end: reader.at }
}

/** A command of letters, or of one other character. */
const COMMAND = /\\(?:([a-zA-Z]+)\*?|([\s\S]?))/y

function readCommand(reader: Reader, depth: number): string {
  const [whole = '', word, sign = ''] = matchAt(COMMAND, reader.text, reader.at) ?? []
  reader.at += whole.length
  const name = word ?? sign
  if (ACCENT_COMMAND.test(name)) return readAccent(reader, name, depth)
  if (word === undefined) return readSignCommand(reader, sign)
  skipSpace(reader)
  if (word === 'url' || word === 'path') return readRawGroup(reader)
  if (word === 'textsuperscript' || word === 'textsubscript') return readArgument(reader, depth)
  if (QUOTING.has(word)) return `“${readArgument(reader, depth)}”`
  const symbol = symbolOf(word)
  if (symbol !== null && !Object.hasOwn(SKIPPED_ARGUMENTS, word)) {
    if (reader.text.startsWith('{}', reader.at)) reader.at += 2
    return symbol
  }
  skipOptional(reader)
  const isKnown = Object.hasOwn(SKIPPED_ARGUMENTS, word)
  const skipped = isKnown ? (SKIPPED_ARGUMENTS[word] ?? 0) : 0
  for (let left = skipped; left > 0; left--) readArgument(reader, depth)
  return isKnown || !/[A-Z]/.test(word) || WITHOUT_TEXT.test(word) ? '' : readName(reader, word)
}

/** The name of an unknown command as text; nothing if the command has an argument, which is printed. */
function readName(reader: Reader, name: string): string {
  if (!reader.text.startsWith('{', reader.at)) return name
  if (!reader.text.startsWith('{}', reader.at)) return ''
  reader.at += 2
  return name
}

function readSignCommand(reader: Reader, sign: string): string {
  if (sign === '\\') {
    skipOptional(reader)
    return ' '
  }
  if (/[\s,;:>]/.test(sign)) return ' '
  return /[-/!@()[\]]/.test(sign) ? '' : sign
}

/** Reads a letter and puts the accent on it. Without a letter, `^` and `~` are printed themselves. */
function readAccent(reader: Reader, accent: string, depth: number): string {
  if (/^[a-zA-Z]/.test(accent)) skipSpace(reader)
  if (/^\{\s*\}/.test(reader.text.slice(reader.at, reader.at + 5))) {
    reader.at = reader.text.indexOf('}', reader.at) + 1
    return /[\^~]/.test(accent) ? accent : ''
  }
  const mark = ACCENTS[accent] ?? ''
  const dotted = /^\{?\s*\\([ij])(?![a-zA-Z])/.test(reader.text.slice(reader.at, reader.at + 8))
  const argument = readArgument(reader, depth)
  if (dotted && accent === '.') return argument.replace('ı', 'i')
  const base = dotted ? argument.replace('ı', 'i').replace('ȷ', 'j') : argument
  const [first = ''] = base.trimStart()
  if (!/\p{L}/u.test(first)) return `${/[\^~]/.test(accent) ? accent : ''}${base}`
  // Accents that the letter already has come first.
  const marks = /^\p{M}*/u.exec(base.trimStart().slice(first.length))?.[0] ?? ''
  const rest = base.trimStart().slice(first.length + marks.length)
  return (first + marks + mark).normalize('NFC') + rest
}

/** Reads a group, a command with its arguments, or a single character. */
function readArgument(reader: Reader, depth: number): string {
  skipSpace(reader)
  const sign = reader.text[reader.at]
  if (sign === '{') return readGroup(reader, depth)
  if (sign === '\\' && depth <= DEEPEST) return readCommand(reader, depth + 1)
  if (sign === undefined || sign === '}') return ''
  const [character = ''] = reader.text.slice(reader.at, reader.at + 2)
  reader.at += character.length
  return character
}

function readRawGroup(reader: Reader): string {
  if (reader.text[reader.at] !== '{') return ''
  let depth = 0
  const start = reader.at + 1
  for (; reader.at < reader.text.length; reader.at++) {
    if (reader.text[reader.at] === '{') depth++
    else if (reader.text[reader.at] === '}' && --depth === 0) break
  }
  return reader.text.slice(start, reader.at++)
}

const OPTIONAL = /\s*\[[^\][{}]{0,200}\]/y

function skipOptional(reader: Reader): void {
  reader.at += matchAt(OPTIONAL, reader.text, reader.at)?.[0].length ?? 0
}

const SPACE = /\s*/y

function skipSpace(reader: Reader): void {
  reader.at += matchAt(SPACE, reader.text, reader.at)?.[0].length ?? 0
}

const LIGATURES = [
  ['---', '\u2014'],
  ['--', '\u2013'],
  ['``', '\u201C'],
  ["''", '\u201D'],
  ['?`', '¿'],
  ['!`', '¡'],
  ['~', ' '],
] as const
