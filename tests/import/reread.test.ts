import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sql from 'sql-template-tag'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { leaveOut } from '../../src/domain/write/rules.ts'
import type { Outcome, Unread } from '../../src/import/input/outcome.ts'
import { runImport } from '../../src/import/run.ts'
import { readArxiv } from '../../src/import/sources/arxiv.ts'
import { dumpCatalogue, emptyCatalogue } from '../helpers/catalogue.ts'
import { createTestDatabase } from '../helpers/database.ts'

const folder = mkdtempSync(join(tmpdir(), 'paperql-reread-'))

let t: Awaited<ReturnType<typeof createTestDatabase>>
beforeAll(async () => {
  t = await createTestDatabase()
})
afterEach(() => emptyCatalogue(t.db))
afterAll(() => t.close())

const entry = (number: number, title = `The paper of number ${number}`) => ({
  id: `2101.${String(number).padStart(5, '0')}`,
  title,
  categories: 'cs.CL',
  abstract: 'Of some length.',
  authors_parsed: [['Lovelace', 'Ada', '']],
  versions: [{ version: 'v1', created: 'Mon, 11 Jan 2021 20:31:27 GMT' }],
})

const put = (entries: object[], options: { batchSize?: number } = {}) => {
  const file = join(folder, 'arxiv.json')
  writeFileSync(file, entries.map((one) => `${JSON.stringify(one)}\n`).join(''))
  const rejectsPath = join(folder, 'rejects.jsonl')
  return runImport({ url: t.url, format: 'arxiv', files: [file], rejectsPath, ...options })
}
const titles = async () => (await dumpCatalogue(t.db)).papers.map(({ title }) => title).sort()
const hashes = async () =>
  (
    await t.db.query<{ hash: string }>(sql`
    select entry_hash as hash from source_records order by key`)
  ).map(({ hash }) => hash)

test('unchanged entries are not read again; a changed one is', async () => {
  const entries = [1, 2, 3, 4, 5].map((number) => entry(number))
  expect(await put(entries)).toMatchObject({ read: 5, created: 5 })
  const before = await t.db.query(
    sql`select xmin::text from source_records union select xmin::text from papers`,
  )
  expect(await put(entries)).toMatchObject({ read: 5, unchanged: 5 })
  expect(
    await t.db.query(
      sql`select xmin::text from source_records union select xmin::text from papers`,
    ),
  ).toEqual(before)
  expect(
    await put([entries[0], entry(2, 'Another title of it'), ...entries.slice(2)] as object[]),
  ).toMatchObject({
    read: 5,
    unchanged: 4,
    updated: 1,
  })
  expect(await titles()).toContain('Another title of it')
})

test('an entry with the same values in another form is unchanged, and recognised the next time', async () => {
  await put([entry(1)])
  const old = await hashes()
  const now = { ...entry(1), update_date: '2021-02-02' }
  expect(await put([now])).toMatchObject({ unchanged: 1 })
  expect(await hashes()).not.toEqual(old)
  // Like a change of the code: its entries are unknown, and the record is the same.
  await t.db.query(sql`update source_records set entry_hash = null`)
  expect(await put([now])).toMatchObject({ unchanged: 1 })
  expect(await hashes()).toEqual([expect.any(String)])
})

test('of an entry that occurs twice the last counts, even if the first was in the catalogue before', async () => {
  for (const batchSize of [1, 2, 500]) {
    const twice = [entry(1), entry(2), entry(1, 'The later title of it')]
    await put(twice, { batchSize })
    expect(await titles()).toEqual(['The later title of it', 'The paper of number 2'])
    await put(twice, { batchSize })
    expect(await titles()).toEqual(['The later title of it', 'The paper of number 2'])
    await put(twice.toReversed(), { batchSize })
    expect(await titles()).toEqual(['The paper of number 1', 'The paper of number 2'])
  }
})

