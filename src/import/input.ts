import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { AppError, badInput } from '../errors.ts'

/** A file being read: its text, decompressed where its first bytes say so, and how far reading has come. */
export interface InputFile {
  text: AsyncIterable<Buffer>
  bytesTotal: number
  bytesRead(): number
}

/** Resolves to the size in bytes of a file that can be imported from. Throws an `AppError` naming any other. */
export async function checkInput(file: string): Promise<number> {
  const info = await stat(file).catch((cause) => {
    throw unreadable(file, cause)
  })
  if (!info.isFile()) throw badInput(`${file} is not a file; expected the path of one to import.`)
  if (info.size === 0) throw badInput(`${file} is empty; expected papers to import.`)
  return info.size
}

/** Opens a file for streaming. Throws an `AppError` naming the file when it cannot be read. */
export async function openInput(file: string): Promise<InputFile> {
  const bytesTotal = await checkInput(file)
  let read = 0
  async function* raw(): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of createReadStream(file)) {
        read += chunk.length
        yield chunk
      }
    } catch (cause) {
      throw unreadable(file, cause)
    }
  }
  return { text: decompressed(raw(), file), bytesTotal, bytesRead: () => read }
}

async function* decompressed(chunks: AsyncGenerator<Buffer>, file: string): AsyncGenerator<Buffer> {
  const first = await chunks.next()
  if (first.done) return
  const isGzip = first.value[0] === 0x1f && first.value[1] === 0x8b
  const all = startingWith(first.value, chunks)
  yield* isGzip ? gunzip(all, file) : all
}

async function* startingWith(first: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield first
  yield* rest
}

async function* gunzip(chunks: AsyncGenerator<Buffer>, file: string): AsyncGenerator<Buffer> {
  const gunzipped = createGunzip()
  pipeline(Readable.from(chunks), gunzipped, () => {})
  try {
    yield* gunzipped
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    const code = (cause as { code?: string }).code
    const damage = code === 'Z_BUF_ERROR' ? 'is cut short' : 'is damaged'
    const message = `${file} ${damage}: its gzip data cannot be read to the end. Fetch it again.`
    throw badInput(message, { cause })
  }
}

function unreadable(file: string, cause: unknown): AppError {
  const code = (cause as { code?: string }).code
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return badInput(`There is no file ${file}.`, { cause })
  return badInput(`${file} cannot be read (${code ?? 'unknown fault'}).`, { cause })
}
