import type { Route } from '../server/routes.ts'

/** All paths that are served besides /graphql and those of the server itself. */
export const ROUTES: readonly Route[] = []
