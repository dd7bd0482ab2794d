import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { addAbortSignal } from 'node:stream'
import { glob, isDynamicPattern } from 'tinyglobby'
import type { JobInput } from '../../domain/imports/job-begin.ts'
import { AppError, badInput, isAppError } from '../../errors.ts'
import { FileFault, fileFault, isAbsent, orFileFault } from '../../file-fault.ts'
import { decompressed, peekBytes } from './decompress.ts'
import { guessedEncodingOf } from './encoding/guessed.ts'
import { streamDecoder, wideDecoder, wideEncodingOf } from './encoding/wide.ts'

/** Name of standard input on the command line. */
export const STDIN = '-'

/** Bytes read from the start of a file to detect its format. */
export const HEAD_BYTES = 1024 * 1024

/** A file being read: its text, decompressed if needed, and the position of reading. */
export interface InputFile {
  /** Name in messages. */
  name: string
  /** The start of the text. */
  head: Buffer
  text: AsyncIterable<Buffer>
  /** Size of the file in bytes; null if unknown, as for standard input. */
  bytesTotal: number | null
  /** Bytes of the file that correspond to the part of `text` taken so far. */
  bytesRead(): number
}

/** A file that was opened by its name. */
export interface OpenedFile extends InputFile {
  /** Encoding guessed from the bytes, in which the file is read; null if it was not guessed. */
  guessed: string | null
}

/** A file to import, or why it cannot be read. */
export interface FoundInput {
  file: string
  fault: AppError | null
}

/**
 * Finds the files that names and patterns such as `data/*.gz` match. All are checked first, so that a typo in the last name is
 * reported immediately and not after an hour. Throws BAD_USER_INPUT when a file is missing, a pattern matches nothing, or no file can
 * be read.
 */
export async function findInputs(names: string[]): Promise<FoundInput[]> {
  const found: FoundInput[] = []
  for (const name of names) {
    const isPattern = isDynamicPattern(name) && !(await exists(name))
    const files = isPattern ? (await glob(name, { expandDirectories: false })).sort() : [name]
    if (files.length === 0) throw badInput(`No files match ${name}.`)
    for (const file of files) {
      const fault = await faultOf(sizeOf, file)
      // A mistyped name fails the whole command.
      if (fault && isAbsent(fault.cause)) throw fault
      found.push({ file, fault })
    }
  }
  if (found.filter(({ file }) => file === STDIN).length > 1)
    throw badInput('Standard input can be read only once; give - once.')
  throwUnlessAny(found)
  return found
}

/** Throws the error of the first file if none can be read. */
export function throwUnlessAny(found: readonly FoundInput[]): void {
  const [first] = found
  if (!first?.fault || found.some(({ fault }) => fault === null)) return
  const others = found.length > 1 ? ` (None of the ${found.length} files can be read.)` : ''
  const { code, message, cause } = first.fault
  throw new AppError(code, `${message}${others}`, { cause })
}

/** Whether an error concerns one input, so that others can still be read. Output, such as the rejects file, concerns all. */
export function isOfInput(error: unknown): error is AppError {
  if (error instanceof FileFault) return error.use === 'read'
  return isAppError(error, 'BAD_USER_INPUT')
}

/** The error that the check of a file throws; null without one. Standard input is not checked, because it can be read only once. */
export async function faultOf(
  check: (file: string) => Promise<unknown>,
  file: string,
): Promise<AppError | null> {
  if (file === STDIN) return null
  try {
    await check(file)
    return null
  } catch (error) {
    if (isOfInput(error)) return error
    throw error
  }
}

const exists = (file: string) => stat(file).then(Boolean, () => false)

async function sizeOf(file: string): Promise<number> {
  const info = await stat(file).catch(orFileFault(file, 'read'))
  if (!info.isFile())
    throw badInput(`${file} is not a file; expected the path of a file to import.`)
  if (info.size === 0) throw badInput(`${file} is empty; expected papers to import.`)
  return info.size
}

/** Bytes at the start of a file that are hashed to recognise it. */
const HASHED_BYTES = 64 * 1024