test.each([
  [
    'bibtex',
    'again.bib',
    (i: number, volume: number) =>
      `@article{x${i}, author = {Ann Bee}, title = {Entry ${i} of a file}, volume = ${volume}}`,
    '\n',
  ],
  [
    'ris',
    'again.ris',
    (i: number, volume: number) =>
      `TY  - JOUR\nID  - x${i}\nAU  - Bee, Ann\nTI  - Entry ${i} of a file\nVL  - ${volume}\nER  - `,
    '\n',
  ],
  [
    'csl-json',
    'again.json',
    (i: number, volume: number) =>
      JSON.stringify({
        id: `x${i}`,
        type: 'article-journal',
        title: `Entry ${i} of a file`,
        volume,
      }),
    ',',
  ],
  [
    'arxiv',
    'again.jsonl',
    (i: number, volume: number) => JSON.stringify(entry(i, `Entry of volume ${volume}`)),
    '\n',
  ],
])(
  'a file of %s with repeated entries is unchanged when it is read again',
  async (format, name, of, separator) => {
    const file = join(folder, name)
    const all = [of(1, 1), of(2, 1), of(1, 2), of(3, 1), of(1, 3), of(2, 2), of(3, 1)]
    const text = all.join(separator)
    writeFileSync(file, format === 'csl-json' ? `[${text}]` : text)
    const read = () =>
      runImport({ url: t.url, format, files: [file], rejectsPath: join(folder, 'rejects.jsonl') })
    expect(await read()).toMatchObject({ read: 7, created: 3, updated: 0, unchanged: 4 })
    const before = await dumpCatalogue(t.db)
    for (let again = 0; again < 2; again++) {
      expect(await read()).toMatchObject({ read: 7, created: 0, updated: 0, unchanged: 7 })
      expect(await dumpCatalogue(t.db)).toEqual(before)
    }
  },
)

