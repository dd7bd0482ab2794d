import type { IncomingMessage } from 'node:http'

/**
 * Whether the browser reports that a page of another site caused this request. Older browsers, and others on sites without TLS, send only
 * `Origin`; pages that hide their address, as ours do, send it as `null`.
 */
export function isOfOtherSite({ headers }: IncomingMessage, publicUrl: string): boolean {
  const { 'sec-fetch-site': site, origin, host } = headers
  if (site !== undefined) return site !== 'same-origin' && site !== 'none'
  if (origin === undefined || !URL.canParse(origin)) return false
  const { host: from } = new URL(origin)
  // A proxy may have changed Host.
  return from !== host && from !== new URL(publicUrl).host
}

/**
 * The path prefix under which a proxy serves the site and which it strips from requests: `/lab` for `https://example.org/lab/`; empty if
 * there is none.
 */
export const prefixOf = (publicUrl: string): string =>
  new URL(publicUrl).pathname.replace(/\/$/, '')
