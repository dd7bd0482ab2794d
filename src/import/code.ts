import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'

/** All that decides what an adapter makes of an entry, and what is kept of it. */
const FOLDERS = ['./', '../domain/', '../sql/', '../db/']

/**
 * A hash of the code that makes records of entries: where it differs, entries have to be read again. A number that people
 * raise would be forgotten once. Folders are read with all that is below them.
 */
export function hashOfCode(
  folders = FOLDERS.map((path) => new URL(path, import.meta.url)),
): string {
  const hash = createHash('sha256')
  for (const folder of folders)
    for (const path of sourceFiles(folder))
      hash.update(path).update(readFileSync(new URL(path, folder)))
  // Some of the work is that of libraries.
  return hash.update(readFileSync(new URL('../../package.json', import.meta.url))).digest('hex')
}

const sourceFiles = (folder: URL) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.(?:[jt]s|mjs|sql)$/.test(path))
    .sort()
