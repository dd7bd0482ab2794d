import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith'
import { SaxesParser } from 'saxes'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { transaction } from '../../src/db/transaction.ts'
import { mergePapers } from '../../src/domain/curation/curation.ts'
import type { PaperRecord } from '../../src/domain/record/paper-record.ts'
import { removeRecords, writeRecords } from '../../src/domain/write/catalogue.ts'
import { autodiscovery } from '../../src/feeds/paths.ts'
import { feedRoute } from '../../src/feeds/route.ts'
import { legalHtml } from '../../src/feeds/text.ts'
import { legalText } from '../../src/html/legal-text.ts'
import { createLog } from '../../src/log.ts'
import { type RunningServer, startServer } from '../../src/server/http.ts'
import { paperRecord } from '../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'
import { patientConfig } from '../helpers/patient-config.ts'

const SITE = 'https://papers.example.org/base'

let t: TestDatabase
let server: RunningServer

const write = (...records: PaperRecord[]) => transaction(t.url, (tx) => writeRecords(tx, records))
const topic = (slug: string) => ({
  slug,
  name: `The <b>${slug}</b> & more`,
  kind: 'task' as const,
  score: null,
  source: 'test',
})

/** The worst titles and abstracts of sources. */
const NASTY = [
  'Is a < b & c > d? ]]> <script>alert(1)</script>',
  'Astral 𝒳 and 🧬, combining é, RTL שלום, and \u2028 separators',
  'Control \u0001 \u000b \u001f \ufffe \uffff characters',
  'A byte order mark \ufeff, a soft\u00adhyphen and a <!-- comment -->',
  'Math $x < y$, \\(\\alpha \\& \\beta\\) and &amp; &lt;i&gt; entities',
  `Long ${'word '.repeat(100)}`,
]

beforeAll(async () => {
  t = await createTestDatabase()
  for (const [i, text] of NASTY.entries())
    await write(
      paperRecord({
        key: `nasty-${i}`,
        title: `Nasty ${i}: ${text}`,
        abstract: `${text}\n\nA second paragraph: ${text}`,
        authors: Array.from({ length: 12 }, (_, j) => ({
          name: `Ada ${'abcdefghijkl'[j]} <Love>lace`,
          identifiers: [],
          affiliation: null,
        })),
        topics: [topic('nasty')],
        landingUrl: i === 0 ? 'https://example.org/?a=1&b="2"' : 'javascript:alert(1)',
      }),
    )
  for (let i = 0; i < 7; i++)
    await write(
      paperRecord({
        key: `paged-${i}`,
        title: `The paged paper of number ${'abcdefg'[i]?.repeat(4)}`,
        published: { on: `2024-05-0${1 + (i % 3)}`, precision: 'day' },
        authors: [],
        topics: [topic('paged')],
        venue: { slug: 'acl', name: 'The ACL & Friends', acronym: 'ACL', kind: 'conference' },
      }),
    )
  const config = patientConfig({ PUBLIC_URL: SITE })
  server = await startServer({ db: t.db, config, log: createLog('silent'), routes: [feedRoute] })
})
afterAll(async () => {
  await server.stop()
  await t.close()
})

async function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const response = await fetch(server.url + path, { headers, method, redirect: 'manual' })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

/** Follows links of the feed, which begin with PUBLIC_URL. */
const follow = (url: string) => get(url.replace(SITE, ''))

function assertXml(text: string): void {
  const faults: string[] = []
  const parser = new SaxesParser({ xmlns: true })
  parser.on('error', (error) => faults.push(error.message))
  parser.write(text).close()
  expect(faults).toEqual([])
}

