import { type ParserError, parse } from 'parse5'
import { SaxesParser } from 'saxes'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RunningServer } from '../../src/server/http.ts'
import {
  axeFaultsOfBoth,
  BROWSER,
  openBrowser,
  shortenLists,
  type TestBrowser,
} from '../helpers/browser.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'
import { startPageServer } from '../helpers/page-server.ts'

const PAGES = [
  '',
  '?window=month',
  'papers/2025.coling-main.283',
  'papers/nothing-here',
  'topics/question-answering?code=1',
  'venues/acl',
  'institutions/university-of-edinburgh',
  'search?q=arabic+dialects&year=2025',
  'search?q=xqzwv',
  'search',
  'daily',
  'nothing-here',
]

/** Pages with different layouts: the week's list equals the month's, and a missing page equals a missing paper. */
const LAYOUTS = PAGES.filter((path) => !['?window=month', 'nothing-here'].includes(path))

let t: TestDatabase
let server: RunningServer
beforeAll(async () => {
  t = await createTestDatabase({ sample: 'sample' })
  server = await startPageServer(t)
})
afterAll(async () => {
  await server?.stop()
  await t?.close()
})

const visit = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/${path}`, {
    headers: { accept: 'text/html,*/*;q=0.8', ...headers },
    redirect: 'manual',
  })

test.each(PAGES)('/%s is valid HTML, and its files exist', async (path) => {
  const response = await visit(path)
  const text = await response.text()
  const faults: string[] = []
  parse(text, {
    onParseError: ({ code, startLine }: ParserError) => faults.push(`${startLine}: ${code}`),
  })
  expect(faults).toEqual([])
  const files = [...text.matchAll(/"(assets\/[^"]+)"/g)].map(([, file]) => file)
  expect(files.length).toBeGreaterThan(4)
  for (const file of files) expect((await fetch(`${server.url}/${file}`)).status).toBe(200)
})

test('another reference of an institution leads to its page, with the query', async () => {
  const moved = await visit('institutions/University%20of%20Edinburgh?order=cited')
  const location = '/institutions/university-of-edinburgh?order=cited'
  expect([moved.status, moved.headers.get('location')]).toEqual([301, location])
  expect((await visit(`institutions/${'x'.repeat(3000)}`)).status).toBe(404)
  expect((await visit('institutions/university-of-edinburgh?after=x')).status).toBe(400)
})

test.each([
  ['?window=year', 400, 'window: &quot;year&quot; is not known; expected day, week or month.'],
  ['?code=yes', 400, 'code: &quot;yes&quot; is not known; expected 1.'],
  ['?after=nothing', 400, 'after: &quot;nothing&quot; is not a cursor'],
  ['?after=&window=', 200, 'Trending papers'],
  ['', 200, 'Nothing is known to have happened lately'],
  [
    'search?year=abc',
    400,
    'year: &quot;abc&quot; is not a year; expected a whole number from 1 to 9999.',
  ],
  ['search?kind=POEM', 400, 'kind: &quot;POEM&quot; is not known; expected CONFERENCE_PAPER, '],
  [
    'search?q=author:',
    200,
    '>Expected a word, a prefix* or a &quot;phrase&quot; after author:, found',
  ],
  ['search?order=constructor', 400, 'expected newest, cited or stars.'],
  ['topics/question-answering?order=oldest', 400, 'expected trending, newest, cited or stars.'],
  ['topics/question-answering?year=1900', 200, 'No papers match.'],
  ['papers/2025.coling-main.283?show=all', 400, 'expected citations or references.'],
  ['papers/2025.coling-main.283?cite=apa', 400, 'expected text.'],
  ['papers/%00', 404, 'Not found'],
  ['papers/%ff', 404, '%ff'],
  ['topics', 404, 'The address names no topic.'],
  ['digests/x', 404, 'href="subscribe"'],
  ['sign-in/x', 404, 'href="sign-in"'],
])('/%s is a page with status %i that gives the reason', async (path, status, text) => {
  const response = await visit(path)
  expect([response.status, response.headers.get('content-type')]).toEqual([
    status,
    'text/html; charset=utf-8',
  ])
  expect(await response.text()).toContain(text)
})

test.each([
  ['papers/Benchmarks%20for%20Dialectal%20and%20Cultural%20Capabilites', 'papers/'],
  ['topics/question-anwsering', 'topics/question-answering'],
  ['venues/linguistcs', 'venues/'],
  ['authors/Basel%20Mousy', 'authors/'],
  ['institutions/university-of-edinbrugh', 'institutions/university-of-edinburgh'],
  ['institutions/Edinburg', 'institutions/university-of-edinburgh'],
  ['institutions/University%20of%20Edinburgh%20Group', 'institutions/university-of-edinburgh'],
])('/%s suggests objects with a similar name', async (path, to) => {
  const response = await visit(path)
  expect(response.status).toBe(404)
  const [, similar = ''] = (await response.text()).split('Did you mean')
  expect(similar).toContain(`class="chip" href="${to}`)
})

