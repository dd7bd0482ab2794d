/**
 * Shows how far columns are named only by Drizzle's tables. Renames every column of `src/db/tables` in a copy of src, runs the type checker
 * there, and lists the columns that it does not report; then the column names that are text in statements, as those of recordsets, JSON and
 * subqueries may be.
 *
 * node tests/db/column-names.mjs
 */
import { execFileSync } from 'node:child_process'
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** A column in the declaration of a table: its key, its type, and its name in the database if that differs. */
const COLUMN = /^ {2,4}(\w+): ?(?:\w+)\((?:'(\w+)')?/gm

const copy = mkdtempSync(join(tmpdir(), 'paperql-columns-'))
try {
  for (const part of ['src', 'tsconfig.json', 'package.json'])
    cpSync(join(ROOT, part), join(copy, part), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
  const keys = renameAll(join(copy, 'src/db/tables'))
  const missed = errorsOf(copy)
  // A message with many columns is truncated, so columns that it may have left out are renamed one at a time.
  const unmissed = [...keys.keys()].filter((key) => !missed.has(key) && !isMissed(key)).sort()
  console.log(`${keys.size} keys of columns renamed; tsc fails for ${keys.size - unmissed.length}.`)
  if (unmissed.length > 0) console.log(`Not missed: ${unmissed.join(', ')}`)
  report(new Set([...keys.values()].filter((name) => name.includes('_'))))
} finally {
  rmSync(copy, { recursive: true, force: true })
}

/** Whether the type checker fails if only this key is renamed. */
function isMissed(key) {
  rmSync(join(copy, 'src/db/tables'), { recursive: true })
  cpSync(join(ROOT, 'src/db/tables'), join(copy, 'src/db/tables'), { recursive: true })
  renameAll(join(copy, 'src/db/tables'), key)
  return complaintsOf(copy).length > 0
}

/** Renames each column, or those of one key; returns the names in the database by their former keys. */
function renameAll(folder, only) {
  const keys = new Map()
  for (const file of readdirSync(folder)) {
    const path = join(folder, file)
    const text = readFileSync(path, 'utf8')
    const renamed = text.replace(COLUMN, (whole, key, name) => {
      if (key === 'columns' || (key === 'name' && /primaryKey/.test(whole))) return whole
      if (only !== undefined && key !== only) return whole
      keys.set(key, name ?? key)
      return whole.replace(`${key}:`, `${key}Renamed:`)
    })
    writeFileSync(path, renamed)
  }
  return keys
}

/** Keys that the type checker does not find outside the tables, from most kinds of messages. */
function errorsOf(folder) {
  return new Set(
    complaintsOf(folder).flatMap((line) =>
      [...line.matchAll(/(?:Property|type) '"?(\w+)"?'/g)].map((found) => found[1]),
    ),
  )
}

/** The first line of each error of the type checker outside the tables. */
function complaintsOf(folder) {
  let output = ''
  try {
    execFileSync(join(ROOT, 'node_modules/.bin/tsc'), ['-p', '.', '--pretty', 'false'], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 1e9,
    })
  } catch (error) {
    output = error.stdout
  }
  return output.split('\n').filter((line) => /^src\/(?!db\/tables)/.test(line))
}

function report(names) {
  let total = 0
  for (const file of readdirSync(join(ROOT, 'src'), { recursive: true })) {
    if (!file.endsWith('.ts') || file.startsWith('db/tables')) continue
    const found = textOf(readFileSync(join(ROOT, 'src', file), 'utf8')).match(/\w+/g) ?? []
    const own = found.filter((word) => names.has(word))
    total += own.length
    if (own.length > 0)
      console.log(`${String(own.length).padStart(4)} ${file}: ${[...new Set(own)].join(', ')}`)
  }
  console.log(`${total} names of columns as text.`)
}

/** The text of all statements in a source, without interpolated values. */
function textOf(source) {
  let text = ''
  for (let at = source.indexOf('sql`'); at >= 0; at = source.indexOf('sql`', at + 4)) {
    let depth = 0
    for (let i = at + 4; i < source.length; i++) {
      if (depth === 0 && source[i] === '`') break
      if (source.startsWith('${', i)) depth++
      if (depth === 0) text += source[i]
      if (source[i] === '}' && depth > 0) {
        depth--
        text += ' '
      }
    }
    text += '\n'
  }
  return text
}
