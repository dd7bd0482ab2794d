import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { AppError, badInput } from '../../errors.ts'

const GZIP = Buffer.from([0x1f, 0x8b])
const ZSTD = Buffer.from([0x28, 0xb5, 0x2f, 0xfd])

/** A compressed byte may expand to 50 kB: with slices of this size no step yields more than a few MB. */
const ZSTD_SLICE_BYTES = 256

/**
 * The bytes of a file, decompressed if its first bytes are those of gzip or zstd, also with several members or frames. Throws
 * BAD_USER_INPUT naming `file` when the data is truncated or damaged.
 */
export async function* decompressed(
  chunks: AsyncIterable<Buffer>,
  file: string,
): AsyncGenerator<Buffer> {
  const { head, all } = await peekBytes(chunks, ZSTD.length)
  if (startsWith(head, GZIP)) yield* gunzip(all, file)
  else if (startsWith(head, ZSTD)) yield* unzstd(all, file)
  else yield* all
}

const startsWith = (head: Buffer, magic: Buffer) => head.subarray(0, magic.length).equals(magic)

/**
 * The first `size` bytes (fewer if the file is shorter), and all bytes from the start. An error in the first bytes is thrown
 * after those before it have been read.
 */
export async function peekBytes(
  chunks: AsyncIterable<Buffer>,
  size: number,
): Promise<{ head: Buffer; all: AsyncGenerator<Buffer> }> {
  const iterator = chunks[Symbol.asyncIterator]()
  const first: Buffer[] = []
  let length = 0
  let fault: unknown = null
  try {
    while (length < size) {
      const next = await iterator.next()
      if (next.done) break
      first.push(next.value)
      length += next.value.length
    }
  } catch (error) {
    fault = error
  }
  if (fault !== null && length === 0) throw fault
  async function* all(): AsyncGenerator<Buffer> {
    try {
      yield* first.splice(0)
      if (fault !== null) throw fault
      for (let next = await iterator.next(); !next.done; next = await iterator.next())
        yield next.value
    } finally {
      await iterator.return?.()
    }
  }
  return { head: Buffer.concat(first).subarray(0, size), all: all() }
}

async function* gunzip(chunks: AsyncIterable<Buffer>, file: string): AsyncGenerator<Buffer> {
  const gunzipped = createGunzip()
  pipeline(Readable.from(chunks), gunzipped, () => {})
  try {
    yield* gunzipped
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    const isCut = (cause as { code?: string }).code === 'Z_BUF_ERROR'
    throw unreadable(file, 'gzip', isCut, cause)
  }
}

/** Node's own decoder, which came with 22.15, takes the end of the first frame for the end of the file. */
async function* unzstd(chunks: AsyncIterable<Buffer>, file: string): AsyncGenerator<Buffer> {
  const { Decompress, ZstdErrorCode } = await import('fzstd')
  const ready: Buffer[] = []
  const decoder = new Decompress((data) => ready.push(Buffer.from(data)))
  const push = (slice: Buffer, isLast: boolean) => {
    try {
      decoder.push(slice, isLast)
    } catch (cause) {
      const isCut = (cause as { code?: number }).code === ZstdErrorCode.UnexpectedEOF
      throw unreadable(file, 'zstd', isCut, cause)
    }
  }
  for await (const chunk of chunks) {
    for (let from = 0; from < chunk.length; from += ZSTD_SLICE_BYTES) {
      push(chunk.subarray(from, from + ZSTD_SLICE_BYTES), false)
      yield* ready.splice(0)
    }
  }
  push(Buffer.alloc(0), true)
  yield* ready.splice(0)
}

function unreadable(file: string, format: string, isCut: boolean, cause: unknown): AppError {
  const damage = isCut ? 'is cut short' : 'is damaged'
  const message = `${file} ${damage}: its ${format} data cannot be read to the end. Fetch it again.`
  return badInput(message, { cause })
}
