import { Kind, parse } from 'graphql'
import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createLog } from '../../../src/log.ts'
import { EXAMPLE_QUERIES } from '../../../src/server/graphiql/examples.ts'
import { startServer } from '../../../src/server/http.ts'
import { BROWSER, openBrowser, type TestBrowser } from '../../helpers/browser.ts'
import { emptyFields } from '../../helpers/empty-fields.ts'
import { patientConfig } from '../../helpers/patient-config.ts'
import { type SampleServer, startSampleServer } from '../../helpers/sample-server.ts'

let server: SampleServer
let demo: SampleServer
beforeAll(async () => {
  server = await startSampleServer()
  demo = await startSampleServer('demo')
})
afterAll(() => Promise.all([server?.close(), demo?.close()]))

test.each(EXAMPLE_QUERIES)('no field of the example "$title" is empty', async (example) => {
  const { query, variables = '{}', isOnDemo } = example
  const response = await fetch(`${(isOnDemo ? demo : server).url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: JSON.parse(variables) }),
  })
  const { data, errors } = (await response.json()) as Record<string, object>
  expect(errors).toBeUndefined()
  expect(emptyFields(data)).toEqual([])
})

test('no two examples have the same title, or the same operation, which names the tab', () => {
  const names = EXAMPLE_QUERIES.flatMap(({ query }) =>
    parse(query).definitions.flatMap((one) =>
      one.kind === Kind.OPERATION_DEFINITION ? [one.name?.value] : [],
    ),
  )
  expect(names).toHaveLength(EXAMPLE_QUERIES.length)
  for (const all of [names, EXAMPLE_QUERIES.map(({ title }) => title)])
    expect(all.filter((one, i) => !one || all.indexOf(one) < i)).toEqual([])
})

test('empty fields are found, in any item of a list', () => {
  const list = [
    { a: null, b: 0, c: [] },
    { a: null, b: 1, c: ['x'] },
  ]
  expect(emptyFields({ list, none: [], text: '', no: false })).toEqual([
    '.list.a',
    '.none',
    '.text',
  ])
})

const PAGE = { accept: 'text/html', 'accept-encoding': 'gzip' }

test('the page and its files are small, compressed, and sent once only to a browser that has them', async () => {
  const first = await fetch(`${server.url}/graphql`, { headers: PAGE })
  const html = await first.text()
  expect(html).toContain('<title>paperql</title>')
  expect(html.length).toBeLessThan(16_500)
  expect(first.headers.get('cache-control')).toBe('no-cache')
  const paths = [...html.matchAll(/"(graphql\/assets\/[^"]+)"/g)].map(([, path = '']) => path)
  const extensions = paths.map((path) => path.split('.').at(-1)).sort()
  expect(extensions).toEqual(['css', 'js', 'js', 'js', 'js', 'js', 'svg'])
  for (const path of paths) {
    const sizes: number[] = []
    for (const encoding of ['identity', 'gzip', 'br']) {
      const headers = { 'accept-encoding': encoding }
      const asset = await fetch(new URL(path, first.url), { headers, method: 'HEAD' })
      expect(asset.status).toBe(200)
      expect(asset.headers.get('content-encoding') ?? 'identity').toBe(encoding)
      expect(asset.headers.get('cache-control')).toContain('immutable')
      sizes.push(Number(asset.headers.get('content-length')))
    }
    const [plain = 0, gzipped = 0, br = 0] = sizes
    expect(br).toBeLessThanOrEqual(gzipped)
    expect(gzipped).toBeLessThan(plain * 0.7)
  }
  const gone = await fetch(`${server.url}/graphql/assets/graphiql-0.js`)
  expect(gone.status).toBe(404)
})

test('a browser with the current page gets 304', async () => {
  const first = await fetch(`${server.url}/graphql`, { headers: PAGE })
  await first.text()
  const etag = first.headers.get('etag') ?? ''
  const strong = etag.replace('W/', '')
  for (const known of [etag, strong, `"x", ${etag}, "y"`, `W/"x",${strong}`, '*']) {
    const again = await fetch(`${server.url}/graphql`, {
      headers: { ...PAGE, 'if-none-match': known, 'cache-control': 'max-age=0' },
    })
    expect([known, again.status]).toEqual([known, 304])
    expect(await again.text()).toBe('')
    expect(again.headers.get('etag')).toBe(etag)
  }
  for (const known of ['"x"', `W/"${strong.slice(2)}`, 'W/""']) {
    const headers = { ...PAGE, 'if-none-match': known, 'cache-control': 'max-age=0' }
    const again = await fetch(`${server.url}/graphql`, { headers })
    expect([known, again.status]).toEqual([known, 200])
    await again.text()
  }
})

