import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'

/** All that decides what an adapter makes of an entry, and what is kept of it. */
const FOLDERS = ['./', '../domain/', '../db/']

/**
 * A hash of the code that makes records of entries: where it is another, entries have to be read again. A number that people
 * raise would be forgotten once.
 */
export function hashOfCode(): string {
  const hash = createHash('sha256')
  for (const folder of FOLDERS.map((path) => new URL(path, import.meta.url)))
    for (const name of readdirSync(folder).sort())
      if (/\.[jt]s$/.test(name)) hash.update(name).update(readFileSync(new URL(name, folder)))
  // Some of the work is that of libraries.
  return hash.update(readFileSync(new URL('../../package.json', import.meta.url))).digest('hex')
}
