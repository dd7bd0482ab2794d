import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'

/** Folders whose code affects how an entry is parsed or stored. */
const FOLDERS = ['./', '../domain/', '../sql/', '../db/']

/**
 * Hashes the code that turns entries into records, including subfolders. When the hash changes, entries are parsed again. (People
 * would forget to raise a version number.)
 */
export function hashOfCode(
  folders = FOLDERS.map((path) => new URL(path, import.meta.url)),
): string {
  const hash = createHash('sha256')
  for (const folder of folders)
    for (const path of sourceFiles(folder))
      hash.update(path).update(readFileSync(new URL(path, folder)))
  // Library versions affect parsing too.
  return hash.update(readFileSync(new URL('../../package.json', import.meta.url))).digest('hex')
}

const sourceFiles = (folder: URL) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.(?:[jt]s|mjs|sql)$/.test(path))
    .sort()
