import fc from 'fast-check'
import { type DefaultTreeAdapterTypes, parse } from 'parse5'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { transaction } from '../../src/db/transaction.ts'
import type { PaperRecord } from '../../src/domain/record/paper-record.ts'
import { writeRecords } from '../../src/domain/write/catalogue.ts'
import type { RunningServer } from '../../src/server/http.ts'
import { axeFaults, BROWSER, openBrowser, type TestBrowser } from '../helpers/browser.ts'
import { paperRecord } from '../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'
import { startPageServer } from '../helpers/page-server.ts'

type Node = DefaultTreeAdapterTypes.Node
type Element = DefaultTreeAdapterTypes.Element

const SCRIPT = '</title></script><script>alert(1)</script><img src=x onerror=alert(2)>'

const by = (...names: string[]) =>
  names.map((name) => ({ name, identifiers: [], affiliation: name.includes('<') ? SCRIPT : null }))
const doi = (value: string) => [{ scheme: 'doi' as const, value: `10.5555/${value}` }]

/** Texts of sources, by their oddity. */
const ODD: Record<string, Partial<PaperRecord>> = {
  script: {
    title: `Scripts ${SCRIPT} in titles`,
    abstract: `${SCRIPT} $x<y$ \\href{javascript:alert(1)}{link} \\url{javascript:alert(1)} $\\href{javascript:alert(1)}{x}$`,
    tldr: SCRIPT,
    authors: by(`Eve "><script>alert(1)</script>`, "O'Neil <b>"),
    venue: { slug: 'odd-venue', name: `Venue ${SCRIPT}`, acronym: '<i>V</i>', kind: 'journal' },
    topics: [
      {
        slug: 'odd-topic',
        name: '<script>alert(1)</script> topic',
        kind: 'keyword',
        score: null,
        source: 'test',
      },
    ],
    landingUrl: 'javascript:alert(1)',
    pdfUrl: 'data:text/html,<script>alert(1)</script>',
  },
  rtl: {
    title: 'معيار للهجات العربية \u202Eevil\u202C والقدرات الثقافية',
    abstract: 'العربية لغة غنية باللهجات ولا تزال ممثلة تمثيلا ناقصا.',
    authors: by('باسل موسى', 'Nadir Durrani'),
    language: 'ar',
  },
  cjk: { title: '基于深度学习的自然语言处理方法综述', authors: by('王小明', '李四') },
  long: {
    title: `${'Donaudampfschifffahrtsgesellschaft'.repeat(12)} ${'x'.repeat(400)}`,
    abstract: `${'y'.repeat(3000)} $${'a+'.repeat(200)}b$ https://example.org/${'z'.repeat(300)}`,
    authors: by('N'.repeat(200)),
  },
  many: {
    title: 'Measurement by a large collaboration',
    authors: Array.from({ length: 350 }, (_, at) => ({
      name: `Member${at} Of Collaboration`,
      identifiers: [],
      affiliation: null,
    })),
  },
  empty: { title: '?', authors: [], published: null },
  math: {
    title: 'A $\\tilde{\\mathcal{O}}(n^2)$ bound for $k$-SAT below \\$5',
    abstract:
      'It costs $5 to $10 and $a$$b$$c$ holds. $$\\sum_{i=1}^n \\frac{1}{i^2} < \\frac{\\pi^2}{6}$$ Broken: $\\frac{1$ and $\\unknowncommand{x}$.\n\nSee https://github.com/owner/code.',
    authors: by('Ada Lovelace'),
  },
}

let t: TestDatabase
let server: RunningServer
const paths = Object.keys(ODD).map((key) => `papers/10.5555/${key}`)

beforeAll(async () => {
  t = await createTestDatabase()
  const records = Object.entries(ODD).map(([key, over]) =>
    paperRecord({ key, identifiers: doi(key), ...over }),
  )
  // Another source disagrees with the record of `math`.
  const other = { source: 'openalex', title: 'Bounds for k-SAT', kind: 'journal_article' } as const
  // Includes distinguishing data, which are in the chips of suggestions.
  const affiliation =
    'Analytical Engine Institute for the Mathematics of Machines, University of London'
  const ada = { name: 'Ada Byron', identifiers: [], affiliation }
  for (const key of ['W2', 'W3']) records.push(paperRecord({ ...other, key, authors: [ada] }))
  records.push(
    paperRecord({
      ...other,
      key: 'W1',
      identifiers: doi('math'),
      language: 'de',
      authors: by('A. Lovelace'),
    }),
  )
  await transaction(t.url, (tx) => writeRecords(tx, records))
  server = await startPageServer(t)
})
afterAll(async () => {
  await server?.stop()
  await t?.close()
})

const visit = (path: string) =>
  fetch(`${server.url}/${path}`, { headers: { accept: 'text/html' }, redirect: 'manual' })

function elementsOf(html: string): Element[] {
  const found: Element[] = []
  const walk = (node: Node) => {
    if ('tagName' in node) found.push(node)
    if ('childNodes' in node) node.childNodes.forEach(walk)
  }
  walk(parse(html))
  return found
}

