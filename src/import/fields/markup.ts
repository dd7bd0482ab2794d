import { decodeHTMLStrict } from 'entities'
import { withLetters } from './entities.ts'

/** Elements that separate words. */
const BLOCK = new Set(
  'p sec title div br li list-item list ul ol dl dt dd tr td th h1 h2 h3 h4 h5 h6 label hr disp-formula disp-quote blockquote break center pre def-list caption'.split(
    ' ',
  ),
)

/** Elements that only format text. They are markup even if never closed. */
const INLINE = new Set(
  'i b em strong sub sup italic bold sc scp inf tt font span br hr p strike small big ovl roman monospace overline underline sans-serif nobr wbr u'.split(
    ' ',
  ),
)

/** Elements that are markup only in pairs, because their names are also words or letters. */
const PAIRED = new Set(
  'a code abbr acronym cite del ins mark div title sec label list list-item ul ol li dl dt dd table tr td th h1 h2 h3 h4 h5 h6 center pre blockquote section abstract xref ext-link uri email named-content styled-content inline-formula disp-formula alternatives tex tex-math disp-quote fn caption def-list math mi mo mn mrow msub msup msubsup mfrac msqrt mroot mtext mspace mstyle mover munder munderover mfenced mtable mtr mtd mpadded mphantom menclose mmultiscripts mprescripts none semantics annotation annotation-xml script style'.split(
    ' ',
  ),
)

/** Elements whose content is the source of a formula or not text at all. */
const SKIPPED = new Set(['annotation', 'annotation-xml', 'script', 'style'])

/** Names with these prefixes, such as `jats:p`, are always markup. */
const PREFIX = /^(?:jats|mml|m|xhtml|html|ce|tp|x)$/

