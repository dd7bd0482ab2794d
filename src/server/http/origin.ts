import type { IncomingMessage } from 'node:http'

/**
 * Whether a browser says that a page of another site made it send this request. Older browsers, and others on sites without TLS,
 * send only `Origin`, and that as `null` from pages that keep their address to themselves, as ours do.
 */
export function isOfOtherSite({ headers }: IncomingMessage, publicUrl: string): boolean {
  const { 'sec-fetch-site': site, origin, host } = headers
  if (site !== undefined) return site !== 'same-origin' && site !== 'none'
  if (origin === undefined || !URL.canParse(origin)) return false
  const { host: from } = new URL(origin)
  // A proxy may have put another name into Host.
  return from !== host && from !== new URL(publicUrl).host
}

/** The path below which a proxy serves the site, and which it takes off requests: `/lab` of `https://example.org/lab/`; empty for none. */
export const prefixOf = (publicUrl: string): string =>
  new URL(publicUrl).pathname.replace(/\/$/, '')