describe('a record that occurs twice in a file, far apart', () => {
  const A = entry(1, 'The first state of it')
  const B = entry(1, 'The second state of it')
  const C = entry(1, 'The third state of it')
  const D = entry(2, 'Another of two states')
  const E = entry(2, 'Another of two states, the later')
  const far = { batchSize: 1 }
  /** Row versions of everything that could have been rewritten. */
  const versions = () =>
    t.db.query(sql`
      select fetched_at::text || content_hash as id from source_records union all select xmin::text from papers
      union all select id::text from changes order by id`)
  const again = async (entries: object[], options: { batchSize?: number } = far) => {
    const before = [await versions(), await dumpCatalogue(t.db)]
    const unchanged = entries.length
    expect(await put(entries, options)).toMatchObject({ created: 0, updated: 0, unchanged })
    expect([await versions(), await dumpCatalogue(t.db)]).toEqual(before)
    expect(await t.db.query(sql`select * from held_readings`)).toEqual([])
  }
  const known = () => titles().then((all) => all.join('; '))

  test.each([
    ['two states', [A, entry(3), B]],
    ['three states', [A, B, entry(3), C]],
    ['the first state again', [A, B, A]],
    ['a state again and again', [A, B, A, B, C, B, A, C]],
    ['two records', [A, D, B, E, C]],
  ])('changes nothing when the file is imported again: %s', async (_, entries) => {
    await put(entries, far)
    const of = await known()
    await again(entries)
    await again(entries)
    // Other ends of batches, and entries read by other code.
    await again(entries, { batchSize: 2 })
    await t.db.query(sql`update source_records set entry_hash = null`)
    await again(entries, { batchSize: 500 })
    expect(await known()).toBe(of)
  })

  test('even if the batches ended elsewhere the first time', async () => {
    await put([A, entry(3), B], { batchSize: 500 })
    await again([A, entry(3), B])
  })

  test('the last entry counts when the file has changed, whatever its earlier states were', async () => {
    // All files of up to three states of one record, read after each other; each pair of them concerns a separate record.
    const after = (states: string) => ['A', 'B', 'C'].filter((state) => !states.endsWith(state))
    const longer = (all: string[]) =>
      all.flatMap((states) => after(states).map((one) => states + one))
    const one = longer([''])
    const files = [one, longer(one), longer(longer(one))].flat()
    const pairs = files.flatMap((first) => files.map((second) => [first, second] as const))
    const of = (which: 0 | 1) =>
      [0, 1, 2].flatMap((at) =>
        pairs.map((pair, i) =>
          // Puts states of one record into different batches.
          pair[which][at] ? entry(i + 10, `State ${pair[which][at]} of number ${i}`) : entry(9),
        ),
      )
    const options = { batchSize: 200 }
    await put(of(0), options)
    await put(of(1), options)
    const last = pairs.map(([, second], i) => `State ${second.at(-1)} of number ${i}`)
    expect(await titles()).toEqual([...last, 'The paper of number 9'].sort())
    await again(of(1), options)
  }, 120_000)

  test('a file that grew by a later state of a record changes nothing when it is imported again', async () => {
    await put([A, entry(3)], far)
    expect(await put([A, entry(3), B, C], far)).toMatchObject({ unchanged: 2, updated: 2 })
    await again([A, entry(3), B, C])
  })

  test('the same for people, and for records under excluded licences', async () => {
    const person = (name: string) =>
      JSON.stringify({ id: 'https://openalex.org/A5000000001', display_name: name, works_count: 3 })
    const work = (title: string) =>
      JSON.stringify({
        id: 'https://openalex.org/W3000000001',
        title,
        type: 'article',
        authorships: [],
      })
    const file = join(folder, 'openalex.jsonl')
    const states = [
      person('Ann Bee'),
      work('The first title'),
      person('Ann B. Bee'),
      work('A later title'),
    ]
    writeFileSync(file, states.join('\n'))
    const rejectsPath = join(folder, 'rejects.jsonl')
    const read = () =>
      runImport({ url: t.url, format: 'openalex', files: [file], rejectsPath, batchSize: 1 })
    await read()
    const names = await t.db.query(
      sql`select record ->> 'name' as name, fetched_at from author_records`,
    )
    expect(names).toMatchObject([{ name: 'Ann B. Bee' }])
    expect(await read()).toMatchObject({ read: 4, unchanged: 4 })
    expect(
      await t.db.query(sql`select record ->> 'name' as name, fetched_at from author_records`),
    ).toEqual(names)
    await leaveOut(t.url, ['CC0-1.0'])
    await read()
    expect(await read()).toMatchObject({ read: 4, unchanged: 4, waiting: 0 })
    await leaveOut(t.url, [])
    expect(await titles()).toEqual(['A later title'])
  })

  test('a record that another import wrote in the meantime is replaced by the last entry', async () => {
    await put([A, B], far)
    await put([C], far)
    expect(await put([A, B], far)).toMatchObject({ read: 2, updated: 1, unchanged: 1 })
    expect(await known()).toBe('The second state of it')
    await again([A, B])
  })
})

test('repairs and rejects are reported each time', async () => {
  const told = { read: 3, repaired: 1, rejected: 1 }
  const entries = [entry(1), { ...entry(2), abstract: 'half \ud800' }, { ...entry(3), title: '' }]
  expect(await put(entries)).toMatchObject({ ...told, created: 2 })
  expect(await put(entries)).toMatchObject({ ...told, unchanged: 2 })
})

test('the hash of an entry depends on its bytes, its format and the code that reads it', async () => {
  const hashOf = async (text: string, code: string) => {
    const found: (Outcome | Unread)[] = []
    async function* bytes() {
      yield Buffer.from(text)
    }
    for await (const one of readArxiv.unread?.(bytes(), 'x.json', code) ?? []) found.push(one)
    return found.map((one) => ('hash' in one ? one.hash : null))
  }
  const line = JSON.stringify(entry(1))
  expect(await hashOf(line, 'a')).toEqual([expect.stringMatching(/^[\da-f]{32}$/)])
  expect(await hashOf(line, 'a')).toEqual(await hashOf(line, 'a'))
  expect(await hashOf(line, 'a')).not.toEqual(await hashOf(line, 'b'))
  expect(await hashOf(line, 'a')).not.toEqual(await hashOf(line.replace('Ada', 'Bea'), 'a'))
})
