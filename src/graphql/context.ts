import type { Database } from '../db/client.ts'
import type { Access } from './access.ts'
import { createLoaders, type Loaders } from './loaders.ts'
import type { StreamScope } from './stream-event.ts'

/** What resolvers know of the server that they run in. */
export interface Settings {
  /** Base of all links to this server, without a slash at the end. */
  publicUrl: string
  /** As WEBHOOK_ALLOW has them. */
  webhookAllow: readonly string[]
}

export const DEFAULT_SETTINGS: Settings = { publicUrl: 'http://localhost:4000', webhookAllow: [] }

/** What every resolver gets: made once per request. */
export interface Context {
  db: Database
  loaders: Loaders
  access: Access
  settings: Settings
  /** What the client sent as `Authorization: Bearer`; null where it sent nothing. */
  bearer: string | null
  /** Who asks, for rate limits; null for what this server asks itself. */
  client: string | null
  /** Resolves to who votes: the holder of an API key or a person who is signed in; null for others. */
  voter: () => Promise<string | null>
  /** Of a subscription. */
  stream?: StreamScope
}

/** What is known of who asks. Default: nothing, as of a client that sent no key. */
type Asker = {
  [Name in 'access' | 'settings' | 'bearer' | 'client' | 'voter']?: Context[Name] | undefined
}

export function createContext(db: Database, asker: Asker = {}): Context {
  const { access = 'anonymous', settings = DEFAULT_SETTINGS } = asker
  const { bearer = null, client = null, voter = nobody } = asker
  return { db, loaders: createLoaders(), access, settings, bearer, client, voter }
}

/** Who sends no key votes for nothing. */
export const nobody: Context['voter'] = async () => null
