import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { badInput } from '../errors.ts'

/**
 * One entry that could not be imported, or that had to be repaired: then it was. It quotes nothing of the entry but
 * its key.
 */
type Reject = { file: string; position: number; key: string | null } & (
  | { reason: string }
  | { repaired: string }
)

/** The file that rejects go to, one JSON line each; it is created with the first of them. */
export interface RejectsFile {
  write(reject: Reject): Promise<void>
  /** The file's path, or null when there was no reject. */
  close(): Promise<string | null>
}

/** Starts a rejects file at `path`; one that is already there is replaced. */
export function openRejects(path: string): RejectsFile {
  let stream: WriteStream | null = null
  const open = async () => {
    const opened = createWriteStream(path)
    await once(opened, 'open').catch((cause) => {
      throw badInput(`The rejects file ${path} cannot be written.`, { cause })
    })
    return opened
  }
  return {
    async write(reject) {
      stream ??= await open()
      if (!stream.write(`${JSON.stringify(reject)}\n`)) await once(stream, 'drain')
    },
    async close() {
      if (!stream) return null
      if (!stream.closed) {
        stream.end()
        await once(stream, 'close')
      }
      return path
    },
  }
}
