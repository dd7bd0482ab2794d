import { existsSync } from 'node:fs'
import axe from 'axe-core'
import { type BrowserContext, chromium, type Page } from 'playwright-core'

/** The browser of this machine; undefined where it has none. */
export const BROWSER = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => existsSync(path))

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-sync']

/** One that is not there, for all but this machine: to intercept requests would turn the cache off. */
const NO_PROXY = { server: 'http://127.0.0.1:9', bypass: '127.0.0.1' }

/** Of a page on a busy machine. */
const PATIENCE_MS = 120_000

export interface TestBrowser {
  context: BrowserContext
  /** For tests that only look at pages, one after the other: a new one each time takes as much CPU as axe, which has to be compiled in it. */
  page: Page
  /** What pages tried that they may not: requests to other servers, and what their policy forbids; and uncaught errors. */
  faults: string[]
  close(): Promise<void>
}

/**
 * A browser that reaches one server only. Share it within a file; files do not share one, since a second client of a browser waited for ever
 * while the first one closed its pages.
 */
export async function openBrowser(origin: string): Promise<TestBrowser> {
  const browser = await chromium.launch({
    executablePath: BROWSER as string,
    args: FLAGS,
    timeout: PATIENCE_MS,
  })
  const context = await browser.newContext({ proxy: NO_PROXY })
  context.setDefaultTimeout(PATIENCE_MS)
  const faults: string[] = []
  context.on('request', (request) => {
    const url = new URL(request.url())
    if (!/^(?:blob|data|about):/.test(url.protocol) && url.origin !== origin) faults.push(url.href)
  })
  context.on('console', (message) => {
    if (/Content Security Policy|Refused to/i.test(message.text())) faults.push(message.text())
  })
  context.on('weberror', (error) => faults.push(error.error().message))
  return {
    context,
    page: await context.newPage(),
    faults,
    close: () => browser.close(),
  }
}

interface AxeOptions {
  /** Those to look for. Default: all. */
  rules?: string[]
}

/** What axe-core finds on a page: the rule, the element and why. */
export async function axeFaults(page: Page, { rules }: AxeOptions = {}): Promise<string[]> {
  // Evaluated by the debugger, which the policy of the page does not forbid.
  if (!(await page.evaluate('"axe" in globalThis'))) await page.evaluate(axe.source)
  return page.evaluate(async (values) => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run({
      resultTypes: ['violations'],
      preload: false,
      ...(values && { runOnly: { type: 'rule', values } }),
    })
    return violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html.slice(0, 200)}: ${node.failureSummary}`),
    )
  }, rules)
}

/** Leaves the first items of each list on a page: axe looks at every element, and the others are like these. */
export async function shortenLists(page: Page): Promise<void> {
  await page.evaluate(`for (const list of document.querySelectorAll('ol, ul'))
    for (const item of [...list.children].slice(3)) item.remove()`)
}

const OF_COLOURS = ['color-contrast', 'link-in-text-block']

/** In light and in dark, in which only colours differ. */
export async function axeFaultsOfBoth(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light' })
  const faults = await axeFaults(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  return [...faults, ...(await axeFaults(page, { rules: OF_COLOURS }))]
}
