import { createLog } from '../../src/log.ts'
import { routesOf } from '../../src/serve/routes.ts'
import { type RunningServer, startServer } from '../../src/server/http.ts'
import type { TestDatabase } from './database.ts'
import { patientConfig } from './patient-config.ts'

/** A server on a free port with all routes of `paperql serve`. */
export function startPageServer(
  t: TestDatabase,
  env: Record<string, string> = {},
): Promise<RunningServer> {
  const config = patientConfig(env)
  return startServer({ db: t.db, config, log: createLog('silent'), ...routesOf(config) })
}
