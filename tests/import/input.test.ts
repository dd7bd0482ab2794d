import { Writable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { createProgress, shownOf } from '../../src/cli/base/report.ts'
import { openInput } from '../../src/import/input/input.ts'
import { importFolder } from '../helpers/import-folder.ts'

const { write } = importFolder()

test.each([' ', '\n\n', '\t \r\n', '\uFEFF\n', ' '.repeat(10_000)])(
  'a file that holds only white space is empty (%#)',
  async (blank) => {
    await expect(openInput(write('blank.bib', blank))).rejects.toThrow(
      /blank\.bib is empty; expected papers to import\./,
    )
  },
)

/** A text of more than what is read ahead, which gets a third as long when it is packed. */
const long = Array.from({ length: 90_000 }, (_, i) => `${i * 7919} ${'x'.repeat(i % 60)}\n`).join(
  '',
)

test.each([
  ['plain', Buffer.from(long)],
  ['gzip', gzipSync(long)],
])('%s: what counts as read of a file is what was taken from it', async (name, bytes) => {
  const input = await openInput(write(`long.${name}`, bytes))
  expect(input.bytesRead()).toBe(0)
  const shares: number[] = []
  let taken = 0
  for await (const piece of input.text) {
    taken += piece.length
    shares.push(input.bytesRead() / bytes.length)
    // The file is read a little ahead of what is taken.
    if (taken < long.length / 2) expect(shares.at(-1)).toBeLessThan(0.75)
  }
  expect(shares[0]).toBeLessThan(0.2)
  expect(shares.at(-1)).toBe(1)
  expect(shares).toEqual(shares.toSorted((a, b) => a - b))
})

test('no more than 99 % are shown before the end', () => {
  expect([0, 50, 99, 100, 120].map((done) => shownOf(done, 100))).toEqual([0, 50, 99, 99, 99])
  let shown = ''
  const stream = new Writable({
    write(chunk, _, done) {
      shown += chunk
      done()
    },
  })
  const bar = createProgress(
    Object.assign(stream, { isTTY: true, columns: 120 }) as unknown as NodeJS.WriteStream,
    false,
  )
  bar.begin('a.bib')
  const counts = { created: 0, updated: 0, merged: 0, unchanged: 0, waiting: 0, rejected: 0 }
  bar.show({ ...counts, id: 1, file: 'a.bib', read: 7, repaired: 0, bytesRead: 10, bytesTotal: 10 })
  bar.end()
  expect(shown).not.toContain('100%')
})