/** The expected title: characters that XML cannot hold become spaces. */
const shown = (i: number) =>
  `Nasty ${i}: ${NASTY[i]}`
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    .replace(/[\u0001-\u001f\ufffe\uffff]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()

const TITLES = [5, 4, 3, 2, 1, 0].map(shown)

test('Atom, RSS and JSON Feed hold even the worst text of sources, latest paper first', async () => {
  const [atomText, rssText, jsonText] = await Promise.all(
    ['atom', 'rss', 'json'].map(async (format) => {
      const answer = await get(`/feeds/topics/nasty.${format}`)
      expect(answer.status).toBe(200)
      return answer.text
    }),
  )
  assertXml(atomText as string)
  assertXml(rssText as string)
  const atom = parseAtomFeed(atomText as string)
  const rss = parseRssFeed(rssText as string)
  const json = parseJsonFeed(jsonText as string)
  const raw = JSON.parse(jsonText as string)
  expect(raw.version).toBe('https://jsonfeed.org/version/1.1')
  expect(raw.items.map(({ title }: { title: string }) => title)).toEqual(TITLES)
  expect(atom.entries?.map(({ id }) => id)).toEqual(json.items?.map(({ id }) => id))
  expect(rss.items?.map(({ guid }) => guid?.value)).toEqual(json.items?.map(({ id }) => id))
  expect(new Set(json.items?.map(({ id }) => id)).size).toBe(NASTY.length)
  for (const html of raw.items.map((item: { content_html: string }) => item.content_html)) {
    expect(html).not.toMatch(/<script|javascript:|undefined|null/)
    expect(html).toMatch(/^<p>Ada a &lt;Love&gt;lace, .* and|2 other authors<\/p>/)
    expect(html.match(/<p>A second paragraph/g)).toHaveLength(1)
  }
  expect(raw.items[5].content_html).toContain(
    '<a href="https://example.org/?a=1&amp;b=%222%22">Source</a>',
  )
})

const SCRIPT = fileURLToPath(new URL('read-feed.py', import.meta.url))
const PYTHON = '/usr/bin/python3'
const hasFeedparser = spawnSync(PYTHON, ['-c', 'import feedparser']).status === 0

test.skipIf(!hasFeedparser)('feedparser reads both XML formats without an error', async () => {
  for (const [format, version] of [
    ['atom', 'atom10'],
    ['rss', 'rss20'],
  ]) {
    const { text } = await get(`/feeds/topics/nasty.${format}`)
    const { stdout, stderr } = spawnSync(PYTHON, [SCRIPT], { input: text, encoding: 'utf8' })
    expect(stderr).toBe('')
    const parsed = JSON.parse(stdout)
    expect(parsed).toMatchObject({ version, fault: null })
    expect(parsed.entries).toHaveLength(NASTY.length)
    expect(parsed.links.self).toBe(`${SITE}/feeds/topics/nasty.${format}`)
    if (format === 'atom')
      expect(parsed.entries.map((entry: { title: string }) => entry.title)).toEqual(TITLES)
  }
})

test('all text is legal XML', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const legal = legalText(`${text}\ud83d`)
      assertXml(`<a>${legalHtml(legal)}</a>`)
      expect(legal.isWellFormed()).toBe(true)
    }),
    { numRuns: 50 },
  )
})

test('a feed states its URL and its page, and nothing of the requested URL', async () => {
  const { headers, text } = await get('/feeds/venues/acl.atom', { 'x-forwarded-host': 'evil.test' })
  expect(headers.get('content-type')).toBe('application/atom+xml; charset=utf-8')
  expect(text).not.toContain('127.0.0.1')
  expect(text).not.toContain('evil.test')
  const feed = parseAtomFeed(text)
  expect(feed.links).toEqual([
    { rel: 'alternate', href: `${SITE}/venues/acl`, type: 'text/html' },
    { rel: 'self', href: `${SITE}/feeds/venues/acl.atom`, type: 'application/atom+xml' },
    { rel: 'first', href: `${SITE}/feeds/venues/acl.atom`, type: 'application/atom+xml' },
  ])
  expect(feed.title?.value).toBe('New papers: The ACL & Friends')
  const [entry] = feed.entries ?? []
  expect(entry?.links?.[0]?.href).toMatch(/^https:\/\/papers\.example\.org\/base\/papers\/[\w%]+$/)
  expect(entry?.authors).toEqual([{ name: 'Authors not stated' }])
})

test('pages are linked as in RFC 5005, and hold every paper once, forwards and backwards', async () => {
  for (const format of ['atom', 'rss', 'json']) {
    const linksOf = (text: string): Record<string, string | undefined> => {
      if (format === 'json') return { next: JSON.parse(text).next_url }
      const feed = format === 'atom' ? parseAtomFeed(text) : parseRssFeed(text).atom
      return Object.fromEntries(feed?.links?.map(({ rel, href }) => [rel, href]) ?? [])
    }
    const idsOf = (text: string) => text.match(/urn:uuid:[\w-]+/g)?.slice(format === 'atom' ? 1 : 0)
    const ids: string[] = []
    let url: string | undefined = `${SITE}/feeds/topics/paged.${format}?first=3`
    const previous: string[] = []
    while (url) {
      const { text } = await follow(url)
      const links = linksOf(text)
      if (format !== 'json') expect(links.self).toBe(url)
      if (format !== 'json')
        expect(links.first).toBe(`${SITE}/feeds/topics/paged.${format}?first=3`)
      if (links.previous) previous.push(links.previous)
      ids.push(...(idsOf(text) ?? []))
      url = links.next
    }
    expect([ids.length, new Set(ids).size]).toEqual([7, 7])
    for (const [i, link] of previous.entries())
      expect(idsOf((await follow(link)).text)).toEqual(ids.slice(i * 3, i * 3 + 3))
  }
})

