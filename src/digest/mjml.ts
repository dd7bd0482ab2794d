import { Engine } from 'mrml'
import { legalText } from '../html/legal-text.ts'
import { type Content, html, trusted } from '../html/template.ts'

/** Colours of both schemes. The dark ones are for mail programs that request them. */
const LIGHT = {
  page: '#f4f4f1',
  sheet: '#ffffff',
  text: '#1c1c1a',
  quiet: '#5c5c57',
  link: '#0b57a4',
  line: '#e3e3de',
}
const DARK = {
  page: '#161615',
  sheet: '#201f1e',
  text: '#ecebe6',
  quiet: '#a9a8a1',
  link: '#8ab8f0',
  line: '#3a3936',
}

/** System fonts only: if a mail names Roboto, Ubuntu, Lato or Open Sans, MJML makes mail programs load them from Google. */
const FONTS = "-apple-system, 'Segoe UI', Helvetica, Arial, sans-serif"

/**
 * Programs that darken mails themselves leave those alone that declare a dark scheme. Outlook on the web marks such mails with `data-ogsc`,
 * and does not support the media query.
 */
const STYLE = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
a { color: ${LIGHT.link}; }
.title a { text-decoration: none; }
.title, .foot { overflow-wrap: anywhere; }
@media (prefers-color-scheme: dark) {
  body, .page { background-color: ${DARK.page} !important; }
  .sheet, .sheet table, .sheet td { background-color: ${DARK.sheet} !important; }
  .sheet div, .sheet p, .sheet h1, .sheet h2 { color: ${DARK.text} !important; }
  .sheet .quiet, .foot div { color: ${DARK.quiet} !important; }
  .foot, .foot table, .foot td { background-color: ${DARK.page} !important; }
  a { color: ${DARK.link} !important; }
  .button td, .button a { color: ${DARK.sheet} !important; background-color: ${DARK.link} !important; }
  .rule p { border-top-color: ${DARK.line} !important; }
}
[data-ogsc] .sheet div, [data-ogsc] .sheet h1, [data-ogsc] .sheet h2 { color: ${DARK.text} !important; }
[data-ogsc] .quiet { color: ${DARK.quiet} !important; }
[data-ogsc] a { color: ${DARK.link} !important; }
`

interface MailLayout {
  title: string
  /** The preview text beside the subject in mail programs. */
  preview: string
  /** The parts of the mail in order, from `block` and `button`. */
  blocks: Content
  /** Markup below the parts. */
  foot: Content
}

/** A part of a mail with HTML content. */
export const block = (content: Content): Content =>
  html`<mj-text padding="10px 24px">${content}</mj-text>`

/** A line between two parts. */
export const rule: Content = html`<mj-divider css-class="rule" border-width="1px" border-color="${LIGHT.line}" padding="6px 24px" />`

/** A link that looks like a button. */
export const button = (url: string, label: string): Content =>
  html`<mj-button css-class="button" href="${url}" align="left" padding="10px 24px" inner-padding="12px 20px" border-radius="6px" background-color="${LIGHT.link}" color="#ffffff" font-size="16px">${label}</mj-button>`

/** Style of secondary text. */
export const QUIET = `color:${LIGHT.quiet}`

const engine = new Engine()

/** Renders a mail as HTML. */
export function renderMjml({ title, preview, blocks, foot }: MailLayout): string {
  const source = html`<mjml lang="en"><mj-head>
<mj-title>${title}</mj-title>
<mj-preview>${preview}</mj-preview>
<mj-attributes><mj-all font-family="${trusted(FONTS)}" /><mj-text font-size="15px" line-height="1.5" color="${LIGHT.text}" /></mj-attributes>
<mj-raw><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"></mj-raw>
<mj-style>${trusted(STYLE)}</mj-style>
</mj-head><mj-body width="640px" background-color="${LIGHT.page}" css-class="page">
<mj-section css-class="sheet" background-color="${LIGHT.sheet}" padding="16px 0"><mj-column>${blocks}</mj-column></mj-section>
<mj-section css-class="foot" padding="12px 0"><mj-column><mj-text padding="6px 24px" font-size="13px" color="${LIGHT.quiet}">${foot}</mj-text></mj-column></mj-section>
</mj-body></mjml>`
  // MJML is XML, and titles may contain characters that XML forbids.
  const result = engine.toHtml(legalText(String(source)))
  if (result.type === 'error') throw new Error(`The mail could not be made: ${result.message}`)
  return result.content
}
