import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { transaction } from '../../src/db/transaction.ts'
import { writeRecords } from '../../src/domain/write/catalogue.ts'
import type { RunningServer } from '../../src/server/http.ts'
import { axeFaultsOfBoth, BROWSER, openBrowser, type TestBrowser } from '../helpers/browser.ts'
import { paperRecord } from '../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'
import { startPageServer } from '../helpers/page-server.ts'

/** Authors after the two whose iDs a source swapped; the last ones are collapsed. */
const OTHERS = Array.from({ length: 40 }, (_, i) => {
  const letter = String.fromCharCode(97 + (i % 26))
  return `${letter.toUpperCase()}nneke ${'QRST'[i % 4]}${letter}nder`
})

const byline = (swapped: boolean, others: readonly string[]) => {
  const ids = swapped ? ['2', '1'] : ['1', '2']
  const named = ['Petra Kvarnström', 'Milo Dunsworth', ...others]
  return named.map((name, at) => {
    const id = ids[at]
    const identifiers = id ? [{ scheme: 'orcid' as const, value: `0000-0002-1825-009${id}` }] : []
    return { name, affiliation: null, identifiers }
  })
}

let t: TestDatabase
let server: RunningServer
beforeAll(async () => {
  t = await createTestDatabase()
  const papers: [string, boolean, string[]][] = [
    ['a', false, []],
    ['b', false, []],
    ['c', false, []],
    ['short', true, OTHERS.slice(0, 2)],
    ['long', true, OTHERS],
  ]
  const records = papers.map(([key, swapped, others]) =>
    paperRecord({
      ...{ key, title: `The ${key} of tidal estuaries and basins` },
      identifiers: [{ scheme: 'doi', value: `10.5555/${key}` }],
      authors: byline(swapped, others),
    }),
  )
  await transaction(t.url, (tx) => writeRecords(tx, records))
  server = await startPageServer(t)
})
afterAll(async () => {
  await server?.stop()
  await t?.close()
})

const pageOf = async (path: string) =>
  (await fetch(`${server.url}/${path}`, { headers: { accept: 'text/html' } })).text()

const marked = (page: string) =>
  [...page.matchAll(/<bdi>([^<]+)<\/bdi><\/a> <span[^>]*>\(unverified\)/g)].map(([, name]) => name)

const BOTH = ['Petra Kvarnström', 'Milo Dunsworth']

test.each([
  ['a', []],
  ['short', BOTH],
  ['long', BOTH],
])('the paper %s marks uncertain authors', async (key, names) => {
  const page = await pageOf(`papers/10.5555/${key}`)
  expect(marked(page)).toEqual(names)
  expect(page.includes('may be of another person')).toBe(names.length > 0)
})

test('the page of the author marks the same papers, with reasons', async () => {
  const [, path = ''] = /rel="author" href="([^"]+)"/.exec(await pageOf('papers/10.5555/a')) ?? []
  const page = await pageOf(path)
  expect(page).toContain('2 of the newest papers are unverified: they may be of another person.')
  expect(page.match(/the name printed on it differs/g)).toHaveLength(2)
})

describe.runIf(BROWSER)('in a browser', () => {
  let browser: TestBrowser
  beforeAll(async () => {
    browser = await openBrowser(server.url)
  })
  afterAll(() => browser?.close())

  test('the notes can be read in light and dark, and fit a phone', async () => {
    const { page } = browser
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 900 })
      await page.goto(`${server.url}/papers/10.5555/long`)
      await page.evaluate("for (const e of document.querySelectorAll('details')) e.open = true")
      expect(await axeFaultsOfBoth(page)).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
    }
  })
})
