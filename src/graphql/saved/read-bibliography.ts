import type { ReadEntry } from '../../domain/saved/bibliography.ts'
import { entryOf } from '../../import/entry.ts'
import { readBibtex } from '../../import/sources/bibtex.ts'

const FILE = 'bibliography.bib'

/** The entries of a bibliography, parsed as in an import. */
export async function readBibliography(text: string): Promise<ReadEntry[]> {
  const entries: ReadEntry[] = []
  for await (const outcome of readBibtex(bytesOf(text), FILE)) {
    const entry = entryOf(outcome)
    if ('record' in entry) {
      const { record } = entry
      entries.push({ key: citationKeyOf(record.key), record })
    }
    if ('reject' in entry) entries.push(entry.reject)
  }
  return entries
}

/** Records from BibTeX have a key of file name, citation key and hash. */
function citationKeyOf(key: string): string | null {
  return /^bibliography\.bib\/([^/].*)\/[0-9a-f]{8}$/.exec(key)?.[1] ?? null
}

async function* bytesOf(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text)
}
