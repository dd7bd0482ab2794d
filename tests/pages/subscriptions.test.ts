import sql from 'sql-template-tag'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { transaction } from '../../src/db/transaction.ts'
import { sourceOf } from '../../src/domain/digest/source.ts'
import { writeRecords } from '../../src/domain/write/catalogue.ts'
import type { RunningServer } from '../../src/server/http.ts'
import { createDigestWorld, type DigestWorld, tokenOf } from '../digest/fixture.ts'
import { axeFaults, BROWSER, openBrowser, type TestBrowser } from '../helpers/browser.ts'
import { paperRecord } from '../helpers/catalogue.ts'
import { startPageServer } from '../helpers/page-server.ts'

let world: DigestWorld
let server: RunningServer
beforeAll(async () => {
  world = await createDigestWorld()
  server = await startPageServer(world.t)
  world.at = new Date()
  await world.addPapers(['A Paper with <b>Markup</b> & "Quotes"', 'A Second Paper'])
})
afterAll(async () => {
  await server?.stop()
  await world?.close()
})

const visit = (path: string) => fetch(`${server.url}/${path}`, { headers: { accept: 'text/html' } })
const post = (path: string, form: Record<string, string> = {}) =>
  fetch(`${server.url}/${path}`, { method: 'POST', body: new URLSearchParams(form) })

/** The token of the newest mail to an address. */
async function newestToken(email: string): Promise<string> {
  world.at = new Date(Math.max(world.at.getTime(), Date.now()))
  await world.send()
  return tokenOf(world.smtp.taken.findLast(({ to }) => to === email)?.raw ?? '')
}

async function stateOf(email: string): Promise<string[]> {
  const rows = await world.t.db.query<{ state: string }>(sql`
    select u.state from subscriptions u join subscribers s on s.id = u.subscriber_id
    where s.email = ${email} order by u.id`)
  return rows.map(({ state }) => state)
}

test('links change nothing until a button is pressed, however often a scanner opens them', async () => {
  const email = 'scanned@example.org'
  expect((await post('subscribe', { email })).status).toBe(200)
  const token = await newestToken(email)
  const paths = ['', '/confirm', '/unsubscribe'].map((page) => `subscriptions/${token}${page}`)
  for (const path of [...paths, ...paths, `digests/${token}`]) {
    const page = await visit(path)
    expect(page.status).toBe(200)
    expect(page.headers.get('referrer-policy')).toBe('no-referrer')
    expect(page.headers.get('cache-control')).toBe('no-store')
    await page.text()
    expect((await fetch(`${server.url}/${path}`, { method: 'HEAD' })).status).toBe(200)
  }
  expect(await stateOf(email)).toEqual(['pending'])
  // Twice, because people press twice.
  for (let press = 0; press < 2; press++) {
    const confirmed = await post(`subscriptions/${token}/confirm`)
    expect(confirmed.status).toBe(200)
    expect(await confirmed.text()).toContain('You are subscribed')
  }
  expect(await stateOf(email)).toEqual(['active'])
  for (const path of paths) expect((await visit(path)).status).toBe(200)
  expect(await stateOf(email)).toEqual(['active'])
})

test('forms on pages subscribe to a topic, a venue, an author, a paper or a search', async () => {
  const write = paperRecord({
    ...{
      key: 'followed',
      title: 'On Loops',
      identifiers: [{ scheme: 'arxiv', value: '2601.00009' }],
    },
    ...{ venue: { name: 'Loops & Knots', slug: 'loops', acronym: null, kind: 'journal' } },
    topics: [{ slug: 'loops', name: 'Loops', kind: 'field', source: 'keywords', score: 1 }],
  })
  await transaction(world.t.url, (tx) => writeRecords(tx, [write]))
  const known: [field: string, ref: string, about: string][] = [
    ['topic', 'loops', 'new papers on Loops'],
    ['venue', 'loops', 'new papers of Loops &amp; Knots'],
    ['paper', 'arXiv:2601.00009', 'news of “On Loops”'],
    ['q', '"on loops"', 'new papers that match'],
  ]
  const counted = async () =>
    (await world.t.db.query(sql`select id from saved_queries order by created_at`)).length
  for (const [at, [field, ref, about]] of known.entries()) {
    const page = await visit(`subscribe?${new URLSearchParams({ [field]: ref })}`)
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining(about)])
    // Opening a form saves nothing.
    expect(await counted()).toBe(at)
    const email = `${field}@example.org`
    expect((await post('subscribe', { email, [field]: ref })).status).toBe(200)
    expect(await counted()).toBe(at + 1)
    const confirm = await (await visit(`subscriptions/${await newestToken(email)}/confirm`)).text()
    expect(confirm).not.toContain('trending')
  }
  for (const [field] of known.slice(0, 3)) {
    const page = await visit(`subscribe?${field}=unknown-one`)
    expect([page.status, await page.text()]).toEqual([
      field === 'paper' ? 400 : 404,
      expect.stringContaining('unknown-one'),
    ])
  }
  expect((await visit(`subscribe?savedQuery=${'0'.repeat(32)}`)).status).toBe(404)
  expect((await post('subscribe', { email: 'x@example.org', q: '"open' })).status).toBe(400)
  for (const page of ['topics/loops', 'venues/loops'])
    expect(await (await visit(page)).text()).toContain('New papers by mail')
})

