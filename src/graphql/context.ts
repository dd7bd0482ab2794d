import type { Database } from '../db/client.ts'
import type { Access } from './access.ts'
import { createLoaders, type Loaders } from './loaders.ts'
import type { StreamScope } from './stream-event.ts'

/** What resolvers know about their server. */
export interface Settings {
  /** Base URL of this server, without a trailing slash. */
  publicUrl: string
  /** The value of WEBHOOK_ALLOW. */
  webhookAllow: readonly string[]
}

export const DEFAULT_SETTINGS: Settings = { publicUrl: 'http://localhost:4000', webhookAllow: [] }

/** The context of every resolver, created once per request. */
export interface Context {
  db: Database
  loaders: Loaders
  access: Access
  settings: Settings
  /** The bearer token in the `Authorization` header; null if there is none. */
  bearer: string | null
  /** The client, for rate limits; null for queries of this server itself. */
  client: string | null
  /** Resolves to the voter: the holder of an API key or a signed-in person; null for others. */
  voter: () => Promise<string | null>
  /** Set for subscriptions. */
  stream?: StreamScope
}

/** What is known about the client. Default: nothing, as for a client without a key. */
type Asker = {
  [Name in 'access' | 'settings' | 'bearer' | 'client' | 'voter']?: Context[Name] | undefined
}

export function createContext(db: Database, asker: Asker = {}): Context {
  const { access = 'anonymous', settings = DEFAULT_SETTINGS } = asker
  const { bearer = null, client = null, voter = nobody } = asker
  return { db, loaders: createLoaders(), access, settings, bearer, client, voter }
}

/** The voter of a client without a key. */
export const nobody: Context['voter'] = async () => null
