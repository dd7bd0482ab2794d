import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { hashOfCode } from '../../src/import/code.ts'

const folder = mkdtempSync(join(tmpdir(), 'paperql-code-'))
afterAll(() => rmSync(folder, { recursive: true }))

const hash = () => hashOfCode([pathToFileURL(`${folder}/`)])

test('a change in a nested folder changes the hash, and only a change does', () => {
  mkdirSync(join(folder, 'sources', 'deep'), { recursive: true })
  const hashes = [hash()]
  for (const [file, text] of [
    ['entry.ts', 'export {}'],
    ['sources/arxiv.ts', 'export {}'],
    ['sources/deep/names.ts', 'export {}'],
    ['sources/deep/names.ts', 'export const names = 1'],
    ['sources/deep/key.sql', 'select 1'],
  ] as const) {
    writeFileSync(join(folder, file), text)
    hashes.push(hash())
    expect(hash()).toBe(hashes.at(-1))
  }
  expect(new Set(hashes).size).toBe(hashes.length)
  writeFileSync(join(folder, 'README.md'), 'Not code.')
  expect(hash()).toBe(hashes.at(-1))
})
