import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { addAbortSignal } from 'node:stream'
import { glob, isDynamicPattern } from 'tinyglobby'
import type { JobInput } from '../domain/import-job-write.ts'
import { type AppError, badInput } from '../errors.ts'
import { decompressed, peekBytes } from './decompress.ts'

/** The name that stands for standard input. */
export const STDIN = '-'

/** How much of a file's start is looked at to tell what it is. */
const HEAD_BYTES = 1024 * 1024

/** A file being read: its text, decompressed where its first bytes say so, and how far reading has come. */
export interface InputFile {
  /** As messages name it. */
  name: string
  /** The start of the text. */
  head: Buffer
  text: AsyncIterable<Buffer>
  /** Null where it cannot be known: of standard input. */
  bytesTotal: number | null
  bytesRead(): number
}

/**
 * The files that names and patterns such as `data/*.gz` stand for, each checked to be one that can be read: a slip
 * in the last name should not be told after an hour with the first. Throws an `AppError` naming any other.
 */
export async function findInputs(names: string[]): Promise<string[]> {
  const found: string[] = []
  for (const name of names) {
    const isPattern = isDynamicPattern(name) && !(await exists(name))
    const files = isPattern ? (await glob(name, { expandDirectories: false })).sort() : [name]
    if (files.length === 0) throw badInput(`No file is called ${name}.`)
    for (const file of files) if (file !== STDIN) await sizeOf(file)
    found.push(...files)
  }
  if (found.filter((file) => file === STDIN).length > 1)
    throw badInput('Standard input can be read once; expected - once at most.')
  return found
}

const exists = (file: string) => stat(file).then(Boolean, () => false)

async function sizeOf(file: string): Promise<number> {
  const info = await stat(file).catch((cause) => {
    throw unreadable(file, cause)
  })
  if (!info.isFile()) throw badInput(`${file} is not a file; expected the path of one to import.`)
  if (info.size === 0) throw badInput(`${file} is empty; expected papers to import.`)
  return info.size
}

/** How much of a file's start is hashed to tell whether it is the same. */
const HASHED_BYTES = 64 * 1024

/** What an import keeps of a file, or of standard input, to know it again. Throws an `AppError` naming it when it cannot be read. */
export async function describeInput(file: string): Promise<JobInput> {
  if (file === STDIN)
    return { name: 'stdin', path: null, sizeBytes: null, modifiedAt: null, startHash: null }
  const handle = await open(file).catch((cause) => {
    throw unreadable(file, cause)
  })
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
 * Opens a file, or standard input for `-`. Throws an `AppError` naming it when it cannot be read. The signal ends the reading,
 * also while it waits for more.
 */
export async function openInput(file: string, signal?: AbortSignal): Promise<InputFile> {
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
      throw unreadable(name, cause)
    }
  }
  const start = await peekBytes(decompressed(raw(), name), HEAD_BYTES)
  const { text, head } = withoutMark(start.head, start.all, name)
  if (head.length === 0) throw badInput(`${name} is empty; expected papers to import.`)
  return { name, head, text, bytesTotal, bytesRead: () => read }
}

const MARK = Buffer.from('\uFEFF')

/** Some programs start a file with a byte order mark, which no format has a place for. */
function withoutMark(head: Buffer, all: AsyncGenerator<Buffer>, name: string) {
  const [a, b] = head
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff))
    throw badInput(`${name} is UTF-16; expected UTF-8. Convert it first.`)
  if (!head.subarray(0, MARK.length).equals(MARK)) return { head, text: all }
  async function* rest(): AsyncGenerator<Buffer> {
    let left = MARK.length
    for await (const chunk of all) {
      const skipped = Math.min(left, chunk.length)
      left -= skipped
      yield chunk.subarray(skipped)
    }
  }
  return { head: head.subarray(MARK.length), text: rest() }
}

function unreadable(file: string, cause: unknown): AppError {
  const code = (cause as { code?: string }).code
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return badInput(`There is no file ${file}.`, { cause })
  return badInput(`${file} cannot be read (${code ?? 'unknown fault'}).`, { cause })
}
