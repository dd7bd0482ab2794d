import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The folder of real files, which may be missing. */
const SHARED = new URL('../../../shared/data/', import.meta.url)

/**
 * The folder that `--data` names; without it ../shared/data, or a folder within, and null if it is missing. A missing named folder is an
 * error, because the figures of other papers would be taken for those of its papers.
 */
export function dataFolder(given, inside = '.') {
  const folder = given ?? fileURLToPath(new URL(inside, SHARED))
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return folder
  if (given === undefined) return null
  throw new Error(`--data ${given}: expected a folder`)
}

/** The same, but missing data are an error. */
export function neededFolder(given, inside) {
  const folder = dataFolder(given, inside)
  if (folder === null) throw new Error('../shared/data is not there; name a folder with --data')
  return folder
}
