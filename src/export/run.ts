import { snapshot } from '../db/transaction.ts'
import { choosePapers } from '../domain/export/papers.ts'
import { findWriter } from './formats.ts'
import { openOutput, STDOUT } from './output.ts'

interface ExportCounts {
  papers: number
  /** Number of papers that the format cannot represent. */
  leftOut: number
}

export interface ExportReport extends ExportCounts {
  format: string
  /** Null for standard output. */
  file: string | null
  bytes: number
  seconds: number
}

export interface ExportOptions {
  /** URL of the Postgres to read from; its migrations must have run. */
  url: string
  /** One of `exportFormats`. */
  format: string
  /** A query in the search language; empty for all papers. */
  filter: string
  /** A file, compressed if its name ends in .gz or .zst, or `-`. */
  output: string
  /** SPDX ids of licences whose records are excluded. */
  excludedLicences: readonly string[]
  /** Whether abstracts are written, for formats in which they are optional. */
  abstracts: boolean
  /** Called after each batch. */
  onProgress?: (counts: ExportCounts, total: number) => void
}

/**
 * Writes a consistent snapshot of the papers in a format while imports run, in constant memory. A file is written atomically.
 * Throws an `AppError` that names invalid input.
 */
export async function runExport(options: ExportOptions): Promise<ExportReport> {
  const startedAt = performance.now()
  const { format, output: path } = options
  const write = await findWriter(format)
  const counts: ExportCounts = { papers: 0, leftOut: 0 }
  const bytes = await snapshot(options.url, async (tx) => {
    const papers = await choosePapers(tx, options.filter, options.excludedLicences)
    const output = await openOutput(path)
    try {
      const onBatch = (written: number, leftOut: number) => {
        counts.papers += written
        counts.leftOut += leftOut
        options.onProgress?.(counts, papers.count)
      }
      const source = { tx, papers, abstracts: options.abstracts, onBatch }
      for await (const text of write(source)) if (text !== '') await output.write(text)
      return await output.close()
    } catch (error) {
      output.abort()
      throw error
    }
  })
  const seconds = (performance.now() - startedAt) / 1000
  return { format, ...counts, file: path === STDOUT ? null : path, bytes, seconds }
}
