import type { Database } from '../db/client.ts'

/** What every resolver gets: made once per request. */
export interface Context {
  db: Database
}

export function createContext(db: Database): Context {
  return { db }
}