/** Conditional requests of these readers: `etag` and `modified` are the values they received. */
const READERS: Record<string, (etag: string, modified: string) => Record<string, string>> = {
  Miniflux: (etag, modified) => ({
    'user-agent': 'Mozilla/5.0 (compatible; Miniflux/2.2.6; +https://miniflux.app)',
    accept:
      'application/xml,application/atom+xml,application/rss+xml,application/rdf+xml,application/feed+json,text/html,*/*;q=0.9',
    'accept-encoding': 'br, gzip',
    'if-none-match': etag,
    'if-modified-since': modified,
  }),
  FreshRSS: (etag, modified) => ({
    'user-agent': 'FreshRSS/1.26.1 (Linux; https://freshrss.org)',
    accept:
      'application/atom+xml, application/rss+xml, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8',
    'accept-encoding': 'deflate, gzip, br, zstd',
    'if-none-match': etag,
    'if-modified-since': modified,
  }),
  NetNewsWire: (etag, modified) => ({
    'user-agent': 'NetNewsWire (RSS Reader; https://netnewswire.com/)',
    'if-none-match': etag,
    'if-modified-since': modified,
  }),
  'one that only keeps the time': (_, modified) => ({ 'if-modified-since': modified }),
  'one behind a proxy that made the tag strong': (etag) => ({
    'if-none-match': `"other", ${etag.replace('W/', '')}`,
  }),
}

test.each(Object.entries(READERS))('%s gets 304 until something changes', async (_, headersOf) => {
  const path = '/feeds/topics/paged.rss'
  const first = await get(path, headersOf('"none"', 'Thu, 01 Jan 2015 00:00:00 GMT'))
  expect(first.status).toBe(200)
  const etag = first.headers.get('etag') ?? ''
  const modified = first.headers.get('last-modified') ?? ''
  expect(Date.parse(modified)).toBeGreaterThan(Date.now() - 3_600_000)
  expect(first.headers.get('cache-control')).toBe('public, max-age=300')
  const again = await get(path, headersOf(etag, modified))
  expect([again.status, again.text]).toEqual([304, ''])
  expect(again.headers.get('etag')).toBe(etag)
  expect(again.headers.get('content-type')).toBeNull()
  const head = await get(path, {}, 'HEAD')
  expect([head.status, head.text, head.headers.get('etag')]).toEqual([200, '', etag])
})

test('a change of a paper changes ETag and time', async () => {
  const before = await get('/feeds/topics/paged.json')
  await new Promise((resolve) => setTimeout(resolve, 1000))
  await write(
    paperRecord({
      key: 'paged-0',
      title: 'The paged paper of number aaaa',
      published: { on: '2024-05-01', precision: 'day' },
      authors: [],
      abstract: 'It has an abstract now.',
      topics: [topic('paged')],
    }),
  )
  const etag = before.headers.get('etag') ?? ''
  const after = await get('/feeds/topics/paged.json', { 'if-none-match': etag })
  expect(after.status).toBe(200)
  const timeOf = ({ headers }: typeof after) => Date.parse(headers.get('last-modified') ?? '')
  expect(timeOf(after)).toBeGreaterThan(timeOf(before))
  const idsOf = ({ text }: typeof after) => JSON.parse(text).items.map((i: { id: string }) => i.id)
  expect(idsOf(after)).toEqual(idsOf(before))
})