const TAG =
  /<(\/?)(?:([a-z]{1,5}):)?([a-z][a-z0-9-]{0,24})((?:\s+[\w:.-]{1,40}\s*=\s*(?:"[^"]{0,2000}"|'[^']{0,2000}'|[^\s"'<>=]{1,200}))*)\s*(\/?)>/gi

/** A piece of a fragment: text or a tag. */
interface Piece {
  text: string
  /** Null for text, also if it only looks like a tag. */
  tag: { name: string; isEnd: boolean; isEmpty: boolean; isPrefixed: boolean } | null
}

/**
 * Converts a fragment of JATS, HTML or MathML, as publishers put it into titles and abstracts, to text: tags are removed, entities are
 * resolved, and a heading that only says "Abstract" is dropped. A `<` that does not open a known tag is text, and so are words in
 * angle brackets.
 */
export function markupToText(markup: string): string {
  if (!/[<&]/.test(markup)) return markup
  const text = textOf(withLetters(markup))
  // Some sources escape twice: `&amp;lt;i&amp;gt;`, `&amp;eacute;`.
  const isEscaped = /<(i|b|em|strong|su[bp]|p|span|jats:\w+|mml:math)\b[^<>]*>[\s\S]*<\/\1>/i.test(
    text,
  )
  return isEscaped || decodeHTMLStrict(text) !== text ? textOf(text) : text
}

function textOf(markup: string): string {
  const pieces = piecesOf(withoutRemarks(markup))
  const hasMathMl = pieces.some(({ tag }) => tag?.name === 'math')
  const skipped: string[] = []
  const parts: string[] = []
  for (const [at, { text, tag }] of pieces.entries()) {
    if (tag === null) {
      if (skipped.length === 0 && !isHeading(pieces, at))
        parts.push(formulaOf(decodeHTMLStrict(text)))
      continue
    }
    const { name, isEnd, isEmpty } = tag
    if (SKIPPED.has(name) || (name === 'tex-math' && hasMathMl)) {
      if (!isEnd && !isEmpty) skipped.push(name)
      else if (skipped.at(-1) === name) skipped.pop()
    }
    if (BLOCK.has(name)) parts.push(' ')
    // Systems of publishers drop the space between a word and an adjacent formula.
    if (name === 'math') parts.push(isEnd ? '\uE000' : '\uE001')
  }
  return parts
    .join('')
    .replace(/(?<=\p{L}{2}|[,;:.)])\uE001/gu, ' ')
    .replace(/\uE000(?=\p{L}{2})/gu, ' ')
    .replace(/[\uE000\uE001]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

/** Removes comments and processing instructions; CDATA content becomes text. */
function withoutRemarks(markup: string): string {
  let text = markup
  for (const [start, end] of [
    ['<!--', '-->'],
    ['<?', '?>'],
    ['<![CDATA[', ']]>'],
  ] as const) {
    const parts = text.split(start)
    if (parts.length === 1) continue
    const isText = end === ']]>'
    text = parts.slice(1).reduce((all, part) => {
      const at = part.indexOf(end)
      if (at === -1) return `${all}${start}${part}`
      return `${all}${isText ? part.slice(0, at) : ''}${part.slice(at + end.length)}`
    }, parts[0] ?? '')
  }
  return text
}

/** Splits a fragment into texts and tags. Tags without a required end tag are text. */
function piecesOf(markup: string): Piece[] {
  const pieces: Piece[] = []
  let from = 0
  for (const match of markup.matchAll(TAG)) {
    pieces.push({ text: markup.slice(from, match.index), tag: null })
    from = match.index + match[0].length
    pieces.push({ text: match[0], tag: tagOf(match) })
  }
  pieces.push({ text: markup.slice(from), tag: null })
  return withPairsOnly(pieces)
}

function tagOf([
  ,
  end = '',
  prefix = '',
  name = '',
  attributes = '',
  empty = '',
]: RegExpMatchArray): Piece['tag'] {
  const local = name.toLowerCase()
  const isPrefixed = PREFIX.test(prefix.toLowerCase())
  const isKnown = prefix === '' ? INLINE.has(local) || PAIRED.has(local) : isPrefixed
  // `<a>` alone is a word in brackets.
  if (!isKnown || (local === 'a' && end === '' && attributes === '')) return null
  return { name: local, isEnd: end !== '', isEmpty: empty !== '', isPrefixed }
}

function withPairsOnly(pieces: Piece[]): Piece[] {
  const open: { name: string; at: number }[] = []
  const alone = new Set<number>()
  for (const [at, { tag }] of pieces.entries()) {
    if (!tag || tag.isEmpty || tag.isPrefixed) continue
    if (INLINE.has(tag.name) && !tag.isEnd && !isWithinWord(pieces, at)) continue
    if (!tag.isEnd) {
      open.push({ name: tag.name, at })
      alone.add(at)
      continue
    }
    const found = open.findLastIndex(({ name }) => name === tag.name)
    if (found !== -1) alone.delete(open.splice(found, 1)[0]?.at ?? -1)
    else if (!INLINE.has(tag.name)) alone.add(at)
  }
  return pieces.map((piece, at) => (alone.has(at) ? { ...piece, tag: null } : piece))
}

/** Whether a tag with a one-letter name is within a word, as in `a<b>c`, and therefore text. */
const isWithinWord = (pieces: Piece[], at: number) =>
  pieces[at]?.tag?.name.length === 1 &&
  /[\w)]$/.test(pieces[at - 1]?.text ?? '') &&
  /^\w/.test(pieces[at + 1]?.text ?? '')

/** Whether a piece is the heading "Abstract" in a section title. */
function isHeading(pieces: Piece[], at: number): boolean {
  return (
    /^\s*(?:abstract|summary)\s*[.:]?\s*$/i.test(pieces[at]?.text ?? '') &&
    /^(?:title|p|b|bold|strong|h[1-6]|sec)$/.test(pieces[at - 1]?.tag?.name ?? '') &&
    pieces.slice(at + 1).some(({ text, tag }) => tag === null && text.trim() !== '')
  )
}

/** Extracts the formula if it is given as a complete LaTeX document. */
const formulaOf = (text: string) =>
  text.replace(/\\documentclass[\s\S]*?\\begin\{document\}\s*([\s\S]*?)\s*\\end\{document\}/g, '$1')