/** Describes a file or standard input, so that a later import recognises it. For unreadable files only the name and path are known. */
export async function describeInput({ file, fault }: FoundInput): Promise<JobInput> {
  const unknown = { sizeBytes: null, modifiedAt: null, startHash: null }
  if (file === STDIN) return { name: 'stdin', path: null, ...unknown }
  if (fault) return { name: file, path: resolve(file), ...unknown }
  const handle = await open(file).catch(orFileFault(file, 'read'))
  try {
    const { size: sizeBytes, mtime } = await handle.stat()
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HASHED_BYTES), 0, HASHED_BYTES, 0)
    const startHash = createHash('sha256').update(buffer.subarray(0, bytesRead)).digest('hex')
    const path = resolve(file)
    return { name: file, path, sizeBytes, modifiedAt: mtime.toISOString(), startHash }
  } finally {
    await handle.close()
  }
}

/**
 * Opens a file, or standard input for `-`. Throws an `AppError` that names it when it cannot be read. The signal stops reading, even
 * while it waits for data.
 */
export async function openInput(file: string, signal?: AbortSignal): Promise<OpenedFile> {
  const isStdin = file === STDIN
  const name = isStdin ? 'Standard input' : file
  const bytesTotal = isStdin ? null : await sizeOf(file)
  let read = 0
  async function* raw(): AsyncGenerator<Buffer> {
    const stream = isStdin ? process.stdin : createReadStream(file)
    if (signal) addAbortSignal(signal, stream)
    try {
      for await (const chunk of stream) {
        read += chunk.length
        yield chunk
      }
    } catch (cause) {
      const place = read === 0 ? '' : ` beyond its byte ${read.toLocaleString('en')}`
      throw fileFault(name, 'read', cause, place)
    }
    // Adapters would mistake the shorter file for a complete one.
    if (bytesTotal !== null && read < bytesTotal) throw shortened(name, read, bytesTotal)
  }
  const sizes = { unpacked: 0, taken: 0 }
  async function* counted(chunks: AsyncGenerator<Buffer>, what: keyof typeof sizes) {
    for await (const chunk of chunks) {
      sizes[what] += chunk.length
      yield chunk
    }
  }
  const start = await peekBytes(counted(decompressed(raw(), name), 'unpacked'), HEAD_BYTES)
  const { text, head, guessed } = asUtf8(start.head, counted(start.all, 'taken'))
  const isBlank = head.length < HEAD_BYTES && head.toString('latin1').trim() === ''
  if (isBlank) throw badInput(`${name} is empty; expected papers to import.`)
  // Scaled, because the start of the file is read ahead to detect the format.
  const bytesRead = () =>
    sizes.taken === 0 ? 0 : Math.floor((read * sizes.taken) / sizes.unpacked)
  return { name, head, text, guessed, bytesTotal, bytesRead }
}

/** Converts text to UTF-8 without a byte order mark, as adapters expect it. Spreadsheets write UTF-16, old programs national encodings. */
function asUtf8(head: Buffer, all: AsyncGenerator<Buffer>) {
  const wide = wideEncodingOf(head)
  if (wide) return { ...recoded(head, all, () => wideDecoder(wide)), guessed: null }
  if (head.subarray(0, MARK.length).equals(MARK))
    return { head: head.subarray(MARK.length), text: withoutMark(all), guessed: null }
  const guessed = guessedEncodingOf(head)
  if (guessed === null) return { head, text: all, guessed }
  return { ...recoded(head, all, () => streamDecoder(guessed)), guessed }
}

type Decoder = (bytes: Buffer | null) => string

function recoded(head: Buffer, all: AsyncGenerator<Buffer>, open: () => Decoder) {
  async function* text(): AsyncGenerator<Buffer> {
    const decode = open()
    for await (const chunk of all) yield Buffer.from(decode(chunk))
    yield Buffer.from(decode(null))
  }
  return { head: Buffer.from(open()(head)), text: text() }
}

const MARK = Buffer.from('\uFEFF')

async function* withoutMark(all: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  let left = MARK.length
  for await (const chunk of all) {
    const skipped = Math.min(left, chunk.length)
    left -= skipped
    yield chunk.subarray(skipped)
  }
}

function shortened(file: string, ...sizes: [now: number, before: number]): AppError {
  const [now, before] = sizes.map((size) => size.toLocaleString('en'))
  return badInput(
    `${file} became shorter while it was read: it ends after ${now} of ${before} bytes.`,
  )
}