test('a merge keeps the ids of the feed and of the remaining paper', async () => {
  const author = (name: string) => [{ name, identifiers: [], affiliation: null }]
  for (const [key, doi] of [
    ['first', '10.5555/first'],
    ['second', '10.5555/second'],
  ] as const)
    await write(
      paperRecord({
        key,
        title: `A merged paper, ${key} copy of two`,
        identifiers: [{ scheme: 'doi', value: doi }],
        authors: author('Grace Hopper'),
        topics: [topic('merged')],
      }),
    )
  const read = async () => parseAtomFeed((await get('/feeds/topics/merged.atom')).text)
  const before = await read()
  expect(before.entries).toHaveLength(2)
  const ids = await t.db.query<{ id: number }>(
    sql`select id::int from papers where title like 'A merged paper%' order by id`,
  )
  await transaction(t.url, (tx) =>
    mergePapers(
      tx,
      ids.map(({ id }) => id),
      { by: 'test', reason: 'copies' },
    ),
  )
  const after = await read()
  expect(after.id).toBe(before.id)
  expect(after.entries).toHaveLength(1)
  expect(before.entries?.map(({ id }) => id)).toContain(after.entries?.[0]?.id)
})

test('a saved query has a feed under its name, with its id in any case', async () => {
  const { data } = await saving()
  const id = data?.saveQuery.id ?? ''
  const feed = parseAtomFeed((await get(`/feeds/saved/${id}.atom`)).text)
  expect([feed.title?.value, feed.entries?.length]).toEqual(['My <query>', 7])
  const other = await get(`/feeds/saved/${id.toUpperCase()}.json`)
  expect([other.status, other.headers.get('location')]).toEqual([
    301,
    `/base/feeds/saved/${id}.json`,
  ])
})

test('an old paper that is added comes first in the feed of a saved query', async () => {
  const { data } = await saving()
  const path = `/feeds/saved/${data?.saveQuery.id}.atom`
  const record = paperRecord({
    ...{ key: 'old', title: 'A paged paper of long ago' },
    published: { on: '1987-05-01', precision: 'day' },
  })
  await transaction(t.url, (tx) => writeRecords(tx, [record]))
  const { entries } = parseAtomFeed((await get(path)).text)
  expect(entries?.[0]?.title?.value).toBe('A paged paper of long ago')
  await transaction(t.url, (tx) => removeRecords(tx, [record]))
})

test('a paper that newly matches by a change comes first in the feed, with the time of the change', async () => {
  const { data } = await server.runDocument<{ saveQuery: { id: string } }>(
    'mutation { saveQuery(input: { query: "paged", filter: { isRetracted: true } }) { id } }',
  )
  const record = (key: string, isRetracted: boolean) =>
    paperRecord({ key, title: `A paged paper that is ${key} for good`, isRetracted })
  const put = (...records: ReturnType<typeof record>[]) =>
    transaction(t.url, (tx) => writeRecords(tx, records))
  await put(record('gone', false))
  await put(record('missed', true))
  await put(record('gone', true))
  const { entries } = parseAtomFeed((await get(`/feeds/saved/${data?.saveQuery.id}.atom`)).text)
  expect(entries?.map(({ title }) => title?.value)).toEqual([
    'Retracted: A paged paper that is gone for good',
    'Retracted: A paged paper that is missed for good',
  ])
  const [gone, missed] = entries ?? []
  expect(Date.parse(gone?.published ?? '')).toBeGreaterThan(Date.parse(missed?.published ?? ''))
  await transaction(t.url, (tx) =>
    removeRecords(tx, [record('gone', true), record('missed', true)]),
  )
})

const saving = () =>
  server.runDocument<{ saveQuery: { id: string } }>(
    'mutation { saveQuery(input: { query: "paged", name: "My <query>" }) { id } }',
  )

test('trending has a feed for each window, with reasons and its own id', async () => {
  const ids = new Set<string>()
  for (const window of ['day', 'week', 'month']) {
    const { status, text } = await get(`/feeds/trending.atom?window=${window}&first=3`)
    expect(status).toBe(200)
    const feed = parseAtomFeed(text)
    ids.add(feed.id ?? '')
    const linkTo = (rel: string) => feed.links?.find((link) => link.rel === rel)?.href ?? ''
    expect(linkTo('self')).toContain(`/base/feeds/trending.atom?first=3&window=${window}`)
    expect(linkTo('first')).toContain(`window=${window}`)
    const next = parseAtomFeed((await follow(linkTo('next'))).text)
    expect(next.id).toBe(feed.id)
    const all = [...(feed.entries ?? []), ...(next.entries ?? [])].map(({ id }) => id)
    expect([all.length, new Set(all).size]).toEqual([6, 6])
  }
  expect(ids.size).toBe(3)
})

