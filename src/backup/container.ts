import { createHash } from 'node:crypto'
import { Transform } from 'node:stream'
import { badInput, codeOf, quote } from '../errors.ts'

/**
 * The container of a backup, compressed by gzip. Lines of UTF-8:
 *
 *     paperql backup 1
 *     {"paperql":"0.1.0","postgres":"18.4",…}    the manifest
 *     …                                          rows of the first table, as COPY writes text
 *     \.
 *     {"table":"papers","rows":2,"sha256":"…"}   of the rows before it
 *     …                                          the other tables, in the order of the manifest
 *     {"end":true,"rows":2,"sequences":{…}}
 *
 * The text of COPY is the same for all versions of PostgreSQL, and has no line that is `\.` alone.
 */
export const MAGIC = 'paperql backup 1'

export interface Manifest {
  /** Version of paperql that wrote the backup. */
  paperql: string
  postgres: string
  createdAt: string
  /** Migrations of the database, oldest first. */
  migrations: { name: string; createdAt: number; hash: string }[]
  tables: BackupTable[]
}

export interface BackupTable {
  name: string
  /** Columns except generated ones. */
  columns: string[]
}

/** Contents of the line after the rows of a table. */
export interface TableEnd {
  table: string
  rows: number
  sha256: string
}

export interface BackupEnd {
  end: true
  rows: number
  /** Last value of each sequence; null if it was never used. */
  sequences: Record<string, number | null>
}

export const ROWS_END = Buffer.from('\\.\n')
const NEWLINE = 10

/** Makes a stream that counts the bytes passing through it. */
export function createByteCounter() {
  let bytes = 0
  const stream = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length
      done(null, chunk)
    },
  })
  return { stream, bytes: () => bytes }
}

/** Counts and hashes rows of COPY as they pass. */
export function createTally() {
  const hash = createHash('sha256')
  let rows = 0
  return {
    add(chunk: Buffer) {
      hash.update(chunk)
      for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) rows++
    },
    end: (table: string): TableEnd => ({ table, rows, sha256: hash.digest('hex') }),
  }
}

const LONGEST_LINE = 10_000_000
/** Bytes kept back while reading rows, since they may begin the end marker: its length with the line end before it, less one. */
const KEPT_BYTES = ROWS_END.length

/** Reads a container as a stream. Throws BAD_USER_INPUT that names `file` if it is not a backup, truncated or damaged. */
export class BackupReader {
  readonly #file: string
  readonly #chunks: AsyncIterator<Buffer>
  #rest: Buffer = Buffer.alloc(0)

  constructor(chunks: AsyncIterable<Buffer>, file: string) {
    this.#chunks = chunks[Symbol.asyncIterator]()
    this.#file = file
  }

  async readManifest(): Promise<Manifest> {
    const magic = await this.#readLine(MAGIC.length + 3).catch(() => null)
    if (magic === null || !magic.startsWith('paperql backup '))
      throw badInput(`${this.#file} is not a backup; expected a file written by "paperql backup".`)
    if (magic !== MAGIC)
      throw badInput(
        `${this.#file} is a backup in the format ${quote(magic.slice(15))}; this paperql reads format 1. Use a newer paperql.`,
      )
    const manifest = await this.#readJson<Manifest>()
    if (!Array.isArray(manifest.tables) || !Array.isArray(manifest.migrations)) throw this.damaged()
    return manifest
  }

  /** Yields the rows of the next table in the format of COPY. */
  async *rows(): AsyncGenerator<Buffer> {
    await this.#fill(ROWS_END.length)
    if (this.#startsWithEnd()) return this.#skip(ROWS_END.length)
    for (;;) {
      const at = this.#rest.indexOf(LAST_ROW_END)
      if (at >= 0) {
        yield this.#rest.subarray(0, at + 1)
        return this.#skip(at + LAST_ROW_END.length)
      }
      const sure = this.#rest.length - KEPT_BYTES
      if (sure > 0) {
        yield this.#rest.subarray(0, sure)
        this.#skip(sure)
      }
      await this.#fill(this.#rest.length + 1)
    }
  }

  readTableEnd = () => this.#readJson<TableEnd>()

  /** Reads the last line and checks that nothing follows. */
  async readEnd(): Promise<BackupEnd> {
    const end = await this.#readJson<BackupEnd>()
    if (end.end !== true) throw this.damaged()
    if (this.#rest.length > 0 || !(await this.#next()).done) throw this.damaged()
    return end
  }

  damaged = (cause?: unknown) =>
    badInput(`${this.#file} is damaged; nothing of it was restored. Use another backup.`, { cause })

  #startsWithEnd = () => this.#rest.subarray(0, ROWS_END.length).equals(ROWS_END)

  #skip(bytes: number): void {
    this.#rest = this.#rest.subarray(bytes)
  }

  async #readLine(longest = LONGEST_LINE): Promise<string> {
    for (;;) {
      const at = this.#rest.indexOf(NEWLINE)
      if (at >= 0) {
        const line = this.#rest.subarray(0, at).toString()
        this.#skip(at + 1)
        return line
      }
      if (this.#rest.length > longest) throw this.damaged()
      await this.#fill(this.#rest.length + 1)
    }
  }

  async #readJson<T>(): Promise<T> {
    const line = await this.#readLine()
    try {
      return JSON.parse(line) as T
    } catch (cause) {
      throw this.damaged(cause)
    }
  }

  /** Reads until this many bytes are available. */
  async #fill(bytes: number): Promise<void> {
    while (this.#rest.length < bytes) {
      const { value, done } = await this.#next()
      if (done)
        throw badInput(
          `${this.#file} is truncated; nothing of it was restored. Use another backup.`,
        )
      this.#rest = this.#rest.length === 0 ? value : Buffer.concat([this.#rest, value])
    }
  }

  async #next(): Promise<IteratorResult<Buffer>> {
    try {
      return await this.#chunks.next()
    } catch (cause) {
      const code = codeOf(cause)
      if (code === 'Z_BUF_ERROR') return { value: undefined, done: true }
      if (code.startsWith('Z_')) throw this.damaged(cause)
      throw cause
    }
  }
}

const LAST_ROW_END = Buffer.concat([Buffer.from('\n'), ROWS_END])
