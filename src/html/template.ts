import { raw, html as template } from 'hono/html'

/** Markup made by `html`, which therefore contains no unescaped foreign text. */
export type Html = ReturnType<typeof raw>

/** Values of a template: texts are escaped, lists are joined; null, undefined and booleans print nothing. */
export type Content = string | number | boolean | Html | null | undefined | readonly Content[]

/**
 * Markup in which every inserted text is escaped, in elements and in quoted attributes: write `href="${url}"`, never `href=${url}`. URLs
 * from sources must first pass `safeUrl`, because escaping does not disarm `javascript:`.
 */
export const html = template as (strings: TemplateStringsArray, ...values: Content[]) => Html

/** Marks a text as markup. Only for the output of libraries, never for text of a source or a client. */
export const trusted = (markup: string): Html => raw(markup)

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Escapes a text like `html`, for markup built without a template. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)

/** Joins parts with a separator, such as a comma; empty parts are left out. */
export function joined(parts: readonly Content[], separator: Content): Content {
  const printed = parts.filter((part) => part !== '' && part != null && part !== false)
  return printed.flatMap((part, at) => (at === 0 ? [part] : [separator, part]))
}

/** The URL if it is safe to link to (http or https, no credentials); otherwise null. */
export function safeUrl(address: string | null | undefined): string | null {
  if (!address || !URL.canParse(address)) return null
  const { protocol, username, password, href } = new URL(address)
  const isWeb = protocol === 'https:' || protocol === 'http:'
  return isWeb && username === '' && password === '' ? href : null
}

/** Characters that could end a `<script>` or start a comment in it, and line separators that JSON allows and older scripts do not. */
const SCRIPT_SIGNS = /[<>\u2028\u2029]/g

/** A value for a `<script>` with data, such as JSON-LD. */
export const jsonIn = (value: unknown): Html =>
  trusted(
    JSON.stringify(value).replace(
      SCRIPT_SIGNS,
      (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  )
