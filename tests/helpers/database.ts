import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import sql, { type Sql } from 'sql-template-tag'
import { inject } from 'vitest'
import { connect, type Database } from '../../src/db/client.ts'
import { databaseUrl } from './global-setup.ts'

export interface TestDatabase {
  url: string
  db: Database
  /** Texts of the statements of `db`, in order; empty it to count again. */
  statements: string[]
  close(): Promise<void>
}

/** Maximum duration of a statement in a test: a busy machine needs longer than the server's default. */
const PATIENCE_MS = 60_000

/** The file with most papers of the sample. */
export const SAMPLE = fileURLToPath(new URL('../../src/sample/acl-pmlr.json.gz', import.meta.url))

/** The whole sample; most of it, as after an interrupted first start; or all of it with the demonstration data. */
type Sample = 'begun' | 'sample' | 'demo'

interface TestDatabaseOptions {
  /** False omits the migrations. */
  template?: boolean
  /** Created once for each run. */
  sample?: Sample
  /** Has the data that `fill` writes into an empty one; created once for each run, by name. */
  filled?: Filled
}

interface Filled {
  name: string
  /** The template to copy. Default: the empty one. */
  from?: string
  fill(url: string): Promise<unknown>
}

/** By default PostgreSQL also logs each page of a copy, which takes longer if nothing waits for the disk. */
const COPYING = 'strategy file_copy'

let admins: pg.Pool | undefined

/**
 * The connection that creates and drops databases, one for all test files of a process: a new one takes as much CPU time as the work
 * itself.
 */
function adminOf(url: string): pg.Pool {
  if (admins) return admins
  admins = new pg.Pool({ connectionString: url, max: 1, allowExitOnIdle: true })
  // The server may end before the process.
  admins.on('error', () => {})
  return admins
}

/** A separate migrated database for one test file, empty unless it should have the sample. */
export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const adminUrl = inject('adminUrl')
  const { sample, filled } = options
  const empty = options.template === false ? 'template0' : inject('templateName')
  const template = sample
    ? await sampleTemplate(adminUrl, sample)
    : filled
      ? await filledTemplate(adminUrl, filled)
      : empty
  const name = `paperql_test_${randomBytes(6).toString('hex')}`
  const admin = adminOf(adminUrl)
  await admin.query(`create database ${name} template ${template} ${COPYING}`)
  const url = databaseUrl(adminUrl, name)
  const statements: string[] = []
  const db = connect(url, {
    poolSize: 4,
    statementTimeoutMs: PATIENCE_MS,
    onStatement: (text) => statements.push(text),
  })
  return {
    url,
    db,
    statements,
    async close() {
      await db.close()
      await admin.query(`drop database if exists ${name} with (force)`)
    },
  }
}

/**
 * Ends the connections to this database that meet `which`, a condition on `pg_stat_activity`, and returns their number; never those of
 * other test files, which run on the same server at the same time.
 */
export async function endConnections(db: Database, which: Sql): Promise<number> {
  const ended = await db.query(sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and (${which})`)
  return ended.length
}

async function sampleTemplate(adminUrl: string, sample: Sample): Promise<string> {
  const { loadDemoIfSample, loadSampleIfEmpty } = await import('../../src/sample/index.ts')
  switch (sample) {
    case 'begun':
      return filledTemplate(adminUrl, { name: sample, fill: beginSample })
    case 'sample': {
      const from = await sampleTemplate(adminUrl, 'begun')
      return filledTemplate(adminUrl, {
        name: sample,
        from,
        fill: (url) => loadSampleIfEmpty({ url }),
      })
    }
    case 'demo': {
      const from = await sampleTemplate(adminUrl, 'sample')
      return filledTemplate(adminUrl, {
        name: sample,
        from,
        fill: (url) => loadDemoIfSample({ url }),
      })
    }
  }
}

/** Number of entries after which loading the sample is interrupted, so that little is left; the batch being read is then written too. */
const BEGUN = 2000

async function beginSample(url: string): Promise<void> {
  const { loadSampleIfEmpty } = await import('../../src/sample/index.ts')
  const starting = new AbortController()
  await loadSampleIfEmpty({
    ...{ url, signal: starting.signal },
    onProgress: ({ read }) => {
      if (read >= BEGUN) starting.abort()
    },
  })
}

/** The name of a database to copy. The first test file that needs it fills it, while others wait. */
async function filledTemplate(
  adminUrl: string,
  { name, from = inject('templateName'), fill }: Filled,
): Promise<string> {
  const template = `${inject('templateName')}_${name}`
  await administer(adminUrl, async (admin) => {
    await admin.query('select pg_advisory_lock(hashtext($1))', [template])
    const found = await admin.query('select from pg_database where datname = $1', [template])
    if (found.rowCount !== 0) return
    const unfinished = `${template}_unfinished`
    await admin.query(`create database ${unfinished} template ${from} ${COPYING}`)
    const url = databaseUrl(adminUrl, unfinished)
    await fill(url)
    // The server of the tests does not do it by itself.
    await administer(url, (inside) => inside.query('vacuum analyze'))
    // Idle connections prevent the rename.
    const end = 'select pg_terminate_backend(pid, 60000) from pg_stat_activity where datname = $1'
    await admin.query(end, [unfinished])
    await admin.query(`alter database ${unfinished} rename to ${template}`)
  })
  return template
}

async function administer(
  url: string,
  work: (admin: pg.Client) => Promise<unknown>,
): Promise<void> {
  const admin = new pg.Client(url)
  await admin.connect()
  try {
    await work(admin)
  } finally {
    await admin.end()
  }
}
