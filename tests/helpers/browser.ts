import { existsSync } from 'node:fs'
import axe from 'axe-core'
import { type BrowserContext, chromium, type Page } from 'playwright-core'

/** The browser of this machine; undefined if there is none. */
export const BROWSER = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => existsSync(path))

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-sync']

/** An absent proxy, for everything except this machine: intercepting requests would turn the cache off. */
const NO_PROXY = { server: 'http://127.0.0.1:9', bypass: '127.0.0.1' }

/** For a page on a busy machine. */
const PATIENCE_MS = 120_000

export interface TestBrowser {
  context: BrowserContext
  /** For tests that only look at pages, in sequence: a new one each time takes as much CPU time as axe, which must be compiled in it. */
  page: Page
  /** Forbidden attempts of pages: requests to other servers, and violations of their policy; and uncaught errors. */
  faults: string[]
  close(): Promise<void>
}

/**
 * A browser that reaches one server only. Share it within a file. Files do not share one, because a second client of a browser waited
 * forever while the first one closed its pages.
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
  /** Rules to check. Default: all. */
  rules?: string[]
}

/** Violations that axe-core finds on a page: the rule, the element and the reason. */
export async function axeFaults(page: Page, { rules }: AxeOptions = {}): Promise<string[]> {
  // Evaluated by the debugger, to which the policy of the page does not apply.
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

/** Keeps the first items of each list on a page: axe examines every element, and the others are similar. */
export async function shortenLists(page: Page): Promise<void> {
  await page.evaluate(`for (const list of document.querySelectorAll('ol, ul'))
    for (const item of [...list.children].slice(3)) item.remove()`)
}

const OF_COLOURS = ['color-contrast', 'link-in-text-block']

/** In light and dark mode, which differ only in colours. */
export async function axeFaultsOfBoth(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light' })
  const faults = await axeFaults(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  return [...faults, ...(await axeFaults(page, { rules: OF_COLOURS }))]
}
