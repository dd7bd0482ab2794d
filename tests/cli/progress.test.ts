import { Writable } from 'node:stream'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createProgress, shownOf } from '../../src/cli/base/progress.ts'
import { runImport } from '../../src/import/run.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'
import { importFolder } from '../helpers/import-folder.ts'

const COUNTS = {
  created: 0,
  createdPapers: 0,
  updated: 0,
  merged: 0,
  unchanged: 0,
  waiting: 0,
  rejected: 0,
}
const read = (count: number, bytesRead: number) => ({
  ...{ ...COUNTS, repaired: 0, id: 1, file: 'data/a.bib', bytesTotal: 100 },
  ...{ read: count, bytesRead },
})

test('the progress is at most 99 % before the end', () => {
  expect([0, 50, 99, 100, 120].map((done) => shownOf(done, 100))).toEqual([0, 50, 99, 99, 99])
})

describe('progress', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  /** Output on a stream, by the second in which it is written. */
  function shownOn(isTerminal: boolean) {
    const shown: { second: number; text: string }[] = []
    const startedAt = Date.now()
    const stream = new Writable({
      decodeStrings: false,
      write(chunk, _, done) {
        shown.push({ second: Math.floor((Date.now() - startedAt) / 1000), text: String(chunk) })
        done()
      },
    })
    const terminal = Object.assign(stream, { isTTY: isTerminal, columns: 120 })
    const progress = createProgress(terminal as unknown as NodeJS.WriteStream, false)
    return { progress, shown }
  }

  /** An import that reads for 20 s, then is silent for 30 s, then groups authors for 20 s. */
  function run(isTerminal: boolean) {
    const { progress, shown } = shownOn(isTerminal)
    progress.begin('data/a.bib')
    vi.advanceTimersByTime(10_000)
    progress.show(read(1500, 100))
    vi.advanceTimersByTime(10_000)
    progress.step('Counting words', null)
    vi.advanceTimersByTime(30_000)
    progress.step('Grouping authors', 0.4)
    progress.tell('A notice.')
    vi.advanceTimersByTime(10_000)
    progress.step('Grouping authors', 1)
    vi.advanceTimersByTime(10_000)
    progress.end()
    const { length } = shown
    vi.advanceTimersByTime(60_000)
    expect(shown).toHaveLength(length)
    return shown
  }

  test('shows the current step every second on a terminal, and never 100 %', () => {
    const shown = run(true)
    const drawn = shown.filter(({ text }) => /\d s/.test(text))
    const seconds = new Set(drawn.map(({ second }) => second))
    expect([...Array(70).keys()].filter((second) => !seconds.has(second))).toEqual([])
    const at = (second: number) => drawn.find((one) => one.second === second)?.text
    expect(at(5)).toContain('a.bib · starting · 5 s')
    expect(at(15)).toMatch(/a\.bib \[█+\] 99% · 1,500 records · 15 s/)
    expect(at(35)).toContain('Counting words · 35 s')
    expect(at(55)).toMatch(/Grouping authors \[█+░+\] 40% · 55 s/)
    expect(at(65)).toMatch(/Grouping authors \[█+\] 99% · 65 s/)
    expect(shown.map(({ text }) => text).join('')).not.toContain('100%')
  })

  test('shows it elsewhere in the first second and every ten seconds', () => {
    expect(run(false)).toEqual([
      { second: 0, text: 'a.bib: starting\n' },
      { second: 10, text: 'a.bib: 1,500 records (99% of the file)\n' },
      { second: 20, text: 'Counting words: 1 s\n' },
      { second: 30, text: 'Counting words: 11 s\n' },
      { second: 40, text: 'Counting words: 21 s\n' },
      { second: 50, text: 'A notice.\n' },
      { second: 50, text: 'Grouping authors: 40%\n' },
      { second: 60, text: 'Grouping authors: 99%\n' },
    ])
  })

  test('is not shown by a quiet command, but its notices are', () => {
    const { shown } = shownOn(false)
    const stream = { write: (text: string) => shown.push({ second: 0, text }), isTTY: true }
    const progress = createProgress(stream as unknown as NodeJS.WriteStream, true)
    progress.begin('a.bib')
    progress.step('Counting words', null)
    vi.advanceTimersByTime(60_000)
    progress.tell('A notice.')
    expect(shown).toEqual([{ second: 0, text: 'A notice.\n' }])
  })
})

describe('an import', () => {
  let t: TestDatabase
  beforeAll(async () => {
    t = await createTestDatabase()
  })
  afterAll(() => t?.close())

  test('reports the steps after the last record, in their order', async () => {
    const told: string[] = []
    const tell = (what: string) => {
      if (told.at(-1) !== what) told.push(what)
    }
    // More than a batch, and enough to update statistics.
    const papers = Array.from({ length: 510 }, (_, i) => ({
      ...{ id: `2099.acl-1.${i}`, title: `Paper ${i} of the Future`, author: 'Ada Lovelace' },
    }))
    const files = [importFolder().write('acl2099.json', JSON.stringify(papers))]
    const watching = { onProgress: () => tell('reading'), onStep: tell }
    await runImport({ url: t.url, format: 'paperlists', files, rejectsPath: null, ...watching })
    expect(told.filter((what, i) => what !== 'reading' || i === 0)).toEqual([
      'reading',
      'Writing the last records',
      'Updating the statistics of PostgreSQL',
      'Merging records by the rules of this version',
      'Reading keywords by the rules of this version',
      'Grouping keywords into topics',
      'Grouping authors',
      'Counting citations',
      'Counting words for the search',
      'Reading acronyms and names of methods',
      'Counting acronyms and names of methods',
      'Looking for doubtful merges',
    ])
  })
})
