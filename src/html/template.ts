import { raw, html as template } from 'hono/html'

/** Markup that was made by `html`, and so holds no text of others that is not escaped. */
export type Html = ReturnType<typeof raw>

/** What a template takes: texts are escaped, lists are joined; null, undefined and booleans print nothing. */
export type Content = string | number | boolean | Html | null | undefined | readonly Content[]

/**
 * Markup with every inserted text escaped, in elements and in quoted attributes: write `href="${url}"`, never `href=${url}`.
 * URLs of sources go through `safeUrl` first: `javascript:` has nothing to escape.
 */
export const html = template as (strings: TemplateStringsArray, ...values: Content[]) => Html

/** Takes a text for markup. Only for the output of libraries: never for a text of a source or of a client. */
export const trusted = (markup: string): Html => raw(markup)

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** A text as `html` escapes it, for markup that is put together without a template. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)

/** Parts with something between them, such as a comma; parts that print nothing are left out. */
export function joined(parts: readonly Content[], separator: Content): Content {
  const printed = parts.filter((part) => part !== '' && part != null && part !== false)
  return printed.flatMap((part, at) => (at === 0 ? [part] : [separator, part]))
}

/** A URL that may be linked to, or null: of the web and without credentials. */
export function safeUrl(address: string | null | undefined): string | null {
  if (!address || !URL.canParse(address)) return null
  const { protocol, username, password, href } = new URL(address)
  const isWeb = protocol === 'https:' || protocol === 'http:'
  return isWeb && username === '' && password === '' ? href : null
}

/** Signs that could end a `<script>` or begin a comment in it, and separators of lines that JSON has and older scripts lack. */
const SCRIPT_SIGNS = /[<>\u2028\u2029]/g

/** A value for a `<script>` of data, such as JSON-LD. */
export const jsonIn = (value: unknown): Html =>
  trusted(
    JSON.stringify(value).replace(
      SCRIPT_SIGNS,
      (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  )