test('without GraphiQL, browsers get the same as programs', async () => {
  const config = patientConfig({ GRAPHIQL: 'false' })
  const bare = await startServer({ db: server.t.db, config, log: createLog('silent') })
  const paths = ['/', '/graphql', '/graphql/assets/graphiql-0.js']
  const statuses = await Promise.all(
    paths.map(async (path) => {
      const { status, headers } = await fetch(`${bare.url}${path}`, {
        headers: { accept: 'text/html,*/*;q=0.8' },
        redirect: 'manual',
      })
      expect(headers.get('content-type')).toMatch(/json/)
      return status
    }),
  )
  expect(statuses).toEqual([404, 400, 404])
  const answer = await fetch(`${bare.url}/graphql?query={__typename}`)
  expect(await answer.json()).toEqual({ data: { __typename: 'Query' } })
  await bare.stop()
})

/** Clicks in the middle of the element like a person, even if it moves. */
async function clickAt(page: Page, target: Locator): Promise<void> {
  await target.scrollIntoViewIfNeeded()
  const { x, y, width, height } = (await target.boundingBox()) ?? {
    x: 0,
    y: 0,
    width: 0,
    height: 0,
  }
  await page.mouse.click(x + width / 2, y + height / 2)
}

const REPOSITORY = EXAMPLE_QUERIES.findIndex(({ query }) => query.includes('query Repository'))

const WIDE = { width: 1440, height: 900 }
const PHONE = { width: 390, height: 844 }
const SIZES = [WIDE, { width: 768, height: 1024 }, PHONE]

