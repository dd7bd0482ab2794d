import { parse } from '@retorquere/bibtex-parser'
import { expect, test } from 'vitest'
import { bibtexEntry } from '../../src/bibliography/bibtex.ts'
import { cslItem } from '../../src/bibliography/csl.ts'
import { formatBibliography } from '../../src/bibliography/format.ts'
import { risEntry } from '../../src/bibliography/ris.ts'
import type { TextStyle } from '../../src/bibliography/text.ts'
import { byline, citablePaper } from './citable.ts'

const paper = (...names: string[]) =>
  citablePaper({ authors: byline(...names), hasMoreAuthors: true })

test('BibTeX ends the byline with "and others", which readers know', () => {
  const entry = bibtexEntry(paper('Ada Lovelace', 'Alan Turing'))
  expect(entry).toContain('author = {Lovelace, Ada and Turing, Alan and others},')
  expect(bibtexEntry(citablePaper())).not.toContain('others')
  const authors = parse(entry, { sentenceCase: false }).entries[0]?.fields.author
  expect(authors?.map(({ lastName, name }) => lastName ?? name)).toEqual([
    ...['Lovelace', 'Turing', 'others'],
  ])
})

test('CSL-JSON has the name that Pandoc knows, and RIS none', () => {
  expect(cslItem(paper('Ada Lovelace')).author).toEqual([
    { family: 'Lovelace', given: 'Ada' },
    { literal: 'others' },
  ])
  expect(risEntry(paper('Ada Lovelace')).match(/^AU {2}- .*/gm)).toEqual(['AU  - Lovelace, Ada'])
})

const NAMES = ['Ada Lovelace', 'Alan Turing', 'Emmy Noether', 'Kurt Gödel', 'Grace Hopper']
const many = (count: number) => Array.from({ length: count }, (_, i) => NAMES[i % 5] ?? '')

test.each<[TextStyle, number, string]>([
  ['apa', 1, 'Lovelace, A., et al. (2021'],
  ['apa', 2, 'Lovelace, A., Turing, A., et al. (2021'],
  ['apa', 20, 'Noether, E., Gödel, K., et al. (2021'],
  ['harvard1', 1, 'Lovelace, A. et al. (2021)'],
  ['harvard1', 2, 'Lovelace, A., Turing, A. et al. (2021)'],
  ['harvard1', 5, 'Lovelace, A. et al. (2021)'],
  ['vancouver', 1, '1. Lovelace A, et al. A Paper'],
  ['vancouver', 3, '1. Lovelace A, Turing A, Noether E, et al. A Paper'],
  ['vancouver', 9, 'Hopper G, Lovelace A, et al. A Paper'],
])('%s prints "et al." behind %d names', async (style, count, expected) => {
  const text = await formatBibliography([paper(...many(count))], 'text', style)
  expect(text).toContain(expected)
  expect(text).not.toMatch(/\u2060|(?:&|and|…) et al/)
  expect(text.match(/et al/g)).toHaveLength(1)
})
