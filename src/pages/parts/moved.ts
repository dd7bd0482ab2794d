import { baseOf } from '../../html/page.ts'
import type { PageAnswer, PageRequest } from '../../html/route.ts'

/**
 * The redirect to the page of an object that was asked for by another reference, such as the id of a paper that was merged into
 * it; undefined where the request has its path already. 302 is for what
 * may lead elsewhere one day, as a name does.
 */
export function movedTo(
  { site, exchange }: PageRequest,
  ref: string,
  path: string,
  status: 301 | 302 = 301,
): PageAnswer {
  const [, own = ''] = /^[^/]+\/(.*)$/.exec(path) ?? []
  if (decodeURIComponent(own) === ref) return undefined
  const query = /\?.*$/.exec(exchange.request.url ?? '')?.[0] ?? ''
  return { redirectTo: `${baseOf(site)}${path}${query}`, status }
}
