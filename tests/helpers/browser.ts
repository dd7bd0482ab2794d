import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import axe from 'axe-core'
import { type BrowserContext, chromium, type Page } from 'playwright-core'

/** The browser of this machine; undefined where it has none. */
export const BROWSER = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => existsSync(path))

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'].concat(
  ['background-networking', 'component-update', 'sync'].map((name) => `--disable-${name}`),
)

export interface TestBrowser {
  context: BrowserContext
  /** What pages tried that they may not: requests to other servers, and what their policy forbids; and uncaught errors. */
  faults: string[]
  close(): Promise<void>
}

/** A browser that reaches one server only. Share it within a file: it takes a second to start. */
export async function openBrowser(origin: string): Promise<TestBrowser> {
  const profile = await mkdtemp(join(tmpdir(), 'paperql-browser-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: BROWSER as string,
    args: FLAGS,
  })
  const faults: string[] = []
  await context.route(
    (url) => !/^(?:blob|data):/.test(url.protocol) && url.origin !== origin,
    (route) => {
      faults.push(route.request().url())
      return route.abort()
    },
  )
  context.on('console', (message) => {
    if (/Content Security Policy|Refused to/i.test(message.text())) faults.push(message.text())
  })
  context.on('weberror', (error) => faults.push(error.error().message))
  return {
    context,
    faults,
    async close() {
      await context.close()
      await rm(profile, { recursive: true, force: true })
    },
  }
}

/** What axe-core finds on a page: the rule, the element and why. */
export async function axeFaults(page: Page): Promise<string[]> {
  // Evaluated by the debugger, which the policy of the page does not forbid.
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run()
    return violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html.slice(0, 200)}: ${node.failureSummary}`),
    )
  })
}
