import { legalText } from '../html/legal-text.ts'
import { escapeHtml } from '../html/template.ts'

/** A text as one line, such as a title. */
export function oneLine(text: string): string {
  return legalText(text).replace(/\s+/g, ' ').trim()
}

/** Plain text as HTML inside XML: titles and abstracts contain characters such as < in formulas. */
export const legalHtml = (text: string): string => escapeHtml(legalText(text))

/** A URL with http or https; null for others, such as `javascript:`. */
export function webLink(url: string | null | undefined): string | null {
  if (!url || !URL.canParse(url)) return null
  const { protocol, href } = new URL(url)
  return protocol === 'https:' || protocol === 'http:' ? href : null
}
