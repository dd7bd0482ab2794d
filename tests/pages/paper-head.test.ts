import { expect, test } from 'vitest'
import type { Site } from '../../src/html/page.ts'
import type { Paper } from '../../src/pages/paper/document.ts'
import { paperHead } from '../../src/pages/paper/head.ts'

const SITE = { publicUrl: 'https://papers.example.org' } as Site

const PAPER = {
  id: 'UGFwZXI6MQ==',
  title: 'Letters on the Motion of Heat',
  kind: 'JOURNAL_ARTICLE',
  abstract: null,
  tldr: null,
  language: 'en',
  url: null,
  pdfUrl: null,
  publishedOn: null,
  publishedPrecision: null,
  venue: null,
  publication: null,
  identifiers: [],
  topics: { nodes: [] },
  authorships: { nodes: [] },
} as unknown as Paper

/** The contents of the meta elements by name or property, as Zotero's translator "Embedded Metadata" reads them. */
function tagsOf(paper: Partial<Record<keyof Paper, unknown>>): Record<string, string[]> {
  const tags: Record<string, string[]> = {}
  const text = [paperHead(SITE, { ...PAPER, ...paper } as Paper)].flat(9).join('')
  for (const [, name = '', content = ''] of text.matchAll(
    /<meta (?:name|property)="([^"]*)" content="([^"]*)">/g,
  ))
    tags[name] = [...(tags[name] ?? []), content]
  return tags
}

const by = (...names: string[]) => ({
  authorships: { nodes: names.map((name) => ({ name, affiliation: null })) },
})

test.each<[printed: string, tag: string]>([
  ['Ada Lovelace', 'Lovelace, Ada'],
  ['Vincent van Gogh', 'van Gogh, Vincent'],
  ['Ludwig Van Beethoven', 'Van Beethoven, Ludwig'],
  ['Martin Luther King Jr.', 'King Jr, Martin Luther'],
  ['Gemini Team', 'Gemini Team'],
  ['Plato', 'Plato'],
])('the tags have the family name of %s', (printed, tag) => {
  expect(tagsOf(by(printed, 'Emmy Noether')).citation_author).toEqual([tag, 'Noether, Emmy'])
})

test('one author with spaces on both sides of a comma is not two', () => {
  expect(tagsOf(by('Anna Maria van den Heuvel')).citation_author).toEqual([
    'Anna Maria van den Heuvel',
  ])
})

test('without an abstract there is no text that could be mistaken for one', () => {
  expect(tagsOf({})).not.toHaveProperty(['og:description'])
  expect(tagsOf({ abstract: 'Heat moves.' })).toMatchObject({
    citation_abstract: ['Heat moves.'],
    'og:description': ['Heat moves.'],
  })
})

test('a paper of a meeting has the meeting and the title of its proceedings, the former last', () => {
  const tags = tagsOf({
    kind: 'CONFERENCE_PAPER',
    venue: { name: 'Meeting on Heat', slug: 'heat', acronym: null, kind: 'CONFERENCE' },
    publication: { container: 'Proceedings of the 3rd Meeting on Heat', isbns: [], issns: [] },
  })
  const containers = Object.entries(tags).filter(([name]) => /inbook|conference/.test(name))
  expect(containers).toEqual([
    ['citation_inbook_title', ['Proceedings of the 3rd Meeting on Heat']],
    ['citation_conference_title', ['Meeting on Heat']],
  ])
})

test.each([
  ['PREPRINT', 'preprint'],
  ['CHAPTER', 'bookSection'],
  ['OTHER', 'document'],
])('%s has a type of Zotero', (kind, type) => {
  expect(tagsOf({ kind })['z:itemType']).toEqual([type])
})

test('a preprint of arXiv has the archive and the number there', () => {
  const identifiers = [{ scheme: 'ARXIV', value: '2305.18290', url: null }]
  expect(tagsOf({ kind: 'PREPRINT', identifiers })).toMatchObject({
    'z:repository': ['arXiv'],
    'z:archiveID': ['arXiv:2305.18290'],
    citation_pdf_url: ['https://arxiv.org/pdf/2305.18290'],
  })
  expect(tagsOf({ identifiers })).not.toHaveProperty(['z:repository'])
})
