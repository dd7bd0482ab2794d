import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { connect } from '../db/client.ts'
import { migrate } from '../db/schema/migrate.ts'
import { transaction } from '../db/transaction.ts'
import { countWords } from '../domain/search/dictionary.ts'
import type { JobOptions } from '../import/job.ts'
import type { Logger } from '../log.ts'
import { loadDemoIfSample, loadSampleIfEmpty } from '../sample/index.ts'
import { checkAddress, type RunningServer, startServer } from '../server/http.ts'
import { startWebhooks } from '../webhooks/worker.ts'
import { jobsOf } from './jobs.ts'
import { claimLicences } from './licences.ts'
import { openCatalogueServer } from './open-database.ts'
import { startRefreshing } from './refreshing.ts'
import { routesOf } from './routes.ts'
import { startSchedule } from './schedule.ts'
import { slowQueryLog } from './slow-query-log.ts'

export interface ServeOptions {
  config: Config
  log: Logger
  /** Called with messages about steps and problems. */
  onNotice: (message: string, level?: 'info' | 'warn' | 'error') => void
  /** Called with the progress of loading the sample. */
  onSample: Pick<JobOptions, 'onProgress' | 'onStep'>
}

export interface Served {
  url: string
  /** Where the data is. */
  place: string
  /** Finishes pending requests, then closes the pool and the embedded Postgres. */
  stop(): Promise<void>
}

/** Starts a whole server: Postgres, migrations, the sample if the catalogue is empty, and HTTP. */
export async function serve(options: ServeOptions): Promise<Served> {
  const { config, onNotice } = options
  const closers: Closers = []
  const stop = async () => {
    for (const close of closers.splice(0).reverse()) await close()
  }
  const stopBy = (reason: string) => {
    onNotice(`${reason} Stopping.`, 'error')
    process.exitCode = 1
    void stop()
  }
  try {
    // Fails before a database is created in vain. If there is one already, an error about its other server takes precedence.
    if (!existsSync(join(config.dataDir, 'postgres'))) await checkAddress(config)
    const catalogue = await openCatalogueServer(config, onNotice)
    closers.push(catalogue.close)
    await catalogue.claimServe()
    // Fails before steps that take long, such as loading the sample.
    await checkAddress(config)
    await makeReady(catalogue.url, options, closers, stopBy)
    const server = await startServices(catalogue.url, options, closers)
    await catalogue.announce(server.url)
    catalogue.supervise({
      onNotice: (message) => onNotice(message, 'warn'),
      onGivenUp: (reason) =>
        stopBy(`The embedded PostgreSQL could not be started again: ${reason}.`),
    })
    return { url: server.url, place: catalogue.place, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** What to close at the end, in the order of opening. */
type Closers = (() => Promise<void>)[]

/** Migrates the catalogue, applies the excluded licences, and fills an empty catalogue. */
async function makeReady(
  url: string,
  options: ServeOptions,
  closers: Closers,
  stopBy: (reason: string) => void,
): Promise<void> {
  const { config, onNotice } = options
  await migrate(url, { lacking: config.autoMigrate ? 'apply' : 'refuse' })
  const licences = await claimLicences({
    ...{ url, onNotice, licences: config.excludedLicences },
    onBroken: () =>
      stopBy(
        'Another server changed which licences this catalogue hides while the database was unavailable.',
      ),
  })
  closers.push(licences.close)
  if (config.loadSample) await loadSample(url, options)
  // An unfinished import, or one by an earlier version, did not count its words.
  await transaction(url, countWords)
}

/** Starts the jobs, HTTP and the webhooks. */
async function startServices(
  url: string,
  { config, log }: ServeOptions,
  closers: Closers,
): Promise<RunningServer> {
  const { databasePoolSize: poolSize, statementTimeoutMs } = config
  const slow = slowQueryLog(log, config.slowQueryMs)
  const db = connect(url, { poolSize, ...longStatementsOf(config), statementTimeoutMs, slow })
  closers.push(db.close)
  closers.push(startRefreshing(url, log))
  const schedule = startSchedule({ url, jobs: jobsOf({ url, db, config, log }), log })
  closers.push(schedule.stop)
  const server = await startServer({ db, config, log, ...routesOf(config) })
  const { runDocument, publicUrl } = server
  const webhooks = startWebhooks({ db, log, runDocument, publicUrl, allow: config.webhookAllow })
  // Opened last and so closed first: a stop refuses new requests and starts nothing before it waits for anything.
  closers.push(async () => {
    await Promise.all([server.stop(), webhooks.stop(), schedule.stop()])
  })
  return server
}

async function loadSample(url: string, { config, onNotice, onSample }: ServeOptions) {
  const options = { url, ...onSample }
  const report = await loadSampleIfEmpty(options)
  if (report) onNotice(`The catalogue was empty: loaded the sample, ${report.papers} papers.`)
  if (config.loadSample !== 'demo') return
  const demo = await loadDemoIfSample(options)
  if (demo)
    onNotice('Added demonstration data: made-up citations, upvotes and stars of the source "demo".')
}

/**
 * Number of long statements to run at once. A PostgreSQL on this machine shares its processors: one is left free for short statements and
 * this process, if there are several. The processors of another machine are unknown.
 */
function longStatementsOf({ databaseLongStatements, databaseUrl, databasePoolSize }: Config) {
  if (databaseLongStatements !== undefined) return { longStatements: databaseLongStatements }
  const isHere = databaseUrl === undefined || LOOPBACK.test(new URL(databaseUrl).hostname)
  if (!isHere) return { longStatements: Math.ceil(databasePoolSize / 3) }
  const processors = availableParallelism()
  return { longStatements: Math.max(1, processors - 1), longStatementsAlone: processors }
}

/** Hosts that are this machine; a Unix socket has an empty host. */
const LOOPBACK = /^(?:localhost|127\.[\d.]+|\[::1\]|)$/