describe.skipIf(!BROWSER)('in a browser without network', () => {
  let browser: TestBrowser
  beforeAll(async () => {
    browser = await openBrowser(server.url)
    // Each visit is the first.
    await browser.context.addInitScript(
      'try { localStorage.clear(); sessionStorage.clear() } catch {}',
    )
  })
  afterAll(() => browser?.close())

  /** Opens the page, and fails if its policy is violated. */
  async function browse(
    size: { width: number; height: number },
    visit: (page: Page) => Promise<void>,
  ): Promise<void> {
    const { page } = browser
    await page.setViewportSize(size)
    await page.goto(server.url)
    expect(page.url()).toBe(`${server.url}/graphql`)
    await page
      .locator('.graphiql-tab')
      .nth(EXAMPLE_QUERIES.length - 1)
      .waitFor()
    await visit(page)
    expect(browser.faults).toEqual([])
  }

  test.each(SIZES)(
    'the page opens with an answer, and one click opens a tab: $width px',
    async (size) => {
      await browse(size, async (page) => {
        const answer = page.locator('.graphiql-response')
        await answer.getByText('AraDiCE').first().waitFor()
        const box = await answer.boundingBox()
        expect(box?.width).toBeGreaterThan(300)
        const tabs = page.locator('.graphiql-tab')
        expect(await tabs.count()).toBe(EXAMPLE_QUERIES.length)
        for (const index of [EXAMPLE_QUERIES.length - 1, 3, 1, REPOSITORY]) {
          await clickAt(page, tabs.nth(index).locator('.graphiql-tab-button'))
          await page.locator(`.graphiql-tab-active:nth-child(${index + 1})`).waitFor()
        }
        // GraphiQL recognises the operation of the tab a moment later, and does not run it before.
        const runTab = async () => {
          await page.getByRole('button', { name: /execute query/i }).click()
          return answer
            .getByText('bert2BERT')
            .first()
            .waitFor({ timeout: 2000 })
            .then(
              () => true,
              () => false,
            )
        }
        await expect.poll(runTab).toBe(true)
      })
    },
  )

  test('a syntax error is shown without the stack of a script', async () => {
    const { page } = browser
    await page.goto(`${server.url}/graphql?query=${encodeURIComponent('{ papers(')}`)
    const answer = page.locator('.graphiql-response')
    await page.locator('.graphiql-query-editor').getByText('papers').waitFor()
    const run = async () => {
      await page.getByRole('button', { name: /execute query/i }).click()
      return answer.textContent()
    }
    await expect.poll(run).toContain('<EOF>')
    expect(await answer.textContent()).not.toContain('.js:')
  })

  describe('the documentation on a phone', () => {
    /** One visit for all tests, because loading the page takes longer than the tests. */
    beforeAll(() =>
      browse(PHONE, async (page) => {
        await clickAt(page, page.getByRole('button', { name: 'Show Documentation Explorer' }))
        await page.locator('.graphiql-plugin').getByText('merged from public sources').waitFor()
      }),
    )

    afterEach(async () => {
      const back = browser.page.locator('.graphiql-doc-explorer-back')
      while ((await back.count()) > 0) await back.click()
    })

    test('shows the description, and a search for Paper finds it first', async () => {
      const { page } = browser
      await page.locator('.graphiql-plugin input').fill('Paper')
      await expect.poll(() => page.getByRole('option').first().textContent()).toBe('Paper')
    })

    test.each([
      ['retraction', 'EventKind.RETRACTION', 'EventKind'],
      ['window', 'Query.trending(window: TrendWindow!)', 'trending'],
      ['minStars', 'PaperFilter.minStars', 'minStars'],
    ])('finds %s as %s', async (wanted, found, title) => {
      const { page, faults } = browser
      await page.locator('.graphiql-plugin input').fill(wanted)
      const option = page.getByRole('option', { name: found, exact: true })
      await option.waitFor()
      await option.click()
      const opened = page.locator('.graphiql-doc-explorer-title')
      await expect.poll(() => opened.textContent()).toBe(title)
      expect(faults).toEqual([])
    })
  })

  describe('with only the keyboard', () => {
    /** The label or text of the focused element. */
    const focused = (page: Page) =>
      page.evaluate(() => {
        const { activeElement: at } = document
        return at?.getAttribute('aria-label') ?? at?.textContent ?? ''
      })
    const press = async (page: Page, ...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key)
    }
    /** One visit for all tests, because loading the page takes longer than the tests. */
    beforeAll(() =>
      browse(WIDE, (page) =>
        page.locator('.graphiql-response').getByText('AraDiCE').first().waitFor(),
      ),
    )
    afterEach(() => expect(browser.faults).toEqual([]))

    test('Tab reaches everything, with a visible focus ring', async () => {
      const { page } = browser
      const reached: string[] = []
      for (let at = 0; at < 30; at++) {
        await press(page, 'Tab')
        reached.push(await focused(page))
        if (reached.at(-1) === 'Result Window') break
        const ring = await page.evaluate(() => {
          const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(
            document.activeElement as Element,
          )
          return [outlineStyle, outlineWidth, outlineColor.startsWith('rgb(')]
        })
        expect([reached.at(-1), ...ring]).toEqual([reached.at(-1), 'solid', '2px', true])
      }
      expect(reached).toEqual([
        ...['Show Documentation Explorer', 'Show GraphiQL Explorer'],
        ...['Re-fetch GraphQL schema (Shift-Ctrl-R)', 'Open short keys dialog'],
        ...['Open settings dialog', 'Paper', 'Close Tab', 'New tab', 'Operation Editor'],
        ...['Execute query (Ctrl-Enter)', 'Prettify query (Shift-Ctrl-P)'],
        ...['Merge fragments into query (Shift-Ctrl-M)', 'Copy query (Shift-Ctrl-C)'],
        ...['Variables', 'Headers', 'Hide editor tools', 'Variables', 'Result Window'],
      ])
    })

    test('arrow keys move among the tabs, Enter opens one, and Ctrl+Enter runs it', async () => {
      const { page } = browser
      const answer = page.locator('.graphiql-response')
      await page.locator('.graphiql-tab-active .graphiql-tab-button').focus()
      await press(page, 'ArrowLeft')
      expect(await focused(page)).toBe(
        await page.locator('.graphiql-tab-button').last().textContent(),
      )
      await press(page, 'End', 'Home')
      expect(await focused(page)).toBe('Paper')
      for (let at = 0; at < REPOSITORY; at++) await press(page, 'ArrowRight')
      await press(page, 'Enter')
      await page.locator(`.graphiql-tab-active:nth-child(${REPOSITORY + 1})`).waitFor()
      // The button to close the tab, the one to open a tab, and the editor.
      await press(page, 'Tab', 'Tab', 'Tab')
      expect(await focused(page)).toBe('Operation Editor')
      await press(page, 'Enter')
      const run = async () => {
        await press(page, 'Control+Enter')
        return answer.textContent()
      }
      await expect.poll(run, { timeout: 60_000 }).toContain('bert2BERT')
    })

    test('Escape closes suggestions, then leaves the editor, and Tab continues', async () => {
      const { page } = browser
      await page.getByRole('group', { name: 'Operation Editor' }).focus()
      await press(page, 'Enter', 'Control+End', 'Enter')
      await page.keyboard.type('{ pap')
      await press(page, 'Control+Space')
      await page.locator('.suggest-widget.visible').waitFor()
      await press(page, 'Escape')
      await page.locator('.suggest-widget.visible').waitFor({ state: 'hidden' })
      expect(await focused(page)).toBe('Editor content')
      await press(page, 'Escape')
      expect(await focused(page)).toBe('Operation Editor')
      // The button is recreated a moment after the editor has a second operation, and then loses the focus.
      const afterTab = async () => {
        await page.getByRole('group', { name: 'Operation Editor' }).focus()
        await press(page, 'Tab')
        return await focused(page)
      }
      await expect.poll(afterTab).toBe('Execute query (Ctrl-Enter)')
    })

    test('the documentation opens and can be browsed; a dialog returns the focus', async () => {
      const { page } = browser
      await page.getByRole('button', { name: 'Show Documentation Explorer' }).focus()
      await press(page, 'Enter')
      await page.locator('.graphiql-plugin').getByText('merged from public sources').waitFor()
      await page.getByRole('link', { name: 'Query', exact: true }).focus()
      await press(page, 'Enter')
      await page.locator('.graphiql-plugin').getByText('resolvePapers').first().waitFor()
      const settings = page.getByRole('button', { name: 'Open settings dialog' })
      await settings.focus()
      await press(page, 'Enter')
      await page.getByRole('dialog').waitFor()
      await press(page, 'Escape')
      await expect.poll(() => focused(page)).toBe('Open settings dialog')
    })
  })
})
