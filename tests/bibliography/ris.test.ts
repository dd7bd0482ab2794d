import { plugins } from '@citation-js/core'
import '@citation-js/plugin-ris'
import { expect, test } from 'vitest'
import { risEntry } from '../../src/bibliography/ris.ts'
import type { CitablePaper } from '../../src/domain/export/citable-paper.ts'
import { byline, citablePaper } from './citable.ts'

function readBack(paper: CitablePaper) {
  const options = { target: '@csl/list+object', generateGraph: false }
  const [item] = plugins.input.chain(risEntry(paper), options) as Record<string, unknown>[]
  return item
}

test('citation-js reads the paper from an entry', () => {
  const paper = citablePaper({
    kind: 'journal_article',
    title: 'Größe of “C#” and 深度学习',
    abstract: 'Two\nlines.',
    authors: byline('Laurens van der Maaten', 'NLLB Team', 'Martin Luther King Jr.'),
    identifiers: [{ scheme: 'doi', value: '10.1/x' }],
    pdfUrl: 'https://example.org/x.pdf',
  })
  expect(readBack(paper)).toMatchObject({
    type: 'article-journal',
    title: 'Größe of “C#” and 深度学习',
    abstract: 'Two lines.',
    author: [
      { family: 'van der Maaten', given: 'Laurens' },
      { literal: 'NLLB Team' },
      { family: 'King', given: 'Martin Luther', suffix: 'Jr.' },
    ],
    URL: 'https://doi.org/10.1/x',
  })
})

test('each identifier has its own tag', () => {
  const identifiers = [
    { scheme: 'doi', value: '10.1/x' } as const,
    { scheme: 'arxiv', value: '2101.00001' } as const,
  ]
  const entry = risEntry(citablePaper({ identifiers }))
  expect(entry).toContain('\r\nDO  - 10.1/x\r\n')
  expect(entry).toContain('\r\nAN  - arXiv:2101.00001\r\n')
})

test('an entry begins with its type and ends with ER, and its lines end with CR LF', () => {
  const lines = risEntry(citablePaper({ kind: 'thesis' })).split('\r\n')
  expect(lines[0]).toBe('TY  - THES')
  expect(lines.slice(-2)).toEqual(['ER  - ', ''])
  for (const line of lines.slice(0, -1)) expect(line).toMatch(/^[A-Z][A-Z0-9] {2}- /)
  expect(lines).toContain('DA  - 2021/08')
})
