import type { Config } from '../../config.ts'
import { connect, type Database, type DatabaseOptions } from '../../db/client.ts'
import { isUnreachable } from '../../db/connection.ts'
import { adviceOnLog } from '../../db/error-cause.ts'
import { migrate } from '../../db/schema/migrate.ts'
import { AppError, isAppError } from '../../errors.ts'
import { type CatalogueServer, openCatalogueServer } from '../../serve/open-database.ts'
import { endInOrder } from './ending.ts'
import { notice } from './notice.ts'

export interface CatalogueOptions {
  /** Whether to wait for work that stops itself at its signal. Default false. */
  endsItself?: boolean
  /** Whether the command creates a missing catalogue. Default false: a missing catalogue is an error. */
  makes?: boolean
  /** False for commands that a read-only database can answer. Default true. */
  writes?: boolean
  /** How to treat an older schema; `ignore` does not check it. Default: migrate it, unless PAPERQL_MIGRATE is false. */
  lacking?: 'accept' | 'ignore'
}

/**
 * Opens the configured Postgres while `work` runs, with its schema checked and migrated. A signal closes it; work that stops
 * by itself gets its abort signal and is awaited first.
 */
export async function withCatalogue<T>(
  config: Config,
  work: (server: CatalogueServer, signal: AbortSignal) => Promise<T>,
  { endsItself = false, makes = false, writes = true, lacking }: CatalogueOptions = {},
): Promise<T> {
  surviveLostConnections()
  const opening = openCatalogueServer(config, notice, { makes })
  const stopping = new AbortController()
  const working = opening.then(async (server) => {
    try {
      const policy = lacking ?? (config.autoMigrate ? 'apply' : 'refuse')
      const held = makes ? undefined : `the database ${server.place}`
      if (policy !== 'ignore') await migrate(server.url, { lacking: policy, writes, held })
      return await work(server, stopping.signal)
    } catch (error) {
      throw await withReason(error, server)
    } finally {
      await server.close()
    }
  })
  endInOrder({
    async stop() {
      stopping.abort()
      await (endsItself ? working : (await opening).close())
    },
  })
  return working
}

/** Like `withCatalogue`, with connections that are closed after the work. */
export function withDatabase<T>(
  config: Config,
  work: (db: Database, context: { url: string; signal: AbortSignal }) => Promise<T>,
  { poolSize, ...options }: CatalogueOptions & Pick<DatabaseOptions, 'poolSize'> = {},
): Promise<T> {
  const connected = async ({ url }: CatalogueServer, signal: AbortSignal) => {
    const db = connect(url, { ...(poolSize && { poolSize }) })
    try {
      return await work(db, { url, signal })
    } finally {
      await db.close()
    }
  }
  return withCatalogue(config, connected, options)
}

/**
 * Keeps the process running when a connection is lost while it is opened: the driver asks each new one for array types, and nothing awaits
 * that answer. Code that waits for the connection gets another one.
 */
export function surviveLostConnections(tell: (message: string) => void = notice): void {
  process.on('unhandledRejection', (error) => {
    if (!isUnreachable(error)) throw error
    tell('A connection to the database was lost while it was being opened; trying again.')
  })
}

/** If an embedded PostgreSQL has died, its log has the reason. */
async function withReason(error: unknown, server: CatalogueServer): Promise<unknown> {
  if (!isAppError(error, 'UNAVAILABLE')) return error
  const reason = await server.reason()
  if (!reason) return error
  const told = `${error.message}\nPostgreSQL's log: ${reason}. ${adviceOnLog(reason)}`.trim()
  return new AppError(error.code, told, { cause: error })
}
