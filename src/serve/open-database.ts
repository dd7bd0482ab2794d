import type { Config } from '../config.ts'
import { closeConnection, openConnection, SEARCH_PATH } from '../db/connection.ts'
import { type EmbeddedServer, openEmbedded } from '../db/embedded/embedded.ts'
import { causeOf, describeCause } from '../db/error-cause.ts'
import { settleSslMode } from '../db/ssl-mode.ts'
import { AppError } from '../errors.ts'

/** The Postgres with the catalogue: that of DATABASE_URL, or the embedded one. */
export interface CatalogueServer extends Omit<EmbeddedServer, 'folder'> {
  /** Where it is, for messages: its data folder, or its address without the password. */
  place: string
}

/** The oldest supported major version of Postgres. */
const OLDEST_POSTGRES = 15

/**
 * Opens the configured Postgres. Throws an `AppError` that says what is wrong with it, never with its password. Creates a missing embedded
 * one, unless `makes` is false.
 */
export async function openCatalogueServer(
  config: Config,
  onNotice: (message: string) => void,
  { makes = true }: { makes?: boolean } = {},
): Promise<CatalogueServer> {
  const { databaseUrl, dataDir } = config
  if (databaseUrl === undefined) {
    const embedded = await openEmbedded(dataDir, { makes, onNotice })
    return { ...embedded, place: embedded.folder }
  }
  const url = await settleSslMode(databaseUrl)
  const version = await postgresVersionOf(url)
  const place = withoutPassword(databaseUrl)
  if (version < OLDEST_POSTGRES)
    throw new AppError(
      'UNAVAILABLE',
      `DATABASE_URL: ${place} is PostgreSQL ${version}; expected ${OLDEST_POSTGRES} or newer.`,
    )
  // An external Postgres may serve several servers, so none of them stops it.
  const nothing = async () => {}
  return {
    url,
    place,
    claimServe: nothing,
    announce: nothing,
    supervise() {},
    reason: async () => '',
    close: nothing,
  }
}

/** PgBouncer drops them with ignore_startup_parameters. */
const POOLED =
  'DATABASE_URL: connection settings do not reach PostgreSQL, because a pooler such as PgBouncer is in between. Use the address of PostgreSQL itself.'

async function postgresVersionOf(url: string): Promise<number> {
  let client: Awaited<ReturnType<typeof openConnection>> | undefined
  try {
    client = await openConnection(url, { statementTimeoutMs: 10_000 })
    const { rows } = await client.query<{ major: number; path: string }>(
      "select current_setting('server_version_num')::int / 10000 as major, current_setting('search_path') as path",
    )
    if (rows[0]?.path !== SEARCH_PATH) throw new AppError('UNAVAILABLE', POOLED)
    return Number(rows[0]?.major)
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError('UNAVAILABLE', `DATABASE_URL: ${explain(url, error)}`, { cause: error })
  } finally {
    if (client) await closeConnection(client)
  }
}

function explain(url: string, error: unknown): string {
  const cause = causeOf(error)
  const { code = '', message = String(error) } = error as { code?: string; message?: string }
  const words = cause ? describeCause(cause) : `${message}.`
  const { hostname, port, pathname, username } = new URL(url)
  const host = `${hostname}:${port || 5432}`
  const database = decodeURIComponent(pathname.slice(1)) || username
  switch (cause?.code ?? code) {
    case 'ECONNREFUSED':
      return `nothing answers at ${host}. Start PostgreSQL there, or unset DATABASE_URL to use the embedded one.`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `there is no host named ${hostname}.`
    case 'CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `${host} did not answer in time.`
    case '28P01':
    case '28000':
      return `${host} does not let the user ${username || 'given'} in. ${words}`
    case '3D000':
      return `there is no database ${database} at ${host}. Create it: createdb ${database}.`
    default:
      return `${withoutPassword(url)} cannot be used. ${words}`
  }
}

function withoutPassword(url: string): string {
  const { protocol, username, host, pathname } = new URL(url)
  return `${protocol}//${username ? `${username}@` : ''}${host}${pathname}`
}
