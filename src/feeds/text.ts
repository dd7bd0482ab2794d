import { escapeHtml } from '../html/template.ts'

/** What XML 1.0 cannot hold, escaped or not: control characters and two code points that are none. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const ILLEGAL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

/** Text that XML may hold: a surrogate without its other half becomes U+FFFD, other illegal characters a space. */
export function legalText(text: string): string {
  return text.toWellFormed().replace(ILLEGAL, ' ')
}

/** A text of one line, such as a title. */
export function oneLine(text: string): string {
  return legalText(text).replace(/\s+/g, ' ').trim()
}

/** Plain text as HTML in XML: titles and abstracts hold signs such as < in their math. */
export const legalHtml = (text: string): string => escapeHtml(legalText(text))

/** A URL for people to open; null for one of another kind, such as `javascript:`. */
export function webLink(url: string | null | undefined): string | null {
  if (!url || !URL.canParse(url)) return null
  const { protocol, href } = new URL(url)
  return protocol === 'https:' || protocol === 'http:' ? href : null
}
