import { expect, test } from 'vitest'
import { formatBibliography } from '../../src/bibliography/format.ts'
import { byline, citablePaper } from './citable.ts'
import { EXPECTED, KNOWN_PAPERS } from './known-papers.ts'

test.each(['apa', 'harvard1', 'vancouver'] as const)(
  '%s cites known papers like its rules and their publishers',
  async (style) => {
    const cited = await Promise.all(
      KNOWN_PAPERS.map((paper) => formatBibliography([paper], 'text', style)),
    )
    expect(cited.map((text) => text.replace(/^1\. /, ''))).toEqual(EXPECTED[style])
  },
)

test('an article is never called a preprint, even if its volume is unknown', async () => {
  const venue = { name: 'Journal of Tests', acronym: null, kind: 'journal' } as const
  const article = citablePaper({ kind: 'journal_article', venue, authors: byline('Ada Lovelace') })
  expect(await formatBibliography([article], 'text', 'harvard1')).toBe(
    'Lovelace, A. (2021) ‘A Paper of Its Own’, Journal of Tests.',
  )
})
