import { getTokenHolder, type TokenHolder } from '../../domain/digest/subscription.ts'
import type { PageRequest } from '../../html/route.ts'

/** The subscription of the token in the path. The log does not get to see the path, which is as good as a password. */
export async function holderOf({ exchange, params, services }: PageRequest): Promise<TokenHolder> {
  const { token = '' } = params
  exchange.path = exchange.path.replace(token, ':token')
  return getTokenHolder(services.db, token)
}

/** A path of the subscription, relative to the base of the pages. */
export const pathTo = ({ params }: PageRequest, page = ''): string =>
  `subscriptions/${encodeURIComponent(params.token ?? '')}${page && `/${page}`}`
