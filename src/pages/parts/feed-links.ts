import { autodiscovery } from '../../feeds/paths.ts'
import { type Content, html } from '../../html/template.ts'
import type { RouteServices } from '../../server/routes.ts'

type Kind = Parameters<typeof autodiscovery>[1]

/** The feeds of a page: for its head, where browsers and feed readers find them, and as a line of links. */
export function feedLinks(
  { publicUrl }: RouteServices,
  kind: Kind,
  ref: string,
): { head: Content; line: Content } {
  const feeds = autodiscovery(publicUrl, kind, ref).map(({ href, ...feed }) => ({
    ...feed,
    href: href.slice(publicUrl.length + 1),
  }))
  return {
    head: feeds.map(
      ({ type, title, href }) =>
        html`<link rel="alternate" type="${type}" title="${title}" href="${href}">`,
    ),
    line: html`<p class="small quiet">Feeds: ${feeds.map(({ title, href }, at) => [at > 0 && ' · ', html`<a href="${href}">${title}</a>`])}</p>`,
  }
}
