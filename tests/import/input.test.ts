import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { openInput } from '../../src/import/input/input.ts'
import { importFolder } from '../helpers/import-folder.ts'

const { write } = importFolder()

test.each([' ', '\n\n', '\t \r\n', '\uFEFF\n', ' '.repeat(10_000)])(
  'a file with only white space is empty (%#)',
  async (blank) => {
    await expect(openInput(write('blank.bib', blank))).rejects.toThrow(
      /blank\.bib is empty; expected papers to import\./,
    )
  },
)

/** A text longer than the read-ahead, which compresses to a third. */
const long = Array.from({ length: 90_000 }, (_, i) => `${i * 7919} ${'x'.repeat(i % 60)}\n`).join(
  '',
)

test.each([
  ['plain', Buffer.from(long)],
  ['gzip', gzipSync(long)],
])('%s: the bytes read of a file are those taken from it', async (name, bytes) => {
  const input = await openInput(write(`long.${name}`, bytes))
  expect(input.bytesRead()).toBe(0)
  const shares: number[] = []
  let taken = 0
  for await (const piece of input.text) {
    taken += piece.length
    shares.push(input.bytesRead() / bytes.length)
    // The file is read a little ahead of the taken part.
    if (taken < long.length / 2) expect(shares.at(-1)).toBeLessThan(0.75)
  }
  expect(shares[0]).toBeLessThan(0.2)
  expect(shares.at(-1)).toBe(1)
  expect(shares).toEqual(shares.toSorted((a, b) => a - b))
})
