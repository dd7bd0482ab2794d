import { newestCursor } from '../domain/changes/read.ts'
import { decisionLines, otherLines, recordsOfPapers } from '../domain/export/records.ts'
import { type ExportSource, paperIds } from './source.ts'

/** The version of the format. Raised when an older paperql could no longer read it. */
const VERSION = 1

/**
 * All data that the papers were merged from, as one JSON object per line: a header with the format and the position in the change log,
 * operators' decisions, the records of each paper together, then profiles of people and topics, repositories and citations. Importing it
 * recreates the same catalogue.
 */
export async function* writeJsonl(source: ExportSource): AsyncGenerator<string> {
  const { tx, papers } = source
  const changes = await newestCursor(tx)
  yield `${JSON.stringify({ paperql: VERSION, exportedAt: new Date().toISOString(), changes })}\n`
  for await (const lines of decisionLines(tx, papers)) yield linesOf(lines)
  for await (const ids of paperIds(source)) {
    yield linesOf(await recordsOfPapers(tx, ids, papers.excluded))
    source.onBatch(ids.length, 0)
  }
  for await (const lines of otherLines(tx, papers)) yield linesOf(lines)
}

const linesOf = (lines: string[]) => (lines.length === 0 ? '' : `${lines.join('\n')}\n`)
