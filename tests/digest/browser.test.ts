import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Digest, renderDigest } from '../../src/digest/digest-mail.ts'
import { linksOf } from '../../src/digest/links.ts'
import { renderSignIn } from '../../src/digest/service-mail.ts'
import type { DigestPaper } from '../../src/domain/digest/papers.ts'
import { axeFaultsOfBoth, BROWSER, openBrowser, type TestBrowser } from '../helpers/browser.ts'

const ORIGIN = 'http://mail.invalid'
const LONG = 'Pneumonoultramicroscopicsilicovolcanoconiosis'.repeat(6)

const paper = (id: number, over: Partial<DigestPaper> = {}): DigestPaper => ({
  ...{
    id,
    title: `Paper ${id} on what fits a narrow window & "quotes"`,
    publishedOn: '2026-03-01',
    publishedPrecision: 'DAY',
  },
  abstract: `Abstract ${id}. `.repeat(80),
  ...{ isRetracted: false, authorCount: 40, hasMoreAuthors: false },
  authors: [
    'Ada Lovelace',
    'Grace Hopper',
    'أحمد محمد',
    '王小明',
    'Émilie du Châtelet',
    'Alan Turing',
  ],
  identifiers: [{ scheme: 'ARXIV', value: `2603.${String(id).padStart(5, '0')}` }],
  topics: [{ slug: 'a-topic', name: 'A Topic' }],
  repositories: [
    {
      url: `https://github.com/example/r${id}`,
      name: `example/r${id}`,
      stars: 1234,
      isOfficial: true,
    },
  ],
  ...over,
})

function digestOf(papers: DigestPaper[]): Digest {
  return {
    ...{
      day: '2026-03-02',
      frequency: 'daily',
      about: 'trending papers, every day at 08:00 (UTC)',
      moreCount: 3,
    },
    items: papers.map(({ id }) => ({
      paperId: id,
      reasons: [`+120 stars of example/r${id} since 1 March 2026`],
    })),
    papers: new Map(papers.map((one) => [one.id, one])),
    links: linksOf(ORIGIN, 'a'.repeat(43)),
    publicUrl: ORIGIN,
  }
}

function papersOf(count: number): DigestPaper[] {
  return Array.from({ length: count }, (_, at) =>
    paper(at + 1, at === 1 ? { title: LONG, abstract: LONG, isRetracted: true } : {}),
  )
}

/** The largest digest that a subscriber can request, with words longer than a line. */
const LARGEST = renderDigest(digestOf(papersOf(50)))
const MAILS = {
  // From the third on, papers look alike.
  digest: renderDigest(digestOf(papersOf(4))).html,
  'link to sign in': renderSignIn(`${ORIGIN}/sign-in/${'a'.repeat(43)}`).html,
}

/** Gmail truncates mails after 102 kB of HTML, and with them the link to unsubscribe. */
const GMAIL_BYTES = 102 * 1024

test('the largest digest is below the size at which Gmail truncates mails', () => {
  expect(Buffer.byteLength(LARGEST.html)).toBeLessThan(GMAIL_BYTES)
  expect(LARGEST.html.slice(-4000)).toContain('/unsubscribe')
})

test('characters that change the direction of text are removed, and reasons are separated', () => {
  const odd = paper(1, { title: 'Live \u202Eevil', authors: ['Eve \u2067X'], authorCount: 1 })
  const digest = digestOf([odd])
  const items = [{ paperId: 1, reasons: ['Code since 1 March 2026', '10 citations'] }]
  const mail = renderDigest({ ...digest, items })
  for (const text of [mail.subject, mail.html, mail.text]) {
    expect(text).toContain('Live evil')
    expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/)
  }
  expect(mail.text).toContain('Why: Code since 1 March 2026 · 10 citations')
})

/** All characters that XML 1.0 forbids, which titles and names of saved queries may contain. */
const ILLEGAL = [
  ...Array.from({ length: 0x20 }, (_, code) => String.fromCharCode(code)),
  ...['\ufffe', '\uffff', '\ud800', '\udfff'],
].filter((sign) => !'\t\n\r'.includes(sign))

test.each(ILLEGAL.map((sign) => [sign.charCodeAt(0).toString(16), sign]))(
  'U+%s in the content of a mail does not stop it',
  (_, sign) => {
    const text = `before${sign}after`
    const odd = paper(1, {
      ...{ title: text, abstract: text, authors: [text], authorCount: 1 },
      topics: [{ slug: 'a-topic', name: text }],
    })
    const mail = renderDigest({ ...digestOf([odd]), about: text })
    expect(mail.html).toMatch(/before[ \ufffd]after/)
    expect(mail.html).not.toContain(sign)
  },
)

describe.skipIf(!BROWSER)('in a browser', () => {
  let browser: TestBrowser
  beforeAll(async () => {
    browser = await openBrowser(ORIGIN)
  })
  afterAll(() => browser?.close())

  test.each(Object.keys(MAILS))(
    'the %s fits every width, in light and dark mode, and axe finds no problem',
    async (name) => {
      const { page } = browser
      await page.setContent(MAILS[name as keyof typeof MAILS])
      for (const colorScheme of ['light', 'dark'] as const)
        for (const width of [320, 800]) {
          await page.emulateMedia({ colorScheme })
          await page.setViewportSize({ width, height: 800 })
          // The function runs in the page; this file has no types for it.
          const seen = (await page.evaluate(`({
          width: document.documentElement.scrollWidth,
          colours: ['.page', '.sheet td', '.sheet h1'].map((name) => getComputedStyle(document.querySelector(name)))
            .map(({ backgroundColor, color }) => [backgroundColor, color]),
        })`)) as { width: number; colours: [string, string][] }
          expect(seen.width).toBe(width)
          const lightness = (colour: string | undefined) => Number(/\d+/.exec(colour ?? '')?.[0])
          const [ground] = seen.colours[0] ?? []
          const [, text] = seen.colours[2] ?? []
          // Dark on light, or light on dark.
          expect([lightness(ground) > 128, lightness(text) > 128]).toEqual([
            colorScheme === 'light',
            colorScheme === 'dark',
          ])
          if (process.env.SCREENSHOTS)
            await page.screenshot({
              path: `${process.env.SCREENSHOTS}/mail-${name.replaceAll(' ', '-')}-${colorScheme}-${width}.png`,
            })
        }
      // A mail has no language or landmarks of a page.
      const faults = (await axeFaultsOfBoth(page)).filter(
        (fault) => !/^(?:region|landmark|page-has)/.test(fault),
      )
      expect([...faults, ...browser.faults]).toEqual([])
    },
  )
})
