import type { Config } from '../config.ts'
import { feedRoute } from '../feeds/route.ts'
import { assetRoute } from '../html/route.ts'
import { PAGE_ROUTES, unknownPage } from '../pages/routes.ts'
import { SUBSCRIPTION_ROUTES } from '../pages/subscriptions/routes.ts'
import { SIGN_IN_ROUTES } from '../pages/votes/sign-in.ts'
import { upvoteRoute } from '../pages/votes/upvote.ts'
import type { Route } from '../server/routes.ts'

interface Routes {
  routes: readonly Route[]
  unknownPage?: Route
}

/** All paths that are served besides /graphql and those of the server itself. */
export function routesOf({ pages }: Config): Routes {
  const routes = [assetRoute, feedRoute, ...SUBSCRIPTION_ROUTES, ...SIGN_IN_ROUTES, upvoteRoute]
  return pages ? { routes: [...routes, ...PAGE_ROUTES], unknownPage } : { routes }
}
