import { createHash, randomBytes } from 'node:crypto'
import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { AppError } from '../../errors.ts'
import { makeFolders, orFileFault } from '../../file-fault.ts'
import {
  type Account,
  type Binaries,
  complaint,
  findAccount,
  findBinaries,
  openSharedFolder,
  runAs,
  SHARED_FOLDER,
} from './binaries.ts'

/** The role that owns everything; its password is made up at the first start and kept beside the data. */
export const SUPERUSER = 'paperql'

/** A Postgres cluster on disk and what is needed to run it. */
export interface Cluster {
  /** Holds all of it: `data`, `password` and `postgres.log`. */
  folder: string
  data: string
  log: string
  password: string
  account: Account | undefined
  binaries: Binaries
}

/** Past this age a half-made cluster was left by a killed start, not by one that is at it. */
const ABANDONED_MS = 600_000

/**
 * Finds the cluster of `dataDir`, or makes it. Killed half-way it leaves nothing half made; of two at once, one
 * makes it and both use it. Root keeps it in `SHARED_FOLDER` when Postgres' user may not enter `dataDir`. Throws an
 * `AppError` when the folder cannot be used: UNAVAILABLE, or FORBIDDEN when it is another user's.
 */
export async function findCluster(
  dataDir: string,
  options: { durable: boolean; onNotice: (message: string) => void },
): Promise<Cluster> {
  const { durable, onNotice } = options
  const place = await findPlace(resolve(dataDir), onNotice)
  const binaries = await findBinaries(place.account, onNotice)
  if (!(await exists(place.folder))) {
    onNotice(`Creating the database in ${place.folder}.`)
    await create(place, binaries, durable)
  }
  await sweep(place.folder)
  const data = join(place.folder, 'data')
  const version = (await readFile(join(data, 'PG_VERSION'), 'utf8')).trim()
  if (version !== binaries.major) {
    throw new AppError(
      'UNAVAILABLE',
      `The data in ${place.folder} is of PostgreSQL ${version}, and this paperql brings ${binaries.major}. ` +
        'With the paperql that made it, run: paperql backup FILE. Then move the folder away, or set PAPERQL_DATA_DIR to another one, and with this paperql run: paperql restore FILE.',
    )
  }
  const password = (await readFile(join(place.folder, 'password'), 'utf8')).trim()
  return { ...place, binaries, data, password, log: join(place.folder, 'postgres.log') }
}

interface Place {
  folder: string
  account: Account | undefined
}

async function findPlace(dataDir: string, onNotice: (message: string) => void): Promise<Place> {
  const folder = join(dataDir, 'postgres')
  const owner = await ownerOf(folder)
  const uid = process.getuid?.()
  if (uid !== undefined && uid !== 0) {
    if (owner && owner.uid !== uid) {
      throw new AppError(
        'FORBIDDEN',
        `The data in ${folder} belongs to user ${owner.uid}, and this is user ${uid}. Start paperql as that user or as root, or set PAPERQL_DATA_DIR to another folder.`,
      )
    }
    await openDataDir(dataDir)
    return { folder, account: undefined }
  }
  // A cluster that is there keeps its owner, whichever account would be chosen today.
  const account = owner && uid === 0 ? owner : await findAccount()
  await openDataDir(dataDir)
  if (!account || (await mayWrite(account, dataDir, folder))) return { folder, account }
  await openSharedFolder()
  const key = createHash('sha256').update(dataDir).digest('hex').slice(0, 12)
  const shared = join(SHARED_FOLDER, key)
  await mkdir(shared, { recursive: true })
  await chmod(shared, 0o755)
  onNotice(`Keeping the data in ${shared}, as PostgreSQL's user may not enter ${dataDir}.`)
  const kept = await ownerOf(join(shared, 'postgres'))
  return { folder: join(shared, 'postgres'), account: kept ?? account }
}

const unusable = (dataDir: string) => orFileFault(`The data folder ${dataDir}`, 'used')

async function openDataDir(dataDir: string): Promise<void> {
  try {
    const made = await makeFolders(dataDir)
    // Postgres' user must pass through; what is secret lies deeper, in a folder that is its alone.
    if (made !== undefined) await chmod(dataDir, 0o755)
  } catch (cause) {
    unusable(dataDir)(cause)
  }
}

/** Whether `account` could work in `folder`, tried rather than computed: of what is there, or of a new folder. */
async function mayWrite(account: Account, dataDir: string, folder: string): Promise<boolean> {
  const isThere = await exists(folder)
  const probe = isThere ? folder : await mkdtemp(join(dataDir, 'probe-')).catch(unusable(dataDir))
  try {
    if (!isThere) await chown(probe, account.uid, account.gid)
    await runAs(account, 'test', ['-w', probe])
    return true
  } catch {
    return false
  } finally {
    if (!isThere) await rm(probe, { recursive: true, force: true })
  }
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
    // Another start may have been first; then its cluster is the one.
    await rename(fresh, folder).catch((error) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
    })
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

async function ownerOf(path: string): Promise<Account | undefined> {
  const found = await stat(path).catch(() => null)
  return found ? { uid: found.uid, gid: found.gid } : undefined
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null
}