test('a venue is found by its slug in any spelling', async () => {
  for (const [path, location] of [
    ['venues/ACL?code=1', '/venues/acl?code=1'],
    ['feeds/venues/ACL.atom', '/feeds/venues/acl.atom'],
  ] as const) {
    const moved = await visit(path)
    expect([moved.status, moved.headers.get('location')]).toEqual([301, location])
  }
})

test('the lists of a day lead to those of its week and its month', async () => {
  const text = await (await visit('daily')).text()
  const [, day = ''] = /href="daily\/([\d-]{10})" aria-current="true"/.exec(text) ?? []
  expect(text).toMatch(/href="weekly\/\d{4}-W\d\d">Week</)
  expect(text).toContain(`href="monthly/${day.slice(0, 7)}">Month<`)
})

test('programs get the same from / as before there were pages', async () => {
  const response = await visit('', { accept: '*/*' })
  expect([response.status, response.headers.get('location')]).toEqual([302, '/graphql'])
  const unknown = await visit('nothing-here', { accept: 'application/json' })
  expect(unknown.headers.get('content-type')).toMatch(/json/)
})

test('the page of a paper shows its award, and its decisions', async () => {
  const text = await (await visit('papers/10.18653/v1/2022.acl-long.367')).text()
  expect(text).toContain('<bdi>Best Linguistic Insight Paper</bdi> · ACL 2022</span>')
  expect(text).toMatch(/>Decisions<[\s\S]*ACL[\s\S]*2022: Accepted \(<bdi>Long<\/bdi>\)/)
})

test('the page of a topic has one URL for all spellings', async () => {
  for (const slug of ['llms', 'Large-Language-Models', 'large%20language%20model']) {
    const response = await visit(`topics/${slug}?code=1`)
    expect([response.status, response.headers.get('location')]).toEqual([
      301,
      expect.stringMatching(/\/topics\/large-language-models\?code=1$/),
    ])
  }
})

test('the sitemap lists papers under URLs that are not redirected', async () => {
  const index = await (await visit('sitemap.xml')).text()
  const files = locations(index)
  expect(files.map((url) => new URL(url).pathname)).toEqual([
    '/sitemaps/lists.xml',
    '/sitemaps/papers-1.xml',
  ])
  const urls = locations(await (await visit('sitemaps/papers-1.xml')).text())
  expect(new Set(urls).size).toBe(2278)
  for (const url of urls.filter((_, at) => at % 400 === 0)) {
    const response = await visit(new URL(url).pathname.slice(1))
    expect([url, response.status]).toEqual([url, 200])
    expect(await response.text()).toContain(`<link rel="canonical" href="${url}">`)
  }
  expect(await (await visit('robots.txt')).text()).toContain('Sitemap: http')
})

/** The URLs in a sitemap, which must be well-formed. */
function locations(xml: string): string[] {
  const parser = new SaxesParser()
  const found: string[] = []
  let text = ''
  parser.on('text', (part) => {
    text = part
  })
  parser.on('closetag', ({ name }) => {
    if (name === 'loc') found.push(text)
  })
  parser.write(xml).close()
  return found
}

