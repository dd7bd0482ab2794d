import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

// The recipe is in src/db/README.md. Databases get the migrations in the journal; the next migration is generated from the newest snapshot.

const FOLDER = fileURLToPath(new URL('../../../migrations', import.meta.url))
const meta = <T>(file: string): T => JSON.parse(readFileSync(`${FOLDER}/meta/${file}`, 'utf8'))

const { entries } = meta<{ entries: { idx: number; tag: string; when: number }[] }>('_journal.json')
const snapshotOf = (idx: number) => `${String(idx).padStart(4, '0')}_snapshot.json`

test('the journal lists all migrations in their order', () => {
  const files = readdirSync(FOLDER).filter((file) => file !== 'meta')
  expect(files.toSorted()).toEqual(entries.map(({ tag }) => `${tag}.sql`))
  expect(entries.map(({ idx }) => idx)).toEqual(entries.map((_, i) => i))
  for (const { idx, tag } of entries) expect(tag).toMatch(new RegExp(`^0*${idx}_`))
  const whens = entries.map(({ when }) => when)
  // The migrator skips migrations older than the newest one of a database.
  expect(whens).toEqual([...new Set(whens)].toSorted((a, b) => a - b))
})

test('each migration has a snapshot that follows from the one before', () => {
  const files = readdirSync(`${FOLDER}/meta`).filter((file) => file !== '_journal.json')
  expect(files.toSorted()).toEqual(entries.map(({ idx }) => snapshotOf(idx)))
  const snapshots = files.toSorted().map((file) => meta<{ id: string; prevId: string }>(file))
  for (const [i, { prevId }] of snapshots.entries())
    if (i > 0) expect(prevId).toBe(snapshots[i - 1]?.id)
})
