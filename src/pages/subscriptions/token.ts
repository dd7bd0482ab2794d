import { getTokenHolder, type TokenHolder } from '../../domain/digest/subscription.ts'
import type { PageRequest } from '../../html/route.ts'

/** The subscription of the token in the path. */
export const holderOf = ({ params, services }: PageRequest): Promise<TokenHolder> =>
  getTokenHolder(services.db, params.token ?? '')

/** A path of the subscription, relative to the base of the pages. */
export const pathTo = ({ params }: PageRequest, page = ''): string =>
  `subscriptions/${encodeURIComponent(params.token ?? '')}${page && `/${page}`}`