const attribute = ({ attrs }: Element, name: string) =>
  attrs.find((one) => one.name === name)?.value

/** Everything that runs code, or links to something other than a web page. */
function dangers(html: string): string[] {
  return elementsOf(html).flatMap((element) => [
    ...element.attrs
      .filter(({ name }) => /^on|^style$|^srcdoc$/.test(name))
      .map(({ name }) => name),
    ...element.attrs
      .filter(({ name }) => /^(?:href|src|action|formaction|xlink:href)$/.test(name))
      .filter(({ value }) => /^\s*(?:javascript|data|vbscript):/i.test(value))
      .map(({ value }) => value),
    ...(element.tagName === 'script' && attribute(element, 'type') !== 'application/ld+json'
      ? [attribute(element, 'src') ?? 'an inline script'].filter(
          (src) => !/^assets\/script-/.test(src),
        )
      : []),
    ...(/^(?:iframe|object|embed|base|style)$/.test(element.tagName) &&
    attribute(element, 'href') !== '/'
      ? [element.tagName]
      : []),
  ])
}

test.each([
  ...paths,
  '',
  'search?q=script',
  'venues/odd-venue',
  'topics/odd-topic',
  'venues/nothing<script>',
  'topics/"><script>',
])('/%s runs no code of a source or a client', async (path) => {
  const response = await visit(path)
  expect(response.status).toBeLessThan(500)
  expect(response.headers.get('content-security-policy')).toMatch(/script-src 'self';/)
  expect(dangers(await response.text())).toEqual([])
})

test('texts of a source are shown as they were written', async () => {
  const elements = elementsOf(await (await visit('papers/10.5555/script')).text())
  const meta = (name: string) =>
    elements
      .filter((element) => attribute(element, 'name') === name)
      .map((element) => attribute(element, 'content'))
  expect(meta('citation_title')).toEqual([ODD.script?.title])
  expect(meta('citation_author')).toEqual([`Eve "><script>alert(1)</script>`, "<b>, O'Neil"])
  expect(meta('citation_pdf_url')).toEqual([])
})

test('the page repeats any search text as text', async () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.stringMatching(/^[<>"'`=/&;:! a-z-]{0,60}$/),
    fc.constantFrom(SCRIPT, '"onfocus=alert(1) autofocus="', '\u202E', '[[['),
  )
  await fc.assert(
    fc.asyncProperty(hostile, hostile, async (query, value) => {
      const parameters = new URLSearchParams({ q: query, year: value, order: value, topic: value })
      const response = await visit(`search?${parameters}`)
      expect([200, 303, 400]).toContain(response.status)
      expect(dangers(await response.text())).toEqual([])
    }),
    { numRuns: 40 },
  )
})

test('a paper without authors and date has nothing that reference managers would take for them', async () => {
  const elements = elementsOf(await (await visit('papers/10.5555/empty')).text())
  const taken = elements.filter(
    (element) =>
      element.tagName === 'time' ||
      attribute(element, 'rel') === 'author' ||
      /byline|vcard/i.test(attribute(element, 'class') ?? ''),
  )
  expect(taken).toEqual([])
})

test('a long byline is shown in parts', async () => {
  let path: string | undefined = 'papers/10.5555/many'
  let names = 0
  let pages = 0
  while (path !== undefined) {
    const elements = elementsOf(await (await visit(path)).text())
    names += elements.filter((element) => attribute(element, 'rel') === 'author').length
    pages++
    path = elements
      .filter(({ tagName }) => tagName === 'a')
      .filter((element) => attribute(element, 'rel') === 'next')
      .map((element) => attribute(element, 'href'))[0]
  }
  expect([pages, names]).toEqual([4, 350])
})

test('formulas become MathML, and amounts of money stay text', async () => {
  const text = await (await visit('papers/10.5555/math')).text()
  expect(text).toContain('<mi class="mathcal">𝒪</mi>')
  expect(text).toContain('It costs $5 to $10 and')
  expect(text).toContain('Broken: $\\frac{1$ and $\\unknowncommand{x}$.')
  expect(text).toContain('href="https://github.com/owner/code"')
})

describe.skipIf(!BROWSER)('in a browser', () => {
  let browser: TestBrowser
  beforeAll(async () => {
    browser = await openBrowser(server.url)
  })
  afterAll(() => browser?.close())

  const fitting = [...paths, `search?q=${'long '.repeat(300)}`, 'search?q=ada+byron']
  test.each(fitting)('/%s fits 320 px, and axe finds no barrier', async (path) => {
    const { page } = browser
    await page.setViewportSize({ width: 320, height: 900 })
    await page.goto(`${server.url}/${path}`)
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
    expect(overflow).toBe(0)
    // Only cells: a column of single letters leaves no room for another one.
    const narrow = await page.evaluate(
      "[...document.querySelectorAll('td, th')].filter((cell) => cell.clientWidth < 32).length",
    )
    expect(narrow).toBe(0)
    expect(await axeFaults(page)).toEqual([])
    expect(browser.faults).toEqual([])
  })
})
