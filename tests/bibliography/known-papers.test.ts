import { expect, test } from 'vitest'
import { formatBibliography } from '../../src/bibliography/format.ts'
import { EXPECTED, KNOWN_PAPERS } from './known-papers.ts'

test.each(['apa', 'harvard1', 'vancouver'] as const)(
  '%s cites known papers as its rules and their publishers do',
  async (style) => {
    const cited = await Promise.all(
      KNOWN_PAPERS.map((paper) => formatBibliography([paper], 'text', style)),
    )
    expect(cited.map((text) => text.replace(/^1\. /, ''))).toEqual(EXPECTED[style])
  },
)
