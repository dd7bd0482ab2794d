import fc from 'fast-check'
import { expect, test } from 'vitest'
import { idsOf, readText } from '../helpers/reading.ts'

const KEPT = 'of several addresses of its page only the first was kept'

const WRITERS: Record<string, (url: string) => string> = {
  bibtex: (url) => `@article{a, title={A paper}, url={${url}}}`,
  'csl-json': (url) =>
    JSON.stringify([{ id: 'a', type: 'article-journal', title: 'A paper', URL: url }]),
  csv: (url) => `Title,Url\nA paper,"${url}"\n`,
  'json-list': (url) =>
    JSON.stringify([{ title: 'A paper', authors: ['Ann Bee'], year: 2020, url }]),
}

const page = fc.constantFrom(
  ...['http://example.org/a', 'https://example.com/b?c=d,e', 'https://example.net/f;g/'],
)

test.each(Object.entries(WRITERS))(
  'of several URLs in one field the first is kept: %s',
  async (format, write) => {
    await fc.assert(
      fc.asyncProperty(
        page,
        fc.array(fc.oneof(page, fc.constant('https://doi.org/10.5555/of.it')), {
          minLength: 1,
          maxLength: 3,
        }),
        fc.constantFrom(' ', '; ', '  ', ' | ', ', '),
        async (first, others, separator) => {
          const { records, repairs } = await readText(
            format,
            write([first, ...others].join(separator)),
          )
          expect(records[0]?.landingUrl).toBe(first)
          expect(repairs).toEqual([KEPT])
        },
      ),
      { numRuns: 40 },
    )
  },
)

test('an identifier in another URL is read', async () => {
  const { records } = await readText(
    'bibtex',
    WRITERS.bibtex?.('http://example.org/a http://dx.doi.org/10.5555/of.it') ?? '',
  )
  expect(idsOf(records[0])).toEqual(['doi:10.5555/of.it'])
})

test.each(['http://example.org/a b.pdf', 'see http://example.org/a', 'http://exa mple.org/'])(
  'a URL with a space is none: %s',
  async (url) => {
    const { records, repairs } = await readText('bibtex', WRITERS.bibtex?.(url) ?? '')
    expect(records[0]?.landingUrl).toBeNull()
    expect(repairs).toEqual(['the address of its page is not a web address; left out'])
  },
)
