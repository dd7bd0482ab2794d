import { type FileHandle, open, stat } from 'node:fs/promises'
import { badInput } from '../errors.ts'

/** The file that rejects and repairs go to, one JSON line each; it is created with the first of them. */
export interface RejectsFile {
  /** Resolves once the lines are in the file. Quotes nothing of an entry but its key. */
  write(remarks: readonly object[]): Promise<void>
  /** The file's path, or null when nothing was told. */
  path(): string | null
  /** How long the file is. */
  bytes(): number
  close(): Promise<void>
}

/**
 * Starts a rejects file at `path`; one that is already there is replaced. Only where it is that of `kept`, its first bytes stay,
 * and what follows them, which belongs to a batch that was not committed, goes.
 */
export async function openRejects(
  path: string,
  kept: { path: string | null; bytes: number },
): Promise<RejectsFile> {
  const continued = kept.path === path ? await openKept(path, kept.bytes) : null
  let handle = continued
  let bytes = continued ? kept.bytes : 0
  return {
    async write(remarks) {
      if (remarks.length === 0) return
      handle ??= await open(path, 'w').catch((cause) => {
        throw badInput(`The rejects file ${path} cannot be written.`, { cause })
      })
      const lines = remarks.map((remark) => `${JSON.stringify(remark)}\n`).join('')
      await handle.appendFile(lines)
      bytes += Buffer.byteLength(lines)
    },
    path: () => (bytes > 0 ? path : null),
    bytes: () => bytes,
    async close() {
      await handle?.close()
      handle = null
    },
  }
}

/** The file, cut to `bytes`; null where it is not there, or shorter. */
async function openKept(path: string, bytes: number): Promise<FileHandle | null> {
  const found = await stat(path).catch(() => null)
  if (found === null || found.size < bytes) return null
  const handle = await open(path, 'a')
  await handle.truncate(bytes)
  return handle
}
