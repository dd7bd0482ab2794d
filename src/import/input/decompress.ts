import { createGunzip } from 'node:zlib'
import { type AppError, badInput, codeOf } from '../../errors.ts'

const GZIP = Buffer.from([0x1f, 0x8b])
const ZSTD = Buffer.from([0x28, 0xb5, 0x2f, 0xfd])

/** First bytes of unsupported archive and compression formats. */
const PACKED = {
  zip: Buffer.from('PK\x03\x04', 'latin1'),
  xz: Buffer.from('\xfd7zXZ\0', 'latin1'),
  bzip2: Buffer.from('BZh'),
}

/** A compressed byte may expand to 1 kB in gzip, and to 50 kB in zstd. Slices of these sizes yield at most some MB a step. */
const GZIP_SLICE_BYTES = 1024
/** Length of the checksum and size at the end of gzip data. */
const GZIP_SUM_BYTES = 8
const ZSTD_SLICE_BYTES = 256
/** Size of a decoded chunk. */
const GZIP_CHUNK_BYTES = 65_536

/**
 * Decompresses the bytes of a file if it starts as gzip or zstd, also with several members or frames. Throws BAD_USER_INPUT that names
 * `file` when the data is truncated or damaged, or compressed in another way.
 */
export async function* decompressed(
  chunks: AsyncIterable<Buffer>,
  file: string,
): AsyncGenerator<Buffer> {
  const { head, all } = await peekBytes(chunks, MAGIC_BYTES)
  for (const [name, magic] of Object.entries(PACKED))
    if (startsWith(head, magic)) throw packed(file, name)
  if (startsWith(head, GZIP)) yield* gunzip(all, file)
  else if (startsWith(head, ZSTD)) yield* unzstd(all, file)
  else yield* all
}

const MAGIC_BYTES = 6

const startsWith = (head: Buffer, magic: Buffer) => head.subarray(0, magic.length).equals(magic)

/**
 * Returns the first `size` bytes (fewer if the file is shorter), and all bytes from the start. An error in the first bytes is thrown
 * after the bytes before it were yielded.
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

/**
 * Decompresses slice by slice rather than through a pipeline: a failing stream drops decoded data that it has not emitted yet, which
 * is that of the last entries before the fault.
 */
async function* gunzip(chunks: AsyncIterable<Buffer>, file: string): AsyncGenerator<Buffer> {
  const gunzipped = createGunzip({ chunkSize: GZIP_CHUNK_BYTES })
  const ready: Buffer[] = []
  gunzipped.on('data', (data: Buffer) => ready.push(data))
  let isEnded = false
  let settle: (error?: Error | null) => void = () => {}
  // The callback of a failing write is never called.
  gunzipped.on('error', (error) => settle(error))
  gunzipped.on('end', () => {
    isEnded = true
    settle()
  })
  const push = (slice: Buffer | null) =>
    new Promise<Error | null>((resolve) => {
      settle = (error) => resolve(error ?? null)
      // The stream has ended at padding after the data, which is ignored.
      if (isEnded) settle()
      else if (slice) gunzipped.write(slice, settle)
      else gunzipped.end()
    })
  const slices = async function* () {
    for await (const chunk of chunks) {
      yield* slicesOf(chunk.subarray(0, -GZIP_SUM_BYTES), GZIP_SLICE_BYTES)
      // Nothing of a faulty slice is decoded, so the checksum, the likeliest fault, is a slice of its own.
      yield chunk.subarray(-GZIP_SUM_BYTES)
    }
    yield null
  }
  try {
    for await (const slice of slices()) {
      const cause = await push(slice)
      yield* ready.splice(0)
      const isCut = codeOf(cause) === 'Z_BUF_ERROR'
      if (cause) throw unreadable(file, 'gzip', isCut, cause)
    }
  } finally {
    gunzipped.destroy()
  }
}

/** Uses fzstd: Node's own decoder (since 22.15) ends at the first frame. */
async function* unzstd(chunks: AsyncIterable<Buffer>, file: string): AsyncGenerator<Buffer> {
  const { Decompress, ZstdErrorCode } = await import('fzstd')
  const ready: Buffer[] = []
  const decoder = new Decompress((data) => ready.push(Buffer.from(data)))
  const push = (slice: Buffer, isLast: boolean): AppError | null => {
    try {
      decoder.push(slice, isLast)
      return null
    } catch (cause) {
      const isCut = (cause as { code?: number }).code === ZstdErrorCode.UnexpectedEOF
      return unreadable(file, 'zstd', isCut, cause)
    }
  }
  for await (const chunk of chunks) {
    for (const slice of slicesOf(chunk, ZSTD_SLICE_BYTES)) {
      const fault = push(slice, false)
      yield* ready.splice(0)
      if (fault) throw fault
    }
  }
  const fault = push(Buffer.alloc(0), true)
  yield* ready.splice(0)
  if (fault) throw fault
}

function* slicesOf(chunk: Buffer, size: number): Generator<Buffer> {
  for (let from = 0; from < chunk.length; from += size) yield chunk.subarray(from, from + size)
}

function unreadable(file: string, format: string, isCut: boolean, cause: unknown): AppError {
  const damage = isCut ? 'is truncated' : 'is damaged'
  const message = `${file} ${damage}: its ${format} data cannot be read to the end. Fetch it again.`
  return badInput(message, { cause })
}

function packed(file: string, name: string): AppError {
  const sheet = name === 'zip' ? ' A spreadsheet (.xlsx) is a zip file, too: save it as CSV.' : ''
  return badInput(`${file} is a ${name} file: unpack it, and import what is in it.${sheet}`)
}