test('a mail program unsubscribes in one step, with either kind of form', async () => {
  for (const body of [
    new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
    (() => {
      const form = new FormData()
      form.set('List-Unsubscribe', 'One-Click')
      return form
    })(),
  ]) {
    const email = `one-click-${body instanceof FormData}@example.org`
    world.at = new Date()
    const token = await world.join(email)
    const path = `${server.url}/subscriptions/${token}/unsubscribe`
    const answer = await fetch(path, { method: 'POST', body, redirect: 'error' })
    expect(answer.status).toBe(200)
    expect(await stateOf(email)).toEqual(['ended'])
    // Again, as with the links of older mails.
    expect((await fetch(path, { method: 'POST', body })).status).toBe(200)
  }
})

test('preferences are shown and changed, and invalid ones are refused', async () => {
  const email = 'prefers@example.org'
  world.at = new Date()
  const token = await world.join(email)
  const path = `subscriptions/${token}`
  expect(await (await visit(path)).text()).toContain('every day at 08:00 (UTC)')
  const form = { frequency: 'weekly', weekday: '5', hour: '17', size: '5', emptyDays: 'tell' }
  const saved = await (await post(path, { ...form, timeZone: 'Asia/Tokyo' })).text()
  expect(saved).toContain('every Friday at 17:00 (Asia/Tokyo)')
  expect(saved).toMatch(/The next mail comes on Friday, .* at 17:00/)
  const refused = await post(path, { ...form, timeZone: 'Asia/<script>' })
  expect(refused.status).toBe(400)
  const text = await refused.text()
  expect(text).toContain('is not a time zone')
  expect(text).not.toContain('<script>"')
  expect((await post(path, { ...form, timeZone: 'UTC', size: '1000' })).status).toBe(400)
  const hourly = await post(path, { ...form, timeZone: 'UTC', frequency: 'hourly' })
  expect([hourly.status, await hourly.text()]).toEqual([
    400,
    expect.stringContaining('expected daily or weekly'),
  ])
  expect(await (await visit(path)).text()).toContain('every Friday at 17:00 (Asia/Tokyo)')
})

test('trending papers of an unknown topic cannot be subscribed to', async () => {
  const source = sourceOf(world.t.db, { filter: { topics: ['no-such-topic'] } })
  await expect(source).rejects.toThrow('no topic has the slug "no-such-topic"')
})

test('one form ends all subscriptions of an address', async () => {
  const email = 'many@example.org'
  world.at = new Date()
  const token = await world.join(email)
  await world.join(email, { frequency: 'weekly' })
  await post(`subscriptions/${token}/unsubscribe`, { all: 'true' })
  expect(await stateOf(email)).toEqual(['ended', 'ended'])
})

test.each(['x', 'a'.repeat(43), 'a'.repeat(42), '%00', `${'a'.repeat(43)}/more`])(
  'an unknown token is not found: %s',
  async (token) => {
    const answers = await Promise.all([
      visit(`subscriptions/${token}`),
      visit(`subscriptions/${token}/confirm`),
      post(`subscriptions/${token}/unsubscribe`),
      visit(`digests/${token}`),
    ])
    for (const answer of answers) expect(answer.status).toBe(404)
  },
)

test('the web version of a mail has its papers, even after one was merged or deleted', async () => {
  const email = 'reader@example.org'
  world.at = new Date()
  await world.join(email)
  world.at = new Date(Date.now() + 86_400_000)
  const token = await newestToken(email)
  const page = await visit(`digests/${token}`)
  const text = await page.text()
  expect(text).toContain('A Paper with &lt;b&gt;Markup&lt;/b&gt; &amp; &quot;Quotes&quot;')
  expect(text).toContain('A Second Paper')
  expect(text).not.toContain(email)
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  await world.t.db.query(sql`delete from papers where title = 'A Second Paper'`)
  const later = await (await visit(`digests/${token}`)).text()
  expect(later).not.toContain('A Second Paper')
  expect(later).toContain('A Paper with')
})

describe.skipIf(!BROWSER)('in a browser', () => {
  let browser: TestBrowser
  beforeAll(async () => {
    browser = await openBrowser(server.url)
  })
  afterAll(() => browser?.close())

  test('a person subscribes, confirms and unsubscribes, and axe finds nothing', async () => {
    const { page } = browser
    const email = 'person@example.org'
    world.at = new Date()
    await page.goto(`${server.url}/subscribe`)
    const faults = await axeFaults(page)
    await page.getByLabel('E-mail address').fill(email)
    await page.getByLabel('How often').selectOption('weekly')
    await page.getByRole('button', { name: 'Subscribe' }).click()
    await page.getByRole('heading', { name: 'Almost done' }).waitFor()
    faults.push(...(await axeFaults(page)))
    const token = await newestToken(email)
    await page.goto(`${server.url}/subscriptions/${token}/confirm`)
    faults.push(...(await axeFaults(page)))
    await page.getByRole('button', { name: 'Confirm' }).click()
    await page.getByRole('heading', { name: 'You are subscribed' }).waitFor()
    await page.getByRole('link', { name: 'Change what you get' }).click()
    await page.getByLabel('Most papers in a mail').selectOption('20')
    faults.push(...(await axeFaults(page)))
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved.').waitFor()
    await page.getByRole('link', { name: 'Unsubscribe' }).click()
    faults.push(...(await axeFaults(page)))
    await page.getByRole('button', { name: 'Unsubscribe' }).click()
    await page.getByRole('heading', { name: 'Unsubscribed' }).waitFor()
    expect(await stateOf(email)).toEqual(['ended'])
    expect([...faults, ...browser.faults]).toEqual([])
  })
})
