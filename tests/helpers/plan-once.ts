import pg from 'pg'
import { atLeast } from './thorough.ts'

/** Most statements of a connection that are named. */
const MOST = 500

type Query = (this: pg.Client, ...args: unknown[]) => unknown

const prototype = pg.Client.prototype as unknown as { query: Query }
const { query } = prototype

/** The names of the texts that a connection has sent. */
const namesOf = new WeakMap<pg.Client, Map<string, string>>()

/** Undefined for a text that the connection has not sent before. */
function nameOf(client: pg.Client, text: string): string | undefined {
  const names = namesOf.get(client) ?? new Map<string, string>()
  namesOf.set(client, names)
  const name = names.get(text)
  if (name === undefined && names.size < MOST) names.set(text, `again_${names.size}`)
  return name
}

interface Nameless {
  text: string
  values: unknown[]
}

const isNameless = (config: unknown): config is Nameless =>
  typeof config === 'object' &&
  config !== null &&
  'values' in config &&
  (config.values as unknown[]).length > 0 &&
  !('submit' in config) &&
  !('name' in config && config.name)

/**
 * Names the statements that a connection sends again, as the server names its reads, so that PostgreSQL plans each of them a few times
 * and not thousands: a quarter of its CPU where tests write a few papers at a time. For the batches of an import it makes no difference.
 */
const queryNamed: Query = function queryNamed(config, ...rest) {
  if (!isNameless(config)) return query.call(this, config, ...rest)
  return query.call(this, { ...config, name: nameOf(this, config.text) }, ...rest)
}

// Each test file of a process comes here; a thorough run plans as users do.
if (atLeast(query.name !== queryNamed.name, false)) prototype.query = queryNamed
