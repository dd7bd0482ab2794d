import { combining, latex2unicode } from 'unicode2latex'

type Value = string | { text?: string }
const SYMBOLS = latex2unicode as unknown as Record<string, Value>
const ACCENTS = combining.tounicode as Record<string, string>

/** Letters that an accent command may stand on, some of them commands themselves. */
const BASE = '\\\\[a-zA-Z]+|\\p{L}'
const ACCENT = new RegExp(
  `\\{?\\\\(["'\`^~=.]|[uvHcdkr](?=[\\s{\\\\]))\\s*(?:\\{\\s*(${BASE})?\\s*\\}|(\\\\[ij](?![a-zA-Z])|\\p{L}))(\\}?)`,
  'gu',
)
const COMMAND = /\\([a-zA-Z]+)(?:\{\}|\s+|(?![a-zA-Z]))/g
const MATH = /(\$\$[^$]*\$\$|(?<!\\)\$[^$]*\$|\\\([\s\S]*?\\\))/

/** Signs that LaTeX takes for something else, and what stands for them until the commands are gone. */
const NAMED_SIGNS = ['{', '}', '\\', '~']
const SIGN_NAMES: Record<string, string> = {
  textbraceleft: '\uE001',
  textbraceright: '\uE002',
  textbackslash: '\uE003',
  textasciitilde: '\uE004',
}

/** Commands that only set how their text looks. */
const LOOKS = new Set(
  'emph,textit,textbf,textsc,texttt,textrm,textsf,textup,textsl,textmd,textnormal,text,mbox,hbox,it,bf,em,sc,tt,rm,sl,underline,uppercase,enquote,url,noopsort,protect,bibinfo,ensuremath'.split(
    ',',
  ),
)

/** Writes LaTeX accents, and signs that LaTeX wants escaped, as Unicode; math and all else stay as they are. */
export function accentsToUnicode(text: string): string {
  return text.includes('\\') ? outsideMath(text, (part) => unescapeSigns(accents(part))) : text
}

/** A text without LaTeX: accents and symbols as Unicode, no braces, no commands; math stays as it is. */
export function latexToText(text: string): string {
  if (!/[\\{}~`]|--|''/.test(text)) return text
  return outsideMath(text, (part) =>
    unescapeSigns(symbols(accents(part)), true)
      .replace(/~/g, ' ')
      .replace(/[\uE001-\uE004]/g, (sign) => NAMED_SIGNS[sign.charCodeAt(0) - 0xe001] ?? sign)
      .replace(/---/g, '\u2014')
      .replace(/--/g, '\u2013')
      .replace(/``|''/g, (quotes) => (quotes === '``' ? '\u201C' : '\u201D')),
  ).normalize('NFC')
}

function outsideMath(text: string, change: (part: string) => string): string {
  return text
    .split(MATH)
    .map((part, i) => (i % 2 === 1 ? part : change(part)))
    .join('')
}

function accents(text: string): string {
  return text.replace(ACCENT, (whole, accent: string, braced, bare, tail: string) => {
    const base = letterOf((braced ?? bare ?? '').trim())
    const mark = ACCENTS[accent]
    if (base === null || mark === undefined) return whole
    const isClosed = whole.startsWith('{') === (tail === '}')
    const [before, after] = isClosed ? ['', ''] : [whole.startsWith('{') ? '{' : '', tail]
    return `${before}${(base + mark).normalize('NFC')}${after}`
  })
}

/** The letter itself; `\i` and `\j` exist to carry an accent in place of the dot. */
function letterOf(base: string): string | null {
  if (base === '\\i' || base === '\\j') return base.slice(1)
  if (!base.startsWith('\\')) return base === '' ? null : base
  return symbolOf(base.slice(1))
}

function symbols(text: string): string {
  return text.replace(COMMAND, (whole, name: string) => {
    if (LOOKS.has(name)) return ''
    // In a name such as `\L ukasz` the space only ends the command.
    return SIGN_NAMES[name] ?? symbolOf(name) ?? whole
  })
}

function symbolOf(name: string): string | null {
  const found = SYMBOLS[`\\${name}`]
  return (typeof found === 'string' ? found : found?.text) ?? null
}

function unescapeSigns(text: string, isBare = false): string {
  const plain = text.replace(/\\([&%$#_{}])/g, (_, sign: string) =>
    isBare && /[{}]/.test(sign) ? (sign === '{' ? '\uE001' : '\uE002') : sign,
  )
  return isBare ? plain.replace(/[{}]|\\[a-zA-Z]+\s*|\\[,;:! ]/g, '') : plain
}
