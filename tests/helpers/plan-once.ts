import pg from 'pg'
import { atLeast } from './thorough.ts'

/** Maximum number of named statements of a connection. */
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
 * Names the statements that a connection repeats, like the server does for reads, so that PostgreSQL plans each of them a few times instead
 * of thousands of times: a quarter of its CPU time in tests that write a few papers at a time. It makes no difference for batches of an
 * import.
 */
const queryNamed: Query = function queryNamed(config, ...rest) {
  if (!isNameless(config)) return query.call(this, config, ...rest)
  return query.call(this, { ...config, name: nameOf(this, config.text) }, ...rest)
}

// Each test file of a process runs this; a thorough run plans like users do.
if (atLeast(query.name !== queryNamed.name, false)) prototype.query = queryNamed
