import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { plugins } from '@citation-js/core'
import '@citation-js/plugin-ris'
import { parse } from '@retorquere/bibtex-parser'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { transaction } from '../../src/db/transaction.ts'
import { writeRecords } from '../../src/domain/write/catalogue.ts'
import { runExport } from '../../src/export/run.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'
import { hasRealData, realRecords } from '../helpers/real-records.ts'
import { atLeast } from '../helpers/thorough.ts'
import { generatedRecords } from './generated-records.ts'

/** The compared parts of a reading. */
interface Reading {
  title: string
  names: string[]
  doi: string | undefined
}

interface Name {
  literal?: string
  given?: string
  family?: string
  suffix?: string
  'non-dropping-particle'?: string
}

interface Item {
  id: string
  title: string
  author?: Name[]
  DOI?: string
}

const folder = mkdtempSync(join(tmpdir(), 'paperql-other-readers-'))

/** Generated papers, and real ones if ../shared/data exists beside the repository. */
let items: Item[]
let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
  const [generated = []] = fc.sample(generatedRecords, { numRuns: 1, seed: 14 })
  const real = hasRealData ? await realRecords(atLeast(3, 6)) : []
  await transaction(t.url, (tx) => writeRecords(tx, [...generated, ...real]))
  items = JSON.parse(await exported('csl-json'))
  expect(items.length).toBeGreaterThan(hasRealData ? 100 : 30)
})
afterAll(() => t.close())

async function exported(format: string): Promise<string> {
  const output = join(folder, `papers.${format}`)
  const all = { filter: '', excludedLicences: [], abstracts: true }
  await runExport({ url: t.url, format, output, ...all })
  return readFileSync(output, 'utf8')
}

const plain = (text: unknown) =>
  String(text ?? '')
    .replace(/<\/?(?:span|sub|sup|i|pre|code)\b[^>]*>/g, '')
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .trim()

const printed = ({ literal, given, family, suffix, ...name }: Name) =>
  plain(literal ?? [given, name['non-dropping-particle'], family, suffix].filter(Boolean).join(' '))

const readingOf = ({ title, author = [], DOI }: Item): Reading => ({
  title: plain(title),
  names: author.map(printed),
  doi: DOI,
})

/** Papers whose titles readers would interpret as markup or formulas. */
const isPlain = ({ title }: Item) => !/[<>$\\&^~|]/.test(title)

test("CSL-JSON has only what citation-js's model allows", () => {
  expect(plugins.input.util.clean(items, false)).toEqual(items)
})

test('the parser of Better BibTeX reads titles, names and DOIs of all entries', async () => {
  const { entries, errors } = parse(await exported('bibtex'), { sentenceCase: false })
  // The parser knows few commands of formulas.
  expect(errors.filter(({ error }) => !/^unhandled macro/.test(error))).toEqual([])
  expect(entries.map(({ key }) => key)).toEqual(items.map(({ id }) => id))
  for (const [i, { fields }] of entries.entries()) {
    const item = items[i] as Item
    const names = (fields.author ?? []) as Record<string, string>[]
    const read = names.map(({ name, firstName, prefix, lastName, suffix }) =>
      plain(name ?? [firstName, prefix, lastName, suffix].filter(Boolean).join(' ')),
    )
    expect(read).toEqual(readingOf(item).names)
    if (isPlain(item)) expect(plain(fields.title)).toBe(plain(item.title))
  }
})

test('citation-js reads titles, names and DOIs of all entries of RIS', async () => {
  const entries = (await exported('ris')).split(/(?<=ER {2}- \r\n)\r\n/)
  expect(entries).toHaveLength(items.length)
  for (const [i, entry] of entries.entries()) {
    const options = { target: '@csl/list+object', generateGraph: false }
    const [read] = plugins.input.chain(entry, options) as [Item]
    const [is, was] = [readingOf(read), readingOf(items[i] as Item)]
    // RIS cannot say that there are further authors.
    was.names = was.names.filter((name) => name !== 'others')
    // In RIS, a comma separates family and given name, even in names of groups.
    if (was.names.some((name) => name.includes(','))) is.names = was.names
    expect(is).toEqual(was)
  }
})
