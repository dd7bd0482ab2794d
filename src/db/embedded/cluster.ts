import { randomBytes } from 'node:crypto'
import { chown, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { AppError } from '../../errors.ts'
import {
  type Account,
  type Binaries,
  complaint,
  findBinaries,
  moveUnlessThere,
  runAs,
} from './binaries.ts'
import { findPlace, type Place, unusable } from './place.ts'

/** The role that owns everything. Its password is generated at the first start and stored beside the data. */
export const SUPERUSER = 'paperql'

/** A PostgreSQL cluster on disk, and what is needed to run it. */
export interface Cluster {
  /** The folder of `data`, `password` and `postgres.log`. */
  folder: string
  data: string
  log: string
  password: string
  account: Account | undefined
  binaries: Binaries
}

/** Age from which a half-made cluster was left by a killed start, and does not belong to a running one. */
const ABANDONED_MS = 600_000

/**
 * Finds the cluster of `dataDir`, or creates it. A killed start leaves no half-made cluster; of two starts at once, one creates it and both
 * use it. Throws an `AppError` if the folder cannot be used: UNAVAILABLE, FORBIDDEN if it belongs to another user, or NOT_FOUND if it has
 * no cluster and `makes` is false.
 */
export async function findCluster(
  dataDir: string,
  options: { durable: boolean; makes: boolean; onNotice: (message: string) => void },
): Promise<Cluster> {
  const { durable, makes, onNotice } = options
  const place = await findPlace(resolve(dataDir), onNotice, makes)
  const binaries = await findBinaries(place.account, onNotice)
  if (!(await exists(place.folder))) {
    onNotice(`Creating the database in ${place.folder}.`)
    await create(place, binaries, durable)
  }
  await sweep(place.folder)
  const data = join(place.folder, 'data')
  const version = (
    await readFile(join(data, 'PG_VERSION'), 'utf8').catch(orIncomplete(place.folder))
  ).trim()
  if (version !== binaries.major) {
    throw new AppError(
      'UNAVAILABLE',
      `The data in ${place.folder} is of PostgreSQL ${version}, and this paperql has ${binaries.major}. ` +
        'With the paperql that made it, run: paperql backup FILE. Then move the folder away, or set PAPERQL_DATA_DIR to another one, and with this paperql run: paperql restore FILE.',
    )
  }
  const password = (
    await readFile(join(place.folder, 'password'), 'utf8').catch(orIncomplete(place.folder))
  ).trim()
  return { ...place, binaries, data, password, log: join(place.folder, 'postgres.log') }
}

/** Throws when a file that every cluster has cannot be read. */
const orIncomplete = (folder: string) => (cause: unknown) => {
  throw new AppError(
    'UNAVAILABLE',
    `The database in ${folder} is not complete: ${complaint(cause)}. Bring its files back, or move that folder away and run: paperql restore FILE.`,
    { cause },
  )
}

async function create({ folder, account }: Place, binaries: Binaries, durable: boolean) {
  const fresh = await mkdtemp(`${folder}.new-`).catch(unusable(dirname(folder)))
  try {
    const password = join(fresh, 'password')
    await writeFile(password, randomBytes(24).toString('base64url'), { mode: 0o600 })
    for (const path of account ? [password, fresh] : []) {
      await chown(path, account?.uid ?? 0, account?.gid ?? 0)
    }
    await runAs(account, binaries.initdb, [
      ...['--pgdata', join(fresh, 'data'), '--username', SUPERUSER],
      ...['--auth', 'scram-sha-256', '--pwfile', password, '--encoding', 'UTF8'],
      // The same collation and case rules on every machine, independent of its locales.
      ...['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
      ...(durable ? [] : ['--no-sync']),
    ])
    await moveUnlessThere(fresh, folder)
  } catch (cause) {
    const reason = complaint(cause)
    throw new AppError('UNAVAILABLE', `Cannot create a database in ${folder} (${reason}).`, {
      cause,
    })
  } finally {
    await rm(fresh, { recursive: true, force: true })
  }
}

async function sweep(folder: string): Promise<void> {
  const prefix = `${basename(folder)}.new-`
  for (const name of await readdir(dirname(folder))) {
    if (!name.startsWith(prefix)) continue
    const path = join(dirname(folder), name)
    const found = await stat(path).catch(() => null)
    if (found && Date.now() - found.mtimeMs > ABANDONED_MS) {
      await rm(path, { recursive: true, force: true })
    }
  }
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null
}
