import { type FileHandle, open } from 'node:fs/promises'
import { badInput } from '../errors.ts'
import type { Remark } from './batch.ts'

/** The file that rejects and repairs go to, one JSON line each; it is created with the first of them. */
export interface RejectsFile {
  /** Resolves once the lines are in the file. Quotes nothing of an entry but its key. */
  write(file: string, remarks: Remark[]): Promise<void>
  /** The file's path, or null when nothing was told. */
  close(): Promise<string | null>
}

/** Starts a rejects file at `path`; one that is already there is replaced. */
export function openRejects(path: string): RejectsFile {
  let handle: FileHandle | null = null
  let isUsed = false
  return {
    async write(file, remarks) {
      if (remarks.length === 0) return
      handle ??= await open(path, 'w').catch((cause) => {
        throw badInput(`The rejects file ${path} cannot be written.`, { cause })
      })
      isUsed = true
      await handle.writeFile(
        remarks.map((remark) => `${JSON.stringify({ file, ...remark })}\n`).join(''),
      )
    },
    async close() {
      await handle?.close()
      handle = null
      return isUsed ? path : null
    },
  }
}