test('the daily feed continues with the day before until it is full, and its pages hold each paper once', async () => {
  const titles: string[] = []
  let url: string | undefined = `${SITE}/feeds/daily.json?first=4`
  for (let page = 0; url && page < 10; page++) {
    const { items, next_url: next } = JSON.parse((await follow(url)).text)
    for (const { title, date_published: at } of items) {
      titles.push(title)
      expect(at).toMatch(/T00:00:00.000Z$/)
    }
    url = next
  }
  expect(url).toBeUndefined()
  expect(titles.filter((title) => title.startsWith('The paged paper'))).toHaveLength(7)
  expect(new Set(titles).size).toBe(titles.length)
})

test('a feed without entries is valid', async () => {
  const { data } = await server.runDocument<{ saveQuery: { id: string } }>(
    'mutation { saveQuery(input: { query: "title:wombat" }) { id } }',
  )
  const path = `/feeds/saved/${data?.saveQuery.id}`
  expect(JSON.parse((await get(`${path}.json`)).text).items).toEqual([])
  const { text } = await get(`${path}.atom`)
  assertXml(text)
  expect(parseAtomFeed(text).updated).toMatch(/^20\d\d-/)
  expect(parseRssFeed((await get(`${path}.rss`)).text).title).toBe('Papers: title:wombat')
})

test('a page links existing feeds', async () => {
  const links = autodiscovery(SITE, 'topics', 'nasty')
  expect(links.map(({ title }) => title)).toEqual(['Atom', 'RSS', 'JSON Feed'])
  links.push(...autodiscovery(SITE, 'trending', 'day'), ...autodiscovery(SITE, 'daily', ''))
  expect(links.map(({ href }) => href)).toContain(`${SITE}/feeds/trending.rss?window=day`)
  for (const { href, type } of links)
    expect((await follow(href)).headers.get('content-type')).toBe(`${type}; charset=utf-8`)
})

test('another spelling of a reference redirects to the feed', async () => {
  const { data } = await server.runDocument<{ papers: { nodes: never[] } }>(
    '{ papers(filter: { topics: { any: ["nasty"] } }, first: 1) { nodes { authorships(first: 1) { nodes { author { id } } } } } }',
  )
  const [paper] = (data?.papers.nodes ?? []) as {
    authorships: { nodes: { author: { id: string } }[] }
  }[]
  const id = paper?.authorships.nodes[0]?.author.id ?? ''
  const canonical = `/base/feeds/authors/${encodeURIComponent(id)}.rss`
  expect((await get(`/feeds/authors/${id}.rss`)).status).toBe(200)
  const other = await get(`/feeds/authors/%20${id}.rss?first=2`)
  expect([other.status, other.headers.get('location')]).toEqual([301, `${canonical}?first=2`])
  const spelt = await get('/feeds/topics/pageds.rss?first=2')
  expect([spelt.status, spelt.headers.get('location')]).toEqual([
    301,
    '/base/feeds/topics/paged.rss?first=2',
  ])
})

test.each([
  ['/feeds/topics/nope.atom', 404, 'There is no topic "nope" in this catalogue.'],
  ['/feeds/authors/0000-0002-1825-0097.rss', 404, 'There is no author "0000-0002-1825-0097"'],
  ['/feeds/topics/nasty.xml', 404, 'There is no feed "topics/nasty.xml"; expected'],
  ['/feeds/topics/nasty', 404, 'There is no feed'],
  ['/feeds/constructor/x.atom', 404, 'There is no feed'],
  ['/feeds/topics.atom', 404, 'There is no feed'],
  ['/feeds/daily/x.atom', 404, 'There is no feed'],
  ['/feeds/saved/x.atom', 404, 'There is no saved query "x" in this catalogue.'],
  [
    '/feeds/trending.rss?window=year',
    400,
    'window: "year" is not known; expected day, week or month',
  ],
  ['/feeds/daily.rss?date=yesterday', 400, '"yesterday" is not a date; expected a day'],
  ['/feeds/', 404, 'There is no feed ""'],
  ['/feeds/topics/nasty.atom?first=0', 400, 'first: "0" is not a number of entries; expected 1'],
  ['/feeds/topics/nasty.atom?first=1e2', 400, 'first: "1e2"'],
  ['/feeds/topics/nasty.atom?after=x', 400, 'is not a cursor'],
])('%s is answered with %d and a plain message', async (path, status, message) => {
  const answer = await get(path)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    status,
    'text/plain; charset=utf-8',
  ])
  expect(answer.text).toContain(message)
})
