import { readFileSync } from 'node:fs'
import { basename, dirname, relative } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { idOf, partOf, readingOf, titleKey } from './trial-readings.mjs'

/** Minimum share of the titled entries of a list that must be in the catalogue. */
const LEAST_SHARE = 0.995

/** The lines of an export without its head, which states the time. */
export const exportLines = (path) =>
  gunzipSync(readFileSync(path)).toString().trimEnd().split('\n').slice(1)

/**
 * Compares each list with an independent reading. `records` are those of the catalogue, `counts` the numbers that the import read from each
 * file, `rejects` the lines of its rejects file. A folder of many files is one list.
 */
export function compareLists(files, folder, { records, counts, rejects }) {
  const parts = indexOf(records)
  const lists = new Map()
  for (const path of files) {
    const reading = readingOf(path, folder)
    const name = listName(relative(folder, path))
    const list = lists.get(name) ?? { name, files: 0, entries: 0, titled: 0, found: 0, missing: [] }
    lists.set(name, { ...list, files: list.files + 1, isPapers: reading !== null })
    const row = lists.get(name)
    row.read = (row.read ?? 0) + (counts.get(path) ?? 0)
    row.rejected = (row.rejected ?? 0) + rejects.filter(({ file }) => isFile(file, path)).length
    const part = parts.get(reading?.part)
    for (const { title, id } of reading?.entries ?? []) {
      row.entries++
      if (title === null) continue
      row.titled++
      if (part?.titles.has(titleKey(title)) || part?.ids.has(id)) row.found++
      else row.missing.push(title)
    }
  }
  return [...lists.values()].map((list) => ({
    ...list,
    isRead: list.found >= list.titled * LEAST_SHARE,
  }))
}

const isFile = (told, path) => told === path || told === basename(path)

/** The 541 days are one list. */
const listName = (inside) =>
  dirname(inside) === 'hf-daily' ? 'hf-daily' : inside.replace(/^paperlists\/|\.json\.gz$/g, '')

function indexOf(records) {
  const parts = new Map()
  for (const record of records) {
    const name = partOf(record)
    const part = parts.get(name) ?? { titles: new Set(), ids: new Set() }
    parts.set(name, part)
    part.titles.add(titleKey(record.title))
    part.ids.add(idOf(record))
  }
  return parts
}

/** Differences between two lists of lines or texts, in any order. */
export function differences(one, other) {
  const counts = new Map()
  for (const line of one) counts.set(line, (counts.get(line) ?? 0) + 1)
  const added = []
  for (const line of other) {
    const count = counts.get(line) ?? 0
    if (count === 0) added.push(line)
    else counts.set(line, count - 1)
  }
  const gone = [...counts].flatMap(([line, count]) => Array(count).fill(line))
  return { gone, added }
}

/**
 * Pairs of merged records to check by hand: half of the words of their titles differ, or they share no family name; `both` has pairs for
 * which both hold. Each record is compared with the first of its paper.
 */
export function suspicious(papers) {
  const found = { titles: [], bylines: [], both: [] }
  for (const [first, ...others] of papers)
    for (const other of others) {
      const isFar = likeness(wordsOf(first.title), wordsOf(other.title)) < 0.5
      const [one, two] = [familiesOf(first), familiesOf(other)]
      const isApart = one.size > 0 && two.size > 0 && likeness(one, two) === 0
      if (isFar) found.titles.push([first, other])
      if (isApart) found.bylines.push([first, other])
      if (isFar && isApart) found.both.push([first, other])
    }
  return found
}

function likeness(one, other) {
  const shared = [...one].filter((word) => other.has(word)).length
  return shared / Math.max(1, one.size + other.size - shared)
}

const wordsOf = (text) =>
  new Set(
    text
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu),
  )

/** Any word of a name may be the family's: `Wang, W.` and `Wei Wang` share one. */
const familiesOf = ({ authors }) =>
  new Set([...wordsOf(authors.map(({ name }) => name).join(' '))].filter((word) => word.length > 1))