test('a browser with the current page gets 304', async () => {
  const etag = (await visit('')).headers.get('etag') ?? ''
  const again = await visit('', { 'if-none-match': etag, 'cache-control': 'max-age=0' })
  expect([again.status, await again.text()]).toEqual([304, ''])
})

test('behind a proxy with a path, every redirect and the files of GraphiQL stay below it', async () => {
  const env = { PUBLIC_URL: 'https://papers.example.org/lab/' }
  const [below, bare] = [
    await startPageServer(t, env),
    await startPageServer(t, { ...env, PAGES: 'off' }),
  ]
  const programs = { accept: '*/*' }
  const browsers = { accept: 'text/html' }
  try {
    for (const [from, path, headers] of [
      [below, '', programs],
      [bare, '', programs],
      [bare, '', browsers],
      [below, 'topics/llms', browsers],
      [below, 'venues/ACL?code=1', browsers],
      [below, 'institutions/University%20of%20Edinburgh', browsers],
      [below, 'papers/https%3A%2F%2Faclanthology.org%2F2025.coling-main.283', browsers],
      [below, 'search?q=2025.coling-main.283', browsers],
      [below, 'feeds/venues/ACL.atom', programs],
      [below, 'feeds/topics/llms.rss', programs],
    ] as const) {
      const { status, headers: got } = await fetch(`${from.url}/${path}`, {
        headers,
        redirect: 'manual',
      })
      expect({ path, status, location: got.get('location') }).toEqual({
        path,
        status: expect.toBeOneOf([301, 302, 303]),
        location: expect.stringMatching(/^\/lab\//),
      })
    }
    const page = await (await fetch(`${below.url}/graphql`, { headers: browsers })).text()
    expect([...page.matchAll(/(?:src|href)="\/(?!lab\/)[^"]*/g)].map(([all]) => all)).toEqual([])
  } finally {
    await below.stop()
    await bare.stop()
  }
})

test('with PAGES=off, / leads to GraphiQL again', async () => {
  const bare = await startPageServer(t, { PAGES: 'off' })
  const response = await fetch(bare.url, { headers: { accept: 'text/html' }, redirect: 'manual' })
  expect([response.status, response.headers.get('location')]).toEqual([302, '/graphql'])
  await bare.stop()
})

describe.skipIf(!BROWSER)('in a browser without network', () => {
  let browser: TestBrowser
  beforeAll(async () => {
    browser = await openBrowser(server.url)
  })
  afterAll(() => browser?.close())

  test.each(LAYOUTS)(
    '/%s fits every width, and axe finds no barrier in light or dark',
    async (path) => {
      const { page } = browser
      await page.goto(`${server.url}/${path}`)
      for (const width of [320, 768, 1440]) {
        await page.setViewportSize({ width, height: 900 })
        const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
        expect([width, overflow]).toEqual([width, 0])
      }
      await shortenLists(page)
      expect(await axeFaultsOfBoth(page)).toEqual([])
      expect(browser.faults).toEqual([])
    },
  )

  test('the search box works with the keyboard, and without JavaScript', async () => {
    const page = await browser.context.newPage()
    await page.goto(server.url)
    await page.fill('#q', 'question answ')
    await page.waitForSelector('.suggestions [role=option]')
    await page.keyboard.press('Escape')
    expect(await page.locator('.suggestions [role=option]').count()).toBe(0)
    expect(await page.inputValue('#q')).toBe('question answ')
    await page.fill('#q', 'question answer')
    await page.waitForSelector('.suggestions [role=option]')
    await page.keyboard.press('ArrowDown')
    expect(await page.getAttribute('#q', 'aria-activedescendant')).toBe('suggestion-0')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/topics/question-answering')
    await page.close()

    const found = await visit('search?q=arabic+dialects')
    expect(await found.text()).toContain('Results for')
    const start = await (await visit('')).text()
    expect(start).toMatch(/<form class="search" role="search" action="search">/)
    expect(start).toMatch(/<form class="form" method="post" action="subscribe">/)
  })
})
