import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Where real files are, if they are. */
const SHARED = new URL('../../../shared/data/', import.meta.url)

/**
 * The folder that `--data` names; without it ../shared/data, or a folder in that, and null where it is missing. A named folder that
 * is missing is an error, as the figures of other papers would be taken for those of its papers.
 */
export function dataFolder(given, inside = '.') {
  const folder = given ?? fileURLToPath(new URL(inside, SHARED))
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return folder
  if (given === undefined) return null
  throw new Error(`--data ${given}: expected a folder`)
}

/** The same where there is nothing to measure without it. */
export function neededFolder(given, inside) {
  const folder = dataFolder(given, inside)
  if (folder === null) throw new Error('../shared/data is not there; name a folder with --data')
  return folder
}
