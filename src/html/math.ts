import { LRUCache } from 'lru-cache'
import temml from 'temml'
import { formulaAt } from '../bibliography/latex.ts'
import { matchAt } from '../match-at.ts'
import { type Content, type Html, html, safeUrl, trusted } from './template.ts'

/** Longer formulas are shown as source: the time to render a formula grows at least with its length. */
const LONGEST_FORMULA = 1000

/** From this length on, a formula may be wider than a phone screen. */
const LONG_FORMULA = 30

/** Maximum rendered formulas per text. */
const MOST_FORMULAS = 300

const OPTIONS = {
  throwOnError: true,
  trust: false,
  strict: false,
  maxExpand: 100,
  maxSize: [10, 100] as [number, number],
  // Text commands that arXiv's own pages support.
  macros: { '\\mbox': '\\text{#1}', '\\bm': '\\boldsymbol{#1}', '\\bf': '\\mathbf', '\\rm': '' },
}

/** Papers of a list often share formulas such as `$k$`. */
const known = new LRUCache<string, { markup: Html | null }>({ max: 2000 })

/** `\(…\)`, `\[…\]` and `$$…$$`, whose delimiters are unambiguous. */
const DELIMITED = /\\\(([\s\S]{1,1000}?)\\\)|\\\[([\s\S]{1,1000}?)\\\]|\$\$([^$]{1,1000})\$\$/y

/** From a dollar to the next unescaped one. */
const BETWEEN_DOLLARS = /\$(?:[^$\\]|\\[\s\S])+\$/y

/** A command, an index or an exponent marks a formula, whatever surrounds it. */
const EVIDENCE = /\\[a-zA-Z]|[_^]/

/** Words of a sentence, such as between two amounts in dollars. */
const SENTENCE = /(?<![\\\p{L}{])\p{L}{2,}\s+\p{L}{2,}\s/u

/** Text styles and links. Nested braces are left unchanged. */
const COMMAND =
  /\\(emph|textit|textsl|textbf|texttt|textsc|textrm|textsf|underline|url)\{([^{}$]*)\}|\\href\{([^{}]*)\}\{([^{}$]*)\}|\\([$%&#_])|(https?:\/\/[^\s<>"{}|\\^`]+)/y

/** Punctuation that belongs to the sentence and not to the URL before it. */
const AFTER_URL = /[.,;:!?'"*)\]]$/

/** Where a formula, a command or a URL may start. */
const NEXT = /[$\\]|https?:\/\//g

/** A source's text with formulas as MathML, and LaTeX styles and URLs as HTML. Anything unparsable stays text. */
export function richText(text: string): Content {
  const parts: Content[] = []
  let formulas = 0
  let from = 0
  for (const { index } of text.matchAll(NEXT)) {
    if (index < from) continue
    const found = (formulas < MOST_FORMULAS && formulaFrom(text, index)) || commandFrom(text, index)
    if (!found) continue
    if (found.isFormula) formulas++
    parts.push(text.slice(from, index), found.markup)
    from = index + found.length
  }
  parts.push(text.slice(from))
  return parts
}

/** The paragraphs of a text, each as `richText`. */
export const paragraphs = (text: string): Content =>
  text
    .split(/\n\s*\n/)
    .filter((part) => part.trim() !== '')
    .map((part) => html`<p dir="auto">${richText(part.trim())}</p>`)

interface Found {
  length: number
  markup: Content
  isFormula?: boolean
}

function formulaFrom(text: string, at: number): Found | null {
  const delimited = matchAt(DELIMITED, text, at)
  if (delimited) {
    const [whole, inline, block, dollars] = delimited
    const markup = render(inline ?? block ?? dollars ?? '', inline === undefined)
    return markup && { length: whole.length, markup, isFormula: true }
  }
  const whole = formulaAt(text, at) ?? evidentFormula(text, at)
  if (whole === undefined) return null
  const markup = render(whole.slice(1, -1), false)
  return markup && { length: whole.length, markup, isFormula: true }
}

function evidentFormula(text: string, at: number): string | undefined {
  if (text[at] !== '$' || text[at - 1] === '\\') return undefined
  const whole = matchAt(BETWEEN_DOLLARS, text, at)?.[0]
  return whole !== undefined && EVIDENCE.test(whole) && !SENTENCE.test(whole) ? whole : undefined
}

function render(formula: string, isBlock: boolean): Html | null {
  if (formula.length > LONGEST_FORMULA) return null
  const key = `${isBlock ? '$' : ''}${formula}`
  const kept = known.get(key)
  if (kept) return kept.markup
  const markup = toMathml(formula, isBlock)
  known.set(key, { markup })
  return markup
}

function toMathml(formula: string, displayMode: boolean): Html | null {
  let mathml: string
  try {
    mathml = temml.renderToString(formula, { ...OPTIONS, displayMode })
  } catch {
    return null
  }
  // A reference inside a formula would be a dead link here.
  if (mathml.includes('<a ')) return null
  const markup = trusted(withoutStyles(mathml))
  // A formula wider than a phone screen scrolls, so the keyboard must be able to reach it.
  const reachable =
    formula.length > LONG_FORMULA && html` tabindex="0" role="group" aria-label="Formula"`
  return html`<span class="formula${displayMode && ' is-block'}" dir="ltr"${reachable}>${markup}</span>`
}

/** The Content-Security-Policy forbids style attributes; only colours and padding are lost. */
const withoutStyles = (mathml: string) =>
  mathml.replace(/<[a-z][^<>]*>/g, (tag) => tag.replaceAll(/ style=(?:"[^"]*"|'[^']*')/g, ''))

function commandFrom(text: string, at: number): Found | null {
  const match = matchAt(COMMAND, text, at)
  if (!match) return null
  const [whole, command, inner = '', target, label = '', sign, address] = match
  const { length } = whole
  if (sign) return { length, markup: sign }
  if (address) {
    const url = withoutSentence(address)
    return { length: url.length, markup: link(url, url) }
  }
  if (target !== undefined) return { length, markup: link(target, label) }
  return { length, markup: command === 'url' ? link(inner, inner) : styled(command, inner) }
}

/** A URL without the punctuation of the surrounding sentence; a closing bracket stays if the URL contains the opening one. */
function withoutSentence(address: string): string {
  let url = address
  while (AFTER_URL.test(url)) {
    if (url.endsWith(')') && url.split('(').length >= url.split(')').length) return url
    url = url.slice(0, -1)
  }
  return url
}

function link(address: string, label: string): Content {
  const url = safeUrl(address)
  return url ? html`<a href="${url}" rel="nofollow ugc">${label}</a>` : label
}

function styled(command: string | undefined, inner: string): Content {
  if (command === 'textbf') return html`<strong>${inner}</strong>`
  if (command === 'texttt') return html`<code>${inner}</code>`
  const isEmphasis = command === 'emph' || command === 'textit' || command === 'textsl'
  return isEmphasis ? html`<em>${inner}</em>` : inner
}
