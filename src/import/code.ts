import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'

/** All code that decides what an adapter makes of an entry and what is stored of it. */
const FOLDERS = ['./', '../domain/', '../sql/', '../db/']

/**
 * A hash of the code that turns entries into records: when it changes, entries are read again. (A version number raised by
 * hand would be forgotten.) Includes subfolders.
 */
export function hashOfCode(
  folders = FOLDERS.map((path) => new URL(path, import.meta.url)),
): string {
  const hash = createHash('sha256')
  for (const folder of folders)
    for (const path of sourceFiles(folder))
      hash.update(path).update(readFileSync(new URL(path, folder)))
  // Libraries do part of the work.
  return hash.update(readFileSync(new URL('../../package.json', import.meta.url))).digest('hex')
}

const sourceFiles = (folder: URL) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.(?:[jt]s|mjs|sql)$/.test(path))
    .sort()
