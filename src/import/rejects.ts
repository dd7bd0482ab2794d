import { type FileHandle, open, stat } from 'node:fs/promises'
import { orFileFault } from '../file-fault.ts'

/** The rejects file: one JSON line for each reject and repair; created with the first. */
export interface RejectsFile {
  /** Resolves once the lines are in the file. Lines quote only the key of an entry, none of its text. */
  write(remarks: readonly object[]): Promise<void>
  /** Path of the file; null when nothing was reported. */
  path(): string | null
  /** Size of the file in bytes. */
  bytes(): number
  close(): Promise<void>
}

/**
 * Starts a rejects file at `path` and replaces an existing one. If the path is that of `kept`, its committed bytes stay, and only
 * the rest, which belongs to an uncommitted batch, is cut off. Without a path nothing is written.
 */
export async function openRejects(
  path: string | null,
  kept: { path: string | null; bytes: number },
): Promise<RejectsFile> {
  if (path === null) return NO_FILE
  const continued = kept.path === path ? await openKept(path, kept.bytes) : null
  let handle = continued
  let bytes = continued ? kept.bytes : 0
  return {
    async write(remarks) {
      if (remarks.length === 0) return
      const lines = remarks.map((remark) => `${JSON.stringify(remark)}\n`).join('')
      handle ??= await open(path, 'w').catch(orRejectsFault(path))
      await handle.appendFile(lines).catch(orRejectsFault(path))
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

/** Makes a handler for errors of writing the rejects file, which throws the `fileFault`. */
export const orRejectsFault = (path: string) => orFileFault(`The rejects file ${path}`, 'written')

const NO_FILE: RejectsFile = {
  write: async () => {},
  path: () => null,
  bytes: () => 0,
  close: async () => {},
}

/** Opens the file, truncated to `bytes`; null if it is missing or shorter. */
async function openKept(path: string, bytes: number): Promise<FileHandle | null> {
  const found = await stat(path).catch(() => null)
  if (found === null || found.size < bytes) return null
  const handle = await open(path, 'a').catch(orRejectsFault(path))
  await handle.truncate(bytes).catch(orRejectsFault(path))
  return handle
}
