import type { Database } from '../db/client.ts'
import type { Access } from './access.ts'
import { createLoaders, type Loaders } from './loaders.ts'

/** What every resolver gets: made once per request. */
export interface Context {
  db: Database
  loaders: Loaders
  access: Access
}

export function createContext(db: Database, access: Access = 'anonymous'): Context {
  return { db, loaders: createLoaders(), access }
}
