import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import type { PaperRecord } from '../../domain/record/paper-record.ts'
import { titleKey } from '../../domain/record/title-key.ts'

/**
 * Makes a key for an entry of a personal library: file name, id and a hash of the title, since the same short id may name another
 * paper in each file. Without an id, `withOwnKey` distinguishes entries with equal titles.
 */
export function libraryKey(file: string, id: string, title: string): string {
  const name = basename(file).replace(/\.(?:gz|zst)$/, '')
  return `${name}/${id.slice(0, 200)}/${hashOf(titleKey(title))}`
}

/**
 * Makes a key for an API response that was restricted to some fields, so that it adds to the record of the complete entry, whose key
 * it extends, and does not replace it.
 */
export const keyOfPart = (key: string, entry: object): string =>
  `${key}/${hashOf(Object.keys(entry).toSorted().join(' '))}`

const WITHOUT_ID = /^[^/]*\/\/[0-9a-f]{8}$/

/**
 * Gives a record without an id its own key. Entries with equal titles differ by byline, year, venue, place in it or identifiers. The
 * position in the file is not used, because entries may be moved.
 */
export function withOwnKey(record: PaperRecord): PaperRecord {
  if (!WITHOUT_ID.test(record.key)) return record
  const { authors, published, eventYear, venue, identifiers, publication } = record
  const said = [
    ...[authors.map(({ name }) => name), published?.on, eventYear, venue?.slug],
    ...[publication?.container, publication?.volume, publication?.number, publication?.pages],
    identifiers.map(({ scheme, value }) => `${scheme}:${value}`),
  ]
  return { ...record, key: `${record.key}/${hashOf(JSON.stringify(said))}` }
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 8)
