import { alias, sql } from '../db/sql.ts'
import { papers as papersTable } from '../db/tables/papers.ts'
import type { Transaction } from '../db/transaction.ts'
import type { CitablePaper } from '../domain/export/citable-paper.ts'
import { citablePapersWithout } from '../domain/export/citable-records.ts'
import { type ExportedPapers, inBatches } from '../domain/export/papers.ts'

const p = alias(papersTable, 'p')

/** The input of a writer, with its progress callback. */
export interface ExportSource {
  tx: Transaction
  papers: ExportedPapers
  /** Whether to write abstracts, for formats in which they are optional. */
  abstracts: boolean
  /** Called after each batch with the number of its papers, and of those that the format cannot represent. */
  onBatch(papers: number, leftOut: number): void
}

/** Writes papers as text, in chunks. */
export type ExportWriter = (source: ExportSource) => AsyncGenerator<string>

const BATCH_SIZE = 200

/** The ids of the papers to write, in batches, by id. */
export async function* paperIds({ tx, papers }: ExportSource): AsyncGenerator<number[]> {
  for await (const rows of inBatches<{ id: number }>(
    tx,
    sql`${papers.ids} order by ${p.id}`,
    BATCH_SIZE,
  ))
    yield rows.map(({ id }) => id)
}

interface PaperFormat {
  begin?: string
  between?: string
  end?: string
  /** The paper as text; null if the format cannot represent it. */
  write(paper: CitablePaper): string | null
}

/** Creates a writer for a format that contains papers without their records. */
export function paperWriter(format: PaperFormat): ExportWriter {
  const { begin = '', between = '', end = '', write } = format
  return async function* (source) {
    const columns = { abstract: source.abstracts, links: true }
    let isFirst = true
    yield begin
    for await (const ids of paperIds(source)) {
      const papers = await citablePapersWithout(source.tx, ids, columns, source.papers.excluded)
      const written = ids.flatMap((id) => {
        const paper = papers.get(id)
        return (paper && write(paper)) ?? []
      })
      if (written.length > 0) yield `${isFirst ? '' : between}${written.join(between)}`
      isFirst &&= written.length === 0
      source.onBatch(written.length, ids.length - written.length)
    }
    yield end
  }
}
