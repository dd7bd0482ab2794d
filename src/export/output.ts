import { randomBytes } from 'node:crypto'
import { createWriteStream, rmSync } from 'node:fs'
import { access, constants, rename, stat } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { Transform, type Writable } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import * as zlib from 'node:zlib'
import { badInput } from '../errors.ts'
import { orFileFault } from '../file-fault.ts'

/** The name of standard output. */
export const STDOUT = '-'

/** The target of an export. A file is written under a temporary name and moved into place when complete. */
export interface Output {
  /** Waits until the reader has caught up. */
  write(text: string): Promise<void>
  /** Completes the output; a file gets its name only then. Returns the number of bytes written. */
  close(): Promise<number>
  /** Deletes what was written. */
  abort(): void
}

/**
 * Opens a file for writing, compressed if its name ends in .gz or .zst, or standard output for `-`. Throws a `FileFault` if it cannot be
 * written.
 */
export async function openOutput(path: string): Promise<Output> {
  if (path === STDOUT) return writerTo(process.stdout, [], async () => {})
  const { compressor, isDevice } = await checkOutput(path)
  const place = isDevice ? path : `${path}.${randomBytes(4).toString('hex')}.part`
  const remove = () => {
    if (!isDevice) rmSync(place, { force: true })
  }
  // Also removes it if a signal ends the process.
  process.once('exit', remove)
  const file = createWriteStream(place)
  const output = writerTo(file, compressor ? [compressor] : [], async () => {
    if (!isDevice) await rename(place, path)
    process.off('exit', remove)
  })
  return {
    write: (text) => output.write(text).catch(orFileFault(path, 'written')),
    close: () => output.close().catch(orFileFault(path, 'written')),
    abort() {
      output.abort()
      remove()
    },
  }
}

/** Throws a `FileFault` if the file cannot be written, as far as this can be checked beforehand. */
export async function checkOutput(path: string) {
  if (path === STDOUT) return { compressor: null, isDevice: true }
  const compressor = compressorFor(path)
  const isDevice = await isDeviceOrPipe(path)
  await access(isDevice ? path : dirname(resolve(path)), constants.W_OK).catch(
    orFileFault(path, 'written'),
  )
  return { compressor, isDevice }
}

async function isDeviceOrPipe(path: string): Promise<boolean> {
  const info = await stat(path).catch(() => null)
  if (info?.isDirectory()) throw badInput(`${path} is a folder; expected the name of a file.`)
  return info !== null && !info.isFile()
}

function compressorFor(path: string): Transform | null {
  if (path.endsWith('.gz')) return zlib.createGzip()
  if (!path.endsWith('.zst')) return null
  const { createZstdCompress } = zlib as { createZstdCompress?: () => Transform }
  if (!createZstdCompress)
    throw badInput(
      `${basename(path)}: this Node (${process.versions.node}) cannot write zstd; expected .gz, or Node 22.15.`,
    )
  return createZstdCompress()
}

function writerTo(end: Writable, between: Transform[], finish: () => Promise<void>): Output {
  let bytes = 0
  const counter = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length
      done(null, chunk)
    },
  })
  const isStdout = end === process.stdout
  const streams = [...between, counter]
  const [first = counter] = streams
  const done = pipeline([...streams, end], { end: !isStdout })
  done.catch(() => {})
  return {
    async write(text) {
      if (first.write(text)) return
      await Promise.race([
        new Promise<void>((resolve) => {
          first.once('drain', resolve)
        }),
        done,
      ])
    },
    async close() {
      first.end()
      await done
      if (!isStdout) await finished(end).catch(() => {})
      await finish()
      return bytes
    },
    abort() {
      first.destroy()
    },
  }
}
