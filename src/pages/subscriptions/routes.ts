import type { Route } from '../../server/routes.ts'
import { CONFIRM_ROUTES } from './confirm.ts'
import { PREFERENCE_ROUTES } from './preferences.ts'
import { SUBSCRIBE_ROUTES } from './subscribe.ts'
import { UNSUBSCRIBE_ROUTES } from './unsubscribe.ts'
import { webVersion } from './web-version.ts'

/** Routes of links in mails, and of the form to subscribe. */
export const SUBSCRIPTION_ROUTES: readonly Route[] = [
  ...SUBSCRIBE_ROUTES,
  ...CONFIRM_ROUTES,
  ...PREFERENCE_ROUTES,
  ...UNSUBSCRIBE_ROUTES,
  webVersion,
]
