import { AppError } from '../errors.ts'
import { pageRoute } from '../html/route.ts'
import type { Route } from '../server/routes.ts'
import { authorRoute } from './author.ts'
import { crawlerRoutes } from './crawlers.ts'
import { listRoutes } from './daily.ts'
import { homeRoute } from './home.ts'
import { institutionRoute } from './institution.ts'
import { paperRoute } from './paper/paper.ts'
import { searchRoute } from './search.ts'
import { topicRoute } from './topic.ts'
import { venueRoute } from './venue.ts'

/** The pages for readers. */
export const PAGE_ROUTES: readonly Route[] = [
  homeRoute,
  paperRoute,
  topicRoute,
  authorRoute,
  venueRoute,
  institutionRoute,
  searchRoute,
  ...listRoutes,
  ...crawlerRoutes,
]

/** The page for an unknown path. */
export const unknownPage: Route = pageRoute('GET', '/**', ({ exchange }) => {
  throw new AppError('NOT_FOUND', `There is nothing at ${exchange.path}.`)
})
