import { legalText } from '../html/legal-text.ts'
import { escapeHtml } from '../html/template.ts'

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
