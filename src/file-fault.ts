import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { AppError, codeOf } from './errors.ts'

/** The intended use of a file. */
export type FileUse = 'read' | 'written' | 'used'

/** A file, folder or standard stream that could not be read or written. */
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
 * The `AppError` for a file error of the system: BAD_USER_INPUT if the name is wrong, UNAVAILABLE if the system failed. An `AppError` is
 * returned unchanged.
 */
export const fileFault = (name: string, use: FileUse, cause: unknown, place = ''): AppError =>
  cause instanceof AppError ? cause : new FileFault(name, use, cause, place)

/** A rejection handler for file operations: throws the `fileFault`. */
export const orFileFault =
  (name: string, use: FileUse) =>
  (cause: unknown): never => {
    throw fileFault(name, use, cause)
  }

/** Errors caused by the name. */
const WRONG_NAMES: Record<string, string> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'a part of its path is a file and not a folder',
  EISDIR: 'it is a folder',
  EEXIST: 'it exists already',
  ENAMETOOLONG: 'its name is too long',
  EILSEQ: 'the file system does not accept such a name',
  ELOOP: 'its symbolic links form a loop',
}

/** Errors of the system. */
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

/** Whether the error means that the file does not exist. */
export const isAbsent = (cause: unknown): boolean => /^(?:ENOENT|ENOTDIR)$/.test(codeOf(cause))

/** The reason in words, with the system's code. */
function reasonOf(cause: unknown): string {
  const code = codeOf(cause)
  const words = WRONG_NAMES[code] ?? FAILURES[code]
  if (words !== undefined) return `${words} (${code})`
  return cause instanceof Error ? cause.message : String(cause)
}

/**
 * Creates a folder and its parents. Returns the topmost folder created. Node 20's recursive `mkdir` never returns on a file system that
 * cannot hold new folders, such as /proc, because it takes ENOENT for a missing parent.
 */
export async function makeFolders(path: string): Promise<string | undefined> {
  try {
    await mkdir(path)
    return path
  } catch (error) {
    if (await isFolder(path)) return undefined
    const above = dirname(path)
    // The name belongs to something other than a folder.
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
