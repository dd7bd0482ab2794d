import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { AppError, codeOf } from './errors.ts'

/** What was to be done with a file. */
export type FileUse = 'read' | 'written' | 'used'

/** A file, a folder or a standard stream that the system did not let be read or written. */
export class FileFault extends AppError {
  readonly use: FileUse

  constructor(name: string, use: FileUse, cause: unknown, place: string) {
    const message =
      use === 'read' && isAbsent(cause)
        ? `There is no file ${name}.`
        : `${name} cannot be ${use}${place}: ${reasonOf(cause)}.`
    super(codeOf(cause) in WRONG_NAMES ? 'BAD_USER_INPUT' : 'UNAVAILABLE', message, { cause })
    this.use = use
  }
}

/**
 * The error for what the system said about a file: BAD_USER_INPUT where its name is wrong, UNAVAILABLE where the system failed. What
 * is an `AppError` already stays so.
 */
export const fileFault = (name: string, use: FileUse, cause: unknown, place = ''): AppError =>
  cause instanceof AppError ? cause : new FileFault(name, use, cause, place)

/** What to do where a promise of the system's is rejected: throws the `fileFault`. */
export const orFileFault =
  (name: string, use: FileUse) =>
  (cause: unknown): never => {
    throw fileFault(name, use, cause)
  }

/** Faults of the name. */
const WRONG_NAMES: Record<string, string> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'a part of its path is a file and not a folder',
  EISDIR: 'it is a folder',
  EEXIST: 'it exists already',
  ENAMETOOLONG: 'its name is too long',
  EILSEQ: 'the file system does not accept such a name',
  ELOOP: 'its symbolic links form a loop',
}

/** Faults of the system. */
const FAILURES: Record<string, string> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'it would be larger than the file system or a limit (ulimit -f) allows',
  EROFS: 'the file system is read-only',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EMFILE: 'this process has too many files open (ulimit -n)',
  ENFILE: 'this machine has too many files open',
  EIO: 'the disk or device has an input/output error',
  ENOMEM: 'the machine is out of memory',
  EBUSY: 'another program uses it',
  ETXTBSY: 'it is a program that runs',
  ENXIO: 'there is no such device',
  ENODEV: 'there is no such device',
  ESTALE: 'the network file system lost it',
  ETIMEDOUT: 'the network file system does not answer',
  EPIPE: 'its reader closed it',
}

/** Whether the system said that there is no such file. */
export const isAbsent = (cause: unknown): boolean => /^(?:ENOENT|ENOTDIR)$/.test(codeOf(cause))

/** Why, in words, with the code of the system. */
function reasonOf(cause: unknown): string {
  const code = codeOf(cause)
  const words = WRONG_NAMES[code] ?? FAILURES[code]
  if (words !== undefined) return `${words} (${code})`
  return cause instanceof Error ? cause.message : String(cause)
}

/**
 * Makes a folder and those above it. `mkdir` of Node 20 does not return where a file system has no place for new folders, such
 * as /proc, since it takes ENOENT for a missing folder above. Returns the highest one that was made.
 */
export async function makeFolders(path: string): Promise<string | undefined> {
  try {
    await mkdir(path)
    return path
  } catch (error) {
    if (await isFolder(path)) return undefined
    const above = dirname(path)
    // Something else has the name.
    if (codeOf(error) === 'EEXIST') throw Object.assign(new Error(path), { code: 'ENOTDIR' })
    const isBelowNothing = codeOf(error) === 'ENOENT' && above !== path
    if (!isBelowNothing || (await isFolder(above))) throw error
    const highest = await makeFolders(above)
    const own = await makeFolders(path)
    return highest ?? own
  }
}

const isFolder = (path: string) =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
