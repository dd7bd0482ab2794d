import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadConfig } from '../../src/config.ts'
import { createLog } from '../../src/log.ts'
import { loadSampleIfEmpty } from '../../src/sample/index.ts'
import { EXAMPLE_QUERIES } from '../../src/server/examples.ts'
import { type RunningServer, startServer } from '../../src/server/http.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'

let t: TestDatabase
let server: RunningServer
beforeAll(async () => {
  t = await createTestDatabase()
  await loadSampleIfEmpty({ url: t.url })
  const config = loadConfig({ PORT: '0', LOG_LEVEL: 'silent' })
  server = await startServer({ db: t.db, config, log: createLog('silent') })
})
afterAll(async () => {
  await server.stop()
  await t.close()
})

test.each(EXAMPLE_QUERIES)('the example "$title" runs on the sample', async (example) => {
  const { query, variables = '{}' } = example
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: JSON.parse(variables) }),
  })
  const { data, errors } = (await response.json()) as Record<string, object>
  expect(errors).toBeUndefined()
  for (const list of listsOf(data)) expect(list).not.toEqual([])
  expect(Object.values(data ?? {})).not.toContain(null)
})

/** Every list at the top two levels: an example that shows an empty one shows nothing. */
function listsOf(data: object | undefined): unknown[][] {
  const roots = Object.values(data ?? {}) as Record<string, unknown>[]
  const inner = roots.flatMap((root) => [root, ...Object.values(root)])
  return inner
    .filter((value) => typeof value === 'object' && value !== null)
    .flatMap((value) => [
      (value as { nodes?: unknown[] }).nodes,
      (value as { edges?: unknown[] }).edges,
    ])
    .filter((list) => list !== undefined)
}

test('the page is sent compressed, and once only to a browser that has it', async () => {
  const headers = { accept: 'text/html', 'accept-encoding': 'gzip' }
  const first = await fetch(`${server.url}/graphql`, { headers })
  expect(first.headers.get('content-encoding')).toBe('gzip')
  expect(await first.text()).toContain('<title>paperql</title>')
  const etag = first.headers.get('etag') ?? ''
  const again = await fetch(`${server.url}/graphql`, {
    headers: { ...headers, 'if-none-match': etag },
  })
  expect(again.status).toBe(304)
  expect(await again.text()).toBe('')
})

const BROWSER = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => existsSync(path),
)
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'].concat(
  ['background-networking', 'component-update', 'sync'].map((name) => `--disable-${name}`),
)

test.skipIf(!BROWSER)(
  'a browser without network shows the tabs, runs one and shows its answer',
  async () => {
    const profile = await mkdtemp(join(tmpdir(), 'paperql-browser-'))
    const browser = await chromium.launchPersistentContext(profile, {
      executablePath: BROWSER as string,
      args: FLAGS,
      viewport: { width: 1400, height: 900 },
    })
    try {
      const elsewhere: string[] = []
      await browser.route(
        (url) => !/^(?:blob|data):/.test(url.protocol) && url.origin !== server.url,
        (route) => {
          elsewhere.push(route.request().url())
          return route.abort()
        },
      )
      const page = await browser.newPage()
      const faults: string[] = []
      page.on('pageerror', (error) => faults.push(error.message))
      await page.goto(server.url)
      expect(page.url()).toBe(`${server.url}/graphql`)
      const tabs = page.locator('.graphiql-tab')
      await tabs.nth(EXAMPLE_QUERIES.length - 1).waitFor()
      expect(await tabs.count()).toBe(EXAMPLE_QUERIES.length)
      const run = page.getByRole('button', { name: /execute query/i })
      const answer = page.locator('.graphiql-response')
      await run.click()
      await answer.getByText('AraDiCE').first().waitFor()
      // By key: a tab can also be dragged, and takes a mouse's short click for the start of that.
      await page.getByRole('button', { name: 'RepositoryPage' }).press('Enter')
      await page.locator('.graphiql-tab-active', { hasText: 'RepositoryPage' }).waitFor()
      // GraphiQL finds out which operation the tab holds a moment later, and refuses to run it before.
      const shown = answer.getByText('bert2BERT').first()
      const runTab = async () => {
        await run.click()
        return shown.waitFor({ timeout: 2000 }).then(
          () => true,
          () => false,
        )
      }
      await expect.poll(runTab, { timeout: 20_000 }).toBe(true)
      await page.screenshot({ path: join(tmpdir(), 'paperql-graphiql.png') })
      expect(faults).toEqual([])
      expect(elsewhere).toEqual([])
    } finally {
      await browser.close()
      await rm(profile, { recursive: true, force: true })
    }
  },
  90_000,
)
