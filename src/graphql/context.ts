import type { Database } from '../db/client.ts'
import { createLoaders, type Loaders } from './loaders.ts'

/** What every resolver gets: made once per request. */
export interface Context {
  db: Database
  loaders: Loaders
}

export function createContext(db: Database): Context {
  return { db, loaders: createLoaders() }
}
