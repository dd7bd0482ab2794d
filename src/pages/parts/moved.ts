import { baseOf } from '../../html/page.ts'
import type { PageAnswer, PageRequest } from '../../html/route.ts'

/**
 * The redirect to the canonical page of an object requested by another reference, such as the id of a paper merged into it; undefined if
 * the request already has that path. 302 is for references whose target may change, such as names.
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
