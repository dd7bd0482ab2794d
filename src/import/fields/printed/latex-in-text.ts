import { matchAt } from '../../../match-at.ts'
import {
  accentsToUnicode,
  commandAt,
  kindOfCommand,
  outsideMath,
  withoutScripts,
} from '../latex.ts'
import { withoutConditionals } from './latex-conditionals.ts'

/** Accents with their letter. Accents whose command is a letter need braces, since `\r\n` is not LaTeX. */
const ACCENT =
  /\\(?:["'`^~=.](?:\{\s*(?:\\[ij]|[a-zA-Z])\s*\}|\\[ij](?![a-z])|[a-zA-Z])|[uvHcdkr]\{\s*(?:\\[ij]|[a-zA-Z])\s*\})/y
const COMMAND = /\\([a-zA-Z]{2,}|[oOlL](?![a-zA-Z]))\*?[ \t]?(?=(\{)?)/y
/** Characters that must be escaped in LaTeX. */
const SIGN = /\\[&%$#_{}]/y
const LINE_BREAK = /\\\\(?=\s|$)/y
/** A command that sets the style of the rest of its group: `{\it E. coli}` */
const SWITCH =
  /^\\(?:it|em|bf|rm|sc|sf|tt|sl|normalfont|(?:it|sc|sl|up|rm|sf|tt|bf|md)(?:shape|series|family))(?![a-zA-Z])\s*/
/** Text in braces that protect its capitals. Sets and code have other characters, or no capitals. */
const PROTECTED = /^(?=.*\p{Lu})[\p{L}\p{N}(][^{}\\,;|=<>$]{0,80}$/u
/** Letters such as `\o` and `\ss`, after which LaTeX ignores a space. After symbols of formulas in a text, the space is kept. */
const LETTER = /^\p{Script=Latin}$/u
/** `\'` and `\"` as escapes of strings in programming languages: `It\'s`, `\"Maybe\"`, `l\'été`. */
const ESCAPED_APOSTROPHE = /(?<=\p{L})\\'(?=(?:s|t|d|m|re|ve|ll)(?!\p{L})|\P{ASCII})/gu
const ESCAPED_QUOTES = [
  { escaped: "\\'", plain: "'", closing: /\\'(?![{\\a-zA-Z])/ },
  { escaped: '\\"', plain: '"', closing: /\\"(?!\{?\s*\\?[aeiouyAEIOUY])/ },
]
/** Groups nested deeper stay unchanged. */
const DEEPEST = 20

/**
 * Converts LaTeX in a title or abstract of a format that is not LaTeX, since programs and people copy from BibTeX. Unambiguous LaTeX
 * is converted as by `latexToText`. Math and all other text stay, such as `$5 to $10`, `{0, 1}`, `~5%` and `C:\new`.
 */
export function latexInText(text: string): string {
  if (!/[\\{`$]/.test(text)) return text
  const plain = withoutEscapes(withoutScripts(withoutConditionals(text)))
  const read = outsideMath(plain, (part) => readText(part, 0))
  return read === plain ? plain : withLigatures(read).normalize('NFC')
}

function withoutEscapes(text: string): string {
  if (!text.includes('\\')) return text
  let plain = text.replace(ESCAPED_APOSTROPHE, "'")
  for (const { escaped, plain: quote, closing } of ESCAPED_QUOTES)
    if (closing.test(plain)) plain = plain.replaceAll(escaped, quote)
  return plain
}

/** Replaces ties and dashes of LaTeX, in a text that contains other LaTeX. */
const withLigatures = (text: string): string =>
  text
    .replace(/(?<=[\p{L}\p{N}.])~(?=\p{L})/gu, ' ')
    .replace(/(?<!-)---(?!-)/g, '\u2014')
    .replace(/(?<=[\p{L}\p{N}])--(?=[\p{L}\p{N}])/gu, '\u2013')

/** The printed form of a piece of text, and the position after the piece. */
interface Piece {
  printed: string
  end: number
}

function readText(text: string, depth: number): string {
  const ends = endsOfGroups(text)
  let read = ''
  let at = 0
  while (at < text.length) {
    const { printed, end } = pieceAt(text, at, ends, depth)
    read += printed
    at = end
  }
  return read.replace(/``([^`']+)''/g, '\u201C$1\u201D')
}

function pieceAt(text: string, at: number, ends: Map<number, number>, depth: number): Piece {
  const itself = { printed: text[at] ?? '', end: at + 1 }
  if (text[at] === '{') return groupAt(text, at, ends, depth)
  if (text[at] !== '\\' || text[at - 1] === ':') return itself
  const accent = matchAt(ACCENT, text, at)
  if (accent) return { printed: accentsToUnicode(accent[0]), end: at + accent[0].length }
  if (matchAt(SIGN, text, at)) return { printed: text[at + 1] ?? '', end: at + 2 }
  if (matchAt(LINE_BREAK, text, at)) return { printed: ' ', end: at + 2 }
  if (text[at + 1] === '\\') return { printed: '\\\\', end: at + 2 }
  const command = matchAt(COMMAND, text, at)
  if (!command) return itself
  const footnote =
    command[1] === 'footnote' ? footnoteAt(text, at + command[0].length, ends, depth) : null
  return footnote ?? commandPiece(text, at, command, ends)
}

function commandPiece(
  text: string,
  at: number,
  [written, name = '', brace]: RegExpExecArray,
  ends: Map<number, number>,
): Piece {
  const kind = kindOfCommand(name)
  if (kind === 'argument' && brace !== undefined) return commandAt(text, at)
  if (kind === 'symbol') {
    const { printed, end } = commandAt(text, at)
    const isOfText = LETTER.test(printed) || name.startsWith('text')
    const isApart = !isOfText && /\s/.test(text[at + 1 + name.length] ?? '')
    return { printed: isApart ? `${printed} ` : printed, end }
  }
  // The arguments of an unknown command are unknown, so the command stays unchanged with all groups after it.
  let end = at + written.length
  for (let next = ends.get(end); next !== undefined; next = ends.get(end)) end = next
  return { printed: text.slice(at, end), end }
}

/** Puts a footnote with a URL in brackets, since the URL often leads to the code. Null for other footnotes, which are left out. */
function footnoteAt(
  text: string,
  at: number,
  ends: Map<number, number>,
  depth: number,
): Piece | null {
  const end = ends.get(at) ?? at
  const inner = text.slice(at + 1, end - 1)
  if (!/https?:/.test(inner) || depth >= DEEPEST) return null
  return { printed: ` (${readText(inner, depth + 1).trim()})`, end }
}

/** Reads a group. Its braces are removed if they belong to LaTeX. */
function groupAt(text: string, at: number, ends: Map<number, number>, depth: number): Piece {
  const end = ends.get(at)
  if (end === undefined) return { printed: '{', end: at + 1 }
  const whole = { printed: text.slice(at, end), end }
  if (text[at - 1] === '$' || depth >= DEEPEST || isBehindUrl(text, at)) return whole
  const inner = text.slice(at + 1, end - 1)
  const styled = inner.replace(SWITCH, '')
  const printed = readText(styled, depth + 1)
  const isWhole = at === 0 && end === text.length && depth === 0
  const isLatex = printed !== inner || isWhole || PROTECTED.test(inner)
  return isLatex ? { printed, end } : whole
}

/** Whether a group follows a URL, as in `https://github.com/a/b{this https URL}`: without its braces, it would become a part of the URL. */
const isBehindUrl = (text: string, at: number): boolean =>
  /(?:https?:\/\/|(?:[a-z\d-]+\.)+[a-z]{2,}\/)\S*$/i.test(
    text.slice(Math.max(0, at - LONGEST_URL), at),
  )

const LONGEST_URL = 200

/** Ends of groups by their starts. */
function endsOfGroups(text: string): Map<number, number> {
  const open: number[] = []
  const ends = new Map<number, number>()
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '{') open.push(at)
    else if (text[at] === '}') {
      const start = open.pop()
      if (start !== undefined) ends.set(start, at + 1)
    }
  }
  return ends
}
